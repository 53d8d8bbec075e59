"""Sentences of passages, the headings above them, and lists of steps."""

from __future__ import annotations

import pytest

from engine.answering.evidence import candidate_sentences, is_step, step_lines
from engine.domain.search import Passage
from tests.builders import passage, quoted

FAQ = """How long does a refund take?
We send it within five working days. A bank transfer takes longer.

Who pays for the parcel?
The label is free in the EU."""


def texts(*passages: Passage) -> list[str]:
    return [sentence.text for sentence in candidate_sentences(passages)]


def headings(*passages: Passage) -> list[str]:
    return [sentence.heading for sentence in candidate_sentences(passages)]


def steps_near(where: Passage, sentence: str) -> list[str]:
    """Return the steps of the list that goes with the first candidate that contains `sentence`."""
    near = next(s.span for s in candidate_sentences([where]) if sentence in s.text)
    return [quoted(where, span) for span in step_lines(where, near)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Batteries have one year. Wear parts have six months.", "en", 2),
        ("电池保修一年。易损件保修六个月。", "zh-Hans", 2),
        ("電池保固一年。耗材保固六個月！", "zh-Hant", 2),
        ("電池は1年保証です。消耗品は6か月です。", "ja", 2),
        ("Der Akku hat ein Jahr. Verschleißteile haben sechs Monate.", "de", 2),
    ],
)
def test_each_sentence_is_a_candidate(text: str, language: str, expected: int) -> None:
    assert len(texts(passage(text, language=language))) == expected


def test_spans_are_offsets_of_the_document() -> None:
    where = passage("电池保修一年。易损件保修六个月。", language="zh-Hans", start=730)
    for sentence in candidate_sentences([where]):
        assert quoted(where, sentence.span) == sentence.text
    assert candidate_sentences([where])[0].span.start == 730


def test_candidates_know_their_passage() -> None:
    found = candidate_sentences([passage("One. Two."), passage("Three.")])
    assert [(s.passage, s.text) for s in found] == [(0, "One."), (0, "Two."), (1, "Three.")]


def test_no_passages_have_no_sentences() -> None:
    assert candidate_sentences([]) == ()
    assert candidate_sentences([passage(" \n\n ")]) == ()


def test_questions_on_lines_of_their_own_are_headings() -> None:
    assert texts(passage(FAQ)) == [
        "We send it within five working days.",
        "A bank transfer takes longer.",
        "The label is free in the EU.",
    ]
    assert headings(passage(FAQ)) == [*["How long does a refund take?"] * 2, "Who pays for the parcel?"]


@pytest.mark.parametrize(
    ("text", "language", "heading"),
    [
        ("Cleaning\n\nRinse the tank daily.", "en", "Cleaning"),
        ("清洁水箱\n\n请每天冲洗水箱。", "zh-Hans", "清洁水箱"),
        ("清潔水箱\n\n請每天沖洗水箱。", "zh-Hant", "清潔水箱"),
        ("お手入れ\n\nタンクは毎日洗ってください。", "ja", "お手入れ"),
        ("送料はかかりますか？\n無料です。", "ja", "送料はかかりますか？"),
        ("运费谁出？\n由我们承担。", "zh-Hans", "运费谁出？"),
    ],
)
def test_a_line_that_announces_what_follows_is_a_heading(text: str, language: str, heading: str) -> None:
    where = passage(text, language=language)
    assert headings(where) == [heading]
    assert heading not in texts(where)


def test_titles_and_sections_are_never_candidates() -> None:
    where = passage("Warranty\nBatteries\nOne year from delivery.", title="Warranty", section=("Warranty", "Batteries"))
    assert texts(where) == ["One year from delivery."]


def test_without_a_heading_in_the_text_the_innermost_section_is_it() -> None:
    assert headings(passage("One year.", section=("Warranty", "Batteries"))) == ["Batteries"]
    assert headings(passage("One year.", title="Warranty")) == [""]


def test_distance_counts_sentences_since_the_heading() -> None:
    distances = [sentence.distance for sentence in candidate_sentences([passage(FAQ)])]
    assert distances == [0, 1, 0]


@pytest.mark.parametrize(
    "text",
    [
        "One year for batteries\nTwo years for motors",
        "Two years for motors\n\n",
        "Note:\n\nKeep the invoice.",
        "- Batteries: one year\n\n- Motor: three years",
    ],
)
def test_lines_that_say_something_themselves_stay_candidates(text: str) -> None:
    assert texts(passage(text)) == [line for line in text.split("\n") if line]


@pytest.mark.parametrize(
    "text",
    [
        "Is it late? Write to us.",
        "Write to us. Is it late?",
        "Write to us.\nIs it late?",
        "是否延误？请联系我们。",
        "遅れていますか？ご連絡ください。",
    ],
)
def test_a_question_is_never_an_answer(text: str) -> None:
    assert len(texts(passage(text))) == 1
    assert not any(found.endswith(("?", "？")) for found in texts(passage(text)))


