from __future__ import annotations

import pytest

from engine.languages.scripts import SCRIPTS, chinese_script, dominant_script, han_language


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Where is my order?", "Latn"),
        ("Où est mon colis ?", "Latn"),
        ("Đơn hàng của tôi", "Latn"),
        ("退货", "Hani"),
        ("送料", "Hani"),
        ("フィルター", "Hani"),
        ("ﾌｨﾙﾀｰ", "Hani"),
        ("배송", "Hang"),
        ("Где мой заказ?", "Cyrl"),
        ("أين طلبي؟", "Arab"),
        ("سفارش من کجاست؟", "Arab"),
        ("คืนสินค้า", "Thai"),
        ("मेरा ऑर्डर", "Deva"),
        ("Πού είναι;", "Grek"),
        ("איפה ההזמנה שלי", "Hebr"),
        ("আমার অর্ডার", "Beng"),
        ("ਮੇਰਾ ਆਰਡਰ", "Guru"),
        ("મારો ઓર્ડર", "Gujr"),
        ("என் ஆர்டர்", "Taml"),
        ("నా ఆర్డర్", "Telu"),
        ("ನನ್ನ ಆರ್ಡರ್", "Knda"),
        ("എന്റെ ഓർഡർ", "Mlym"),
        ("මගේ ඇණවුම", "Sinh"),
        ("ການສັ່ງຊື້", "Laoo"),
        ("အော်ဒါ", "Mymr"),
        ("ჩემი შეკვეთა", "Geor"),
        ("ትዕዛዝ", "Ethi"),
        ("ការបញ្ជាទិញ", "Khmr"),
        ("իմ պատվերը", "Armn"),
    ],
)
def test_dominant_script(text: str, script: str) -> None:
    assert dominant_script(text) == script


@pytest.mark.parametrize("text", ["", "123", "😀👍", "?!…", "2026-03-01", "\ud800", " \n"])
def test_text_without_letters_has_no_script(text: str) -> None:
    assert dominant_script(text) is None


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Breva K2 保修多久", "Hani"),
        ("Maruvale Home アプリ", "Hani"),
        ("Drift R3 청소기 오류", "Hang"),
        ("Breva K2 гарантия", "Cyrl"),
        ("Alto P5 ราคา", "Thai"),
        ("What does 退貨 mean in your policy?", "Latn"),
        ("The German word Rückgabe and the Russian возврат both mean return.", "Latn"),
    ],
)
def test_product_names_do_not_decide_the_script(text: str, script: str) -> None:
    assert dominant_script(text) == script


def test_every_script_names_its_languages() -> None:
    assert all(script.languages and script.weight > 0 for script in SCRIPTS.values())
    codes = [code for script in SCRIPTS.values() for code in script.languages]
    assert len(codes) == len(set(codes))


SIMPLIFIED = [
    "退货需要几天",
    "怎么开发票",
    "扫地机器人不充电",
    "这个能退吗",
    "运费多少钱",
    "密码忘记了",
    "你好",
    "我想要退款",
    "滤网",
]
TRADITIONAL = [
    "退貨需要幾天",
    "怎麼開發票",
    "掃地機器人不充電",
    "這個能退嗎",
    "運費多少錢",
    "密碼忘記了",
    "我的載具",
    "請問保固",
    "濾網",
]
JAPANESE = [
    "返品はできますか",
    "返品送料",
    "送料無料",
    "保証書再発行",
    "注文番号変更",
    "会員登録",
    "支払方法",
    "配達日時指定変更",
    "領収書",
    "円",
    "払込票",
    "請求書宛名",
    "予約取消",
    "エラー",
    "電気ケトルの掃除",
    "空気清浄機",
    "初期不良",
]


@pytest.mark.parametrize("text", SIMPLIFIED)
def test_simplified_chinese(text: str) -> None:
    assert han_language(text) == "zh-Hans"


@pytest.mark.parametrize("text", TRADITIONAL)
def test_traditional_chinese(text: str) -> None:
    assert han_language(text) == "zh-Hant"


@pytest.mark.parametrize("text", JAPANESE)
def test_japanese_with_and_without_kana(text: str) -> None:
    assert han_language(text) == "ja"


def test_a_japanese_particle_in_chinese_is_no_japanese() -> None:
    assert han_language("我の手机坏了") == "zh-Hans"


def test_chinese_that_quotes_a_japanese_name_is_chinese() -> None:
    text = "本店所有商品均支持七天无理由退货，请保留完整包装与发票，客服会在一个工作日内处理。" * 2 + "「マルベール」"
    assert han_language(text) == "zh-Hans"


def test_japanese_that_quotes_chinese_is_japanese() -> None:
    assert han_language("「满谷生活」は中国での名称です。お問い合わせはこちらから。") == "ja"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("信箱", "zh-Hant"),
        ("停用使用者", "zh-Hant"),
        ("網路", "zh-Hant"),
        ("默认邮箱", "zh-Hans"),
        ("人工客服", "zh-Hans"),
        ("了解更多", "zh-Hans"),
        ("", "zh-Hans"),
    ],
)
def test_wording_decides_where_the_characters_do_not(text: str, script: str) -> None:
    assert chinese_script(text) == script


@pytest.mark.parametrize("char", "后里面台只干准系表几")
def test_characters_of_both_scripts_are_no_evidence_against_traditional(char: str) -> None:
    assert chinese_script(f"{char}貨") == "zh-Hant"
