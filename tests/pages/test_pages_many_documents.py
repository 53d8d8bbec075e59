"""The list of documents when there are many: few rows in the page, any place reached, filters by the server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from api.app import create_app
from engine.settings import load_settings
from tests.pages.conftest import OpenPage
from tests.pages.many import fill, frames
from tests.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.looks
COUNT = 100_000
MOST_ROWS = 60  # in the page at a time


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a service with a hundred thousand documents."""
    settings = load_settings(data_dir=tmp_path_factory.mktemp("many") / "data", parse_workers=0)
    fill(settings, COUNT)
    with serving(create_app(settings)) as address:
        yield address


def scroll(page: Page, share: float) -> None:
    script = (
        "(share) => { const list = document.querySelector('.virtual'); list.scrollTop = list.scrollHeight * share; }"
    )
    page.evaluate(script, share)


def seen(page: Page, title: str) -> None:
    page.locator(".virtual a", has_text=title).first.wait_for()


def test_a_hundred_thousand_documents_are_scrolled_and_filtered(crowded: str, open_page: OpenPage) -> None:
    page, _ = open_page(address=crowded)
    page.goto("/console/documents")
    seen(page, "Article 0 ")
    expect(page.get_by_role("status").filter(has_text="100,000 documents")).to_have_count(1)
    scroll(page, 0.5)
    seen(page, "Article 50000 ")
    rows = page.locator(".virtual-body .virtual-row")
    assert rows.count() < MOST_ROWS
    places = [int(str(row.get_attribute("aria-rowindex"))) for row in rows.all()]
    assert places == sorted(places)
    scroll(page, 1)
    seen(page, f"Article {COUNT - 1} ")
    page.get_by_label("Kind").select_option("faq")
    page.get_by_text("25,000 documents").wait_for()
    page.get_by_label("Search by title or path").fill("ARTICLE 9999")
    page.get_by_text("3 documents").wait_for()
    assert page.url.endswith("name=ARTICLE+9999&kind=faq")
    page.reload()
    page.get_by_text("3 documents").wait_for()


def test_scrolling_never_waits_for_the_server(crowded: str, open_page: OpenPage) -> None:
    page, _ = open_page(address=crowded)
    asked: list[str] = []
    page.goto("/console/documents")
    seen(page, "Article 0 ")
    page.on("request", lambda request: asked.append(request.url) if "skip=" in request.url else None)
    times = frames(page, 60)
    assert len(times) >= 60
    assert len(asked) < 30  # what flies by is not fetched
    assert page.locator(".virtual-body .virtual-row").count() < MOST_ROWS


def test_many_are_chosen_at_once(crowded: str, open_page: OpenPage) -> None:
    page, _ = open_page(address=crowded)
    page.goto("/console/documents?name=article+1234")
    page.get_by_text("11 documents").wait_for()
    page.get_by_role("checkbox", name="Choose Article 1234 about").check()
    bar = page.get_by_role("group", name="For all that are chosen")
    expect(bar.get_by_text("1 chosen")).to_be_visible()
    bar.get_by_role("button", name="Choose all 11").click()
    bar.get_by_text("11 chosen").wait_for()
    bar.get_by_role("button", name="Choose none").click()
    expect(bar).not_to_be_visible()
    expect(page.locator(".virtual input:checked")).to_have_count(0)
