"""Build small Outlook messages for tests: compound files with nested storages ([MS-CFB], [MS-OXMSG])."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Letter", "msg"]

_SECTOR, _MINI = 512, 64
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
Tree = Mapping[str, "bytes | Tree"]


@dataclass(frozen=True)
class Letter:
    """What a message says; `embedded` are messages inside it, `files` attachments by name."""

    subject: str = "Test"
    body: str = ""
    html: bytes = b""
    headers: str = ""
    recipients: tuple[tuple[str, str], ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    embedded: tuple[Letter, ...] = ()


def msg(letter: Letter) -> bytes:
    """Return the message as a file."""
    return _compound(_storage(letter, header=32))


def _storage(letter: Letter, header: int) -> Tree:
    tree: dict[str, bytes | Tree] = {}
    values = {0x001A: "IPM.Note", 0x0037: letter.subject, 0x1000: letter.body, 0x007D: letter.headers}
    properties = [_text(tree, tag, text) for tag, text in values.items() if text]
    if letter.html:
        tree["__substg1.0_10130102"] = letter.html
        properties += [struct.pack("<HHIII", 0x0102, 0x1013, 6, len(letter.html), 0)]
        properties += [struct.pack("<HHIII", 0x0003, 0x3FDE, 6, 65001, 0)]
    for number, (name, address) in enumerate(letter.recipients):
        inner: dict[str, bytes | Tree] = {}
        entries = [_text(inner, 0x3001, name), _text(inner, 0x3003, address)]
        tree[f"__recip_version1.0_#{number:08X}"] = {**inner, "__properties_version1.0": bytes(8) + b"".join(entries)}
    for number, (name, data) in enumerate(letter.files.items()):
        tree[f"__attach_version1.0_#{number:08X}"] = _attachment(name, data)
    for number, inside in enumerate(letter.embedded, len(letter.files)):
        held: Tree = {"__substg1.0_3701000D": _storage(inside, header=24), "__properties_version1.0": bytes(8)}
        tree[f"__attach_version1.0_#{number:08X}"] = held
    counts = struct.pack("<8xIIII", 0, 0, len(letter.recipients), len(letter.files) + len(letter.embedded))
    tree["__properties_version1.0"] = counts.ljust(header, b"\0") + b"".join(properties)
    return tree


def _attachment(name: str, data: bytes) -> Tree:
    inner: dict[str, bytes | Tree] = {"__substg1.0_37010102": data}
    entries = [_text(inner, 0x3707, name), struct.pack("<HHIII", 0x0102, 0x3701, 6, len(data), 0)]
    return {**inner, "__properties_version1.0": bytes(8) + b"".join(entries)}


def _text(tree: dict[str, bytes | Tree], tag: int, text: str) -> bytes:
    """Put a text into the tree and return its entry for the list of properties."""
    data = text.encode("utf-16-le")
    tree[f"__substg1.0_{tag:04X}001F"] = data
    return struct.pack("<HHIII", 0x001F, tag, 6, len(data) + 2, 0)


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    right: int = _NONE
    child: int = _NONE


def _compound(tree: Tree) -> bytes:
    entries = [_Entry("Root Entry", 5)]
    _add(entries, 0, tree)
    mini, minifat, starts = b"", list[int](), dict[int, int]()
    for at, entry in enumerate(entries):
        if entry.kind == 2 and entry.data:
            starts[at] = len(minifat)
            count = -(-len(entry.data) // _MINI)
            minifat += [*range(len(minifat) + 1, len(minifat) + count), _END]
            mini += entry.data.ljust(count * _MINI, b"\0")
    directory = b"".join(_packed(entry, starts.get(at, _END), len(mini)) for at, entry in enumerate(entries))
    parts = [_padded(directory), _padded(struct.pack(f"<{len(minifat)}I", *minifat), b"\xff"), _padded(mini)]
    chains, firsts = [_FAT, _FAT], []
    for part in parts:
        firsts.append(len(chains))
        count = len(part) // _SECTOR
        chains += [*range(len(chains) + 1, len(chains) + count), _END] if count else []
    patched = bytearray(parts[0])
    struct.pack_into("<I", patched, 116, firsts[2])  # the root's stream is where short streams lie
    header = struct.pack("<8s16xHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 2, firsts[0], 0, 4096, firsts[1], len(parts[1]) // _SECTOR, _END, 0)
    header += struct.pack("<109I", 0, 1, *[_FREE] * 107)
    assert len(chains) <= 256, "two sectors of the table must do"
    return header + struct.pack("<256I", *chains, *[_FREE] * (256 - len(chains))) + bytes(patched) + parts[1] + parts[2]


def _add(entries: list[_Entry], parent: int, tree: Tree) -> None:
    names = sorted(tree, key=lambda name: (len(name), name.upper()))
    before = -1
    for name in names:
        inner = tree[name]
        at = len(entries)
        entries.append(_Entry(name, 2, inner) if isinstance(inner, bytes) else _Entry(name, 1))
        if before < 0:
            entries[parent].child = at
        else:
            entries[before].right = at
        before = at
        if not isinstance(inner, bytes):
            _add(entries, at, inner)


def _packed(entry: _Entry, start: int, mini: int) -> bytes:
    encoded = entry.name.encode("utf-16-le") + b"\0\0"
    size = mini if entry.kind == 5 else len(entry.data)
    return encoded.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI8x8xIQ", len(encoded), entry.kind, 1, _NONE, entry.right, entry.child, 0, start, size
    )


def _padded(data: bytes, fill: bytes = b"\0") -> bytes:
    return data.ljust(-(-len(data) // _SECTOR) * _SECTOR, fill)
