"""Whatever an archive or a mail holds, what comes out lies below it and stays within the limits."""

from __future__ import annotations

import io
import warnings
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InvalidInput
from ingestion.containers.entry_names import safe_name, unique
from ingestion.expanding import ExpandLimits, expand
from ingestion.sources.values import MemoryFile

LIMITS = ExpandLimits(max_depth=3, max_entries=20, max_total_mb=0.2, max_entry_mb=0.1)
NAMES = st.one_of(
    st.sampled_from(
        ["../../x", "/etc/x", "C:\\x", "a/../../b", "..", ".", "a.zip", "m.eml", "c.json", "退货.txt", "a#case", "a"]
    ),
    st.text(max_size=12),
)
CHAT = b"[10:02] Customer: The lid leaks.\n[10:03] Agent: Turn the lid twice.\n[10:04] Customer: Thanks!"
MAIL = b"From: a@b.c\nDate: x\nSubject: s\nMIME-Version: 1.0\nContent-Type: text/plain; name=../../evil.bin\n\nhi"
CONTENTS = {
    "empty": b"",
    "text": b"x",
    "chat": CHAT,
    "mail": MAIL,
    "bomb": b"\0" * 50_000,
    "json": b'{"turns": []}',
    "stump": b"PK\x03\x04",
    "noise": bytes(range(256)),
}
FAST = settings(max_examples=60, deadline=None, derandomize=True)


Tree = list[tuple[str, "str | Tree"]]
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.lists(st.tuples(NAMES, st.sampled_from(sorted(CONTENTS))), max_size=5),
    lambda inner: st.lists(st.tuples(NAMES, inner), max_size=2),
    max_leaves=3,
)


def zipped(tree: Tree) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # names that occur twice are wanted here
        for name, inner in tree:
            data = CONTENTS[inner] if isinstance(inner, str) else zipped(inner)
            archive.writestr(name.encode("utf-8", "replace").decode().replace("\x00", "_") or "empty", data)
    return buffer.getvalue()


@FAST
@given(TREES)
def test_everything_lies_below_its_container_under_a_name_of_its_own(tree: Tree) -> None:
    data = zipped(tree)
    uris = [file.uri for file in expand(MemoryFile("a.zip", data), limits=LIMITS)]
    assert len(set(uris)) == len(uris)
    for uri in uris:
        assert uri == "a.zip" or uri.startswith("a.zip/")
        assert not {"", ".", ".."} & set(uri.partition("#")[0].split("/"))
        assert "\\" not in uri


@FAST
@given(TREES)
def test_what_comes_out_stays_within_the_limits_and_raises_only_our_errors(tree: Tree) -> None:
    data = zipped(tree)
    total, refused = 0, list[InvalidInput]()
    for file in expand(MemoryFile("a.zip", data), limits=LIMITS):
        try:
            size = len(file.read())
        except InvalidInput as error:
            refused.append(error)
            continue
        assert size <= max(LIMITS.max_entry_mb * 1e6, 4096) or file.uri == "a.zip"
        total += size if file.name == file.uri else 0  # canonical forms are longer than the text they come from
    assert all(error.remedy for error in refused)
    assert total <= LIMITS.max_total_mb * 1e6 + len(data)


@FAST
@given(TREES, st.integers(0, 10_000), st.integers(0, 255))
def test_a_damaged_archive_never_raises(tree: Tree, at: int, value: int) -> None:
    data = zipped(tree)
    damaged = bytearray(data)
    damaged[at % len(damaged)] = value
    for changed in (bytes(damaged), data[: at % len(data)]):
        for file in expand(MemoryFile("a.zip", changed), limits=LIMITS):
            assert file.uri == "a.zip" or file.uri.startswith("a.zip/")


@FAST
@given(TREES)
def test_expanding_is_the_same_each_time(tree: Tree) -> None:
    data = zipped(tree)
    first, second = ([file.uri for file in expand(MemoryFile("a.zip", data), limits=LIMITS)] for _ in range(2))
    assert first == second


@FAST
@given(st.text(max_size=40))
def test_a_safe_name_is_safe_and_stays_so(name: str) -> None:
    safe = safe_name(name)
    assert safe_name(safe) == safe
    assert not safe.startswith("/")
    assert safe.isprintable() or any(not char.isprintable() and ord(char) > 0x9F for char in safe)


@FAST
@given(st.lists(NAMES, max_size=8))
def test_unique_names_are_unique(names: list[str]) -> None:
    taken: set[str] = set()
    given_names = [unique(name, taken) for name in names]
    assert len(set(given_names)) == len(names)
