from __future__ import annotations

import pytest

from engine.answering.support import MAX_CITED, Basis, Claim, EvidencePool, Support, Unsupported
from engine.domain.search import Passage
from tests.builders import passage, quoted

REFUND = passage("Refunds take 5 working days. A bank transfer takes 10 working days.", title="Refunds", start=40)
KETTLE = passage("It holds 1.2 litres. Descale it every 2 months with citric acid.", title="Breva K2 kettle", start=7)
GERMAN = passage("Rückerstattungen dauern 5 Arbeitstage über PayPal.", language="de", title="Rückgabe")
CHINESE = passage("退款需要5个工作日。请在满谷生活 App 中查看进度，型号为 R3。", language="zh-Hans", title="退款")


def check(text: str, *passages: Passage, cited: tuple[int, ...] = (), language: str = "") -> Support | Unsupported:
    return EvidencePool(passages).check(Claim(text, cited, language))


def quotes(result: Support | Unsupported, *passages: Passage) -> list[str]:
    assert isinstance(result, Support), result
    return [quoted(passages[index], span) for index, span in result.citations]


def test_the_sentence_it_rests_on_is_cited_exactly() -> None:
    result = check("A bank transfer takes 10 working days.", KETTLE, REFUND)
    assert quotes(result, KETTLE, REFUND) == ["A bank transfer takes 10 working days."]
    assert isinstance(result, Support)
    assert result.citations[0][0] == 1
    assert result.coverage == pytest.approx(1)
    assert result.basis is Basis.WORDING


def test_a_claim_may_rest_on_several_sentences_in_reading_order() -> None:
    evidence = passage("Card refunds take 5 working days. Ask us.\nA bank transfer takes 10 working days.", start=9)
    result = check("A bank transfer takes 10 working days, a card refund 5 working days.", evidence)
    expected = ["Card refunds take 5 working days.", "A bank transfer takes 10 working days."]
    assert quotes(result, evidence) == expected


def test_several_cited_passages_are_read_together() -> None:
    claim = "Refunds take 5 working days; descale the kettle every 2 months with citric acid."
    assert len(quotes(check(claim, REFUND, KETTLE, cited=(0, 1)), REFUND, KETTLE)) == 2
    assert isinstance(check(claim, REFUND, KETTLE), Unsupported)  # without citations, one passage must be enough


def test_only_the_cited_passage_counts() -> None:
    assert check("Refunds take 5 working days.", KETTLE, REFUND, cited=(0,)) is Unsupported.NOT_FOUND
    assert isinstance(check("Refunds take 5 working days.", KETTLE, REFUND, cited=(1,)), Support)


def test_the_best_of_several_passages_is_cited() -> None:
    rough = passage("Refunds of all kinds take a few working days.")
    result = check("Refunds take 5 working days.", rough, REFUND)
    assert quotes(result, rough, REFUND) == ["Refunds take 5 working days."]


def test_titles_and_headings_name_what_the_passage_speaks_of() -> None:
    assert isinstance(check("The Breva K2 kettle holds 1.2 litres.", KETTLE), Support)
    untitled = passage(KETTLE.text, title="")
    assert check("The Breva K2 kettle holds 1.2 litres.", untitled) in {Unsupported.NOT_FOUND, Unsupported.CODE}
    assert check("The Breva K3 kettle holds 1.2 litres.", KETTLE) is Unsupported.CODE


def test_a_number_in_a_heading_is_no_evidence() -> None:
    headed = passage("Refunds take some working days.", title="Within 5 working days", section=("5 working days",))
    assert check("Refunds take 5 working days.", headed) is Unsupported.QUANTITY


def test_a_number_must_stand_in_the_cited_sentence() -> None:
    assert check("Refunds take 10 working days.", REFUND) is Unsupported.QUANTITY


def test_numbers_alone_are_found() -> None:
    assert isinstance(check("+44 20 7946 0958", passage("Call us: +44 20 7946 0958.")), Support)
    assert not isinstance(check("+44 20 7946 0959", passage("Call us: +44 20 7946 0958.")), Support)


