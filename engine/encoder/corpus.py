"""The material as numbers: every text once as token ids, and tables that say which texts mean the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from engine.encoder.material import LANGUAGES, Aligned, Page

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["ABSENT", "PARTS", "Corpus", "CorpusBuilder", "Numbers"]

ABSENT: Final = -1
PARTS: Final = 5  # of a page: title, description, three stretches of the body
_STRETCH, _SHORTEST, _LONGEST = 520, 60, 600  # characters
_BATCH: Final = 20_000

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts are rows of `tokens`, text t from `offsets[t]` to `offsets[t + 1]`.

    `aligned` tables have one text a language and row, shape (rows, languages); `pages` has PARTS texts a language;
    `pairs` have two texts a row. ABSENT marks a text that is not there.
    """

    tokens: Numbers
    offsets: NDArray[np.int64]
    aligned: Mapping[str, Numbers]
    pages: Numbers
    pairs: Mapping[str, Numbers]

    def lengths(self, texts: Numbers) -> NDArray[np.int64]:
        """Return how many tokens each of the texts has."""
        found: NDArray[np.int64] = self.offsets[texts + 1] - self.offsets[texts]
        return found

    def bags(self, texts: Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the token ids of the texts in one array, and where each text begins in it, with the end."""
        lengths = self.lengths(texts)
        starts = np.concatenate([[0], np.cumsum(lengths)])
        at = np.repeat(self.offsets[texts] - starts[:-1], lengths) + np.arange(starts[-1])
        return self.tokens[at].astype(np.int64), starts

    def save(self, path: Path) -> None:
        """Write it as one `.npz` file."""
        named = {f"aligned.{name}": table for name, table in self.aligned.items()}
        named |= {f"pairs.{name}": table for name, table in self.pairs.items()}
        np.savez(path, tokens=self.tokens, offsets=self.offsets, pages=self.pages, **named)  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: Path) -> Corpus:
        """Read what `save` wrote."""
        with np.load(path) as file:
            groups: dict[str, dict[str, Numbers]] = {"aligned": {}, "pairs": {}}
            for key in file.files:
                group, _, name = key.partition(".")
                if name:
                    groups[group][name] = file[key]
            return cls(file["tokens"], file["offsets"], groups["aligned"], file["pages"], groups["pairs"])


class CorpusBuilder:
    """Collects texts; equal ones share a number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._aligned: dict[str, Numbers] = {}
        self._pairs: dict[str, Numbers] = {}
        self._pages = np.full((0, len(LANGUAGES), PARTS), ABSENT, dtype=np.int32)

    @property
    def texts(self) -> list[str]:
        """All texts, in the order of their numbers."""
        return list(self._numbers)

    def add_aligned(self, name: str, rows: Iterable[Aligned]) -> None:
        """Add texts that are translations of each other."""
        table = [[self._number(row.get(language, "")) for language in LANGUAGES] for row in rows]
        self._aligned[name] = np.array(table, dtype=np.int32).reshape(-1, len(LANGUAGES))

    def add_pairs(self, name: str, rows: Iterable[tuple[str, str]]) -> None:
        """Add words with their meanings."""
        table = [(self._number(word), self._number(meaning)) for word, meaning in rows]
        self._pairs[name] = np.array(table, dtype=np.int32).reshape(-1, 2)

    def add_pages(self, rows: Iterable[Mapping[str, Page]]) -> None:
        """Add pages in several languages."""
        absent = [ABSENT] * PARTS
        table = [
            [
                [self._number(part) for part in _parts(row[language])] if language in row else absent
                for language in LANGUAGES
            ]
            for row in rows
        ]
        self._pages = np.array(table, dtype=np.int32).reshape(-1, len(LANGUAGES), PARTS)

    def build(self, tokenizer: Tokenizer) -> Corpus:
        """Return the corpus with the texts cut by `tokenizer`."""
        ids: list[Numbers] = []
        lengths: list[int] = []
        for batch in _batches(self.texts):
            for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                ids.append(np.array(encoding.ids, dtype=np.int32))
                lengths.append(len(ids[-1]))
        tokens = np.concatenate(ids) if ids else np.empty(0, dtype=np.int32)
        offsets = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        return Corpus(tokens, offsets, self._aligned, self._pages, self._pairs)

    def _number(self, text: str) -> int:
        return self._numbers.setdefault(text[:_LONGEST], len(self._numbers)) if text.strip() else ABSENT


def _parts(page: Page) -> Sequence[str]:
    stretches = [page.body[at * _STRETCH : (at + 1) * _STRETCH] for at in range(PARTS - 2)]
    return [page.title, page.description, *(part if len(part) > _SHORTEST else "" for part in stretches)]


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    for begin in range(0, len(texts), _BATCH):
        yield list(texts[begin : begin + _BATCH])
