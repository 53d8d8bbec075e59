"""Customer data and feedback in a browser: looked at, exported, erased with a certificate, filtered, followed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

from api.app import create_app
from engine.api_keys import KeyRequest
from engine.domain.access import AccessRole
from engine.records import open_api_keys
from engine.settings import load_settings
from tests.pages.conftest import OpenPage
from tests.pages.hostile import HOSTILE, INJECTED
from tests.pages.test_pages_accessible import violations
from tests.pages.test_pages_admin_journey import sign_in
from tests.pages.test_pages_console_every import show
from tests.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.looks
ASKED = "Where is my parcel? It is late again!"


@pytest.fixture(name="page")
def _page(open_page: OpenPage, busy: str) -> Page:
    return open_page(None, busy)[0]


def talked(address: str, customer: str, comment: str = "Too slow.") -> str:
    """Let a customer ask, rate and be followed by an event; return the conversation's id."""
    with httpx.Client(base_url=address, timeout=60) as client:
        asked = {"knowledge_base": "shop", "question": ASKED, "customer_id": customer}
        talk = str(client.post("/v1/answer", json=asked).json()["conversation_id"])
        given = {"conversation_id": talk, "verdict": "rejected", "csat": 1, "comment": comment}
        assert client.post("/v1/feedback", json=given).is_success
        event = {"id": f"e-{customer}", "customer_id": customer, "kind": "order.delayed", "at": "2026-11-20T10:00:00Z"}
        assert client.post("/v1/events", json={"items": [{**event, "subject": "T-77"}]}).is_success
    return talk


def look_up(page: Page, customer: str) -> None:
    show(page, "/customers")
    page.get_by_label("Customer id").fill(customer)
    page.get_by_role("button", name="Look up").click()
    page.locator("main:not(:has(.skeleton))").wait_for()


def test_a_customer_is_exported_and_erased_with_a_certificate(page: Page, busy: str) -> None:
    talked(busy, "c-1042")
    look_up(page, "c-1042")
    page.locator("summary", has_text=ASKED).click()
    expect(page.locator(".talk .customer")).to_contain_text(ASKED)
    expect(page.get_by_text("order.delayed")).to_be_visible()
    assert violations(page) == []
    with page.expect_download() as saved:
        page.get_by_role("button", name="Export as a file").click()
    exported = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert exported["conversations"][0]["turns"][0]["text"] == ASKED

    page.get_by_role("button", name="Erase").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Conversations: 1")
    dialog.get_by_label("Type the customer id").fill("c-1043")
    dialog.get_by_role("button", name="Erase").click()
    expect(dialog.get_by_text("That is another id")).to_be_visible()
    assert httpx.get(f"{busy}/v1/customers/c-1042").is_success
    dialog.get_by_label("Type the customer id").fill("c-1042")
    dialog.get_by_role("button", name="Erase").click()
    page.get_by_role("heading", name="Certificate of erasure").wait_for()
    expect(page.get_by_text(hashlib.sha256(b"c-1042").hexdigest())).to_be_visible()
    assert httpx.get(f"{busy}/v1/customers/c-1042").status_code == 404
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the certificate").click()
    assert json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))["erased"]["conversations"] == 1
    assert "c-1042" not in page.url


def test_an_unknown_customer_is_told(page: Page, open_page: OpenPage, busy: str) -> None:
    page, watch = open_page(None, busy)
    watch.allowed.append("404")
    look_up(page, "nobody")
    page.get_by_text("Nothing is kept of this customer").wait_for()
    expect(page.get_by_role("button", name="Erase")).to_have_count(0)
    page.get_by_label("Customer id").fill(" ")
    page.get_by_role("button", name="Look up").click()
    assert page.get_by_label("Customer id").get_attribute("aria-invalid") == "true"


def test_feedback_is_filtered_and_leads_to_its_conversation(page: Page, busy: str) -> None:
    talked(busy, "c-2000", comment=HOSTILE[2])
    show(page, "/feedback")
    page.get_by_label("Verdict").select_option("rejected")
    page.get_by_text(HOSTILE[2]).wait_for()
    assert (
        page.get_by_text("Sent after changes").count() == page.get_by_label("Verdict").get_by_text("Sent after").count()
    )
    page.get_by_role("link", name="Open the conversation").first.click()
    page.get_by_role("heading", level=1, name="Conversation").wait_for()
    expect(page.locator(".talk .customer").first).to_contain_text(ASKED)
    expect(page.get_by_text(HOSTILE[2])).to_be_visible()
    assert page.evaluate(INJECTED) == [0, 0]
    assert violations(page) == []
    page.get_by_label("Feedback", exact=True).or_(page.get_by_role("link", name="← Feedback")).first.click()
    page.get_by_role("heading", level=1, name="Feedback").wait_for()


def test_a_conversation_that_is_gone_is_told(open_page: OpenPage, busy: str) -> None:
    page, watch = open_page(None, busy)
    watch.allowed.append("404")
    show(page, "/conversations/none")
    expect(page.get_by_role("heading", level=1, name="There is no such conversation")).to_be_visible()


def test_feedback_comes_page_by_page(page: Page) -> None:
    show(page, "/feedback?days=90")
    first = page.locator(".plain-list > li").count()
    assert first == 25
    page.get_by_role("button", name="Show more").click()
    page.locator(".plain-list > li").nth(first).wait_for()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Return the address of an empty service that asks for keys, and a key of each role."""
    settings = load_settings(data_dir=tmp_path_factory.mktemp("guarded") / "data", parse_workers=0, auth="required")
    with open_api_keys(settings) as keys:
        made = {role.value: keys.create(KeyRequest(role.value, [role]))[1] for role in AccessRole}
    with serving(create_app(settings)) as address:
        authorized = {"Authorization": f"Bearer {made['admin']}"}
        with httpx.Client(base_url=address, headers=authorized, timeout=60) as client:
            client.post("/v1/knowledge-bases", json={"name": "shop"}).raise_for_status()
            asked = {"knowledge_base": "shop", "question": ASKED, "customer_id": "c-7"}
            client.post("/v1/answer", json=asked).raise_for_status()
        yield {"address": address, **made}


@pytest.mark.parametrize(
    ("role", "there", "missing"),
    [
        ("auditor", {"Feedback", "Webhooks", "Customer data"}, set[str]()),
        ("evaluator", {"Feedback"}, {"Webhooks", "Customer data"}),
        ("agent", set[str](), {"Feedback", "Webhooks", "Customer data"}),
    ],
)
def test_each_role_is_shown_what_it_may(
    role: str, there: set[str], missing: set[str], guarded: dict[str, str], open_page: OpenPage
) -> None:
    page, watch = open_page(address=guarded["address"])
    watch.allowed.append("401")
    sign_in(page, guarded[role])
    menu = set(page.locator("nav a").all_inner_texts())
    assert there <= menu
    assert not missing & menu
    if role == "auditor":
        look_up(page, "c-7")
        page.get_by_role("button", name="Export as a file").wait_for()
        expect(page.get_by_role("button", name="Erase")).to_have_count(0)
        show(page, "/webhooks")
        expect(page.get_by_role("button", name="New webhook")).to_have_count(0)
