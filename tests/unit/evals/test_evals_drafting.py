"""Drafts of questions: from headings, in the page's language, and never run before a person approves them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.domain.knowledge import Document, DocumentKind
from engine.errors import NotFound
from engine.settings import load_settings
from evals.datasets.golden import load_questions
from evals.datasets.rows import QuestionRow
from evals.drafting import Section, draft, draft_question
from evals.engine_system import KNOWLEDGE_BASE, EngineSubject, EngineSystem, Pipeline
from tests.fakes.embedding import HashEmbedder


def drafted(
    heading: str, text: str, *, language: str = "en", title: str = "Kettle", kind: DocumentKind = DocumentKind.PAGE
) -> QuestionRow | None:
    page = Document("id", "kb", "s", "en/kettle.md", title, kind, language, 1, "hash")
    return draft_question(Section(page, heading, text))


@pytest.mark.parametrize(
    ("heading", "language", "question"),
    [
        ("How long is the warranty?", "en", "How long is the warranty?"),
        ("Warranty", "en", "Kettle: Warranty?"),
        ("保修期多长吗", "zh-Hans", "保修期多长吗"),
        ("保修期", "zh-Hans", "Kettle：保修期是怎样的？"),
        ("保固期", "zh-Hant", "Kettle：保固期是怎樣的？"),
        ("保証は何年ですか", "ja", "保証は何年ですか"),
        ("保証", "ja", "Kettleの「保証」について教えてください。"),
        ("Garantie", "de", "Kettle: Garantie?"),
    ],
)
def test_headings_become_questions(heading: str, language: str, question: str) -> None:
    row = drafted(heading, "It is 24 months.", language=language)
    assert row is not None
    assert (row.text, row.language, row.status) == (question, language, "proposed")


def test_headings_of_an_faq_are_asked_as_they_stand() -> None:
    row = drafted("I see two charges", "Wait 5 days.", kind=DocumentKind.FAQ)
    assert row is not None
    assert row.text == "I see two charges"


def test_steps_are_asked_for_as_steps() -> None:
    row = drafted("Descaling", "1. Fill in 15 g of citric acid.\n2. Boil it once.")
    assert row is not None
    assert row.text == "Kettle: how do I do this: Descaling?"
    assert row.answers == ("Fill in 15 g of citric acid.",)


def test_the_first_sentence_with_a_quantity_is_the_answer() -> None:
    row = drafted("Warranty", "We stand by it. The warranty is 24 months. Then 12 more.")
    assert row is not None
    assert row.answers == ("The warranty is 24 months.",)
    plain = drafted("Warranty", "We stand by it. Ask us.")
    assert plain is not None
    assert plain.answers == ("We stand by it.",)


@pytest.mark.parametrize(
    ("heading", "text"),
    [("", "It is 24 months."), ("Warranty", ""), ("Kettle", "It is 24 months.")],
)
def test_nothing_is_made_of_nothing(heading: str, text: str) -> None:
    assert drafted(heading, text) is None


MORE = "We are glad to help you with this and with anything else that you may want to know. " * 30
PAGES = {
    "a.md": f"# Warranty\n\n## How long is it?\n\nIt lasts 24 months. {MORE}\n\n## Receipts\n\nKeep them. {MORE}\n",
    "b.md": "# 配送\n\n## 海外への配送\n\n9日かかります。\n",
}


def test_a_knowledge_base_is_drafted_and_the_drafts_are_sound(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    system = EngineSystem(load_settings(data_dir=tmp_path / "data"), Pipeline(), embedder=HashEmbedder())
    with system.open(tmp_path / "data") as subject:
        assert isinstance(subject, EngineSubject)
        list(subject.add_folder(folder))
        knowledge = subject._engine.parts.knowledge
        rows = draft(knowledge, KNOWLEDGE_BASE, limit=10)
        assert draft(knowledge, KNOWLEDGE_BASE, limit=10) == rows
        assert len(draft(knowledge, KNOWLEDGE_BASE, limit=1)) == 1
        with pytest.raises(NotFound):
            draft(knowledge, "nowhere", limit=1)
    assert {row.text for row in rows} == {
        "How long is it?",
        "Warranty: Receipts?",
        "配送の「海外への配送」について教えてください。",
    }
    assert {row.documents for row in rows} == {("a.md",), ("b.md",)}
    file = tmp_path / "drafts.jsonl"
    file.write_text("".join(row.model_dump_json(exclude_defaults=True) + "\n" for row in rows), encoding="utf-8")
    found = load_questions(file)
    assert (found.questions, found.proposed) == ((), 3)
    file.write_text(file.read_text(encoding="utf-8").replace('"proposed"', '"approved"'), encoding="utf-8")
    assert len(load_questions(file).questions) == 3
