"""`POST /v1/checks`, the rule packs, and the list of words of a knowledge base."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.openapi import problems
from api.schemas.base import KnowledgeBaseName
from api.schemas.checks import CheckIn, ReplyCheckOut, WordModel, WordsModel
from api.schemas.rule_packs import RulePacksOut
from api.state import EngineOf
from engine.service import Engine

__all__ = ["router"]

router = APIRouter(prefix="/v1", tags=["checks"])
Name = Annotated[KnowledgeBaseName, Path()]


@router.post("/checks", responses=problems(404, 409, 413))
def check(body: CheckIn, engine: EngineOf) -> ReplyCheckOut:
    """Check a reply before it is sent: words, claims, personal data, red lines, and promises against the policies."""
    return ReplyCheckOut.of(engine.checks.check(body.knowledge_base, body.to_domain()))


@router.get("/rule-packs", responses=problems(takes_input=False))
def list_rule_packs(engine: EngineOf) -> RulePacksOut:
    """List the rules that replies are checked by: the packs in use, then those that come along."""
    return RulePacksOut.shown(engine.checks.parts.packs)


@router.get("/knowledge-bases/{name}/words", responses=problems(404))
def list_words(name: Name, engine: EngineOf) -> WordsModel:
    """List the unwanted words of a knowledge base; the document can be imported as it is."""
    return _listed(engine, name)


@router.post("/knowledge-bases/{name}/words", responses=problems(404, 413))
def add_words(name: Name, body: WordsModel, engine: EngineOf) -> WordsModel:
    """Add words to the list, or change them; the next check takes them up."""
    engine.checks.words.put(name, body.to_domain())
    return _listed(engine, name)


@router.put("/knowledge-bases/{name}/words", responses=problems(404, 413))
def import_words(name: Name, body: WordsModel, engine: EngineOf) -> WordsModel:
    """Make these words the whole list."""
    engine.checks.words.put(name, body.to_domain(), replace_all=True)
    return _listed(engine, name)


@router.delete("/knowledge-bases/{name}/words", status_code=204, responses=problems(404))
def remove_word(
    name: Name,
    word: Annotated[str, Query(min_length=1, max_length=100, description="As it is listed.")],
    engine: EngineOf,
) -> None:
    """Remove a word from the list."""
    engine.checks.words.remove(name, word)


def _listed(engine: Engine, name: str) -> WordsModel:
    return WordsModel(items=tuple(map(WordModel.of, engine.checks.words.words(name))))
