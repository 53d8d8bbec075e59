"""Generate pages and conversations of a fictional shop in four languages, and the truth about what contradicts what."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from evals.bench.contradictions.wording import LANGUAGES, Fact, Half, in_language, named, said, shop, topics

__all__ = ["DEVELOPMENT", "REPORTED", "Stated", "World", "generated"]

DEVELOPMENT, REPORTED = Half(0, 2), Half(2, 4)
TWICE = 0.6  # of the facts stand on the second page about a subject, too
WRONG = 0.08  # of the statements give another value than they should
CONDITIONAL = 0.2  # of the facts have another value under a condition: no contradiction
TALKED_OF = 0.15  # of the facts are told by an agent, one half of them wrongly
EXPIRED = 0.15  # of the pages have a predecessor that is out of force, with other values
ASIDES = 3  # sentences of a page that state nothing


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence that states a fact, and where; under a `condition` it says nothing of the fact without."""

    fact: Fact
    language: str
    path: str
    sentence: str
    condition: int = -1
    told: bool = False

    def contradicts(self, other: Stated) -> bool:
        """Tell whether they are in different places and say different things of the same.

        Chinese is one language; pages in different languages are compared where they are the same page.
        """
        one = (self.fact.topic, self.fact.subject, self.condition)
        same = one == (other.fact.topic, other.fact.subject, other.condition) and self.path != other.path
        if not same or self.fact.value == other.fact.value or (self.told and other.told):
            return False
        stems = {path.partition("/")[2] for path in (self.path, other.path)}
        return self.language[:2] == other.language[:2] or len(stems) == 1


@dataclass(slots=True)
class World:
    """Texts by their paths, what they state, and the pages that are out of force."""

    files: dict[str, str] = field(default_factory=dict)
    stated: list[Stated] = field(default_factory=list)
    expired: list[str] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Write the files below a folder."""
        for path, text in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")

    @property
    def contradictions(self) -> tuple[tuple[Stated, Stated], ...]:
        """All pairs of statements that contradict each other."""
        return tuple(pair for pair in combinations(self.stated, 2) if pair[0].contradicts(pair[1]))


def generated(seed: int, half: Half) -> World:
    """Return the world of a seed, said in the wordings of a half; what is so is the same in all languages."""
    chance, world = random.Random(seed), World()  # noqa: S311
    for about, subject in _subjects():
        facts = [Fact(key, subject, _value(key, chance)) for key, topic in topics().items() if topic["about"] == about]
        twice = [fact for fact in facts if chance.random() < TWICE]
        for language in LANGUAGES:
            pages = _pages(about, subject, language)
            writer = _Writer(world, language, half, chance)
            writer.page(pages[0], facts)
            writer.page(pages[1], twice)
            for fact in facts:
                if chance.random() < TALKED_OF:
                    writer.conversation(pages[0][0], fact)
    return world


def _subjects() -> Iterator[tuple[str, str]]:
    yield "none", ""
    yield from (("product", name) for name in shop()["products"])
    yield from (("country", name) for name in shop()["countries"]["en"])


def _pages(about: str, subject: str, language: str) -> list[tuple[str, str]]:
    """Return path and title of the two pages about a subject."""
    words = language.partition("-")[0]
    stem = subject.lower().replace(" ", "-") or "shop"
    titles = shop()["titles"][about][words]
    return [
        (f"{language}/{stem}-{n}.md", in_language(t.format(p=named(subject, words)), language))
        for n, t in enumerate(titles, 1)
    ]


def _value(topic: str, chance: random.Random, but: str = "") -> str:
    values = ["yes", "no"] if topics()[topic].get("yes_no") else topics()[topic]["values"]
    return str(chance.choice([each for each in values if each != but]))


@dataclass(slots=True)
class _Writer:
    """Writes pages and conversations of one language into a world."""

    world: World
    language: str
    half: Half
    chance: random.Random

    @property
    def words(self) -> str:
        """The language in the files of wordings."""
        return self.language.partition("-")[0]

    def page(self, where: tuple[str, str], facts: list[Fact]) -> None:
        """Write a page that states the facts, some of them wrongly, some under a condition with another value."""
        path, title = where
        lines = [self.state(self.perhaps_wrong(fact, WRONG), path) for fact in facts]
        for fact in facts:
            if self.chance.random() < CONDITIONAL and not topics()[fact.topic].get("yes_no"):
                lines.append(self.state(self.other(fact), path, self.chance.randrange(4)))
        self.world.files[path] = self.markdown(title, lines + self.asides())
        if facts and self.chance.random() < EXPIRED:
            old = [said(self.other(fact), self.language, self.half, self.chance) for fact in facts]
            gone = path.replace(".md", "-2023.md")
            self.world.files[gone] = f"---\neffective_until: 2023-12-31\n---\n{self.markdown(title, old)}"
            self.world.expired.append(gone)

    def conversation(self, page: str, fact: Fact) -> None:
        """Write a conversation in which an agent states the fact, rightly or not."""
        path = f"{page.removesuffix('.md')}-{fact.topic}-chat.txt"
        chat = {name: in_language(text, self.language) for name, text in shop()["chat"][self.words].items()}
        about = in_language(self.named(fact.subject), self.language)
        colon = ": " if self.words == "en" else "："
        told = self.state(self.perhaps_wrong(fact, 0.5), path, told=True)
        turns = (
            (chat["customer"], chat["ask"].format(p=about)),
            (chat["agent"], chat["hello"] + told),
            (chat["customer"], chat["thanks"]),
        )
        self.world.files[path] = "".join(f"{who}{colon}{text}\n" for who, text in turns)

    def state(self, fact: Fact, path: str, condition: int = -1, *, told: bool = False) -> str:
        """Return a sentence that states the fact, and note it down."""
        sentence = said(fact, self.language, self.half, self.chance)
        if condition >= 0:
            sentence = in_language(shop()["conditions"][self.words][condition], self.language) + sentence
        self.world.stated.append(Stated(fact, self.language, path, sentence, condition, told))
        return sentence

    def named(self, subject: str) -> str:
        """Return a subject in the language, the shop itself for none."""
        return named(subject, self.words) or str(shop()["shop"][self.words])

    def other(self, fact: Fact) -> Fact:
        """Return the fact with another value."""
        return Fact(fact.topic, fact.subject, _value(fact.topic, self.chance, but=fact.value))

    def perhaps_wrong(self, fact: Fact, how_often: float) -> Fact:
        """Return the fact, or with that probability another one."""
        return self.other(fact) if self.chance.random() < how_often else fact

    def asides(self) -> list[str]:
        """Return sentences that state nothing."""
        return [in_language(each, self.language) for each in self.chance.sample(shop()["asides"][self.words], ASIDES)]

    def markdown(self, title: str, lines: list[str]) -> str:
        """Return a page of the lines in any order, in three sections."""
        self.chance.shuffle(lines)
        headings = shop()["headings"][self.words]
        joint = " " if self.words == "en" else ""
        parts = [f"# {title}"]
        for number, heading in enumerate(headings):
            parts += [f"## {in_language(heading, self.language)}", joint.join(lines[number :: len(headings)])]
        return "\n\n".join(parts) + "\n"
