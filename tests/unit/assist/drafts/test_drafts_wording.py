from __future__ import annotations

from string import Formatter

import pytest

from engine.assist.drafts.wording import DOUBTS
from engine.assist.suggesting.wording import said
from engine.domain.suggestion import WarningKind

TITLE = "Returns policy"
OF_A_CONVERSATION = {
    WarningKind.RISING_ANGER,
    WarningKind.PROMISE_DUE,
    WarningKind.REPEATED,
    WarningKind.POLICY_EXPIRING,
}


def test_every_doubt_about_the_evidence_has_words() -> None:
    assert set(DOUBTS) == set(WarningKind) - OF_A_CONVERSATION


@pytest.mark.parametrize("kind", list(DOUBTS))
@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant", "ja", "sw"])
def test_agents_are_told_in_their_language_or_in_english(kind: WarningKind, language: str) -> None:
    message = said(DOUBTS[kind], language, title=TITLE)
    english = said(DOUBTS[kind], "en", title=TITLE)
    assert (message == english) == (language in {"en", "sw"})
    assert "{" not in message
    assert message.strip() == message


@pytest.mark.parametrize("kind", [WarningKind.LOW_CONFIDENCE, WarningKind.OTHER_LANGUAGE])
def test_the_document_is_named_where_it_is_to_be_read(kind: WarningKind) -> None:
    for wording in DOUBTS[kind].values():
        assert [name for _, name, _, _ in Formatter().parse(wording) if name] == ["title"]
    assert TITLE in said(DOUBTS[kind], "ja", title=TITLE)


def test_traditional_chinese_is_converted() -> None:
    assert "知識庫" in said(DOUBTS[WarningKind.NO_EVIDENCE], "zh-Hant", title="")
