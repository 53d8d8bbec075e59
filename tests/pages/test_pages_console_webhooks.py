"""Webhooks in a browser: added with a secret that is shown once, tested, watched, switched off, deleted."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.pages.conftest import OpenPage, Serve
from tests.pages.hostile import HOSTILE, INJECTED
from tests.pages.test_pages_accessible import violations
from tests.pages.test_pages_console_every import show

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.looks


@contextmanager
def receiver(status: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Take messages while the block lasts and answer each with a status; give the address and what came."""
    came: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hooks", came
    finally:
        server.shutdown()
        thread.join(timeout=5)
        server.server_close()


@pytest.fixture(scope="module")
def hooked(serve: Serve) -> Iterator[str]:
    """Return the address of an empty service that may send to this machine."""
    with serve(empty=True, url_allow_private=True) as address:
        yield address


@pytest.fixture(name="page")
def _page(open_page: OpenPage, hooked: str) -> Page:
    return open_page(None, hooked)[0]


def add(page: Page, url: str) -> str:
    """Add a webhook by the form; return its secret."""
    show(page, "/webhooks")
    page.get_by_role("button", name="New webhook").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Address").fill(url)
    dialog.get_by_label("Gap found").check()
    dialog.get_by_role("button", name="Add").click()
    return page.locator("output.secret").inner_text()


def known(address: str, url: str) -> dict[str, Any]:
    """Return the webhook of an address as the API tells it."""
    items = httpx.get(f"{address}/v1/webhooks").json()["items"]
    found: dict[str, Any] = next(each for each in items if each["url"] == url)
    return found


def test_a_webhook_is_added_tested_and_watched(page: Page, hooked: str) -> None:
    with receiver(204) as (url, came):
        secret = add(page, url)
        assert secret.startswith("whsec_")
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
        page.get_by_role("heading", level=1, name=url).wait_for()
        assert secret not in page.content()
        expect(page.get_by_text("No messages yet")).to_be_visible()
        page.get_by_role("button", name="Send a test").click()
        page.get_by_role("row").filter(has_text="Delivered").get_by_text("HTTP 204").wait_for()
        assert [each["type"] for each in came] == ["webhook.test"]
        assert violations(page) == []
    assert known(hooked, url)["events"] == ["gap.found"]


def test_what_does_not_arrive_is_told_with_the_next_try(page: Page) -> None:
    with receiver(503) as (url, _):
        add(page, url)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Send a test").click()
        row = page.get_by_role("row").filter(has_text="HTTP 503")
        row.wait_for()
        expect(row).to_contain_text("Waiting")
        assert "in " in row.inner_text()


def test_a_webhook_is_switched_off_and_on_renewed_and_deleted(page: Page, hooked: str) -> None:
    url = "http://127.0.0.1:9/switched"
    first = add(page, url)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Switch off").click()
    page.get_by_text("Somebody switched it off.").wait_for()
    assert not known(hooked, url)["enabled"]
    expect(page.get_by_role("button", name="Send a test")).to_have_count(0)
    page.get_by_role("button", name="Switch on").click()
    page.get_by_role("button", name="Send a test").wait_for()
    page.get_by_role("button", name="New secret").click()
    page.get_by_role("dialog").get_by_role("button", name="New secret").click()
    assert page.locator("output.secret").inner_text() not in ("", first)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    page.get_by_role("heading", level=1, name="Webhooks").wait_for()
    assert url not in page.get_by_role("main").inner_text()


def test_a_webhook_is_edited_and_what_is_wrong_is_told_at_its_field(page: Page, hooked: str) -> None:
    add(page, "http://127.0.0.1:9/edited")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Edit").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Gap found").uncheck()
    dialog.get_by_label("Address").fill("no address")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Choose at least one event")).to_be_visible()
    assert dialog.get_by_label("Address").get_attribute("aria-invalid") == "true"
    dialog.get_by_label("Address").fill("http://127.0.0.1:9/edited")
    dialog.get_by_label("Job failed").check()
    dialog.get_by_label("Description").fill(HOSTILE[2])
    dialog.get_by_role("button", name="Save").click()
    page.get_by_text(HOSTILE[2]).wait_for()
    assert page.evaluate(INJECTED) == [0, 0]
    assert known(hooked, "http://127.0.0.1:9/edited")["events"] == ["job.failed"]


def test_a_webhook_that_failed_too_often_says_so(page: Page, hooked: str) -> None:
    add(page, "http://127.0.0.1:9/gone")
    page.keyboard.press("Escape")
    hook = known(hooked, "http://127.0.0.1:9/gone")
    given_up = {"enabled": False, "failures": 3, "disabled_because": "undelivered"}
    page.route(f"**/v1/webhooks/{hook['id']}", lambda route: route.fulfill(json={**hook, **given_up}))
    show(page, f"/webhooks/{hook['id']}")
    expect(page.get_by_text("3 messages in a row never arrived")).to_be_visible()
    expect(page.get_by_role("button", name="Switch on")).to_be_visible()
