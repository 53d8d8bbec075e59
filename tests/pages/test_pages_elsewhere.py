"""What is offered to pages of other origins, in such pages, with strict policies of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.pages.keyed import Keyed, elsewhere, keyed_service
from tests.serving import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PORTS = {name: free_port() for name in ("shop", "desk", "thief")}
ORIGINS = {name: f"http://127.0.0.1:{port}" for name, port in PORTS.items()}
HOST = '<!doctype html><html lang="en"><title>Host</title><script type="module" src="/host.js"></script><body>'
TURNS = [{"role": "customer", "text": "Can I return an opened coffee machine?"}]
SIDEBAR = """
import "{service}/sidebar/knowdesk-sidebar.js";
const sidebar = document.createElement("knowdesk-sidebar");
const said = {{ key: "{key}", "knowledge-base": "shop", language: "en" }};
for (const [name, value] of Object.entries(said)) sidebar.setAttribute(name, value);
sidebar.turns = {turns};
window.heard = [];
sidebar.addEventListener("knowdesk-insert", (event) => heard.push(event.detail));
document.body.append(sidebar);
"""
FRAMED = """
window.heard = [];
const frame = document.createElement("iframe");
frame.title = "Knowdesk";
frame.width = 420;
frame.height = 800;
addEventListener("message", (event) => {{
  if (event.source !== frame.contentWindow || event.origin !== "{service}") return;
  heard.push(event.data);
  if (event.data.type !== "knowdesk-ready") return;
  const attributes = {{ key: "{key}", "knowledge-base": "shop", language: "en" }};
  frame.contentWindow.postMessage({{ type: "knowdesk-set", attributes, turns: {turns} }}, "{service}");
}});
frame.src = "{service}/sidebar/frame";
document.body.append(frame);
"""
CHAT = """
import "{service}/chat/knowdesk-chat.js";
const chat = document.createElement("knowdesk-chat");
const said = {{ key: "{key}", "knowledge-base": "shop", language: "ja", mode: "inline" }};
for (const [name, value] of Object.entries(said)) chat.setAttribute(name, value);
document.body.append(chat);
"""
STOLEN = """
const headers = {{ Authorization: "Bearer {key}", "Content-Type": "application/json" }};
const tries = [
  ["POST", "/v1/answer", {{ question: "warranty" }}],
  ["POST", "/v1/search", {{ query: "warranty" }}],
  ["GET", "/v1/faqs?knowledge_base=shop"],
  ["GET", "/v1/keys"],
  ["GET", "/v1/documents?knowledge_base=shop"],
  ["GET", "/v1/caller"],
];
window.results = Promise.all(tries.map(async ([method, path, asked]) => {{
  try {{
    const body = asked && JSON.stringify({{ knowledge_base: "shop", ...asked }});
    const reply = await fetch("{service}" + path, {{ method, headers, body }});
    return reply.status;
  }} catch {{
    return "unreadable";
  }}
}}));
"""


@pytest.fixture(scope="module")
def keyed(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keyed]:
    with keyed_service(sample_folder, tmp_path_factory.mktemp("keyed"), page_origins=[ORIGINS["desk"]]) as made:
        yield made


@pytest.fixture
def host(browser: Browser, keyed: Keyed) -> Iterator[Any]:
    """Return what opens a page of the origin of that name, whose script is given; nothing may go wrong on it."""
    from tests.pages.watching import Look, watched

    with ExitStack() as closing:

        def opened(name: str, script: str, *, allowed: tuple[str, ...] = (), **values: str) -> Page:
            filled = script.format(service=keyed.address, turns=TURNS, **values)
            files = {"/": HOST, "/host.js": filled, "/favicon.ico": ""}
            address = closing.enter_context(elsewhere(PORTS[name], files, keyed.address))
            _, page, watch = closing.enter_context(watched(browser, address, Look(height=1000)))
            watch.hosts.append(keyed.address.removeprefix("http://"))
            watch.allowed.extend(allowed)
            page.goto("/")
            return page

        yield opened


def test_the_sidebar_works_in_a_page_of_another_origin(host: Any, keyed: Keyed) -> None:
    page = host("desk", SIDEBAR, key=keyed.agent())
    page.locator("li.suggestion").first.wait_for(timeout=30_000)
    page.locator("li.suggestion").first.get_by_role("button", name="Insert").click()
    page.locator("li.suggestion").first.get_by_role("status").wait_for()
    assert page.evaluate("() => heard[0].text.length > 10")
    accent = "() => getComputedStyle(document.querySelector('knowdesk-sidebar')).getPropertyValue('--accent')"
    before = page.evaluate(accent)
    page.evaluate("() => document.querySelector('knowdesk-sidebar').style.setProperty('--accent', 'rgb(1, 2, 3)')")
    tab = "document.querySelector('knowdesk-sidebar').root.querySelector('[aria-selected=true]')"
    page.wait_for_timeout(500)  # colours change by degrees
    assert page.evaluate(f"() => getComputedStyle({tab}).color") == "rgb(1, 2, 3)"
    assert page.evaluate(accent) != before


def test_the_sidebar_works_in_a_frame(host: Any, keyed: Keyed) -> None:
    page = host("desk", FRAMED, key=keyed.agent())
    frame = page.frame_locator("iframe")
    frame.locator("li.suggestion").first.get_by_role("button", name="Insert").click(timeout=30_000)
    page.wait_for_function("() => heard.some((each) => each.type === 'knowdesk-insert' && each.detail.text)")


def test_no_other_page_may_frame_it(host: Any, keyed: Keyed) -> None:
    page = host("thief", FRAMED, key=keyed.agent(), allowed=("frame-ancestors", "Framing"))
    page.wait_for_timeout(500)
    assert page.evaluate("() => heard.length") == 0


def test_the_key_of_an_agent_is_of_no_use_to_other_pages(host: Any, keyed: Keyed) -> None:
    page = host("thief", STOLEN, key=keyed.agent(), allowed=("CORS", "ERR_FAILED", "403"))
    assert set(page.evaluate("() => results")) == {"unreadable"}


def test_customers_chat_on_the_pages_of_a_public_key(host: Any, keyed: Keyed) -> None:
    page = host("shop", CHAT, key=keyed.public(ORIGINS["shop"]))
    box = page.locator("knowdesk-chat textarea")
    box.fill("返品の送料は誰が負担しますか")
    page.keyboard.press("Enter")
    answer = page.locator(".said.assistant:not([aria-busy])").nth(1)
    answer.wait_for(timeout=20_000)
    expect(answer).to_contain_text("当店が負担します")
    answer.get_by_role("button", name="はい").click()
    answer.get_by_text("ご回答ありがとうございます").wait_for()
    page.reload()
    page.locator(".said.customer", has_text="返品の送料").wait_for()
    page.get_by_role("button", name="よくある質問").click()
    page.locator("details.entry").first.wait_for()


def test_a_stolen_public_key_reads_nothing_from_elsewhere_and_can_only_chat_at_home(host: Any, keyed: Keyed) -> None:
    key = keyed.public(ORIGINS["shop"])
    blocked = ("CORS", "ERR_FAILED", "403")
    assert set(host("thief", STOLEN, key=key, allowed=blocked).evaluate("() => results")) == {"unreadable"}
    home = host("shop", STOLEN, key=key, allowed=blocked).evaluate("() => results")
    assert home == [200, 403, 200, 403, 403, 403]
