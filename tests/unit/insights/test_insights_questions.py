"""The verbs over a real engine with the bundled encoder, and gaps held against its knowledge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from engine.assembly import build_assist, build_engine
from engine.assist.service import Assist
from engine.domain.answer import AbstentionReason
from engine.domain.conversation import Role, Turn
from engine.domain.feedback import Verdict
from engine.domain.insights import AskedQuestion, ClusterKind, GapCause, GapMatch, Period, QuestionFilter
from engine.domain.webhook import Webhook, WebhookEvent
from engine.embedding.loaded import LoadedEmbedder
from engine.errors import InvalidInput, Misconfigured, NotFound
from engine.insights.gaps_matching import GapMatcher
from engine.insights.heatmap import Interval
from engine.models import assist_models
from engine.permitted.view import permitted
from engine.settings import Settings, load_settings
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.sources import open_source
from tests.fakes.questions import cluster, opinion
from tests.fakes.repositories import exchange

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
PERIOD = Period(NOW - timedelta(days=9), NOW)
PAGES = {
    "returns.md": "---\nkind: policy\n---\n# Returns\n\nYou may return unused goods within 30 days of delivery.\n",
    "old.md": "---\nkind: policy\neffective_until: 2026-01-31\n---\n# Trade-in\n\n"
    "A trade-in brings 40 euro for an old vacuum cleaner.\n",
}
GIFTS = ("How do I check the balance of my gift card?", "Is there a balance on my gift card?", "Gift card balance?")
RETURNS = ("How many days do I have to return goods?", "Can I return unused goods?", "How long may I return goods?")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load_settings(data_dir=tmp_path_factory.mktemp("data"), intent_encoder="bundled", parse_workers=0)


@pytest.fixture(scope="module")
def assist(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assist]:
    folder: Path = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        (folder / name).write_text(text)
    engine = build_engine(settings)
    list(ingest(open_source(folder).files, target=target_of(engine, "shop"), source="pages"))
    assert engine.parts.webhooks
    engine.parts.webhooks.add(Webhook("wh", "https://x.example", frozenset({WebhookEvent.GAP_FOUND}), 0.0), "whsec_")
    _ask(build_assist(engine, settings), GIFTS, lost=True)
    _ask(build_assist(engine, settings), RETURNS, lost=False)
    yield build_assist(engine, settings)
    engine.close()


def _ask(assist: Assist, texts: Sequence[str], *, lost: bool) -> None:
    for number in range(9):
        text = texts[number % len(texts)]
        name = f"{texts[0][:8]}{number}"
        asked = exchange(
            name,
            conversation=name,
            knowledge_base="shop",
            question=text,
            standalone=text,
            created_at=NOW - timedelta(days=8) + timedelta(hours=number),
            abstained=AbstentionReason.NO_EVIDENCE if lost else None,
        )
        assist.engine.parts.conversations.append(name, [Turn(Role.CUSTOMER, text)], exchange=asked, customer="tom")


def asking(*texts: str) -> list[AskedQuestion]:
    return [AskedQuestion(f"q{at}", f"t{at}", text, "en", NOW) for at, text in enumerate(texts)]


def test_a_run_reads_groups_and_matches_and_tells_of_each_gap_once(assist: Assist) -> None:
    report = assist.questions.update("shop", now=NOW)
    assert (report.read, report.left, report.rebuilt) == (18, 0, True)
    assert len(report.new_topics) == report.topics >= 2
    gaps = assist.questions.gaps("shop", PERIOD)
    assert sum(each.questions for each in gaps) == 9
    assert {(each.match.cause, each.match.failing) for each in gaps} == {(GapCause.MISSING, 1)}
    assert {each.terms[0] for each in gaps} <= {"gift", "balance", "card", "check"}
    again = assist.questions.update("shop", now=NOW)
    assert (again.read, again.gaps, again.new_gaps, again.rebuilt) == (0, len(gaps), (), False)
    assert assist.engine.parts.webhooks
    told = assist.engine.parts.webhooks.deliveries("wh")
    assert len(told) == len(gaps)
    assert all(each.event is WebhookEvent.GAP_FOUND and "balance" not in each.payload for each in told)


def test_topics_and_moods_are_told_with_the_questions_behind_them(assist: Assist) -> None:
    assist.questions.update("shop", now=NOW)
    found = assist.questions.topics("shop", PERIOD)
    assert {each.rates.abstained for each in found} == {0, 1}
    assert {each.id: each.name for each in found} == assist.questions.names("shop")
    cells = assist.questions.heat_map("shop", PERIOD, Interval.WEEK)
    assert sum(each.questions for each in cells) == 18
    behind = assist.questions.questions("shop", QuestionFilter(topic_id=cells[0].topic_id, level=cells[0].level))
    assert len(behind) == cells[0].questions


def test_a_forecast_takes_three_weeks(assist: Assist) -> None:
    assist.questions.update("shop", now=NOW)
    with pytest.raises(InvalidInput, match="8 days"):
        assist.questions.forecast("shop", now=NOW)
    later = assist.questions.forecast("shop", now=NOW + timedelta(days=30), days=2)
    assert [each.day for each in later] == [date(2026, 7, 31), date(2026, 8, 1)]


def test_an_unknown_knowledge_base_is_named(assist: Assist) -> None:
    for call in (assist.questions.update, lambda name: assist.questions.topics(name, PERIOD)):
        with pytest.raises(NotFound, match="nowhere"):
            call("nowhere")


def test_who_sees_only_some_documents_sees_no_insights(assist: Assist, settings: Settings) -> None:
    view = build_assist(permitted(assist.engine, ("staff",)), settings)
    with pytest.raises(Misconfigured, match="no insights"):
        view.questions.topics("shop", PERIOD)


def test_erasing_a_customer_empties_topics_and_gaps(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path, intent_encoder="bundled", parse_workers=0)
    engine = build_engine(settings)
    engine.create_knowledge_base("shop")
    assist = build_assist(engine, settings)
    _ask(assist, GIFTS, lost=True)
    assist.questions.update("shop", now=NOW)
    assert assist.questions.topics("shop", PERIOD)
    engine.privacy.erase("tom")
    assert assist.questions.topics("shop", PERIOD) == ()
    assert assist.questions.gaps("shop", PERIOD) == ()
    assert assist.questions.names("shop") == {}
    engine.close()
    assert not any(b"gift card" in each.read_bytes() for each in tmp_path.glob("knowdesk.db*"))


def test_a_service_reads_questions_with_a_model_that_leaves_with_the_reading(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path, parse_workers=0)
    engine = build_engine(settings)
    engine.create_knowledge_base("shop")
    models = assist_models(settings, engine.parts.embedder)
    assist, other = (build_assist(engine, settings, models) for _ in range(2))
    _ask(assist, GIFTS, lost=True)
    assert assist.questions.update("shop", now=NOW).read == 9
    assert other.questions.topics("shop", PERIOD)
    assert isinstance(models.second, LoadedEmbedder)
    assert not models.second.is_loaded
    engine.close()


@pytest.mark.parametrize(
    ("texts", "cause", "uri"),
    [
        (RETURNS[1:2], GapCause.NOT_FOUND, "returns.md"),
        (GIFTS, GapCause.MISSING, ""),
        (("What does a trade-in of an old vacuum cleaner bring?",), GapCause.OUTDATED, "old.md"),
    ],
)
def test_a_gap_is_held_against_the_knowledge(assist: Assist, texts: tuple[str, ...], cause: GapCause, uri: str) -> None:
    matcher = GapMatcher(assist.engine, assist.questions.repository)
    found = matcher.match("shop", cluster("gap", ClusterKind.GAP), asking(*texts), failing=0.8, size=7)
    assert (found.cause, found.uri.rsplit("/", 1)[-1], found.failing, found.size) == (cause, uri, 0.8, 7)


def test_agents_who_promise_something_else_contradict(assist: Assist) -> None:
    repository = assist.questions.repository
    name = f"{RETURNS[0][:8]}0"
    assist.questions.update("shop", now=NOW)
    repository.group(ClusterKind.GAP, {name: "promised"})
    reply = opinion(name, verdict=Verdict.EDITED, edited="You may return unused goods within 90 days of delivery.")
    assist.engine.parts.feedback.add(reply)
    matcher = GapMatcher(assist.engine, repository)
    found = matcher.match("shop", cluster("promised", ClusterKind.GAP), asking(*RETURNS), failing=1, size=1)
    assert (found.cause, found.title) == (GapCause.CONTRADICTED, "Returns")
    assert isinstance(found, GapMatch)
