"""Insights in a browser: a gap closed end to end, charts with their tables, contradictions, evaluations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

from tests.pages.conftest import OpenPage
from tests.pages.past import CURE, GAP
from tests.pages.test_pages_console_every import show

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.looks


@pytest.fixture(name="page")
def _page(open_page: OpenPage, busy: str) -> Page:
    return open_page(None, busy)[0]


def answered(address: str, question: str) -> str:
    asked = {"knowledge_base": "shop", "question": question}
    reply = httpx.post(f"{address}/v1/answer", json=asked, timeout=30).json()
    return str((reply["answer"] or {"text": ""})["text"])


def test_a_gap_is_approved_published_and_rolled_back(page: Page, busy: str) -> None:
    assert answered(busy, GAP) == ""
    show(page, "/gaps")
    row = page.get_by_role("row").filter(has_text="kettle")
    expect(row.get_by_text("Missing")).to_be_visible()
    row.get_by_role("link").click()
    page.get_by_text("The knowledge says nothing about this").wait_for()
    page.get_by_role("button", name="Look for answers of agents").click()
    proposed = page.get_by_role("region", name="Proposals for these questions").or_(page.locator("section").nth(1))
    proposed.get_by_role("link").first.click()

    page.get_by_role("heading", level=1).filter(has_text="kettle").wait_for()
    assert page.get_by_text("Agrees").count() >= 2
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Answer").fill(f"{CURE} Then it works again.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Edited", exact=True).wait_for()
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("heading", name="What publishing did").wait_for()
    expect(page.get_by_text("0 worse")).to_be_visible()
    assert "Then it works again" in answered(busy, GAP)

    page.get_by_role("button", name="Roll back").click()
    page.get_by_role("dialog").get_by_role("button", name="Roll back").click()
    page.get_by_text("Rolled back", exact=True).first.wait_for()
    assert answered(busy, GAP) == ""


def test_a_proposal_is_rejected_with_a_reason(page: Page, busy: str) -> None:
    conversation = {"knowledge_base": "shop", "question": "Unused goods: within how many days may they go back?"}
    asked = httpx.post(f"{busy}/v1/answer", json=conversation, timeout=30).json()["conversation_id"]
    said = {"conversation_id": asked, "verdict": "edited", "edited_text": "Unused goods may go back within 45 days."}
    assert httpx.post(f"{busy}/v1/feedback", json=said, timeout=30).is_success
    show(page, "/proposals")
    page.get_by_role("button", name="Look through conversations").click()
    page.get_by_label("talks").check()
    page.get_by_role("button", name="Look now").click()
    page.get_by_role("link", name="Unused goods").click()
    page.get_by_role("button", name="Reject").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Reject").click()
    expect(dialog.get_by_text("This is needed")).to_be_visible()
    dialog.get_by_label("Why it was rejected").fill("<b>45 days</b> was a courtesy.")
    dialog.get_by_role("button", name="Reject").click()
    page.get_by_text("<b>45 days</b> was a courtesy.").wait_for()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)


def test_an_answer_is_written_from_a_gap(page: Page, busy: str) -> None:
    show(page, "/gaps")
    page.get_by_role("row").filter(has_text="kettle").get_by_role("link").click()
    page.get_by_role("button", name="Write an answer").click()
    dialog = page.get_by_role("dialog")
    assert "kettle" in dialog.get_by_label("Question").input_value()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_charts_say_the_same_as_their_tables(page: Page) -> None:
    show(page, "/topics")
    chart = page.get_by_role("figure", name="Questions a day").or_(page.locator("figure").first)
    chart.locator("svg path.line.dashed").wait_for(state="attached")
    expect(chart.locator("svg path.line")).to_have_count(2)
    chart.get_by_text("Show as a table").click()
    rows = chart.get_by_role("row")
    assert rows.count() == chart.locator("svg circle").count() + 1
    assert page.locator("figure").nth(1).locator("svg rect").count() >= 4
    page.get_by_role("button", name="kettle", exact=False).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("kettle does not switch off", exact=False).first.wait_for()


def test_a_cell_of_the_sentiment_map_shows_its_questions(page: Page) -> None:
    show(page, "/sentiment?days=90")
    cell = page.locator("table.heat button").first
    count = int(cell.inner_text())
    cell.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.locator("li").first.wait_for()
    assert dialog.locator("li").count() == min(count, 25)


def test_contradictions_and_stale_pages_are_found(page: Page) -> None:
    show(page, "/upkeep")
    expect(page.get_by_role("row").filter(has_text="Summer offer").get_by_text("Expired")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="gone.md")).to_have_count(1)
    page.get_by_role("tab", name="Out of date").press("ArrowRight")
    page.get_by_text("within 30 days").wait_for(timeout=30_000)
    expect(page.get_by_text("within 14 days")).to_be_visible()


def test_a_run_shows_figures_slices_worst_cases_and_its_comparison(page: Page) -> None:
    show(page, "/evaluations")
    page.get_by_role("link", name="november").click()
    page.get_by_role("heading", level=1, name="november").wait_for()
    expect(page.locator(".tile", has_text="Answer right").get_by_text("79%")).to_be_visible()
    expect(page.locator("svg .chart-whisker")).to_have_count(5)
    worst = page.locator("section", has=page.get_by_role("heading", name="Worst cases"))
    worst.locator("li").first.wait_for()
    expect(worst.locator("li").first.get_by_text("shop/0")).to_be_visible()
    with page.expect_response(lambda reply: "slice=language" in reply.url):
        worst.get_by_label("Slice").select_option("language=ja")
    worst.get_by_text("shop/1", exact=True).wait_for()
    page.get_by_role("link", name="Compared with october").click()
    page.get_by_role("heading", level=1, name="october → november").wait_for()
    expect(page.get_by_role("row").filter(has_text="Answer right").first.get_by_text("+8%")).to_be_visible()


def test_without_a_folder_of_runs_there_is_no_page_of_them(open_page: OpenPage, service: str) -> None:
    page, _ = open_page(None, service)
    show(page, "/")
    expect(page.get_by_role("navigation").get_by_role("link", name="Evaluations")).to_have_count(0)
