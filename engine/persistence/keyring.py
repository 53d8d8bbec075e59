"""Encrypt texts under one of several keys, and open what any of them has encrypted."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.errors import BackendFailed, Misconfigured

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

__all__ = ["Keyring", "missing_key", "new_key", "read_keyring"]

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 16
SETTING: Final = "KNOWDESK_ENCRYPTION_KEYS"
ID_CHARS: Final = 8


def new_key() -> str:
    """Return a random key as the settings name it: 256 bits in URL-safe base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def read_keyring(text: str) -> Keyring | None:
    """Return the keys that a setting names, or that the file at this path holds, a key a line; None for no text.

    Misconfigured, without the keys, for what is neither.
    """
    if not text.strip():
        return None
    keys = _keys(text.split(",")) or _keys(_lines(Path(text.strip())))
    if not keys:
        raise Misconfigured(
            f"{SETTING} holds neither keys nor the path of a file with keys.",
            remedy="Make one with `knowdesk encryption key`.",
        )
    return Keyring(keys)


class Keyring:
    """Encrypts with the first key and opens with all; safe to use from several threads.

    AES-SIV (RFC 5297) under keys that HKDF derives: with a random nonce for texts; without one, hence the same each
    time, for names that are looked up. `seals` says whether what is written is encrypted.
    """

    def __init__(self, keys: Sequence[bytes], *, seals: bool = True) -> None:
        self._keys = {_id(key): key for key in keys}
        self.seals = seals

    @property
    def ids(self) -> tuple[str, ...]:
        """What tells the keys apart, the one that encrypts first; eight hexadecimal digits, which tell nothing else."""
        return tuple(self._keys)

    def only_opening(self) -> Keyring:
        """Return the same keys, under which nothing new is encrypted."""
        return Keyring(list(self._keys.values()), seals=False)

    def seal(self, text: str) -> str:
        """Return the text encrypted, behind the id of the key; not the same twice."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return self.ids[0] + _coded(nonce + self._ciphers[self.ids[0]].encrypt(text.encode(), [nonce]))

    def names(self, text: str) -> tuple[str, ...]:
        """Return what the text is called when it is encrypted so that it can be looked up, under each of the keys."""
        return tuple(key + _coded(cipher.encrypt(text.encode(), None)) for key, cipher in self._ciphers.items())

    def open(self, sealed: str, *, name: bool = False) -> str:
        """Return the text of `seal`, or of one of `names`; Misconfigured if its key is not here."""
        from cryptography.exceptions import InvalidTag

        key, coded = sealed[:ID_CHARS], base64.urlsafe_b64decode(sealed[ID_CHARS:])
        if key not in self._keys:
            raise missing_key([key])
        nonce, content = (None, coded) if name else ([coded[:NONCE_BYTES]], coded[NONCE_BYTES:])
        try:
            return self._ciphers[key].decrypt(content, nonce).decode()
        except InvalidTag as error:
            raise BackendFailed("An encrypted text was changed.", remedy="Restore a backup.") from error

    @cached_property
    def _ciphers(self) -> dict[str, AESSIV]:
        from cryptography.hazmat.primitives.ciphers.aead import AESSIV
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        def derived(key: bytes) -> bytes:
            return HKDF(SHA256(), 2 * KEY_BYTES, salt=None, info=b"knowdesk columns").derive(key)

        return {name: AESSIV(derived(key)) for name, key in self._keys.items()}


def missing_key(ids: Sequence[str]) -> Misconfigured:
    """Return the error for keys that the database needs and the settings do not name."""
    return Misconfigured(
        f"The database is encrypted with key {', '.join(sorted(ids))}, which the settings do not hold.",
        remedy=f"Add it to {SETTING}, after the key that is to encrypt from now on.",
    )


def _id(key: bytes) -> str:
    return hashlib.sha256(b"knowdesk key id" + key).hexdigest()[:ID_CHARS]


def _coded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode()


def _keys(words: Sequence[str]) -> list[bytes]:
    """Return the keys that the words are; none if one of them is not."""
    found = [_decoded(word) for word in words]
    return [] if None in found else [key for key in found if key is not None]


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError):
        return []


def _decoded(word: str) -> bytes | None:
    try:
        key = base64.b64decode(word.strip(), altchars=b"-_", validate=True)
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None
