"""Whatever a reply says, findings and promises lie in it, and disguises of a word are found."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.guard.promises.amounts import compared, measured
from engine.guard.promises.extraction import promises
from engine.guard.rules.packs import shipped_pack
from engine.guard.rules.ruleset import RuleSet
from engine.guard.words.matcher import Pattern, WordMatcher

MATCHER = WordMatcher(Pattern(word, word) for word in ("微信", "代开发票", "moron", "shut up"))
RULES = RuleSet({"general": shipped_pack("general")})
PIECES = st.sampled_from(
    [
        "微",
        "信",
        "薇",
        "moron",
        "m0r",
        "0n",
        " ",
        "*",
        "，",
        "❤",
        "退款",
        "5个工作日",
        "we refund ",
        "within 5 days",
        ". ",
        "\n",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=20).map("".join))


@given(TEXTS)
def test_hits_lie_in_the_text_in_order_and_apart(text: str) -> None:
    hits = MATCHER.find(text)
    edges = [edge for hit in hits for edge in (hit.span.start, hit.span.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
    assert all(len(hit.span) for hit in hits)


@given(TEXTS)
def test_findings_of_rules_lie_in_the_text(text: str) -> None:
    assert all(0 <= f.span.start < f.span.end <= len(text) for f in RULES.findings(text, "en"))


@given(TEXTS)
def test_promises_are_stretches_of_the_text_in_order_and_apart(text: str) -> None:
    found = promises(text)
    edges = [edge for each in found for edge in (each.span.start, each.span.end)]
    assert edges == sorted(edges)
    assert all(each.text == each.span.of(text) for each in found)


@given(TEXTS)
def test_what_is_said_agrees_with_itself(text: str) -> None:
    said = measured(text)
    assert all(compared(said, said).values())


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([*"*.-_·~❤", "😀", "\u200b"]), min_size=3, max_size=3), st.sampled_from(["，", "、", " "])
)
def test_characters_between_hide_nothing(separators: list[str], around: str) -> None:
    hidden = "".join(char + sign for char, sign in zip("代开发票", [*separators, ""], strict=True))
    (hit,) = MATCHER.find(f"好{around}{hidden}{around}好")
    assert hit.pattern.word == "代开发票"
