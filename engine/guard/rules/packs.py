"""Rule packs: TOML files of rules, shipped and the owner's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from engine.domain.check import CheckRule, Severity
from engine.errors import InvalidInput, Misconfigured
from engine.languages.folding import converted

__all__ = ["Rule", "RulePack", "compiled", "configured_packs", "load_pack", "pack_names", "shipped_pack"]

_FOLDER = Path(__file__).parent / "shipped"
_Text = Annotated[str, StringConstraints(min_length=1)]
_Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Strict):
    """Words and patterns that a reply must not have.

    `words` are found as `engine.guard.words.matcher` does, hidden ones too if `disguised`. `patterns` and `unless` are
    regular expressions over folded text; what overlaps a match of `unless` does not count. `remedy` is by language.
    """

    id: _Id
    rule: CheckRule
    severity: Severity
    words: tuple[_Text, ...] = ()
    disguised: bool = False
    patterns: tuple[_Text, ...] = ()
    unless: tuple[_Text, ...] = ()
    remedy: Mapping[str, _Text]

    @model_validator(mode="after")
    def _usable(self) -> Self:
        if not self.words and not self.patterns:
            raise ValueError("needs words or patterns")
        if "en" not in self.remedy:
            raise ValueError('needs a remedy in English ("en")')
        for pattern in (*self.patterns, *self.unless):
            try:
                compiled(pattern)
            except re.error as error:
                raise ValueError(f"pattern {pattern!r} is no regular expression: {error}") from error
        return self


class RulePack(_Strict):
    """The rules of one file."""

    title: _Text
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        ids = [rule.id for rule in self.rules]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise ValueError(f"rule ids must differ: {', '.join(twice)}")
        return self


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern for folded text; Han may be written in either script."""
    return re.compile(converted(pattern, "t2s"), re.IGNORECASE)


def pack_names() -> tuple[str, ...]:
    """Return the names of the shipped packs."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@lru_cache(maxsize=32)
def shipped_pack(name: str) -> RulePack:
    """Return a shipped pack; InvalidInput names those that there are."""
    if name not in pack_names():
        raise InvalidInput(f"There is no rule pack {name!r}.", remedy=f"Choose among: {', '.join(pack_names())}.")
    return load_pack(_FOLDER / f"{name}.toml")


def configured_packs(names: Sequence[str]) -> dict[str, RulePack]:
    """Return packs by name: shipped ones, and TOML files, which are called by their names without ending.

    A file takes the place of a shipped pack of its name; Misconfigured if two files have one.
    """
    paths = [Path(name) for name in dict.fromkeys(names) if name.endswith(".toml")]
    stems = [path.stem for path in paths]
    if twice := sorted({stem for stem in stems if stems.count(stem) > 1}):
        raise Misconfigured(f"Two files of rules are called {twice[0]!r}.", remedy="Give one of them another name.")
    shipped = {name: shipped_pack(name) for name in names if not name.endswith(".toml")}
    return shipped | {path.stem: load_pack(path) for path in paths}


def load_pack(path: Path) -> RulePack:
    """Read a pack from a TOML file; Misconfigured names the file, the rule and the field that is wrong."""
    try:
        return RulePack.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(
            f"The rule pack {path.name} cannot be read.", remedy="Check its path and rights."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"The rule pack {path.name} is not TOML: {error}.", remedy="Correct that line.") from error
    except ValidationError as error:
        wrong = "; ".join(f"{_place(e['loc'])}: {e['msg']}" for e in error.errors(include_input=False))
        raise Misconfigured(f"The rule pack {path.name} is wrong: {wrong}.", remedy="Correct these fields.") from error


def _place(loc: tuple[int | str, ...]) -> str:
    """Return where in the file a field stands; rules count from 1."""
    return ".".join(
        f"rule {part + 1}" if isinstance(part, int) and at == 1 else str(part) for at, part in enumerate(loc)
    )
