from __future__ import annotations

import pytest

from engine.answering.clarifying import chosen_case, clarification
from engine.answering.extract import extract
from engine.domain.handoff import Clarification
from engine.domain.knowledge import DocumentKind
from engine.domain.search import Passage
from tests.builders import passage, quoted

RETURNS = passage(
    "Return period\n\n"
    "Country of delivery: Mainland China; Return period: 7 days\n"
    "Country of delivery: Japan (main islands); Return period: 14 days\n"
    "Country of delivery: Everywhere else; Return period: 30 days",
    title="Returns policy",
    start=40,
)
KETTLE = passage("Descale it every 2 months with citric acid.", title="Breva K2 kettle: manual", document="k2")
MACHINE = passage("Descale it after 200 cups with the descaler.", title="Cora C1 machine: manual", document="c1")


def ask(question: str, *passages: Passage, language: str = "en") -> Clarification | None:
    return clarification(question, language, passages, extract(question, language, passages))


def test_rows_for_different_cases_are_asked_about() -> None:
    found = ask("How long is the return period?", RETURNS)
    assert found == Clarification("Which of these applies to you?", ("Mainland China", "Japan", "Everywhere else"))


@pytest.mark.parametrize("question", ["How long is the return period in Japan?", "What is China's return period"])
def test_whoever_names_the_case_is_not_asked(question: str) -> None:
    assert ask(question, RETURNS) is None


@pytest.mark.parametrize(
    "rows",
    [
        "Part: Battery; Warranty: 1 year",
        "Part: Battery; Warranty: 1 year\nPart: Motor; Warranty: 1 year",
        "Item: Warranty; Content: 2 years\nItem: Colour; Content: red\nItem: Weight; Content: light",
        "Setting: 40 °C; Warranty: 1 year\nSetting: 60 °C; Warranty: 2 years",
        "The warranty is 2 years.",
    ],
    ids=["one case", "same answer", "properties", "a scale", "no table"],
)
def test_other_tables_are_not_asked_about(rows: str) -> None:
    assert ask("How long is the warranty?", passage(f"Warranty\n\n{rows}", title="Warranty")) is None


def test_a_part_without_a_heading_belongs_to_the_value_before() -> None:
    shipping = passage(
        "配送方式：标准配送；运费：满 199 元包邮，不满收 12 元\n配送方式：次日达；运费：25 元；林冠会员免费",
        language="zh-Hans",
        title="运费",
    )
    found = ask("运费多少钱", shipping, language="zh-Hans")
    assert found is not None
    assert found.options == ("标准配送", "次日达")


def test_options_are_written_in_the_customers_script() -> None:
    parts = passage("部件：电池；保修期：1 年\n部件：电机；保修期：3 年", language="zh-Hans", title="保修")
    found = ask("保修期是多久", parts, language="zh-Hant")
    assert found is not None
    assert found.options == ("電池", "電機")
    assert found.question == "請問您是以下哪一種情況？"


def test_products_whose_documents_fit_alike_are_asked_about() -> None:
    found = ask("How often should I descale?", KETTLE, MACHINE)
    assert found is not None
    assert set(found.options) == {"Breva K2", "Cora C1"}


@pytest.mark.parametrize("question", ["How often should I descale the kettle?", "descale my C1 how often"])
def test_whoever_names_the_product_is_not_asked(question: str) -> None:
    assert ask(question, KETTLE, MACHINE) is None


def test_words_of_the_cases_own_heading_name_no_case() -> None:
    shipping = passage(
        "配送方式：标准配送；时效：1–3 个工作日\n配送方式：次日达；时效：1 个工作日", language="zh-Hans", title="配送"
    )
    assert ask("配送的时效多久", shipping, language="zh-Hans") is not None
    assert ask("标准配送的时效多久", shipping, language="zh-Hans") is None


def test_a_product_that_fits_worse_is_no_option() -> None:
    far = passage("Empty the tray after 20 cups.", title="Cora C1 machine: manual", document="c1")
    assert ask("How often should I descale with citric acid?", KETTLE, far) is None


def test_the_scale_of_scores_does_not_matter() -> None:
    far = passage(MACHINE.text, title=MACHINE.title, document="c1", score=0.001)
    assert ask("How often should I descale?", KETTLE, far) is not None


def test_a_table_below_other_passages_is_asked_about_if_the_question_names_its_values() -> None:
    around = [passage("A return costs nothing.", title="Costs", document=f"d{number}") for number in range(7)]
    found = ask("How long is the return period?", *around, RETURNS)
    assert found is not None
    assert found.options[0] == "Mainland China"
    assert ask("How long is the return period?", *around, *around[:3], RETURNS) is None


def test_a_table_that_the_question_does_not_name_must_give_what_is_asked_for() -> None:
    arrival = passage(
        "商品：一般商品；預計到貨：3 個工作天\n商品：掃地機器人；預計到貨：7 個工作天",
        language="zh-Hant",
        title="香港配送",
    )
    address = passage("香港地址請填英文。", language="zh-Hant", title="香港地址", document="a")
    found = ask("寄到香港要多久", address, arrival, language="zh-Hant")
    assert found is not None
    assert found.options == ("一般商品", "掃地機器人")
    assert ask("寄到香港要多少錢", address, arrival, language="zh-Hant") is None
    assert ask("修理機器要多久", address, arrival, language="zh-Hant") is None


def test_a_table_in_the_customers_script_comes_before_a_better_one_in_another() -> None:
    hans = passage(
        "配送方式：标准配送；运费：12 元\n配送方式：次日达；运费：25 元",
        language="zh-Hans",
        title="运费",
        document="hans",
    )
    hant = passage(
        "方式：一般宅配；運費：80 元\n方式：快速到貨；運費：120 元", language="zh-Hant", title="運費", document="hant"
    )
    found = ask("運費多少錢", hans, hant, language="zh-Hant")
    assert found is not None
    assert found.options == ("一般宅配", "快速到貨")


def test_past_cases_are_no_options() -> None:
    case = passage(MACHINE.text, title=MACHINE.title, document="case", kind=DocumentKind.CASE)
    assert ask("How often should I descale?", KETTLE, case) is None


def test_passages_about_something_else_are_not_asked_about() -> None:
    assert ask("Who is the chairman of the football club?", KETTLE, MACHINE) is None


def test_nothing_is_asked_without_evidence() -> None:
    assert ask("How long?") is None


def test_the_chosen_row_is_quoted_exactly() -> None:
    found = chosen_case("japan", (KETTLE, RETURNS))
    assert found is not None
    (quote,) = found.quotes
    assert (quote.passage, found.coverage) == (1, 1.0)
    assert quote.text == "Country of delivery: Japan (main islands); Return period: 14 days"
    assert quoted(RETURNS, quote.span) == quote.text


def test_an_option_that_no_row_is_about_gives_nothing() -> None:
    assert chosen_case("Norway", (RETURNS,)) is None
    assert chosen_case("", (RETURNS,)) is None


def test_a_heading_that_the_question_names_is_not_enough_without_the_kind_that_is_asked_for() -> None:
    club = passage(
        "Shop: Europe; 100 points are worth: EUR 5\nShop: Japan; 100 points are worth: JPY 800\n\n"
        "When points expire: your points expire after 18 months without a purchase.",
        title="Club: points",
    )
    assert ask("When do my points expire?", club) is None
    found = ask("How much are 100 points worth?", club)
    assert found is not None
    assert found.options == ("Europe", "Japan")
