"""Edits while others read: what is embedded, how soon it is answered, and whether a reader ever sees anything odd."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import count

from engine.errors import InvalidInput
from engine.languages.detection import ScriptDetector
from evals.bench.service import Api, Seen

__all__ = ["EditBench", "EditsUnderQuestions", "SectionEdit", "bench_edits", "edit_section", "edit_under_questions"]

FACTS = {  # by language: what a page is made to say, and the question about it
    "en": ("The Maruvale relay code is K7-4921.", "What is the Maruvale relay code?"),
    "ja": ("マルヴェール中継コードはK7-4921です。", "マルヴェール中継コードは何ですか？"),
    "zh-Hans": ("马鲁维尔中继代码是K7-4921。", "马鲁维尔中继代码是什么？"),
    "zh-Hant": ("馬魯維爾中繼代碼是K7-4921。", "馬魯維爾中繼代碼是什麼？"),
}
PAGE = "edited-under-questions.md"
SECTIONS = ("inlet", "outlet", "gasket", "beacon", "hopper", "nozzle")
ASKED = f"Maruvale hydrator edition of the {', '.join(SECTIONS)}"
EDITION = re.compile(r"The Maruvale hydrator (\w+) is of edition (\d+)\.")
CARE = "Keep the {} dry and clean. "
LIMIT = 20
_HEADING = re.compile(r"^##+ .*$", re.M)

State = tuple[int, ...]  # the edition of each section


@dataclass(frozen=True, slots=True)
class SectionEdit:
    """One section of a page edited: passages of the page, and those of them that were embedded.

    `request_ms` is what the upload took, `answered_ms` the time from its return to that of the answer, which quotes the
    new text if `answered`.
    """

    passages: int
    embedded: int
    sections_changed: int
    request_ms: float
    answered_ms: float
    answered: bool


@dataclass(slots=True)
class EditsUnderQuestions:
    """Edits of a page of six sections, one section each, while readers ask for all of it.

    A mixture is a result that shows two versions, or sections in a state that no version was in; a gap one without all
    sections, or an answer without evidence of the page; a step back one that is older than what the same reader has
    seen before.
    """

    edits: int = 0
    searches: int = 0
    answers: int = 0
    mixtures: int = 0
    gaps: int = 0
    steps_back: int = 0
    seconds: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count(self, **numbers: int) -> None:
        """Add to some of the numbers."""
        with self.lock:
            for name, number in numbers.items():
                setattr(self, name, getattr(self, name) + number)


@dataclass(frozen=True, slots=True)
class EditBench:
    """Both measurements, over a knowledge base of `pages`."""

    pages: int
    section: SectionEdit
    questions: EditsUnderQuestions

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        asked = self.questions
        return {
            "pages": self.pages,
            "one_section": {name: _rounded(value) for name, value in asdict(self.section).items()},
            "edits_under_questions": {
                "edits": asked.edits,
                "searches": asked.searches,
                "answers": asked.answers,
                "mixtures": asked.mixtures,
                "gaps": asked.gaps,
                "steps_back": asked.steps_back,
                "seconds": _rounded(asked.seconds),
            },
        }


def bench_edits(api: Api, pages: Mapping[str, str], *, edits: int, readers: int) -> EditBench:
    """Edit one section of the page with the most sections, then a page of its own under questions."""
    name = max(sorted(pages), key=lambda each: len(_HEADING.findall(pages[each])))
    return EditBench(len(pages), edit_section(api, name, pages[name]), edit_under_questions(api, edits, readers))


def edit_section(api: Api, name: str, text: str) -> SectionEdit:
    """Add a fact to the last section of a page that is in the knowledge base, in its language, and ask for it."""
    if not _HEADING.search(text):
        raise InvalidInput("The benchmark needs a page with sections.", remedy="Name a folder of Markdown pages.")
    fact, question = FACTS.get(ScriptDetector().detect(text), FACTS["en"])
    began = time.perf_counter()
    report = api.upload(name, f"{text.rstrip()}\n\n{fact}\n")
    returned = time.perf_counter()
    cited = api.answer(question)
    answered = time.perf_counter()
    found = any(fact in each.text for each in cited)
    return SectionEdit(
        report.chunks,
        report.embedded,
        api.changed_sections(name),
        (returned - began) * 1000,
        (answered - returned) * 1000,
        found,
    )


def edit_under_questions(api: Api, edits: int, readers: int) -> EditsUnderQuestions:
    """Edit a page so many times, one section each time, while `readers` search all the time and one more asks."""
    states: list[State] = [(0,) * len(SECTIONS)]
    api.upload(PAGE, _page(states[0]))
    seen, done = EditsUnderQuestions(), threading.Event()
    readings = [_Reader(api, states, seen, done) for _ in range(readers)]
    threads = [threading.Thread(target=each.search) for each in readings]
    threads.append(threading.Thread(target=_Reader(api, states, seen, done).ask))
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    try:
        for number in range(1, edits + 1):
            changed = (number - 1) % len(SECTIONS)
            states.append(tuple(number if at == changed else old for at, old in enumerate(states[-1])))
            api.upload(PAGE, _page(states[-1]))
            seen.count(edits=1)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    seen.seconds = time.perf_counter() - began
    return seen


@dataclass(slots=True)
class _Reader:
    """Looks at the page again and again, and notes what is odd."""

    api: Api
    states: Sequence[State]
    seen: EditsUnderQuestions
    done: threading.Event
    newest: int = 0

    def search(self) -> None:
        """Search for all sections until the edits are done."""
        while not self.done.is_set():
            found = [each for each in self.api.search(ASKED, limit=LIMIT) if each.uri == PAGE]
            self.seen.count(searches=1)
            self._judge(found)

    def ask(self) -> None:
        """Ask for one section after the other until the edits are done."""
        for number in count():
            if self.done.is_set():
                return
            part = SECTIONS[number % len(SECTIONS)]
            cited = self.api.answer(f"Of which edition is the Maruvale hydrator {part}?")
            ours = [each for each in cited if each.uri == PAGE]
            self.seen.count(answers=1, gaps=not ours, mixtures=len({each.version for each in ours}) > 1)

    def _judge(self, found: Sequence[Seen]) -> None:
        editions = {part: int(number) for each in found for part, number in EDITION.findall(each.text)}
        if editions.keys() != set(SECTIONS):
            self.seen.count(gaps=1)
            return
        state = tuple(editions[part] for part in SECTIONS)
        versions = {each.version for each in found}
        if len(versions) > 1 or state not in self.states:
            self.seen.count(mixtures=1)
            return
        (version,) = versions
        self.seen.count(steps_back=version < self.newest)
        self.newest = max(self.newest, version)


def _page(state: State) -> str:
    """Return the page in a state; its sections are long enough to be a passage each."""
    sections = "\n\n".join(
        f"## The {part}\n\nThe Maruvale hydrator {part} is of edition {edition}. {CARE.format(part) * 12}"
        for part, edition in zip(SECTIONS, state, strict=True)
    )
    return f"# Maruvale hydrator\n\n{sections}\n"


def _rounded(value: object) -> object:
    return round(value, 1) if isinstance(value, float) else value
