"""From a folder of aligned texts to a finished encoder: the stages in order, each kept in a work folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
from tokenizers import Tokenizer

from engine.encoder import dictionaries
from engine.encoder.card import model_card
from engine.encoder.corpus import Corpus, CorpusBuilder
from engine.encoder.exporting import write_model
from engine.encoder.folding import precompiled
from engine.encoder.material import read_pages, read_segments
from engine.encoder.start import first_rows, row_weights, teach
from engine.encoder.training import Progress, TrainingOptions, train
from engine.encoder.vocabulary import Piece, build_tokenizer, choose_pieces, word_frequencies
from engine.errors import InvalidInput
from engine.files import replacing
from engine.ports import Vector

__all__ = ["EncoderOptions", "build_encoder"]

_PAIRS: Final = {
    "cedict": dictionaries.cedict,
    "jmdict": dictionaries.jmdict,
    "jmnedict": dictionaries.jmnedict,
    "kanjidic": dictionaries.kanjidic,
}


@dataclass(frozen=True, slots=True)
class EncoderOptions:
    """Size of the table, and how it is trained."""

    pieces: int = 80_000
    dimension: int = 352
    training: TrainingOptions = field(default_factory=TrainingOptions)


def build_encoder(material: Path, output: Path, options: EncoderOptions | None = None) -> Iterator[str | Progress]:
    """Train an encoder on `material` and write it to `output`; yield what is being done.

    What is finished lies in `<output>.work` and is not done again, so a run that was cut off can be repeated; delete
    that folder to begin anew. InvalidInput if the folder belongs to a run with other options or has no material.
    """
    options = options or EncoderOptions()
    work = _Work(output.with_name(output.name + ".work"), material, options)
    yield "Choosing pieces"
    pieces = work.pieces()
    yield "Cutting texts"
    corpus = work.corpus()
    yield "Asking the teacher"
    rows, weights = work.first_rows(pieces, corpus), row_weights(pieces)
    yield "Training"
    yield from train(rows, weights, corpus, options.training, checkpoint=work.folder / "checkpoint.npz")
    yield "Writing"
    card = model_card(
        pieces=options.pieces,
        dimension=options.dimension,
        steps=options.training.steps,
        batch_size=options.training.batch_size,
    )
    write_model(rows * weights[:, None], work.tokenizer(), output, card=card)


class _Work:
    """The stages before training; each reads its file if it is there."""

    def __init__(self, folder: Path, material: Path, options: EncoderOptions) -> None:
        self.folder = folder
        self._material = material
        self._options = options
        folder.mkdir(parents=True, exist_ok=True)
        stamp, wanted = folder / "options.json", json.dumps(asdict(options), indent=2)
        if stamp.is_file() and stamp.read_text("utf-8") != wanted:
            raise InvalidInput(f"{folder} belongs to a run with other options.", remedy="Delete it or use its options.")
        stamp.write_text(wanted, "utf-8")

    def pieces(self) -> list[Piece]:
        path = self.folder / "pieces.json"
        if not path.is_file():
            charsmap = precompiled()
            pairs = [*chain.from_iterable(read() for name, read in _PAIRS.items() if name in ("cedict", "jmdict"))]
            chosen = choose_pieces(
                self._options.pieces,
                (text for row in read_segments(self._material) for text in row.values()),
                (word for word, _ in pairs),
                (meaning for _, meaning in pairs),
                frequencies=word_frequencies(),
                charsmap=charsmap,
            )
            build_tokenizer([piece.text for piece in chosen], charsmap).save(str(self.folder / "tokenizer.json"))
            with replacing(path) as draft:
                draft.write_text(json.dumps([asdict(each) for each in chosen]), "utf-8")
        return [Piece(**each) for each in json.loads(path.read_text("utf-8"))]

    def tokenizer(self) -> Tokenizer:
        return Tokenizer.from_file(str(self.folder / "tokenizer.json"))

    def corpus(self) -> Corpus:
        path = self.folder / "corpus.npz"
        if not path.is_file():
            builder = CorpusBuilder()
            builder.add_aligned("segments", read_segments(self._material))
            builder.add_aligned("names", dictionaries.cldr_names())
            builder.add_pages(read_pages(self._material))
            for name, read in _PAIRS.items():
                builder.add_pairs(name, read())
            with replacing(path) as draft:
                builder.build(self.tokenizer()).save(draft)
        return Corpus.load(path)

    def first_rows(self, pieces: list[Piece], corpus: Corpus) -> Vector:
        path = self.folder / "teacher.npy"
        if not path.is_file():
            with replacing(path) as draft:
                np.save(draft, teach(pieces))
        training = self._options.training
        return first_rows(pieces, corpus, np.load(path), dimension=self._options.dimension, seed=training.seed)
