from __future__ import annotations

import pytest

from engine.languages.handover_cues import accepts, asks_for_person, outrage, sounds_dangerous, threatens

PERSON = [
    "Can I talk to a real person please",
    "get me a human",
    "转人工",
    "我要找真人客服",
    "請接專人",
    "担当の人につないでもらえますか",
    "オペレーターに代わって",
    "상담원 연결해 주세요",
    "Ich möchte mit einem Mitarbeiter sprechen",
    "Je veux parler à un conseiller",
    "Quiero hablar con una persona",
    "Vorrei parlare con un operatore",
    "Quero falar com um atendente",
    "Соедините меня с оператором",
    "Cho tôi gặp nhân viên",
    "ขอคุยกับเจ้าหน้าที่",
    "أريد التحدث مع موظف",
]
FURIOUS = [
    "This is ridiculous!!! WHERE IS MY PARCEL",
    "你们这是什么垃圾服务，骗子！！",
    "氣死我了！！第三次打來了",
    "もう最悪！！ふざけるな",
    "진짜 최악이네요!! 사기 아닙니까",
    "Das ist eine Frechheit!! Betrug!",
    "C'est une honte !! Une arnaque !",
    "¡¡Qué vergüenza!! Es una estafa",
    "Vergogna!! Siete dei truffatori, inaccettabile",
    "Que vergonha!! Um golpe",
    "Безобразие!! Вы мошенники",
    "Lừa đảo!! Quá đáng",
    "แย่มาก!! โกง",
    "احتيال!! هذا غير مقبول",
]
DANGER = [
    "I burned my hand on the kettle",
    "the charger caught fire",
    "被烫伤了",
    "掃地機著火了",
    "やけどしました",
    "煙が出ました",
    "화상을 입었어요",
    "Ich habe mich verbrannt",
    "J'ai été brûlé",
    "Me he quemado, estoy en el hospital",
    "C'è stata un'esplosione, sono ferito",
    "Levei um choque elétrico",
    "Меня ударило током",
    "Tôi bị điện giật",
    "ไฟไหม้เครื่อง",
    "خرج دخان من الجهاز",
]
THREAT = [
    "my lawyer will write to you",
    "我要打12315",
    "我要跟消保官申訴",
    "消費者センターに相談します",
    "변호사를 선임하겠습니다",
    "Ich gehe zum Anwalt",
    "Je vais porter plainte",
    "Voy a denunciar",
    "Vado dall'avvocato",
    "Vou ao Procon",
    "Подам в суд",
    "Tôi sẽ kiện",
    "จะฟ้อง",
    "سأذهب إلى المحكمة",
]
CALM = [
    "How long is the warranty?",
    "my robot shows E7",
    "the person who bought it was my sister",
    "the kettle makes a terrible noise",
    "要不要人工除垢",
    "保修几年",
    "返品したいです",
    "Ist die Garantie übertragbar?",
    "Combien coûte la livraison ?",
    "¿Cuánto cuesta el envío?",
    "How hot does the kettle get?",
    "Is there a smoke-free setting?",
]


@pytest.mark.parametrize("text", PERSON)
def test_a_wish_for_a_person_is_understood(text: str) -> None:
    assert asks_for_person(text)


@pytest.mark.parametrize("text", FURIOUS)
def test_strong_emotion_is_heard(text: str) -> None:
    assert outrage(text) >= 2


@pytest.mark.parametrize("text", DANGER)
def test_danger_is_heard(text: str) -> None:
    assert sounds_dangerous(text)


@pytest.mark.parametrize("text", THREAT)
def test_threats_are_heard(text: str) -> None:
    assert threatens(text)


@pytest.mark.parametrize("text", CALM)
def test_plain_questions_are_just_that(text: str) -> None:
    assert not asks_for_person(text)
    assert outrage(text) < 2
    assert not sounds_dangerous(text)
    assert not threatens(text)


@pytest.mark.parametrize(
    "text",
    ["yes please", "Sure", "好的，麻烦了", "需要", "好，麻煩你", "はい、お願いします", "네",
     "ja, bitte", "oui", "sí", "да",
     "yes please, my order is MV-2026-000001"],
)  # fmt: skip
def test_a_yes_accepts(text: str) -> None:
    assert accepts(text)


@pytest.mark.parametrize(
    "text", ["no thanks", "不用了", "いいえ", "How long is the warranty?", "yesterday", "", "好像坏了"]
)
def test_anything_else_does_not(text: str) -> None:
    assert not accepts(text)
