"""Read conversations from a table with a column for who speaks and one for what is said."""

from __future__ import annotations

import csv
import io
import re

from ingestion.parsers.formats.csv import HINT, LONGEST_CELL
from ingestion.transcripts.conversation import Conversation
from ingestion.transcripts.exports import group_messages
from ingestion.transcripts.fields import Record

__all__ = ["read_table"]

_DELIMITERS = ",;\t|"


def read_table(text: str) -> tuple[Conversation, ...]:
    """Return the conversations in delimited text whose first line names the columns; none if it holds something else.

    Columns are those of messages in `ingestion.transcripts.exports`: conversation_id, role, text, time and the like.
    """
    lines = text.lstrip("\ufeff\n\r ")
    hint = HINT.match(lines)
    lines = lines[hint.end() :] if hint else lines
    head = re.split("[\r\n]", lines, maxsplit=1)[0]
    delimiter = hint[1] if hint else max(_DELIMITERS, key=head.count)
    csv.field_size_limit(LONGEST_CELL)
    rows = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter)
    try:
        columns = [name.strip().lower() for name in next(rows, [])]
        records: list[Record] = [dict(zip(columns, row, strict=False)) for row in rows if any(row)]
    except csv.Error:
        return ()
    return group_messages(records) if len(columns) > 1 else ()
