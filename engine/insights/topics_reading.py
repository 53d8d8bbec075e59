"""Read questions that were asked since the last run: the mood of each, and whether the customer had to ask again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from engine.answering.request import says_something
from engine.domain.insights import AskedQuestion, ReadQuestion
from engine.insights.clustering import alike
from engine.insights.clustering_text import PointEncoder, matter
from engine.languages.service_phrases import is_small_talk
from engine.ports import MoodReader
from engine.ports.insights import InsightRepository

__all__ = ["PORTION", "QuestionReader"]

PORTION: Final = 5000  # questions in memory at a time
SAID_AGAIN: Final = 0.85
"""Similarity from which on a question is the one before it, asked again."""


class QuestionReader:
    """Reads questions, portion by portion; what is read once is not read again."""

    def __init__(self, repository: InsightRepository, moods: MoodReader, encoder: PointEncoder) -> None:
        self._repository = repository
        self._moods = moods
        self._encoder = encoder

    def read(self, knowledge_base: str, limit: int) -> int:
        """Read at most so many questions, the oldest first; return how many there were."""
        done = 0
        while asked := self._repository.unread(knowledge_base, min(PORTION, limit - done)):
            read = [self._read(each) for each in asked]
            self._repository.read(knowledge_base, read, asked_again=self._asked_again(asked))
            done += len(asked)
            if len(asked) < PORTION:
                break
        return done

    def _read(self, asked: AskedQuestion) -> ReadQuestion:
        counted = not asked.to_person and says_something(asked.text) and not is_small_talk(asked.text)
        return ReadQuestion(asked, self._moods.read(asked.text, asked.language).level, counted)

    def _asked_again(self, asked: Sequence[AskedQuestion]) -> list[str]:
        """Return the questions that were followed by the same one."""
        later = [each for each in asked if each.asked_before and not each.to_person]
        if not later:
            return []
        now = self._encoder.points([matter(each.text) for each in later])
        before = self._encoder.points([matter(each.text_before) for each in later])
        same = np.flatnonzero(alike(now, before) >= SAID_AGAIN)
        return [later[at].asked_before for at in same]
