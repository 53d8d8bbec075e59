"""What every adapter of the KnowledgeRepository port must do: languages, and the same page in several of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from engine.domain.knowledge import KnowledgeBase, Sibling
from engine.errors import Conflict
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import KnowledgeRepository
from tests.fakes.repositories import database, document, publish

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture(params=["sqlite"])
def repository(request: pytest.FixtureRequest) -> Iterator[KnowledgeRepository]:
    with database() as engine:
        repository = SqlKnowledgeRepository(engine)
        repository.add_knowledge_base(KnowledgeBase("kb"))
        repository.add_knowledge_base(KnowledgeBase("other"))
        for name in ("en", "ja", "de"):
            publish(repository, name, language=name)
        yield repository


def test_documents_that_share_a_key_are_the_same_page(repository: KnowledgeRepository) -> None:
    repository.relate({"en": ["a", "b"], "ja": ["b"], "de": ["a", "c"]})
    found = repository.siblings(["en", "ja"], JUNE)
    assert found == {"en": (Sibling("de", "de"), Sibling("ja", "ja")), "ja": (Sibling("en", "en"),)}


def test_a_sibling_is_named_once_however_many_keys_are_shared(repository: KnowledgeRepository) -> None:
    repository.relate({"en": ["a", "b", "b"], "ja": ["a", "b"]})
    assert repository.siblings(["en"], JUNE) == {"en": (Sibling("ja", "ja"),)}


def test_keys_replace_those_before_unless_they_are_added(repository: KnowledgeRepository) -> None:
    repository.relate({"en": ["a"], "ja": ["a"], "de": ["b"]})
    repository.relate({"en": ["b", "a"]}, also=True)
    assert {each.language for each in repository.siblings(["en"], JUNE)["en"]} == {"ja", "de"}
    repository.relate({"en": ["b"]})
    assert repository.siblings(["en"], JUNE) == {"en": (Sibling("de", "de"),)}
    repository.relate({"en": []})
    assert repository.siblings(["en"], JUNE) == {}


def test_only_versions_in_force_are_siblings(repository: KnowledgeRepository) -> None:
    publish(repository, "ja", language="ja", version=2, effective_from=JUNE)
    publish(repository, "ja", language="ko", version=3, replaces=2, effective_from=JUNE)
    repository.relate({"en": ["a"], "ja": ["a"]})
    assert repository.siblings(["en"], MAY) == {"en": (Sibling("ja", "ja"),)}
    assert repository.siblings(["en"], JUNE) == {"en": (Sibling("ja", "ko"),)}
    staged = document("new", language="fr")
    repository.stage(staged, "Text.", ())
    repository.relate({"new": ["a"]})
    assert Sibling("new", "fr") not in repository.siblings(["en"], JUNE)["en"]


def test_another_knowledge_base_has_other_pages(repository: KnowledgeRepository) -> None:
    publish(repository, "fr", knowledge_base="other", language="fr")
    repository.relate({"en": ["a"], "fr": ["a"]})
    assert repository.siblings(["en"], JUNE) == {}
    assert repository.siblings([], JUNE) == {}


def test_a_deleted_document_is_no_sibling(repository: KnowledgeRepository) -> None:
    repository.relate({"en": ["a"], "ja": ["a"]})
    repository.delete_document("ja")
    assert repository.siblings(["en"], JUNE) == {}
    with pytest.raises(Conflict):
        repository.relate({"ja": ["a"]})


def test_languages_are_counted_by_newest_versions(repository: KnowledgeRepository) -> None:
    publish(repository, "more", language="ja")
    publish(repository, "de", language="en", version=2)
    publish(repository, "fr", knowledge_base="other", language="fr")
    assert repository.languages("kb") == {"en": 2, "ja": 2}
    assert repository.languages("none") == {}


def test_documents_that_hold_on_other_days_are_named(repository: KnowledgeRepository) -> None:
    assert repository.out_of_force("kb", JUNE) == ()
    publish(repository, "past", effective_until=MAY)
    publish(repository, "future", effective_from=date(2026, 7, 1))
    publish(repository, "en", version=2, effective_from=JUNE)
    publish(repository, "ja", version=2)
    publish(repository, "there", knowledge_base="other", effective_until=MAY)
    assert repository.out_of_force("kb", JUNE) == ("en", "future", "past")
    assert repository.out_of_force("kb", MAY) == ("en", "future")
    assert repository.out_of_force("kb", JUNE, limit=1) == ("en",)
