from __future__ import annotations

from datetime import date, datetime

import pytest

from engine.domain.knowledge import DocumentKind, stable_id
from engine.errors import InvalidInput
from ingestion.chunking.chunker import ChunkOptions
from ingestion.parsing import Limits
from ingestion.preparing import Prepared, content_hash, document_id, prepare
from ingestion.sources import MemoryFile
from ingestion.target import IngestOptions
from tests.unit.ingestion.memory import KB, SOURCE, Place

TEXT = """---
title: Returns policy
language: zh-TW
kind: policy
tags: [returns]
effective_from: 2026-03-01
effective_until: someday
author: Service team
---
# 退貨說明

收到商品後三十天內可以退貨，請保留包裝與收據。
"""


def prepared(file: MemoryFile, options: IngestOptions | None = None) -> Prepared:
    return prepare(file, file.read(), source=SOURCE, target=Place().target, options=options or IngestOptions())


def test_a_document_is_described_in_full() -> None:
    document = prepared(MemoryFile("policies/returns.md", TEXT.encode())).document
    assert document.id == document_id(KB, SOURCE, "policies/returns.md")
    assert (document.knowledge_base, document.source, document.uri) == (KB, SOURCE, "policies/returns.md")
    assert (document.title, document.kind, document.language) == ("Returns policy", DocumentKind.POLICY, "zh-Hant")
    assert (document.tags, document.effective_from, document.effective_until) == (("returns",), date(2026, 3, 1), None)
    assert document.metadata["author"] == "Service team"
    assert document.metadata["warnings"].startswith("effective_until is not a date")
    assert (document.version, document.chunk_count) == (0, 1)
    assert datetime.fromisoformat(document.updated_at).tzinfo is not None


def test_chunks_and_search_texts_go_together() -> None:
    found = prepared(MemoryFile("a.md", TEXT.encode()))
    (chunk,) = found.chunks
    assert chunk.document_id == found.document.id
    assert chunk.language == "zh-Hant"
    assert found.texts == (f"Returns policy\n{chunk.text}",)
    assert chunk.span.of(found.text) == chunk.text


def test_a_title_that_is_given_wins() -> None:
    found = prepared(MemoryFile("17", b"Some text.", title="Seventeen", extension=".txt"))
    assert found.document.title == "Seventeen"
    assert found.document.uri == "17"
    assert found.texts == ("Seventeen\nSome text.",)


def test_limits_and_sizes_are_passed_on() -> None:
    file = MemoryFile("a.txt", b"One sentence here. " * 20)
    options = IngestOptions(chunking=ChunkOptions(12.0, 0.0))
    assert len(prepared(file, options).chunks) > 5
    with pytest.raises(InvalidInput, match="at most 10 are allowed"):
        prepared(file, IngestOptions(limits=Limits(max_text_chars=10)))


def test_errors_name_the_file_as_its_format_is_told() -> None:
    with pytest.raises(InvalidInput, match=r"17\.pdf is not a readable PDF"):
        prepared(MemoryFile("17", b"%PDF-1.7", extension=".pdf"))


def test_document_ids_depend_on_where_it_comes_from() -> None:
    first = document_id("kb", "docs", "a.md")
    assert first == document_id("kb", "docs", "a.md") == stable_id("kb", "docs", "a.md")
    assert (
        len(
            {first, document_id("kb", "docs", "b.md"), document_id("kb", "d", "a.md"), document_id("k", "docs", "a.md")}
        )
        == 4
    )


def test_content_hashes_depend_on_all_that_shapes_the_chunks() -> None:
    plain = content_hash(b"x", title="", chunking=ChunkOptions())
    assert plain == content_hash(b"x", title="", chunking=ChunkOptions())
    assert plain != content_hash(b"y", title="", chunking=ChunkOptions())
    assert plain != content_hash(b"x", title="Title", chunking=ChunkOptions())
    assert plain != content_hash(b"x", title="", chunking=ChunkOptions(200.0))


def test_content_hashes_change_with_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    before = content_hash(b"x", title="", chunking=ChunkOptions())
    monkeypatch.setattr("ingestion.preparing.PARSERS_VERSION", "next")
    assert content_hash(b"x", title="", chunking=ChunkOptions()) != before
