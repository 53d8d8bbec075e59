"""What stands around a number and tells what it is."""

from __future__ import annotations

import re

__all__ = ["after", "before", "is_reference"]

_REACH = 28  # characters
_REFERENCE = re.compile(
    r"(?:\b(?:order|invoice|tracking|parcel|ticket|case|reference|ref|sku|serial|s/n|model|part|product|version|"
    r"firmware|bestell(?:ung)?|rechnungs|sendungs|auftrags|commande|facture|suivi|pedido|factura|ordine|fattura|"
    r"заказ\w*|"
    r"đơn hàng|mã đơn|vận đơn)|คำสั่งซื้อ|ใบสั่งซื้อ|พัสดุ|(?:رقم )?(?:الطلب|الشحنة|الفاتورة|التتبع)|"
    r"订单|訂單|单号|單號|运单|運單|快递|案件|会话|會話|工单|工單|发票|發票|型号|型號|版本|序列|"
    r"注文|受付|伝票|請求書|型番|バージョン|주문|송장|접수)"
    r"s?[\s_-]{0,2}(?:(?:no|nr|number|nummer|num|id|code)\b|号码|號碼|编号|編號|番号|号|號|번호|№|n\.?[°º])?"
    r"[\s.#:：=]{0,3}(?:(?:is|was|ist|est|es|è|é|是|为|為|は|가|이)\s*)?[\s#:：\"“「(（]{0,3}(?:[A-Z]{1,4}-?)?$",
    re.IGNORECASE,
)


def before(text: str, at: int) -> str:
    """Return the few characters before a place."""
    return text[max(0, at - _REACH) : at]


def after(text: str, at: int) -> str:
    """Return the few characters behind a place."""
    return text[at : at + _REACH]


def is_reference(text: str, at: int) -> bool:
    """Tell whether what begins at a place is labelled as a number of an order, case, product or version."""
    return _REFERENCE.search(before(text, at)) is not None
