"""What every system under test must keep to; a new one is one more parameter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.domain.conversation import Role, Turn
from engine.settings import load_settings
from evals.engine_system import EngineSystem, Pipeline
from evals.subject import Entry, System
from tests.fakes.embedding import HashEmbedder
from tests.unit.evals.fake_system import FakeSystem

Make = Callable[[], System]

ENTRIES = (
    Entry("shop:returns/1", "Returns", "You can return a kettle within 30 days.\n\nKeep the box."),
    Entry("warranty", "", "The warranty of a kettle is 24 months."),
    Entry("配送", "配送", "海外への配送は9日かかります。"),
)


def real_engine() -> System:
    nothing = ("la",)  # a language that is not asked in: words alone decide the order
    return EngineSystem(load_settings(), Pipeline(), embedder=HashEmbedder(languages=nothing))


@pytest.fixture(params=[FakeSystem, real_engine])
def tried(request: pytest.FixtureRequest) -> System:
    make: Make = request.param
    return make()


def test_every_entry_is_acknowledged_and_found_under_its_uri(tried: System, tmp_path: Path) -> None:
    with tried.open(tmp_path) as subject:
        assert [(each.uri, each.failure) for each in subject.add(ENTRIES)] == [(entry.uri, "") for entry in ENTRIES]
        for query, uri in (("return a kettle", "shop:returns/1"), ("warranty kettle", "warranty"), ("配送", "配送")):
            assert subject.search(query, limit=5).passages[0].uri == uri


def test_a_failure_is_a_value_and_does_not_stop_the_others(tried: System, tmp_path: Path) -> None:
    with tried.open(tmp_path) as subject:
        first, second = subject.add([Entry("empty", "", ""), ENTRIES[1]])
        assert first.failure
        assert not second.failure
        assert subject.search("warranty", limit=5).passages


def test_passages_are_the_stored_text_and_come_best_first(tried: System, tmp_path: Path) -> None:
    with tried.open(tmp_path) as subject:
        list(subject.add(ENTRIES))
        passages = subject.search("kettle box", limit=5).passages
        assert len(passages) > 1
        for each in passages:
            assert each.span.of(subject.stored_text(each.document_id, each.version)) == each.text
        assert [each.score for each in passages] == sorted((each.score for each in passages), reverse=True)


def test_the_uri_is_never_searched(tried: System, tmp_path: Path) -> None:
    with tried.open(tmp_path) as subject:
        list(subject.add([Entry("hinge-recall", "", "Stop using the lid."), Entry("b", "", "Descale it.")]))
        assert not [p for p in subject.search("hinge recall", limit=5).passages if p.scores.get("sparse")]


def test_a_limit_is_kept(tried: System, tmp_path: Path) -> None:
    with tried.open(tmp_path) as subject:
        list(subject.add(ENTRIES))
        assert len(subject.search("kettle", limit=1).passages) == 1


def test_what_is_removed_is_not_found_until_it_is_added_again(tried: System, tmp_path: Path) -> None:
    with tried.open(tmp_path) as subject:
        list(subject.add(ENTRIES))
        subject.remove(["warranty", "never there"])
        assert "warranty" not in {each.uri for each in subject.search("warranty kettle", limit=9).passages}
        list(subject.add([ENTRIES[1]]))
        assert subject.search("warranty kettle", limit=9).passages[0].uri == "warranty"


def test_a_folder_is_added_under_relative_paths(tried: System, tmp_path: Path) -> None:
    knowledge = tmp_path / "knowledge"
    (knowledge / "en").mkdir(parents=True)
    (knowledge / "en" / "warranty.txt").write_text(ENTRIES[1].text, encoding="utf-8")
    with tried.open(tmp_path / "data") as subject:
        assert [each.uri for each in subject.add_folder(knowledge)] == ["en/warranty.txt"]
        assert subject.search("warranty", limit=1).passages[0].uri == "en/warranty.txt"


def test_what_was_added_is_there_after_opening_again(tried: System, tmp_path: Path) -> None:
    with tried.open(tmp_path) as subject:
        list(subject.add(ENTRIES))
    with tried.open(tmp_path) as subject:
        assert subject.search("warranty kettle", limit=1).passages[0].uri == "warranty"


def test_answers_cite_exactly_and_carry_a_confidence(tried: System, tmp_path: Path) -> None:
    with tried.open(tmp_path) as subject:
        list(subject.add(ENTRIES))
        answer = subject.answer("What is the warranty of a kettle?", threshold=0.0)
        assert answer.text is not None
        assert "24 months" in answer.text.text
        assert 0 <= answer.confidence <= 1
        assert {citation.uri for citation in answer.citations} == {"warranty"}
        for each in answer.citations:
            assert each.span.of(subject.stored_text(each.document_id, each.version)) == each.quote


def test_a_threshold_withholds_but_leaves_the_confidence(tried: System, tmp_path: Path) -> None:
    with tried.open(tmp_path) as subject:
        list(subject.add(ENTRIES))
        question = "What is the warranty of a kettle?"
        given, withheld = (subject.answer(question, threshold=each) for each in (0.0, 1.0))
        assert given.confidence == withheld.confidence < 1
        assert withheld.text is None
        assert withheld.abstained is not None


def test_answers_under_several_thresholds_are_those_given_alone(tried: System, tmp_path: Path) -> None:
    history = (Turn(Role.CUSTOMER, "I bought a kettle"),)
    with tried.open(tmp_path) as subject:
        list(subject.add(ENTRIES))
        thresholds = (1.0, 0.0, None)
        together = list(subject.answers("And the warranty?", history=history, thresholds=thresholds))
        for threshold, answer in zip(thresholds, together, strict=True):
            alone = subject.answer("And the warranty?", history=history, threshold=threshold)
            assert (answer.text, answer.citations, answer.confidence) == (alone.text, alone.citations, alone.confidence)
            assert (answer.question, answer.abstained, answer.handoff) == (
                alone.question,
                alone.abstained,
                alone.handoff,
            )
        assert together[0].abstained
        assert together[1].text


def test_candidates_are_what_a_search_finds_without_marks(tried: System, tmp_path: Path) -> None:
    with tried.open(tmp_path) as subject:
        list(subject.add(ENTRIES))
        marked, plain = subject.search("warranty kettle", limit=9), subject.candidates("warranty kettle", limit=9)
        assert [(each.chunk_id, each.score) for each in plain.passages] == [
            (each.chunk_id, each.score) for each in marked.passages
        ]
        assert plain.passages
        assert not any(each.highlights for each in plain.passages)


def test_conversations_do_not_mix(tried: System, tmp_path: Path) -> None:
    with tried.open(tmp_path) as subject:
        list(subject.add(ENTRIES))
        alone = subject.answer("And the warranty?", threshold=0.0)
        subject.answer("And the warranty?", history=(Turn(Role.CUSTOMER, "I bought a kettle"),), threshold=0.0)
        again = subject.answer("And the warranty?", threshold=0.0)
        assert (alone.question.standalone, alone.confidence) == (again.question.standalone, again.confidence)


def test_a_query_can_be_embedded_alone(tried: System, tmp_path: Path) -> None:
    with tried.open(tmp_path) as subject:
        subject.embed_query("warranty")


def test_settings_and_signature_are_plain_and_the_same_every_time(tried: System) -> None:
    assert all(isinstance(value, str | int | float | bool | None) for value in tried.settings.values())
    assert tried.index_signature == tried.index_signature != ""
