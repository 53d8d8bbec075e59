"""Cues of subtitle files, and the text they make."""

from __future__ import annotations

import pytest

from engine.domain.knowledge import DocumentKind
from ingestion.parsers.cues import Cue, cue_paragraphs, read_cues
from ingestion.parsing import parse


def vtt(*payloads: str, step: float = 1.0) -> str:
    stamps = ((f"00:00:{at * step:06.3f}", f"00:00:{(at + 1) * step:06.3f}") for at in range(len(payloads)))
    return "WEBVTT\n\n" + "\n\n".join(f"{a} --> {b}\n{text}" for (a, b), text in zip(stamps, payloads, strict=True))


def texts(source: str) -> list[str]:
    return [cue.text for cue in read_cues(source)]


@pytest.mark.parametrize(
    ("timing", "start", "end"),
    [
        ("00:01.000 --> 00:02.500", 1.0, 2.5),
        ("01:02:03.004 --> 01:02:04.000 align:start position:0%", 3723.004, 3724.0),
        ("00:00:01,250 --> 00:00:02,000", 1.25, 2.0),
        ("100:00:00.000 --> 100:00:01.000", 360_000.0, 360_001.0),
        ("  0:01.5 -->  0:02.5", 1.5, 2.5),
    ],
)
def test_timings(timing: str, start: float, end: float) -> None:
    (cue,) = read_cues(f"{timing}\nHi")
    assert cue.start == pytest.approx(start)
    assert cue.end == pytest.approx(end)


def test_a_cue_tells_its_time_for_people() -> None:
    assert Cue(3723.9, 3724, "x").time == "01:02:03"


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ("<i>steaming</i> <b.loud>bowl</b>", "steaming bowl"),
        ("<c.yellow>a</c><00:00:01.500>b", "ab"),
        ("<lang ja>寿司</lang> &amp; tea &lt;3", "寿司 & tea <3"),
        ("<ruby>漢<rt>かん</rt>字</ruby>", "漢字"),
        ('<font color="#fff">x</font> {\\an8}y', "x y"),
        ("a < b and c > d", "a < b and c > d"),
        ("two\nlines", "two lines"),
        ("两\n行", "两行"),
        ("- dash", "- dash"),
    ],
)
def test_tags_go_and_text_stays(payload: str, text: str) -> None:
    assert texts(vtt(payload)) == [text]


def test_notes_styles_and_broken_timings_are_no_cues() -> None:
    source = "WEBVTT - title\n\nNOTE hidden\nmore\n\nSTYLE\n::cue{}\n\n00:xx --> 00:02.000\nbad\n\n1\n"
    source += "00:01.000 --> 00:02.000\nHi"
    assert texts(source) == ["Hi"]


def test_windows_and_old_mac_line_ends() -> None:
    assert texts(vtt("a", "b").replace("\n", "\r\n")) == texts(vtt("a", "b").replace("\n", "\r")) == ["a", "b"]


def test_rolling_captions_are_said_once() -> None:
    assert texts(vtt("we open", "we open the lid", "we open the lid", "and close it")) == [
        "we open",
        "the lid",
        "and close it",
    ]


def test_voices() -> None:
    found = read_cues(vtt("<v Agent Tom>Hello.", "<v.loud Mia>Hi.</v> <v Agent Tom>Again.", "no one"))
    assert [(cue.voice, cue.text) for cue in found] == [
        ("Agent Tom", "Hello."),
        ("Mia", "Hi."),
        ("Agent Tom", "Again."),
        ("", "no one"),
    ]


def test_labels_are_voices_where_most_cues_have_one() -> None:
    found = read_cues(vtt("Agent: Hello.", "Mia: Hi.", "- Agent: Yes?", "it leaks"))
    assert [(cue.voice, cue.text) for cue in found] == [
        ("Agent", "Hello."),
        ("Mia", "Hi."),
        ("Agent", "Yes?"),
        ("", "it leaks"),
    ]
    assert {cue.voice for cue in read_cues(vtt("Note: hot.", "We open it.", "And close.", "Then wait."))} == {""}


def test_paragraphs_end_at_pauses_and_at_sentences() -> None:
    near = [
        Cue(at, at + 1, f"Sentence {at} goes on for quite a while, so that it fills some space. It ends.")
        for at in range(9)
    ]
    assert len(list(cue_paragraphs(near))) > 1
    far = [Cue(0, 1, "One"), Cue(9, 10, "two"), Cue(10, 11, "three.")]
    assert list(cue_paragraphs(far)) == ["One", "two three."]
    assert list(cue_paragraphs([])) == []


@pytest.mark.parametrize(
    ("name", "source"), [("a.vtt", vtt("Hi there.")), ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nHi there.")]
)
def test_running_text_is_a_plain_document(name: str, source: str) -> None:
    for data in (source.encode(), b"\xef\xbb\xbf" + source.encode(), source.encode("utf-16")):
        parsed = parse(data, name=name)
        assert (parsed.text, parsed.title, parsed.kind) == ("Hi there.", "a", None)


def test_a_call_is_a_transcript_without_personal_data() -> None:
    source = vtt("<v Agent>Your number?", "<v Customer>212-555-0187, I am at jo@example.com.", "<v Agent>Thanks.")
    parsed = parse(source.encode(), name="call.vtt")
    assert parsed.kind is DocumentKind.TRANSCRIPT
    assert parsed.text.split("\n")[1] == "[00:00:01] Customer: [phone 1], I am at [email 1]."
