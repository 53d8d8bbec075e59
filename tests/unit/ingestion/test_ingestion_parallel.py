"""What tells the same page in several languages."""

from __future__ import annotations

import pytest

from engine.domain.knowledge import Document, DocumentKind
from ingestion.parallel import ALTERNATES, page_keys


def document(uri: str, language: str, *, source: str = "/docs", **metadata: str) -> Document:
    return Document(uri, "kb", source, uri, "Title", DocumentKind.PAGE, language, 1, "", metadata=metadata)


def related(first: Document, second: Document) -> bool:
    return not set(page_keys(first)).isdisjoint(page_keys(second))


@pytest.mark.parametrize(
    ("uri", "language", "other", "spoken"),
    [
        ("en/returns.md", "en", "ja/returns.md", "ja"),
        ("returns.md", "en", "ja/returns.md", "ja"),
        ("help/zh-CN/returns.md", "zh-Hans", "help/zh-TW/returns.md", "zh-Hant"),
        ("help/cn/returns.md", "zh-Hans", "help/jp/returns.md", "ja"),
        ("returns.en.md", "en", "returns.de.md", "de"),
        ("returns_zh-Hant.pdf", "zh-Hant", "returns-de.html", "de"),
        ("zh/index.html", "zh-Hans", "pt-BR/", "pt"),
        ("https://de.shop.example/help?id=3", "de", "https://fr.shop.example/help?id=3", "fr"),
        ("https://shop.example/help?id=3&lang=de", "de", "https://shop.example/help?lang=fr&id=3", "fr"),
    ],
)
def test_names_that_differ_in_the_language_alone(uri: str, language: str, other: str, spoken: str) -> None:
    assert related(document(uri, language), document(other, spoken))


@pytest.mark.parametrize(
    ("uri", "language", "other", "spoken"),
    [
        ("en/returns.md", "en", "ja/warranty.md", "ja"),
        ("en/a/returns.md", "en", "ja/b/returns.md", "ja"),
        ("it/returns.md", "en", "returns.md", "de"),
        ("returns-policy.md", "en", "returns.md", "de"),
        ("https://shop.example/help?id=3&lang=de", "de", "https://shop.example/help?id=4&lang=fr", "fr"),
        ("https://de.shop.example/help", "de", "https://fr.other.example/help", "fr"),
    ],
)
def test_other_names_are_other_pages(uri: str, language: str, other: str, spoken: str) -> None:
    assert not related(document(uri, language), document(other, spoken))


def test_folders_of_languages_may_be_sources_of_their_own() -> None:
    assert related(document("a.md", "en", source="/docs/en"), document("a.md", "ja", source="/docs/ja"))
    assert not related(document("a.md", "en", source="/docs/en"), document("a.md", "ja", source="/other/ja"))


def test_a_key_of_the_front_matter_joins_pages_of_any_name() -> None:
    first = document("rueckgabe.md", "de", translationkey="returns")
    assert related(first, document("retours.md", "fr", translation_key="returns"))
    assert not related(first, document("retours.md", "fr", translation_key="warranty"))


def test_links_to_translations_join_pages() -> None:
    page = document("https://shop.example/ja/henpin", "ja", **{ALTERNATES: "/en/returns#top /de/ruecksendung/"})
    assert related(page, document("https://shop.example/en/returns", "en"))
    assert related(page, document("https://shop.example/de/ruecksendung", "de"))
    assert not related(page, document("https://shop.example/fr/retours", "fr"))
    assert related(document("fr/retours.md", "fr", translation_of="../en/returns.md"), document("en/returns.md", "en"))


def test_keys_of_one_page_are_distinct() -> None:
    keys = page_keys(document("en/a.md", "en", **{ALTERNATES: "a.md a.md"}))
    assert len(keys) == len(set(keys))
