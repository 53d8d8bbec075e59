"""Hostile strings as titles, contents, names, tags and questions: nothing runs, nothing becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.pages.conftest import OpenPage, Serve
from tests.pages.hostile import HOSTILE, INJECTED

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.looks
KB = "<img src=x onerror=window.executed=1>"


@pytest.fixture(scope="module")
def filled(serve: Serve) -> Iterator[tuple[str, list[str]]]:
    """Return the address of a service whose knowledge is made of hostile strings, and the ids of its documents."""
    with serve(empty=True) as address, httpx.Client(base_url=address, timeout=60) as client:
        client.post("/v1/knowledge-bases", json={"name": KB, "description": HOSTILE[2]}).raise_for_status()
        files = [("files", file(number, text)) for number, text in enumerate(HOSTILE)]
        body = {"knowledge_base": KB, "tags": [HOSTILE[0], HOSTILE[6]], "wait": "true"}
        client.post("/v1/documents", data=body, files=files).raise_for_status()
        client.post("/v1/documents", data={"knowledge_base": KB, "wait": "false"}, files=[broken()]).raise_for_status()
        listed = client.get("/v1/documents", params={"knowledge_base": KB, "limit": 100}).json()["items"]
        assert len(listed) == len(HOSTILE)
        yield address, [each["id"] for each in listed]


def file(number: int, text: str) -> tuple[str, bytes]:
    name = re.sub(r"[/\\]", "_", text)[:80]
    return (
        f"{number:02} {name}.txt",
        f"{text}\n\nThe warranty of kettle {number} lasts {number + 3} months. {text}\n".encode(),
    )


def broken() -> tuple[str, tuple[str, bytes]]:
    return "files", ("<svg onload=window.executed=1>.pdf", b"%PDF-1.7 none")


def quiet(page: Page) -> None:
    executed, injected = page.evaluate(INJECTED)
    assert (executed, injected) == (0, 0), page.url


def test_lists_show_strings_as_they_are(filled: tuple[str, list[str]], open_page: OpenPage) -> None:
    page, _ = open_page(address=filled[0])
    for path, shown in (("knowledge-bases", KB), ("documents", KB), ("jobs", KB), ("", KB)):
        page.goto(f"/console/{path}")
        page.get_by_text(shown).first.wait_for(state="attached")
        page.wait_for_load_state("networkidle")
        quiet(page)
    page.goto("/console/jobs")
    page.get_by_role("link", name="Uploaded files").first.click()
    page.get_by_text("<svg onload=window.executed=1>.pdf").first.wait_for()
    quiet(page)


def test_documents_show_strings_as_they_are(filled: tuple[str, list[str]], open_page: OpenPage) -> None:
    page, _ = open_page(address=filled[0])
    for number in (0, 2, 3, 9, 15, 19, 35):
        page.goto(f"/console/documents/{filled[1][number]}?start=0&end=12")
        page.locator("main mark").first.wait_for()
        expect(page.get_by_text(f"kettle {number} lasts").first).to_be_visible()
        quiet(page)
    for tab in ("Versions", "Details"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_load_state("networkidle")
        quiet(page)


@pytest.mark.parametrize("number", [0, 2, 28])
def test_questions_and_answers_show_strings_as_they_are(
    number: int, filled: tuple[str, list[str]], open_page: OpenPage
) -> None:
    page, _ = open_page(address=filled[0])
    page.goto("/console/playground")
    page.get_by_label("Question", exact=True).fill(
        f"How long does the warranty of kettle {number} last? {HOSTILE[number]}"
    )
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_role("heading", name="Timings").wait_for()
    quiet(page)
    page.locator(".found .link").first.click()
    page.locator("dialog mark").first.wait_for()
    quiet(page)


@pytest.mark.parametrize(
    "path",
    [
        "documents?name=%3Cimg%20src%3Dx%20onerror%3Dwindow.executed%3D1%3E",
        "<script>",
        "documents/%3Csvg%20onload%3Dx%3E",
    ],
)
def test_addresses_show_strings_as_they_are(path: str, open_page: OpenPage) -> None:
    page, watch = open_page()
    watch.allowed.append("404")
    page.goto(f"/console/{path}")
    page.wait_for_load_state("networkidle")
    quiet(page)


def test_an_injected_element_would_be_seen(page: Page) -> None:
    page.goto("/console")
    page.get_by_role("heading", level=1).wait_for()
    quiet(page)
    page.evaluate("() => document.body.append(document.createElement('iframe'))")
    found: list[Any] = page.evaluate(INJECTED)
    assert found == [0, 1]
