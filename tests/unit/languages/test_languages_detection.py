from __future__ import annotations

import pytest

from engine.errors import Misconfigured
from engine.languages import detection
from engine.languages.detection import LinguaDetector, ScriptDetector
from engine.languages.registry import profiles

MESSAGES = {
    "en": [
        "refund?",
        "Breva K2",
        "order MV-2026-004512",
        "E7",
        "Drift R3 E12",
        "hi",
        "hello",
        "ok thanks",
        "where is my order",
        "return label",
        "warranty Nido S1",
        "cancel",
        "invoice please",
        "R3 not charging",
        "Alto P5 filter",
        "password reset",
        "not working",
        "PayPal refund status",
        "thx",
        "shipping to Norway",
        "kettle leaking",
        "pls call me",
        "AF-5",
        "Maruvale Home app",
        "REFUND NOW",
        "How do I say 退货 in English?",
        "Is the Rückgabe free?",
        "Where is the Shibuya 渋谷 store",
    ],
    "de": [
        "Rückgabe",
        "Garantie abgelaufen",
        "wo ist meine Bestellung",
        "Rechnung bitte",
        "Kaffeemaschine entkalken",
        "Danke",
        "Guten Tag",
        "Versand in die Schweiz",
        "Wasserkocher undicht",
        "Retoure",
        "Passwort vergessen",
        "Drift R3 lädt nicht",
        "Lieferzeit?",
        "WO IST MEINE BESTELLUNG",
        "Was kostet der Filter AF-5?",
        "Kann ich mit PayPal zahlen?",
    ],
    "fr": [
        "remboursement",
        "garantie Breva K2",
        "où est ma commande",
        "bonjour",
        "merci",
        "facture svp",
        "mot de passe oublié",
        "livraison en Suisse",
        "la bouilloire fuit",
        "délai de retour",
        "code E12 aspirateur",
        "Puis-je payer par carte ?",
    ],
    "es": [
        "reembolso",
        "garantía",
        "dónde está mi pedido",
        "hola",
        "gracias",
        "factura por favor",
        "contraseña olvidada",
        "envío a Canarias",
        "la cafetera no funciona",
        "devolución",
        "plazo de entrega",
        "¿Puedo pagar con tarjeta?",
    ],
    "it": [
        "rimborso",
        "garanzia",
        "dov'è il mio ordine",
        "ciao",
        "grazie",
        "fattura per favore",
        "password dimenticata",
        "spedizione in Sardegna",
        "il bollitore perde",
        "tempi di consegna",
        "Posso pagare con la carta?",
    ],
    "pt": [
        "reembolso do pedido",
        "garantia do K2",
        "onde está minha encomenda",
        "olá",
        "obrigado",
        "nota fiscal por favor",
        "esqueci a senha",
        "envio para os Açores",
        "a cafeteira não funciona",
        "prazo de entrega",
        "Posso pagar com cartão?",
    ],
    "vi": [
        "hoàn tiền",
        "bảo hành",
        "đơn hàng của tôi đâu",
        "xin chào",
        "cảm ơn",
        "quên mật khẩu",
        "máy hút bụi báo lỗi E7",
    ],
    "ru": ["возврат", "где мой заказ", "спасибо", "чайник Breva K2 протекает", "Как отменить заказ MV-2026-004512?"],
    "ar": ["أين طلبي", "شكرا", "كيف أسترجع المبلغ؟", "ضمان Breva K2", "الدفع عند الاستلام"],
    "th": ["คืนเงิน", "สวัสดีค่ะ", "Breva K2 รับประกันกี่ปี", "ยกเลิกคำสั่งซื้อ"],
    "ko": ["환불", "안녕하세요", "Breva K2 보증 기간", "배송 언제 와요", "주문 취소 MV-2026-004512"],
    "ja": [
        "返品",
        "送料は？",
        "Breva K2の保証期間",
        "返品送料",
        "会員登録変更",
        "エラーE12",
        "アプリ",
        "電池が充電できません",
        "領収書発行",
        "注文番号 MV-2026-004512",
        "Wi-Fiにつながらない",
    ],
    "zh-Hans": [
        "退货",
        "启用 Microsoft Stream",
        "使用 SecureScore",
        "Outlook.com 清除",
        "运费多少",
        "Breva K2 保修多久",
        "你好",
        "扫地机器人报错E12",
        "开发票",
        "订单 MV-2026-004512 没收到",
        "怎么取消订单",
        "密码忘了",
        "app登录不上",
        "水壶漏水",
    ],
    "zh-Hant": [
        "退貨",
        "Intune 與 Jamf",
        "運費多少",
        "Breva K2 保固多久",
        "您好，請問",
        "掃地機器人顯示E12",
        "開發票",
        "訂單 MV-2026-004512 沒收到",
        "怎麼取消訂單",
        "密碼忘了",
        "載具條碼",
        "水壺漏水",
    ],
}


