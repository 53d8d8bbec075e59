"""The FeedbackRepository port, keeping no personal data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engine.domain.feedback import Feedback, FeedbackFilter, Review
from engine.guard.findings import PersonalKind
from engine.guard.masking import Mask
from engine.ports import FeedbackRepository

__all__ = ["MaskedFeedback"]


class MaskedFeedback:
    """Masks comments and edited texts before they are kept."""

    def __init__(self, feedback: FeedbackRepository, kinds: Collection[PersonalKind] = ()) -> None:
        self._all = feedback
        self._kinds = kinds

    def add(self, given: Feedback) -> Feedback:
        """Keep it and return what is kept; Conflict if the id stands for another."""
        edited, comment = Mask(self._kinds).mask(given.edited_text, given.comment)
        return self._all.add(replace(given, edited_text=edited, comment=comment))

    def reviews(
        self, filter: FeedbackFilter | None = None, *, after: str = "", limit: int | None = None
    ) -> tuple[Review, ...]:
        """Return feedback, the newest first, all that is older than that of the id `after`, which must be there."""
        return self._all.reviews(filter, after=after, limit=limit)
