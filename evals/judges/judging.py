"""Have a language model rate the answers of a run, through llama-index's evaluators and prompts of our own.

All judges run on `CorrectnessEvaluator`, which compares an answer with a reference by any template and parser: the
library's other evaluators take every reply with "yes" in it for agreement, and build an index for each question.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from engine.errors import BackendFailed, Conflict
from evals.judges.material import VERSIONS, Judge, Material, material, prompt
from evals.runs.case import Case
from evals.runs.folder import RunFolder
from evals.runs.log import Log, read_log

if TYPE_CHECKING:
    from llama_index.core.evaluation import CorrectnessEvaluator
    from llama_index.core.llms import LLM

__all__ = ["JUDGEMENT", "Judgement", "Model", "judge_cases", "judgements", "open_model"]

AT_ONCE = 4
NO_RATING = "the reply is no rating"
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Model:
    """An OpenAI-compatible server and one of its models."""

    base_url: str
    name: str
    api_key: str = ""
    timeout_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A rating from 1 to 5 of a case; None, with the error, where the model gave none."""

    case: str
    judge: Judge
    version: str
    model: str
    rating: int | None
    reason: str = ""
    error: str = ""


JUDGEMENT = TypeAdapter(Judgement)


class _Reply(BaseModel):
    rating: int = Field(ge=1, le=5)
    reason: str = ""


def open_model(model: Model) -> LLM:
    """Return the model at temperature 0; it is called when it is asked."""
    from llama_index.llms.openai_like import OpenAILike  # type: ignore[import-untyped]

    opened: LLM = OpenAILike(
        model=model.name,
        api_base=model.base_url,
        api_key=model.api_key or "none",
        is_chat_model=True,
        temperature=0.0,
        timeout=model.timeout_s,
        max_retries=2,
    )
    return opened


def judge_cases(folder: RunFolder, judge: Judge, cases: Sequence[Case], llm: LLM, *, name: str) -> Iterator[Judgement]:
    """Rate the cases that are not rated yet, and yield each judgement as it is written into the run's folder.

    Conflict if the run was rated by another model or prompt; BackendFailed if the model answers none of a batch.
    """
    known = list(read_log(_file(folder, judge), JUDGEMENT))
    if any((each.version, each.model) != (VERSIONS[judge], name) for each in known):
        remedy = f"Remove judgements/{judge}.jsonl from the run to judge anew."
        raise Conflict(f"{judge} was judged by another model or prompt.", remedy=remedy)
    rated = {each.case for each in known if each.rating is not None}
    wanted = [(case, seen) for case in cases if case.id not in rated and (seen := material(judge, case)) is not None]
    log = Log(_file(folder, judge), JUDGEMENT)
    try:
        with asyncio.Runner() as runner:
            evaluator = _evaluator(judge, llm)
            for start in range(0, len(wanted), AT_ONCE):
                batch = wanted[start : start + AT_ONCE]
                found = runner.run(_rate_all(evaluator, judge, name, batch))
                _raise_if_none_answered(found)
                for each in found:
                    log.append(each)
                    yield each
    finally:
        log.close()


def judgements(folder: RunFolder) -> dict[str, dict[Judge, Judgement]]:
    """Return the last judgement of each judge by case."""
    found: dict[str, dict[Judge, Judgement]] = {}
    for judge in Judge:
        for each in read_log(_file(folder, judge), JUDGEMENT):
            found.setdefault(each.case, {})[judge] = each
    return found


def _file(folder: RunFolder, judge: Judge) -> Path:
    return folder.path / "judgements" / f"{judge}.jsonl"


def _evaluator(judge: Judge, llm: LLM) -> CorrectnessEvaluator:
    from llama_index.core.evaluation import CorrectnessEvaluator

    return CorrectnessEvaluator(llm=llm, eval_template=prompt(judge), parser_function=_parsed)


def _parsed(reply: str) -> tuple[float | None, str | None]:
    """Read the JSON object of a reply, also where the model talks around it."""
    found = _OBJECT.search(reply)
    try:
        read = _Reply.model_validate(json.loads(found[0] if found else ""))
    except (json.JSONDecodeError, ValidationError):
        return None, None
    return float(read.rating), read.reason


async def _rate_all(
    evaluator: CorrectnessEvaluator, judge: Judge, name: str, batch: Sequence[tuple[Case, Material]]
) -> list[Judgement]:
    return list(await asyncio.gather(*(_rate(evaluator, judge, name, case, seen) for case, seen in batch)))


async def _rate(evaluator: CorrectnessEvaluator, judge: Judge, name: str, case: Case, seen: Material) -> Judgement:
    import httpx
    import openai

    blank = Judgement(case.id, judge, VERSIONS[judge], name, None)
    try:
        found = await evaluator.aevaluate(query=seen.question, response=seen.answer, reference=seen.reference)
    except (openai.OpenAIError, httpx.HTTPError, ValueError, KeyError) as error:
        return replace(blank, error=type(error).__name__)
    if found.score is None:
        return replace(blank, error=NO_RATING)
    return replace(blank, rating=int(found.score), reason=found.feedback or "")


def _raise_if_none_answered(found: Sequence[Judgement]) -> None:
    errors = {each.error for each in found}
    if "" not in errors and NO_RATING not in errors:
        remedy = "Check --base-url, --model and the key, then run the same command again."
        raise BackendFailed(f"The judge does not answer: {sorted(errors)[0]}.", remedy=remedy)
