"""Mail: what it says of itself, bodies, attachments."""

from __future__ import annotations

import base64
from email.header import Header

import pytest

from engine.errors import InvalidInput
from ingestion.parsers.mail import Mail, looks_like_mail, read_mail
from ingestion.parsers.registry import parser_for
from tests.unit.ingestion.mails import HEAD, letter, parsed, plain


def read(data: bytes) -> Mail:
    return read_mail(data, name="a.eml")


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
    assert [body.is_html for body in read(message.as_bytes()).bodies] == [False]  # it has no words, the plain one has


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
