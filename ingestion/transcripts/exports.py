"""Read conversations from the objects of an export: a help desk's, a language model's, or the plain shape.

The plain shape is {"conversations": [{"id", "title", "status", "language", "tags": [...], "turns": [{"role", "text",
"time", "name"}]}]}, roles being customer, agent, bot or system, times ISO 8601; everything but "turns", "role" and
"text" may be left out, and a single conversation may stand alone. Exports of Chatwoot (messages with message_type),
Zendesk (tickets with comments and users, chats with history) and Intercom (source and conversation_parts) are read by
the same rules, because they differ in names only. Messages that stand alone, one object each, are grouped by their
conversation's id. Internal notes are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from engine.languages.service_phrases import is_resolved_status
from engine.languages.speaker_labels import Speaker, speaker_of
from ingestion.normalize import clean_line
from ingestion.transcripts.conversation import Conversation, Turn
from ingestion.transcripts.fields import Record, as_record, as_records, first, text_in, texts_in
from ingestion.transcripts.messages import Participants, read_message

__all__ = ["group_messages", "read_export"]

_ENVELOPES = (
    "conversations",
    "tickets",
    "chats",
    "sessions",
    "threads",
    "payload",
    "data",
    "results",
    "items",
    "records",
)
_MESSAGES = (
    "turns",
    "messages",
    "comments",
    "history",
    "transcript",
    "conversation_parts",
    "dialogue",
    "dialog",
    "对话",
    "消息",
)
_ID = ("id", "conversation_id", "ticket_id", "chat_id", "session_id", "display_id")
_GROUP: tuple[str, ...] = (
    "conversation_id",
    "conversation",
    "session_id",
    "session",
    "chat_id",
    "ticket_id",
    "thread_id",
    "case_id",
    "dialog_id",
)
_GROUP += (
    "dialogue_id",
    "会话id",
    "会话编号",
    "会话",
    "对话id",
    "會話編號",
    "工单号",
    "会話id",
    "案件番号",
    "受付番号",
    "대화id",
    "상담번호",
)
_STATUS = ("status", "state", "状态", "狀態", "ステータス", "상태")
_TITLE = ("title", "subject", "topic", "主题", "标题", "主旨", "件名", "제목")
_TAGS = ("tags", "labels", "标签", "標籤", "タグ", "태그")
_LEAST_KNOWN = 0.5  # share of turns whose speaker must be known: else it is a page with comments
_DEEPEST = 4


def read_export(value: object) -> tuple[Conversation, ...]:
    """Return the conversations in a parsed JSON value, in their order; none if it holds something else."""
    records = _records(value, _DEEPEST)
    people = _people(as_record(value).get("users"))
    found = [conversation for record in records if (conversation := _conversation(record, people))]
    if len(found) < max(1, len(records) / 2):
        found = list(group_messages(records))
    return tuple(found)


def group_messages(records: Sequence[Record]) -> tuple[Conversation, ...]:
    """Return the conversations in messages that stand one a record, as in a table; none if they are something else."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(text_in(record, *_GROUP), []).append(record)
    turns = {key: tuple(filter(None, map(read_message, group))) for key, group in groups.items()}
    found = [replace(_described(groups[key][0]), turns=said, id=key) for key, said in turns.items() if said]
    every = Conversation(tuple(turn for conversation in found for turn in conversation.turns))
    speakers = {turn.speaker for turn in every.turns} - {Speaker.UNKNOWN}
    believable = len(speakers) > 1 and every.known_share >= _LEAST_KNOWN and len(every.turns) >= len(records) / 2
    return tuple(found) if believable else ()


def _records(value: object, depth: int) -> list[Record]:
    """Return the objects that may be conversations or messages, from within their envelopes."""
    if isinstance(value, list):
        return as_records(value)
    record = as_record(value)
    if _messages(record) or depth == 0:
        return [record] if record else []
    for name in _ENVELOPES:
        if isinstance(record.get(name), (list, dict)):
            return _records(record[name], depth - 1)
    return [record] if record else []


def _messages(record: Record) -> list[Record]:
    value = first(record, *_MESSAGES)
    if isinstance(value, dict):  # Intercom: {"conversation_parts": {"conversation_parts": [...]}}
        value = first(as_record(value), *_MESSAGES)
    return as_records(value)


def _conversation(record: Record, people: Participants) -> Conversation | None:
    requester = text_in(record, "requester_id", "customer_id", "contact_id")
    known = replace(people, requester=requester)
    opening = _opening(record, known)
    said = (read_message(message, known) for message in _messages(record))
    turns = [turn for turn in said if turn]
    if opening and not any(turn.text == opening.text for turn in turns):
        turns.insert(0, opening)
    conversation = replace(_described(record), turns=tuple(turns), id=text_in(record, *_ID))
    return conversation if len(turns) > 1 and conversation.known_share >= _LEAST_KNOWN else None


def _opening(record: Record, people: Participants) -> Turn | None:
    """Return the first message where it stands beside the others: Intercom's source, Zendesk's description."""
    source = as_record(record.get("source"))
    if source and _messages(record):
        return read_message(source, people)
    text = text_in(record, "description")
    is_ticket = bool(text) and bool(people.requester) and bool(_messages(record))
    return (
        Turn(Speaker.CUSTOMER, text.replace("\n\n", "\n"), "", people.names.get(people.requester, ""))
        if is_ticket
        else None
    )


def _described(record: Record) -> Conversation:
    status = text_in(record, *_STATUS)
    return Conversation(
        turns=(),
        title=clean_line(text_in(record, *_TITLE)),
        resolved=is_resolved_status(status) if status else None,
        language=text_in(record, "language", "lang", "locale"),
        tags=texts_in(record, *_TAGS),
    )


def _people(users: object) -> Participants:
    """Return the roles and names of an export's list of users."""
    listed: Iterable[Record] = as_records(users)
    by_id = {text_in(user, "id"): user for user in listed}
    roles = {key: speaker_of(text_in(user, "role", "type")) for key, user in by_id.items()}
    names = {key: text_in(user, "name") for key, user in by_id.items()}
    return Participants({key: role for key, role in roles.items() if role is not Speaker.UNKNOWN}, names)
