"""What a service desk says around the matter of a reply, by tone and mood; one file a language in `drafts`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from engine.domain.assist import Emotion
from engine.domain.draft import Tone
from engine.domain.handoff import Queue
from engine.languages.registry import profile_for

__all__ = ["DraftPhrases", "Voice", "draft_phrases", "every_language"]

FOLDER: Final = Path(__file__).parent / "drafts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What is said in one tone; none of it promises anything.

    `named` and `unnamed` greet, the former with `{name}`. `steps` announces a list, `invite` says that the customer may
    write again, `ask` introduces a question. `holding` confirms the receipt, says that there is no sure answer and that
    `{team}` looks into it. `closing` ends a chat, `patience` one with a customer who is upset, `sign_off` a letter.
    """

    named: str
    unnamed: str
    empathy: Mapping[Emotion, str]
    steps: str
    invite: str
    ask: str
    holding: str
    closing: str
    patience: str
    sign_off: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPhrases:
    """The phrases of a language.

    `about` introduces what is said about the order `{order_number}`. `sorry` and `glad` are all the feeling of a
    concise reply. `teams` are names for those who look into it, as the subject of a sentence.
    """

    formal: Voice
    friendly: Voice
    about: str
    sorry: str
    glad: str
    teams: Mapping[Queue, str]

    def voice(self, tone: Tone) -> Voice:
        """Return what is said in a tone."""
        if tone is Tone.CONCISE:
            sad = dict.fromkeys((Emotion.ANGER, Emotion.ANXIETY, Emotion.DISAPPOINTMENT), self.sorry)
            brief = {Emotion.CONFUSION: "", Emotion.NEUTRAL: "", Emotion.JOY: self.glad, **sad}
            return replace(self.friendly, empathy=brief, invite="", closing="", patience="")
        return self.formal if tone is Tone.FORMAL else self.friendly


def draft_phrases(language: str) -> DraftPhrases:
    """Return the phrases for a language (BCP 47 tag); English for a language without."""
    code = profile_for(language).code
    return _read(code if code in every_language() else "en")


def every_language() -> frozenset[str]:
    """Return the codes of the languages that have phrases."""
    return frozenset(path.stem for path in FOLDER.glob("*.toml"))


@lru_cache
def _read(code: str) -> DraftPhrases:
    table = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    formal, friendly = _voice(table.pop("formal")), _voice(table.pop("friendly"))
    teams = {Queue(name): team for name, team in table.pop("teams").items()}
    return DraftPhrases(formal=formal, friendly=friendly, teams=teams, **table)


def _voice(table: dict[str, Any]) -> Voice:
    return Voice(empathy={Emotion(name): said for name, said in table.pop("empathy").items()}, **table)
