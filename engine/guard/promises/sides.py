"""Which side a sentence takes where only two are possible: free or not, opened or not, possible or not."""

from __future__ import annotations

import re
from functools import lru_cache

from engine.languages.folding import converted

__all__ = ["Sides", "other_case", "sides"]

Sides = dict[str, bool]
"""Which side of each matter is taken; those not spoken of, or of which both sides are named, are left out."""

# What is named first in a pair counts as yes.
_PAIRS: dict[str, tuple[str, str]] = {
    "free": (
        r"\bfree(?: of charge| for| delivery| from)?\b|\bno (?:charge|fee|cost)s?\b|\bwe (?:always )?(?:pay|"
        r"bear|cover)\b|\bpaid by (?!you|the (?:customer|buyer))\w+|"
        r"免费|包邮|免运|不收|无需付|不用付|(?:我们|我方|本店|公司|商家|卖家|当店)(?:这边)?(?:来)?(?:承担|负担|支付|"
        r"が负担|出(?![货库示])|付(?!款))|"
        r"由(?!您|客户|买家|顾客|我们)[^，。；]{1,8}(?:承担|负担|支付)|免上门|无料|当店(?:が|で)负担|いただきません|"
        r"かかりません|都?不用(?:运费|[您你]?[付出掏])|不需要?(?:运费|付费)",
        r"\bnot free\b|不免费|不包邮|无料では|\byou (?:would |will )?(?:have to |need to |must )?"
        r"(?:pay|bear|cover)\b|\bat your (?:own )?(?:cost|expense)\b|(?<!no )\bcosts? (?!of)|\bcharged\b|\bwe charge\b|"
        r"(?<!不用)(?<!不需要)(?<!无需)(?:您|客户|买家|顾客)(?:自己|自行)?(?:承担|负担|支付|出)|自行(?:负担|承担|"
        r"支付)|自付|收(?:取)?\d|"
        r"(?:要|需|会|只)(?:额外)?收(?!到)|酌收|需?要您(?:先)?垫付|"
        r"お客(?:様|さま)(?:の)?(?:ご)?负担|有料|差し引|頂戴(?:し|いた)|\d ?円(?:を|が|の手数料を)?(?:いただ|"
        r"お支払い|かか)|\b(?:at )?your own (?:cost|expense)\b|"
        r"(?:费|手数料|送料|押金|租金|料金|\bfee|\bcharge|\bpostage|\bdeposit)(?:用)?(?:[は是为要]|として| of|"
        r" is)? ?(?:eur )?\d",
    ),
    "opened": (
        r"(?<!un)\bopened\b|(?<!未)(?<!没)(?<!不)(?:拆封|开封)(?!的?话不)|已拆",
        r"\bunopened\b|未拆封|没拆封|未开封",
    ),
    "first": (
        r"先(?:给您)?发新|先にお送り|\bat once\b|\bstraight away\b",
        r"(?:先|要先)[^。]{0,8}(?:寄回|退回|检测)|届いてから(?:お送り|発送)",
    ),
    "allowed": (
        r"\b(?:can|may|able to|possible|available|up to \d+)\b|可以|都可|支持|能够|可退|可借|提供|できます|"
        r"いただけ|承りま|承っております|お受けし(?:ます|て(?:おり|い)ます|いたします)|可能",
        r"\b(?:is|are) not\W*$|\b(?:cannot|can't|can not|not (?:possible|available|offered)|only in|"
        r"no longer|do(?:es)?(?: not|n't) (?:lend|offer|include|cover|accept|ship|deliver|apply)|"
        r"never)\b|不会[退给发补赔换]|[改救退取拦]不[了来回]|来不及|不(?:能|可以|支持|提供|可|予|退|参加|接受|受理|"
        r"适用|包括|赠送|另寄)|恕不|概不|"
        r"无法|没有提供|没办法|できません|いただけません|承っておりません|お断り|不可|対象外|(?:受け付け|"
        r"行って|扱って|対応して|お受けして|発行して|用意して)(?:て)?(?:おりません|いません)",
    ),
    "needed": (
        r"\bonly if you (?:still )?have\b|\b(?:is|are) required\b|\byou (?:will )?(?:must|need|have to)\b|\bmust be\b|"
        r"\bwithout (?:the|an?|your)\b[^.]{0,30}\b(?:cannot|can't|no)\b|"
        r"(?:要|需要?|必须|须)(?:提供|有|出示|附上?|保留|先登[记录])|才[能可]|必要です|必要となります|必須|がないと|"
        r"がなければ",
        r"\bnot (?:required|needed|necessary)\b|\b(?:do|does|need) not (?:need|require|have)\b|\bdon't (?:need|have)\b|"
        r"\bneed neither\b|\bwithout (?:the|an?) (?:receipt|invoice|box)\b|"
        r"不(?:需要|用|必|要求)|无需|无须|不需|没关系|也可以办|不要です|必要ありません|必要はあり|なくても|不要で",
    ),
    "binding": (
        r"(?:要|需|须)(?:要)?绑约|\bminimum term\b(?! and no)",
        r"无绑约|绑约[：:]?无|随时可停|\bno minimum term\b",
    ),
}
_ONLY_UNOPENED = r"限(?:于)?未(?:拆|开)封|\bonly (?:if [^.]{0,40})?unopened\b|未开封(?:に限|のみ)"
_ONLY = r"\bonly\b|仅限|(?<!期)限(?!时|制|期|速)|只能|に限り|のみ"


def sides(folded: str) -> Sides:
    """Return the sides that a folded sentence takes."""
    found: Sides = {}
    for name, (yes, no) in _PAIRS.items():
        denied = _compiled(no).search(folded) is not None
        affirmed = _compiled(yes).search(_compiled(no).sub(" ", folded)) is not None
        if affirmed != denied:
            found[name] = affirmed
    if _compiled(_ONLY_UNOPENED).search(folded):
        found["opened"] = False
    return found


def other_case(said: Sides, known: Sides, folded: str) -> bool:
    """Tell whether a policy speaks of the other case: of unopened goods, where opened ones are promised something.

    A promise that names neither includes opened goods. Where the policy says "only", it speaks of both.
    """
    return said.get("opened", True) != known.get("opened", said.get("opened", True)) and not _compiled(_ONLY).search(
        folded
    )


@lru_cache(maxsize=32)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(converted(pattern, "t2s"))
