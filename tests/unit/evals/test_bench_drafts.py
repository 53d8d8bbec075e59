from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.domain.answer import Citation
from engine.domain.channel import Channel
from engine.domain.check import Checked, PromiseMatter, PromiseStanding, PromiseVerdict, Verdict
from engine.domain.conversation import Role
from engine.domain.draft import Draft, DraftMode, DraftPart, DraftSection, Tone
from engine.domain.knowledge import DocumentKind, Span
from engine.errors import InvalidInput
from evals.bench.cli import app
from evals.bench.drafts import bench_drafts, invented, misplaced, score
from evals.datasets.drafts import GoldenDraft, load_drafts
from evals.datasets.rows import TurnRow
from evals.fit_drafts import Weighed, rows

QUOTE = "You may return it within 30 days."
TEXT = f"Hello Lena,\n{QUOTE}"
GOLDEN = GoldenDraft(
    id="1",
    language="en",
    turns=(TurnRow(role=Role.CUSTOMER, text="How long may I return it?"),),
    tone=Tone.FRIENDLY,
    channel=Channel.CHAT,
    facts={"customer_name": "Lena"},
    mode=DraftMode.COMPOSED,
    parts=(DraftPart.GREETING, DraftPart.ANSWER),
    quotes=("within 30 days",),
)


def cited(quote: str = QUOTE, at: int = 12, language: str = "en") -> Citation:
    span = Span(at, at + len(quote))
    kind = DocumentKind.POLICY
    return Citation(
        "c", "d", 1, "Returns", "returns.md", kind, language, (), None, Span(0, len(quote)), quote, span, 1.0
    )


def made(text: str = TEXT, **changes: object) -> Draft:
    parts = (DraftPart.GREETING, Span(0, 11)), (DraftPart.ANSWER, Span(0, len(text)))
    draft = Draft(
        text=text,
        language="en",
        tone=Tone.FRIENDLY,
        channel=Channel.CHAT,
        mode=DraftMode.COMPOSED,
        check=Checked(Verdict.PASS, "en", ()),
        limit=100,
        sections=tuple(DraftSection(part, span) for part, span in parts),
        citations=(cited(),),
    )
    return replace(draft, **changes)  # type: ignore[arg-type]


def test_a_good_draft_has_nothing_wrong() -> None:
    found = score(GOLDEN, made(), 12.0)
    assert (found.wrong, found.invented, found.milliseconds) == ((), (), 12.0)


PROMISE = PromiseVerdict(Span(0, 5), PromiseMatter.REFUND, (), (), PromiseStanding.UNSUPPORTED)
HELD = GOLDEN.model_copy(update={"mode": DraftMode.HOLDING, "quotes": (), "parts": (DraftPart.GREETING,)})


@pytest.mark.parametrize(
    ("golden", "draft", "wrong"),
    [
        (GOLDEN, made(mode=DraftMode.HOLDING), ("mode",)),
        (GOLDEN, made(limit=5), ("length",)),
        (GOLDEN, made(sections=()), ("parts",)),
        (GOLDEN, made(citations=(cited(at=11),)), ("citations",)),
        (GOLDEN, made(check=Checked(Verdict.BLOCK, "en", ())), ("check",)),
        (GOLDEN, made(text=TEXT.replace("30", "31"), citations=()), ("gold",)),
        (GOLDEN.model_copy(update={"language": "de"}), made(), ("language",)),
        (HELD, made(mode=DraftMode.HOLDING, check=Checked(Verdict.WARN, "en", (), (PROMISE,))), ("check",)),
    ],
)
def test_each_fault_is_named(golden: GoldenDraft, draft: Draft, wrong: tuple[str, ...]) -> None:
    assert score(golden, draft).wrong == wrong


