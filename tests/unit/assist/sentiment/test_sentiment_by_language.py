"""The same eight moods in every language that has a lexicon."""

from __future__ import annotations

import pytest

from engine.assist.sentiment.reader import CueMoodReader
from engine.assist.sentiment.registry import lexicons
from engine.domain.assist import Emotion, Mood
from engine.domain.handoff import Polarity
from engine.embedding.static import StaticEmbedder

READERS = {"cues": CueMoodReader(), "vector": CueMoodReader(StaticEmbedder())}
EXPECTED = (
    ("furious", 1, Emotion.ANGER),
    ("kept waiting", 2, None),
    ("let down", 2, Emotion.DISAPPOINTMENT),
    ("worried", 2, Emotion.ANXIETY),
    ("puzzled", 3, Emotion.CONFUSION),
    ("asks", 3, Emotion.NEUTRAL),
    ("thanks", 4, Emotion.JOY),
    ("delighted", 5, Emotion.JOY),
)
MESSAGES: dict[str, tuple[str, ...]] = {
    "zh-Hans": (
        "你们这群骗子，马上退款！",
        "等了两个星期还没有人回复我",
        "这个杯子让我很失望",
        "我担心包裹丢了，怎么办",
        "这个说明我看不懂",
        "请问你们几点下班？",
        "谢谢，问题解决了",
        "太棒了，非常满意！",
    ),
    "zh-Hant": (
        "你們這群騙子，馬上退款！",
        "等了兩個星期還沒有人回覆我",
        "這個杯子讓我很失望",
        "我擔心包裹丟了，怎麼辦",
        "這個說明我看不懂",
        "請問你們幾點下班？",
        "謝謝，問題解決了",
        "太棒了，非常滿意！",
    ),
    "en": (
        "You are liars and thieves, give me my money back!",
        "I have been waiting for two weeks and nobody answers",
        "The quality is a real disappointment",
        "I'm afraid my parcel is lost, please help",
        "I don't understand the manual at all, it is confusing",
        "What are your opening hours?",
        "Thanks, that solved it",
        "Absolutely love it, fantastic service!",
    ),
    "ja": (
        "詐欺だ、金返せ！",
        "二週間待っていますが、まだ届きません",
        "期待していただけに、とても残念です",
        "荷物がなくなったのではと心配です",
        "説明書の意味がわかりません",
        "営業時間は何時までですか",
        "ありがとうございます、解決しました",
        "最高です！大満足です！",
    ),
    "ar": (
        "أنتم لصوص وكذابون، مهزلة!",
        "ما زلت أنتظر ولا أحد يجيب، بدون رد",
        "للأسف أنا محبط من الجودة، خيبة كبيرة",
        "أنا قلق وأخشى أن يضيع الطرد",
        "لا أفهم، ماذا يعني هذا؟",
        "متى تفتحون؟",
        "شكرا، تم الحل",
        "ممتاز، رائع، أنا سعيد جدا!",
    ),
    "de": (
        "Ihr seid Lügner und Abzocker, ich will mein Geld zurück!",
        "Ich warte seit zwei Wochen und niemand antwortet",
        "Leider bin ich von der Qualität enttäuscht",
        "Ich habe Angst, dass das Paket verloren ist, bitte dringend Hilfe",
        "Ich bin verwirrt, was bedeutet das?",
        "Wann haben Sie geöffnet?",
        "Danke, es funktioniert jetzt",
        "Großartig, ich bin begeistert!",
    ),
    "es": (
        "¡Sois unos ladrones, esto es una estafa!",
        "Sigo esperando y nadie contesta",
        "Lamentablemente la calidad es una decepción, qué lástima",
        "Estoy preocupada, tengo miedo de que se pierda",
        "No entiendo nada, estoy confundido, ¿qué significa?",
        "¿Cuándo abren?",
        "Gracias, ya está resuelto",
        "¡Excelente, me encanta, servicio increíble!",
    ),
    "fr": (
        "Vous êtes des escrocs et des voleurs, remboursez !",
        "J'attends depuis deux semaines et personne ne répond",
        "Malheureusement je suis déçu de la qualité",
        "Je suis inquiet, j'ai peur que le colis soit perdu",
        "Je ne comprends pas, c'est confus",
        "Quels sont vos horaires ?",
        "Merci, le problème est résolu",
        "Génial, service excellent, j'adore !",
    ),
    "it": (
        "Siete dei ladri, è una truffa, vergogna!",
        "Sto aspettando da settimane e nessuno risponde",
        "Purtroppo sono deluso dalla qualità",
        "Sono preoccupata, ho paura che sia perso",
        "Non capisco, cosa significa?",
        "Quando aprite?",
        "Grazie, è risolto",
        "Ottimo, servizio fantastico, sono felicissima!",
    ),
    "ko": (
        "사기네요, 쓰레기 회사, 환불해 내!",
        "아직도 기다리고 있는데 연락이 없어요",
        "품질이 정말 실망이에요",
        "택배가 없어졌을까 봐 걱정돼요",
        "설명서가 무슨 뜻인지 모르겠어요",
        "몇 시에 문을 여나요?",
        "감사합니다, 해결됐어요",
        "최고예요, 너무 만족해요!",
    ),
    "pt": (
        "Isso é um golpe, que vergonha, seus ladrões!",
        "Ainda estou esperando e ninguém responde",
        "Infelizmente estou decepcionada com a qualidade",
        "Estou preocupada, tenho medo de perder o pacote",
        "Não entendi, o que significa?",
        "Quando vocês abrem?",
        "Obrigada, foi resolvido",
        "Excelente, amei, maravilhoso!",
    ),
    "ru": (
        "Вы мошенники и воры, верните деньги!",
        "Жду уже две недели, никто не отвечает",
        "К сожалению, я разочарован качеством",
        "Я очень беспокоюсь, боюсь, что посылка потеряна",
        "Я не понимаю, что это значит",
        "Когда вы открываетесь?",
        "Спасибо, всё решили",
        "Отлично, я в восторге, обожаю!",
    ),
    "th": (
        "โกงชัดๆ ห่วยมาก คืนเงินมา!",
        "รอมาสองอาทิตย์แล้ว ไม่มีใครตอบ",
        "ผิดหวังกับคุณภาพมาก",
        "กังวลมาก กลัวของหาย",
        "งง ไม่เข้าใจคู่มือ",
        "เปิดกี่โมง",
        "ขอบคุณค่ะ เรียบร้อยแล้ว",
        "ยอดเยี่ยม ประทับใจมาก ดีมาก!",
    ),
    "vi": (
        "Lừa đảo, vô lý quá, trả tiền lại đây!",
        "Tôi đợi mãi vẫn chưa thấy ai trả lời",
        "Tôi rất thất vọng về chất lượng",
        "Tôi lo và sợ bị mất hàng, giúp tôi với",
        "Tôi không hiểu, nghĩa là gì?",
        "Khi nào cửa hàng mở cửa?",
        "Cảm ơn, đã xong rồi",
        "Tuyệt vời, tôi rất hài lòng!",
    ),
}
ROWS = [
    pytest.param(language, text, level, emotion, id=f"{language} {name}")
    for language, texts in MESSAGES.items()
    for text, (name, level, emotion) in zip(texts, EXPECTED, strict=True)
]


