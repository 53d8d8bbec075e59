"""An agent works with the sidebar beside a ticket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.pages.conftest import OpenPage
from tests.pages.test_pages_accessible import violations

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

HEARD = """
window.heard = [];
for (const name of ["insert", "feedback", "send-checked", "warning", "error"])
  addEventListener(`knowdesk-${name}`, (event) => heard.push([name, event.detail]));
"""


def opened(open_page: OpenPage, **look: Any) -> Page:
    from tests.pages.watching import Look

    page, _ = open_page(Look(**look))
    page.add_init_script(HEARD)
    page.goto("/sidebar/demo")
    page.locator("li.suggestion").first.wait_for(timeout=30_000)
    return page


def heard(page: Page, name: str) -> list[Any]:
    return [detail for event, detail in page.evaluate("heard") if event == name]


def tab(page: Page, place: int) -> Locator:
    return page.locator("knowdesk-sidebar").get_by_role("tab").nth(place)


def test_an_agent_takes_a_suggestion_and_edits_another(open_page: OpenPage) -> None:
    page = opened(open_page, language="zh-TW")
    cards, box = page.locator("li.suggestion"), page.locator("section.ticket textarea")
    cards.nth(0).get_by_role("button", name="插入").click()
    cards.nth(0).get_by_role("status").wait_for()
    assert "代碼無法延長" in box.input_value()
    assert heard(page, "feedback")[0]["verdict"] == "accepted"

    cards.nth(1).get_by_role("button", name="修改").click()
    own = page.locator(".composer textarea")
    own.fill("您好，請問您的訂單編號是多少？")
    page.locator(".composer").get_by_role("button", name="插入").click()
    page.locator(".composer").get_by_role("status").wait_for()
    assert "請問您的訂單編號是多少" in box.input_value()
    assert [each["verdict"] for each in heard(page, "feedback")] == ["accepted", "edited"]
    assert heard(page, "insert")[1]["suggestionId"] == heard(page, "feedback")[1]["id"]

    before = cards.count()
    cards.nth(before - 1).get_by_role("button", name="不適用").click()
    page.wait_for_function(
        "(count) => document.querySelector('knowdesk-sidebar').root.querySelectorAll('li.suggestion').length < count",
        arg=before,
    )
    assert heard(page, "feedback")[-1]["verdict"] == "rejected"


def test_a_promise_that_the_policy_contradicts_is_not_sent(open_page: OpenPage) -> None:
    page = opened(open_page, language="zh-CN")
    page.get_by_role("button", name="写一条过度承诺的回复").click()
    page.locator("section.ticket").get_by_role("button", name="发送", exact=True).click()
    shown = page.locator(".checked")
    shown.wait_for()
    expect(page.locator("section.ticket").get_by_role("status")).to_have_text("未发送，请看右侧提示。")
    expect(shown).to_contain_text("与政策不符")
    assert shown.locator(".quoted mark").all_inner_texts()[1] == "拆封后30天内都可以退货"
    shown.get_by_text("退换货政策").click()
    expect(shown.locator("blockquote")).to_contain_text("主机、配件、说明书和赠品要齐全")
    assert heard(page, "send-checked")[0]["verdict"] == "block"
    page.locator(".composer textarea").fill("加我微信，绝对没问题。")
    page.locator(".composer").get_by_role("button", name="插入").click()
    page.wait_for_function("() => heard.filter(([name]) => name === 'send-checked').length === 2")
    assert heard(page, "insert") == []


def test_what_may_be_sent_goes_into_the_conversation(open_page: OpenPage) -> None:
    page = opened(open_page)
    page.locator("section.ticket textarea").fill("I am looking into it and will write to you again here.")
    page.locator("section.ticket").get_by_role("button", name="Send", exact=True).click()
    page.locator("section.ticket li.agent").wait_for()
    assert heard(page, "send-checked")[0]["verdict"] == "pass"
    page.locator("li.suggestion").first.wait_for()


def test_a_draft_is_written_in_a_tone_and_made_shorter(open_page: OpenPage) -> None:
    page = opened(open_page)
    box = page.locator(".composer textarea")
    page.get_by_role("button", name="Write a draft").click()
    page.locator(".composer:not(.idle)").wait_for(timeout=20_000)
    friendly = box.input_value()
    page.locator(".composer").get_by_label("Tone").select_option("formal")
    page.wait_for_function(
        "(text) => document.querySelector('knowdesk-sidebar').root.querySelector('.composer textarea').value !== text",
        arg=friendly,
    )
    assert "We understand your concern" in box.input_value()
    assert "let's" in friendly
    page.get_by_role("button", name="Shorter").click()
    page.locator(".composer [aria-disabled]").wait_for(state="detached")
    assert 0 < len(box.input_value()) <= len(friendly) * 3


def test_summary_mood_search_and_form(open_page: OpenPage) -> None:
    page = opened(open_page)
    tab(page, 2).click()
    page.locator(".statements").first.wait_for(timeout=20_000)
    summary = page.get_by_role("region", name="Summary").inner_text()
    assert "At what point may I report the parcel as lost?" in summary
    assert re.search(r"\[\d\]", summary)
    expect(page.get_by_role("img", name=re.compile("Mood from turn to turn"))).to_have_count(1)
    page.get_by_role("button", name="Insert as a note").click()
    assert heard(page, "insert")[0]["kind"] == "note"

    tab(page, 1).click()
    page.get_by_role("searchbox").fill("parcel lost working days")
    page.keyboard.press("Enter")
    first = page.locator(".cards > li").first
    first.wait_for()
    expect(first.locator("mark").first).to_be_attached()
    first.get_by_role("button", name="Open").click()
    document = first.locator(".document")
    document.wait_for()
    assert document.locator("mark").inner_text().strip() in first.locator("p.pre").inner_text() + document.inner_text()
    assert document.evaluate("node => node.getRootNode().activeElement === node")

    tab(page, 3).click()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("Choose a photograph first")).to_be_visible()


def test_everything_is_reached_by_keyboard(open_page: OpenPage) -> None:
    page = opened(open_page)
    tab(page, 0).focus()
    page.keyboard.press("ArrowRight")
    assert tab(page, 1).get_attribute("aria-selected") == "true"
    page.keyboard.press("End")
    assert tab(page, 3).get_attribute("aria-selected") == "true"
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    focused = "document.activeElement.shadowRoot?.activeElement"
    names = set()
    for _ in range(12):
        names.add(page.evaluate(f"{focused}?.textContent.trim() || {focused}?.tagName"))
        page.keyboard.press("Tab")
    assert {"Insert", "Edit", "Not helpful"} <= names


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("en", "light", 1440), ("ja", "dark", 1440), ("zh-TW", "light", 360)]
)
def test_axe_finds_nothing(open_page: OpenPage, language: str, scheme: str, width: int) -> None:
    page = opened(open_page, language=language, scheme=scheme, width=width)
    for place in (0, 2, 3):
        tab(page, place).click()
        if place == 2:
            page.locator(".statements").first.wait_for(timeout=20_000)
        page.wait_for_load_state("networkidle")  # what comes late moves what is there
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
