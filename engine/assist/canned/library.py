"""An owner's canned replies: kept in the database, found by what customers ask, taken up at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np

from engine.assist.canned.checking import checked_reply
from engine.domain.canned_reply import CannedReply
from engine.errors import Conflict, InvalidInput
from engine.languages.kinship import Kinship, kinship
from engine.ports import Embedder, Vector
from engine.ports.canned import CannedRepository
from engine.serving import served

__all__ = ["MAX_REPLIES", "CannedReplies"]

MAX_REPLIES = 5000  # of one knowledge base


@dataclass(frozen=True, slots=True)
class _Shelf:
    revision: int
    replies: tuple[CannedReply, ...]
    vectors: Vector


class CannedReplies:
    """Lists, changes and finds canned replies; safe to use from several threads."""

    def __init__(self, repository: CannedRepository, encoder: Embedder) -> None:
        self.repository = repository
        self._encoder = encoder
        self._kept: dict[str, _Shelf] = {}
        self._lock = Lock()

    def add(self, reply: CannedReply) -> CannedReply:
        """Add a reply; Conflict if there is one of its shortcut and language, unless this request may have added it."""
        known = {each.id: each for each in self.repository.replies(reply.knowledge_base)}.get(reply.id)
        if known is not None:
            if served().key and known == checked_reply(replace(reply, used=known.used, accepted=known.accepted)):
                return known
            raise Conflict(
                f"There is a reply {reply.shortcut!r} in {reply.language} already.",
                remedy="Change that one, or choose another shortcut.",
            )
        self.put(reply.knowledge_base, [reply])
        return self.repository.reply(reply.id)

    def change(self, id: str, reply: CannedReply) -> CannedReply:
        """Put a reply in the place of the one with this id, with its counts; the id changes with its shortcut."""
        known = self.repository.reply(id)
        moved = replace(reply, knowledge_base=known.knowledge_base, used=known.used, accepted=known.accepted)
        if moved.id == id:
            self.put(known.knowledge_base, [moved])
        else:
            self.add(moved)
            self.repository.remove(id)
        return self.repository.reply(moved.id)

    def put(self, knowledge_base: str, replies: Sequence[CannedReply], *, replace_all: bool = False) -> None:
        """Add replies, or make them all there are; InvalidInput names the first that cannot be kept."""
        checked = [checked_reply(replace(each, knowledge_base=knowledge_base)) for each in replies]
        known = set() if replace_all else {each.id for each in self.repository.replies(knowledge_base)}
        if len(known | {each.id for each in checked}) > MAX_REPLIES:
            raise InvalidInput(f"At most {MAX_REPLIES} canned replies are kept.", remedy="Remove unused ones.")
        self.repository.put(knowledge_base, checked, replace_all=replace_all)

    def nearest(self, knowledge_base: str, question: str, language: str, limit: int) -> tuple[CannedReply, ...]:
        """Return the replies in a language (BCP 47) that are nearest to a question, best first."""
        shelf = self._shelf(knowledge_base)
        if not shelf.replies:
            return ()
        cosines = shelf.vectors @ self._encoder.embed_query(question)
        best = (shelf.replies[at] for at in np.argsort(-cosines, kind="stable"))
        return _in_language(best, language, limit)

    def by_shortcut(self, knowledge_base: str, typed: str, language: str) -> tuple[CannedReply, ...]:
        """Return the replies in a language whose shortcut begins with what was typed, without its slash."""
        begun = typed.lstrip("/").lower()
        meant = (each for each in self._shelf(knowledge_base).replies if each.shortcut.lower().startswith(begun))
        return _in_language(meant, language, MAX_REPLIES)

    def _shelf(self, knowledge_base: str) -> _Shelf:
        revision = self.repository.revision(knowledge_base)
        with self._lock:
            kept = self._kept.get(knowledge_base)
        if kept is None or kept.revision != revision:
            replies = self.repository.replies(knowledge_base)
            titles = self._encoder.embed_passages([each.title for each in replies])
            texts = self._encoder.embed_passages([f"{each.title}\n{each.text}" for each in replies])
            kept = _Shelf(revision, replies, np.asarray((titles + texts) / 2, dtype=np.float32))
            with self._lock:
                self._kept[knowledge_base] = kept
        return kept


def _in_language(replies: Iterable[CannedReply], language: str, limit: int) -> tuple[CannedReply, ...]:
    """Keep those in the language; of one in both Chinese scripts, the one in the reader's."""
    found: dict[str, CannedReply] = {}
    for reply in replies:
        if kinship(reply.language, language) is not Kinship.LANGUAGE:
            continue
        known = found.get(reply.shortcut)
        if known is None and len(found) == limit:
            continue
        if known is None or (known.language != language and reply.language == language):
            found[reply.shortcut] = reply
    return tuple(found.values())
