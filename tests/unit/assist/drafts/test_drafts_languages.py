"""Whole drafts in every language: an answer quoted from a page in it, around it the phrases of the language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from engine.assist.drafts import evidence
from engine.assist.service import Assist
from engine.domain.channel import Channel
from engine.domain.check import Verdict
from engine.domain.draft import DraftMode, DraftPart, Tone
from engine.languages.draft_phrases import draft_phrases
from tests.unit.assist.drafts.desk import assist_desk, drafted
from tests.unit.engine.desk import Desk, page

PAGES = {
    "zh-Hans": ("水壶的保修期是24个月。", "水壶的保修期是多久？"),
    "zh-Hant": ("退貨的運費由商店負擔。", "退貨的運費由誰負擔？"),
    "ko": ("주전자의 보증 기간은 24개월입니다.", "주전자의 보증 기간은 얼마나 되나요?"),
    "de": ("Die Garantie des Wasserkochers beträgt 24 Monate.", "Wie lange beträgt die Garantie des Wasserkochers?"),
    "fr": ("La garantie de la bouilloire dure 24 mois.", "Combien de temps dure la garantie de la bouilloire ?"),
    "es": ("La garantía del hervidor dura 24 meses.", "¿Cuánto tiempo dura la garantía del hervidor?"),
    "it": ("La garanzia del bollitore dura 24 mesi.", "Quanto tempo dura la garanzia del bollitore?"),
    "pt": ("A garantia da chaleira dura 24 meses.", "Quanto tempo dura a garantia da chaleira?"),
    "ru": ("Гарантия на чайник длится 24 месяца.", "Сколько длится гарантия на чайник?"),
    "vi": ("Bảo hành của ấm đun nước kéo dài 24 tháng.", "Bảo hành của ấm đun nước kéo dài bao lâu?"),
    "th": ("การรับประกันกาต้มน้ำมีระยะเวลา 24 เดือน", "การรับประกันกาต้มน้ำมีระยะเวลาเท่าไร"),
    "ar": ("ضمان الغلاية يستمر 24 شهرا.", "كم يستمر ضمان الغلاية؟"),
}


@pytest.fixture(scope="module")
def assist(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assist]:
    with assist_desk(tmp_path_factory.mktemp("desk")) as made, pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence, "LEAST", 0.0)  # with so few pages nothing is sure
        for language, (text, _) in PAGES.items():
            document, stored = page(f"warranty-{language}", text, title=f"FAQ {language}")
            Desk(made.engine).add((replace(document, language=language), stored))
        yield made


@pytest.mark.parametrize("language", list(PAGES))
@pytest.mark.parametrize("tone", [Tone.FORMAL, Tone.FRIENDLY])
def test_a_draft_is_all_in_one_language(assist: Assist, language: str, tone: Tone) -> None:
    text, question = PAGES[language]
    found = drafted(assist, question, language=language, tone=tone, channel=Channel.EMAIL, facts={"agent_name": "Kim"})
    voice = draft_phrases(language).voice(tone)
    assert (found.mode, found.language) == (DraftMode.COMPOSED, language)
    greeting, empathy, *told, last = found.text.split("\n\n")
    assert (greeting, told) == (voice.unnamed, [text, voice.invite])
    assert empathy in {*voice.empathy.values(), draft_phrases(language).sorry}
    assert last in {f"{said}\n{voice.sign_off}\nKim" for said in (voice.closing, voice.patience)}
    assert found.check.verdict is not Verdict.BLOCK
    assert [(each.quote, each.answer_span.of(found.text)) for each in found.citations] == [(text, text)]


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("tone", list(Tone))
def test_sections_follow_each_other_and_hold_their_citations(assist: Assist, channel: Channel, tone: Tone) -> None:
    found = drafted(assist, PAGES["de"][1], channel=channel, tone=tone)
    spans = [each.span for each in found.sections]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert [each.part for each in found.sections] == sorted(
        (each.part for each in found.sections), key=list(DraftPart).index
    )
    answer = next(each.span for each in found.sections if each.part is DraftPart.ANSWER)
    for cited in found.citations:
        assert answer.start <= cited.answer_span.start < cited.answer_span.end <= answer.end


def test_a_concise_text_message_is_hardly_more_than_the_answer(assist: Assist) -> None:
    found = drafted(assist, PAGES["fr"][1], channel=Channel.SMS, tone=Tone.CONCISE)
    assert found.text == f"Bonjour,\n{PAGES['fr'][0]}"


def test_a_draft_in_the_other_script_is_converted_and_its_citation_is_not(assist: Assist) -> None:
    stored, _ = PAGES["zh-Hant"]
    found = drafted(assist, "退貨的運費由誰負擔？", language="zh-Hans")
    assert "退货的运费由商店负担。" in found.text
    assert [each.quote for each in found.citations] == [stored]
