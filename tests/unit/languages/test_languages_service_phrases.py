"""Small talk of service desks, in many languages."""

from __future__ import annotations

import pytest

from engine.languages.registry import profiles
from engine.languages.service_phrases import (
    all_question_headings,
    all_resolution_headings,
    case_headings,
    is_resolved_status,
    is_small_talk,
    sounds_solved,
    sounds_unsolved,
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Hi.",
        "Good morning Helen, Tomas here.",
        "[name 1], hello!",
        "One moment please.",
        "Thank you for waiting.",
        "Let me check that for you.",
        "Is there anything else I can do?",
        "Have a nice day!",
        "You're welcome.",
        "Ok",
        "Sure!",
        "Can I talk to a person please",
        "您好，我是[name 4]。",
        "[name 1]小姐早安，我是[name 2]。",
        "请稍等，帮您查一下",
        "感谢您的耐心等待。",
        "还有其他可以帮您的吗？",
        "祝您生活愉快。",
        "好的。",
        "转人工",
        "請稍候",
        "不客氣，祝您使用愉快！",
        "お待たせいたしました。",
        "三浦と申します。",
        "少々お待ちください。",
        "ありがとうございます！",
        "はい。",
        "承知いたしました。",
        "안녕하세요!",
        "잠시만 기다려 주세요.",
        "네.",
        "Guten Tag!",
        "Einen Moment bitte.",
        "Bonjour,",
        "Un instant, merci.",
        "Hola, buenos días",
        "Que tenga buen día.",
        "Buongiorno!",
        "Um momento, por favor.",
        "Здравствуйте!",
        "Минуточку, подождите",
        "Xin chào",
        "สวัสดีค่ะ",
        "شكرا لك",
        "",
    ],
)
def test_small_talk(sentence: str) -> None:
    assert is_small_talk(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Hold the reset button for ten seconds.",
        "My R3 keeps stopping in the hallway with E7.",
        "Hi, my machine leaks from the lid since this morning",
        "The dust box is part of the appliance.",
        "你好 我剛剛結帳忘記改載具，發票會寄紙本嗎？",
        "充电座两侧各留半米,正前方留一米半。",
        "運費由我們承擔。",
        "温度を測るセンサーの故障です。",
        "貸し出しは無料です。",
        "Halten Sie die Taste zehn Sekunden gedrückt.",
        "Maintenez le bouton enfoncé pendant dix secondes.",
        "Thank you very much for your patience, the second charge is only a reservation and disappears within 3 days.",
    ],
)
def test_what_matters_is_no_small_talk(sentence: str) -> None:
    assert not is_small_talk(sentence)


@pytest.mark.parametrize(
    "text",
    [
        "It works now, thanks!",
        "that did it",
        "好了，谢谢",
        "有看到了！",
        "直りました",
        "助かりました。",
        "해결됐어요",
        "Danke, es funktioniert jetzt",
        "Ça marche, merci",
        "ya funciona, gracias",
        "заработало",
        "được rồi",
        "ขอบคุณค่ะ",
        "شكرا",
    ],
)
def test_solved(text: str) -> None:
    assert sounds_solved(text)
    assert not sounds_unsolved(text)


@pytest.mark.parametrize(
    "text",
    [
        "It still doesn't work",
        "still the same",
        "no luck",
        "还是不行",
        "沒用",
        "まだ直りません",
        "変わりません",
        "안 돼요",
        "Funktioniert immer noch nicht",
        "ça ne marche toujours pas",
        "sigue sin funcionar",
        "non funziona",
        "не работает",
    ],
)
def test_unsolved(text: str) -> None:
    assert sounds_unsolved(text)


@pytest.mark.parametrize(
    "status",
    [
        "resolved",
        "Closed",
        " SOLVED ",
        "已解决",
        "已結案",
        "解決済み",
        "完了",
        "해결",
        "gelöst",
        "résolu",
        "cerrado",
        "закрыт",
    ],
)
def test_states_that_mean_resolved(status: str) -> None:
    assert is_resolved_status(status)


@pytest.mark.parametrize(
    "status", ["open", "pending", "unresolved", "未解决", "处理中", "未解決", "対応中", "new", "", "closed soon"]
)
def test_states_that_do_not(status: str) -> None:
    assert not is_resolved_status(status)


def test_every_language_of_the_desk_has_headings_of_its_own() -> None:
    found = {code: case_headings(code) for code in profiles()}
    assert len(set(found.values())) == len(found)
    assert case_headings("zh") == case_headings("zh-Hans") != case_headings("zh-Hant")
    assert case_headings("xx") == case_headings("en")
    assert not all_question_headings() & all_resolution_headings()
    assert {heading.question for heading in found.values()} <= all_question_headings()
