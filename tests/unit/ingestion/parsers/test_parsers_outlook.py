"""Outlook messages."""

from __future__ import annotations

import pytest

from engine.errors import InvalidInput
from ingestion.parsers.outlook import read_outlook
from ingestion.parsing import parse
from tests.unit.ingestion.outlook_files import Letter, msg


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
