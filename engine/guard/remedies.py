"""What an agent is told to do about findings that no rule pack is about."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from engine.languages.folding import to_script
from engine.languages.registry import profile_for

__all__ = [
    "INSTRUCTION",
    "LISTED",
    "OFFENSIVE",
    "PERSONAL_DATA",
    "PROMISE_CONTRADICTED",
    "PROMISE_UNSUPPORTED",
    "remedy_in",
]

LISTED = {
    "en": "This word is on your list of unwanted words; leave it out.",
    "zh-Hans": "该词在禁用词表中，请删除或改写。",
    "ja": "使用を控える語のリストにあります。言い換えてください。",
}
OFFENSIVE = {
    "en": "This may hurt; put it neutrally.",
    "zh-Hans": "这句话可能冒犯他人，请改为中性的表达。",
    "ja": "不快に受け取られるおそれがあります。中立的な表現にしてください。",
}
PERSONAL_DATA = {
    "en": "Take the personal data out, or show only its last digits.",
    "zh-Hans": "请删除个人信息，或只保留后几位。",
    "ja": "個人情報を消すか、下数桁だけにしてください。",
}
INSTRUCTION = {
    "en": "This speaks to a language model, not to the customer; take it out.",
    "zh-Hans": "这是写给语言模型的指令，不是给客户的，请删除。",
    "ja": "言語モデルへの指示です。お客様には送らないでください。",
}
PROMISE_CONTRADICTED = {
    "en": "The policy says something else; correct the promise as in the passage.",
    "zh-Hans": "与政策不符，请按引用的条文修改。",
    "ja": "規定と異なります。引用された箇所に合わせて直してください。",
}
PROMISE_UNSUPPORTED = {
    "en": "No policy says so; make sure that the promise can be kept, or take it out.",
    "zh-Hans": "政策中没有依据，请确认能够兑现，否则请删除。",
    "ja": "規定に根拠が見当たりません。実行できるか確認するか、消してください。",
}


def remedy_in(remedies: Mapping[str, str], language: str) -> str:
    """Return the remedy in a language; traditional Chinese is converted where it is not given, English is the last."""
    code = profile_for(language).code if language else "en"
    if code == "zh-Hant" and code not in remedies and "zh-Hans" in remedies:
        return _traditional(remedies["zh-Hans"])
    return remedies.get(code) or remedies["en"]


@lru_cache(maxsize=256)
def _traditional(text: str) -> str:
    return to_script(text, "zh-Hant")