def test_a_holding_reply_in_place_of_an_answer_lacks_no_part_but_the_answer() -> None:
    held = made(mode=DraftMode.HOLDING, sections=(DraftSection(DraftPart.GREETING, Span(0, 11)),))
    assert score(GOLDEN, held).wrong == ("mode",)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (TEXT, 0),
        (f"{TEXT} It costs 5 EUR.", 1),
        (f"{TEXT} Write to me@elsewhere.example. Please call our colleague Johnson about it.", 2),
        (f"{TEXT} On 3 May, Lena.", 1),
    ],
)
def test_what_stands_neither_in_evidence_nor_in_facts_is_invented(text: str, count: int) -> None:
    assert len(list(invented(GOLDEN, made(text)))) == count


def test_quotes_may_be_shown_in_the_readers_script() -> None:
    text = "退货运费由我们负担。"
    there = cited("退貨運費由我們負擔。", at=0, language="zh-Hant")
    assert not misplaced(made(text, language="zh-Hans", citations=(there,)))
    assert misplaced(made(text, language="zh-Hant", citations=(there,)))


def test_shares_are_taken_over_all_and_by_language() -> None:
    other = GOLDEN.model_copy(update={"id": "2", "language": "de"})
    found = bench_drafts([GOLDEN, other, HELD], lambda _: made())
    assert (found["drafts"], found["gold"], found["language"], found["mode"]) == (3, 1.0, 0.667, 0.667)
    assert found["invented"] == 0
    assert found["wrong"] == {"2": ["language"], "1": ["mode"]}
    assert set(found["languages"]) == {"en", "de"}  # type: ignore[call-overload]


def test_the_sample_has_answered_and_held_drafts_in_all_tones_and_channels() -> None:
    golden = load_drafts()
    assert len({each.id for each in golden}) == len(golden) >= 24
    assert {each.language for each in golden} == {"zh-Hans", "zh-Hant", "en", "ja"}
    assert {each.tone for each in golden} == set(Tone)
    assert {each.channel for each in golden} >= {Channel.CHAT, Channel.EMAIL, Channel.SMS}
    assert sum(each.mode is DraftMode.HOLDING for each in golden) == 4
    assert golden[0].request.turns[0].role is Role.CUSTOMER


@pytest.mark.parametrize(
    "change", [{"mode": "holding"}, {"quotes": []}, {"tone": "rude"}, {"turns": []}, {"parts": []}, {"extra": 1}]
)
def test_wrong_rows_are_named(tmp_path: Path, change: dict[str, object]) -> None:
    row = {**json.loads(GOLDEN.model_dump_json(exclude_none=True)), **change}
    (tmp_path / "en.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"en\.jsonl, line 1"):
        load_drafts(tmp_path)


def test_the_command_drafts_replies_from_the_sample(tmp_path: Path) -> None:
    rows_ = [each for each in load_drafts() if each.id in {"en-3", "en-6"}]
    folder = tmp_path / "golden"
    folder.mkdir()
    lines = [each.model_dump_json(exclude_none=True) for each in rows_]
    (folder / "en.jsonl").write_text("\n".join(lines), encoding="utf-8")
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    (knowledge / "kettle.md").write_text(
        "# Descaling the Breva K2\n\nDissolve 15 g of citric acid in 1 L of water to descale the Breva K2.\n",
        encoding="utf-8",
    )
    from engine.assembly import build_engine
    from engine.settings import load_settings
    from evals.bench.sample import ingest_folder

    engine = build_engine(load_settings(data_dir=tmp_path / "data"))
    ingest_folder(engine, "bench", knowledge)
    engine.close()
    arguments = ["drafts", "--data", str(folder), "--data-dir", str(tmp_path / "data"), "--json"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["drafts"], found["language"], found["length"], found["invented"]) == (2, 1.0, 1.0, 0)
    assert "en-6" not in found["wrong"]


def test_the_table_of_confidences_counts_from_each_one_on() -> None:
    found = [Weighed(0.6, right=True, answerable=True), Weighed(0.41, right=False, answerable=False)]
    table = {least: counts for least, *counts in rows(found)}
    assert (table[0.55], table[0.4], table[0.25]) == ([1, 1, 0], [2, 1, 1], [2, 1, 1])
