"""Turns of phrase that can be put shorter without a change of meaning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Final

__all__ = ["shortened"]

_SHORTER: Final[Mapping[str, str]] = {
    # English
    r"\bplease (?:kindly )?(?:note|be advised|be informed|be aware) that\s+": "",
    r"\b(?:i|we) (?:would like|wanted|want) to (?:inform|let) you (?:know )?that\s+": "",
    r"\bin order to\b": "to",
    r"\bdue to the fact that\b": "because",
    r"\bat this (?:point in )?time\b": "now",
    r"\bin the event that\b": "if",
    r"\bprior to\b": "before",
    r"\bwith regards? to\b": "about",
    r"\bfor the purpose of\b": "for",
    # Chinese
    r"(?:温馨提示|溫馨提醒|敬请知悉|敬請知悉|请您知悉|請您知悉)[：:，,]": "",
    r"进行(?=处理|核实|确认|查询|检查|更换|退款|退货|维修)": "",
    r"進行(?=處理|核實|確認|查詢|檢查|更換|退款|退貨|維修)": "",
    # Japanese
    r"させていただいております": "しております",
    r"させていただきます": "いたします",
    r"すること(?:ができます|が可能です)": "できます",
    r"[にと]なっております": "です",
    # German, French, Spanish
    r"\bzum jetzigen zeitpunkt\b": "jetzt",
    r"\bfür den fall, dass\b": "falls",
    r"\baufgrund der tatsache, dass\b": "weil",
    r"\bdans le but de\b": "pour",
    r"\bà l['’]heure actuelle\b": "actuellement",
    r"\bcon el fin de\b": "para",
    r"\bdebido al hecho de que\b": "porque",
}


def shortened(text: str) -> str:
    """Return the text with its turns of phrase put shorter; what begins with a capital still does."""
    for pattern, instead in _compiled():
        text = pattern.sub(partial(_cased, instead), text)
    return text


def _cased(instead: str, found: re.Match[str]) -> str:
    following = found["next"]
    if not found["wordy"][:1].isupper():
        return instead + following
    return instead[:1].upper() + instead[1:] + following if instead else following.upper()


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?P<wordy>{pattern})(?P<next>.?)", re.IGNORECASE | re.DOTALL), instead)
        for pattern, instead in _SHORTER.items()
    )
