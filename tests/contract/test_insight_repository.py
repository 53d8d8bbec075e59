"""What every adapter of the InsightRepository port must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from engine.domain.conversation import TurnAction
from engine.domain.feedback import Verdict
from engine.domain.insights import (
    ClusterKind,
    Failure,
    GapCause,
    GapMatch,
    Period,
    QuestionFilter,
    ReadQuestion,
)
from engine.errors import NotFound
from engine.persistence.customers import SqlCustomerRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports.insights import GroupSize
from tests.fakes.questions import NOON, KeptDesk, cluster, kept_desk, opinion

TOPIC, GAP = ClusterKind.TOPIC, ClusterKind.GAP
EVER = Period(NOON - timedelta(days=300), NOON + timedelta(days=300))


@pytest.fixture(params=["sqlite"])
def desk(request: pytest.FixtureRequest) -> Iterator[KeptDesk]:
    with kept_desk() as made:
        yield made


def test_what_was_not_read_comes_oldest_first_and_once(desk: KeptDesk) -> None:
    first, second, third = (desk.ask(text) for text in ("One?", "Two?", "Three?"))
    desk.ask("Elsewhere?", knowledge_base="other")
    found = desk.insights.unread("kb", 2)
    assert [each.answer_id for each in found] == [first.answer_id, second.answer_id]
    assert (found[0].text, found[0].language, found[0].asked_at) == ("One?", "en", first.created_at)
    assert desk.insights.count("kb") == (3, 3)
    desk.insights.read("kb", [ReadQuestion(each, 3, True) for each in found])
    assert [each.answer_id for each in desk.insights.unread("kb", 9)] == [third.answer_id]
    assert desk.insights.count("kb") == (3, 1)


def test_a_question_tells_what_became_of_it(desk: KeptDesk) -> None:
    desk.ask("Plain?")
    desk.ask("Unknown?", told=TurnAction.ABSTAIN)
    desk.ask("A person!", told=TurnAction.HANDOFF)
    desk.ask("To Tom.", to_person=True)
    plain, unknown, person, to_person = desk.insights.unread("kb", 9)
    assert not any((plain.abstained, plain.handed_over, plain.to_person))
    assert (unknown.abstained, unknown.handed_over) == (True, False)
    assert (person.abstained, person.handed_over) == (False, True)
    assert to_person.to_person


def test_a_question_knows_the_one_before_it_unless_that_was_asked_back(desk: KeptDesk) -> None:
    first = desk.ask("One?", conversation="talk")
    desk.ask("Between?")
    second = desk.ask("Two?", conversation="talk", clarified=True)
    desk.ask("Three?", conversation="talk")
    before = {each.text: (each.asked_before, each.text_before) for each in desk.insights.unread("kb", 9)}
    assert before == {"One?": ("", ""), "Between?": ("", ""), "Two?": (first.answer_id, "One?"), "Three?": ("", "")}
    assert second.clarified


def test_questions_are_grouped_and_found_again(desk: KeptDesk) -> None:
    asked = [desk.ask(text).answer_id for text in ("One?", "Two?", "Three?")]
    desk.read()
    assert [each.answer_id for each in desk.insights.ungrouped("kb", TOPIC, 9)] == asked[::-1]
    desk.insights.group(TOPIC, {asked[0]: "topic", asked[1]: ""})
    assert desk.insights.members("kb", TOPIC) == {asked[0]: "topic", asked[1]: "", asked[2]: ""}
    assert [each.answer_id for each in desk.insights.ungrouped("kb", TOPIC, 9)] == [asked[2]]
    assert [each.answer_id for each in desk.insights.ungrouped("kb", TOPIC, 9, tried=True)] == [asked[1]]
    assert desk.insights.population("kb", TOPIC) == 3
    assert desk.insights.newest("kb", 2) == ("Three?", "Two?")
    assert {each.text for each in desk.insights.texts([*asked[:2], "unheard of"])} == {"One?", "Two?"}
    assert desk.insights.members("other", TOPIC) == {}


def test_what_is_not_counted_is_in_no_group(desk: KeptDesk) -> None:
    desk.ask("Thanks!")
    desk.insights.read("kb", [ReadQuestion(each, 3, False) for each in desk.insights.unread("kb", 9)])
    assert desk.insights.count("kb") == (1, 0)
    assert desk.insights.population("kb", TOPIC) == 0
    assert desk.insights.ungrouped("kb", TOPIC, 9) == ()
    assert desk.insights.questions("kb", QuestionFilter()) == ()


def test_only_failed_questions_belong_into_gaps(desk: KeptDesk) -> None:
    fine, unknown, person, rejected, rated, again, liked = (
        desk.ask(f"{told}?", told=told).answer_id
        for told in (None, TurnAction.ABSTAIN, TurnAction.HANDOFF, None, None, None, None)
    )
    desk.read()
    desk.rate(rejected, verdict=Verdict.REJECTED)
    desk.rate(rated, csat=2)
    desk.rate(liked, csat=3, verdict=Verdict.ACCEPTED)
    desk.insights.read("kb", [], asked_again=[again])
    failed = [unknown, person, rejected, rated, again]
    assert list(desk.insights.members("kb", GAP)) == failed
    assert desk.insights.population("kb", GAP) == len(failed)
    kept = {each.asked.answer_id: each.failures for each in desk.insights.questions("kb", QuestionFilter())}
    assert kept == {
        fine: (),
        unknown: (Failure.ABSTAINED,),
        person: (Failure.HANDED_OVER,),
        rejected: (Failure.REJECTED,),
        rated: (Failure.RATED_LOW,),
        again: (Failure.REASKED,),
        liked: (),
    }


def test_each_question_counts_by_its_costliest_failure(desk: KeptDesk) -> None:
    worst, other = desk.ask("A?", told=TurnAction.HANDOFF), desk.ask("B?", told=TurnAction.ABSTAIN)
    desk.ask("C?", told=TurnAction.ABSTAIN)
    desk.read()
    desk.rate(worst.answer_id, csat=1)
    desk.insights.group(GAP, {worst.answer_id: "gap", other.answer_id: "gap"})
    assert desk.insights.failures("kb", EVER) == {"gap": {Failure.HANDED_OVER: 1, Failure.ABSTAINED: 1}}
    late = Period(other.created_at, EVER.until)
    assert desk.insights.failures("kb", late) == {"gap": {Failure.ABSTAINED: 1}}


def test_clusters_come_back_as_they_were_kept(desk: KeptDesk) -> None:
    match = GapMatch(GapCause.OUTDATED, 0.5, "d", "Returns", "returns.md", 0.7, 3, 9)
    gap = replace(cluster("gap", GAP, direction=1), match=match, terms=("返品", "送料"))
    desk.insights.put_clusters("kb", [cluster("topic"), gap])
    (kept,) = desk.insights.clusters("kb", GAP)
    assert (kept.match, kept.terms, kept.name, kept.size, kept.made_at) == (match, gap.terms, "Gap", 3, NOON)
    assert np.allclose(kept.first, gap.first, atol=1e-3)
    assert np.allclose(kept.second, gap.second, atol=1e-3)
    desk.insights.put_clusters("kb", [replace(kept, size=7)])
    assert [each.size for each in desk.insights.clusters("kb", GAP)] == [7]
    assert desk.insights.clusters("other", GAP) == ()


def test_a_merged_cluster_gives_its_questions_away(desk: KeptDesk) -> None:
    asked = [desk.ask(text).answer_id for text in ("One?", "Two?")]
    desk.read()
    desk.insights.put_clusters("kb", [cluster("old"), cluster("new")])
    desk.insights.group(TOPIC, dict(zip(asked, ("old", "new"), strict=True)))
    desk.insights.put_clusters("kb", [], merged={"old": "new"})
    assert [each.id for each in desk.insights.clusters("kb", TOPIC)] == ["new"]
    assert set(desk.insights.members("kb", TOPIC).values()) == {"new"}


def test_counts_tell_what_became_of_each_group(desk: KeptDesk) -> None:
    first = desk.ask("One?", conversation="talk", told=TurnAction.ABSTAIN)
    second = desk.ask("Two?", conversation="talk", language="ja", told=TurnAction.HANDOFF)
    third = desk.ask("Three?")
    desk.read(levels=(1, 2, 5))
    desk.rate(first.answer_id, csat=2)
    desk.rate(second.answer_id, csat=5)
    desk.insights.group(TOPIC, {first.answer_id: "topic", second.answer_id: "topic", third.answer_id: ""})
    found = desk.insights.counts("kb", TOPIC, EVER)
    rates = found["topic"].rates
    assert (rates.questions, rates.conversations, rates.abstained, rates.handed_over) == (2, 1, 0.5, 0.5)
    assert (rates.csat, rates.level) == (3.5, 1.5)
    assert found["topic"].languages == {"en": 1, "ja": 1}
    assert (found["topic"].first_seen, found["topic"].last_seen) == (first.created_at, second.created_at)
    assert found[""].rates.questions == 1
    assert found[""].rates.csat is None
    assert set(desk.insights.counts("kb", TOPIC, Period(third.created_at, EVER.until))) == {""}


def test_days_and_levels_are_counted(desk: KeptDesk) -> None:
    asked = [desk.ask(f"{at}?").answer_id for at in range(24)]
    desk.read(levels=(2, 4))
    desk.insights.group(TOPIC, dict.fromkeys(asked, "topic"))
    days = {date(2026, 7, 1): 11, date(2026, 7, 2): 13}
    assert desk.insights.days("kb", EVER) == desk.insights.days("kb", EVER, topic_id="topic") == days
    assert desk.insights.days("kb", EVER, topic_id="none") == {}
    cells = {(each.topic_id, each.start.day, each.level): each.questions for each in desk.insights.heat("kb", EVER)}
    assert cells == {("topic", 1, 2): 6, ("topic", 1, 4): 5, ("topic", 2, 2): 6, ("topic", 2, 4): 7}


def test_questions_are_listed_newest_first_page_by_page(desk: KeptDesk) -> None:
    asked = [desk.ask(f"{at}?").answer_id for at in range(4)]
    desk.read(levels=(2, 4))
    desk.insights.group(TOPIC, {asked[0]: "topic", asked[1]: "topic"})
    desk.insights.group(GAP, {asked[1]: "gap"})

    def listed(wanted: QuestionFilter, **page: object) -> list[str]:
        found = desk.insights.questions("kb", wanted, **page)  # type: ignore[arg-type]
        return [each.asked.answer_id for each in found]

    assert listed(QuestionFilter()) == asked[::-1]
    assert listed(QuestionFilter(), limit=2) == asked[:1:-1]
    assert listed(QuestionFilter(), after=asked[2]) == asked[1::-1]
    assert listed(QuestionFilter(topic_id="topic")) == asked[1::-1]
    assert listed(QuestionFilter(gap_id="gap")) == [asked[1]]
    assert listed(QuestionFilter(level=4)) == [asked[3], asked[1]]
    assert listed(QuestionFilter(period=Period(EVER.since, NOON))) == []
    with pytest.raises(NotFound, match="no such question"):
        listed(QuestionFilter(), after="unheard of")


def test_replies_are_what_agents_sent_instead(desk: KeptDesk) -> None:
    asked = desk.ask("One?")
    desk.read()
    desk.insights.group(GAP, {asked.answer_id: "gap"})
    desk.feedback.add(opinion(asked.answer_id, verdict=Verdict.EDITED, edited="Within 14 days."))
    desk.rate(asked.answer_id, csat=1)
    assert desk.insights.replies("gap", 5) == ("Within 14 days.",)
    assert desk.insights.replies("gap", 0) == desk.insights.replies("other", 5) == ()


def test_what_is_erased_is_in_no_group_and_empty_groups_go(desk: KeptDesk) -> None:
    gone, stays = desk.ask("Zanzibar?", told=TurnAction.ABSTAIN), desk.ask("Two?")
    desk.read()
    desk.insights.put_clusters("kb", [cluster("zanzibar"), cluster("two"), cluster("lack", GAP)])
    desk.insights.group(TOPIC, {gone.answer_id: "zanzibar", stays.answer_id: "two"})
    desk.insights.group(GAP, {gone.answer_id: "lack"})
    SqlCustomerRepository(desk.engine).erase([gone.conversation_id])
    assert desk.insights.members("kb", TOPIC) == {stays.answer_id: "two"}
    assert [each.id for each in desk.insights.clusters("kb", TOPIC)] == ["two"]
    assert desk.insights.clusters("kb", GAP) == ()
    assert desk.insights.texts([gone.answer_id]) == ()


def test_insights_go_with_their_knowledge_base(desk: KeptDesk) -> None:
    asked = desk.ask("One?")
    desk.read()
    desk.insights.put_clusters("kb", [cluster("topic")])
    desk.insights.group(TOPIC, {asked.answer_id: "topic"})
    SqlKnowledgeRepository(desk.engine).delete_knowledge_base("kb")
    assert desk.insights.clusters("kb", TOPIC) == ()
    assert desk.insights.members("kb", TOPIC) == {}


def test_groups_have_sizes_without_what_is_in_none(desk: KeptDesk) -> None:
    asked = [desk.ask("One?", conversation=talk).answer_id for talk in ("a", "a", "b", "c")]
    desk.read()
    desk.insights.group(TOPIC, {asked[0]: "x", asked[1]: "x", asked[2]: "x", asked[3]: ""})
    assert desk.insights.sizes("kb", TOPIC, EVER.until) == {"x": GroupSize(3, 2)}
    assert desk.insights.sizes("kb", TOPIC, NOON + timedelta(hours=2)) == {"x": GroupSize(1, 1)}
    assert desk.insights.sizes("kb", GAP, EVER.until) == desk.insights.sizes("other", TOPIC, EVER.until) == {}
