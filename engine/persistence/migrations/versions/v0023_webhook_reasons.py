"""Reasons of webhooks by name instead of in words."""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0022"

_ENDS = """
UPDATE webhooks SET disabled_because =
    CASE disabled_because WHEN '' THEN '' WHEN 'switched off' THEN 'switched_off' ELSE 'undelivered' END
"""
_ERRORS = """
UPDATE webhook_deliveries SET error = CASE
    WHEN error = '' THEN ''
    WHEN error = 'no answer in time' THEN 'timeout'
    WHEN error = 'cannot be reached' THEN 'unreachable'
    WHEN error LIKE 'status %' THEN 'status'
    ELSE 'forbidden'
END
"""


def upgrade() -> None:
    """Name the reasons that were told in words; what is no known error was about the address."""
    op.execute(_ENDS)
    op.execute(_ERRORS)


def downgrade() -> None:
    """Leave the names: they were texts of any kind before."""
