"""Check a slip: fields, verdict, and what the policies say about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from engine.answering.compose import citation
from engine.answering.extract import Quote
from engine.assist.forms.comparing import compared, verdict_of
from engine.assist.forms.fields import slip_fields
from engine.domain.answer import Citation
from engine.domain.form import FieldFinding, FormCheck, FormField, FormVerdict, OrderFacts, SlipLine, Standing
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import SearchFilter
from engine.errors import InvalidInput
from engine.guard.injection_screen import screened
from engine.ports import LanguageDetector

if TYPE_CHECKING:
    from engine.searching import Searching

__all__ = ["FormChecker"]

# What to ask the policies, by what weighs most: late, another article, fewer or more, anything unclear, all in order.
_QUERIES: Final[Mapping[str, tuple[str, str, str, str, str]]] = {
    "en": (
        "how long may an item be returned, period is over",
        "wrong item, serial number does not match the order",
        "parts are missing, refund less",
        "how to return an item, label and order number",
        "refund after the goods reach the warehouse",
    ),
    "zh": (
        "退货期限 超过期限 不支持退货",
        "不支持退货 序列号与订单不符",
        "缺主要部件 退货",
        "怎么退 申请退货 寄件",
        "仓库收到退货后多久退款",
    ),
    "ja": (
        "返品できる期間 期限",
        "届いた商品が違う 返品",
        "付属品が足りない 返品",
        "返品の申し込みの手順",
        "倉庫に届いてから返金",
    ),
}
PASSAGES: Final = 5


class FormChecker:
    """Compares slips with orders; `search` finds the policies."""

    def __init__(self, detector: LanguageDetector, searching: Searching) -> None:
        self._detector = detector
        self._searching = searching

    def check(
        self, lines: Sequence[SlipLine], order: OrderFacts, *, knowledge_base: str = "", language: str = ""
    ) -> FormCheck:
        """Return the verdict on a slip; InvalidInput where nothing is given to compare.

        Without a `knowledge_base` no policy is looked for. `language` (BCP 47) overrides that of the slip.
        """
        if order == OrderFacts():
            raise InvalidInput("The order has no facts.", remedy="Send at least one of its fields to compare.")
        spoken = language or self._detector.detect("\n".join(line.text for line in lines))
        findings = compared(slip_fields(lines), order)
        resolution = self._resolution(knowledge_base, _query(findings, spoken), spoken) if knowledge_base else None
        return FormCheck(verdict_of(findings), spoken, findings, resolution)

    def _resolution(self, knowledge_base: str, query: str, language: str) -> Citation | None:
        """Return the best passage of a policy in the slip's language, else in any."""
        for languages in ((language,), ()):
            chosen = SearchFilter(kinds=(DocumentKind.POLICY,), languages=languages)
            found = self._searching.search(
                knowledge_base, query, filter=chosen, limit=PASSAGES, language=language, highlight=False
            )
            if passages := screened(found.passages):
                best = passages[0]
                return citation(best, Quote(0, best.span, best.text), Span(0, len(best.text)))
        return None


def _query(findings: Sequence[FieldFinding], language: str) -> str:
    late, other, fewer, unclear, fine = _QUERIES.get(language.partition("-")[0], _QUERIES["en"])
    wrong = {each.field: each.standing for each in findings if each.standing is not Standing.MATCHES}
    if wrong.get(FormField.DATE) is Standing.LATE:
        return late
    if wrong.get(FormField.SKU) is Standing.DIFFERS:
        return other
    if wrong.get(FormField.QUANTITY) is Standing.DIFFERS:
        return fewer
    return unclear if verdict_of(findings) is FormVerdict.REVIEW else fine
