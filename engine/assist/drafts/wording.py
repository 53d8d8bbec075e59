"""What agents are told about a draft, in their language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.domain.suggestion import WarningKind

__all__ = ["DOUBTS"]

DOUBTS: Final[Mapping[WarningKind, Mapping[str, str]]] = {
    WarningKind.NO_EVIDENCE: {
        "en": "The knowledge has no sure answer; this holding reply promises nothing. Look into it first.",
        "zh-Hans": "知识库中没有可靠的答案；这是一份不作承诺的安抚回复，请核实后再答复。",
        "ja": "ナレッジに確かな回答がありません。お約束を含まない一次返信です。確認のうえご回答ください。",
    },
    WarningKind.LOW_CONFIDENCE: {
        "en": "It is not certain that “{title}” answers this; read it before you send the draft.",
        "zh-Hans": "不能确定《{title}》是否回答了这个问题，发送前请核对。",
        "ja": "『{title}』がこのご質問への回答かどうか確実ではありません。送信前にご確認ください。",
    },
    WarningKind.CONFLICT: {
        "en": "The documents contradict each other here, and nothing decides; this holding reply promises nothing.",
        "zh-Hans": "相关文档说法不一，无法判定以哪份为准；这是一份不作承诺的安抚回复。",
        "ja": "文書の記載が食い違っており、どれが正しいか判断できません。お約束を含まない一次返信です。",
    },
    WarningKind.OTHER_LANGUAGE: {
        "en": "The answer is there in another language only (“{title}”); translate it, or set a language model.",
        "zh-Hans": "答案只有其他语言的版本（《{title}》），请翻译后回复，或配置语言模型。",
        "ja": "回答は他の言語でのみ見つかりました（『{title}』）。翻訳するか、言語モデルを設定してください。",
    },
}
