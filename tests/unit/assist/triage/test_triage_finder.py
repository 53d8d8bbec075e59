"""How intents are found: one matter or several, few examples, none of these, and edits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from engine.assist.triage.encoding import CODE, MessageEncoder
from engine.assist.triage.intents import SHOWN, IntentFinder
from engine.assist.triage.outside import OUTSIDE
from engine.domain.triage import Intent, Taxonomy
from engine.embedding.static import StaticEmbedder
from engine.errors import NotFound
from engine.languages.detection import ScriptDetector
from engine.ports import Vector
from tests.fakes.embedding import HashEmbedder

PARCEL = Intent("parcel", ("Where is my parcel?", "When will my order arrive?", "我的包裹到哪了", "荷物はどこですか"))
INVOICE = Intent("invoice", ("Please send me the invoice", "I need a receipt", "请开发票", "領収書をください"))
LOGIN = Intent("login", ("I forgot my password", "I cannot log in", "忘记密码了", "ログインできません"))
RETURN = Intent("return", ("I want to return it", "How do I send it back?", "我想退货", "返品したいです"))
ALL = (INVOICE, LOGIN, PARCEL, RETURN)


class Kept:
    """A repository of one knowledge base that counts how often it is read."""

    def __init__(self, *intents: Intent) -> None:
        self.kept = Taxonomy(tuple(intents), 1)
        self.read = 0

    def taxonomy(self, knowledge_base: str) -> Taxonomy:
        self.read += 1
        return self.kept

    def taxonomy_revision(self, knowledge_base: str) -> int:
        if knowledge_base == "ghost":
            raise NotFound("There is no knowledge base 'ghost'.", remedy="Create it.")
        return self.kept.revision

    def put_intents(self, knowledge_base: str, intents: Sequence[Intent], *, replace_all: bool = False) -> None:
        self.kept = Taxonomy(tuple(intents), self.kept.revision + 1)

    def delete_intent(self, knowledge_base: str, intent_id: str) -> None:
        self.put_intents(knowledge_base, [each for each in self.kept.intents if each.id != intent_id])


ENCODER = MessageEncoder(StaticEmbedder(), None, ScriptDetector())


@pytest.fixture(scope="module")
def finder() -> IntentFinder:
    return IntentFinder(Kept(*ALL), ENCODER)


def named(finder: IntentFinder, text: str) -> list[str]:
    return [found.id for found in finder.find("shop", text).intents]


@pytest.mark.parametrize("intent", ALL, ids=[intent.id for intent in ALL])
def test_every_example_is_taken_for_its_own_intent(finder: IntentFinder, intent: Intent) -> None:
    for text in intent.examples:
        found = finder.find("shop", text)
        assert found.candidates[0].id == intent.id
        assert [each.id for each in found.intents] == [intent.id]
        assert found.meant == (intent,)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Where is my parcel? And please send me the invoice.",
            {"parcel": "Where is my parcel?", "invoice": "please send me the invoice."},
        ),
        ("我的包裹到哪了？另外请开发票", {"parcel": "我的包裹到哪了？", "invoice": "请开发票"}),
        (
            "荷物はどこですか。それと領収書をください。",
            {"parcel": "荷物はどこですか。", "invoice": "領収書をください。"},
        ),
        (
            "I forgot my password; I want to return it",
            {"login": "I forgot my password", "return": "I want to return it"},
        ),
    ],
)
def test_each_of_several_intents_has_the_words_that_say_it(
    finder: IntentFinder, text: str, parts: dict[str, str]
) -> None:
    found = {each.id: each.span.of(text) for each in finder.find("shop", text).intents}
    assert set(parts) <= set(found)
    for name, said in parts.items():
        assert said in found[name]


@pytest.mark.parametrize("text", ["tell me a joke", "will it rain at the weekend?", "讲个笑话", "今日の天気は", "你好"])
def test_none_of_these_has_candidates_but_no_intent(finder: IntentFinder, text: str) -> None:
    found = finder.find("shop", text)
    assert (found.intents, found.meant) == ((), ())
    assert found.none_probability > 0.5
    assert len(found.candidates) == len(ALL)


@pytest.mark.parametrize("text", ["Where is my parcel?", "joke", "请开发票，另外密码忘了", "a" * 3000])
def test_probabilities_are_probabilities(finder: IntentFinder, text: str) -> None:
    found = finder.find("shop", text)
    listed = [each.probability for each in found.candidates]
    assert listed == sorted(listed, reverse=True)
    assert all(0 <= each <= 1 for each in (*listed, found.none_probability))
    assert sum(listed) <= 1.01
    likely = [each.probability for each in found.intents]
    assert likely == sorted(likely, reverse=True)
    assert len({each.id for each in found.intents}) == len(likely)


@pytest.mark.parametrize("text", ["", "42", "🙂🙂", "...", "¥ 99"])
def test_without_letters_there_is_nothing_to_find(finder: IntentFinder, text: str) -> None:
    assert finder.find("shop", text).none_probability == 1.0


def test_no_more_candidates_are_shown_than_a_person_looks_at() -> None:
    many = [Intent(f"i{at}", (f"Message about matter number {word}",)) for at, word in enumerate("abcdefgh")]
    assert len(IntentFinder(Kept(*many), ENCODER).find("shop", "matter number c").candidates) == SHOWN


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_few_examples_are_enough(count: int) -> None:
    few = [Intent(each.id, each.examples[:count]) for each in ALL]
    finder = IntentFinder(Kept(*few), ENCODER)
    for intent in few:
        assert named(finder, intent.examples[0])[:1] == [intent.id]


def test_one_intent_alone_is_found_and_not_always() -> None:
    finder = IntentFinder(Kept(PARCEL), ENCODER)
    assert named(finder, "Where is my parcel now?") == ["parcel"]
    assert named(finder, "sing me a song") == []


def test_edits_are_learnt_at_the_next_call_and_only_then() -> None:
    kept = Kept(PARCEL)
    finder = IntentFinder(kept, ENCODER)
    assert named(finder, "I forgot my password") == []
    assert named(finder, "Where is my parcel?") == ["parcel"]
    assert kept.read == 1
    kept.put_intents("shop", ALL)
    assert named(finder, "I forgot my password") == ["login"]
    assert kept.read == 2
    kept.delete_intent("shop", "login")
    assert "login" not in [each.id for each in finder.find("shop", "I forgot my password").candidates]
    kept.put_intents("shop", [])
    assert finder.find("shop", "Where is my parcel?").candidates == ()


def test_an_unknown_knowledge_base_is_named(finder: IntentFinder) -> None:
    with pytest.raises(NotFound, match="ghost"):
        finder.find("ghost", "Hello")


def test_only_new_examples_are_embedded_by_the_slow_embedder() -> None:
    class Counting(HashEmbedder):
        seen: list[str]

        def embed_passages(self, texts: Sequence[str]) -> Vector:
            self.seen = [*getattr(self, "seen", []), *texts]
            return super().embed_passages(texts)

    slow = Counting(8, languages=("en",))
    kept = Kept(PARCEL)
    finder = IntentFinder(kept, MessageEncoder(HashEmbedder(), slow, ScriptDetector()))
    finder.find("shop", "1")
    before = len(slow.seen)
    kept.put_intents("shop", [PARCEL, LOGIN])
    finder.find("shop", "1")
    assert set(slow.seen[before:]) <= set(LOGIN.examples)
    assert "I cannot log in" in slow.seen[before:]
    assert "我的包裹到哪了" not in slow.seen


def test_second_parts_that_are_given_are_not_made_again() -> None:
    slow = HashEmbedder(8, languages=("en",))
    encoder = MessageEncoder(HashEmbedder(), slow, ScriptDetector())
    texts = ["Where is my parcel?", "I cannot log in", "我的包裹到哪了", "Hello there"]
    made = encoder.points(texts)
    given = np.full(8, 0.5, dtype=np.float32)
    points = encoder.points(texts, seconds={0: given, 3: np.zeros(0, dtype=np.float32)})
    assert np.array_equal(points.first, made.first)
    assert np.array_equal(points.second, [given, made.second[1], np.zeros(8), np.zeros(8)])


def test_what_makes_second_parts_has_a_name_of_its_own() -> None:
    named = {
        MessageEncoder(HashEmbedder(), second, ScriptDetector()).second_model
        for second in (None, HashEmbedder(8), HashEmbedder(8, model="b"), HashEmbedder(8, languages=("en",)))
    }
    assert len(named) == 4
    assert "" in named


def test_numbers_of_orders_do_not_change_what_is_wanted(finder: IntentFinder) -> None:
    plain, numbered = (
        finder.find("shop", text) for text in ("Where is my parcel   ?", "Where is my parcel MV-2026-118420 ?")
    )
    assert [each.id for each in plain.intents] == [each.id for each in numbered.intents] == ["parcel"]
    assert plain.candidates[0].probability == pytest.approx(numbered.candidates[0].probability, abs=0.02)


def test_examples_of_nothing_are_in_three_languages_each_once_and_without_codes() -> None:
    assert len(set(OUTSIDE)) == len(OUTSIDE) >= 80
    assert {ScriptDetector().detect(text).partition("-")[0] for text in OUTSIDE} >= {"en", "zh", "ja"}
    assert not any(CODE.search(text) for text in OUTSIDE)
