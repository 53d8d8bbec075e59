"""Every page of desk, insights, quality and system: four languages, both themes, phone and desk, axe, keyboard."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from api.pages.files import STATIC
from tests.pages.conftest import OpenPage
from tests.pages.test_pages_accessible import violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.looks
LOCALES = STATIC / "shared" / "locales"
PARTS = "|".join(sorted(path.stem for path in (LOCALES / "en").glob("*.json")))
RAW_KEY = re.compile(rf"(?<![\w/.-])(?:{PARTS})\.[a-z][\w.-]*(?!\.(?:md|js|json))")
LOOKS = (("en", "light", 1440), ("zh-Hans", "dark", 1440), ("zh-Hant", "light", 360), ("ja", "dark", 360))
ADDRESSES = {
    **{name: f"/{name}" for name in ("canned", "faqs", "intents", "words", "rules", "topics", "sentiment", "gaps")},
    **{name: f"/{name}" for name in ("proposals", "upkeep", "evaluations", "keys", "audit", "health")},
    **{name: f"/{name}" for name in ("feedback", "webhooks", "customers")},
    "knowledge-bases-of-indexes": "/knowledge-bases/shop/indexes",
    "evaluations-of-one": "/evaluations/november",
    "evaluations-of-comparison": "/evaluations/november/comparisons/october",
}


def show(page: Page, path: str) -> None:
    """Go to a page of the console and wait until nothing loads any more."""
    page.goto(f"/console{path}")
    page.locator("main h1").wait_for()
    page.locator("main:not(:has(.skeleton))").wait_for()


@pytest.fixture(name="look", params=LOOKS, ids=lambda look: "-".join(map(str, look)))
def _look(request: pytest.FixtureRequest, open_page: OpenPage, busy: str) -> tuple[str, Page]:
    from tests.pages.watching import Look

    language, scheme, width = request.param
    page, _ = open_page(Look(language=language, scheme=scheme, width=width), busy)
    return language, page


def test_every_page_is_whole_in_every_language(look: tuple[str, Page]) -> None:
    language, page = look
    nav = json.loads((LOCALES / language / "nav.json").read_text(encoding="utf-8"))
    for name, path in ADDRESSES.items():
        show(page, path)
        heading = page.locator("main h1").inner_text()
        assert "-of-" in name or heading == nav[name], path
        assert RAW_KEY.findall(page.locator("body").inner_text()) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{path} is too wide"
        assert page.locator("html").get_attribute("lang") == language


def test_axe_finds_nothing(look: tuple[str, Page]) -> None:
    _, page = look
    for path in ADDRESSES.values():
        show(page, path)
        assert violations(page) == [], path


DIALOGS = {  # pages with a form, by the button that opens it
    "/canned": "New reply",
    "/faqs": "New entry",
    "/intents": "New intent",
    "/words": "Add a word",
    "/keys": "New key",
    "/webhooks": "New webhook",
    "/proposals": "Look through conversations",
}


def test_forms_open_by_keyboard_say_what_is_missing_and_give_focus_back(open_page: OpenPage, busy: str) -> None:
    page, _ = open_page(None, busy)
    for path, name in DIALOGS.items():
        show(page, path)
        opener = page.get_by_role("button", name=name)
        opener.focus()
        page.keyboard.press("Enter")
        page.get_by_role("dialog").wait_for()
        assert violations(page) == [], path
        if path != "/proposals":
            page.get_by_role("dialog").locator("button[type=submit]").click()
            assert page.get_by_role("dialog").locator("[aria-invalid=true]").count() >= 1, path
            assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true", path
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert opener.evaluate("node => node === document.activeElement"), path


@pytest.mark.parametrize("text", ["canned.title is raw", "see keys.new", "t(words.add)"])
def test_a_raw_key_would_be_seen(text: str) -> None:
    assert RAW_KEY.search(text)
    assert not RAW_KEY.search("knowdesk.toml, returns.md, audit. Done")
