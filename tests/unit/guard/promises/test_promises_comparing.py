"""Promises held against the sentences of policies."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.domain.check import PromiseMatter, PromiseStanding
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import Passage
from engine.embedding.late_interaction import LateInteraction
from engine.embedding.static import StaticEmbedder
from engine.guard.promises.comparing import compare
from engine.guard.promises.extraction import promises
from engine.guard.promises.judging import verdict_of
from engine.guard.promises.nearness import grounds
from engine.guard.promises.queries import query_for
from engine.guard.promises.sides import other_case, sides
from engine.languages.folding import fold

POLICY = (
    "You may return an item within 30 days from delivery. We refund within 5 working days after the goods reach the "
    "warehouse. Opened filters cannot be returned. The return label is free of charge. Express delivery costs EUR 9.90."
)


RERANKER = LateInteraction(StaticEmbedder())


def relevance(query: str, texts: Sequence[str]) -> list[float]:
    return [float(each) for each in RERANKER.relevance(query, texts)]


def passage(text: str, language: str = "en", at: int = 100) -> Passage:
    section = ("Returns",)
    span = Span(at, at + len(text))
    return Passage("c", "d", 3, "Policy", "p.md", DocumentKind.POLICY, language, section, None, span, text, 1.0)


def standing(reply: str, policy: str = POLICY, language: str = "en") -> PromiseStanding:
    (promise,) = promises(reply)
    return compare(promise, grounds([passage(policy, language)]), language, relevance).standing


@pytest.mark.parametrize(
    "reply",
    [
        "You may return the item within 30 days from delivery.",
        "We will refund you within 5 working days after the goods reach the warehouse.",
        "The return label is free of charge for you.",
        "The express delivery costs EUR 9.90.",
    ],
)
def test_what_the_policy_says_is_fine(reply: str) -> None:
    assert standing(reply) is PromiseStanding.FINE


@pytest.mark.parametrize(
    "reply",
    [
        "You may return the item within 60 days from delivery.",
        "We will refund you within 24 hours after the goods reach the warehouse.",
        "You would have to pay for the return label, which costs EUR 6.",
        "Express delivery costs EUR 3.",
        "Opened filters can be returned.",
    ],
)
def test_what_the_policy_denies_is_contradicted(reply: str) -> None:
    assert standing(reply) is PromiseStanding.CONTRADICTED


@pytest.mark.parametrize(
    "reply",
    ["A technician will visit you at home on Thursday.", "I will give you a voucher of 25 euros for the trouble."],
)
def test_what_no_policy_is_about_is_unsupported(reply: str) -> None:
    assert standing(reply) is PromiseStanding.UNSUPPORTED


def test_without_passages_nothing_supports() -> None:
    (promise,) = promises("We refund you within 5 days.")
    assert compare(promise, [], "en", lambda _, __: None).standing is PromiseStanding.UNSUPPORTED


@pytest.mark.parametrize(
    ("reply", "policy", "language", "expected"),
    [
        ("拆封后30天内可以退货", "已拆封的商品7天内可以退货。未拆封的商品30天内可以退货。", "zh-Hans", "contradicted"),
        ("未拆封30天内可以退货", "已拆封的商品7天内可以退货。未拆封的商品30天内可以退货。", "zh-Hans", "fine"),
        ("拆封过的滤网不能退货", "滤网仅限未拆封时退货。登录后点申请退货。", "zh-Hans", "fine"),
        ("退貨運費要由您自行負擔", "退貨運費由我們負擔。登入會員後點選申請退貨。", "zh-Hant", "contradicted"),
        ("返送料は当店が負担します", "日本国内からの返送料は当店が負担します。", "ja", "fine"),
        ("返金は3営業日以内にいたします", "返金は5営業日以内にいたします。", "ja", "contradicted"),
    ],
)
def test_other_languages(reply: str, policy: str, language: str, expected: str) -> None:
    assert standing(reply, policy, language) is PromiseStanding(expected)


@pytest.mark.parametrize(
    ("reply", "policy", "language", "expected"),
    [
        (
            "The return label is free for you in the Netherlands.",
            "From every other place, such as Norway, you pay for the return label. The return label is free in the EU.",
            "en",
            "fine",
        ),
        (
            "The return label is free for you in Norway.",
            "The return label is free in the EU. In Norway you pay for the return label.",
            "en",
            "contradicted",
        ),
        ("登记就可以多保修一年", "登记多保修一年是日本的活动，大陆登记不参加。", "zh-Hans", "contradicted"),
        ("花呗最多可以分24期", "花呗可以分3期、6期、12期。", "zh-Hans", "contradicted"),
    ],
)
def test_places_exclusions_and_counts(reply: str, policy: str, language: str, expected: str) -> None:
    assert standing(reply, policy, language) is PromiseStanding(expected)


def test_what_is_promised_of_opened_goods_needs_more_than_a_tie() -> None:
    policy = "You may return goods within 30 days. Opened hygiene goods: hygiene goods only if unopened."
    assert standing("Hygiene goods can be returned within 30 days even when opened.", policy) is (
        PromiseStanding.CONTRADICTED
    )


def test_meaning_counts_where_something_can_tell_it() -> None:
    (promise,) = promises("We refund you within 5 working days.")
    known = grounds([passage("Your money comes home in 5 working days.")])

    def near(_: str, texts: Sequence[str]) -> list[float]:
        return [1.0 for _ in texts]

    assert compare(promise, known, "en", lambda _, __: None).standing is PromiseStanding.UNSUPPORTED
    assert compare(promise, known, "en", near).standing is PromiseStanding.FINE


def test_sentences_have_their_places_in_the_document() -> None:
    (first, *_) = grounds([passage(POLICY)])
    assert (first.span, first.text) == (Span(100, 152), "You may return an item within 30 days from delivery.")
    assert len(grounds([passage(POLICY), passage(POLICY)])) == 5


def test_the_citation_quotes_the_policy() -> None:
    (promise,) = promises("We refund within 24 hours after the goods reach the warehouse.")
    verdict = verdict_of(promise, compare(promise, grounds([passage(POLICY)]), "en", lambda _, __: None))
    assert verdict.citation is not None
    assert verdict.citation.quote == POLICY[verdict.citation.span.start - 100 : verdict.citation.span.end - 100]
    assert verdict.citation.answer_span == promise.span
    assert verdict.due == ("86400 s",)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("It is free of charge", {"free": True}),
        ("You pay the postage", {"free": False}),
        ("不收上门费", {"free": True}),
        ("未拆封", {"opened": False}),
        ("已拆封", {"opened": True}),
        ("目前不提供备用机", {"allowed": False}),
        ("できません", {"allowed": False}),
        ("紙での郵送は行っていません", {"allowed": False}),
        ("中古品は対象外です", {"allowed": False}),
        ("概不接受", {"allowed": False}),
        ("the warranty does not cover blades", {"allowed": False}),
        ("", {}),
    ],
)
def test_the_side_that_is_taken(text: str, taken: dict[str, bool]) -> None:
    assert sides(fold(text)) == taken


def test_only_says_something_of_the_other_case_too() -> None:
    assert other_case({"opened": True}, {"opened": False}, "未拆封 30 天")
    assert not other_case({"opened": True}, {"opened": False}, "仅限未拆封")
    assert other_case({}, {"opened": False}, "未拆封")
    assert not other_case({}, {"opened": True}, "已拆封")


@pytest.mark.parametrize("matter", list(PromiseMatter))
def test_every_matter_can_be_searched_for(matter: PromiseMatter) -> None:
    queries = {query_for(matter, language) for language in ("en", "zh-Hans", "zh-Hant", "ja")}
    assert len(queries) >= 3
    assert query_for(matter, "de") == query_for(matter, "en")
