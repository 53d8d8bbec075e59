"""Part a mail's own words from the history that it quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingestion.parsers.html_tree import Element, attribute, tag_of

__all__ = ["history_heading", "split_history", "take_history"]

_HEADINGS: Mapping[str, str] = {
    "en": "Earlier messages",
    "zh-Hans": "此前的邮件",
    "zh-Hant": "先前的郵件",
    "ja": "これまでのメール",
    "ko": "이전 메일",
    "de": "Frühere Nachrichten",
    "fr": "Messages précédents",
    "es": "Mensajes anteriores",
    "it": "Messaggi precedenti",
    "pt": "Mensagens anteriores",
    "ru": "Предыдущие сообщения",
}
_MARK = re.compile(r"^(?:>[ \t]?)+")
# What mail programs write above the message that is answered.
_INTRODUCTION = re.compile(
    r"^(?:-{2,}\s*(?:original message|forwarded message|原始邮件|原始郵件|转发邮件|轉寄的郵件|元のメッセージ|"
    r"転送メッセージ|원본 메시지|"
    r"ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|mensagem original)\s*-{2,}|"
    r"_{20,}|"
    r"on .{4,120} wrote:|am .{4,120} schrieb.*:|le .{4,120} a écrit\s?:|el .{4,120} escribió:|"
    r"il .{4,120} ha scritto:|"
    r"em .{4,120} escreveu:|.{4,120}(?:写道|寫道)[:：]|.{4,120}(?:のメール|書きました|wrote)[:：]|.{4,120} 작성:|"
    r".{4,120} пишет:)\s*$",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^\*?(?:from|von|de|da|发件人|寄件者|寄件人|差出人|보낸 사람|от)\*?\s*[:：]", re.IGNORECASE)
_NEXT_HEADER = re.compile(
    r"^\*?(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|objet|à|enviado|para|asunto|assunto|inviato|"
    r"oggetto|a|"
    r"发送时间|收件人|主题|日期|寄件日期|收件者|主旨|送信日時|宛先|件名|날짜|받는 사람|제목|отправлено|дата|кому|"
    r"тема)\*?\s*[:：]",
    re.IGNORECASE,
)
_QUOTE_NAMES = {
    "gmail_quote",
    "yahoo_quoted",
    "protonmail_quote",
    "zmail_extra",
    "moz-cite-prefix",
    "gmail_quote_container",
}
_QUOTE_IDS = {
    "divrplyfwdmsg",
    "appendonsend",
    "mail-editor-reference-message-container",
    "originalcontent",
    "replysplit",
}


def history_heading(language: str) -> str:
    """Return the heading above quoted history in a language (BCP 47); English for a language without."""
    return _HEADINGS.get(language) or _HEADINGS.get(language.partition("-")[0], _HEADINGS["en"])


def split_history(text: str) -> tuple[str, str]:
    """Return a plain body's own words, and what it quotes below them, without marks.

    Answers written between quoted lines stay as they are, quotes marked: they make no sense apart.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    at = next((number for number in range(len(lines)) if _begins_history(lines, number)), len(lines))
    if at == len(lines) or _has_answers_between(lines[at:]) or not any(line.strip() for line in lines[:at]):
        return text, ""
    return "\n".join(lines[:at]).rstrip(), "\n".join(_MARK.sub("", line) for line in lines[at:]).strip()


def take_history(root: Element) -> list[Element]:
    """Take the elements that quote earlier messages out of a tree and return them, outermost, in order."""
    found = [element for element in root.iter() if _is_quote(element)]
    inside = set(found)
    taken: list[Element] = []
    for element in found:
        if element.getparent() is None or any(parent in inside for parent in element.iterancestors()):
            continue
        below = list(element.itersiblings()) if attribute(element, "id").lower() in _QUOTE_IDS else []
        taken += [element, *(each for each in below if tag_of(each))]
        inside.update(below)
    for element in taken:
        if element.getparent() is not None:
            element.drop_tree()
    return taken


def _begins_history(lines: list[str], at: int) -> bool:
    line = lines[at].strip()
    if line.startswith(">"):
        return True
    if _INTRODUCTION.match(line) or _INTRODUCTION.match(
        f"{line} {lines[at + 1].strip()}" if at + 1 < len(lines) else ""
    ):
        return True
    following = [below.strip() for below in lines[at + 1 : at + 5] if below.strip()]
    return bool(_HEADER.match(line)) and sum(_NEXT_HEADER.match(below) is not None for below in following) >= 2


def _has_answers_between(lines: list[str]) -> bool:
    """Tell whether unmarked lines stand between marked ones."""
    marks = [line.startswith(">") for line in lines if line.strip()]
    first = marks.index(True) if True in marks else len(marks)
    last = len(marks) - 1 - marks[::-1].index(True) if True in marks else -1
    return first < last and not all(marks[first : last + 1])


def _is_quote(element: Element) -> bool:
    names = set(attribute(element, "class").lower().split())
    cited = tag_of(element) == "blockquote" and attribute(element, "type").lower() == "cite"
    return cited or bool(names & _QUOTE_NAMES) or attribute(element, "id").lower() in _QUOTE_IDS
