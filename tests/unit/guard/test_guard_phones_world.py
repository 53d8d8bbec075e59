"""Telephone numbers as people of each country write them, and orders and codes that look like them."""

from __future__ import annotations

import pytest

from engine.guard.findings import PersonalKind
from tests.unit.guard.found import found

WRITTEN = [
    ("zh-Hans", "座机：", "021-6234 5678", ""),
    ("zh-Hans", "我的电话是", "+86 138 1234 5678", ""),
    ("zh-Hans", "请打 ", "138-1234-5678", ""),
    ("zh-Hans", "电话：", "（010）62781234", "。"),
    ("zh-Hans", "快递员电话", "１３８１２３４５６７８", "，谢谢"),
    ("zh-Hant", "請打", "+886 912 345 678", ""),
    ("zh-Hant", "電話：", "(02)2345-6789 分機 12", ""),
    ("zh-Hant", "我的手機是 ", "9123 4567", ""),
    ("zh-Hant", "電話 ", "+852 9123 4567", ""),
    ("ja", "携帯は", "080ー1234ー5678", "です"),
    ("ja", "フリーダイヤルナンバー", "09012345678", "へ"),
    ("ja", "電話番号：", "(03) 1234-5678", ""),
    ("ja", "", "０３（１２３４）５６７８", "までお願いします"),
    ("ja", "国際電話は", "+81 90-1234-5678", "です"),
    ("ko", "연락처: ", "010 1234 5678", ""),
    ("ko", "", "02-123-4567", "로 전화주세요"),
    ("ko", "", "+82 10-1234-5678", "입니다"),
    ("ko", "전화는 ", "01012345678", "입니다"),
    ("de", "Sie erreichen mich unter ", "030 / 12 34 56 78", "."),
    ("de", "Büro ", "030/1234567", ""),
    ("de", "mobil ", "+49 (0)151 23456789", ""),
    ("de", "Tel.: ", "0043 664 1234567", " (Wien)"),
    ("fr", "Mon numéro : ", "+33 6 12 34 56 78", ""),
    ("fr", "", "06.12.34.56.78", ", après 18 h"),
    ("fr", "appelez-moi au ", "01 23 45 67 89", ""),
    ("es", "llámame al ", "612345678", " por la tarde"),
    ("es", "fijo ", "+34 912 34 56 78", ""),
    ("es", "tel. ", "55 1234 5678", " (México)"),
    ("pt", "me liga no ", "(11) 91234-5678", ""),
    ("pt", "zap ", "+55 11 91234-5678", ""),
    ("pt", "ligue ", "912 345 678", ""),
    ("ru", "звоните ", "+7 (916) 123-45-67", ""),
    ("ru", "тел. ", "8(916)1234567", ""),
    ("ru", "", "8-916-123-45-67", ", Иван"),
    ("ar", "رقمي ", "٠٥٠١٢٣٤٥٦٧", ""),
    ("ar", "هاتف: ", "+966 50 123 4567", ""),
    ("ar", "جوالي ", "0501234567", "، شكرا"),
    ("th", "โทร ", "02-123-4567", ""),
    ("th", "เบอร์ ", "+66 81 234 5678", ""),
    ("th", "", "0812345678", " ค่ะ"),
    ("vi", "số điện thoại ", "0912345678", ""),
    ("vi", "gọi ", "+84 912 345 678", ""),
    ("vi", "", "091.234.5678", " nhé"),
    ("en", "call me at ", "(212) 555-0187", ""),
    ("en", "", "+1 212 555 0187 ext. 12", ""),
    ("en", "", "07700 900123", " any time"),
    ("en", "ring ", "020 7946 0958", ""),
]
OTHERWISE = [
    ("zh-Hans", "订单金额13812345678元"),
    ("zh-Hans", "2026-04-14 10:23:45 已签收"),
    ("zh-Hant", "訂單編號：0912345678"),
    ("ja", "型番 090-1234-5678"),
    ("ja", "〒100-0001"),
    ("ko", "주문번호 01012345678"),
    ("de", "Bestellung 015123456789"),
    ("de", "Artikel 4006381333931"),
    ("de", "IBAN DE89 3704 0044 0532 0130 00"),
    ("fr", "commande n° 0612345678"),
    ("fr", "SIRET 732 829 320 00074"),
    ("es", "pedido n.º 612345678"),
    ("pt", "pedido 912345678"),
    ("ru", "заказ № 89161234567"),
    ("ru", "ИНН 7707083893"),
    ("ar", "رقم الطلب 0501234567"),
    ("ar", "رقم الشحنة: 0501234567"),
    ("th", "เลขที่คำสั่งซื้อ 0812345678"),
    ("th", "เลขพัสดุ 0812345678"),
    ("vi", "mã đơn 0912345678"),
    ("vi", "mã vận đơn: 0912345678"),
    ("en", "ISBN 978-3-16-148410-0"),
    ("en", "GPS 52.520008, 13.404954"),
    ("en", "firmware 10.0.19045.3803"),
    ("en", "between 10 / 20 / 30 and 40"),
    ("en", "1 2 3 4 5 6 7 8 9"),
    ("en", "my card is 4111 1111 1111 1111"),
]


@pytest.mark.parametrize(
    ("language", "before", "number", "after"),
    WRITTEN,
    ids=[f"{language}-{number}" for language, _, number, _ in WRITTEN],
)
def test_a_number_is_found_from_its_first_to_its_last_digit(
    language: str, before: str, number: str, after: str
) -> None:
    assert found(f"{before}{number}{after}", language, PersonalKind.PHONE) == [("phone", number)]


@pytest.mark.parametrize(("language", "text"), OTHERWISE)
def test_orders_parcels_and_codes_are_no_numbers_of_persons(language: str, text: str) -> None:
    assert found(text, language, PersonalKind.PHONE) == []


def test_every_language_of_the_desk_is_looked_at() -> None:
    assert {language for language, *_ in WRITTEN} == {language for language, _ in OTHERWISE}
