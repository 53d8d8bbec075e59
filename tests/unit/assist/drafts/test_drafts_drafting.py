from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.assist.drafts.rewriting import BY_RULES
from engine.assist.service import Assist
from engine.domain.channel import Channel
from engine.domain.check import CheckRule, Verdict
from engine.domain.draft import Draft, DraftMode, DraftPart, DraftRequest, Rewrite, Tone
from engine.domain.suggestion import WarningKind
from engine.errors import Conflict, InvalidInput, NotFound
from engine.languages.registry import profiles
from tests.unit.assist.drafts.desk import PAGES, assist_desk, drafted, turns
from tests.unit.engine.desk import KB

RETURN = "How many days do I have to return a kettle after delivery?"


@pytest.fixture(scope="module")
def assist(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assist]:
    with assist_desk(tmp_path_factory.mktemp("desk")) as made:
        yield made


def parts(draft: Draft) -> dict[DraftPart, str]:
    return {each.part: each.span.of(draft.text) for each in draft.sections}


def kinds(draft: Draft) -> set[WarningKind]:
    return {each.kind for each in draft.warnings}


def test_a_draft_answers_from_the_knowledge_and_cites_it(assist: Assist) -> None:
    found = drafted(assist, RETURN)
    assert (found.mode, found.language, found.check.verdict) == (DraftMode.COMPOSED, "en", Verdict.PASS)
    assert list(parts(found)) == [
        DraftPart.GREETING,
        DraftPart.EMPATHY,
        DraftPart.ANSWER,
        DraftPart.NEXT,
        DraftPart.CLOSING,
    ]
    assert "within 30 days" in parts(found)[DraftPart.ANSWER]
    for cited in found.citations:
        assert cited.quote == cited.answer_span.of(found.text) == cited.span.of(PAGES["returns"])
    assert {"read", "evidence", "check"} <= set(found.timings_ms)


def test_the_parts_are_all_of_the_text(assist: Assist) -> None:
    for channel in Channel:
        found = drafted(assist, RETURN, channel=channel, facts={"agent_name": "Tom"})
        assert "".join(found.text.split()) == "".join("".join(parts(found).values()).split())
        assert len(found.text) <= found.limit


def test_steps_are_announced(assist: Assist) -> None:
    found = drafted(assist, "How do I descale the kettle?", tone=Tone.FORMAL)
    assert parts(found)[DraftPart.STEPS].startswith("Please proceed as follows:\n1. Dissolve 15 g")
    assert len(found.citations) == 3


def test_facts_come_from_the_caller_and_from_the_conversation(assist: Assist) -> None:
    said = ("My name is Lena Fischer, order number MV-2026-118420.", "agent:Thank you.", RETURN)
    found = drafted(assist, *said, channel=Channel.EMAIL, facts={"agent_name": "Tom Becker"}, tone=Tone.FORMAL)
    assert found.text.startswith("Dear Lena Fischer,\n\n")
    assert "Regarding your order MV-2026-118420: You may return" in found.text
    assert found.text.endswith("Kind regards\nTom Becker")
    facts = {"customer_name": "Dr Fischer", "order_number": "MV-7"}
    given = drafted(assist, *said, channel=Channel.EMAIL, facts=facts)
    assert given.text.startswith("Hi Dr Fischer,")
    assert "order MV-7:" in given.text


def test_a_conversation_under_way_is_not_begun_again(assist: Assist) -> None:
    found = drafted(assist, "Hello", "agent:Hello, what can I do?", RETURN)
    assert DraftPart.GREETING not in parts(found)
    assert found.text.startswith("You may return")


@pytest.mark.parametrize(
    ("said", "empathy"),
    [
        (RETURN, "Thanks for getting in touch."),
        (
            f"This is outrageous, I am furious!! {RETURN}",
            "I'm really sorry about this, and I can see why you are upset.",
        ),
        (f"I am so worried. {RETURN}", "I understand that this is worrying, so let's take a look at it together."),
    ],
)
def test_empathy_fits_the_mood(assist: Assist, said: str, empathy: str) -> None:
    assert parts(drafted(assist, said))[DraftPart.EMPATHY] == empathy


def test_without_evidence_the_reply_holds_and_promises_nothing(assist: Assist) -> None:
    found = drafted(assist, "My parcel never arrived, I am disappointed. Where is it?", agent_language="zh-Hans")
    assert (found.mode, found.citations, found.check.promises) == (DraftMode.HOLDING, (), ())
    assert "our delivery team will look into it" in parts(found)[DraftPart.HOLDING]
    (gap,) = found.missing
    assert gap.name == "order_number"
    assert gap.span.of(found.text).endswith(gap.question)
    (warning,) = [each for each in found.warnings if each.kind is WarningKind.NO_EVIDENCE]
    assert "不作承诺" in warning.message


def test_what_is_known_is_not_asked_for(assist: Assist) -> None:
    for fields in ({"facts": {"order_number": "MV-7"}}, {}):
        said = "My parcel never arrived." if fields else "My parcel never arrived, order number MV-2026-118420."
        found = drafted(assist, said, **fields)
        assert (found.mode, found.missing) == (DraftMode.HOLDING, ())


