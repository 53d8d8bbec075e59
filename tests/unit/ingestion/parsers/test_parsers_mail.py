"""Mail: headers, bodies, attachments, encodings, quoted history."""

from __future__ import annotations

import base64
from email.header import Header
from email.message import EmailMessage

import pytest

from engine.domain.knowledge import BlockKind, ParsedDocument
from engine.errors import InvalidInput
from ingestion.parsers.mail import Mail, looks_like_mail, read_mail
from ingestion.parsers.mail_headers import charset_text, header_text
from ingestion.parsers.mail_quotes import history_heading, split_history
from ingestion.parsers.outlook import read_outlook
from ingestion.parsers.registry import parser_for
from ingestion.parsing import parse
from tests.unit.ingestion.outlook_files import Letter, msg

HEAD = "From: Mia Wong <mia@example.com>\nTo: desk@example.com\nDate: Fri, 6 Mar 2026 10:00:00 +0800\n"


def plain(body: str, *, head: str = "", subject: str = "Lid") -> bytes:
    return f"{HEAD}Subject: {subject}\n{head}\n{body}".encode()


def read(data: bytes) -> Mail:
    return read_mail(data, name="a.eml")


def parsed(data: bytes) -> ParsedDocument:
    return parse(data, name="a.eml")


def html(body: str) -> bytes:
    return f"{HEAD}Subject: S\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{body}".encode()


def letter(**parts: tuple[str, str]) -> EmailMessage:
    """Return a message with a plain body and attachments by name: (text, kind)."""
    message = EmailMessage()
    message["From"], message["Subject"] = "mia@example.com", "S"
    message.set_content("body")
    for name, (text, kind) in parts.items():
        message.add_attachment(text.encode(), maintype=kind.split("/")[0], subtype=kind.split("/")[1], filename=name)
    return message


def test_headers_describe_the_document() -> None:
    head = "Cc: Tom <tom@example.com>\nMessage-ID: <3@x>\nIn-Reply-To: <2@x>\n"
    head += "References: <1@x> <2@x>\nKeywords: lid, kettle\n"
    document = parsed(plain("It leaks.", head=head))
    assert (document.title, document.text, document.tags) == ("Lid", "It leaks.", ("lid", "kettle"))
    assert {
        key: document.metadata[key] for key in ("from", "to", "cc", "date", "message-id", "in-reply-to", "thread")
    } == {
        "from": "Mia Wong <mia@example.com>",
        "to": "desk@example.com",
        "cc": "Tom <tom@example.com>",
        "date": "2026-03-06T10:00:00+08:00",
        "message-id": "<3@x>",
        "in-reply-to": "<2@x>",
        "thread": "<1@x>",
    }


@pytest.mark.parametrize(
    ("head", "thread"),
    [("Message-ID: <1@x>\n", "<1@x>"), ("Message-ID: <2@x>\nIn-Reply-To: <1@x>\n", "<1@x>"), ("", None)],
)
def test_the_thread_is_the_first_message_known(head: str, thread: str | None) -> None:
    assert parsed(plain("x", head=head)).metadata.get("thread") == thread


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("gb2312", "退货说明"),
        ("gbk", "镕基先生的退货"),
        ("big5", "退貨說明"),
        ("iso-2022-jp", "返品について"),
        ("shift_jis", "返品について"),
        ("euc-jp", "返品について"),
        ("euc-kr", "반품 안내"),
        ("utf-8", "Rücksendung №5"),
        ("iso-8859-1", "Réclamation"),
        ("koi8-r", "Возврат товара"),
        ("windows-1251", "Возврат товара"),
    ],
)
def test_subjects_and_bodies_in_the_encodings_of_mail(charset: str, text: str) -> None:
    subject = Header(text, charset).encode()
    for transfer in ("8bit", "base64"):
        body = text.encode({"gb2312": "gbk"}.get(charset, charset))
        payload = base64.encodebytes(body) if transfer == "base64" else body
        head = f"{HEAD}Subject: {subject}\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n"
        document = parsed(head.encode() + f"Content-Transfer-Encoding: {transfer}\n\n".encode() + payload)
        assert (document.title, document.text) == (text, text)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?Q?R=C3=BCckgabe_und_mehr?=", "Rückgabe und mehr"),
        ("=?UTF-8?B?6YCA?= =?UTF-8?B?6LSn?=", "退货"),
        ("=?GB2312?B?zcu79Q==?=", "退货"),
        ("=?gb2312?B?zcs=?= =?gb2312?B?u/U=?=", "退货"),
        ("=?gb2312?B?zQ==?= =?gb2312?B?y7v1?=", "退货"),  # cut inside a character
        ("=?iso-2022-jp?B?GyRCSlZJShsoQg==?=", "返品"),
        ("Re: =?utf-8?B?6YCA6LSn?= (2)", "Re: 退货 (2)"),
        ("=?unknown-9?Q?abc?=", "abc"),
        ("=?utf-8?B?!!!?=", "=?utf-8?B?!!!?="),
        ("plain  text", "plain text"),
        ("", ""),
        ("已解码", "已解码"),
        ("退货说明书".encode("gbk").decode("ascii", "surrogateescape"), "退货说明书"),
        ("Café".encode().decode("ascii", "surrogateescape"), "Café"),
    ],
)
def test_header_texts(raw: str, text: str) -> None:
    assert header_text(raw) == text


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        (b"caf\xe9", "us-ascii", "café"),
        ("退货①".encode("gb18030"), '"GB2312"', "退货①"),
        ("返品①です".encode("cp932"), "shift_jis", "返品①です"),
        ("退货".encode(), "nonsense-8", "退货"),
        ("退货".encode(), None, "退货"),
        (b"\x00\x01\x02\x03\xff\xfe\xfd" * 9, None, (b"\x00\x01\x02\x03\xff\xfe\xfd" * 9).decode("utf-8", "replace")),
    ],
)
def test_charsets_are_believed_where_they_can_be_true(data: bytes, charset: str | None, text: str) -> None:
    assert charset_text(data, charset) == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig"])
