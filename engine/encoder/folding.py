"""The characters that the encoder tells apart, as a map that the tokenizer applies by itself.

NFKC, lower case, no accents on Latin, Greek and Cyrillic letters, one form a Han character (traditional and Japanese
forms go to the simplified one), a space for whatever is neither letter nor digit. Ties between scripts cost nothing
at run time and let 設定, 设定 share one row.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from engine.encoder.dictionaries import EXTRA
from engine.languages.folding import converted
from engine.optional import require

__all__ = ["character_map", "fold_character", "folded", "precompiled"]

_RANGES: Final = (range(1, 0xD800), range(0xE000, 0x10000), range(0x1F000, 0x1FB00), range(0x20000, 0x2A6E0))
_MARKS: Final = range(0x300, 0x370)
_CASED: Final = 0x530  # Latin, Greek and Cyrillic letters lie below


class _Folding(dict[int, str]):
    """Folds each character when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = fold_character(chr(code))
        return self[code]


def fold_character(character: str) -> str:
    """Return what the encoder reads for one character: nothing, a space or one or more characters."""
    lowered = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).lower())
    return "".join(part for each in lowered for part in _parts(each))


def folded(text: str) -> str:
    """Return `text` as the tokenizer sees it."""
    return text.translate(_FOLDING)


def character_map() -> Mapping[str, str]:
    """Return every character that folding changes, with what it becomes."""
    changed = ((character, fold_character(character)) for span in _RANGES for character in map(chr, span))
    return {character: target for character, target in changed if character != target}


def precompiled() -> bytes:
    """Return the map in SentencePiece's compiled form, which `tokenizers` applies without regular expressions."""
    trainer = require("sentencepiece", EXTRA)
    pb2 = require("sentencepiece.sentencepiece_model_pb2", EXTRA)
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "map.tsv").write_text("".join(_rules()), encoding="utf-8")
        trainer.SentencePieceTrainer.train(
            sentence_iterator=iter(["a b c d e f g h"] * 50),
            model_prefix=str(folder / "tiny"),
            vocab_size=12,
            hard_vocab_limit=False,
            normalization_rule_tsv=str(folder / "map.tsv"),
            minloglevel=2,
        )
        model = pb2.ModelProto.FromString((folder / "tiny.model").read_bytes())
        return bytes(model.normalizer_spec.precompiled_charsmap)


def _rules() -> Iterator[str]:
    for character, target in character_map().items():
        yield f"{ord(character):X}\t{' '.join(f'{ord(each):X}' for each in target)}\n"


def _parts(character: str) -> str:
    decomposed = unicodedata.normalize("NFD", character)
    if len(decomposed) > 1 and ord(decomposed[0]) < _CASED:
        character = "".join(each for each in decomposed if unicodedata.category(each) != "Mn")
    if character == "ß":
        return "ss"
    if "\u3400" <= character <= "\u9fff":
        return _simplified(character)
    category = unicodedata.category(character)
    if category == "Cf" or ord(character[0]) in _MARKS:
        return ""
    return character if category[0] in "LNM" else " "


def _simplified(character: str) -> str:
    """Return the simplified form; a Japanese form only where Chinese does not write that character itself."""
    chinese = converted(character, "t2s")
    if _common(chinese):
        return chinese
    japanese = converted(converted(chinese, "jp2t"), "t2s")
    return japanese if _common(japanese) else chinese


def _common(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(text) == 1


_FOLDING: Final = _Folding()