def test_an_answer_asks_for_the_order_only_where_there_is_trouble(assist: Assist) -> None:
    assert drafted(assist, RETURN).missing == ()
    found = drafted(assist, "The kettle broke, I want to return it. Is the return label free of charge?")
    assert [gap.name for gap in found.missing] == ["order_number"]


@pytest.mark.parametrize("language", sorted(profiles()))
def test_every_language_gets_a_holding_reply_of_its_own(assist: Assist, language: str) -> None:
    found = drafted(assist, "Do you sell pianos with golden keys?", language=language, tone=Tone.FORMAL)
    assert (found.mode, found.language, found.check.verdict) == (DraftMode.HOLDING, language, Verdict.PASS)
    assert found.check.promises == ()


def test_what_is_there_in_another_language_only_is_told_to_the_agent(assist: Assist) -> None:
    found = drafted(assist, RETURN, language="de")
    (warning,) = [each for each in found.warnings if each.kind is WarningKind.OTHER_LANGUAGE]
    assert (found.mode, found.citations) == (DraftMode.HOLDING, ())
    assert warning.citation is not None
    assert "within 30 days" in warning.citation.quote
    assert "30" not in found.text


def test_the_customers_language_is_answered(assist: Assist) -> None:
    found = drafted(assist, "返品の送料は誰が負担しますか")
    assert (found.language, found.mode) == ("ja", DraftMode.COMPOSED)
    assert "返送料は当店が負担します。" in found.text


def test_what_was_said_to_another_customer_is_no_evidence(assist: Assist) -> None:
    found = drafted(assist, "Is the toaster blue?")
    assert (found.mode, "40 EUR" in found.text) == (DraftMode.HOLDING, False)


def test_documents_can_be_left_out(assist: Assist) -> None:
    uri = drafted(assist, RETURN).citations[0].uri
    assert uri not in {each.uri for each in drafted(assist, RETURN, without=(uri,)).citations}


def test_thanks_and_greetings_need_no_evidence(assist: Assist) -> None:
    for said in ("Hello!", "Thank you, that solved it!"):
        found = drafted(assist, said)
        assert (found.mode, found.confidence) == (DraftMode.COMPOSED, 0.0)
        assert not {DraftPart.ANSWER, DraftPart.HOLDING} & set(parts(found))
        assert WarningKind.NO_EVIDENCE not in kinds(found)


def test_an_agent_is_warned_of_anger_and_of_what_expires(assist: Assist) -> None:
    assert WarningKind.RISING_ANGER in kinds(drafted(assist, "I will sue you, you liars!! Where is my kettle?"))
    assert WarningKind.POLICY_EXPIRING in kinds(drafted(assist, RETURN))


def test_a_canned_reply_can_be_the_core(assist: Assist) -> None:
    found = drafted(assist, "Where is my parcel?", template="late")
    assert "Order {order_number} comes soon." in found.text
    assert [(gap.name, gap.span.of(found.text)) for gap in found.missing] == [("order_number", "{order_number}")]
    assert CheckRule.LEFTOVER in {each.rule for each in found.check.findings}
    filled = drafted(assist, "Where is my parcel?", template="/late", facts={"order_number": "MV-7"})
    assert (filled.mode, filled.missing) == (DraftMode.CANNED, ())
    with pytest.raises(NotFound, match="lat"):
        drafted(assist, "Where is my parcel?", template="lat")


def test_an_own_draft_is_rewritten_and_checked(assist: Assist) -> None:
    own = "Dear customer, thank you for your message. We guarantee that it takes 5 days. Have a nice day!"
    found = drafted(assist, draft=own, rewrite=Rewrite.SHORTER)
    assert found.text == "Dear customer,\nWe guarantee that it takes 5 days."
    assert (found.mode, found.notes, found.sections) == (DraftMode.REWRITTEN, (BY_RULES,), ())
    assert CheckRule.ABSOLUTE_CLAIM in {each.rule for each in found.check.findings}


def test_a_draft_is_rewritten_in_its_own_language(assist: Assist) -> None:
    found = drafted(assist, RETURN, draft="5日かかります。よろしくお願いいたします。", rewrite=Rewrite.MORE_FORMAL)
    assert (found.language, "5日かかります。" in found.text) == ("ja", True)


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (DraftRequest(), InvalidInput),
        (DraftRequest(turns=turns("agent:Hello")), InvalidInput),
        (DraftRequest(turns=turns(RETURN), draft="Hello"), InvalidInput),
        (DraftRequest(turns=turns(RETURN), rewrite=Rewrite.SHORTER), InvalidInput),
        (DraftRequest(draft="Hello", rewrite=Rewrite.TRANSLATED, language="de"), Conflict),
    ],
)
def test_wrong_requests_are_refused(assist: Assist, request_: DraftRequest, error: type[Exception]) -> None:
    with pytest.raises(error):
        assist.drafts.draft(KB, request_)


def test_an_unknown_knowledge_base_is_not_found(assist: Assist, tmp_path: Path) -> None:
    for request in (DraftRequest(turns=turns(RETURN)), DraftRequest(draft="Hello", rewrite=Rewrite.SHORTER)):
        with pytest.raises(NotFound):
            assist.drafts.draft("ghost", request)
