from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.api.desk import Desk

QUESTION = "Within how many days may I return unused goods?"
ANYTHING = ("--kb", "shop", "--threshold", "0")


def test_json_is_the_object_of_the_http_api(shop_desk: Desk, client: TestClient) -> None:
    printed = shop_desk.json("ask", QUESTION, *ANYTHING)
    served = client.post("/v1/answer", json={"knowledge_base": "shop", "question": QUESTION, "threshold": 0}).json()
    assert list(printed) == list(served)
    varying = ("conversation_id", "answer_id", "timings_ms")
    assert {k: v for k, v in printed.items() if k not in varying} == {
        k: v for k, v in served.items() if k not in varying
    }


def test_people_see_the_answer_its_sources_and_the_confidence(shop_desk: Desk) -> None:
    result = shop_desk("ask", QUESTION, *ANYTHING)
    assert result.exit_code == 0
    shown = " ".join(result.stdout.split())
    assert "within 30 days" in shown
    assert "[1] Returns · returns.md · Returns" in shown
    assert "Confidence 0." in shown or "Confidence 1." in shown
    assert "extractive" in shown


def test_people_see_why_nothing_is_answered(shop_desk: Desk) -> None:
    result = shop_desk("ask", "🙂", "--kb", "shop")
    assert result.exit_code == 0
    assert "Not answered: no_evidence" in result.stdout


def test_an_answer_that_is_withheld_is_done(shop_desk: Desk) -> None:
    answer = shop_desk.json("ask", "🙂", "--kb", "shop")
    assert answer["answer"] is None
    assert answer["abstained"]["reason"] == "no_evidence"


def test_options_reach_the_engine(shop_desk: Desk) -> None:
    assert shop_desk.json("ask", QUESTION, *ANYTHING, "--language", "ja")["question"]["language"] == "ja"
    assert shop_desk.json("ask", QUESTION, "--kb", "shop", "--threshold", "1")["answer"] is None


def test_as_of_asks_for_what_held_then(open_desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "sale.md"
    page.write_text("---\neffective_until: 2020-12-31\n---\n# Sale\n\nKettles are cheaper by 20 euro in the sale.\n")
    open_desk("ingest", str(page))
    question = ("ask", "How much cheaper are kettles in the sale?", "--threshold", "0")
    assert open_desk.json(*question, "--as-of", "2020-12-31")["answer"] is not None
    assert open_desk.json(*question, "--as-of", "2021-01-01")["answer"] is None


@pytest.mark.parametrize(
    "words",
    [
        ("ask",),
        ("ask", ""),
        ("ask", "   "),
        ("ask", "x" * 4001),
        ("ask", "q", "--kb", "no-such"),
        ("ask", "q", "--threshold", "2"),
        ("ask", "q", "--as-of", "yesterday"),
        ("ask", "q", "--colour", "red"),
        ("ask", "two", "questions"),
    ],
    ids=str,
)
def test_wrong_usage_is_status_2_with_nothing_on_stdout(desk: Desk, words: tuple[str, ...]) -> None:
    result = desk(*words, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_search_prints_what_the_http_api_returns(shop_desk: Desk, client: TestClient) -> None:
    printed = shop_desk.json("search", "return unused goods", "--kb", "shop", "--limit", "2")
    served = client.post(
        "/v1/search", json={"knowledge_base": "shop", "query": "return unused goods", "limit": 2}
    ).json()
    assert list(printed) == list(served)
    assert printed["passages"] == served["passages"]


def test_search_restricts(shop_desk: Desk) -> None:
    words = ("search", "goods 返品 退货 return", "--kb", "shop")
    by_kind = shop_desk.json(*words, "--kind", "policy", "--kind", "faq")
    assert {passage["uri"] for passage in by_kind["passages"]} == {"returns.md"}
    by_language = shop_desk.json(*words, "--language", "ja")
    assert {passage["uri"] for passage in by_language["passages"]} == {"henpin.md"}
    assert {passage["uri"] for passage in shop_desk.json(*words, "--tag", "returns")["passages"]} == {"returns.md"}
    assert shop_desk.json(*words, "--tag", "returns", "--tag", "other")["passages"] == []


def test_people_see_passages_with_ranks(shop_desk: Desk) -> None:
    result = shop_desk("search", "unused goods", "--kb", "shop")
    assert "[1] Returns · " in result.stdout
    assert "ranks: " in result.stdout
    nothing = shop_desk("search", "goods", "--kb", "shop", "--kind", "faq")
    assert (nothing.exit_code, nothing.stdout.strip()) == (0, "Nothing found.")


@pytest.mark.parametrize("words", [("--limit", "0"), ("--limit", "101"), ("--kind", "poem")], ids=str)
def test_wrong_searches_are_status_2(desk: Desk, words: tuple[str, ...]) -> None:
    assert desk("search", "q", *words).exit_code == 2


def test_json_can_be_asked_for_before_the_command(shop_desk: Desk) -> None:
    before = json.loads(shop_desk("--json", "search", "goods", "--kb", "shop").stdout)
    assert before["passages"] == shop_desk.json("search", "goods", "--kb", "shop")["passages"]


def test_people_and_programs_see_what_another_document_says(open_desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    text = "# Returns\n\nYou may return a kettle within {} days of delivery.\n"
    (folder / "policy.md").write_text("---\nkind: policy\n---\n" + text.format(30), encoding="utf-8")
    (folder / "old.md").write_text("---\neffective_until: 2020-12-31\n---\n" + text.format(14), encoding="utf-8")
    open_desk("ingest", str(folder))
    question = ("ask", "Within how many days may I return a kettle?", "--threshold", "0")
    answer = open_desk.json(*question, "--channel", "voice")
    assert "30 days" in answer["answer"]["text"]
    assert answer["answer"]["presented_as"] == "policy"
    (conflict,) = answer["conflicts"]
    assert (conflict["decided_by"], conflict["against"]["effective_until"]) == ("validity", "2020-12-31")
    shown = " ".join(open_desk(*question).stdout.split())
    assert "Our policy “Returns” says:" in shown
    assert "Another document says otherwise (decided by validity): Returns · old.md" in shown
    assert "within 14 days" in shown
    assert open_desk(*question, "--channel", "smoke").exit_code == 2
