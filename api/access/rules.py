"""The rule of each route, by its name; a route without one is not served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from fastapi import APIRouter
from fastapi.routing import APIRoute

from engine.domain.access import DEFAULT_TENANT, AccessRole, Principal
from engine.errors import Forbidden

__all__ = ["PUBLIC_PATHS", "RULES", "Rule", "check_every_route", "check_permitted"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may call a route: one of `roles`; nobody bound to access lists where it is about the `whole` knowledge.

    What is about `all_tenants` is for the default one, that of whoever runs the service. What is `audited` is written
    down, whether it was allowed or not. `visitors` may call it with a public key, which has no role.
    """

    roles: frozenset[AccessRole]
    whole: bool = False
    audited: bool = False
    all_tenants: bool = False
    visitors: bool = False


ASK: Final = Rule(frozenset({AccessRole.BOT, AccessRole.AGENT, AccessRole.ADMIN, AccessRole.EVALUATOR}))
CHAT: Final = replace(ASK, visitors=True)
HELP: Final = Rule(frozenset({AccessRole.AGENT, AccessRole.ADMIN, AccessRole.EVALUATOR}))
READ: Final = Rule(frozenset(AccessRole))
LOOK: Final = Rule(frozenset(AccessRole) - {AccessRole.BOT})
TELL: Final = replace(ASK, whole=True)
REVIEW: Final = Rule(frozenset({AccessRole.ADMIN, AccessRole.EVALUATOR, AccessRole.AUDITOR}), whole=True, audited=True)
MANAGE: Final = Rule(frozenset({AccessRole.ADMIN}), whole=True, audited=True)
OVERSEE: Final = Rule(frozenset({AccessRole.ADMIN, AccessRole.AUDITOR}), whole=True)
EVALUATE: Final = replace(REVIEW, audited=False, all_tenants=True)
EVERYBODY: Final = Rule(frozenset())

PUBLIC_PATHS: Final = frozenset({"/health/live", "/health/ready", "/openapi.json"})
RULES: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(("live", "ready"), EVERYBODY),
    "show_metrics": OVERSEE,
    "create_backup": replace(MANAGE, all_tenants=True),
    **dict.fromkeys(("answer", "give_feedback", "show_conversation"), CHAT),
    "list_faqs": replace(READ, visitors=True),
    **dict.fromkeys(("search", "check", "read_sentiment", "triage"), ASK),
    **dict.fromkeys(("complete_chat", "list_models", "show_model", "create_embeddings", "serve_mcp"), ASK),
    **dict.fromkeys(("receive_chatwoot_event", "receive_ticket"), ASK),
    **dict.fromkeys(("summarize", "check_form"), ASK),
    **dict.fromkeys(("suggest", "judge_suggestion", "draft_reply", "explain", "add_turns"), HELP),
    **dict.fromkeys(("list_canned_replies", "show_canned_reply"), LOOK),
    **dict.fromkeys(("add_canned_reply", "change_canned_reply", "delete_canned_reply"), MANAGE),
    **dict.fromkeys(("show_document_text", "show_document_regions", "list_knowledge_bases", "show_caller"), READ),
    **dict.fromkeys(("list_documents", "show_document", "show_knowledge_base"), LOOK),
    **dict.fromkeys(("list_passages", "list_versions", "show_version", "compare_versions"), LOOK),
    **dict.fromkeys(("list_intents", "show_intent", "list_words", "list_rule_packs"), LOOK),
    **dict.fromkeys(("show_graph", "list_related_documents"), replace(LOOK, whole=True)),
    "add_events": TELL,
    "draft_messages": replace(HELP, whole=True),
    "show_profile": replace(HELP, whole=True, audited=True),
    "list_feedback": REVIEW,
    **dict.fromkeys(("list_topics", "list_gaps", "show_sentiment_map"), REVIEW),
    **dict.fromkeys(("list_insight_questions", "forecast_questions"), REVIEW),
    **dict.fromkeys(("show_quality", "list_checked_replies", "show_digest"), REVIEW),
    "run_insights": MANAGE,
    "list_indexes": OVERSEE,
    **dict.fromkeys(("build_index", "use_index", "drop_index"), MANAGE),
    **dict.fromkeys(("list_jobs", "show_job", "follow_job"), OVERSEE),
    **dict.fromkeys(
        ("upload_documents", "edit_document", "correct_document", "delete_document", "roll_back_document"), MANAGE
    ),
    **dict.fromkeys(
        ("create_knowledge_base", "delete_knowledge_base", "submit_job", "cancel_job", "retry_job"), MANAGE
    ),
    **dict.fromkeys(("add_words", "import_words", "remove_word", "add_faq", "change_faq"), MANAGE),
    **dict.fromkeys(("replace_intents", "put_intent", "delete_intent"), MANAGE),
    **dict.fromkeys(("list_webhooks", "show_webhook", "list_webhook_deliveries"), OVERSEE),
    **dict.fromkeys(("create_webhook", "edit_webhook", "delete_webhook"), MANAGE),
    **dict.fromkeys(("renew_webhook_secret", "test_webhook"), MANAGE),
    **dict.fromkeys(("list_keys", "list_audit", "verify_audit"), OVERSEE),
    "list_settings": replace(OVERSEE, all_tenants=True),
    **dict.fromkeys(("list_evaluations", "show_evaluation"), EVALUATE),
    **dict.fromkeys(("list_evaluation_cases", "show_evaluation_comparison"), EVALUATE),
    "export_customer": replace(OVERSEE, audited=True),
    "erase_customer": MANAGE,
    **dict.fromkeys(("create_key", "revoke_key"), MANAGE),
    **dict.fromkeys(("list_proposals", "show_proposal", "list_contradictions", "list_stale"), REVIEW),
    **dict.fromkeys(("mine_proposals", "edit_proposal", "approve_proposal", "reject_proposal"), MANAGE),
    **dict.fromkeys(("publish_proposal", "roll_back_proposal"), MANAGE),
}


def check_every_route(routers: Iterable[APIRouter]) -> None:
    """Raise LookupError if a route has no rule, or a rule no route."""
    names = {route.name for router in routers for route in router.routes if isinstance(route, APIRoute)}
    if names != RULES.keys():
        raise LookupError(f"routes and rules differ: {_named(names ^ RULES.keys())}")


def check_permitted(principal: Principal | None, route: str) -> None:
    """Raise Forbidden unless the principal may call the route of that name; without a rule nobody may."""
    rule = RULES.get(route)
    if rule is EVERYBODY:
        return
    if principal is not None and principal.public:
        if rule is None or not rule.visitors:
            raise Forbidden("A public key may not do that.", remedy="It is for chatting; see the README.")
        return
    if rule is None or principal is None or principal.roles.isdisjoint(rule.roles):
        needed = f"It takes one of the roles: {_named(rule.roles if rule else ())}."
        raise Forbidden("Your key may not do that.", remedy=needed)
    if rule.all_tenants and principal.tenant != DEFAULT_TENANT:
        raise Forbidden("That is about all tenants.", remedy="Ask whoever runs the service.")
    if rule.whole and principal.access is not None:
        raise Forbidden(
            "Your key is bound to access lists, and this is about the whole knowledge.",
            remedy="Use a key that is not bound to access lists.",
        )


def _named(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