def test_a_mail_saved_in_another_encoding(encoding: str) -> None:
    data = plain("退货").decode().encode(encoding)
    assert parsed(data).text == "退货"


def test_of_alternatives_html_is_read_once() -> None:
    message = letter()
    message.add_alternative(
        "<p>Rich <b>body</b></p><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>",
        subtype="html",
    )
    assert parsed(message.as_bytes()).text == "Rich body\n\nA: 1; B: 2"
    message = letter()
    message.add_alternative("<img src=x>", subtype="html")
    assert [body.is_html for body in read(message.as_bytes()).bodies] == [True]


def test_attachments_keep_name_and_content() -> None:
    data = letter(**{"退货.md": ("# Hi", "text/markdown"), "a.txt": ("text", "text/plain")}).as_bytes()
    assert [(each.name, each.data) for each in read(data).attachments] == [("退货.md", b"# Hi"), ("a.txt", b"text")]
    assert parsed(data).metadata["attachments"] == "退货.md, a.txt"
    assert parsed(data).text == "body"


def test_signatures_and_small_pictures_inside_are_no_attachments() -> None:
    message = letter()
    message.add_related(b"tiny", maintype="image", subtype="png", cid="<logo>", disposition="inline")
    message.add_related(b"x" * 30_000, maintype="image", subtype="png", cid="<shot>", disposition="inline")
    message.make_mixed()
    message.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    assert [(each.name, len(each.data)) for each in read(message.as_bytes()).attachments] == [
        ("attachment.png", 30_000)
    ]


def test_a_forwarded_mail_is_an_attachment() -> None:
    message = letter()
    message.add_attachment(letter(**{"x.txt": ("inner", "text/plain")}))
    (inner,) = read(message.as_bytes()).attachments
    assert inner.name == "S.eml"
    assert [each.name for each in read(inner.data).attachments] == ["x.txt"]


@pytest.mark.parametrize("kind", ["multipart/encrypted", "application/pkcs7-mime; smime-type=enveloped-data"])
def test_encrypted_mail_is_named(kind: str) -> None:
    data = plain("x", head=f'MIME-Version: 1.0\nContent-Type: {kind}; boundary="b"\n')
    with pytest.raises(InvalidInput, match=r"a\.eml is encrypted"):
        parsed(data)


def test_a_mail_that_says_nothing_but_its_subject() -> None:
    assert parsed(plain("", subject="Where is my parcel?")).text == "Where is my parcel?"
    with pytest.raises(InvalidInput, match=r"a\.eml has no text"):
        parsed(plain(" ", subject=""))


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


@pytest.mark.parametrize(
    ("data", "is_mail"),
    [
        (plain("x"), True),
        (b"From mia Fri Mar 6\n" + plain("x"), True),
        (b"Received: from a\n by b\nSubject: x\n\nbody", True),
        (b"From: a\n\nbody", False),
        (b"Subject: x\nTo: y\n\nbody", False),
        (b"Note: this\nThat: other\n\ntext", False),
        (b"Dear Tom,\n\nFrom: x\nDate: y\n", False),
        (b"", False),
        (b"%PDF-1.7\nFrom: x\nDate: y", False),
    ],
)
def test_content_tells_mail(data: bytes, is_mail: bool) -> None:
    assert looks_like_mail(data) is is_mail
    assert (is_mail and parser_for("a.txt", data).format == "e-mail") or not is_mail


def test_outlook_messages_say_the_same() -> None:
    headers = (
        "Message-ID: <2@x>\r\nIn-Reply-To: <1@x>\r\nFrom: Mia <mia@x.com>\r\nDate: Fri, 6 Mar 2026 10:00:00 +0800\r\n"
    )
    data = msg(
        Letter("退货", "It leaks.\r\n\r\nMia", headers=headers, recipients=(("Tom", "t@x.com"), ("Li", "l@x.com")))
    )
    document = parse(data, name="a.msg")
    assert (document.title, document.text) == ("退货", "It leaks.\n\nMia")
    assert document.metadata["to"] == "Tom <t@x.com>, Li <l@x.com>"
    assert document.metadata["from"] == "Mia <mia@x.com>"
    assert document.metadata["thread"] == "<1@x>"


def test_outlook_html_bodies_and_attachments() -> None:
    inner = Letter("Inner", "inside")
    mail = read_outlook(
        msg(Letter("S", "plain", html="<p>退货</p>".encode(), files={"a.txt": b"x"}, embedded=(inner,))), name="a"
    )
    assert [(body.text, body.is_html) for body in mail.bodies] == [("<p>退货</p>", True)]
    assert [each.name for each in mail.attachments] == ["a.txt", "Inner.eml"]
    assert parse(mail.attachments[1].data, name="Inner.eml").text == "inside"


def test_outlook_encrypted_and_damaged_messages_are_named() -> None:
    with pytest.raises(InvalidInput, match=r"a\.msg is encrypted"):
        parse(msg(Letter("", files={"ATT.pgp-encrypted": b"x"})), name="a.msg")
    with pytest.raises(InvalidInput, match=r"a\.msg is not a readable Outlook message"):
        read_outlook(msg(Letter("S", "x"))[:1600], name="a.msg")
