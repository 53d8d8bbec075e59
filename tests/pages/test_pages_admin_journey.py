"""A new administrator's first hour: sign in, upload a folder, ask, open the citation, correct it, roll back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from api.app import create_app
from engine.api_keys import KeyRequest
from engine.domain.access import AccessRole
from engine.records import open_api_keys
from engine.settings import load_settings
from tests.pages.conftest import OpenPage
from tests.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.looks
QUESTION = "How long may I return unused goods?"
RETURNS = "# Returns\n\n## Time limit\n\nYou may return unused goods within 30 days of delivery.\n"
KETTLE = "# Kettle\n\n## Warranty\n\nThe warranty of the kettle lasts 24 months.\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Return the address of an empty service that asks for keys, and a key of each role."""
    settings = load_settings(data_dir=tmp_path_factory.mktemp("new") / "data", parse_workers=0, auth="required")
    with open_api_keys(settings) as keys:
        made = {role.value: keys.create(KeyRequest(role.value, [role]))[1] for role in AccessRole}
    with serving(create_app(settings)) as address:
        yield {"address": address, **made}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two pages and a file that cannot be read."""
    made = tmp_path / "manuals"
    (made / "policies").mkdir(parents=True)
    (made / "policies" / "returns.md").write_text(RETURNS, encoding="utf-8")
    (made / "kettle.md").write_text(KETTLE, encoding="utf-8")
    (made / "broken.pdf").write_bytes(b"%PDF-1.7 this is none")
    return made


def sign_in(page: Page, key: str) -> None:
    page.goto("/console")
    page.get_by_label("API key").fill(key)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", level=1, name="Overview").wait_for()


def ask(page: Page, question: str) -> str:
    page.get_by_role("link", name="Playground").click()
    page.get_by_label("Question", exact=True).fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(".sources").wait_for()
    return page.locator(".answer-text").inner_text()


def test_a_new_administrator_finds_the_way(desk: dict[str, str], folder: Path, open_page: OpenPage) -> None:
    page, watch = open_page(address=desk["address"])
    watch.allowed.append("401")
    sign_in(page, desk["admin"])

    page.get_by_role("main").get_by_role("link", name="Knowledge bases").click()
    page.get_by_role("button", name="New knowledge base").first.click()
    page.get_by_label("Name").fill("manuals")
    page.get_by_role("button", name="Create").click()
    page.get_by_role("heading", name="manuals").wait_for()

    page.get_by_role("link", name="Documents").click()
    page.get_by_role("link", name="Upload").first.click()
    page.locator("input[webkitdirectory]").set_input_files(str(folder))
    page.get_by_role("cell", name="manuals/broken.pdf", exact=True).wait_for(timeout=120_000)
    expect(page.get_by_text("some failed")).to_be_visible()
    expect(page.get_by_text("2 added")).to_be_visible()
    page.get_by_role("link", name="See the documents").click()
    page.get_by_text("2 documents").wait_for()

    assert "within 30 days" in ask(page, QUESTION)
    page.get_by_role("button", name="Open citation 1").click()
    expect(page.locator("dialog mark")).to_contain_text("within 30 days")
    page.get_by_role("link", name="Open the whole document").click()
    cited = page.locator(".passage.cited")
    expect(cited.locator("mark")).to_contain_text("within 30 days")

    cited.get_by_role("button", name="Edit").click()
    text = page.get_by_label("What it says")
    text.fill(text.input_value().replace("30 days", "45 days"))
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved as version 2").wait_for()
    assert "within 45 days" in ask(page, QUESTION)

    page.get_by_role("link", name="Documents").click()
    page.get_by_role("link", name="Returns").click()
    page.get_by_role("tab", name="Versions").click()
    changed = page.locator(".diff-changed")
    expect(changed.locator("del")).to_contain_text("30 days")
    expect(changed.locator("ins")).to_contain_text("45 days")
    page.get_by_role("button", name="Roll back").click()
    page.get_by_role("dialog").get_by_role("button", name="Roll back").click()
    page.get_by_text("it is version 3 now").wait_for()
    assert "within 30 days" in ask(page, QUESTION)


@pytest.mark.parametrize(
    ("role", "there", "missing"),
    [
        ("admin", {"Documents", "Jobs", "Playground"}, set[str]()),
        ("agent", {"Documents", "Playground"}, {"Jobs"}),
        ("auditor", {"Documents", "Jobs"}, {"Playground"}),
        ("bot", {"Playground"}, {"Documents", "Jobs"}),
    ],
)
def test_what_a_role_may_not_do_is_not_shown(
    role: str, there: set[str], missing: set[str], desk: dict[str, str], open_page: OpenPage
) -> None:
    page, watch = open_page(address=desk["address"])
    watch.allowed.append("401")
    sign_in(page, desk[role])
    menu = set(page.locator("nav a").all_inner_texts())
    assert there <= menu
    assert not missing & menu
    page.goto("/console/knowledge-bases")
    page.get_by_role("heading", level=1).wait_for()
    assert page.get_by_role("button", name="New knowledge base").first.is_visible() == (role == "admin")


def test_a_wrong_key_is_told_and_asked_for_again(desk: dict[str, str], open_page: OpenPage) -> None:
    page, watch = open_page(address=desk["address"])
    watch.allowed.append("401")
    page.goto("/console/documents")
    page.get_by_label("API key").fill("kd_none_none")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("The key is not valid").wait_for()
    page.get_by_label("API key").fill(desk["agent"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", level=1, name="Documents").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("API key").wait_for()
    assert re.match("Sign in", page.title())
