"""The console's frame in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_an_open_server_shows_the_overview_at_once(page: Page) -> None:
    page.goto("/console")
    page.get_by_role("heading", level=1, name="Overview").wait_for()
    assert page.title() == "Overview · Knowdesk"
