"""All tables of the database: importing this module describes them, wherever each of them is."""

from __future__ import annotations

from engine.persistence import (
    agent_tables,
    event_tables,
    graph_tables,
    insight_tables,
    proposal_tables,
    quality_tables,
    service_tables,
)
from engine.persistence.tables import metadata

__all__ = [
    "agent_tables",
    "event_tables",
    "graph_tables",
    "insight_tables",
    "metadata",
    "proposal_tables",
    "quality_tables",
    "service_tables",
]
