"""Ask a customer for a fact that is missing."""

from __future__ import annotations

from collections.abc import Mapping

from engine.domain.handoff import FactKind
from engine.languages.registry import profile_for

__all__ = ["fact_question"]

_EN: Mapping[FactKind, str] = {
    FactKind.ORDER_NUMBER: "Could you tell me your order number?",
    FactKind.TRACKING_NUMBER: "Could you tell me the tracking number of the parcel?",
    FactKind.SKU: "Could you tell me the article number?",
    FactKind.CODE: "Which code or error message do you see?",
    FactKind.PRODUCT: "Which product is it about?",
    FactKind.DATE: "On which date was that?",
    FactKind.AMOUNT: "Which amount is it about?",
    FactKind.NAME: "Could you tell me your full name?",
    FactKind.EMAIL: "Which e-mail address do you use with us?",
    FactKind.PHONE: "On which telephone number can we reach you?",
    FactKind.ADDRESS: "Could you tell me the full delivery address?",
}
_QUESTIONS: Mapping[str, Mapping[FactKind, str]] = {
    "en": _EN,
    "zh-Hans": {
        FactKind.ORDER_NUMBER: "请问您的订单号是多少？",
        FactKind.TRACKING_NUMBER: "请问快递单号是多少？",
        FactKind.SKU: "请问商品的货号是多少？",
        FactKind.CODE: "请问显示的代码或报错信息是什么？",
        FactKind.PRODUCT: "请问是哪一款商品？",
        FactKind.DATE: "请问是哪一天的事？",
        FactKind.AMOUNT: "请问涉及的金额是多少？",
        FactKind.NAME: "请问您的姓名是？",
        FactKind.EMAIL: "请问您在我们这里使用的邮箱是？",
        FactKind.PHONE: "请问可以联系到您的电话号码是？",
        FactKind.ADDRESS: "请问完整的收货地址是？",
    },
    "zh-Hant": {
        FactKind.ORDER_NUMBER: "請問您的訂單編號是？",
        FactKind.TRACKING_NUMBER: "請問包裹的託運單號是？",
        FactKind.SKU: "請問商品的料號是？",
        FactKind.CODE: "請問畫面上顯示的代碼或錯誤訊息是什麼？",
        FactKind.PRODUCT: "請問是哪一款商品？",
        FactKind.DATE: "請問是哪一天發生的？",
        FactKind.AMOUNT: "請問是多少金額？",
        FactKind.NAME: "請問您的大名是？",
        FactKind.EMAIL: "請問您在我們這邊使用的電子信箱是？",
        FactKind.PHONE: "請問方便聯絡您的電話號碼是？",
        FactKind.ADDRESS: "請問完整的收件地址是？",
    },
    "ja": {
        FactKind.ORDER_NUMBER: "ご注文番号をお教えいただけますか。",
        FactKind.TRACKING_NUMBER: "お荷物の追跡番号をお教えいただけますか。",
        FactKind.SKU: "商品の品番をお教えいただけますか。",
        FactKind.CODE: "表示されているコードまたはエラーの内容をお教えいただけますか。",
        FactKind.PRODUCT: "どの商品についてのお問い合わせでしょうか。",
        FactKind.DATE: "いつのことか、日付をお教えいただけますか。",
        FactKind.AMOUNT: "対象の金額をお教えいただけますか。",
        FactKind.NAME: "お名前をフルネームでお教えいただけますか。",
        FactKind.EMAIL: "ご登録のメールアドレスをお教えいただけますか。",
        FactKind.PHONE: "ご連絡のつくお電話番号をお教えいただけますか。",
        FactKind.ADDRESS: "お届け先のご住所をお教えいただけますか。",
    },
}


def fact_question(kind: FactKind, language: str) -> str:
    """Return the question in `language` (BCP 47); in English for a language without."""
    return _QUESTIONS.get(profile_for(language).code, _EN)[kind]
