"""Suggest what to do next: ask for what is missing, hand over, close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from engine.assist.suggesting.candidate import Candidate
from engine.assist.suggesting.situation import Situation
from engine.assist.suggesting.wording import said
from engine.domain.assist import Alarm, Trajectory
from engine.domain.handoff import FactKind, Queue
from engine.domain.suggestion import SuggestionKind
from engine.guard.promises.cues import asks
from engine.languages.fact_questions import fact_question
from engine.languages.folding import fold
from engine.languages.handover_cues import asks_for_person
from engine.languages.queue_cues import asks_how_own_stands, queue_of
from engine.languages.registry import profile_for
from engine.languages.service_phrases import sounds_solved, sounds_unsolved

__all__ = ["is_settled", "missing_fact", "step_candidates"]

_NEEDED: Final = {
    Queue.ORDERS: FactKind.ORDER_NUMBER,
    Queue.DELIVERY: FactKind.ORDER_NUMBER,
    Queue.RETURNS: FactKind.ORDER_NUMBER,
    Queue.BILLING: FactKind.ORDER_NUMBER,
    Queue.TECHNICAL: FactKind.PRODUCT,
}
_INSTEAD: Final = {
    FactKind.ORDER_NUMBER: {FactKind.ORDER_NUMBER, FactKind.TRACKING_NUMBER},
    FactKind.PRODUCT: {FactKind.PRODUCT, FactKind.SKU, FactKind.CODE},
}
_GRAVE: Final = {Alarm.DANGER: 0.95, Alarm.THREAT: 0.85, Alarm.FURY: 0.5, Alarm.FALLING: 0.2, Alarm.LASTING: 0.2}
_ASKED: Final = 0.9
_CLOSE: Final = 0.8
_OWN: Final = 0.35  # where the customer asks how their own order stands, as an agent then nearly always asks first
_MISSING: Final = 0.06  # the share of the sample's replies that ask for a fact

_ASK: Final[Mapping[str, str]] = {
    "en": "Nobody has told it yet, and matters of this kind cannot be looked up without it",
    "zh-Hans": "对话中还没有提供，处理此类问题需要它",
    "ja": "まだ伺っておらず、この種のお問い合わせの確認に必要です",
}
_HAND_OVER: Final[Mapping[str, str]] = {
    "en": "The conversation calls for a senior colleague: {why}",
    "zh-Hans": "需要由主管接手：{why}",
    "ja": "上席への引き継ぎが必要です：{why}",
}
_WHY: Final[Mapping[str, Mapping[str, str]]] = {
    "asked": {"en": "the customer asks for a person", "zh-Hans": "客户要求人工", "ja": "担当者との会話をご希望です"},
    "danger": {"en": "there may be danger", "zh-Hans": "可能有人身危险", "ja": "危険のおそれがあります"},
    "threat": {"en": "threat of law or press", "zh-Hans": "客户提到投诉或法律途径", "ja": "法的手段などに言及"},
    "fury": {"en": "the customer is furious", "zh-Hans": "客户非常愤怒", "ja": "お客様が激怒されています"},
    "falling": {"en": "the mood has dropped", "zh-Hans": "客户情绪骤降", "ja": "お気持ちが急に悪化しています"},
    "lasting": {"en": "the customer stays upset", "zh-Hans": "客户持续不满", "ja": "ご不満が続いています"},
}
_CLOSING: Final[Mapping[str, str]] = {
    "en": "I'm glad that this is settled. Is there anything else I can do for you?",
    "zh-Hans": "问题解决了就好。请问还有其他可以帮您的吗？",
    "zh-Hant": "問題解決就太好了。請問還有其他需要協助的地方嗎？",
    "ja": "解決できて何よりです。ほかにお困りのことはございませんか。",
    "ko": "해결되어 다행입니다. 더 도와드릴 일이 있을까요?",
    "de": "Schön, dass das geklärt ist. Kann ich sonst noch etwas für Sie tun?",
    "fr": "C’est une bonne chose que ce soit réglé. Puis-je faire autre chose pour vous ?",
    "es": "Me alegro de que esté resuelto. ¿Puedo ayudarle en algo más?",
    "it": "Bene, allora è risolto. Posso fare altro per Lei?",
    "pt": "Ainda bem que ficou resolvido. Posso ajudar em mais alguma coisa?",
    "ru": "Рады, что всё решилось. Могу ли я помочь чем-нибудь ещё?",
    "ar": "يسعدنا أن المشكلة حُلّت. هل هناك شيء آخر يمكنني مساعدتك فيه؟",
    "th": "ยินดีที่แก้ไขได้แล้ว มีอะไรให้ช่วยเพิ่มเติมอีกไหม?",
    "vi": "Rất vui vì vấn đề đã được giải quyết. Bạn cần tôi hỗ trợ gì thêm không?",
}
_SOLVED: Final[Mapping[str, str]] = {
    "en": "The customer says that it is solved",
    "zh-Hans": "客户表示问题已解决",
    "ja": "解決したとのことです",
}


def step_candidates(situation: Situation, mood: Trajectory) -> Iterator[Candidate]:
    """Yield what to do beside answering; what is said to the customer is in their language."""
    alarm, latest = mood.alarm, situation.latest
    if alarm or asks_for_person(latest):
        why = alarm.value if alarm and alarm in _GRAVE else "asked"
        reason = said(_HAND_OVER, situation.agent, why=said(_WHY[why], situation.agent))
        text = profile_for(situation.language).phrases.handoff
        yield _step(situation, "hand_over", text, reason, _GRAVE.get(alarm, _ASKED) if alarm else _ASKED)
    elif is_settled(latest) and mood.overall.level >= 3:
        reason = said(_SOLVED, situation.agent)
        yield _step(situation, "close", said(_CLOSING, situation.language), reason, _CLOSE)
    if (missing := missing_fact(situation)) is not None:
        question = fact_question(missing, situation.language)
        needed = missing is FactKind.ORDER_NUMBER and asks_how_own_stands(situation.latest)
        sure = _OWN if needed else _MISSING
        yield _step(situation, f"ask_{missing.value}", question, said(_ASK, situation.agent), sure)


def is_settled(latest: str) -> bool:
    """Tell whether the customer says that it is solved, and asks nothing more."""
    return sounds_solved(latest) and not sounds_unsolved(latest) and not asks(fold(latest))


def missing_fact(situation: Situation) -> FactKind | None:
    """Return what a matter of this kind cannot be looked up without, if nobody has told it."""
    needed = _NEEDED.get(queue_of(situation.said))
    if needed is None or any(kind.value in situation.facts for kind in _INSTEAD[needed]):
        return None
    return None if _INSTEAD[needed] & situation.told else needed


def _step(situation: Situation, key: str, text: str, reason: str, confidence: float) -> Candidate:
    return Candidate(SuggestionKind.NEXT_STEP, key, key, text, situation.language, reason, fixed=confidence)
