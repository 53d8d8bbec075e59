"""Keys, what they encrypt, and what is said where one is missing."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BackendFailed, Misconfigured
from engine.persistence.keyring import Keyring, new_key, read_keyring

OLD, NEW = b"o" * 32, b"n" * 32
TEXT = st.text(min_size=1).map(lambda text: text.encode("utf-8", "ignore").decode() or "x")


def coded(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode()


@given(TEXT)
def test_what_is_sealed_opens_and_hides(text: str) -> None:
    ring = Keyring([NEW, OLD])
    sealed = ring.seal(text)
    assert ring.open(sealed) == text
    assert sealed.isascii()
    assert len(text) < 4 or text not in sealed
    assert ring.seal(text) != sealed


@given(TEXT)
def test_names_are_the_same_each_time_and_open(text: str) -> None:
    ring = Keyring([NEW, OLD])
    assert ring.names(text) == ring.names(text)
    assert ring.names(text) == (*Keyring([NEW]).names(text), *Keyring([OLD]).names(text))
    assert [ring.open(each, name=True) for each in ring.names(text)] == [text, text]


def test_the_first_key_encrypts_and_all_open() -> None:
    sealed = Keyring([OLD]).seal("zanzibar")
    both = Keyring([NEW, OLD])
    assert both.open(sealed) == "zanzibar"
    assert both.seal("x").startswith(both.ids[0])
    assert both.ids == (*Keyring([NEW]).ids, *Keyring([OLD]).ids)


def test_a_missing_key_is_named_with_the_setting() -> None:
    with pytest.raises(Misconfigured, match="KNOWDESK_ENCRYPTION_KEYS") as caught:
        Keyring([NEW]).open(Keyring([OLD]).seal("zanzibar"))
    assert Keyring([OLD]).ids[0] in caught.value.message


def test_what_was_changed_does_not_open() -> None:
    ring = Keyring([NEW])
    sealed = ring.seal("zanzibar")
    changed = sealed[:20] + ("A" if sealed[20] != "A" else "B") + sealed[21:]
    with pytest.raises(BackendFailed, match="changed"):
        ring.open(changed)
    with pytest.raises(BackendFailed):
        ring.open(sealed, name=True)


def test_keys_are_read_from_the_setting_or_a_file(tmp_path: Path) -> None:
    ids = Keyring([NEW, OLD]).ids
    file = tmp_path / "keys.txt"
    file.write_text(f"{coded(NEW)}\n\n{coded(OLD)}\n")
    for text in (f"{coded(NEW)},{coded(OLD)}", f" {coded(NEW)} , {coded(OLD)} ", str(file)):
        ring = read_keyring(text)
        assert ring is not None
        assert ring.ids == ids
    assert read_keyring("") is read_keyring("  ") is None


@pytest.mark.parametrize("text", ["short", coded(b"x" * 16), coded(NEW) + ",x", "/no/such/file", "x" * 5000, "é", ","])
def test_what_is_no_key_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(Misconfigured, match="KNOWDESK_ENCRYPTION_KEYS") as caught:
        read_keyring(text)
    assert len(text) < 3 or text not in str(caught.value)


def test_an_empty_file_holds_no_keys(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("\n")
    with pytest.raises(Misconfigured, match="neither keys nor"):
        read_keyring(str(tmp_path / "keys"))


def test_new_keys_differ_and_are_keys() -> None:
    one, other = new_key(), new_key()
    assert one != other
    assert read_keyring(f"{one},{other}") is not None
