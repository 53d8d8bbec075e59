"""What every adapter of the LanguageDetector port does."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.languages.detection import LinguaDetector, ScriptDetector
from engine.languages.registry import UNKNOWN, profile_for, profiles
from engine.ports import LanguageDetector

ADAPTERS: dict[str, Callable[[], LanguageDetector]] = {"script": ScriptDetector, "lingua": LinguaDetector}


@pytest.fixture(scope="module", params=sorted(ADAPTERS))
def detector(request: pytest.FixtureRequest) -> LanguageDetector:
    if request.param == "lingua":
        pytest.importorskip("lingua")
    return ADAPTERS[request.param]()


CLEAR = [
    ("zh-Hans", "退货以后多久可以收到退款？"),
    ("zh-Hans", "我的订单 MV-2026-004512 还没有发货"),
    ("zh-Hans", "Breva K2 漏水怎么办"),
    ("zh-Hant", "退貨以後多久可以收到退款？"),
    ("zh-Hant", "我的訂單 MV-2026-004512 還沒有出貨"),
    ("zh-Hant", "Drift R3 無法充電"),
    ("ja", "返品の送料は誰が負担しますか？"),
    ("ja", "注文 MV-2026-004512 をキャンセルしたいです"),
    ("ja", "領収書再発行"),
    ("ko", "환불은 언제 되나요?"),
    ("ko", "주문 MV-2026-004512 취소하고 싶어요"),
    ("th", "ขอคืนสินค้าได้ไหมคะ"),
    ("ru", "Когда вернут деньги за заказ?"),
    ("ru", "Здравствуйте, чайник протекает"),
    ("ar", "متى أسترجع ثمن الطلب؟"),
    ("ar", "مرحبا، الغلاية لا تعمل"),
    ("el", "Πού είναι η παραγγελία μου;"),
    ("he", "איפה ההזמנה שלי?"),
    ("hi", "मेरा ऑर्डर कहाँ है, मुझे पैसे वापस चाहिए"),
    ("en", "Breva K2"),
    ("en", "E7"),
    ("en", "MV-2026-004512 R3"),
]


@pytest.mark.parametrize(("language", "text"), CLEAR)
def test_tells_the_language(detector: LanguageDetector, language: str, text: str) -> None:
    assert detector.detect(text) == language


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\t", "123", "3.14", "2026-03-01", "😀", "👍👍", "?!", "…", "\ud800", "\x00", "\u200b", "€ 4.90"],
)
def test_text_without_letters_is_undetermined(detector: LanguageDetector, text: str) -> None:
    assert detector.detect(text) == UNKNOWN


@pytest.mark.parametrize("text", ["\ud83d退货", "退\x00货", "退货\udfff\udfff", "退货" * 50_000, "退货\u202e"])
def test_odd_characters_do_no_harm(detector: LanguageDetector, text: str) -> None:
    assert detector.detect(text) == "zh-Hans"


def test_the_same_text_always_gives_the_same_language(detector: LanguageDetector) -> None:
    for _, text in CLEAR:
        assert len({detector.detect(text) for _ in range(3)}) == 1


def test_a_second_detector_agrees(detector: LanguageDetector) -> None:
    second = type(detector)()
    assert [second.detect(text) for _, text in CLEAR] == [detector.detect(text) for _, text in CLEAR]


def test_results_are_language_tags(detector: LanguageDetector) -> None:
    for _, text in CLEAR:
        assert re.fullmatch("[a-z]{2,3}(-[A-Z][a-z]{3})?", detector.detect(text))


def test_case_and_white_space_do_not_decide(detector: LanguageDetector) -> None:
    for language, text in CLEAR:
        assert detector.detect(f"\n  {text}  \n") == language


def test_a_language_with_a_profile_gets_its_code(detector: LanguageDetector) -> None:
    for language in {language for language, _ in CLEAR} & set(profiles()):
        assert profile_for(language).code == language


def test_threads_may_share_a_detector(detector: LanguageDetector) -> None:
    texts = [text for _, text in CLEAR] * 3
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(detector.detect, texts)) == [language for language, _ in CLEAR] * 3
