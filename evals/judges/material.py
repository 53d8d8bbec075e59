"""The judges and their prompts; a prompt that changes gets a new version, never the old name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from evals.runs.case import Case, Task

__all__ = ["VERSIONS", "Judge", "Material", "material", "prompt"]


class Judge(StrEnum):
    """What is judged."""

    CORRECTNESS = "correctness"
    FAITHFULNESS = "faithfulness"
    RELEVANCE = "relevance"


VERSIONS: Mapping[Judge, str] = {Judge.CORRECTNESS: "v1", Judge.FAITHFULNESS: "v1", Judge.RELEVANCE: "v1"}


@dataclass(frozen=True, slots=True)
class Material:
    """What a judge sees: the question, the answer, and what to hold it against."""

    question: str
    answer: str
    reference: str


def prompt(judge: Judge) -> str:
    """Return the template, with {query}, {generated_answer} and {reference_answer}."""
    return (files("evals.judges") / "prompts" / f"{judge}.{VERSIONS[judge]}.txt").read_text(encoding="utf-8")


def material(judge: Judge, case: Case) -> Material | None:
    """Return what the judge sees of a case; None where there is nothing to judge: no answer, or no reference."""
    if case.task is not Task.ANSWER or not case.answer:
        return None
    reference = "\n".join(case.quotes if judge is Judge.FAITHFULNESS else case.expected)
    if not reference and judge is not Judge.RELEVANCE:
        return None
    return Material(_fenced(case.question), _fenced(case.answer), _fenced(reference))


def _fenced(text: str) -> str:
    """Keep a text from closing the tag that it stands in."""
    return text.replace("</", "<\u200b/")
