"""One conversation in eleven languages: each summary finds the same in it, in the words of its own language."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engine.assist.sentiment.reader import NEUTRAL
from engine.assist.summaries.summarizing import Summarizer
from engine.domain.assist import Trajectory, Trend
from engine.domain.conversation import Role, Turn
from engine.domain.handoff import FactKind
from engine.domain.summary import Progress, Summary, SummaryPart, SummaryPurpose, SummaryRequest
from engine.languages.detection import ScriptDetector

ORDER = "MV-2026-118420"
TALKS = {
    "en": (
        f"My kettle leaks at the lid. Order {ORDER}.",
        "Please press the seal into its groove.",
        "I did, it still leaks.",
        "We will send you a new lid within 3 working days.",
    ),
    "zh-Hans": (
        f"水壶盖子漏水，订单号{ORDER}。",
        "请把密封圈压进槽里。",
        "压了还是漏。",
        "我们会在3个工作日内寄出新盖子。",
    ),
    "zh-Hant": (
        f"熱水壺的蓋子漏水，訂單編號{ORDER}。",
        "請把密封圈壓進溝槽。",
        "壓了還是漏。",
        "我們會在3個工作天內寄出新的蓋子。",
    ),
    "ja": (
        f"ケトルの蓋から水が漏れます。注文番号は{ORDER}です。",
        "パッキンを溝に押し込んでください。",
        "やりましたが、まだ漏れます。",
        "3営業日以内に新しい蓋をお送りします。",
    ),
    "ko": (
        f"전기포트 뚜껑에서 물이 새요. 주문번호 {ORDER}입니다.",
        "뚜껑의 고무 패킹을 눌러 주세요.",
        "해봤는데 여전히 새요.",
        "3영업일 이내에 새 뚜껑을 보내 드리겠습니다.",
    ),
    "de": (
        f"Mein Wasserkocher tropft am Deckel. Bestellnummer {ORDER}.",
        "Bitte drücken Sie die Dichtung in die Nut.",
        "Habe ich gemacht, er tropft immer noch.",
        "Wir senden Ihnen innerhalb von 3 Werktagen einen neuen Deckel.",
    ),
    "fr": (
        f"Ma bouilloire fuit au couvercle. Commande {ORDER}.",
        "Appuyez sur le joint, s'il vous plaît.",
        "C'est fait, elle fuit toujours.",
        "Nous vous enverrons un nouveau couvercle sous 3 jours ouvrés.",
    ),
    "ru": (
        f"Чайник течёт у крышки. Заказ {ORDER}.",
        "Прижмите уплотнитель.",
        "Сделал, всё равно течёт.",
        "Мы отправим новую крышку в течение 3 рабочих дней.",
    ),
    "ar": (
        f"الغلاية تسرب الماء من الغطاء. رقم الطلب {ORDER}.",
        "اضغط على الحلقة المطاطية من فضلك.",
        "فعلت ذلك وما زالت تسرب.",
        "سنرسل لك غطاء جديدا خلال 3 أيام عمل.",
    ),
    "th": (
        f"กาต้มน้ำรั่วที่ฝา หมายเลขคำสั่งซื้อ {ORDER}",
        "กรุณากดซีลยางให้เข้าร่อง",
        "ทำแล้วแต่ยังรั่วอยู่",
        "เราจะส่งฝาใหม่ให้ภายใน 3 วันทำการ",
    ),
    "vi": (
        f"Ấm đun bị rò ở nắp. Mã đơn {ORDER}.",
        "Vui lòng ấn gioăng vào rãnh.",
        "Tôi làm rồi mà vẫn rò.",
        "Chúng tôi sẽ gửi nắp mới trong vòng 3 ngày làm việc.",
    ),
}
TRIED = {"en", "zh-Hans", "zh-Hant", "ja"}  # languages in which instructions are told from other sentences
SPEAKERS = (Role.CUSTOMER, Role.AGENT, Role.CUSTOMER, Role.AGENT)


def turns(language: str) -> tuple[Turn, ...]:
    return tuple(map(Turn, SPEAKERS, TALKS[language]))


def calm(said: Sequence[Turn], language: str = "") -> Trajectory:
    return Trajectory((), NEUTRAL, Trend.STEADY, 0.0)


def summary(language: str, purpose: SummaryPurpose = SummaryPurpose.HAND_OVER, *, told: str = "") -> Summary:
    summarizer = Summarizer(ScriptDetector(), calm, None)
    return summarizer.summary(SummaryRequest(turns(language), purpose, told))


def places(found: Summary, part: SummaryPart) -> set[int]:
    return {
        at for section in found.sections if section.part is part for each in section.statements for at in each.places
    }


@pytest.mark.parametrize("language", TALKS)
def test_what_is_wrong_what_was_promised_and_how_far_it_is(language: str) -> None:
    found = summary(language)
    assert (found.language, found.progress) == (language, Progress.PROMISED)
    assert places(found, SummaryPart.ISSUE) == {0}
    assert places(found, SummaryPart.PROMISES) == {3}
    assert [(fact.kind, fact.text) for fact in found.facts] == [(FactKind.ORDER_NUMBER, ORDER)]


@pytest.mark.parametrize("language", TALKS)
def test_a_promise_says_by_when_in_its_own_words(language: str) -> None:
    (promise,) = (
        each
        for section in summary(language).sections
        if section.part is SummaryPart.PROMISES
        for each in section.statements
    )
    assert [quote.place for quote in promise.due] == [3]
    assert all("3" in quote.text for quote in promise.due)


@pytest.mark.parametrize("purpose", SummaryPurpose)
@pytest.mark.parametrize("language", TALKS)
def test_every_statement_quotes_its_turn_to_the_letter(language: str, purpose: SummaryPurpose) -> None:
    said, found = turns(language), summary(language, purpose)
    quotes = [quote for section in found.sections for each in section.statements for quote in (*each.quotes, *each.due)]
    quotes += [quote for fact in found.facts for quote in fact.quotes]
    assert quotes
    assert all(quote.span.of(said[quote.place].text) == quote.text for quote in quotes)


@pytest.mark.parametrize("language", TALKS)
def test_the_text_to_read_has_headings_of_its_language_and_the_turns_in_brackets(language: str) -> None:
    found = summary(language)
    headings = [section.heading for section in found.sections]
    assert len(set(headings)) == len(headings)
    assert all(heading in found.text.splitlines() for heading in headings)
    assert {line.rpartition("[")[2] for line in found.text.splitlines() if line.startswith("- ")} <= {
        "0]",
        "1]",
        "2]",
        "3]",
        "1, 2]",
    }
    if language != "en":
        english = {section.heading for section in summary("en").sections}
        assert english.isdisjoint(headings)


@pytest.mark.parametrize("language", sorted(TRIED))
def test_what_was_tried_goes_with_how_it_went(language: str) -> None:
    assert places(summary(language), SummaryPart.TRIED) == {1, 2}


@pytest.mark.parametrize("language", sorted(set(TALKS) - TRIED))
def test_the_step_and_that_it_did_not_help_are_told_at_least(language: str) -> None:
    assert {1, 2} <= places(summary(language), SummaryPart.OUTCOME)


def test_a_language_that_is_given_is_that_of_the_headings_and_the_quotes_stay() -> None:
    found = summary("ko", told="de")
    assert found.language == "de"
    assert TALKS["ko"][3] in found.text
    assert {section.heading for section in found.sections} <= {
        section.heading for section in summary("de").sections
    } | {"Bisher versucht", "Offen"}
