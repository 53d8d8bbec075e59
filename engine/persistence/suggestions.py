"""The SuggestionRepository port in an SQL database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from engine.domain.feedback import Verdict
from engine.domain.suggestion import JudgedSuggestion, ShownSuggestion, SuggestionKind, Tally
from engine.errors import NotFound
from engine.persistence.agent_tables import suggestion_sets, suggestion_tallies, suggestion_verdicts
from engine.persistence.conversations import note_conversation
from engine.persistence.exchanges import moment, moment_text
from engine.persistence.repository import SqlRepository, has_knowledge_base, no_knowledge_base
from engine.persistence.rows import AnyRow, Values
from engine.persistence.transactions import reading, writing
from engine.ports.suggestions import TallyKey

__all__ = ["SqlSuggestionRepository"]


class SqlSuggestionRepository(SqlRepository):
    """Suggestions and verdicts; safe to use from several threads and processes."""

    def show(
        self, set_id: str, shown: Sequence[ShownSuggestion], at: datetime, *, keep_since: datetime, customer: str = ""
    ) -> None:
        """Remember what was shown together, and whose conversation that was; older sets are forgotten."""
        if not shown:
            return
        items = [
            {"id": each.id, "kind": each.kind.value, "key": each.key, "text": each.text, "fit": each.expected}
            for each in shown
        ]
        home, group = shown[0].knowledge_base, shown[0].group
        old = suggestion_sets.c.created_at < moment_text(keep_since)
        row = {"id": set_id, "knowledge_base": home, "agent_group": group, "created_at": moment_text(at)}
        conversation = shown[0].conversation
        with writing(self._engine) as connection:
            if not has_knowledge_base(connection, home):
                raise no_knowledge_base(connection, home)
            connection.execute(delete(suggestion_sets).where(old))
            connection.execute(insert(suggestion_sets), {**row, "conversation_id": conversation, "items": items})
            if conversation:
                note_conversation(connection, conversation, customer)

    def shown(self, suggestion_id: str) -> ShownSuggestion:
        """Return a suggestion that was shown, or raise NotFound."""
        set_id = suggestion_id.rpartition(".")[0]
        with reading(self._engine) as connection:
            row = connection.execute(select(suggestion_sets).where(suggestion_sets.c.id == set_id)).one_or_none()
        items = {item["id"]: item for item in row._mapping["items"]} if row is not None else {}
        if row is not None and (item := items.get(suggestion_id)):
            kind = SuggestionKind(item["kind"])
            about = row.knowledge_base, row.agent_group, kind, item["key"], item["text"], item["fit"]
            return ShownSuggestion(suggestion_id, *about, row.conversation_id)
        raise NotFound(f"There is no suggestion {suggestion_id!r}.", remedy="Ask for suggestions again.")

    def judge(self, judged: JudgedSuggestion) -> JudgedSuggestion:
        """Keep a verdict, in place of an earlier one on the same suggestion, count it, and return it as it is kept."""
        mine = suggestion_verdicts.c.suggestion_id == judged.shown.id
        with writing(self._engine) as connection:
            if not has_knowledge_base(connection, judged.shown.knowledge_base):
                raise no_knowledge_base(connection, judged.shown.knowledge_base)
            row = connection.execute(select(suggestion_verdicts).where(mine)).one_or_none()
            if row is not None:
                _count(connection, _judged(row), sign=-1)
                connection.execute(delete(suggestion_verdicts).where(mine))
            connection.execute(insert(suggestion_verdicts), _row(judged))
            _count(connection, judged, sign=1)
        return judged

    def verdict(self, suggestion_id: str) -> JudgedSuggestion | None:
        """Return the verdict on a suggestion; None without one."""
        mine = select(suggestion_verdicts).where(suggestion_verdicts.c.suggestion_id == suggestion_id)
        with reading(self._engine) as connection:
            row = connection.execute(mine).one_or_none()
        return _judged(row) if row else None

    def tallies(self, knowledge_base: str, group: str, keys: Sequence[str]) -> Mapping[TallyKey, Tally]:
        """Return the counts for all agents and for the group: those of the kinds, and those of the keys."""
        kept = suggestion_tallies.c
        mine = select(suggestion_tallies).where(
            kept.knowledge_base == knowledge_base, kept.agent_group.in_({"", group}), kept.key.in_({"", *keys})
        )
        with reading(self._engine) as connection:
            rows = connection.execute(mine).all()
        return {
            (row.agent_group, SuggestionKind(row.kind), row.key): Tally(row.judged, row.credit, row.expected)
            for row in rows
            if row.judged
        }


def _count(connection: Connection, judged: JudgedSuggestion, *, sign: int) -> None:
    kept = suggestion_tallies.c
    for values in _tallied(judged):
        mine = [column == values[column.name] for column in suggestion_tallies.primary_key]
        one = {"judged": 1, "credit": judged.credit, "expected": judged.shown.expected}
        added = {name: kept[name] + sign * value for name, value in one.items()}
        if not connection.execute(update(suggestion_tallies).where(*mine).values(**added)).rowcount:
            connection.execute(insert(suggestion_tallies), {**values, **one})


def _tallied(judged: JudgedSuggestion) -> Iterator[Values]:
    shown = judged.shown
    for group in dict.fromkeys(("", shown.group)):
        for key in ("", shown.key):
            yield {
                "knowledge_base": shown.knowledge_base,
                "agent_group": group,
                "kind": shown.kind.value,
                "key": key,
            }


def _row(judged: JudgedSuggestion) -> Values:
    shown = judged.shown
    return {
        "suggestion_id": shown.id,
        "knowledge_base": shown.knowledge_base,
        "agent_group": shown.group,
        "kind": shown.kind.value,
        "key": shown.key,
        "verdict": judged.verdict.value,
        "suggested": shown.text,
        "sent": judged.sent,
        "distance": judged.distance,
        "expected": shown.expected,
        "created_at": moment_text(judged.created_at),
        "conversation_id": shown.conversation,
    }


def _judged(row: AnyRow) -> JudgedSuggestion:
    kind = SuggestionKind(row.kind)
    about = row.knowledge_base, row.agent_group, kind, row.key, row.suggested, row.expected
    shown = ShownSuggestion(row.suggestion_id, *about, row.conversation_id)
    return JudgedSuggestion(shown, Verdict(row.verdict), row.sent, row.distance, moment(row.created_at))
