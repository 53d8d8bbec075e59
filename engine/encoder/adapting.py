"""Tune an encoder to a knowledge base: the rows of its words move, everything else stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from tokenizers import Tokenizer

from engine.embedding.static import read_static_model
from engine.encoder.corpus import CorpusBuilder
from engine.encoder.exporting import write_model
from engine.encoder.gain import Asked
from engine.encoder.mixing import Tables, best_mix
from engine.encoder.own_pairs import OwnPage
from engine.encoder.training import Progress, TrainingOptions, train
from engine.errors import InvalidInput

__all__ = ["ADAPT_OPTIONS", "HeldOut", "adapt"]

ADAPT_OPTIONS: Final = TrainingOptions(
    steps=300, batch_size=512, learning_rate=5e-4, temperature=0.05, drop=0.4, mix={"own": 1.0}
)
_FEWEST: Final = 20
_NOTE: Final = """
## Tuned

This copy was tuned to a knowledge base by `knowdesk encoder adapt`; the figures above are the original's.
"""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Questions that are not learnt from, and the pages among which their documents are looked for."""

    questions: Sequence[Asked] = ()
    pages: Sequence[OwnPage] = ()


_NOTHING: Final = HeldOut()


def adapt(
    model: Path,
    pairs: Sequence[tuple[str, str]],
    output: Path,
    options: TrainingOptions = ADAPT_OPTIONS,
    *,
    held_out: HeldOut = _NOTHING,
) -> Iterator[Progress]:
    """Write a copy of `model` to `output` that is tuned to `pairs`; `model` itself stays as it is.

    The tuned rows are mixed with the old ones as far as it takes for no language to lose on `held_out`. InvalidInput
    if there are too few pairs to learn from or if `output` is there already.
    """
    if len(pairs) < _FEWEST:
        raise InvalidInput(
            f"There are {len(pairs)} pairs of titles or headings and passages; {_FEWEST} are the fewest to learn from.",
            remedy="Ingest more documents with titles and headings first.",
        )
    if output.exists():
        raise InvalidInput(f"{output} is there already.", remedy="Choose another folder.")
    started = read_static_model(model)
    tokenizer = Tokenizer.from_file(str(started.tokenizer))
    builder = CorpusBuilder()
    builder.add_pairs("own", pairs)
    weights = np.maximum(np.linalg.norm(started.table, axis=1), np.finfo(np.float32).tiny)
    rows = started.table / weights[:, None]
    yield from train(rows, weights, builder.build(tokenizer), options)
    card = (model / "README.md").read_text("utf-8") if (model / "README.md").is_file() else ""
    tables = Tables(started.table, rows * weights[:, None], tokenizer)
    mix = best_mix(tables, held_out.questions, held_out.pages)
    write_model(tables.mixed(mix), tokenizer, output, card=card + _NOTE)
