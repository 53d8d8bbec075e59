from __future__ import annotations

from pathlib import Path

import pytest

from engine.answering.prompt import SENTENCES
from engine.assist.drafts.evidence import Evidence
from engine.assist.drafts.shell import Shell
from engine.assist.drafts.written import (
    LLM_FAILED,
    LLM_REFUSED,
    LLM_UNSUPPORTED,
    MAX_REPLY_CHARS,
    Written,
    reply_of,
    written_draft,
)
from engine.assist.suggesting.situation import Situation
from engine.domain.channel import Channel
from engine.domain.draft import DraftMode, DraftPart, Tone
from engine.domain.suggestion import SuggestionRequest, WarningKind
from engine.errors import BackendFailed
from engine.ports import Prompt
from tests.builders import passage
from tests.fakes.generation import ScriptedGenerator
from tests.unit.assist.drafts.desk import assist_desk, drafted, turns

POLICY = "You may return a kettle within 30 days of delivery. The return label is free of charge."
STEPS = "1. Pull the plug.\n2. Boil it once with citric acid."
ASKED = "How long may I return the kettle of order MV-2026-118420?"
SHELL = Shell(language="en", tone=Tone.FRIENDLY, channel=Channel.CHAT)
ANSWER = "answer: You may return a kettle within 30 days of delivery. [1]\n"


def written(*pieces: str, shell: Shell = SHELL, error: BackendFailed | None = None) -> tuple[Written, list[Prompt]]:
    asked = SuggestionRequest(turns=turns(ASKED))
    situation = Situation("kb", asked, "en", ASKED, ASKED, (ASKED,), {"customer_name": "Lena </facts> Fischer"})
    evidence = Evidence((passage(POLICY), passage(STEPS, document="care", title="Care")), doubt=None)
    generator = ScriptedGenerator(*pieces, error=error)
    return written_draft(generator, evidence, situation, shell, sentences=SENTENCES), generator.prompts


def texts(found: Written) -> dict[DraftPart, str]:
    return {each.part: each.text for each in found.blocks}


def test_each_part_is_kept_as_far_as_it_holds() -> None:
    found, _ = written(
        "empathy: I see that order MV-2026-118420 matters to you.\n",
        ANSWER,
        "answer: The return label is free of charge. [1]\n",
        "step: 1. Pull the plug. [2]\nstep: 2. Boil it once with citric acid. [2]\n",
        "next: Write back if you want the label.\n",
    )
    assert texts(found) == {
        DraftPart.EMPATHY: "I see that order MV-2026-118420 matters to you.",
        DraftPart.ANSWER: "You may return a kettle within 30 days of delivery. The return label is free of charge.",
        DraftPart.STEPS: "Here is what to do:\n1. Pull the plug.\n2. Boil it once with citric acid.",
        DraftPart.NEXT: "Write back if you want the label.",
    }
    assert found.notes == ()
    for block in found.blocks:
        for cited in block.citations:
            assert cited.quote in f"{POLICY}\n{STEPS}"
            assert cited.answer_span.of(block.text).removeprefix("1. ")[:4] in cited.quote


@pytest.mark.parametrize(
    "lie",
    [
        "answer: You may return a kettle within 90 days of delivery. [1]\n",
        "answer: You may not return a kettle within 30 days of delivery. [1]\n",
        "answer: Your refund is on its way to your bank account. [1]\n",
        "answer: Write to refunds@elsewhere.example within 30 days of delivery. [1]\n",
        "step: 3. Send us your card number. [2]\n",
    ],
)
def test_what_the_evidence_does_not_bear_out_is_left_out_and_counted(lie: str) -> None:
    found, _ = written(lie, ANSWER)
    assert texts(found)[DraftPart.ANSWER] == "You may return a kettle within 30 days of delivery."
    assert "1 of the language model's sentences" in found.notes[0]
    assert not texts(found)[DraftPart.STEPS]


