"""FAQ entries over HTTP, from files as people write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.assembly import build_engine
from engine.settings import load_settings
from tests.fakes.embedding import HashEmbedder

CHARGED = (
    "When you place the order. Pre-orders are charged on dispatch, and not before. " + "We only ask your bank. " * 4
)
INVOICE = "Under My orders you find each of them again, as long as you like. " + "They stay there for good. " * 4
BILLING = f"""---
kind: faq
language: en
image: https://shop.example/card.png
---
# Billing

We answer what is asked most.

## When is my card charged?

{CHARGED}

## Invoices

### My invoice is lost

{INVOICE}
"""
PAYMENT = "---\nkind: faq\nlanguage: zh-Hant\n---\n# 付款方式\n\n## 可以用信用卡嗎？\n\n可以，Visa、Mastercard 都收。\n"
SHORT = "---\nkind: faq\nlanguage: en\n---\n# Tea\n\n## Is it hot?\n\nYes.\n\n## Is it green?\n\nNo.\n"
PLAIN = "Shop\n\nIs it open?\n\nFrom nine to five.\n"
ONE = "---\nkind: faq\nlanguage: en\ntags: club\n---\n# How do I join the club?\n\nTick the box in your account.\n"
OLD = "---\nkind: faq\nlanguage: en\neffective_until: 2020-01-01\n---\n# Old\n\n## Is it old?\n\nYes.\n"
PAGE = "---\nlanguage: en\n---\n# Page\n\n## Is this a page?\n\nYes, and no FAQ.\n"
FILES = {
    "billing.md": BILLING,
    "payment.md": PAYMENT,
    "one.md": ONE,
    "plain.txt": PLAIN,
    "short.md": SHORT,
    "old.md": OLD,
    "page.md": PAGE,
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = load_settings(data_dir=tmp_path_factory.mktemp("faqs") / "data", parse_workers=0)
    engine = build_engine(settings, embedder=HashEmbedder())
    engine.create_knowledge_base("shop")
    with TestClient(create_app(settings, engine=engine)) as client:
        files = [("files", (name, text.encode())) for name, text in FILES.items()]
        client.post("/v1/documents", data={"knowledge_base": "shop"}, files=files).raise_for_status()
        (plain,) = client.get("/v1/documents", params={"knowledge_base": "shop", "uri": "plain"}).json()["items"]
        client.patch(f"/v1/documents/{plain['id']}", json={"kind": "faq"}).raise_for_status()
        yield client
    engine.close()


def listed(desk: TestClient, **query: Any) -> list[dict[str, Any]]:
    reply = desk.get("/v1/faqs", params={"knowledge_base": "shop", **query})
    assert reply.status_code == 200, reply.text
    items: list[dict[str, Any]] = reply.json()["items"]
    return items


def test_each_heading_with_text_is_an_entry_and_its_text_the_answer(desk: TestClient) -> None:
    found = {each["question"]: (each["category"], each["answer"]) for each in listed(desk)}
    assert found == {
        "When is my card charged?": ("Billing", CHARGED.strip()),
        "My invoice is lost": ("Billing › Invoices", INVOICE.strip()),
        "Is it hot?": ("Tea", "Yes."),
        "Is it green?": ("Tea", "No."),
        "Is it open?": ("", "From nine to five."),
        "How do I join the club?": ("club", "Tick the box in your account."),
        "可以用信用卡嗎？": ("付款方式", "可以，Visa、Mastercard 都收。"),
    }


def test_an_answer_is_the_stored_text_at_its_span(desk: TestClient) -> None:
    for each in listed(desk):
        text = desk.get(f"/v1/documents/{each['document_id']}/text").json()["text"]
        assert text[each["span"]["start"] : each["span"]["end"]] == each["answer"]


def test_the_picture_is_what_the_document_names(desk: TestClient) -> None:
    pictures = {each["uri"]: each["picture"] for each in listed(desk)}
    assert pictures == {
        "billing.md": "https://shop.example/card.png",
        "one.md": "",
        "payment.md": "",
        "plain.txt": "",
        "short.md": "",
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("CARD charged", ["When is my card charged?"]),
        ("invoice orders", ["My invoice is lost"]),
        ("信用卡", ["可以用信用卡嗎？"]),
        ("吗", ["可以用信用卡嗎？"]),
        ("ｖｉｓａ", ["可以用信用卡嗎？"]),
        ("card unicorn", []),
    ],
)
def test_all_words_of_a_query_are_found_in_any_writing(desk: TestClient, query: str, found: list[str]) -> None:
    assert [each["question"] for each in listed(desk, query=query)] == found


def test_one_language_only(desk: TestClient) -> None:
    assert {each["language"] for each in listed(desk, language="zh-Hant")} == {"zh-Hant"}
    assert listed(desk, language="ja") == []


@pytest.mark.parametrize("size", [1, 4])
def test_pages_hold_every_entry_once(desk: TestClient, size: int) -> None:
    seen, cursor = list[str](), ""
    while True:
        query: dict[str, Any] = {"knowledge_base": "shop", "limit": size, **({"cursor": cursor} if cursor else {})}
        page = desk.get("/v1/faqs", params=query).json()
        seen += [each["id"] for each in page["items"]]
        if not (cursor := page["next_cursor"]):
            break
    assert seen == [each["id"] for each in listed(desk)]
    assert len(seen) == 7


@pytest.mark.parametrize(
    ("query", "status"),
    [({"knowledge_base": "none"}, 404), ({}, 422), ({"knowledge_base": "shop", "cursor": "gone:3"}, 404)],
)
def test_what_is_not_there_is_named(desk: TestClient, query: dict[str, str], status: int) -> None:
    reply = desk.get("/v1/faqs", params=query)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")


def test_a_cursor_that_names_no_place_begins_at_the_documents_first(desk: TestClient) -> None:
    first = listed(desk)[0]
    assert listed(desk, cursor=f"{first['document_id']}:x")[0] == first
