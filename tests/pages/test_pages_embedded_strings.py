"""Strings that try to become scripts: shown in the sidebar and the chat as what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.pages.conftest import OpenPage
from tests.pages.hostile import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.looks
KB = "hostile"
UNSAFE = """(name) => {
  const root = document.querySelector(name).root;
  const bad = [...root.querySelectorAll("*")].filter((node) =>
    ["SCRIPT", "IFRAME", "OBJECT", "EMBED", "BASE", "META", "MATH", "STYLE", "LINK"].includes(node.tagName) ||
    [...node.attributes].some(({ name, value }) => name.startsWith("on") || /^\\s*javascript:/i.test(value)));
  return bad.map((node) => node.outerHTML);
}"""


@pytest.fixture(scope="module")
def hostile(service: str) -> str:
    """Fill a knowledge base with the strings: names, titles, contents, canned replies; return its name."""
    import httpx

    with httpx.Client(base_url=service, timeout=60) as client:
        client.post("/v1/knowledge-bases", json={"name": KB, "description": HOSTILE[0]}).raise_for_status()
        files = []
        for place, text in enumerate(HOSTILE):
            title = text.replace("\x0b", " ")
            asked = f"How long is the warranty of kettle {place}?"
            page = f"Kettle {place} {title}\n\n{asked}\n\nThe warranty of kettle {place} lasts 24 months {text}.\n"
            files.append(("files", (f"{place} {title}.txt".replace("/", "|"), page.encode())))
        client.post("/v1/documents", data={"knowledge_base": KB, "kind": "faq"}, files=files).raise_for_status()
        for place, text in enumerate(HOSTILE):
            reply = {
                "shortcut": f"w{place}",
                "language": "en",
                "title": f"warranty {text}",
                "text": f"24 months {text}",
            }
            client.post("/v1/canned-replies", json={"knowledge_base": KB, **reply})
    return KB


def calm(page: Page, name: str) -> None:
    page.wait_for_timeout(200)
    assert page.evaluate("() => window.executed") == 0
    assert page.evaluate(UNSAFE, name) == []


def test_the_sidebar_shows_hostile_strings_as_text(open_page: OpenPage, hostile: str) -> None:
    page, _ = open_page()
    page.goto(f"/sidebar/demo?knowledge-base={hostile}")
    turns: list[dict[str, Any]] = [
        {"role": "customer", "text": f"How long is the warranty? {text}"} for text in HOSTILE
    ]
    page.locator("knowdesk-sidebar .tabs").wait_for()
    page.evaluate("(turns) => (document.querySelector('knowdesk-sidebar').turns = turns)", turns)
    page.locator("li.suggestion").first.wait_for(timeout=30_000)
    for each in page.locator("li.suggestion details summary").all():
        each.click()
    calm(page, "knowdesk-sidebar")
    page.locator("li.suggestion").first.get_by_role("button", name="Edit").click()
    page.locator(".composer textarea").fill("\n".join(HOSTILE) + " We guarantee it 100%, absolutely.")
    page.locator(".composer").get_by_role("button", name="Check").click()
    page.locator(".checked").wait_for(timeout=20_000)
    calm(page, "knowdesk-sidebar")
    tabs = page.locator("knowdesk-sidebar").get_by_role("tab")
    tabs.nth(2).click()
    page.locator(".statements").first.wait_for(timeout=30_000)
    calm(page, "knowdesk-sidebar")
    tabs.nth(1).click()
    page.get_by_role("searchbox").fill(f"warranty kettle {HOSTILE[0]}")
    page.keyboard.press("Enter")
    page.locator(".cards > li").first.get_by_role("button", name="Open").click()
    page.locator(".document").wait_for()
    expect(page.locator(".cards")).to_contain_text("window.executed=1")
    calm(page, "knowdesk-sidebar")


def test_the_chat_shows_hostile_strings_as_text(open_page: OpenPage, hostile: str) -> None:
    page, _ = open_page()
    page.goto(f"/chat/demo?mode=inline&knowledge-base={hostile}")
    box = page.locator("knowdesk-chat textarea")
    for place in (1, 6):
        box.fill(f"How long is the warranty of kettle {place}? {HOSTILE[place]}")
        page.keyboard.press("Enter")
        page.locator(".said.assistant:not([aria-busy])").nth(1 if place == 1 else 2).wait_for(timeout=20_000)
    page.evaluate(
        "(texts) => texts.forEach((text) => document.querySelector('knowdesk-chat').say(text, text))", HOSTILE
    )
    page.evaluate("(text) => (document.querySelector('knowdesk-chat').queueText = text)", HOSTILE[0])
    expect(page.locator(".said.customer").first).to_contain_text(HOSTILE[1])
    calm(page, "knowdesk-chat")
    page.get_by_role("button", name="FAQ").click()
    page.locator("details.entry").first.wait_for()
    for each in page.locator("details.entry summary").all()[:8]:
        each.click()
    calm(page, "knowdesk-chat")
    page.reload()
    page.locator(".said.customer").first.wait_for()
    calm(page, "knowdesk-chat")
