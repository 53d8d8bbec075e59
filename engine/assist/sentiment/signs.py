"""What punctuation, capitals, emoji, emoticons and kaomoji tell, in any language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

__all__ = ["SIGNS", "signs"]

_EMOJI: Mapping[str, str] = {
    "smile": "🙂😊☺😀😃😄😁😉👍👌🙏🤗✅💪😌🥰",
    "joy": "😍❤💕💖💗💯🎉🥳⭐🌟✨🤩😘🥹💐👏🫶♥♡♪",
    "laugh": "😂🤣😅😆",
    "anger": "😡😠🤬👿💢🖕🤮👎💩🔥😤",
    "sad": "😢😞😔😟☹🙁😩😫💔😕😓😒",
    "fear": "😭😱😰😨😥😧🆘😖😳",
    "sneer": "🙄😏🤡👏😑🤷🤦💀",
}
_KAOMOJI: Mapping[str, str] = {
    "smile": r"[:;=][\-o']?[)\]DpP](?!\w)|<3|ヽ\(|＼\(|[\^＾][\s_▽ω∇o.ー\-]?[\^＾](?!;)",
    "laugh": r"(?<![a-z])(?:haha\w*|hehe\w*|lol|lmao)(?![a-z])|哈{2,}|嘻{2,}|笑$|[(（]笑[)）]"
    r"|(?<=[\u3040-\u30ff\u4e00-\u9fff。！])[wｗ]+(?![a-z])",
    "sad": r"[:;=][\-o']?[(\[](?!\w)|T[_.]?T|;[_\-];|orz|QQ|QAQ|泣$|[(（](?:泣[)）]|´|[;；])",
    "anger": r">:[(\[]|[(（](?:#|怒)|╯°□°|凸|\b(?:grr+|argh+|ugh+)\b",
    "fear": r"[(（](?:汗|焦)[)）]|\^_?\^;|[(（]>_<|>_<",
}
_ABBREVIATIONS = "DHL|UPS|FEDEX|EUR|USD|GBP|JPY|CNY|TWD|HKD|PDF|FAQ|API|UTC|SIM|IOS|USB|VAT|USA|IBAN|URL|LED|SKU|CEO|TV"
_CAPITALS = re.compile(rf"(?<![\w-])(?!(?:{_ABBREVIATIONS})\b)[A-Z]{{3,}}(?![\w-])")
_SHOUT = re.compile(r"[!！]")
_RUN = re.compile(r"[!！]{2,}")
_DOUBT = re.compile(r"[?？][\s]*[?？]|[?？][!！]|[!！][?？]")
_QUESTION = re.compile(r"[?？]")
_TRAIL = re.compile(r"…|\.{3,}|。{2,}|･{3}|~{2,}")
_DRAWN = re.compile(r"([a-z])\1{3,}|([\u3041-\u30ff\u4e00-\u9fffー～〜!])\2{2,}", re.IGNORECASE)

SIGNS = (*_EMOJI, "capitals", "shout", "run", "doubt", "question", "trail", "drawn")
"""The names of what `signs` counts."""


def signs(text: str) -> dict[str, float]:
    """Return how often each sign stands in `text` as typed, each at most three times."""
    counts = {name: len(pattern.findall(text)) for name, pattern in _patterns().items()}
    counts["capitals"] = len(_CAPITALS.findall(text)) if re.search(r"[a-z]", text) or " " in text.strip() else 0
    return {name: float(min(counts[name], 3)) for name in SIGNS}


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, re.Pattern[str]]:
    faces = {
        name: re.compile(f"[{_EMOJI[name]}]" + (f"|{_KAOMOJI[name]}" if name in _KAOMOJI else "")) for name in _EMOJI
    }
    marks = {"shout": _SHOUT, "run": _RUN, "doubt": _DOUBT, "question": _QUESTION, "trail": _TRAIL, "drawn": _DRAWN}
    return faces | marks