def test_a_question_inside_a_paragraph_is_no_heading() -> None:
    assert headings(passage("Is it late? Write to us.", title="Lost parcels")) == [""]


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (["代码：E4；含义：传感器脏污", "代码：E12；含义：电池温度超出 0–40 °C"], "zh-Hans"),
        (["Code: E12; Meaning: battery too hot"], "en"),
        (["青：きれい", "橙：やや汚れている", "赤：汚れている"], "ja"),
        (["Glass jars", "Aerosol cans"], "en"),
    ],
)
def test_the_last_row_of_a_table_or_list_is_no_heading(lines: list[str], language: str) -> None:
    where = passage("\n".join(["Overview\n", *lines, "\nAsk us about the rest."]), language=language)
    assert texts(where) == [*lines, "Ask us about the rest."]
    assert headings(where) == ["Overview"] * (len(lines) + 1)


def test_a_heading_right_under_a_paragraph_is_one() -> None:
    where = passage("Ask us about the rest.\nReturns\n\nYou have 30 days.")
    assert headings(where) == ["", "Returns"]


def test_a_long_line_is_no_heading() -> None:
    long = "Batteries and their chargers and all cables " * 4
    assert len(texts(passage(f"{long.strip()}\n\nOne year."))) == 2


@pytest.mark.parametrize(
    "line",
    [
        "1. Unplug it.",
        "2) Rinse.",
        "3、拔下插头。",
        "４．水を入れる。",
        "- Wait.",
        "• Wait.",
        "・待つ",
        "  12. Dry it.",
    ],
)
def test_numbered_and_marked_lines_are_items_of_a_list(line: str) -> None:
    assert is_step(line)


@pytest.mark.parametrize(
    "line", ["1.", "In 2026 it changed.", "2026. A year.", "Unplug it.", "", "2.4 GHz Wi-Fi only."]
)
def test_other_lines_are_not(line: str) -> None:
    assert not is_step(line)


DESCALE = """Descale the kettle every two months.
1. Dissolve 15 g of citric acid in 1 L of water.
2. Boil it and wait 20 minutes.
3. Rinse twice.
Never use vinegar."""


@pytest.mark.parametrize("near", ["Descale the kettle", "Dissolve", "Boil it"])
def test_the_list_around_or_right_after_a_sentence_comes_whole(near: str) -> None:
    assert steps_near(passage(DESCALE), near) == DESCALE.split("\n")[1:4]


def test_a_sentence_after_the_list_does_not_bring_it() -> None:
    assert steps_near(passage(DESCALE), "Never use") == []


@pytest.mark.parametrize(
    "text",
    [
        "按以下步骤操作。\n1、拔下插头。\n2、取出滤芯。\n3、装回面板。",
        "請依下列步驟操作。\n1. 拔下插頭。\n2. 取出濾網。\n3. 裝回面板。",
        "次の手順で行います。\n１．電源を抜きます。\n２．フィルターを外します。\n３．パネルを戻します。",
    ],
)
def test_lists_are_found_in_every_script(text: str) -> None:
    where = passage(text, start=90)
    first = candidate_sentences([where])[0]
    assert [quoted(where, span) for span in step_lines(where, first.span)] == text.split("\n")[1:]


def test_the_list_next_to_the_sentence_is_taken_and_no_other() -> None:
    where = passage("Kettle:\n1. Boil.\n2. Rinse.\n\nFilter:\n1. Open the lid.\n2. Pull it out.")
    assert steps_near(where, "Kettle") == ["1. Boil.", "2. Rinse."]
    assert steps_near(where, "Filter") == ["1. Open the lid.", "2. Pull it out."]


def test_blank_lines_between_steps_do_not_end_a_list() -> None:
    where = passage("Do this:\n1. Boil.\n\n2. Wait.\n\n3. Rinse.")
    assert steps_near(where, "Do this") == ["1. Boil.", "2. Wait.", "3. Rinse."]


@pytest.mark.parametrize("text", ["One rule:\n1. Never open it.", "No list here.", "Bullets:\n- Boil.\n- Rinse."])
def test_what_has_no_order_is_no_list_of_steps(text: str) -> None:
    first = candidate_sentences([passage(text)])[0]
    assert step_lines(passage(text), first.span) == ()


def test_steps_are_trimmed_but_otherwise_as_they_stand() -> None:
    where = passage("Do this:\n   1.  Boil.  \n   2.  Rinse.", start=12)
    assert steps_near(where, "Do this") == ["1.  Boil.", "2.  Rinse."]


@pytest.mark.parametrize(
    "text",
    [
        "Do this:\n1. Unplug it.\n   - Wait a minute.\n2. Open the lid.\n3. Rinse.",
        "Do this:\n1. Unplug it.\n   Wait a minute.\n2. Open the lid.\n3. Rinse.",
    ],
)
def test_what_is_indented_below_a_step_does_not_end_the_list(text: str) -> None:
    found = steps_near(passage(text), "Do this")
    assert [step[:2] for step in found if step[0].isdigit()] == ["1.", "2.", "3."]
