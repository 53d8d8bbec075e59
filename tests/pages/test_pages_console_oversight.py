"""Keys, audit log, settings and health in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.sync_api import expect

from engine.api_keys import KeyRequest
from engine.domain.access import AccessRole
from engine.records import open_api_keys
from engine.settings import load_settings
from tests.pages.conftest import OpenPage, Serve
from tests.pages.test_pages_console_every import show

if TYPE_CHECKING:
    from playwright.sync_api import Page


pytestmark = pytest.mark.looks


@pytest.fixture(name="page")
def _page(open_page: OpenPage, busy: str) -> Page:
    return open_page(None, busy)[0]


def test_a_key_is_shown_once_and_revoked(page: Page, busy: str) -> None:
    show(page, "/keys")
    page.get_by_role("button", name="New key").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Ticket system")
    dialog.get_by_role("button", name="Make the key").click()
    expect(dialog.get_by_text("Choose at least one role")).to_be_visible()
    dialog.get_by_label("Agent").check()
    dialog.get_by_label("Expires").select_option("90")
    dialog.get_by_role("button", name="Make the key").click()
    text = page.locator("output.secret").inner_text()
    assert text.startswith("kd_")
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    row = page.get_by_role("row").filter(has_text="Ticket system")
    row.wait_for()
    assert text not in page.content()
    assert "valid until" in row.inner_text().lower()
    secret = text.rpartition("_")[2]
    assert secret not in httpx.get(f"{busy}/v1/keys").text
    assert page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])").find(secret) == -1
    row.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    row.get_by_text("Revoked").wait_for()
    expect(row.get_by_role("button", name="Revoke")).to_have_count(0)


def test_a_public_key_is_bound_to_pages(page: Page) -> None:
    show(page, "/keys")
    page.get_by_role("button", name="New key").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Shop pages")
    dialog.get_by_label("What for").select_option("public")
    assert dialog.get_by_label("Agent").count() == 0 or not dialog.get_by_label("Agent").is_visible()
    dialog.get_by_label("Pages that may show it").fill("shop.example")
    dialog.get_by_role("button", name="Make the key").click()
    assert dialog.get_by_label("Pages that may show it").get_attribute("aria-invalid") == "true"
    dialog.get_by_label("Pages that may show it").fill("https://shop.example")
    dialog.get_by_role("button", name="Make the key").click()
    page.locator("output.secret").wait_for()
    page.keyboard.press("Escape")
    row = page.get_by_role("row").filter(has_text="Shop pages")
    row.get_by_text("https://shop.example").wait_for()


def test_the_audit_log_holds_and_names_what_was_done(page: Page, busy: str) -> None:
    httpx.post(f"{busy}/v1/keys", json={"name": "audited", "roles": ["bot"]})
    show(page, "/audit")
    expect(page.get_by_text("The chain holds")).to_be_visible()
    expect(page.get_by_role("row").nth(1).get_by_text("Made a key")).to_be_visible()
    page.get_by_role("searchbox").fill("no such action")
    page.get_by_text("Nothing matches").wait_for()


def test_settings_are_searched_and_parts_are_ready(page: Page) -> None:
    show(page, "/health")
    expect(page.get_by_text("Questions can be answered", exact=True)).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Index of shop").get_by_text("In order")).to_be_visible()
    page.get_by_label("Only what differs").uncheck()
    page.get_by_role("searchbox").fill("candidates")
    expect(page.get_by_role("row").filter(has_text="KNOWDESK_CANDIDATES").get_by_text("100")).to_be_visible()


def test_what_is_not_ready_is_told_with_its_remedy(page: Page) -> None:
    broken = {"name": "llm", "ok": False, "detail": "The model <b>cannot</b> be reached. Start it."}
    told = {"status": "unavailable", "checks": [broken, {"name": "database", "ok": True, "detail": ""}]}
    page.route("**/health/ready", lambda route: route.fulfill(status=200, json=told))
    show(page, "/health")
    expect(page.get_by_text("1 part needs attention")).to_be_visible()
    expect(page.get_by_text("The model <b>cannot</b> be reached.")).to_be_visible()


@pytest.fixture(name="guarded", scope="module")
def _guarded(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[AccessRole, str]]]:
    """Give the address of a server that asks for keys, and the text of a key for each role."""
    folder = tmp_path_factory.mktemp("guarded") / "data"
    from api.app import create_app
    from tests.serving import serving

    settings = load_settings(data_dir=folder, parse_workers=0, intent_encoder="bundled", auth="required")
    with open_api_keys(settings) as keys:
        made = {role: keys.create(KeyRequest(role.value, [role]))[1] for role in AccessRole}
    with serving(create_app(settings)) as address:
        yield address, made


@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [
        (AccessRole.AGENT, "Canned replies", ["Keys and roles", "Knowledge gaps", "Audit log"]),
        (AccessRole.EVALUATOR, "Knowledge gaps", ["Keys and roles", "Audit log"]),
        (AccessRole.AUDITOR, "Audit log", []),
    ],
)
def test_what_a_role_may_not_see_is_not_shown(
    open_page: OpenPage,
    guarded: tuple[str, dict[AccessRole, str]],
    role: AccessRole,
    seen: str,
    hidden: list[str],
) -> None:
    address, keys = guarded
    page, watch = open_page(None, address)
    watch.allowed.append("401")
    page.goto("/console")
    page.get_by_label("API key").fill(keys[role])
    page.get_by_role("button", name="Sign in").click()
    nav = page.get_by_role("navigation")
    nav.get_by_role("link", name=seen).wait_for()
    for name in hidden:
        expect(nav.get_by_role("link", name=name)).to_have_count(0)
    page.goto("/console/keys")
    page.locator("main h1, main h2").first.wait_for()
    expect(page.get_by_role("button", name="New key")).to_have_count(0)
