from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.assembly import build_engine
from engine.domain.proposals import EffectVerdict, Expected, Observation, Outcome, ProposalKind, Rehearsed, Reply
from engine.insights.matching import Matcher
from engine.insights.rehearsing import Rehearsal, rehearsed, says
from engine.service import Engine
from engine.settings import load_settings
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.sources import MemoryFile

PAGES = {
    "returns.md": "# Returns\n\n## Time limit\n\nUnused goods may be returned within 30 days of delivery.\n",
    "faq.md": "---\nkind: faq\n---\n# How do I descale the kettle?\n\nUse citric acid.\n",
}
RETURN = "Within how many days of delivery may unused goods be returned?"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("rehearsal")
    built = build_engine(load_settings(data_dir=folder))
    files = [MemoryFile(name, text.encode()) for name, text in PAGES.items()]
    list(ingest(files, target=target_of(built, "shop"), source="folder"))
    yield built
    built.close()


@pytest.mark.parametrize(
    ("text", "wording", "said"),
    [
        ("You may return it. Within 30 days.", "within 30 days", True),
        ("Returns are possible for 14 days.", "Returns are possible for 30 days.", False),
        ("Boil the kettle with citric acid and rinse it.", "Rinse the kettle, boil it with citric acid", True),
        ("Call us.", "Boil the kettle with citric acid.", False),
        ("", "Anything", False),
        ("収到後30日以内に返品できます。", "30日以内に返品できます。", True),
    ],
)
def test_a_text_says_a_wording(text: str, wording: str, said: bool) -> None:
    assert says(text, wording, "ja" if "返" in text else "en") is said


def test_a_rehearsal_leaves_no_trace(engine: Engine) -> None:
    found = rehearsed(Rehearsal.of(engine), "shop", Expected(RETURN, ("within 30 days",), "en"))
    assert (found.outcome, found.right) == (Outcome.ANSWERED, True)
    assert engine.parts.conversations.cited("shop") == {}


def test_silence_is_right_where_no_answer_is_expected(engine: Engine) -> None:
    found = rehearsed(Rehearsal.of(engine), "shop", Expected("Who won the match last night?", ()))
    assert (found.outcome, found.text, found.right) == (Outcome.ABSTAINED, "", True)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (False, True, EffectVerdict.BETTER),
        (True, False, EffectVerdict.WORSE),
        (True, True, EffectVerdict.SAME),
        (False, False, EffectVerdict.SAME),
    ],
)
def test_the_effect_is_told_by_what_is_right(before: bool, after: bool, verdict: EffectVerdict) -> None:
    replies = [Reply(Outcome.ANSWERED, "So.", 0.9, right) for right in (before, after)]
    assert Rehearsed("Why?", "", *replies).verdict is verdict


@pytest.mark.parametrize(
    ("question", "answer", "kind", "quote"),
    [
        (RETURN, "Unused goods may be returned within 30 days of delivery.", ProposalKind.DUPLICATE, ""),
        (
            RETURN,
            "Unused goods may be returned within 14 days of delivery.",
            ProposalKind.CONTRADICTION,
            "Unused goods may be returned within 30 days of delivery.",
        ),
        ("How do I descale the kettle?", "Fill in vinegar.", ProposalKind.BETTER_WORDING, "Use citric acid."),
        ("Is the lamp dimmable?", "Yes, with the wheel on its foot.", ProposalKind.NEW, ""),
    ],
)
def test_what_agents_say_is_matched_with_the_knowledge(
    engine: Engine, question: str, answer: str, kind: ProposalKind, quote: str
) -> None:
    found = Matcher(Rehearsal.of(engine), "shop")(Observation("o", question, answer, "en"))
    assert (found.kind, found.place.quote if found.place else "") == (kind, quote)
