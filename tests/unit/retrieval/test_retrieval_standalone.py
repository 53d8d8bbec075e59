"""Turning the last message of a conversation into a query that stands alone."""

from __future__ import annotations

import pytest

from engine.domain.conversation import Role, Turn, TurnAction
from engine.retrieval.standalone import leans_on_history, standalone_query
from tests.builders import asked


@pytest.mark.parametrize(
    ("before", "question", "language"),
    [
        ("How long is the warranty of the Drift R3?", "And for the battery?", "en"),
        ("Drift R3 的保修期是多久？", "电池呢？", "zh-Hans"),
        ("Drift R3 的保固期是多久？", "電池呢？", "zh-Hant"),
        ("Drift R3の保証期間はどのくらいですか？", "バッテリーは？", "ja"),
        ("Wie lange gilt die Garantie des Drift R3?", "Und der Akku?", "de"),
    ],
)
def test_a_short_follow_up_takes_over_what_was_asked(before: str, question: str, language: str) -> None:
    found = standalone_query(question, language, asked(before))
    assert before in found
    assert found.endswith(question)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Which payment methods does the Maruvale shop accept in Taiwan for orders above three thousand?", "en"),
        ("台湾的顾客在官网购买空气净化器时可以使用哪些付款方式和分期方案？", "zh-Hans"),
        ("台灣的顧客在官網購買空氣清淨機時可以使用哪些付款方式和分期方案？", "zh-Hant"),
        ("台湾のお客様が公式サイトで空気清浄機を購入する場合の支払い方法と分割払い", "ja"),
    ],
)
def test_a_question_that_says_what_it_is_about_stays_as_it_is(question: str, language: str) -> None:
    assert standalone_query(question, language, asked("How do I descale the kettle?")) == question


def test_the_first_message_stays_as_it_is() -> None:
    assert standalone_query("Warranty?", "en", ()) == "Warranty?"


def test_only_what_the_customer_said_is_taken_over() -> None:
    history = (
        Turn(Role.ASSISTANT, "Welcome to the Maruvale desk."),
        Turn(Role.CUSTOMER, "Do you ship to Norway?"),
        Turn(Role.AGENT, "Yes, within nine days."),
    )
    found = standalone_query("And duties?", "en", history)
    assert found == "Do you ship to Norway? And duties?"


def test_a_conversation_in_which_the_customer_said_nothing_adds_nothing() -> None:
    history = (Turn(Role.ASSISTANT, "How can I help?"), Turn(Role.CUSTOMER, "  "))
    assert standalone_query("Duties?", "en", history) == "Duties?"


def test_the_latest_questions_are_taken_over_and_old_ones_are_forgotten() -> None:
    old, recent = "How do I descale the kettle?", "Do you ship the Drift R3 to Norway?"
    history = asked(old, "Is there a spare battery?", "Do you have it in white?", recent)
    found = standalone_query("And duties?", "en", history)
    assert recent in found
    assert old not in found


def test_earlier_questions_stand_in_the_order_in_which_they_were_asked() -> None:
    found = standalone_query("And duties?", "en", asked("Do you ship abroad?", "Also to Norway?"))
    assert found.index("abroad") < found.index("Norway") < found.index("duties")


@pytest.mark.parametrize(
    ("before", "question", "language"),
    [
        ("Does the R3 have a warranty?", "Different question: how long does a parcel to Norway take", "en"),
        ("R3保修几年啊", "另外想问，会员要交年费吗", "zh-Hans"),
        ("R3の保証は何年ですか", "別件ですが、アプリは家族でも使えますか", "ja"),
        ("Wie lange gilt die Garantie?", "Andere Frage: was kostet der Versand", "de"),
    ],
)
def test_an_announced_topic_takes_nothing_over(before: str, question: str, language: str) -> None:
    found = standalone_query(question, language, asked(before))
    assert before not in found
    assert question.endswith(found)


def test_nothing_from_before_an_announced_topic_is_taken_over() -> None:
    history = asked("How long does delivery take?", "Different question now: my Cora C1 screeches")
    found = standalone_query("how do I stop that", "en", history)
    assert "delivery" not in found
    assert "my Cora C1 screeches" in found


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What happens to it if I don't make it in time for next year's sale?", "en"),
        ("這麼久喔，這段時間有機器可以先用嗎", "zh-Hant"),
        ("じゃあ人にあげたらどうなるの", "ja"),
        ("А если я живу в другой стране, сколько стоит доставка посылки?", "ru"),
        ("그럼 해외 배송은 며칠이나 걸리는지 알려 주세요", "ko"),
        ("Et si j'habite dans un autre pays, combien coûte alors la livraison ?", "fr"),
    ],
)
def test_a_long_message_that_points_back_leans_on_history(question: str, language: str) -> None:
    assert leans_on_history(question, language)
    assert standalone_query(question, language, asked("R3 repair")) == f"R3 repair {question}"


def test_thanks_are_not_taken_over() -> None:
    assert standalone_query("and abroad?", "en", asked("How long is delivery?", "thanks")) == (
        "How long is delivery? and abroad?"
    )


def test_of_older_messages_only_codes_are_taken_over() -> None:
    history = asked("My kettle is K2-6A, is it dangerous", "ok, sent you the serial number", "and my address")
    found = standalone_query("How long until the new one gets here?", "en", history)
    assert found.startswith("K2-6A ok, sent")
    assert "dangerous" not in found


def test_a_code_that_is_taken_over_anyway_is_not_repeated() -> None:
    history = asked("The R3 stops", "the R3 beeps", "it blinks")
    assert standalone_query("why?", "en", history).count("R3") == 1


def test_a_long_message_is_cut_when_taken_over() -> None:
    found = standalone_query("and then?", "en", asked("word " * 500))
    assert len(found) < 350


@pytest.mark.parametrize(("reply", "said"), [("2", "Unopened"), ("not opened yet: unopened", "Unopened")])
def test_a_reply_to_a_question_back_completes_the_question(reply: str, said: str) -> None:
    back = Turn(Role.ASSISTANT, "Which applies?\n- Opened or tried\n- Unopened", TurnAction.CLARIFY)
    history = (Turn(Role.CUSTOMER, "How many days for a return?"), back)
    assert standalone_query(reply, "en", history) == f"How many days for a return? {said}"


def test_a_reply_that_chooses_nothing_is_kept_in_its_own_words() -> None:
    back = Turn(Role.ASSISTANT, "Which applies?\n- Opened\n- Unopened", TurnAction.CLARIFY)
    history = (Turn(Role.CUSTOMER, "How many days?"), back)
    assert standalone_query("a gift card", "en", history) == "How many days? a gift card"
