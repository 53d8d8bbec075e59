"""Sentences on which a prepared encoder is compared with the original: several languages, lengths and oddities."""

from typing import Final

__all__ = ["CHECKED", "SAMPLES"]

SAMPLES: Final = (
    "How long is the warranty?",
    "I was charged twice for order 4471-B; please send the second amount back.",
    "Kettle K2, 1.7 l, 2200 W",
    "A refund is paid within five working days after the parcel has come back to us, by the way that was used to pay. "
    "Costs of delivery are paid back as well if the whole order is returned; for a part of it they are not. Goods that "
    "were opened for hygienic reasons, and vouchers, cannot be returned.",
    "The device does not switch on, the light blinks red three times and there is a smell of something burnt.",
    "Can I change the address after the order was sent?",
    "保修期是多久？",
    "退款会在收到退货后的五个工作日内按原支付方式退回，运费不在退款范围内。",
    "請問訂單寄出之後還可以更改收件地址嗎？",
    "機器無法開機，紅燈閃三下。",
    "保証期間はどのくらいですか。",
    "返品の荷物が届いてから五営業日以内に、お支払いと同じ方法で返金いたします。",
    "보증 기간은 얼마나 되나요?",
    "Wie lange gilt die Garantie, und wo finde ich die Seriennummer?",
    "Le remboursement est versé sous cinq jours ouvrés après réception du colis.",
    "¿Puedo cambiar la dirección después de enviado el pedido?",
    "Срок гарантии два года со дня покупки.",
    "كم تستغرق عملية استرداد المبلغ؟",
    "e-mail: help@example.com, https://example.com/returns?lang=en#how",
    "ok",
)

CHECKED: Final = (*SAMPLES, " ".join(SAMPLES))  # one that many models cut: prepared ones are to cut it where theirs do
