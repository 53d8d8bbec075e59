"""Compare suggestions with the replies that were really sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from engine.domain.suggestion import Suggestion, SuggestionKind, SuggestionRequest
from engine.languages.folding import fold
from evals.datasets.suggestions import SentReply

__all__ = ["EQUAL", "SAME_WORDS", "Replayed", "request_of", "says_the_same", "scores"]

SAME_WORDS = 0.8
TOP = 3
LEAST = 8  # characters, without blanks, of a text that can say the same
EQUAL = (
    "A suggestion equals the reply that was sent if it is a canned reply or a next step that the golden row names, if "
    "its text or evidence has one of the row's passages, or if its words are the same (normalised similarity of at "
    f"least {SAME_WORDS}). The conversation's own record is never searched."
)


@dataclass(frozen=True, slots=True)
class Replayed:
    """A conversation with the suggestions for it, and which of them say what was sent."""

    reply: SentReply
    items: tuple[Suggestion, ...]
    equal: tuple[bool, ...]

    @property
    def place(self) -> int | None:
        """The rank of the first that says what was sent, from 1; None if there is none."""
        return next((at for at, same in enumerate(self.equal, 1) if same), None)


def request_of(reply: SentReply, *, group: str = "") -> SuggestionRequest:
    """Return the request for suggestions at the moment before the reply was sent."""
    without = (reply.transcript,) if reply.transcript else ()
    return SuggestionRequest(turns=reply.conversation, group=group, language=reply.language, without=without)


def says_the_same(item: Suggestion, reply: SentReply, shortcut_of: Callable[[str], str]) -> bool:
    """Tell whether a suggestion equals what was sent, see EQUAL; `shortcut_of` maps ids of canned replies."""
    if item.kind is SuggestionKind.CANNED and shortcut_of(item.key) in reply.canned:
        return True
    if item.kind is SuggestionKind.NEXT_STEP and item.key in reply.steps:
        return True
    told = [_plain(item.text), *(_plain(citation.quote) for citation in item.evidence)]
    if any(
        _plain(quote) in each or each in _plain(quote) for quote in reply.quotes for each in told if len(each) >= LEAST
    ):
        return True
    return fuzz.ratio(fold(item.text), fold(reply.sent)) >= 100 * SAME_WORDS


def scores(replayed: Sequence[Replayed]) -> dict[str, object]:
    """Return the shares of conversations with an equal suggestion first and among the top three, overall and apart."""
    languages = sorted({each.reply.language for each in replayed})
    kinds = Counter(each.items[each.place - 1].kind.value for each in replayed if each.place and each.place <= TOP)
    return {
        **_shares(replayed),
        "languages": {code: _shares([each for each in replayed if each.reply.language == code]) for code in languages},
        "from_transcripts": _shares([each for each in replayed if each.reply.transcript]),
        "first_equal_is": dict(sorted(kinds.items())),
        "missed": [each.reply.id for each in replayed if not each.place or each.place > TOP],
    }


def _shares(replayed: Sequence[Replayed]) -> dict[str, float]:
    total = max(len(replayed), 1)
    within = [each.place for each in replayed if each.place]
    return {
        "conversations": len(replayed),
        "top_1": round(sum(place == 1 for place in within) / total, 3),
        "top_3": round(sum(place <= TOP for place in within) / total, 3),
    }


def _plain(text: str) -> str:
    return "".join(fold(text).split())
