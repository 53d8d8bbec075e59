"""A customer chats with the widget on a shop's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.pages.conftest import OpenPage
from tests.pages.test_pages_accessible import violations

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def opened(open_page: OpenPage, path: str = "/chat/demo", **look: Any) -> Page:
    from tests.pages.watching import Look

    page, _ = open_page(Look(**look))
    page.goto(path)
    page.locator("knowdesk-chat .window").wait_for(state="attached")
    launcher = page.locator("knowdesk-chat .launcher")
    if launcher.count():
        launcher.click()
    return page


def ask(page: Page, question: str) -> Locator:
    """Ask and return the answer once it is whole."""
    said = page.locator(".said.assistant:not([aria-busy])")
    before = said.count()
    page.locator("knowdesk-chat textarea").first.fill(question)
    page.keyboard.press("Enter")
    said.nth(before).wait_for(timeout=20_000)
    return said.nth(before)


def test_a_customer_is_asked_back_answered_and_handed_over_and_finds_it_all_after_a_reload(
    open_page: OpenPage,
) -> None:
    page = opened(open_page, language="zh-TW")
    back = ask(page, "保固多久？")
    expect(back).to_contain_text("請問您是以下哪一種情況")
    back.get_by_role("button", name="R3 馬達").click()
    answer = page.locator(".said.assistant:not([aria-busy])").nth(2)
    answer.wait_for(timeout=20_000)
    expect(back.get_by_role("button")).to_have_count(0)
    marker = answer.get_by_role("button", name="來源 1")
    marker.click()
    assert answer.locator("details[open] blockquote").first.inner_text() in answer.inner_text()
    expect(answer).to_contain_text("3 年")

    handed = ask(page, "我要轉接真人客服，訂單 MV-2026-004512 一直沒到")
    expect(handed).to_contain_text("轉接")
    page.get_by_text("您前面還有 1 位顧客").wait_for()
    heard = page.get_by_role("list", name="頁面收到的事件").inner_text()
    assert "knowdesk-handoff" in heard
    assert '"reason":"requested"' in heard
    assert "MV-2026-004512" in heard.split("knowdesk-handoff")[1]
    page.get_by_placeholder("以客服人員身分回覆").fill("您好，我是 Mia，馬上為您查詢。")
    page.keyboard.press("Enter")
    page.locator(".said.agent", has_text="馬上為您查詢").wait_for()

    page.reload()
    page.locator("knowdesk-chat .launcher").click()
    page.locator(".said.customer", has_text="MV-2026-004512").wait_for()
    log = page.get_by_role("log").inner_text()
    assert log.index("保固多久") < log.index("3 年") < log.index("MV-2026-004512")
    expect(page.locator("knowdesk-chat .state")).to_have_text("客服人員會盡快在這裡回覆您。")
    page.locator(".menu summary").click()
    page.get_by_role("button", name="開始新的對話").click()
    expect(page.locator(".said.customer")).to_have_count(0)


def test_an_answer_is_judged_and_the_chat_rated(open_page: OpenPage) -> None:
    page = opened(open_page)
    answer = ask(page, "When is my card charged?")
    expect(answer).to_contain_text("When you place the order")
    answer.get_by_role("button", name="Yes").click()
    answer.get_by_role("radio", name="5 stars").check(force=True)
    answer.get_by_label("In your own words").fill("Quick!")
    answer.get_by_role("button", name="Send rating").click()
    answer.locator(".rating", has_text="Thank you").wait_for()
    kept = page.request.get("/v1/feedback?knowledge_base=shop").json()["items"][:2]
    assert [(each["csat"], each["verdict"], each["comment"]) for each in kept] == [
        (5, None, "Quick!"),
        (None, "solved", ""),
    ]


def test_the_faq_is_shown_by_category_and_searched(open_page: OpenPage) -> None:
    page = opened(open_page, "/chat/demo?mode=inline", language="ja")
    page.get_by_role("button", name="よくある質問").click()
    page.locator("details.entry").first.wait_for()
    categories = page.locator(".faq h3").all_inner_texts()
    assert "会員アカウントとセキュリティに関するよくあるご質問" in categories
    page.get_by_role("searchbox").fill("退会")
    page.locator("details.entry", has_text="退会するとデータはどうなりますか").wait_for()
    page.wait_for_function(
        "() => document.querySelector('knowdesk-chat').root.querySelectorAll('details.entry').length < 5"
    )
    page.locator("details.entry summary").first.click()
    expect(page.locator("details.entry[open]")).to_contain_text("プライバシー")
    page.get_by_role("searchbox").fill("ユニコーン")
    page.get_by_text("該当する質問がありません").wait_for()


def test_a_service_that_is_away_is_told_with_a_way_to_try_again(open_page: OpenPage) -> None:
    from tests.pages.watching import Look

    page, watch = open_page(Look())
    watch.allowed.append("ERR_FAILED")
    page.goto("/chat/demo?mode=inline")
    page.locator("knowdesk-chat textarea").wait_for()
    page.route("**/v1/answer", lambda route: route.abort())
    page.locator("knowdesk-chat textarea").fill("How long is the warranty?")
    page.keyboard.press("Enter")
    page.get_by_text("The server cannot be reached").wait_for()
    page.unroute("**/v1/answer")
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("log").get_by_text("Which of these applies to you?").wait_for(timeout=20_000)


def test_escape_closes_and_the_focus_goes_back(open_page: OpenPage) -> None:
    page = opened(open_page)
    active = "() => document.activeElement.shadowRoot.activeElement.className"
    assert page.evaluate("() => document.activeElement.shadowRoot.activeElement.tagName") == "TEXTAREA"
    page.keyboard.press("Escape")
    assert page.evaluate(active) == "launcher"
    assert page.locator("knowdesk-chat .window").is_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("knowdesk-chat .window")).to_be_visible()


pytestmark = pytest.mark.looks
SPEECH = """
window.spoken = [];
window.webkitSpeechRecognition = window.SpeechRecognition = class {
  start() { setTimeout(() => this.end(), 10); }
  end() {
    window.heardIn = this.lang;
    this.onresult({ results: [[{ transcript: "保固多久？" }]] });
    this.onend();
  }
};
const speak = (said) => {
  spoken.push([said.lang, said.text]);
  said.onend();
};
Object.defineProperty(window, "speechSynthesis", { value: { cancel() {}, speak } });
"""


def test_what_is_said_is_written_and_answers_are_read_aloud(open_page: OpenPage) -> None:
    from tests.pages.watching import Look

    page, _ = open_page(Look(language="zh-TW"))
    page.add_init_script(SPEECH)
    page.goto("/chat/demo?mode=inline")
    page.get_by_role("button", name="語音輸入").click()
    page.wait_for_function(
        "() => document.querySelector('knowdesk-chat').root.querySelector('textarea').value === '保固多久？'"
    )
    assert page.evaluate("() => heardIn") == "zh-TW"
    answer = ask(page, "超商付款要幾天內繳費？")
    answer.get_by_role("button", name="朗讀").click()
    (language, text), *_ = page.evaluate("() => spoken")
    assert language == "zh-TW"
    assert text in answer.inner_text().replace(" [1]", "").replace("[1]", "")


@pytest.mark.parametrize(
    ("language", "scheme", "width", "path"),
    [
        ("en", "light", 1440, "/chat/demo"),
        ("zh-TW", "dark", 360, "/chat/demo"),
        ("ja", "dark", 1440, "/chat/demo?mode=inline"),
        ("zh-CN", "light", 360, "/chat/demo?mode=inline"),
    ],
)
def test_axe_finds_nothing(open_page: OpenPage, language: str, scheme: str, width: int, path: str) -> None:
    page = opened(open_page, path, language=language, scheme=scheme, width=width, height=740)
    ask(
        page,
        {"en": "When is my card charged?", "ja": "返品の送料は誰が負担しますか"}.get(language, "保固多久？"),
    )
    assert violations(page) == []
    page.locator(".head button[aria-pressed]").click()
    page.locator("details.entry").first.wait_for()
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
