from __future__ import annotations

from tests.api.desk import Desk

QUESTION = "How long may I return unused goods?"


def test_a_reply_is_drafted_for_people(shop_desk: Desk) -> None:
    facts = ("--fact", "customer_name=Lena Fischer", "--fact", "agent_name=Tom")
    shown = shop_desk("draft", QUESTION, "--kb", "shop", "--channel", "email", "--tone", "formal", *facts).stdout
    assert shown.startswith("Dear Lena Fischer,\n\n")
    assert "within 30 days" in shown
    assert "Kind regards\nTom\n" in shown
    assert "[Returns] returns.md" in shown
    assert "composed · en · check: pass" in shown


def test_the_document_is_that_of_the_api(shop_desk: Desk) -> None:
    found = shop_desk.json("draft", QUESTION, "--kb", "shop", "--tone", "concise")
    assert (found["tone"], found["channel"], found["mode"]) == ("concise", "chat", "composed")
    assert {"text", "citations", "missing", "warnings", "check", "limit"} <= set(found)


def test_what_is_missing_and_what_to_watch_is_shown(shop_desk: Desk) -> None:
    shown = shop_desk("draft", "My parcel never arrived. Where is it?", "--kb", "shop").stdout
    assert "To fill in: order_number" in shown
    assert "The knowledge has no sure answer" in shown


def test_findings_and_notes_are_shown(shop_desk: Desk) -> None:
    own = "Hello! We guarantee it is free. Thank you for your message."
    shown = shop_desk("draft", "--draft", own, "--rewrite", "shorter", "--kb", "shop").stdout
    assert shown.startswith("Hello!\nWe guarantee it is free.\n")
    assert "guarantee · absolute_claim" in shown
    assert "Note: Without a language model" in shown


def test_wrong_usage_is_told(shop_desk: Desk) -> None:
    for words in ((), ("--draft", "Hello"), (QUESTION, "--fact", "nonsense"), (QUESTION, "--template", "none")):
        assert shop_desk("draft", *words, "--kb", "shop").exit_code == 2, words
    assert shop_desk("draft", QUESTION, "--kb", "ghost").exit_code == 2
    translated = shop_desk("draft", "--draft", "Hello", "--rewrite", "translated", "--language", "de", "--kb", "shop")
    assert (translated.exit_code, "KNOWDESK_LLM_BASE_URL" in translated.stderr) == (2, True)
