from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from engine.domain.knowledge import Block, BlockKind, ParsedDocument, Span
from ingestion.language import document_language, normalize_tag

EN = "Please keep the original box until you are sure that everything works."
HANS = "请保留原包装，直到您确定一切正常。退货需要在三十天内申请。"
HANT = "請保留原包裝，直到您確定一切正常。退貨需要在三十天內申請。"
JA = "すべてが正常に動くことを確認するまで、箱を保管してください。"
KO = "모든 것이 정상적으로 작동하는지 확인할 때까지 상자를 보관하세요."


@dataclass
class FakeDetector:
    answer: str
    seen: list[str] = field(default_factory=list)

    def detect(self, text: str) -> str:
        self.seen.append(text)
        return self.answer


def parsed(text: str, language: str | None = None) -> ParsedDocument:
    return ParsedDocument("Title", text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),), language=language)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh-CN", "zh-Hans"),
        ("zh_cn", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-Hans-CN", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-Hant-CN", "zh-Hant"),
        ("zh", "zh"),
        ("ja-JP", "ja"),
        ("en-US", "en"),
        ("EN_gb", "en"),
        ("pt-BR", "pt"),
        ("jpn", "ja"),
        ("eng", "en"),
        (" de ", "de"),
        ("Chinese", None),
        ("x", None),
        ("en US", None),
        ("", None),
        (None, None),
    ],
)
def test_normalize_tag(tag: str | None, expected: str | None) -> None:
    assert normalize_tag(tag) == expected


@pytest.mark.parametrize(
    ("text", "declared"), [(EN, "en"), (HANS, "zh-Hans"), (HANT, "zh-Hant"), (JA, "ja"), (KO, "ko"), (EN, "de")]
)
def test_a_declared_language_wins_where_the_script_allows_it(text: str, declared: str) -> None:
    assert document_language(parsed(text, declared), "a.md", FakeDetector("xx")) == declared


@pytest.mark.parametrize(
    ("text", "declared"), [(HANS, "en"), (EN, "zh-Hans"), (HANS, "ja"), (JA, "zh-Hans"), (JA, "ko"), (KO, "en")]
)
def test_a_declared_language_that_the_script_rules_out_loses(text: str, declared: str) -> None:
    assert document_language(parsed(text, declared), "a.md", FakeDetector("found")) == "found"


def test_chinese_without_script_is_settled_by_the_text() -> None:
    assert document_language(parsed(HANT, "zh"), "a.md", FakeDetector("zh-Hant")) == "zh-Hant"
    assert document_language(parsed(HANS, "zh"), "a.md", FakeDetector("ja")) == "zh-Hans"


@pytest.mark.parametrize(
    ("uri", "text", "expected"),
    [
        ("docs/zh-TW/returns.md", HANT, "zh-Hant"),
        ("zh-CN/faq/returns.md", HANS, "zh-Hans"),
        ("ja-JP/returns.md", JA, "ja"),
        ("en-US/returns.md", EN, "en"),
    ],
)
def test_a_folder_named_like_a_tag_with_region_tells(uri: str, text: str, expected: str) -> None:
    assert document_language(parsed(text), uri, FakeDetector("xx")) == expected


def test_a_folder_with_a_bare_code_only_tells_if_the_text_agrees_or_is_silent() -> None:
    assert document_language(parsed(EN), "it/returns.md", FakeDetector("en")) == "en"
    assert document_language(parsed(EN), "en/returns.md", FakeDetector("en")) == "en"
    assert document_language(parsed("E7 404"), "de/codes.md", FakeDetector("und")) == "de"


def test_the_innermost_folder_is_asked_first() -> None:
    assert document_language(parsed(HANS), "zh-TW/archive/zh-CN/a.md", FakeDetector("xx")) == "zh-Hans"


def test_a_folder_does_not_overrule_the_script() -> None:
    assert document_language(parsed(JA), "zh-CN/a.md", FakeDetector("ja")) == "ja"


def test_without_a_declaration_the_text_is_judged_once() -> None:
    detector = FakeDetector("ja")
    assert document_language(parsed(JA), "faq/a.md", detector) == "ja"
    assert len(detector.seen) == 1


def test_only_a_sample_of_a_long_text_is_judged() -> None:
    detector = FakeDetector("en")
    document_language(parsed(EN * 1000), "a.md", detector)
    assert 1000 < len(detector.seen[0]) < 5000
