"""Replies, FAQs, intents, words and rules in a browser; hostile strings stay text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

from tests.pages.conftest import OpenPage
from tests.pages.hostile import HOSTILE
from tests.pages.test_pages_console_every import show

if TYPE_CHECKING:
    from playwright.sync_api import Page


pytestmark = pytest.mark.looks


@pytest.fixture(name="page")
def _page(open_page: OpenPage, busy: str) -> Page:
    return open_page(None, busy)[0]


def nothing_ran(page: Page) -> None:
    """Check that what was typed made no element and ran nothing."""
    assert page.evaluate("window.executed") == 0
    expect(page.locator("main script, main iframe, main [onerror], main [onload], main img[src=x]")).to_have_count(0)


def test_a_canned_reply_is_added_changed_and_deleted(page: Page) -> None:
    show(page, "/canned")
    page.get_by_role("button", name="New reply").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Shortcut").fill("has spaces")
    dialog.get_by_label("Question that it answers").fill("When do you open?")
    dialog.get_by_label("Text").fill("We open at {time}.")
    dialog.get_by_role("button", name="Save").click()
    assert dialog.get_by_label("Shortcut").get_attribute("aria-invalid") == "true"
    dialog.get_by_label("Shortcut").fill("open")
    dialog.get_by_role("button", name="Save").click()
    row = page.get_by_role("row").filter(has_text="/open")
    row.get_by_text("{time}").wait_for()
    row.get_by_role("button", name="Edit").click()
    page.get_by_role("dialog").get_by_label("Text").fill("We open at nine.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("We open at nine.").wait_for()
    page.get_by_role("searchbox").fill("nothing like it")
    page.get_by_text("Nothing matches").wait_for()
    page.get_by_role("searchbox").fill("nine")
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    row.wait_for(state="detached")


def test_an_faq_entry_is_written_asked_changed_and_deleted(page: Page, busy: str) -> None:
    show(page, "/faqs")
    expect(page.get_by_text("When is my card charged?")).to_be_visible()
    page.get_by_role("button", name="New entry").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Question").fill("Do you engrave teapots?")
    dialog.get_by_label("Answer").fill("Yes, up to twenty letters.\n\nAllow three more days.")
    dialog.get_by_label("Tags", exact=True).fill("gifts, teapots")
    dialog.get_by_role("button", name="Save").click()
    row = page.get_by_role("row").filter(has_text="engrave")
    row.wait_for()
    expect(row.get_by_text("gifts")).to_be_visible()
    asked = {"knowledge_base": "shop", "question": "Do you engrave teapots?"}
    reply = httpx.post(f"{busy}/v1/answer", json=asked, timeout=30).json()
    assert "twenty letters" in reply["answer"]["text"]
    row.get_by_role("button", name="Edit").click()
    assert page.get_by_label("Answer").input_value() == "Yes, up to twenty letters.\n\nAllow three more days."
    assert page.get_by_label("Tags", exact=True).input_value() == "gifts, teapots"
    page.get_by_label("Answer").fill("Yes, up to thirty letters.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("up to thirty letters").wait_for()
    expect(row.get_by_text("version 2")).to_be_visible()
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    row.wait_for(state="detached")


def test_an_intent_is_made_with_its_facts(page: Page, busy: str) -> None:
    show(page, "/intents")
    page.get_by_role("button", name="New intent").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Id").fill("track-parcel")
    dialog.get_by_label("Examples").fill("Where is my parcel?\n\nMy order is late\nWhere is my parcel?")
    dialog.get_by_label("Tracking number").check()
    dialog.get_by_label("Priority").select_option("high")
    dialog.get_by_role("button", name="Save").click()
    page.get_by_role("row").filter(has_text="track-parcel").wait_for()
    kept = httpx.get(f"{busy}/v1/knowledge-bases/shop/intents/track-parcel").json()
    assert (kept["examples"], kept["priority"], kept["required"]) == (
        ["Where is my parcel?", "My order is late"],
        "high",
        ["tracking_number"],
    )


def test_a_word_blocks_a_reply_and_the_list_goes_out_and_in(page: Page) -> None:
    show(page, "/words")
    page.get_by_role("button", name="Add a word").click()
    page.get_by_role("dialog").get_by_label("Word or phrase").fill("cheapskate")
    page.get_by_role("dialog").get_by_label("What the agent is told").fill("Say thrifty.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("row").filter(has_text="cheapskate").wait_for()
    show(page, "/rules")
    page.get_by_label("Reply").fill("What a cheapskate 🙂 you are!")
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_text("This may not be sent as it stands").wait_for()
    expect(page.locator("mark")).to_have_text("cheapskate")
    expect(page.get_by_text("Say thrifty.")).to_be_visible()
    show(page, "/words")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    items = json.loads(download.value.path().read_text(encoding="utf-8"))["items"]
    assert [each["word"] for each in items] == ["cheapskate"]
    new = json.dumps({"items": [{"word": "miser"}]}).encode()
    page.locator("input[type=file]").set_input_files({"name": "w.json", "mimeType": "application/json", "buffer": new})
    page.get_by_role("dialog").get_by_role("button", name="Import").click()
    page.get_by_role("row").filter(has_text="miser").wait_for()
    expect(page.get_by_role("row").filter(has_text="cheapskate")).to_have_count(0)


@pytest.fixture(name="hostile")
def _hostile(busy: str) -> None:
    """Write hostile strings wherever the desk keeps words of people."""
    with httpx.Client(base_url=busy, timeout=60) as client:
        words = [{"word": f"x{text}"[:100], "remedy": text} for text in HOSTILE]
        client.post("/v1/knowledge-bases/shop/words", json={"items": words})
        intents = [{"id": f"h{at}", "examples": [text], "queue": text} for at, text in enumerate(HOSTILE)]
        client.put("/v1/knowledge-bases/shop/intents", json={"items": intents})
        for at, text in enumerate(HOSTILE):
            reply = {"shortcut": f"h{at}", "language": "en", "title": text, "text": text, "category": text[:150]}
            client.post("/v1/canned-replies", json={"knowledge_base": "shop", **reply})
        for text in HOSTILE[:12]:
            client.post("/v1/keys", json={"name": text, "roles": ["bot"], "access": [text[:100]]})
            entry = {"question": f"Is it so? {text}", "answer": f"Yes: {text}", "tags": [text[:100]]}
            client.post("/v1/faqs", json={"knowledge_base": "shop", **entry})


@pytest.mark.usefixtures("hostile")
def test_hostile_strings_stay_text(page: Page) -> None:
    for path in ("/canned", "/faqs", "/words", "/intents", "/keys", "/audit"):
        show(page, path)
        nothing_ran(page)
        if path != "/audit":
            assert page.get_by_text(HOSTILE[2]).count() >= 1, path
    show(page, "/canned")
    page.get_by_role("row").filter(has_text="/h15").get_by_role("button", name="Edit").click()
    assert page.get_by_role("dialog").get_by_label("Text").input_value() == HOSTILE[15]
    nothing_ran(page)
    show(page, "/rules")
    page.get_by_label("Reply").fill(f"{HOSTILE[2]} idiot {HOSTILE[3]}")
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator("mark", has_text="idiot").wait_for()
    nothing_ran(page)