def test_every_lexicon_has_a_row() -> None:
    assert {language.partition("-")[0] for language in MESSAGES} == {each.codes[0] for each in lexicons().values()}


@pytest.mark.parametrize("reader", sorted(READERS))
@pytest.mark.parametrize(("language", "text", "level", "emotion"), ROWS)
def test_a_mood_is_read_alike_in_every_language(
    reader: str, language: str, text: str, level: int, emotion: Emotion | None
) -> None:
    mood = READERS[reader].read(text, language)
    assert mood.level == level
    assert emotion in (mood.emotion, None)


@pytest.mark.parametrize("language", list(MESSAGES))
def test_cues_are_words_of_the_message(language: str) -> None:
    for text in MESSAGES[language]:
        spans = [cue.span for cue in READERS["cues"].read(text, language).cues]
        assert all(span.of(text).strip() for span in spans)
        assert [span.start for span in spans] == sorted(span.start for span in spans)


@pytest.mark.parametrize("language", [each for each in MESSAGES if each not in ("en", "zh-Hans", "zh-Hant")])
def test_the_lexicon_of_another_language_finds_less(language: str) -> None:
    said = [text for text, (name, *_) in zip(MESSAGES[language], EXPECTED, strict=True) if name != "asks"]
    own = sum(len(READERS["cues"].read(text, language).cues) for text in said)
    unknown = sum(len(READERS["cues"].read(text, "sw").cues) for text in said)
    assert (own >= len(said), unknown) == (True, 0)


@pytest.mark.parametrize("at", range(len(EXPECTED)), ids=[name for name, *_ in EXPECTED])
def test_both_scripts_of_chinese_are_read_alike(at: int) -> None:
    simplified, traditional = (
        READERS["cues"].read(MESSAGES[language][at], language) for language in ("zh-Hans", "zh-Hant")
    )
    assert strip(simplified) == strip(traditional)
    assert READERS["cues"].read(MESSAGES["zh-Hant"][at], "zh-Hans") == traditional


def strip(mood: Mood) -> tuple[Polarity, Emotion, int, list[str]]:
    return mood.polarity, mood.emotion, mood.level, [cue.kind for cue in mood.cues]


@pytest.mark.parametrize(("tag", "like"), [("zh-TW", "zh-Hant"), ("EN-GB", "en"), ("ja-JP", "ja"), ("pt-BR", "pt")])
def test_regions_and_capitals_of_tags_change_nothing(tag: str, like: str) -> None:
    for text in MESSAGES[like]:
        assert READERS["cues"].read(text, tag) == READERS["cues"].read(text, like)