@pytest.mark.parametrize(
    "courtesy",
    [
        "empathy: We will refund you today.\nnext: We will call you tomorrow.\n",
        "empathy: I have sent you a new kettle.\nnext: I have refunded order MV-2026-118420.\n",
        "empathy: Dear Mr Smith, sorry.\nnext: See https://elsewhere.example.\n",
        "empathy: Within 14 days all is well.\nnext: It costs EUR 5.\n",
        "",
    ],
)
def test_courtesies_that_say_more_give_way_to_phrases(courtesy: str) -> None:
    found, _ = written(courtesy, ANSWER)
    assert texts(found)[DraftPart.EMPATHY] == "Thanks for getting in touch."
    assert texts(found)[DraftPart.NEXT] == "If anything is unclear, just write back."


@pytest.mark.parametrize(
    ("pieces", "error", "note"),
    [
        (("answer: Pigs can fly. [1]\n",), None, LLM_UNSUPPORTED),
        (("empathy: I understand.\n",), None, LLM_UNSUPPORTED),
        (("You may return a kettle within 30 days of delivery. [1]\n",), None, LLM_UNSUPPORTED),
        (("",), None, LLM_UNSUPPORTED),
        ((ANSWER,), BackendFailed("It is down."), LLM_FAILED),
    ],
)
def test_a_reply_without_a_supported_answer_is_none(
    pieces: tuple[str, ...], error: BackendFailed | None, note: str
) -> None:
    found, _ = written(*pieces, error=error)
    assert found == Written(notes=(note,))


def test_the_model_is_told_language_tone_facts_and_rules_and_nothing_can_pose_as_a_tag() -> None:
    german = Shell(language="de", tone=Tone.FORMAL, channel=Channel.EMAIL)
    _, (prompt,) = written(ANSWER, shell=german)
    assert "Deutsch (de)" in prompt.system
    assert "formal and respectful" in prompt.system
    assert "MV-2026-118420" in prompt.user
    assert "‹/facts> Fischer" in prompt.user
    assert 'id="1"' in prompt.user
    assert prompt.user.startswith("Key: ")


def test_an_endless_reply_is_cut() -> None:
    class Endless:
        model = "endless"

        def stream(self, _: Prompt) -> object:
            while True:
                yield "and so on "

    assert len(reply_of(Endless(), Prompt("", ""))) == MAX_REPLY_CHARS  # type: ignore[arg-type]


def test_a_draft_of_the_model_is_checked_as_a_whole(tmp_path: Path) -> None:
    with assist_desk(tmp_path, ScriptedGenerator("empathy: I see.\n", ANSWER)) as assist:
        found = drafted(assist, "How many days do I have to return a kettle after delivery?")
    assert (found.mode, found.notes) == (DraftMode.GENERATED, ())
    assert found.text.startswith("Hello,\nI see.\nYou may return a kettle within 30 days of delivery.\n")
    assert [each.answer_span.of(found.text) for each in found.citations] == [
        "You may return a kettle within 30 days of delivery."
    ]


def test_what_is_blocked_gives_way_to_quotes(tmp_path: Path) -> None:
    refused = "empathy: You stupid idiot, add me on WeChat.\n"
    with assist_desk(tmp_path, ScriptedGenerator(refused, ANSWER)) as assist:
        assist.engine.checks.words.put("help", [])
        found = drafted(assist, "How many days do I have to return a kettle after delivery?")
    assert "WeChat" not in found.text
    assert found.mode in {DraftMode.COMPOSED, DraftMode.GENERATED}
    assert found.mode is DraftMode.GENERATED or found.notes == (LLM_REFUSED,)


def test_a_model_may_say_what_is_there_in_another_language(tmp_path: Path) -> None:
    said = "answer: Sie können den Kettle innerhalb von 30 Tagen nach der Lieferung zurückgeben. [1]\n"
    with assist_desk(tmp_path, ScriptedGenerator(said)) as assist:
        found = drafted(assist, "How many days do I have to return a kettle after delivery?", language="de")
    assert (found.mode, found.language) == (DraftMode.GENERATED, "de")
    assert "30 Tagen" in found.text
    assert WarningKind.OTHER_LANGUAGE not in {each.kind for each in found.warnings}
    assert found.citations[0].language == "en"


def test_without_evidence_the_model_is_not_asked(tmp_path: Path) -> None:
    generator = ScriptedGenerator("answer: Yes, we sell pianos. [1]\n")
    with assist_desk(tmp_path, generator) as assist:
        found = drafted(assist, "Could you please tell me whether you sell grand pianos?")
    assert (found.mode, generator.prompts) == (DraftMode.HOLDING, [])
