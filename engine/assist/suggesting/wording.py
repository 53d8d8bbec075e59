"""What agents are told about suggestions, in their language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.guard.remedies import remedy_in

__all__ = ["ANGER", "CANNED", "CLARIFY", "EXPIRING", "HABIT", "KNOWLEDGE", "PROMISE", "REPEATED", "SHORTCUT", "said"]
__all__ += ["SIMILAR_CASE"]

Wording = Mapping[str, str]
CANNED: Final[Wording] = {
    "en": "Your canned reply “{title}”",
    "zh-Hans": "话术“{title}”与问题相符",
    "ja": "定型文「{title}」が質問に合っています",
}
SHORTCUT: Final[Wording] = {
    "en": "Called by its shortcut /{shortcut}",
    "zh-Hans": "通过快捷码 /{shortcut} 调用",
    "ja": "ショートカット /{shortcut} で呼び出し",
}
KNOWLEDGE: Final[Wording] = {
    "en": "“{title}” answers this under “{section}”",
    "zh-Hans": "《{title}》中“{section}”一节有答案",
    "ja": "『{title}』の「{section}」に書かれています",
}
SIMILAR_CASE: Final[Wording] = {
    "en": "An agent replied so in a similar case (“{title}”)",
    "zh-Hans": "类似案例（{title}）中客服这样答复",
    "ja": "類似のケース（{title}）で担当者がこう答えています",
}
CLARIFY: Final[Wording] = {
    "en": "“{title}” gives a different answer for each of these cases",
    "zh-Hans": "《{title}》对不同情况有不同的规定",
    "ja": "『{title}』では場合によって答えが異なります",
}
HABIT: Final[Wording] = {
    "en": "{reason}; agents used {percent}% of it in {judged} conversations",
    "zh-Hans": "{reason}；在 {judged} 次对话中采用率 {percent}%",
    "ja": "{reason}。{judged}件の会話で採用率{percent}%",
}
ANGER: Final[Wording] = {
    "en": "The customer is getting angrier; acknowledge it first, and think of handing over.",
    "zh-Hans": "客户情绪正在恶化，请先安抚，并考虑转交主管。",
    "ja": "お客様の不満が強まっています。まずお詫びと共感を伝え、引き継ぎも検討してください。",
}
PROMISE: Final[Wording] = {
    "en": "A promise falls due: {promise}",
    "zh-Hans": "有承诺到期：{promise}",
    "ja": "お約束の期限です：{promise}",
}
REPEATED: Final[Wording] = {
    "en": "The customer says the same again: the last reply did not help.",
    "zh-Hans": "客户在重复同一问题：上一条回复没有解决问题。",
    "ja": "お客様が同じことを繰り返しています。前の返信では解決していません。",
}
EXPIRING: Final[Wording] = {
    "en": "“{title}” holds until {day} only.",
    "zh-Hans": "《{title}》有效期至 {day}，即将失效。",
    "ja": "『{title}』の有効期限は{day}までです。",
}


def said(wording: Wording, language: str, **values: object) -> str:
    """Return a wording in the agent's language (BCP 47) with its values; in English for a language without."""
    return remedy_in(wording, language).format(**values)
