from __future__ import annotations

import pytest

from tests.api.desk import Desk


def test_a_key_is_made_listed_and_revoked(desk: Desk) -> None:
    made = desk.json("keys", "create", "Shop bot", "--role", "bot", "--role", "agent", "--access", "a", "--days", "3")
    assert made["text"].startswith(made["key"]["id"] + "_")
    (listed,) = desk.json("keys", "list")["items"]
    assert (listed["name"], listed["roles"], listed["access"], listed["tenant"]) == (
        "Shop bot",
        ["agent", "bot"],
        ["a"],
        "default",
    )
    assert made["text"] not in str(listed)
    assert desk.json("keys", "revoke", listed["id"])["revoked_at"]
    assert desk.json("keys", "list")["items"][0]["revoked_at"]


def test_a_public_key_is_made_for_its_pages(desk: Desk) -> None:
    words = ("--public", "--origin", "https://shop.example/", "--origin", "http://localhost:3000")
    made = desk.json("keys", "create", "Widget", *words, "--knowledge-base", "shop", "--rate", "600/minute")
    assert made["text"].startswith("kdpub_")
    (listed,) = desk.json("keys", "list")["items"]
    assert listed["public"] == {
        "origins": ["https://shop.example", "http://localhost:3000"],
        "knowledge_base": "shop",
        "rate_limits": "600/minute",
    }
    assert (listed["roles"], listed["access"]) == ([], [])
    assert "visitors of" in desk("keys", "list").stdout


def test_people_see_the_key_alone_and_a_table(desk: Desk) -> None:
    text = desk("keys", "create", "Shop bot", "--role", "bot", "--tenant", "acme").stdout.strip()
    assert text.startswith("kd_")
    assert len(text.split()) == 1
    table = desk("keys", "list").stdout
    assert "acme" in table
    assert text not in table


def test_lists_can_be_of_one_tenant(desk: Desk) -> None:
    for tenant in ("default", "acme"):
        desk("keys", "create", "Bot", "--role", "bot", "--tenant", tenant)
    assert [each["tenant"] for each in desk.json("keys", "list", "--tenant", "acme")["items"]] == ["acme"]


@pytest.mark.parametrize(
    "words",
    [
        ("create", "Bot"),
        ("create", "Bot", "--role", "root"),
        ("create", " ", "--role", "bot"),
        ("create", "Bot", "--role", "bot", "--tenant", "No Good"),
        ("create", "Bot", "--role", "bot", "--access", "*"),
        ("create", "Bot", "--role", "bot", "--days", "0"),
        ("create", "Widget", "--public", "--origin", "https://shop.example"),
        ("create", "Widget", "--public", "--knowledge-base", "shop"),
        ("create", "Widget", "--public", "--knowledge-base", "shop", "--origin", "shop.example"),
        (
            "create",
            "Widget",
            "--public",
            "--knowledge-base",
            "shop",
            "--origin",
            "https://shop.example",
            "--role",
            "bot",
        ),
        ("create", "Bot", "--role", "bot", "--origin", "https://shop.example"),
        ("revoke", "kd_unknown"),
    ],
)
def test_wrong_use_is_named(desk: Desk, words: tuple[str, ...]) -> None:
    result = desk("keys", *words)
    assert result.exit_code == 2
    assert result.stderr
    assert desk.json("keys", "list")["items"] == []
