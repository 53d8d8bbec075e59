"""Words by which a message is for one group of colleagues: stems, of all languages at once, on folded text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from engine.domain.handoff import Queue
from engine.languages.folding import fold

__all__ = ["asks_how_own_stands", "queue_of"]

_STEMS: Mapping[Queue, str] = {
    Queue.DELIVERY: r"\b(?:parcel|deliver|shipp|shipment|courier|tracking|track |carrier|arrive|"
    r"supposed to be here|customs|"
    r"dispatch)|发货|快递|物流|配送|包裹|派送|签收|宅配|到货|运费|没收到|运单|届|配送|荷物|発送|送料|追跡|배송|"
    r"택배|도착|운송장|"
    r"liefer|paket|sendung|versand|livrai|colis|expédi|entrega|envío|envio|paquete|pedido no ha|consegn|spedi|pacco|"
    r"encomenda|frete|доставк|посылк|giao hàng|vận chuyển|จัดส่ง|พัสดุ|ส่งของ|توصيل|شحن|طرد",
    Queue.RETURNS: r"\b(?:return|refund|send (?:it|this|them) back|exchange|money back|replacement)|退货|退款|"
    r"退钱|换货|退掉|返品|返金|交換|"
    r"반품|환불|교환|rückgabe|rücksend|erstatt|umtausch|zurückgeb|zurückschick|retour|rembours|échang|devoluci|"
    r"reembols|cambio|"
    r"restitu|rimbors|devolu|troca|возврат|вернуть деньги|обмен|đổi trả|hoàn tiền|trả hàng|คืนเงิน|คืนสินค้า|"
    r"เปลี่ยนสินค้า|استرجاع|استرداد|إرجاع",
    Queue.BILLING: r"\b(?:invoice|charged?|payment|pay|paid twice|card|bill(?:ing|ed)?|voucher|vat|double)\b|"
    r"发票|付款|支付|扣款|账单|刷卡|"
    r"分期|重复扣|请求书|領収|インボイス|支払|決済|請求|カード|결제|청구|영수증|세금계산서|rechnung|zahl|"
    r"abgebucht|karte|factur|paiement|"
    r"débit|carte|pago|cobr|tarjeta|factura|fattur|pagament|addebit|carta|fatura|pagamento|cartão|счёт|счет|"
    r"оплат|списал|карт|"
    r"hóa đơn|thanh toán|thẻ|ใบเสร็จ|ชำระ|บัตร|ใบกำกับ|فاتورة|دفع|بطاقة",
    Queue.TECHNICAL: r"\b(?:error|broken|not work|doesn't work|won't|stopp|stops|leak|noise|wi-?fi|app|firmware|"
    r"pair|repair|warranty|fault|"
    r"defect|connect)|(?<![a-z0-9])e\d{1,2}(?![a-z0-9])|报错|故障|坏了|维修|保修|保固|漏水|连不上|配网|不工作|"
    r"噪音|异响|送修|故障|修理|エラー|充電|つなが|"
    r"動か|つながら|壊れ|異音|保証|고장|수리|에러|오류|연결이|defekt|kaputt|fehler|reparatur|garantie|panne|"
    r"erreur|répar|avería|averi|"
    r"error|repara|garantía|guasto|errore|ripara|garanzia|defeito|conserto|garantia|не работает|слома|ошибк|"
    r"ремонт|гарант|lỗi|hỏng|"
    r"sửa chữa|bảo hành|เสีย|ซ่อม|ประกัน|ข้อผิดพลาด|عطل|خطأ|إصلاح|ضمان",
    Queue.ORDERS: r"\b(?:cancel|wrong address|change (?:the |my )?(?:address|order)|my order|order status|"
    r"pre-?order)|取消订单|改地址|地址(?:填|写)错|"
    r"订单|下单|注文|キャンセル|住所変更|주문|취소|bestell|stornier|command|annul|pedido|cancelar|ordine|"
    r"annullare|encomendar|заказ|отмен|"
    r"đơn hàng|hủy|คำสั่งซื้อ|ยกเลิก|طلب|إلغاء",
    Queue.ACCOUNT: r"\b(?:account|password|log ?in|sign ?in|locked|two-step|my data|points|membership)|账户|"
    r"账号|帐号|密码|登录|登入|会员|积分|点数|"
    r"アカウント|パスワード|ログイン|退会|会員|ポイント|계정|비밀번호|로그인|회원|포인트|konto|passwort|anmeld|"
    r"punkte|compte|mot de passe|connexion|"
    r"cuenta|contraseña|puntos|account|punti|conta|senha|pontos|аккаунт|парол|войти|балл|tài khoản|mật khẩu|"
    r"điểm|บัญชี|รหัสผ่าน|คะแนน|"
    r"حساب|كلمة المرور|نقاط",
}

_OWN_STATE = (
    r"\b(?:where(?:'s| is| are)|has|have|is|did|when (?:will|does|is)|any (?:news|updates?) (?:on|about|of)|"
    r"status of)\b[^.!?]{0,12}\b(?:my|our) (?:\w+ )?(?:order|parcel|package|delivery|shipment|refund|replacement)\b|"
    r"\btrack my\b|"
    r"我(?:们)?(?:买|订|下)?的(?:\w{0,4})?(?:订单|包裹|快递|货|退款|东西)[^。!?]{0,8}"
    r"(?:到哪|在哪|哪里|发货|发了|寄出|到了|什么时候|几时|还没|怎么还)|(?:查|看)(?:一下|下)?(?:我的)?(?:物流|快递|订单)|"
    r"(?:注文|荷物|返金)[^。]{0,12}(?:どこ|いつ(?:届|来|発送|になり)|もう(?:発送|出)|まだ(?:届|来|です|発送)|状況)"
)


def queue_of(texts: tuple[str, ...]) -> Queue:
    """Return the queue whose words stand most often in what a customer said, the latest counting double.

    Of several with as many, the one that is named first in `Queue`'s order of preference here; GENERAL without any.
    """
    counts = dict.fromkeys(_STEMS, 0)
    for place, text in enumerate(texts, start=1):
        for queue, pattern in _patterns().items():
            counts[queue] += len(set(pattern.findall(fold(text)))) * (2 if place == len(texts) else 1)
    best = max(counts, key=lambda queue: counts[queue])
    return best if counts[best] else Queue.GENERAL


def asks_how_own_stands(text: str) -> bool:
    """Tell whether a message asks how the customer's own order, parcel or refund stands: no page can know."""
    return _own_state().search(fold(text)) is not None


@lru_cache(maxsize=1)
def _own_state() -> re.Pattern[str]:
    return re.compile(fold(_OWN_STATE.replace(r"\W", r"[^\w]")))


@lru_cache(maxsize=1)
def _patterns() -> Mapping[Queue, re.Pattern[str]]:
    return {queue: re.compile(fold(stems)) for queue, stems in _STEMS.items()}
