"""The shape of a language's sentiment lexicon."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Lexicon"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    r"""Regular expressions, parts separated by "|", on folded text (`engine.languages.folding.fold`).

    `fury` insults, curses and breaks off; `grievance` blames: waiting, repeating oneself, being sent around; `regret`
    says that something falls short of what was hoped for; `fault` names what is wrong with a thing; `worry` fears and
    presses; `puzzle` does not understand; `thanks`; `content` is mild praise and relief; `delight` is strong praise;
    `irony` turns praise into its opposite; `litotes` praises by denying blame ("not bad"); `tepid` blames by denying
    praise ("not great"); `contrast` makes what follows count more; `stress` makes words stronger; `request` asks
    politely; `asking` marks a plain question.
    `negators_before` reverse a cue that follows within a few words, `negators_after` praise that they follow at once.
    Without `spaces` words are not delimited, and `near` is in how many characters a negator reverses what follows.
    """

    codes: tuple[str, ...]
    fury: str = ""
    grievance: str = ""
    regret: str = ""
    fault: str = ""
    worry: str = ""
    puzzle: str = ""
    thanks: str = ""
    content: str = ""
    delight: str = ""
    irony: str = ""
    litotes: str = ""
    tepid: str = ""
    contrast: str = ""
    stress: str = ""
    request: str = ""
    asking: str = ""
    negators_before: str = ""
    negators_after: str = ""
    spaces: bool = True
    near: int = 3
