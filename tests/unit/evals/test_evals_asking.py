"""Judging one answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from engine.domain.conversation import Role, Turn
from evals.asking import Asked, ask
from evals.subject import Entry
from tests.unit.evals.fake_system import FakeSubject


@pytest.fixture
def subject(tmp_path: Path) -> FakeSubject:
    made = FakeSubject(tmp_path)
    texts: Sequence[tuple[str, str]] = (
        ("delivery", "Delivery abroad takes 9 days."),
        ("warranty", "保固自購買日起 24 個月。保固不含耗材。"),
    )
    list(made.add([Entry(uri, "", text) for uri, text in texts]))
    return made


def test_an_answer_is_judged(subject: FakeSubject) -> None:
    judged = ask(subject, Asked("q", "delivery abroad takes how long", ["9 days"]))
    assert judged.text == "Delivery abroad takes 9 days."
    assert judged.contained
    assert judged.token_f1 == pytest.approx(2 * 2 / (5 + 2))
    assert judged.confidence == pytest.approx(3 / 5)
    assert judged.cited == ("delivery",)
    assert judged.exactness == 1.0
    assert (judged.sentences, judged.brief) == (1, True)


def test_chinese_sentences_are_counted_and_scripts_folded(subject: FakeSubject) -> None:
    judged = ask(subject, Asked("q", "保固多久", ["24个月"]))
    assert judged.contained
    assert judged.sentences == 2


def test_a_withheld_answer_contains_nothing(subject: FakeSubject) -> None:
    judged = ask(subject, Asked("q", "delivery of a large parcel to the moon", ["9 days"]))
    assert judged.text is None
    assert (judged.contained, judged.token_f1, judged.sentences, judged.cited) == (False, 0.0, 0, ())
    assert 0 < judged.confidence < 0.5


def test_a_threshold_overrides_the_systems_own(subject: FakeSubject) -> None:
    question = Asked("q", "delivery of a large parcel to the moon", ["9 days"])
    assert ask(subject, question, threshold=0.0).text is not None
    assert ask(subject, Asked("q", "delivery abroad", ["9 days"]), threshold=1.1).text is None


def test_history_reaches_the_subject(subject: FakeSubject) -> None:
    history = (Turn(Role.CUSTOMER, "delivery abroad takes days"),)
    assert ask(subject, Asked("q", "and to Asia", ["9 days"])).text is None
    assert ask(subject, Asked("q", "and to Asia", ["9 days"], history)).contained


def test_a_refused_question_counts_as_unanswered(subject: FakeSubject) -> None:
    judged = ask(subject, Asked("q", " ", ["9 days"]))
    assert (judged.text, judged.contained, judged.confidence) == (None, False, 0.0)
