"""What every adapter of the KnowledgeRepository port must do: versions over time, filters, regions, what is alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from engine.domain.knowledge import (
    Document,
    DocumentFilter,
    DocumentKind,
    Fingerprint,
    KnowledgeBase,
    Region,
    Span,
    Tally,
)
from engine.domain.validity import InForce, in_force
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import KnowledgeRepository
from tests.fakes.repositories import database, document, publish

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
DAYS = [date.min, MAY, date(2026, 5, 31), JUNE, date(2026, 6, 30), JULY, date.max]


@pytest.fixture(params=["sqlite"])
def repository(request: pytest.FixtureRequest) -> Iterator[KnowledgeRepository]:
    with database() as engine:
        repository = SqlKnowledgeRepository(engine)
        repository.add_knowledge_base(KnowledgeBase("kb", "Support"))
        yield repository


def numbers(repository: KnowledgeRepository, name: str) -> list[int | None]:
    """Return the version in force on each of the days."""
    found = (repository.in_force([name], day).get(name) for day in DAYS)
    return [each.version if each else None for each in found]


def test_a_later_version_leaves_the_earlier_one_in_force_until_its_day(repository: KnowledgeRepository) -> None:
    publish(repository, "a")
    publish(repository, "a", version=2, effective_from=JUNE)
    assert numbers(repository, "a") == [1, 1, 1, 2, 2, 2, 2]
    assert repository.indexed_versions("kb") == {"a": {1: 2, 2: 2}}
    assert repository.document("a").version == 2


def test_a_version_without_dates_takes_the_place_of_all(repository: KnowledgeRepository) -> None:
    publish(repository, "a", effective_from=MAY)
    publish(repository, "a", version=2, effective_from=JUNE)
    publish(repository, "a", "New", ends=(3,), version=3)
    assert numbers(repository, "a") == [3] * 7
    assert repository.indexed_versions("kb") == {"a": {3: 1}}


def test_nothing_is_in_force_after_the_end_of_the_newest(repository: KnowledgeRepository) -> None:
    publish(repository, "a")
    publish(repository, "a", version=2, effective_from=MAY, effective_until=JUNE)
    assert numbers(repository, "a") == [1, 2, 2, 2, None, None, None]


def test_what_a_version_replaces_counts_no_more(repository: KnowledgeRepository) -> None:
    publish(repository, "a")
    publish(repository, "a", version=2)
    publish(repository, "a", version=3, replaces=2, effective_from=JUNE)
    assert numbers(repository, "a") == [1, 1, 1, 3, 3, 3, 3]
    assert repository.indexed_versions("kb", ["a"]) == {"a": {1: 2, 3: 2}}
    assert repository.versions("a")[0].replaces == 2


def test_the_database_keeps_the_rule(repository: KnowledgeRepository) -> None:
    """The same as `engine.domain.validity.in_force` on a seeded walk through many histories."""
    days = (None, MAY, JUNE, JULY)
    for seed in range(60):
        name = f"d{seed}"
        for version in range(1, 2 + seed % 5):
            pick = (seed * 7919 + version * 104729) // 3
            publish(
                repository,
                name,
                version=version,
                effective_from=days[pick % 4],
                effective_until=days[pick // 4 % 4],
                replaces=pick // 16 % version or None,
            )
        for day in DAYS:
            expected = in_force(repository.versions(name), day)
            found = repository.in_force([name], day).get(name)
            assert (found and found.version) == (expected and expected.version), (seed, day)


def test_many_are_looked_up_at_once(repository: KnowledgeRepository) -> None:
    publish(repository, "a")
    publish(repository, "b", version=3)
    repository.stage(document("c"), "", ())
    found = repository.in_force([*(f"x{n}" for n in range(3000)), "b", "a", "c"], JUNE)
    assert found == {"a": InForce(1, 1), "b": InForce(3, 2)}
    assert repository.in_force([], JUNE) == {}
    assert repository.indexed_versions("kb", ["a", "c", "x"]) == {"a": {1: 2}}
    assert repository.indexed_versions("other") == {}


def test_every_activation_is_a_generation_of_its_knowledge_base(repository: KnowledgeRepository) -> None:
    repository.add_knowledge_base(KnowledgeBase("other"))
    publish(repository, "a")
    publish(repository, "b")
    publish(repository, "c", knowledge_base="other")
    repository.stage(document("a", version=2), "", ())
    assert (repository.generation("kb"), repository.generation("other"), repository.generation("x")) == (2, 1, 0)
    repository.activate("a", 2)
    assert repository.in_force(["a", "b"], JUNE) == {"a": InForce(2, 3), "b": InForce(1, 2)}


REGIONS = (
    Region(Span(0, 4), 1, (0.1, 0.2, 0.5, 0.25), 0.93),
    Region(Span(5, 10), 2, (0.0, 0.0, 1.0, 1.0), 1.0),
)


def test_regions_come_back_in_order(repository: KnowledgeRepository) -> None:
    repository.stage(document("a"), "Some text.", (), regions=REGIONS)
    repository.activate("a", 1)
    assert repository.regions("a", 1) == REGIONS
    publish(repository, "a", version=2)
    assert (repository.regions("a", 2), repository.regions("x", 1)) == ((), ())
    repository.delete_document("a")
    assert repository.regions("a", 1) == ()


def test_documents_are_filtered(repository: KnowledgeRepository) -> None:
    early, late = "2026-07-01T09:00:00+00:00", "2026-07-02T09:00:00+00:00"
    publish(repository, "a", kind=DocumentKind.FAQ, language="ja", tags=("vip",), updated_at=early, uri="Shop/A_1.md")
    publish(repository, "b", tags=("vip", "退貨", 'a"b'), updated_at=late, uri="shop/b.md", source="upload")
    publish(repository, "c", tags=("VIP",), updated_at=late, uri="x%y.md", container="x.zip")

    def listed(**wanted: object) -> list[str]:
        found = repository.documents("kb", filter=DocumentFilter(**wanted))  # type: ignore[arg-type]
        return [each.id for each in found]

    assert listed() == ["a", "b", "c"]
    assert listed(kind=DocumentKind.FAQ) == listed(language="ja") == ["a"]
    assert (listed(tags=("vip",)), listed(tags=("vip", "退貨")), listed(tags=('a"b',))) == (["a", "b"], ["b"], ["b"])
    assert listed(tags=("vi",)) == listed(tags=("b",)) == []
    assert (listed(uri_part="SHOP/"), listed(uri_part="a_1"), listed(uri_part="b_")) == (["a", "b"], ["a"], [])
    assert (listed(name_part="B.MD"), listed(name_part="%y"), listed(name_part="none")) == (["b"], ["c"], [])
    assert (listed(uri_part="%"), listed(source="upload"), listed(container="x.zip")) == (["c"], ["b"], ["c"])
    assert listed(container="") == ["a", "b"]
    since = datetime(2026, 7, 2, 18, tzinfo=timezone(timedelta(hours=9)))
    assert listed(updated_since=since) == ["b", "c"]
    assert listed(updated_since=datetime(2026, 7, 2, 9, 0, 1, tzinfo=UTC)) == []
    assert listed(updated_since=since, tags=("VIP",)) == ["c"]


def alike(repository: KnowledgeRepository, name: str, **options: int) -> list[str]:
    return [each.id for each, _ in repository.alike(name, **options)]


def printed(repository: KnowledgeRepository, fresh: Document, text_hash: str, *bands: int) -> None:
    repository.stage(fresh, "", (), fingerprint=Fingerprint(text_hash, b"\x00\xff", bands))
    repository.activate(fresh.id, fresh.version)


def test_documents_that_share_bands_or_text_are_alike(repository: KnowledgeRepository) -> None:
    repository.add_knowledge_base(KnowledgeBase("other"))
    most = 2**63 - 1
    printed(repository, document("a"), "h", 1, 2, most)
    printed(repository, document("one"), "i", 1)
    printed(repository, document("two"), "j", 2, most, 7)
    printed(repository, document("same"), "h")
    printed(repository, document("far"), "k", 8)
    printed(repository, document("elsewhere", knowledge_base="other"), "h", 1, 2, most)
    assert alike(repository, "a") == ["a", "same", "two", "one"]
    assert repository.alike("one")[1][1] == Fingerprint("h", b"\x00\xff")
    assert alike(repository, "far") == ["far"]
    assert alike(repository, "a", limit=1) == ["a", "same", "two"]


def test_only_newest_versions_are_alike(repository: KnowledgeRepository) -> None:
    printed(repository, document("a"), "h", 1)
    printed(repository, document("b"), "i", 1)
    printed(repository, document("b", version=2), "j", 2)
    repository.stage(document("c"), "", (), fingerprint=Fingerprint("h", b"", (1,)))
    publish(repository, "plain")
    assert alike(repository, "a") == ["a"]
    assert alike(repository, "plain") == []


def test_documents_are_counted_and_skipped(repository: KnowledgeRepository) -> None:
    for name in "dbca":
        publish(repository, name, language="ja" if name in "ab" else "en")
    assert [each.id for each in repository.documents("kb", skip=1, limit=2)] == ["b", "c"]
    assert [each.id for each in repository.documents("kb", after="a", skip=1)] == ["c", "d"]
    assert repository.documents("kb", skip=4) == ()
    counted = repository.tally("kb")
    assert counted.documents == 4
    assert counted.chunks == sum(each.chunk_count for each in repository.documents("kb")) > 0
    assert repository.tally("kb", filter=DocumentFilter(language="ja")).documents == 2
    assert repository.tally("none") == Tally()
