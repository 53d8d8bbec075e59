from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.answering.grounding import (
    MAX_REPLY_CHARS,
    DroppedSentence,
    DropReason,
    GroundedSentence,
    ground,
    stream_grounded,
    verdicts,
)
from engine.answering.support import Basis
from engine.errors import BackendFailed
from tests.builders import passage, quoted

EN = passage("Refunds take 5 working days. A bank transfer takes 10 working days.", title="Refunds", start=40)
ZH = passage("退款需要5个工作日。银行转账需要10个工作日。", language="zh-Hans", title="退款", start=3)
JA = passage("返金には5営業日かかります。銀行振込は10営業日かかります。", language="ja", title="返金")
ALL = (EN, ZH, JA)


def texts(reply: str, language: str = "") -> list[str]:
    return [sentence.text for sentence in stream_grounded(iter([reply]), ALL, language=language)]


def reasons(reply: str, language: str = "") -> list[DropReason]:
    return [verdict.reason for verdict in ground(reply, ALL, language=language) if isinstance(verdict, DroppedSentence)]


@pytest.mark.parametrize(
    ("reply", "expected", "index", "quote"),
    [
        ("Refunds take 5 working days [1].", "Refunds take 5 working days.", 0, "Refunds take 5 working days."),
        ("退款需要5个工作日[2]。", "退款需要5个工作日。", 1, "退款需要5个工作日。"),
        ("銀行轉帳需要10個工作日。[2]", "銀行轉帳需要10個工作日。", 1, "银行转账需要10个工作日。"),
        ("返金には5営業日かかります。【3】", "返金には5営業日かかります。", 2, "返金には5営業日かかります。"),
        ("Refunds take 5 working days.", "Refunds take 5 working days.", 0, "Refunds take 5 working days."),
    ],
)
def test_a_supported_sentence_is_released_with_an_exact_quote(
    reply: str, expected: str, index: int, quote: str
) -> None:
    (sentence,) = ground(reply, ALL)
    assert isinstance(sentence, GroundedSentence)
    assert sentence.text == expected
    ((cited, span),) = sentence.citations
    assert (cited, quoted(ALL[cited], span)) == (index, quote)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("Refunds take 6 working days [1].", DropReason.QUANTITY),
        ("Refunds take 5 working days from 2026-03-01 [1].", DropReason.QUANTITY),
        ("Our shop sells fresh bread [1].", DropReason.NOT_FOUND),
        ("Refunds take 5 working days [4].", DropReason.UNKNOWN_CITATION),
        ("Refunds take 5 working days [0].", DropReason.UNKNOWN_CITATION),
        ("Refunds of order MV-2026-004512 take 5 working days [1].", DropReason.CODE),
        ("退款需要6个工作日[2]。", DropReason.QUANTITY),
        ("我们出售新鲜面包[2]。", DropReason.NOT_FOUND),
        ("返金には5時間かかります[3]。", DropReason.QUANTITY),
    ],
)
def test_an_unsupported_sentence_is_dropped(reply: str, reason: DropReason) -> None:
    assert reasons(reply) == [reason]
    assert texts(reply) == []


def test_good_sentences_survive_bad_ones() -> None:
    reply = "Refunds take 5 working days [1]. We also bake bread [1]. A bank transfer takes 10 working days [1]."
    assert texts(reply) == ["Refunds take 5 working days.", "A bank transfer takes 10 working days."]


def test_an_unknown_citation_beside_a_known_one_is_left_out() -> None:
    assert texts("Refunds take 5 working days [1][9].") == ["Refunds take 5 working days."]


def test_sentences_of_several_languages_each_find_their_evidence() -> None:
    reply = "Refunds take 5 working days [1]. 银行转账需要10个工作日[2]。返金には5営業日かかります[3]。"
    assert [sentence.citations[0][0] for sentence in stream_grounded(iter([reply]), ALL)] == [0, 1, 2]


def test_a_translation_says_so() -> None:
    (sentence,) = ground("Le remboursement prend 5 jours ouvrés [1].", [ZH], language="fr")
    assert isinstance(sentence, GroundedSentence)
    assert sentence.basis is Basis.TRANSLATION
    assert reasons("Le remboursement prend 5 jours ouvrés.", "fr") == [DropReason.UNCITED_TRANSLATION]


