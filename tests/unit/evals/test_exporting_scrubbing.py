"""Rows lose personal data everywhere, with one numbering a conversation, and keep what the documents say."""

from __future__ import annotations

from engine.domain.conversation import Role, Turn
from engine.guard.findings import PersonalKind
from evals.datasets.rows import DialogueRow, DialogueTurnRow, EvidenceRow, GoldenKind, QuestionRow, TurnRow
from evals.exporting.scrubbing import RowScrubber, clean

MAIL, PHONE = "lena.fischer@gmail.com", "+44 20 7946 0142"
HELLO = f"Hi, I am Lena Fischer, write to {MAIL}."
TURNS = (Turn(Role.CUSTOMER, HELLO), Turn(Role.ASSISTANT, "Hello Lena!"), Turn(Role.CUSTOMER, "How long?"))


def row(**fields: object) -> QuestionRow:
    plain: dict[str, object] = {
        "id": "r",
        "language": "en",
        "kind": GoldenKind.ANSWERABLE,
        "text": "How long?",
        "documents": ("d.md",),
        "answers": ("24 months",),
    }
    return QuestionRow.model_validate(plain | fields)


def scrubber(*beside: str) -> RowScrubber:
    return RowScrubber(TURNS, beside, "en")


def test_personal_data_goes_from_every_field() -> None:
    full = row(
        text=f"I'm Lena Fischer, {MAIL}: how long?",
        standalone=f"{MAIL} How long?",
        history=(TurnRow(role=Role.CUSTOMER, text=HELLO), TurnRow(role=Role.ASSISTANT, text="Hello Lena!")),
        answers=("24 months", f"24 months, call {PHONE}"),
        note=f"Because: Lena Fischer called from {PHONE}",
    )
    using = scrubber(full.note)
    plain = using.question(full)
    written = plain.model_dump_json()
    assert not any(secret in written for secret in ("Lena", "Fischer", MAIL, PHONE))
    assert clean(plain)
    assert not clean(full)
    assert set(using.replaced) == {PersonalKind.NAME, PersonalKind.EMAIL, PersonalKind.PHONE}


def test_the_same_person_has_the_same_placeholder_in_all_rows_of_a_conversation() -> None:
    using = scrubber()
    first = using.question(row(text=HELLO))
    second = using.question(row(text=f"Me again, {MAIL}. Lena Fischer here."))
    assert first.text == "Hi, I am [name 1], write to [email 1]."
    assert "[email 1]" in second.text
    assert "[name 1]" in second.text
    assert len(using.replaced) == 2


def test_wordings_that_documents_do_not_have_any_more_are_dropped_where_others_remain() -> None:
    plain = scrubber().question(row(answers=(f"Call {PHONE}", "24 months")))
    assert (plain.answers, plain.status, plain.note) == (("24 months",), "approved", "")


def test_an_answer_without_any_wording_as_it_was_waits_for_a_person() -> None:
    plain = scrubber().question(row(answers=(f"Call {PHONE}",)))
    assert (plain.answers, plain.status) == (("Call [phone 1]",), "proposed")
    assert "personal data was replaced" in plain.note


def test_evidence_with_personal_data_keeps_its_document() -> None:
    evidence = (EvidenceRow(document="d.md", quote=f"Call {PHONE}"), EvidenceRow(document="d.md", quote="24 months"))
    plain = scrubber().question(row(evidence=evidence))
    assert plain.evidence == (EvidenceRow(document="d.md"), evidence[1])


def test_a_dialogue_is_scrubbed_turn_by_turn() -> None:
    turns = (
        DialogueTurnRow(text=HELLO, kind=GoldenKind.OUT_OF_SCOPE),
        DialogueTurnRow(text="How long?", documents=("d.md",), answers=(f"Call {PHONE}",)),
    )
    plain = scrubber().dialogue(DialogueRow(id="d", language="en", turns=turns, note="Turn 1. Lena Fischer"))
    assert plain.turns[0].text == "Hi, I am [name 1], write to [email 1]."
    assert (plain.turns[1].answers, plain.status) == (("Call [phone 1]",), "proposed")
    assert plain.note.splitlines()[0] == "Turn 1. [name 1]"
    assert plain.note.splitlines()[1].startswith("Turn 2. ")
    assert clean(plain)


def test_the_name_of_a_document_is_looked_at_and_left() -> None:
    named = scrubber().question(row(documents=(f"mails/{MAIL}.eml",)))
    assert named.documents == (f"mails/{MAIL}.eml",)
    assert not clean(named)


def test_what_has_nothing_personal_stays_as_it_is() -> None:
    plain = row(evidence=(EvidenceRow(document="d.md", quote="24 months"),), hand_over=True)
    assert scrubber().question(plain) == plain
