from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.assist.drafts.occasion import Occasion, occasion_of
from engine.assist.service import Assist
from engine.domain.assist import Emotion
from engine.domain.draft import DraftPart, DraftRequest, Rewrite
from engine.errors import InvalidInput
from tests.unit.assist.drafts.desk import assist_desk, turns
from tests.unit.engine.desk import KB


@pytest.fixture(scope="module")
def assist(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assist]:
    with assist_desk(tmp_path_factory.mktemp("desk")) as made:
        yield made


def occasion(assist: Assist, *said: str, **fields: object) -> Occasion:
    request = DraftRequest(turns=turns(*said), **fields)  # type: ignore[arg-type]
    return occasion_of(assist.engine, KB, request, assist.sentiment)


@pytest.mark.parametrize(
    ("said", "language", "expected"),
    [
        ("Where is my parcel? It has not arrived.", "", "en"),
        ("包裹还没到，请帮我查一下。", "", "zh-Hans"),
        ("包裹還沒到，請幫我查一下。", "", "zh-Hant"),
        ("荷物がまだ届きません。", "", "ja"),
        ("荷物がまだ届きません。", "de", "de"),
        ("???", "", "en"),
        ("???", "fr", "fr"),
    ],
)
def test_the_reply_is_in_the_customers_language_unless_told(
    assist: Assist, said: str, language: str, expected: str
) -> None:
    assert occasion(assist, said, language=language).shell.language == expected


@pytest.mark.parametrize(
    ("how", "language", "expected"),
    [
        (Rewrite.SHORTER, "", "ja"),
        (Rewrite.SHORTER, "de", "ja"),
        (Rewrite.TRANSLATED, "", "en"),
        (Rewrite.TRANSLATED, "de", "de"),
    ],
)
def test_a_draft_is_rewritten_in_its_language_and_translated_into_the_customers(
    assist: Assist, how: Rewrite, language: str, expected: str
) -> None:
    own = "ご注文の商品は5日以内に発送いたします。"
    found = occasion(assist, "When is it sent to me, please?", draft=own, rewrite=how, language=language)
    assert found.shell.language == expected


def test_a_reply_needs_a_customer_but_a_rewrite_does_not(assist: Assist) -> None:
    for said in ((), ("agent:Hello",), (" ",)):
        with pytest.raises(InvalidInput):
            occasion(assist, *said)
        found = occasion(assist, *said, draft="It takes 5 days.", rewrite=Rewrite.SHORTER, facts={"name": "Lena"})
        assert (found.situation.latest, found.shell.name, found.shell.emotion) == ("", "Lena", Emotion.NEUTRAL)


def test_facts_name_the_customer_the_agent_and_the_order(assist: Assist) -> None:
    said = "My name is Lena Fischer. It is about order number MV-2026-118420."
    found = occasion(assist, said, facts={"agent_name": "Tom", "courier": "Swift"})
    assert (found.shell.name, found.shell.agent, found.order) == ("Lena Fischer", "Tom", "MV-2026-118420")
    assert {said, "Swift"} <= set(found.known.split("\n"))
    given = occasion(assist, said, facts={"customer_name": "Dr Fischer", "order_number": "MV-7"})
    assert (given.shell.name, given.order) == ("Dr Fischer", "MV-7")


def test_of_two_orders_nobody_knows_which_is_meant(assist: Assist) -> None:
    assert occasion(assist, "Order number MV-2026-118420 or order number MV-2026-118421?").order == ""


@pytest.mark.parametrize(
    ("said", "talk"),
    [
        ("Hello!", True),
        ("Thank you very much, that solved it!", True),
        ("您好", True),
        ("ありがとうございました。", True),
        ("您好，退货运费谁出？", False),
        ("Hello, how long is the warranty?", False),
        ("Thanks, but it still does not work", False),
        ("Hello, my parcel", False),
    ],
)
def test_greetings_and_thanks_ask_nothing(assist: Assist, said: str, *, talk: bool) -> None:
    assert occasion(assist, said).merely_talk is talk


@pytest.mark.parametrize(
    ("said", "holding", "asked"),
    [
        ("My parcel never arrived.", False, "order_number"),
        ("My parcel is lost, where is it?", False, "order_number"),
        ("How long does delivery take?", False, ""),
        ("How long does delivery take?", True, "order_number"),
        ("My parcel never arrived, order number MV-2026-118420.", True, ""),
        ("Do you sell pianos?", True, ""),
        ("The app shows an error.", False, "product"),
        ("The app of my Drift R3 shows an error.", False, ""),
    ],
)
def test_a_missing_fact_is_asked_for_where_something_is_to_be_looked_into(
    assist: Assist, said: str, *, holding: bool, asked: str
) -> None:
    found = occasion(assist, said, language="en").asking(holding=holding)
    assert (found.asks if found else "") == asked
    assert found is None or (found.part is DraftPart.NEXT and found.text.endswith("?"))


@pytest.mark.parametrize(
    ("said", "emotion", "mild"),
    [
        (("How long is the warranty?",), Emotion.NEUTRAL, False),
        (("This is outrageous, I am furious!!",), Emotion.ANGER, False),
        (("I have been waiting for three weeks and nobody answers me.",), Emotion.ANGER, True),
        (("I love it, best kettle ever!",), Emotion.JOY, False),
    ],
)
def test_the_shell_knows_the_mood(assist: Assist, said: tuple[str, ...], emotion: Emotion, *, mild: bool) -> None:
    shell = occasion(assist, *said).shell
    assert (shell.emotion, shell.mild) == (emotion, mild)


def test_it_is_known_whether_the_desk_has_spoken(assist: Assist) -> None:
    assert occasion(assist, "Hello", "agent:Hello", "My kettle leaks.").shell.begun
    assert not occasion(assist, "Hello", "My kettle leaks.").shell.begun


def test_the_agent_is_spoken_to_in_their_own_language(assist: Assist) -> None:
    assert occasion(assist, "My kettle leaks.", agent_language="ja").agent == "ja"
    assert occasion(assist, "My kettle leaks.", language="de").agent == "de"
