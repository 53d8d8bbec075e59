"""Decide which language a document is in: what it says of itself if that can be true, else what its text shows."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath

from engine.domain.knowledge import ParsedDocument
from engine.languages.scripts import SCRIPTS
from engine.ports import LanguageDetector

__all__ = ["document_language", "normalize_tag"]

_TAG = re.compile("([a-zA-Z]{2,3})((?:[-_][a-zA-Z0-9]{2,8})*)")
_TRADITIONAL = {"hant", "tw", "hk", "mo"}
_SIMPLIFIED = {"hans", "cn", "sg", "my"}
_CHINESE = {"zh", "cmn", "yue", "chi", "zho"}
_LONG = {"eng": "en", "jpn": "ja", "kor": "ko", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es"}
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile("[\u3041-\u30fa\u30fc-\u30ff]")
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7a3]")
_LETTER = re.compile(r"[^\W\d_]")
_SAMPLE = 4000  # characters


def normalize_tag(tag: str | None) -> str | None:
    """Return the tag as the engine writes it: zh-CN as zh-Hans, zh-TW as zh-Hant, others bare; None if it is none."""
    found = _TAG.fullmatch((tag or "").strip())
    if found is None:
        return None
    primary, rest = found[1].lower(), set(re.split("[-_]", found[2].lower()))
    if primary not in _CHINESE:
        return _LONG.get(primary, primary)
    if rest & _SIMPLIFIED and "hant" not in rest:
        return "zh-Hans"
    return "zh-Hant" if rest & _TRADITIONAL else "zh"


def document_language(parsed: ParsedDocument, uri: str, detector: LanguageDetector) -> str:
    """Return the document's BCP 47 tag.

    A declared language wins if the script of the text allows it, then a folder named like a tag with a region or
    script ("docs/zh-CN/a.md"), then the detector's opinion of a sample. "und" where nothing tells.
    """
    sample = _sample(parsed.text)
    detected = ""
    for declared, trusted in ((parsed.language or "", True), *_folder_tags(uri)):
        tag = normalize_tag(declared)
        if tag is None or not _is_plausible(tag, sample):
            continue
        if trusted and tag != "zh":
            return tag
        detected = detected or detector.detect(sample)
        if tag == "zh":
            return detected if detected.startswith("zh") else "zh-Hans"
        if detected.partition("-")[0] in (tag, "und"):
            return tag
    return detected or detector.detect(sample)


def _folder_tags(uri: str) -> list[tuple[str, bool]]:
    """Return the folders above, innermost first, and whether each is too specific to be a word by chance."""
    return [(part, "-" in part or "_" in part) for part in reversed(PurePosixPath(uri).parent.parts)]


def _sample(text: str) -> str:
    """Return text from the beginning and the middle, where no table of contents and no address stands."""
    if len(text) <= _SAMPLE:
        return text
    middle = len(text) // 2
    return f"{text[: _SAMPLE // 2]}\n{text[middle : middle + _SAMPLE // 2]}"


def _is_plausible(tag: str, sample: str) -> bool:
    """Tell whether the script of the sample allows the language: a page template may declare another."""
    han, kana, hangul = (len(script.findall(sample)) for script in (_HAN, _KANA, _HANGUL))
    letters = max(1, len(_LETTER.findall(sample)))
    primary = tag.partition("-")[0]
    if primary == "zh":
        return han > 0.2 * letters and kana < 0.2 * han
    if primary == "ja":
        return kana + han > 0.2 * letters and (kana > 0.05 * han or han < 20)
    if primary == "ko":
        return hangul > 0.2 * letters
    own = _letters_of(primary)
    if own is None:
        return han + kana + hangul < 0.5 * letters
    found = len(_LETTER.findall(sample))
    return len(own.findall(sample)) >= (0.5 if primary in SCRIPTS["Latn"].languages else 0.2) * found


@lru_cache(maxsize=64)
def _letters_of(primary: str) -> re.Pattern[str] | None:
    """Return what matches a letter of the script that a language is written in; None for languages not known."""
    scripts = [script.characters for script in SCRIPTS.values() if primary in script.languages]
    return re.compile(rf"(?=[^\W\d_])[{''.join(scripts)}]") if scripts else None
