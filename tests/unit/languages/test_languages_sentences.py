from __future__ import annotations

import pytest

from engine.domain.knowledge import Span
from engine.languages.sentences import MAX_SENTENCE, sentences

# Sentences are separated by "|", which stands for nothing or for the white space before it.
SPLIT = {
    "zh-Hans": [
        "退货需在30天内申请。|运费由谁承担？|由我们承担！",
        "他问：“可以退吗？”|我们说可以。",
        "（请先断电。）|再清洗水箱。",
        "请稍等……我去查一下。",
        "电池容量为5200mAh，工作温度0-40℃。|请勿浸水。",
        "App版本v2.3.1已发布。|请更新！",
        "请打开 Maruvale Home App.|然后登录。",
        "订单号MV-2026-004512。|客服邮箱support@maruvale.example。",
        "1.打开电源 2.按住按钮",
        "“好的。”，她说。",
    ],
    "zh-Hant": [
        "請先註冊保固。|需要發票嗎？|可以提供載具！",
        "「已出貨。」|客服這樣回覆。",
        "民國115年3月1日起適用。|舊版同時失效。",
    ],
    "ja": [
        "返品は14日以内です。|送料は無料ですか？|はい！",
        "「はい。」と答えました。|次に電源を入れます。",
        "（取扱説明書をご覧ください。）|フィルターは８か月ごとに交換します。",
        "Wi-Fiは2.4GHzのみです。|5GHzには対応していません。",
        "温度は０．５度単位です．|次へ進みます．",
        "本当ですか!?|本当です。",
    ],
    "ko": [
        "배송은 3일 걸립니다. |감사합니다! |더 궁금한 점이 있나요?",
        "교환은 30일 이내입니다(위생용품 제외). |문의해 주세요.",
    ],
    "en": [
        "Returns are free. |Is the label included? |Yes!",
        "Dr. Smith and Mrs. Jones paid EUR 4.90. |Thank you.",
        "It needs power, e.g. a socket. |Use 2.4 GHz only.",
        "See www.example.com/help. |Or write to returns@maruvale.example. |Done.",
        "Version v2.3.1 is out! |Please update.",
        '"Does it work?" he asked. |It does.',
        "He said “stop.” |Then he left.",
        "Wait... |Then press again.",
        "Wait... then press again.",
        "We deliver at 5 p.m. |The courier rings twice.",
        "The U.S. Customs office may open it. |Duties are yours.",
        "See No. 5 on the list. |The answer is no. |Ask again.",
        "Contact J. Smith for parts. |She can help.",
        "Use plug type I. |Then switch on.",
        "Press it (see fig. 3). |Hold it.",
        "It costs 39. |Delivery is free.",
        "is it ok? |i want a refund! |thanks",
        "Keep the box.[2] |Send it back.",
        "Fees etc. are listed below. |Read them.",
        "Rinse it vs. wiping it. |Both work.",
        "OK?|那么请继续。",
    ],
    "de": [
        "Z. B. Kaffee bzw. Tee. |Beides geht.",
        "Die Rückgabe ist am 3. Tag möglich. |Danach nicht.",
        "Am 1. März 2026 gilt Nr. 5 der Liste. |Danke.",
        "Es kostet ca. 39 EUR zzgl. Versand. |Fragen?",
        "Er sagte: „Das geht.“ |Dann legte er auf.",
        "Das dauert d. h. drei Tage. |Geduld!",
    ],
    "fr": [
        "Mme. Durand attend son colis. |Où est-il ? |Merci !",
        "La pièce coûte env. 39 €. |Voir art. 5 du contrat. |C'est tout.",
    ],
    "es": [
        "El Sr. López llegó. |¿Cuándo? |¡Ya!",
        "Ud. puede pedirlo, p. ej. hoy. |Gracias.",
        "Vea la pág. 12 del manual. |Es fácil.",
    ],
    "pt": ["O Sr. Silva comprou o K2. |Funciona bem. |Obrigado!"],
    "it": ["Il sig. Rossi ha pagato. |Ecco la ricevuta, pag. 2 del file. |Grazie!"],
    "ru": [
        "Доставка на ул. Ленина, д. 5. |Оплата картой. |Спасибо!",
        "Это бесплатно, т. е. без доплат. |Хорошо?",
    ],
    "ar": ["متى يصل الطلب؟ |يصل خلال 3 أيام. |شكرا!"],
    "th": ["ส่งภายใน 3 วันทำการ พ.ศ. 2569 ค่ะ"],
    "vi": ["TP. HCM giao trong 2 ngày. |Bạn cần gì thêm? |Cảm ơn!"],
    "hi": ["यह मुफ़्त है।|धन्यवाद।"],
}


