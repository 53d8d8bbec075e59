"""Tabs whose content comes late or not at all."""

from __future__ import annotations

import httpx
import pytest

from tests.pages.conftest import OpenPage, Serve

pytestmark = pytest.mark.looks


def test_a_page_is_left_while_a_tab_loads_and_a_tab_that_failed_is_tried_again(
    serve: Serve, open_page: OpenPage
) -> None:
    with serve(empty=True) as address:
        httpx.post(f"{address}/v1/knowledge-bases", json={"name": "shop"}).raise_for_status()
        files = [("files", ("kettle.md", b"# Kettle\n\nIt boils water."))]
        httpx.post(f"{address}/v1/documents", data={"knowledge_base": "shop"}, files=files, timeout=60)
        found = httpx.get(f"{address}/v1/documents", params={"knowledge_base": "shop"}).json()["items"][0]["id"]
        page, watch = open_page(address=address)
        page.route("**/passages*", lambda route: None)  # never answered
        page.goto(f"/console/documents/{found}")
        page.get_by_role("tab", name="Versions").wait_for()
        page.get_by_role("link", name="Jobs", exact=True).click()
        page.get_by_role("heading", level=1, name="Jobs").wait_for()
        watch.check()

        watch.allowed.append("503")
        page.unroute("**/passages*")
        page.route("**/passages*", lambda route: route.fulfill(status=503, json={"title": "Busy", "status": 503}))
        page.goto(f"/console/documents/{found}")
        page.get_by_role("alert").get_by_text("Busy").wait_for()
        page.unroute("**/passages*")
        page.get_by_role("button", name="Try again").click()
        page.get_by_text("It boils water.").wait_for()
