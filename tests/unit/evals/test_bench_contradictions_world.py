"""The generated shop: what stands in its files, in every language, and that its truth is true."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from engine.languages.folding import to_script
from evals.bench.contradictions.generating import DEVELOPMENT, REPORTED, Stated, World, generated
from evals.bench.contradictions.wording import LANGUAGES, Fact, in_language, named, said, shop, topics

HALVES = {"development": DEVELOPMENT, "reported": REPORTED}


@pytest.fixture(scope="module")
def world() -> World:
    return generated(5, REPORTED)


def subject(topic: str) -> str:
    first = {"none": "", "product": shop()["products"][0], "country": shop()["countries"]["en"][0]}
    return str(first[topics()[topic]["about"]])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("half", HALVES)
def test_every_topic_can_be_said_in_every_wording(language: str, half: str) -> None:
    for key, topic in topics().items():
        values = ["yes", "no"] if topic.get("yes_no") else topic["values"]
        for value in values:
            for seed in range(4):
                sentence = said(Fact(key, subject(key), str(value)), language, HALVES[half], random.Random(seed))
                assert sentence.strip()
                assert not re.search(r"[{}]", sentence), sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_yes_and_no_are_said_differently(language: str) -> None:
    for key, topic in topics().items():
        if topic.get("yes_no"):
            told = {
                value: {said(Fact(key, subject(key), value), language, DEVELOPMENT, random.Random(n)) for n in range(6)}
                for value in ("yes", "no")
            }
            assert told["yes"].isdisjoint(told["no"])


def test_chinese_is_written_in_its_own_script() -> None:
    assert in_language("保修期为两年", "zh-Hant") == to_script("保修期为两年", "zh-Hant") != "保修期为两年"
    assert in_language("保修期为两年", "zh-Hans") == "保修期为两年"
    assert in_language("保証期間", "ja") == "保証期間"


def test_products_keep_their_names_and_countries_have_one_in_each_language() -> None:
    assert named(shop()["products"][0], "ja") == shop()["products"][0]
    country = shop()["countries"]["en"][1]
    assert [named(country, words) for words in ("en", "zh", "ja")] == [
        shop()["countries"][words][1] for words in ("en", "zh", "ja")
    ]


@pytest.mark.parametrize(
    ("value", "language", "forms"),
    [
        ("14d", "en", {"14 days", "2 weeks", "two weeks"}),
        ("24o", "en", {"24 months", "2 years", "two years"}),
        ("24o", "ja", {"24か月", "2年"}),
    ],
)
def test_a_length_is_written_in_several_ways(value: str, language: str, forms: set[str]) -> None:
    topic = next(key for key, each in topics().items() if value in map(str, each.get("values", ())))
    fact = Fact(topic, subject(topic), value)
    sentences = {said(fact, language, range(1), random.Random(n)) for n in range(200)}
    written = {form for form in forms for each in sentences if form in each}
    assert len(written) > 1
    assert all(any(form in each for form in forms) for each in sentences)


def test_files_are_pages_and_conversations(world: World) -> None:
    assert {Path(path).suffix for path in world.files} == {".md", ".txt"}
    assert {path.partition("/")[0] for path in world.files} == set(LANGUAGES)
    for path, text in world.files.items():
        if path.endswith(".txt"):
            assert len(text.splitlines()) == 3
        else:
            assert re.search(r"^# ", text, re.MULTILINE)


def test_what_is_told_stands_in_a_conversation_and_the_rest_on_a_page(world: World) -> None:
    assert {each.told for each in world.stated} == {True, False}
    assert all(each.path.endswith("-chat.txt") is each.told for each in world.stated)


def test_the_same_fact_is_so_in_all_languages(world: World) -> None:
    """Only what is planted as wrong, or stands under a condition, differs: most statements agree."""
    values: dict[tuple[str, str], list[str]] = {}
    for each in world.stated:
        if each.condition < 0 and not each.told:
            values.setdefault((each.fact.topic, each.fact.subject), []).append(each.fact.value)
    agreeing = sum(max(map(found.count, found)) for found in values.values())
    assert 0.85 < agreeing / sum(map(len, values.values())) < 1


def test_pairs_that_contradict_do_so_both_ways(world: World) -> None:
    assert world.contradictions
    for one, other in world.contradictions:
        assert other.contradicts(one)
        assert (one.fact.topic, one.fact.subject) == (other.fact.topic, other.fact.subject)
        assert one.path != other.path
    assert not any(each.contradicts(each) for each in world.stated)


def test_expired_pages_state_nothing_that_counts(world: World) -> None:
    assert world.expired
    assert not {each.path for each in world.stated} & set(world.expired)


def test_both_chinese_scripts_are_one_language() -> None:
    one = Stated(Fact("warranty", "", "24o"), "zh-Hans", "zh-Hans/a.md", "x")
    other = Stated(Fact("warranty", "", "12o"), "zh-Hant", "zh-Hant/b.md", "y")
    assert one.contradicts(other)
    english = Stated(Fact("warranty", "", "12o"), "en", "en/b.md", "y")
    assert not one.contradicts(english)


def test_files_are_written_below_a_folder(world: World, tmp_path: Path) -> None:
    world.write(tmp_path)
    written = {
        str(path.relative_to(tmp_path)): path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()
    }
    assert written == world.files
