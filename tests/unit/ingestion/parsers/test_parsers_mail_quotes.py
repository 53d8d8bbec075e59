"""Mail: the history that replies quote."""

from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind
from ingestion.parsers.mail_quotes import history_heading, split_history
from tests.unit.ingestion.mails import html, parsed, plain

REPLY = "Thank you, it works.\n\nMia\n\n"
QUOTES = [
    "On Fri, 6 Mar 2026 at 09:00, Tom <t@x.com> wrote:\n> Turn the lid.\n> Then wait.",
    "On Fri, 6 Mar 2026 at 09:00, Tom\n<t@x.com> wrote:\n\n> Turn the lid.\n> Then wait.",
    "Am 06.03.2026 um 09:00 schrieb Tom:\n> Turn the lid.\n> Then wait.",
    "Le ven. 6 mars 2026 à 09:00, Tom a écrit :\n> Turn the lid.\n> Then wait.",
    "在 2026年3月6日，Tom 写道：\n> Turn the lid.\n> Then wait.",
    "2026年3月6日(金) 9:00 Tom <t@x.com>のメール:\n> Turn the lid.\n> Then wait.",
    "-----Original Message-----\nFrom: Tom\nTurn the lid.\nThen wait.",
    "-----原始邮件-----\nTurn the lid.\nThen wait.",
    "From: Tom\nSent: Friday\nTo: Mia\nSubject: Lid\n\nTurn the lid.\nThen wait.",
    "发件人: Tom\n发送时间: 周五\n收件人: Mia\n\nTurn the lid.\nThen wait.",
    "差出人: Tom\n送信日時: 金曜\n宛先: Mia\n\nTurn the lid.\nThen wait.",
    "> Turn the lid.\n> Then wait.",
    ">> Turn the lid.\n> > Then wait.",
]


@pytest.mark.parametrize("quote", QUOTES)
def test_quoted_history_is_parted_and_nothing_is_lost(quote: str) -> None:
    own, history = split_history(REPLY + quote)
    assert own == REPLY.strip()
    assert "Turn the lid.\nThen wait." in history
    assert ">" not in history.replace("<t@x.com>", "")


@pytest.mark.parametrize(
    "text",
    [
        "No quote at all.",
        "> One?\nYes, one.\n> Two?\nNo, three.",
        "> Only a quote.",
        "From: here to there, it leaks.\nThe lid is new.",
        "On Friday I wrote:\nnothing.",
        "",
    ],
)
def test_answers_between_quotes_and_other_texts_stay_whole(text: str) -> None:
    assert split_history(text) == (text, "")


@pytest.mark.parametrize(
    ("own", "heading"),
    [
        ("It works now, thank you very much.", "Earlier messages"),
        ("已经好了，谢谢您的帮助。", "此前的邮件"),
        ("直りました。ありがとうございます。", "これまでのメール"),
    ],
)
def test_history_stands_below_a_heading_in_the_mails_language(own: str, heading: str) -> None:
    document = parsed(plain(f"{own}\n\n> Turn the lid."))
    assert document.text == f"{own}\n\n{heading}\n\nTurn the lid."
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH]
    assert history_heading("xx") == "Earlier messages"


@pytest.mark.parametrize(
    "quote",
    [
        '<div class="gmail_quote"><p>Turn the lid.</p></div>',
        '<blockquote type="cite"><p>Turn the lid.</p></blockquote>',
        '<div id="divRplyFwdMsg">From: Tom</div><p>Turn the lid.</p>',
        '<div class="gmail_quote"><blockquote type="cite">Turn the lid.</blockquote></div>',
    ],
)
def test_quoted_history_in_html(quote: str) -> None:
    document = parsed(html(f"<body><p>It works.</p>{quote}</body>"))
    own, history = document.text.split("\n\nEarlier messages\n\n")
    assert own == "It works."
    assert history.endswith("Turn the lid.")


def test_a_mail_that_only_forwards_says_what_it_forwards() -> None:
    assert parsed(html('<body><div class="gmail_quote"><p>Turn the lid.</p></div></body>')).text == "Turn the lid."
    assert parsed(html("<blockquote>A quotation, not a reply.</blockquote>")).text == "A quotation, not a reply."
