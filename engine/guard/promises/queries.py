"""What to search for beside a promise's own words, which may name a product that the policy does not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from engine.domain.check import PromiseMatter
from engine.languages.folding import to_script
from engine.languages.registry import profile_for

__all__ = ["query_for"]

_QUERIES: Mapping[str, Mapping[PromiseMatter, str]] = {
    "en": {
        PromiseMatter.REFUND: "when and how is the money refunded",
        PromiseMatter.RETURN: "return period and return postage",
        PromiseMatter.DELIVERY: "delivery time and delivery charge",
        PromiseMatter.REPLACEMENT: "exchange of a faulty item",
        PromiseMatter.REPAIR: "how long a repair takes and what it costs",
        PromiseMatter.WARRANTY: "warranty period",
        PromiseMatter.COST: "charges, who pays, free of charge",
        PromiseMatter.COMPENSATION: "vouchers, points and what they are worth",
        PromiseMatter.CHANGE: "change or cancel an order",
        PromiseMatter.CONTACT: "when do we answer",
    },
    "zh-Hans": {
        PromiseMatter.REFUND: "退款时间和退款方式",
        PromiseMatter.RETURN: "退货期限和退货运费",
        PromiseMatter.DELIVERY: "配送时间和运费",
        PromiseMatter.REPLACEMENT: "换货和坏件更换",
        PromiseMatter.REPAIR: "维修时间和维修费",
        PromiseMatter.WARRANTY: "保修期限",
        PromiseMatter.COST: "费用由谁承担",
        PromiseMatter.COMPENSATION: "积分和优惠券抵扣",
        PromiseMatter.CHANGE: "取消或修改订单",
        PromiseMatter.CONTACT: "多久回复",
    },
    "ja": {
        PromiseMatter.REFUND: "返金の時期と方法",
        PromiseMatter.RETURN: "返品できる期間と返送料",
        PromiseMatter.DELIVERY: "お届けまでの日数と送料",
        PromiseMatter.REPLACEMENT: "不具合のある商品の交換",
        PromiseMatter.REPAIR: "修理の期間と料金",
        PromiseMatter.WARRANTY: "保証期間",
        PromiseMatter.COST: "料金は誰が負担するか",
        PromiseMatter.COMPENSATION: "ポイントとギフト券",
        PromiseMatter.CHANGE: "注文の変更・キャンセル",
        PromiseMatter.CONTACT: "回答までの時間",
    },
}


@lru_cache(maxsize=256)
def query_for(matter: PromiseMatter, language: str) -> str:
    """Return a question about a matter in a language (BCP 47), in English where there is none."""
    code = profile_for(language).code
    if code == "zh-Hant":
        return to_script(_QUERIES["zh-Hans"][matter], "zh-Hant")
    return _QUERIES.get(code, _QUERIES["en"])[matter]