@pytest.fixture(scope="module")
def detector() -> ScriptDetector:
    return ScriptDetector()


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in MESSAGES.items() for text in texts])
def test_short_messages(detector: ScriptDetector, language: str, text: str) -> None:
    assert detector.detect(text) == language


@pytest.mark.parametrize("language", sorted(profiles()))
def test_its_own_phrases_are_in_the_language(detector: ScriptDetector, language: str) -> None:
    phrases = profiles()[language].phrases
    for text in (phrases.no_evidence, phrases.low_confidence, phrases.conflict, phrases.unsafe):
        assert detector.detect(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("मेरा ऑर्डर कहाँ है?", "hi"),
        ("Πού είναι η παραγγελία μου;", "el"),
        ("איפה ההזמנה שלי?", "he"),
        ("Де моє замовлення? Я чекаю вже тиждень.", "uk"),
        ("سفارش من کجاست و چرا نرسیده است؟", "fa"),
        ("Waar is mijn bestelling gebleven?", "nl"),
        ("Gdzie jest moje zamówienie?", "pl"),
        ("Siparişim nerede kaldı?", "tr"),
    ],
)
def test_languages_without_a_profile(detector: ScriptDetector, text: str, language: str) -> None:
    assert detector.detect(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("请参阅 https://help.maruvale.example/en/returns/how-to-send-a-kettle-back", "zh-Hans"),
        ("送信先 support-team-europe@maruvale.example です", "ja"),
        ("www.maruvale.example/returns 환불", "ko"),
        ("[退貨說明](https://help.maruvale.example/returns-and-refunds-for-all-products)", "zh-Hant"),
    ],
)
def test_addresses_do_not_count(detector: ScriptDetector, text: str, language: str) -> None:
    assert detector.detect(text) == language


@pytest.mark.parametrize("text", ["", " ", "😀", "123", "2026-03-01", "?!", "\ud800", "\x00", "https://a.example"])
def test_text_without_letters_is_undetermined(detector: ScriptDetector, text: str) -> None:
    assert detector.detect(text) == "und"


def test_only_the_beginning_of_a_long_text_is_looked_at(detector: ScriptDetector) -> None:
    assert detector.detect("退货说明。" * 1000 + "The rest is in English. " * 10_000) == "zh-Hans"


def test_lingua_tells_languages_of_one_script_apart() -> None:
    pytest.importorskip("lingua")
    detector = LinguaDetector()
    assert detector.detect("Посылка так и не пришла") == "ru"
    assert detector.detect("Посилка так і не прийшла") == "uk"
    assert detector.detect("Пратката така и не пристигна") == "bg"
    assert detector.detect("Breva K2") == "en"
    assert detector.detect("退貨") == "zh-Hant"
    assert detector.detect("😀") == "und"


def test_without_lingua_the_error_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(module: str, extra: str) -> None:
        raise Misconfigured(f"The Python package {module!r} is not installed.", remedy=f"pip install knowdesk[{extra}]")

    monkeypatch.setattr(detection, "require", missing)
    with pytest.raises(Misconfigured, match=r"lingua.*pip install knowdesk\[lingua\]"):
        LinguaDetector()
