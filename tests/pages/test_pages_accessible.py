"""Every page of this part: clean for axe-core in both themes, on a phone and a wide screen; usable by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.pages.conftest import KB, OpenPage, Serve
from tests.pages.watching import Look

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.looks
LOOKS = (Look("en"), Look("zh-TW", "dark", 360, 740), Look("ja", "dark"), Look("zh-CN", "light", 360, 740))
FIXED = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const small = [...document.querySelectorAll("button, select, input:not(.unseen), summary")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width && box.height && (box.height < 18 || box.width < 18);
  });
  return [wide, small.map((each) => each.outerHTML.slice(0, 120))];
}"""

FOCUSED = """() => {
  const at = document.activeElement;
  return at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText;
}"""


@pytest.fixture(scope="module")
def service(serve: Serve) -> Iterator[str]:
    """Return the address of a service of these tests' own, which does a job."""
    with serve() as address:
        yield address


@pytest.fixture(scope="module")
def places(service: str) -> list[str]:
    """Return the addresses of the pages, over a document with two versions and a job with a file that failed."""
    with httpx.Client(base_url=service, timeout=120) as client:
        params = {"knowledge_base": KB, "uri": "en/warranty"}
        document = client.get("/v1/documents", params=params).json()["items"][0]["id"]
        client.patch(f"/v1/documents/{document}", json={"tags": ["looked-at"]}).raise_for_status()
        files = [("files", ("broken.pdf", b"%PDF-1.7 none"))]
        job = client.post("/v1/documents", data={"knowledge_base": KB, "wait": "false"}, files=files).json()["id"]
    return [
        "/console",
        "/console/knowledge-bases",
        "/console/documents",
        "/console/documents?name=nothing-is-called-so",
        "/console/documents/upload",
        f"/console/documents/{document}?start=10&end=60",
        f"/console/documents/{document}?tab=versions",
        f"/console/documents/{document}?tab=details",
        "/console/jobs",
        f"/console/jobs/{job}",
        "/console/nowhere",
        "/console/playground?q=Can+I+return+an+opened+coffee+machine%3F",
    ]


def violations(page: Page) -> list[str]:
    """Return what axe-core finds; what a bar covers by chance of where the page is scrolled to is no small target."""
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    options: dict[str, Any] = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for each in found
        for node in each["nodes"]
        if not (each["id"] == "target-size" and "partially obscured" in node["failureSummary"])
    ]


def settle(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("heading").first.wait_for()
    if "playground" in address:
        page.locator(".bars").last.wait_for()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.language}-{look.scheme}-{look.width}")
def test_no_page_has_a_barrier(look: Look, places: list[str], open_page: OpenPage) -> None:
    page, _ = open_page(look)
    for address in places:
        settle(page, address)
        wide, small = page.evaluate(FIXED)
        assert (address, wide, small) == (address, 0, [])
        assert (address, violations(page)) == (address, [])


def test_dialogs_have_no_barrier_and_give_the_focus_back(places: list[str], open_page: OpenPage) -> None:
    page, _ = open_page(Look("en", "dark"))
    settle(page, places[-1])
    opener = page.get_by_role("button", name="Open citation 1")
    opener.press("Enter")
    page.locator("dialog mark").wait_for()
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert opener.evaluate("(button) => document.activeElement === button")
    settle(page, places[1])
    page.get_by_role("button", name="New knowledge base").press("Enter")
    assert page.get_by_label("Name").evaluate("(field) => document.activeElement === field")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Enter a name")).to_be_visible()
    assert violations(page) == []


def test_everything_is_reached_by_keyboard(places: list[str], open_page: OpenPage) -> None:
    page, _ = open_page()
    settle(page, places[2])
    page.locator("body").focus()
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Skip to content"
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(FOCUSED))
    assert {
        "Jobs",
        "Knowledge base",
        "Language",
        "Upload",
        "Search by title or path",
        "Kind",
        "Account and security",
    } <= seen


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(open_page: OpenPage) -> None:
    page, _ = open_page(Look(width=360, height=740))
    settle(page, "/console")
    opener = page.get_by_role("button", name="Menu")
    link = page.get_by_role("navigation").get_by_role("link", name="Documents")
    expect(link).not_to_be_visible()
    opener.press("Enter")
    link.wait_for()
    assert opener.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert opener.evaluate("(button) => document.activeElement === button")
    assert opener.get_attribute("aria-expanded") == "false"


@pytest.mark.parametrize(
    ("tag", "lang", "heading"),
    [("zh-CN", "zh-Hans", "文档"), ("zh-HK", "zh-Hant", "文件"), ("ja", "ja", "文書"), ("fr", "en", "Documents")],
)
def test_the_browser_chooses_the_language(tag: str, lang: str, heading: str, open_page: OpenPage) -> None:
    page, _ = open_page(Look(tag))
    page.goto("/console/documents")
    page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()
    assert page.locator("html").get_attribute("lang") == lang


def test_language_and_theme_can_be_chosen_and_are_kept(page: Page) -> None:
    page.goto("/console/jobs")
    page.get_by_label("Language").select_option("ja")
    page.get_by_role("heading", level=1, name="ジョブ").wait_for()
    page.get_by_role("button", name="外観").click()
    page.reload()
    page.get_by_role("heading", level=1, name="ジョブ").wait_for()
    assert page.locator("html").get_attribute("data-theme") == "light"
