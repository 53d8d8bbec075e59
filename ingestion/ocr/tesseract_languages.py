"""Which data files of Tesseract read which language."""

from __future__ import annotations

from collections.abc import Collection, Sequence

__all__ = ["OTHER_SCRIPTS", "codes_for", "is_latin_or_han"]

_CODES = {
    "zh-hans": "chi_sim",
    "zh-hant": "chi_tra",
    "ja": "jpn",
    "ko": "kor",
    "en": "eng",
    "de": "deu",
    "fr": "fra",
    "es": "spa",
    "it": "ita",
    "pt": "por",
    "nl": "nld",
    "pl": "pol",
    "tr": "tur",
    "vi": "vie",
    "id": "ind",
    "sv": "swe",
    "da": "dan",
    "no": "nor",
    "fi": "fin",
    "ro": "ron",
    "cs": "ces",
    "hu": "hun",
    "ru": "rus",
    "uk": "ukr",
    "bg": "bul",
    "el": "ell",
    "ar": "ara",
    "fa": "fas",
    "ur": "urd",
    "he": "heb",
    "th": "tha",
    "hi": "hin",
    "mr": "mar",
    "ne": "nep",
    "bn": "ben",
    "pa": "pan",
    "gu": "guj",
    "ta": "tam",
    "te": "tel",
    "kn": "kan",
    "ml": "mal",
    "si": "sin",
    "lo": "lao",
    "my": "mya",
    "ka": "kat",
    "am": "amh",
    "km": "khm",
    "hy": "hye",
}
_TRADITIONAL = {"hant", "tw", "hk", "mo"}
_DEFAULT = ("eng", "chi_sim", "chi_tra", "jpn")  # the languages of most support desks, where nothing is known
_LATIN = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "id", "sv", "da", "no", "fi", "ro", "cs", "hu"]

OTHER_SCRIPTS = ("kor", "rus", "ara", "tha", "hin", "ell", "heb", "ukr", "vie", "ben", "tam", "tel")
"""Data files for scripts that RapidOCR's bundled model does not know, and for Vietnamese, commoner ones first."""


def codes_for(languages: Sequence[str], installed: Collection[str], *, vertical: bool = False) -> tuple[str, ...]:
    """Return the installed data files for BCP 47 tags, those for vertical lines where `vertical` asks for them.

    Without tags: the common ones. Empty if nothing that was asked for is installed.
    """
    wanted = [code for tag in languages if (code := _CODES.get(_key(tag)))] or list(_DEFAULT)
    if vertical:
        wanted = [f"{code}_vert" for code in wanted]
    return tuple(dict.fromkeys(code for code in wanted if code in installed))


def is_latin_or_han(tag: str) -> bool:
    """Tell whether a language is written in Latin letters without Vietnamese marks, in Chinese or in Japanese."""
    return _key(tag) in {*_LATIN, "zh-hans", "zh-hant", "ja"}


def _key(tag: str) -> str:
    subtags = tag.replace("_", "-").lower().split("-")
    if subtags[0] in {"zh", "cmn", "yue"}:
        traditional = "hans" not in subtags and not _TRADITIONAL.isdisjoint(subtags)
        return "zh-hant" if traditional else "zh-hans"
    return subtags[0]
