"""`knowdesk check` and `knowdesk words`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.api.desk import Desk


def test_a_check_as_json(shop_desk: Desk) -> None:
    found = shop_desk.json("check", "You may return unused goods within 90 days of delivery.", "--kb", "shop")
    assert (found["verdict"], found["promises"][0]["standing"]) == ("block", "contradicted")


def test_people_see_what_is_wrong_and_why(shop_desk: Desk) -> None:
    shown = shop_desk(
        "check", "绝对没问题，未使用的商品可在收货后60天内退货。", "--kb", "shop", "--agent-language", "en"
    ).stdout
    assert shown.startswith("block\n")
    for part in (
        "warn: 绝对 · absolute_claim · general/guarantee",
        "Say what usually",
        "contradicted",
        "未使用的商品可在收货后30天内退货。",
    ):
        assert part in shown


@pytest.mark.parametrize(
    ("options", "verdict"),
    [((), "warn"), (("--allow", "jo@example.com"), "pass"), (("--pack", "finance", "--no-promises"), "warn")],
)
def test_options(shop_desk: Desk, options: tuple[str, ...], verdict: str) -> None:
    assert shop_desk.json("check", "Mail jo@example.com", "--kb", "shop", *options)["verdict"] == verdict


@pytest.mark.parametrize(
    ("words", "told"), [(("x", "--kb", "nope"), "no knowledge base 'nope'"), (("", "--kb", "shop"), "empty")]
)
def test_what_is_refused(shop_desk: Desk, words: tuple[str, ...], told: str) -> None:
    result = shop_desk("check", *words)
    assert (result.exit_code, told in result.stderr) == (2, True)


@pytest.fixture
def kb(open_desk: Desk) -> Desk:
    open_desk("kb", "create", "kb")
    return open_desk


def listed(desk: Desk) -> list[str]:
    return [item["word"] for item in desk.json("words", "list", "--kb", "kb")["items"]]


def test_words_are_added_shown_and_removed(kb: Desk) -> None:
    kb("words", "add", "竞品", "--kb", "kb")
    kb("words", "add", "Acme", "--kb", "kb", "--severity", "warn", "--remedy", "Do not.", "--plain")
    rows = [line.split() for line in kb("words", "list", "--kb", "kb").stdout.splitlines()]
    assert rows[1:] == [["Acme", "warn", "no", "Do", "not."], ["竞品", "block", "yes"]]
    assert kb("words", "remove", "Acme", "--kb", "kb").stdout == "Removed Acme.\n"
    assert listed(kb) == ["竞品"]
    assert kb("words", "remove", "Acme", "--kb", "kb").exit_code == 2


def test_lists_go_out_and_come_in(kb: Desk, tmp_path: Path) -> None:
    kb("words", "add", "竞品", "--kb", "kb", "--severity", "warn")
    exported = tmp_path / "words.json"
    exported.write_text(kb("words", "export", "--kb", "kb").stdout, encoding="utf-8")
    plain = tmp_path / "words.txt"
    plain.write_text("a\n\n b \n", encoding="utf-8")
    assert kb.json("words", "import", str(plain), "--kb", "kb") == {"imported": 2}
    assert listed(kb) == ["a", "b"]
    kb("words", "import", str(exported), "--kb", "kb", "--keep")
    assert listed(kb) == ["a", "b", "竞品"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("w.json", json.dumps({"items": [{"word": "a", "severity": "x"}]}), "items.0.severity"),
        ("w.json", "{", "w.json is wrong"),
        ("w.txt", "***", "letter or a digit"),
        ("", "", "cannot be read"),
    ],
)
def test_a_broken_file_is_named(kb: Desk, tmp_path: Path, name: str, content: str, told: str) -> None:
    if name:
        (tmp_path / name).write_text(content, encoding="utf-8")
    result = kb("words", "import", str(tmp_path / (name or "gone.txt")), "--kb", "kb")
    assert (result.exit_code, listed(kb)) == (2, [])
    assert told in result.stderr
