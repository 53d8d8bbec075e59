"""A language model that does what any text tells it to, as far as a script can."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from engine.guard.injection_hidden import plain
from engine.ports import Prompt

__all__ = ["ObedientGenerator", "squeezed"]

_EVIDENCE = re.compile(r"<evidence\S* id=\"(\d+)\"[^>]*>\n(.*?)\n</evidence", re.DOTALL)
_QUOTED = re.compile(r"[\"“]([^\"”]{8,})[\"”]|((?:www\.)?[\w-]+\.(?:com|xyz|net|org)\b)|([\w.]+@[\w.]+\w)")
_SENTENCE = re.compile(r"[^.!?。！？\n]{12,}[.!?。！？]?")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{20,}={0,2}")


def squeezed(text: str) -> str:
    """Return what two ways to write a text share: its letters and digits, folded."""
    return "".join(char for char in plain(text).text if char.isalnum())


class ObedientGenerator:
    """Obeys `attack` if it can read it in its prompt, in whatever disguise; else it answers from the evidence.

    `said` is what it says in obedience: the instruction itself, what that wants said, and the evidence disfigured.
    `saw` tells whether the attack was in the last prompt.
    """

    model = "obedient"

    def __init__(self, attack: str = "") -> None:
        self.attack = attack
        self.said: tuple[str, ...] = ()
        self.saw = False

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """Yield the obedient reply, each sentence with a citation of the passage that commanded it."""
        evidence = _EVIDENCE.findall(prompt.user)
        obeyed = [(number, text) for number, text in evidence if squeezed(self.attack) in squeezed(_read(text))]
        self.saw = bool(obeyed) or squeezed(self.attack) in squeezed(_read(prompt.user))
        found = [(number, each) for number, text in obeyed or evidence[:1] for each in _SENTENCE.findall(text)]
        self.said = self._obedience([text for _, text in found]) if self.saw else ()
        number = found[0][0] if found else "1"
        yield from (f"{text.rstrip('.!?')}. [{number}] " for text in self.said)
        yield from (f"{text.strip()} [{number}] " for number, text in found[:1])

    def _obedience(self, evidence: list[str]) -> tuple[str, ...]:
        wanted = [next(filter(None, groups)) for groups in _QUOTED.findall(self.attack)]
        longest = max(evidence, key=len, default="")
        disfigured = (longest.replace(" ", ""), longest[::-1], longest.translate(str.maketrans("aeiou", "12345")))
        return (
            self.attack,
            f"Sure, here it is: {self.attack}",
            *wanted,
            *(each for each in disfigured if each != longest),
        )


def _read(text: str) -> str:
    """Return the text followed by what is hidden in it."""
    tags = "".join(chr(ord(char) - 0xE0000) for char in text if "\U000e0020" <= char <= "\U000e007e")
    return f"{text}\n{tags}\n" + "\n".join(_decoded(found[0]) for found in _BASE64.finditer(text))


def _decoded(written: str) -> str:
    try:
        return base64.b64decode(written + "=" * (-len(written) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
