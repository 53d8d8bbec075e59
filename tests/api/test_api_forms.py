from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image, ImageDraw

from ingestion.ocr.options import OcrOptions
from ingestion.ocr.reader import PageReader
from tests.api.desk import Desk
from tests.fakes.ocr import FakeOcrEngine, read_line

LINES = ("Return slip for the returns desk", "SKU: MV-K2-0417", "Quantity: 1", "Date: 2026-04-14")
ORDER = {"sku": "MV-K2-0417", "quantity": 1, "until": "2026-04-20"}


def image(*, blank: bool = False) -> bytes:
    page = Image.new("RGB", (200, 200), "white")
    if not blank:
        ImageDraw.Draw(page).rectangle((50, 50, 90, 60), fill="black")
    content = io.BytesIO()
    page.save(content, "PNG")
    return content.getvalue()


@pytest.fixture(autouse=True)
def _reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    engine = FakeOcrEngine([read_line(text, 10, 40 * at) for at, text in enumerate(LINES)])
    monkeypatch.setattr("ingestion.ocr.slips.page_reader", lambda options: PageReader(options, engine=engine))
    yield
    assert OcrOptions().engine == "rapidocr"


def check(client: TestClient, data: bytes, status: int = 200, **form: str) -> dict[str, Any]:
    response = client.post("/v1/forms/check", files={"image": ("slip.png", data)}, data=form)
    assert response.status_code == status, response.text
    found: dict[str, Any] = response.json()
    return found


def test_a_slip_that_matches_is_accepted_with_what_the_policy_says(client: TestClient) -> None:
    found = check(client, image(), order=json.dumps(ORDER), knowledge_base="shop", language="en")
    assert (found["verdict"], [each["standing"] for each in found["findings"]]) == ("accept", ["matches"] * 3)
    assert found["resolution"]["uri"].endswith("returns.md")
    assert found["resolution"]["quote"]


@pytest.mark.parametrize(
    ("change", "verdict", "standing"),
    [
        ({"quantity": 2}, "review", {"quantity": "differs"}),
        ({"sku": "MV-R3-0001"}, "reject", {"sku": "differs"}),
        ({"until": "2026-04-13"}, "reject", {"date": "late"}),
        ({"tracking_number": "SF123456"}, "review", {"tracking_number": "missing"}),
    ],
)
def test_what_is_wrong_is_named(
    client: TestClient, change: dict[str, object], verdict: str, standing: dict[str, str]
) -> None:
    found = check(client, image(), order=json.dumps(ORDER | change))
    wrong = {each["field"]: each["standing"] for each in found["findings"] if each["standing"] != "matches"}
    assert (found["verdict"], wrong, found["resolution"]) == (verdict, standing, None)


@pytest.mark.parametrize(
    ("data", "order", "said"),
    [
        (image(blank=True), json.dumps(ORDER), "Nothing can be read"),
        (b"no image", json.dumps(ORDER), "slip.png"),
        (image(), "{}", "no facts"),
        (image(), '{"quantity": -1}', "quantity"),
        (image(), '{"total": "much"}', "total"),
    ],
)
def test_wrong_requests_are_problems(client: TestClient, data: bytes, order: str, said: str) -> None:
    assert said in json.dumps(check(client, data, 422, order=order))


def test_an_order_that_is_no_json_is_malformed(client: TestClient) -> None:
    assert check(client, image(), 400, order="{")["type"] == "/problems/malformed-request"


def test_an_unknown_knowledge_base_is_not_found(client: TestClient) -> None:
    check(client, image(), 404, order=json.dumps(ORDER), knowledge_base="ghost")


def test_the_command_line(open_desk: Desk, tmp_path: Path) -> None:
    slip, order = tmp_path / "slip.png", tmp_path / "order.json"
    slip.write_bytes(image())
    order.write_text(json.dumps(ORDER), encoding="utf-8")
    assert open_desk.json("forms", "check", str(slip), "--order", str(order))["verdict"] == "accept"
    shown = open_desk("forms", "check", str(slip), "--order", '{"quantity": 3}').stdout
    assert shown.startswith("review\n")
    assert "differs" in shown
    for wrong in ('{"quantity": "x"}', str(tmp_path / "nothing.json"), "{}"):
        assert open_desk("forms", "check", str(slip), "--order", wrong).exit_code == 2
    assert open_desk("forms", "check", str(tmp_path / "none.png"), "--order", '{"quantity": 3}').exit_code == 2
