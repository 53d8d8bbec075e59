"""Cases for which policies have rules of their own, as they are named in several languages."""

from __future__ import annotations

from engine.languages.names import Names

__all__ = ["cases"]

_CASES = Names(
    {
        "pre-order": r"\bpre-?orders?\b|预[购售]|予约商品|予約商品",
        "express": r"\bexpress\b|次日达|快速到货|お急ぎ便|速達",
        "gift": r"\bgifts?\b(?! cards?)|礼物|送礼|收礼|ギフト(?!券)|赠り主|贈り主|プレゼント",
        "company": r"\bcompan(?:y|ies)\b|\bbusiness(?:es)?\b(?! days?)|公司|企业|法人|対公|对公|请求书払い|請求書払い|"
        r"掛け払い",
        "faulty": r"\bfault[ys]?\b|\bdefect\w*|\bdamaged?\b|\bbroken\b|\bwrong (?:one|item)\b|瑕疵|故障|破损|损坏|坏的|"
        r"寄错|"
        r"不具合|初期不良|壊れ|つぶれ",
        "recall": r"\brecall\w*|召回|リコール|无償交换|無償交換",
        "registration": r"\bregist\w+|登[记录録]",
        "plan": r"\bplans?\b|\bsubscri\w+|定期购|定期便|订阅",
        "shop payment": r"\bconvenience.store\b|超商|コンビニ",
        "transfer": r"\bbank transfers?\b|转账|汇款|振込|振り込",
        "refused": r"\brefus\w+|拒收|辞退",
        "pick-up point": r"\bparcel shops?\b|自提|营业所|営業所",
        "trade-in": r"\btrade-?in\b|以旧换新|旧机|下取り",
        "loan": r"\bloan\w*|\blend\b|\blent\b|备用机|出借|借[用您给]|贷出|貸[出し]|お貸し",
    }
)


def cases(folded: str) -> frozenset[str]:
    """Return the special cases that a folded text names."""
    return _CASES.within(folded)