@pytest.mark.parametrize("mark", ["1. ", "2) ", "- ", "• ", "* ", "3、 ", "### "])
def test_marks_of_lists_are_not_checked(mark: str) -> None:
    assert isinstance(check(f"{mark}Refunds take 5 working days.", REFUND), Support)


@pytest.mark.parametrize("text", ["", "   ", "!!!", "😀", "—"])
def test_what_says_nothing_is_not_supported(text: str) -> None:
    assert check(text, REFUND) is Unsupported.NOT_FOUND


def test_without_evidence_nothing_is_supported() -> None:
    assert check("Refunds take 5 working days.") is Unsupported.NOT_FOUND
    assert check("Refunds take 5 working days.", passage("")) is Unsupported.NOT_FOUND
    empty = passage("", language="ja")
    assert check("Refunds take some days.", empty, cited=(0,), language="en") is Unsupported.NOT_FOUND


def test_no_more_than_a_few_sentences_are_cited() -> None:
    words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]
    evidence = passage(" ".join(f"{word.title()} is here." for word in words))
    assert check(" ".join(words), evidence) is Unsupported.NOT_FOUND
    assert len(quotes(check("alpha beta", evidence), evidence)) == 2 <= MAX_CITED


class TestTranslation:
    def test_numbers_names_and_the_marker_are_required(self) -> None:
        claim = "5営業日以内に返金されます。R3の場合はAppでご確認ください。"
        result = check(claim, CHINESE, cited=(0,), language="ja")
        assert isinstance(result, Support)
        assert result.basis is Basis.TRANSLATION
        assert result.coverage == 0
        assert check(claim, CHINESE, language="ja") is Unsupported.UNCITED_TRANSLATION

    @pytest.mark.parametrize(
        ("claim", "reason"),
        [
            ("7営業日以内に返金されます。", Unsupported.QUANTITY),
            ("R4は5営業日以内に返金されます。", Unsupported.CODE),
            ("PayPalなら5営業日以内に返金されます。", Unsupported.CODE),
        ],
    )
    def test_what_can_be_compared_must_agree(self, claim: str, reason: Unsupported) -> None:
        assert check(claim, CHINESE, cited=(0,), language="ja") is reason

    def test_the_sentences_with_the_numbers_are_cited(self) -> None:
        result = check("A refund takes 5 working days.", CHINESE, cited=(0,), language="en")
        assert quotes(result, CHINESE) == ["退款需要5个工作日。"]

    def test_all_that_is_cited_is_quoted_where_nothing_tells(self) -> None:
        result = check("You can follow it in the app.", passage("退款。\n请查看。", language="zh-Hans"), cited=(0,))
        assert isinstance(result, Support)
        assert len(result.citations) == 2

    def test_two_languages_of_one_script_are_told_apart_by_name_only(self) -> None:
        claim = "Refunds take 5 working days."
        assert isinstance(check(claim, GERMAN, cited=(0,), language="en"), Support)
        assert check(claim, GERMAN, cited=(0,)) is Unsupported.NOT_FOUND

    def test_evidence_in_the_claims_language_leaves_no_excuse(self) -> None:
        assert check("Nous livrons demain.", REFUND, cited=(0,), language="en") is Unsupported.NOT_FOUND
        assert check("You get a voucher.", REFUND, CHINESE, cited=(0, 1), language="en") is Unsupported.NOT_FOUND

    def test_a_sentence_in_the_wrong_language_is_no_translation(self) -> None:
        assert check("送料は無料です。", REFUND, cited=(0,), language="en") is Unsupported.NOT_FOUND
        assert check("送料は無料です。", CHINESE, cited=(0,), language="de") is Unsupported.NOT_FOUND

    def test_wording_is_compared_first(self) -> None:
        result = check("退款需要5个工作日。", CHINESE, language="ja")
        assert isinstance(result, Support)
        assert result.basis is Basis.WORDING
