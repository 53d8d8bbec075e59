"""Words that say that something has to happen soon."""

from __future__ import annotations

import re
from functools import lru_cache

from engine.languages.folding import fold

__all__ = ["has_deadline"]

_CUES = (
    r"\b(?:urgent(?:ly)?|asap|as soon as possible|immediately|right away|in time for|time[- ]sensitive|deadline|"
    r"at the latest|last day|today|tonight|tomorrow|expires? (?:today|tomorrow|on|in))\b",
    r"\b(?:by|before|until|no later than) (?:today|tonight|tomorrow|noon|the end of|end of|next|this|mon|tues|wednes|"
    r"thurs|fri|satur|sun|christmas|my|our|the \d|\d)",
    r"尽快|尽早|赶紧|赶快|马上|立刻|立即|加急|紧急|急用|急需|很急|在线等|今天(?:内|之内|就)|今晚|明天|后天|截止|最晚|最迟|"
    r"(?:周|星期|礼拜)[一二三四五六日天](?:之?前|就|要)|月底(?:之?前)|\d+[号日](?:之?前)|来不及|赶(?:得|不)上",
    r"至急|大至急|急ぎ|急いで|早急|今日中|本日中|今夜|明日|明後日|今週中|までに|締め?切り?|間に合(?:い|う|わ)|すぐに",
    r"급해|급합|긴급|빨리|오늘(?:까지| 안에)|내일(?:까지)?|까지 (?:꼭|받)|마감",
    r"\b(?:dringend|eilig|sofort|umgehend|schnellstmoglich|schnellstmöglich|heute|morgen|spätestens|spatestens|bis "
    r"(?:heute|morgen|zum|ende|freitag|montag))\b",
    r"\b(?:urgente?s?|urgence|au plus vite|tout de suite|aujourd'hui|demain|avant (?:le|demain|lundi|vendredi)|"
    r"cuanto antes|de inmediato|hoy|mañana|antes del?|subito|oggi|domani|entro|hoje|"
    r"amanhã|até (?:hoje|amanhã|sexta))\b",
    r"срочно|как можно скорее|немедленно|сегодня|завтра|до (?:конца|завтра|пятницы)|не позднее",
    r"\b(?:gấp|khẩn|ngay lập tức|hôm nay|ngày mai|trước ngày)\b|"
    r"ด่วน|ทันที|วันนี้|พรุ่งนี้|ภายใน|عاجل|فورا|اليوم|غدا|قبل يوم",
)


def has_deadline(text: str) -> bool:
    """Tell whether a message says that it is urgent, or by when something has to happen."""
    return _compiled().search(fold(text)) is not None


@lru_cache(maxsize=1)
def _compiled() -> re.Pattern[str]:
    return re.compile("|".join(fold(each) for each in _CUES))