def test_line_breaks_and_lists_are_kept_apart_from_the_text() -> None:
    (first, second) = ground("- Refunds take 5 working days. [1]\n- A bank transfer takes 10 working days. [1]", ALL)
    assert isinstance(first, GroundedSentence)
    assert isinstance(second, GroundedSentence)
    assert (first.before, first.text) == ("", "- Refunds take 5 working days.")
    assert (second.before, second.text) == ("\n", "- A bank transfer takes 10 working days.")


@pytest.mark.parametrize("reply", ["NO_ANSWER", "no_answer.", "**NO_ANSWER**", "NO\\_ANSWER", " NO_ANSWER\n"])
def test_no_answer_is_told_as_such(reply: str) -> None:
    assert reasons(reply) == [DropReason.NO_ANSWER]


def test_nothing_is_read_after_no_answer() -> None:
    assert reasons("NO_ANSWER. Refunds take 5 working days [1]. More.") == [DropReason.NO_ANSWER]


@pytest.mark.parametrize("reply", ["", " \n ", "[1]", "[1] [2]\n"])
def test_an_empty_reply_gives_nothing(reply: str) -> None:
    assert ground(reply, ALL) == ()


@pytest.mark.parametrize(
    "reply", ["\x00\ud800", "}{][", "[[[[1]]]]", "�" * 50, "<html></html>", "🙂🙂", "]\n[\n1", "[1" * 99]
)
def test_garbage_releases_nothing(reply: str) -> None:
    assert texts(reply) == []


def test_a_sentence_said_again_is_dropped() -> None:
    assert reasons("Refunds take 5 working days [1]. REFUNDS take 5 working days.") == [DropReason.REPEATED]


def test_a_sentence_is_released_as_soon_as_the_next_one_begins() -> None:
    taken: list[str] = []

    def pieces() -> Iterator[str]:
        for piece in ("Refunds take 5 ", "working days. ", "[1", "] ", "A bank", " transfer takes 10 working days."):
            taken.append(piece)
            yield piece

    stream = stream_grounded(pieces(), ALL)
    first = next(stream)
    assert first.text == "Refunds take 5 working days."
    assert taken[-1] == "A bank"
    assert [sentence.text for sentence in stream] == ["A bank transfer takes 10 working days."]


def test_an_endless_reply_is_bounded_and_closed() -> None:
    closed: list[bool] = []

    def endless() -> Iterator[str]:
        try:
            while True:
                yield "and so on "
        finally:
            closed.append(True)

    found = list(verdicts(endless(), ALL))
    assert {verdict.reason for verdict in found if isinstance(verdict, DroppedSentence)} <= set(DropReason)
    assert isinstance(found[-1], DroppedSentence)
    assert found[-1].reason is DropReason.CUT_OFF
    assert sum(len(verdict.text) for verdict in found) <= MAX_REPLY_CHARS
    assert closed == [True]


def test_an_endless_repetition_is_released_once() -> None:
    endless = iter(lambda: "Refunds take 5 working days [1]. ", "")
    assert [sentence.text for sentence in stream_grounded(endless, ALL)] == ["Refunds take 5 working days."]


def test_a_sentence_that_the_limit_cuts_is_not_released() -> None:
    reply = "Refunds take 5 working days [1]. A bank transfer takes 10 working days."
    found = list(verdicts(iter([reply]), ALL, max_chars=len(reply) - 10))
    assert isinstance(found[0], GroundedSentence)
    assert isinstance(found[1], DroppedSentence)
    assert found[1].reason is DropReason.CUT_OFF


def test_an_error_of_the_model_passes_after_what_was_verified() -> None:
    def broken() -> Iterator[str]:
        yield "Refunds take 5 working days [1]. A bank "
        raise BackendFailed("It broke.")

    stream = stream_grounded(broken(), ALL)
    assert next(stream).text == "Refunds take 5 working days."
    with pytest.raises(BackendFailed):
        next(stream)
