"""What of a sentence is about the matter."""

from __future__ import annotations

import pytest

from engine.languages.service_matter import is_vague, matter_of


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("My name is [name 1] and the lid leaks.", "the lid leaks."),
        ("Hi, I'm [name 1] from Leeds, the lid leaks.", "the lid leaks."),
        ("This is [name 1] speaking.", ""),
        ("[name 1], the lid leaks.", "the lid leaks."),
        ("[name 1] told me to descale it.", "[name 1] told me to descale it."),
        ("Thanks for waiting, the sensor is scaled up.", "the sensor is scaled up."),
        ("Thank you, but the lid still leaks a little.", "the lid still leaks a little."),
        ("My number is [phone 1].", ""),
        ("You can reach me at [email 1] or [phone 2].", ""),
        ("Please charge [card 1] for the replacement.", "Please charge [card 1] for the replacement."),
        ("My order number is MV-2026-001387.", ""),
        (
            "My order MV-2026-001387 has not arrived for two weeks now.",
            "My order MV-2026-001387 has not arrived for two weeks now.",
        ),
        ("Guten Tag, hier spricht [name 1] aus Köln, der Deckel tropft.", "der Deckel tropft."),
        ("Bonjour, je suis [name 1] et ma bouilloire fuit.", "ma bouilloire fuit."),
        ("Hola, soy [name 1] y mi hervidor no se apaga.", "mi hervidor no se apaga."),
        ("你好，我是[name 1]，热水壶不断电了。", "热水壶不断电了。"),
        ("我的手机号是[phone 1]。", ""),
        ("訂單編號是MV-2026-002874。", ""),
        ("[name 1]と申します。", ""),
        ("電話番号は[phone 1]です。", ""),
        ("E12で止まります。", "E12で止まります。"),
        ("I have read the chat, so you need not repeat it.", ""),
        ("Thank you for waiting, so we go on.", ""),
        ("morning. got a robot that stops", "got a robot that stops"),
        ("您好 蓋子漏水了怎麼處理", "蓋子漏水了怎麼處理"),
        ("Hello!", ""),
        ("", ""),
        ("The lid leaks, and steam comes out at the side.", "The lid leaks, and steam comes out at the side."),
    ],
)
def test_the_matter_of_a_sentence(sentence: str, expected: str) -> None:
    assert matter_of(sentence) == expected


@pytest.mark.parametrize(
    "sentence", ["What should I do?", "Können Sie mir helfen?", "怎么办？", "どうすればいいですか。"]
)
def test_vague_questions(sentence: str) -> None:
    assert is_vague(sentence)


@pytest.mark.parametrize(
    "sentence", ["Why does the lid leak?", "Wie lange habe ich Garantie?", "能退吗？", "返品できますか。"]
)
def test_questions_that_say_what_about(sentence: str) -> None:
    assert not is_vague(sentence)
