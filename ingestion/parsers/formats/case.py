"""A case in canonical form, as `ingestion.expanding` extracts it from a resolved conversation."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from ingestion.transcripts.canonical import CASE_ENDING, CaseFile, is_case
from ingestion.transcripts.documents import case_document

__all__ = ["PARSER", "CaseParser"]


@dataclass(frozen=True, slots=True)
class CaseParser:
    """Parses cases in canonical form."""

    format: str = "case"
    extensions: tuple[str, ...] = (CASE_ENDING,)

    def recognizes(self, data: bytes) -> bool:
        """Tell by the mark at the beginning."""
        return is_case(data)

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return question and resolution, scrubbed; metadata names the full transcript."""
        file = CaseFile.decode(data, name=name)
        return case_document(file.case, name=name, transcript=file.transcript)


PARSER = CaseParser()
