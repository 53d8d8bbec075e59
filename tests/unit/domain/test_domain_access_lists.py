"""Who sees which documents, and when a key opens something."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.domain.access import AccessRole, ApiKey, Principal, access_lists, may_see

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("tags", "lists"),
    [
        ((), ()),
        (("returns", "vip"), ()),
        (("access:staff",), ("staff",)),
        (("returns", "access:staff", "access:legal"), ("staff", "legal")),
        (("Access:staff", "ACCESS:staff", " access:staff", "access staff", "accessstaff"), ()),
        (("access:a:b",), ("a:b",)),
        (("access:社員",), ("社員",)),
        (("access:",), ("",)),
        (("access:access:staff",), ("access:staff",)),
    ],
    ids=str,
)
def test_lists_are_named_by_tags_that_begin_so(tags: tuple[str, ...], lists: tuple[str, ...]) -> None:
    assert access_lists(tags) == lists


@pytest.mark.parametrize(
    ("access", "tags", "sees"),
    [
        (None, ("access:staff",), True),
        (None, (), True),
        ((), (), True),
        ((), ("returns",), True),
        ((), ("access:staff",), False),
        (("staff",), ("access:staff",), True),
        (("staff",), ("access:legal",), False),
        (("staff",), ("access:legal", "access:staff"), True),
        (("staff", "legal"), ("access:legal",), True),
        (("Staff",), ("access:staff",), False),
        (("access:staff",), ("access:staff",), False),
        (("*",), ("access:staff",), False),
        (("",), ("access:staff",), False),
        (("staff ",), ("access:staff",), False),
    ],
)
def test_who_sees_a_document(access: tuple[str, ...] | None, tags: tuple[str, ...], sees: bool) -> None:
    assert may_see(access, tags) == sees


def key(**fields: object) -> ApiKey:
    return ApiKey("kd_1", "Bot", "default", frozenset({AccessRole.BOT}), None, NOW, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "at", "valid"),
    [
        (key(), NOW, True),
        (key(), NOW + timedelta(days=36_500), True),
        (key(expires_at=NOW), NOW - INSTANT, True),
        (key(expires_at=NOW), NOW, False),
        (key(expires_at=NOW), NOW + INSTANT, False),
        (key(revoked_at=NOW), NOW - INSTANT, False),
        (key(revoked_at=NOW, expires_at=NOW + timedelta(days=1)), NOW, False),
    ],
)
def test_a_key_opens_until_it_expires_and_never_after_it_was_revoked(made: ApiKey, at: datetime, valid: bool) -> None:
    assert made.is_valid(at) == valid


def test_a_principal_may_do_nothing_and_sees_everything_unless_told() -> None:
    plain = Principal("anna")
    assert (plain.roles, plain.access, plain.tenant) == (frozenset(), None, "default")
    assert len({plain, Principal("anna"), Principal("anna", "acme"), Principal("anna", access=())}) == 3
