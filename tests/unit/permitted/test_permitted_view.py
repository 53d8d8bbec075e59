from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.answering.request import AnswerRequest
from engine.assembly import build_engine
from engine.domain.conversation import Role, Turn
from engine.domain.feedback import Verdict
from engine.domain.knowledge import Document, DocumentFilter
from engine.domain.suggestion import JudgedSuggestion, ShownSuggestion, SuggestionKind
from engine.errors import Forbidden, NotFound
from engine.permitted.view import permitted
from engine.service import Engine
from engine.settings import load_settings
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.sources import open_source
from tests.fakes.embedding import HashEmbedder

KB = "shop"
PAGES = {
    "open.md": "# Kettle\n\nThe warranty of the kettle lasts 24 months.\n",
    "staff.md": "---\ntags: access:staff\n---\n# Goodwill\n\nAgents may extend the kettle warranty by 6 months.\n",
    "both.md": "---\ntags: [access:staff, access:partners]\n---\n# Prices\n\nPartners buy the kettle for 19 euro.\n",
    "legal.md": "---\ntags: access:legal\n---\n# Recall\n\nThe kettle may be recalled in spring.\n",
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        (folder / name).write_text(text)
    engine = build_engine(load_settings(data_dir=tmp_path_factory.mktemp("data")), embedder=HashEmbedder())
    source = open_source(folder)
    list(ingest(source.files, target=target_of(engine, KB), source=source.name))
    yield engine
    engine.close()


def uris(documents: tuple[Document, ...]) -> list[str]:
    return [document.uri.rsplit("/", 1)[-1] for document in documents]


@pytest.mark.parametrize(
    ("access", "names"),
    [
        (None, ["both.md", "legal.md", "open.md", "staff.md"]),
        ((), ["open.md"]),
        (("staff",), ["both.md", "open.md", "staff.md"]),
        (("partners", "legal"), ["both.md", "legal.md", "open.md"]),
        (("access:staff", "*"), ["open.md"]),
    ],
)
def test_a_view_has_what_its_lists_open(shop: Engine, access: tuple[str, ...] | None, names: list[str]) -> None:
    view = permitted(shop, access)
    knowledge = view.parts.knowledge
    assert uris(knowledge.documents(KB)) == names
    found = view.search(KB, "kettle warranty partners recall", limit=20).passages
    assert sorted({passage.uri.rsplit("/", 1)[-1] for passage in found}) == names
    assert view.parts.store.count(KB) == len(names)
    assert len(list(view.parts.store.records(KB))) == len(names)
    assert len(knowledge.indexed_versions(KB)) == len(names)
    assert sum(knowledge.languages(KB).values()) == len(names)


def test_pages_of_a_list_go_on_where_the_last_one_ended(shop: Engine) -> None:
    knowledge = permitted(shop, ("staff",)).parts.knowledge
    first = knowledge.documents(KB, limit=1)
    assert uris(first + knowledge.documents(KB, after=first[0].id, limit=5)) == ["both.md", "open.md", "staff.md"]
    assert uris(knowledge.documents(KB, filter=DocumentFilter(tags=("access:partners",)))) == ["both.md"]


def test_hidden_documents_do_not_exist(shop: Engine) -> None:
    hidden = next(each for each in shop.parts.knowledge.documents(KB) if each.uri.endswith("legal.md"))
    knowledge = permitted(shop, ("staff",)).parts.knowledge
    for look in (
        lambda: knowledge.document(hidden.id),
        lambda: knowledge.version(hidden.id, 1),
        lambda: knowledge.stored_text(hidden.id, 1),
        lambda: knowledge.chunks(hidden.id, 1),
        lambda: knowledge.regions(hidden.id, 1),
        lambda: knowledge.alike(hidden.id),
        lambda: knowledge.documents(KB, after=hidden.id),
    ):
        with pytest.raises(NotFound, match=hidden.id):
            look()
    assert knowledge.versions(hidden.id) == ()
    assert knowledge.latest_version(hidden.id) == 0


def test_vectors_of_hidden_chunks_are_not_told(shop: Engine) -> None:
    every = {record.chunk_id: record for record in shop.parts.store.records(KB)}
    found = permitted(shop, ("partners",)).parts.store.vectors(KB, list(every))
    assert {every[each].uri.rsplit("/", 1)[-1] for each in found} == {"both.md", "open.md"}


def test_answers_quote_only_what_is_seen(shop: Engine) -> None:
    request = AnswerRequest("By how many months may agents extend the kettle warranty?")
    quotes = {
        access: " ".join(each.quote for each in permitted(shop, access).answer(KB, request).citations)
        for access in (("staff",), ("partners",))
    }
    assert "6 months" in quotes[("staff",)]
    assert "6 months" not in quotes[("partners",)]


def test_a_view_changes_nothing(shop: Engine) -> None:
    view = permitted(shop, ("staff",))
    document = view.parts.knowledge.documents(KB)[0]
    with pytest.raises(Forbidden, match="change none"):
        view.create_knowledge_base("other")
    with pytest.raises(Forbidden, match="change none"):
        view.delete_document(document.id)
    with pytest.raises(Forbidden, match="change none"):
        view.delete_knowledge_base(KB)
    view.close()
    assert len(shop.parts.knowledge.documents(KB)) == len(PAGES)
    assert shop.parts.store.count(KB) == len(PAGES)


def test_nobody_bound_sees_the_engine_itself(shop: Engine) -> None:
    assert permitted(shop, None) is shop
    assert permitted(shop, ()) is not shop


def test_checks_look_at_the_view(shop: Engine) -> None:
    view = permitted(shop, ())
    assert view.checks is not shop.checks


def test_suggestions_go_with_the_conversation_of_the_same_lists(shop: Engine) -> None:
    now = datetime(2026, 7, 1, tzinfo=UTC)
    view = permitted(shop, ("staff",))
    told = ShownSuggestion("p.0", KB, "", SuggestionKind.CANNED, "late", "Sorry.", 0.5, "same")
    view.parts.suggestions.show("p", [told], now, keep_since=now, customer="c-7")
    view.parts.conversations.append("same", [Turn(Role.CUSTOMER, "Where is it?")])
    judged = view.parts.suggestions.judge(
        JudgedSuggestion(view.parts.suggestions.shown("p.0"), Verdict.ACCEPTED, "Sorry.", 0.0, now)
    )
    assert view.parts.suggestions.verdict("p.0") == judged
    assert view.parts.suggestions.tallies(KB, "", ["late"]) == shop.parts.suggestions.tallies(KB, "", ["late"]) != {}
    (talk,) = shop.privacy.export("c-7").conversations
    assert talk.id.endswith(":same")
    assert [(each.id, each.verdict) for each in talk.suggestions] == [("p.0", "accepted")]
    assert [turn.text for turn in talk.turns] == ["Where is it?"]
    view.parts.suggestions.show("q", [replace(told, id="q.0", conversation="")], now, keep_since=now)
    assert view.parts.suggestions.shown("q.0").conversation == ""
