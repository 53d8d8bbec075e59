"""Indexes in a browser: another one is built, compared, used and deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

from tests.pages.conftest import OpenPage, Serve
from tests.pages.test_pages_accessible import violations
from tests.pages.test_pages_console_every import show

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.looks
PAGE = "/knowledge-bases/shop/indexes"


@pytest.fixture(scope="module")
def shop(serve: Serve) -> Iterator[str]:
    """Return the address of a service with a knowledge base of one page, and one of none."""
    with serve(empty=True) as address:
        with httpx.Client(base_url=address, timeout=60) as client:
            for name in ("shop", "empty"):
                client.post("/v1/knowledge-bases", json={"name": name}).raise_for_status()
            files = [("files", ("returns.md", b"# Returns\n\nYou may return goods within 30 days.\n"))]
            client.post("/v1/documents", data={"knowledge_base": "shop"}, files=files).raise_for_status()
        yield address


@pytest.fixture(name="page")
def _page(open_page: OpenPage, shop: str) -> Page:
    return open_page(None, shop)[0]


def test_an_index_is_built_again_used_and_the_one_before_deleted(page: Page) -> None:
    page.goto("/console/knowledge-bases")
    page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="shop")).get_by_role("link").click()
    page.get_by_role("heading", name="Indexes", exact=True).wait_for()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name="Build another").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Also if this model is in use").check()
    assert violations(page) == []
    dialog.get_by_role("button", name="Build and compare").click()
    page.get_by_text("Another index: bundled").first.wait_for()
    page.get_by_text("done", exact=True).first.wait_for()
    show(page, PAGE)
    rows = page.get_by_role("row")
    assert [rows.count(), rows.nth(1).get_by_text("In use").count()] == [3, 1]
    expect(rows.nth(1).get_by_text("Finds as much")).to_be_visible()
    expect(rows.nth(1).get_by_text("All languages: MRR@10 1.000 → 1.000 (1 question)")).to_be_visible()
    assert violations(page) == []
    rows.nth(2).get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    page.get_by_text("Deleted").first.wait_for()
    page.wait_for_function("document.querySelectorAll('main tbody tr').length === 1")


def test_a_model_that_the_server_does_not_load_is_told(open_page: OpenPage, shop: str) -> None:
    page, watch = open_page(None, shop)
    watch.allowed.append("422")
    show(page, PAGE)
    page.get_by_role("button", name="Build another").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Model").fill("")
    dialog.get_by_role("button", name="Build and compare").click()
    assert dialog.get_by_role("textbox", name="Model").get_attribute("aria-invalid") == "true"
    dialog.get_by_role("textbox", name="Model").fill("elsewhere/model")
    dialog.get_by_role("button", name="Build and compare").click()
    page.get_by_text("The server does not load the model").first.wait_for()


def test_where_nothing_is_indexed_nothing_can_be_built(page: Page) -> None:
    show(page, "/knowledge-bases/empty/indexes")
    expect(page.get_by_text("Nothing is indexed yet")).to_be_visible()
    expect(page.get_by_role("button", name="Build another")).to_have_count(0)