@pytest.mark.parametrize("marked", [text for texts in SPLIT.values() for text in texts])
def test_sentences_of_each_language(marked: str) -> None:
    text = marked.replace("|", "")
    assert [span.of(text) for span in sentences(text)] == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("stop", ["\n", "\r\n", "\n\n", "\u2028", "\x0b", "\x85"])
def test_a_line_break_ends_a_sentence(stop: str) -> None:
    text = f"Open the lid{stop}Rinse the tank"
    assert [span.of(text) for span in sentences(text)] == ["Open the lid", "Rinse the tank"]


def test_list_numbers_stay_with_their_items() -> None:
    text = "1. Open the lid. 2. Rinse it.\n3. 打开电源。4. 按住按钮。\na. First.\nb. Second.\niv. Fourth."
    assert [span.of(text) for span in sentences(text)] == [
        "1. Open the lid.",
        "2. Rinse it.",
        "3. 打开电源。",
        "4. 按住按钮。",
        "a. First.",
        "b. Second.",
        "iv. Fourth.",
    ]


def test_spans_have_exact_offsets() -> None:
    text = "  Hello there.  退货。 \n\t Bye "
    assert sentences(text) == [Span(2, 14), Span(16, 19), Span(23, 26)]


def test_offset_moves_every_span() -> None:
    text = "One. Two."
    assert sentences(text, offset=100) == [Span(100, 104), Span(105, 109)]


@pytest.mark.parametrize("text", ["", " ", "\n\n", " \t\r\n \u3000"])
def test_white_space_has_no_sentences(text: str) -> None:
    assert sentences(text) == []


@pytest.mark.parametrize("text", ["...", "。", "?!", "😀", "\ud800", "1."])
def test_text_without_words_is_one_sentence(text: str) -> None:
    assert sentences(text) == [Span(0, len(text))]


def test_a_long_sentence_is_cut_after_a_comma() -> None:
    clause = "这是一个很长的句子里的一个小分句" * 3 + "，"
    text = clause * 20
    pieces = [span.of(text) for span in sentences(text)]
    assert all(len(piece) <= MAX_SENTENCE for piece in pieces)
    assert all(piece.endswith("，") for piece in pieces)
    assert "".join(pieces) == text


def test_a_semicolon_is_preferred_to_a_comma() -> None:
    text = "词" * 250 + "；" + "词" * 100 + "，" + "词" * 100
    assert sentences(text)[0] == Span(0, 251)


def test_a_long_sentence_without_commas_is_cut_at_a_space() -> None:
    text = "word " * 200
    pieces = [span.of(text) for span in sentences(text)]
    assert all(len(piece) <= MAX_SENTENCE and piece.startswith("word") and piece.endswith("word") for piece in pieces)


def test_a_long_sentence_is_not_cut_inside_a_number() -> None:
    text = "x" * 300 + "1,190" + "x" * 300
    assert sentences(text)[0] == Span(0, MAX_SENTENCE)


def test_a_long_run_without_any_break_is_cut_at_the_limit() -> None:
    assert [len(span) for span in sentences("a" * 900)] == [400, 400, 100]


def test_a_sentence_at_the_limit_stays_whole() -> None:
    assert len(sentences("长" * (MAX_SENTENCE - 1) + "。")) == 1


@pytest.mark.parametrize("text", ["a. " * 20_000, ". " * 20_000, "…" * 20_000, 'b."' * 20_000, " " * 50_000 + "a"])
def test_odd_text_takes_linear_time(text: str) -> None:
    spans = sentences(text)
    assert spans[-1].end == len(text.rstrip())
