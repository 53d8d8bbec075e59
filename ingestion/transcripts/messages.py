"""Read one message of an export as a turn, whichever help desk wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.languages.speaker_labels import Speaker, speaker_of
from ingestion.normalize import clean
from ingestion.transcripts.conversation import Turn
from ingestion.transcripts.fields import Record, as_record, first, text_in, time_in

__all__ = ["Participants", "read_message"]

_TEXT: tuple[str, ...] = (
    "text",
    "content",
    "plain_body",
    "body",
    "message",
    "msg",
    "utterance",
    "html_body",
    "内容",
    "消息",
    "消息内容",
    "訊息",
)
_TEXT += ("メッセージ", "本文", "発言", "発言内容", "메시지", "내용", "发言", "文本")
_ROLE: tuple[str, ...] = (
    "role",
    "sender_type",
    "author_type",
    "speaker",
    "sender",
    "author",
    "from",
    "who",
    "participant",
    "角色",
    "发送者",
)
_ROLE += (
    "发言人",
    "说话人",
    "發送者",
    "發言者",
    "話者",
    "発言者",
    "送信者",
    "役割",
    "역할",
    "발신자",
    "보낸사람",
    "身份",
)
_NAME = ("name", "sender_name", "author_name", "speaker_name", "display_name", "from_name", "姓名", "昵称", "名前")
_TIME: tuple[str, ...] = (
    "time",
    "timestamp",
    "created_at",
    "createdat",
    "sent_at",
    "date",
    "datetime",
    "at",
    "start",
    "时间",
    "時間",
    "日時",
)
_TIME += ("发送时间", "發送時間", "送信日時", "시간")
_PERSON = ("author_id", "sender_id", "user_id", "from_id")
_CHATWOOT = {"0": "customer", "1": "agent", "2": "system", "3": "bot"}
_KINDS = _CHATWOOT | {"incoming": "customer", "outgoing": "agent", "activity": "system", "template": "bot"}
_KINDS |= {"inbound": "customer", "outbound": "agent", "in": "customer", "out": "agent"}
_SHORT = {"c": Speaker.CUSTOMER, "u": Speaker.CUSTOMER, "a": Speaker.AGENT, "s": Speaker.AGENT, "b": Speaker.BOT}
_NOTES = {"note", "private_note", "internal", "note_and_reopen", "assignment"}
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


@dataclass(frozen=True, slots=True)
class Participants:
    """Who is known by id: roles from a list of users, and the customer who opened the conversation."""

    roles: Mapping[str, Speaker] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    requester: str = ""


def read_message(record: Record, participants: Participants | None = None) -> Turn | None:
    """Return the turn, or None for an internal note, an empty message, or something that is no message."""
    if record.get("private") is True or record.get("public") is False or _kind(record) in _NOTES:
        return None
    text = _EMPTY_LINES.sub("\n", clean(text_in(record, *_TEXT)))
    if not text:
        return None
    people = participants or Participants()
    person = text_in(record, *_PERSON)
    name = _name(record) or people.names.get(person, "")
    return Turn(_speaker(record, person, name, people), text, time_in(record, *_TIME), name)


def _kind(record: Record) -> str:
    return text_in(record, "part_type", "message_type", "direction", "event_type").lower()


def _speaker(record: Record, person: str, name: str, people: Participants) -> Speaker:
    """Return who speaks: by the message's direction, its stated role, the person's id, a label for a name."""
    sender = _sender(record)
    stated = text_in(sender, "type", "role")
    by_kind = _KINDS.get(_kind(record))
    if by_kind:
        is_bot = by_kind == "agent" and speaker_of(stated) is Speaker.BOT
        return Speaker.BOT if is_bot else Speaker(by_kind)
    for role in (stated, *(value for key in _ROLE if isinstance(value := record.get(key), str))):
        found = _SHORT.get(role.strip().lower()) or speaker_of(role)
        if found is not Speaker.UNKNOWN:
            return found
    if person in people.roles:
        return people.roles[person]
    if person and people.requester:
        return Speaker.CUSTOMER if person == people.requester else Speaker.AGENT
    return speaker_of(name)


def _sender(record: Record) -> Record:
    return as_record(first({key: value for key, value in record.items() if isinstance(value, dict)}, *_ROLE))


def _name(record: Record) -> str:
    stated = text_in(record, *_NAME) or text_in(_sender(record), "name", "display_name", "email")
    if stated:
        return stated
    texts = (value for key in _ROLE if isinstance(value := record.get(key), str))
    return next((text for text in texts if speaker_of(text) is Speaker.UNKNOWN and text.lower() not in _SHORT), "")
