"""Who may call what: the whole table as people read it, and what those who may not are told."""

from __future__ import annotations

from typing import cast

import pytest

from api.access.rules import EVERYBODY, RULES, Rule, check_permitted
from engine.domain.access import DEFAULT_TENANT, AccessRole, Principal, PublicUse
from engine.errors import Forbidden

BOT, AGENT, ADMIN = AccessRole.BOT, AccessRole.AGENT, AccessRole.ADMIN
EVALUATOR, AUDITOR = AccessRole.EVALUATOR, AccessRole.AUDITOR
TABLE: dict[str, tuple[str, set[AccessRole]]] = {
    "answers and what helps with them": (
        "answer search give_feedback check read_sentiment triage summarize check_form complete_chat list_models "
        "show_model create_embeddings serve_mcp receive_chatwoot_event receive_ticket show_conversation",
        {BOT, AGENT, ADMIN, EVALUATOR},
    ),
    "the agent's desk": ("suggest judge_suggestion", {AGENT, ADMIN, EVALUATOR}),
    "what citations point to": (
        "show_document_text show_document_regions list_knowledge_bases list_faqs",
        {BOT, AGENT, ADMIN, EVALUATOR, AUDITOR},
    ),
    "looking around": (
        "list_documents show_document show_knowledge_base list_versions show_version compare_versions list_intents "
        "show_intent list_words list_canned_replies show_canned_reply",
        {AGENT, ADMIN, EVALUATOR, AUDITOR},
    ),
    "what customers said of answers": ("list_feedback", {ADMIN, EVALUATOR, AUDITOR}),
    "how the service is run": (
        "show_metrics list_jobs show_job follow_job list_webhooks show_webhook list_webhook_deliveries list_keys "
        "list_audit verify_audit export_customer list_indexes",
        {ADMIN, AUDITOR},
    ),
    "changing anything": (
        "create_backup upload_documents edit_document delete_document roll_back_document create_knowledge_base "
        "delete_knowledge_base submit_job cancel_job retry_job add_words import_words remove_word replace_intents "
        "put_intent delete_intent add_canned_reply change_canned_reply delete_canned_reply create_webhook edit_webhook "
        "delete_webhook renew_webhook_secret test_webhook create_key revoke_key erase_customer "
        "build_index use_index drop_index",
        {ADMIN},
    ),
}
ROUTES = [(route, roles) for routes, roles in TABLE.values() for route in routes.split()]
PUBLIC = {"live", "ready"}


def allowed(principal: Principal | None, route: str) -> bool:
    try:
        check_permitted(principal, route)
    except Forbidden:
        return False
    return True


def who(*roles: AccessRole, tenant: str = DEFAULT_TENANT, access: tuple[str, ...] | None = None) -> Principal:
    return Principal("kd_1", tenant, frozenset(roles), access)


@pytest.mark.parametrize(("route", "roles"), ROUTES, ids=[route for route, _ in ROUTES])
def test_each_role_may_call_what_the_table_says(route: str, roles: set[AccessRole]) -> None:
    assert {role for role in AccessRole if allowed(who(role), route)} == roles
    assert not allowed(None, route)
    assert not allowed(who(), route)


def test_visitors_chat_and_nothing_else() -> None:
    visitor = Principal("kdpub_1", access=(), public=PublicUse(("https://shop.example",), "shop"))
    chat = {"answer", "give_feedback", "show_conversation", "list_faqs"}
    assert {route for route in RULES if allowed(visitor, route)} == chat | PUBLIC
    with pytest.raises(Forbidden, match="public key"):
        check_permitted(visitor, "no_such_route")


def test_roles_open_nothing_more_to_a_public_key() -> None:
    use = PublicUse(("https://shop.example",), "shop")
    assert not allowed(Principal("kdpub_1", roles=frozenset(AccessRole), public=use), "create_key")


def test_a_second_role_adds_and_never_takes_away() -> None:
    for route, roles in ROUTES:
        for role in roles & {ADMIN, AGENT}:
            assert allowed(who(role, BOT, AUDITOR), route)


def test_only_health_is_for_everybody() -> None:
    assert {name for name, rule in RULES.items() if rule is EVERYBODY} == PUBLIC
    assert all(allowed(None, name) for name in PUBLIC)


def test_what_changes_or_shows_the_whole_is_not_for_those_bound_to_lists() -> None:
    narrowed = {route for route, _ in ROUTES if not allowed(who(*AccessRole, access=("staff",)), route)}
    for group in ("what customers said of answers", "how the service is run", "changing anything"):
        assert set(TABLE[group][0].split()) <= narrowed
    assert narrowed.isdisjoint(TABLE["answers and what helps with them"][0].split())


def test_what_is_about_all_tenants_is_for_whoever_runs_the_service() -> None:
    others = {route for route in RULES if not allowed(who(*AccessRole, tenant="acme"), route)}
    assert others == {name for name, rule in RULES.items() if rule.all_tenants}
    assert "create_backup" in others


def test_whatever_only_administrators_may_do_is_written_down() -> None:
    unwritten = {name for name, rule in RULES.items() if rule.roles == {ADMIN} and not rule.audited}
    assert unwritten == set()


@pytest.mark.parametrize(
    ("principal", "route", "message", "remedy"),
    [
        (who(BOT), "create_key", "Your key may not do that", "It takes one of the roles: admin."),
        (who(BOT), "list_jobs", "Your key may not do that", "It takes one of the roles: admin, auditor."),
        (None, "answer", "Your key may not do that", "admin, agent, bot, evaluator."),
        (who(*AccessRole), "no_such_route", "Your key may not do that", "It takes one of the roles: ."),
        (who(ADMIN, tenant="acme"), "create_backup", "about all tenants", "whoever runs the service"),
        (who(ADMIN, access=()), "create_key", "bound to access lists", "not bound to access lists"),
    ],
)
def test_who_may_not_is_told_what_it_takes(principal: Principal | None, route: str, message: str, remedy: str) -> None:
    with pytest.raises(Forbidden) as caught:
        check_permitted(principal, route)
    assert message in caught.value.message
    assert remedy in caught.value.remedy


def test_a_rule_that_names_no_role_is_for_nobody_though_it_looks_like_everybody_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(cast("dict[str, Rule]", RULES), "answer", Rule(frozenset()))
    assert RULES["answer"] == EVERYBODY
    assert not allowed(who(*AccessRole), "answer")
