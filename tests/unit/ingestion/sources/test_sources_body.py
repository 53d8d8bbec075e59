from __future__ import annotations

import gzip
import tracemalloc

import pytest

from engine.errors import InvalidInput
from ingestion.sources.body import bounded, gunzip

TEXT = "退货政策 Returns. ".encode() * 500


@pytest.mark.parametrize("size", [1, 7, 1000, 10**6])
def test_gzip_in_blocks_of_any_size(size: int) -> None:
    packed = gzip.compress(TEXT, mtime=0)
    blocks = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert b"".join(gunzip(blocks, name="x")) == TEXT


def test_members_one_after_the_other() -> None:
    assert b"".join(gunzip([gzip.compress(b"one ", mtime=0) + gzip.compress(b"two", mtime=0)], name="x")) == b"one two"


@pytest.mark.parametrize(
    "packed", [b"", b"plain", gzip.compress(TEXT, mtime=0)[:-9], gzip.compress(TEXT, mtime=0)[:-5] + b"xxxxx"]
)
def test_what_is_no_gzip_or_cut_off_is_refused(packed: bytes) -> None:
    with pytest.raises(InvalidInput, match="x came with broken compression"):
        list(gunzip([packed], name="x"))


def test_a_bomb_is_never_unpacked() -> None:
    bomb = gzip.compress(bytes(50_000_000), 6)
    tracemalloc.start()
    with pytest.raises(InvalidInput, match=r"x is larger than 1 MB"):
        bounded(gunzip([bomb], name="x"), name="x", max_bytes=1_000_000)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_no_more_is_taken_in_than_allowed() -> None:
    taken = []

    def blocks() -> object:
        for number in range(100):
            taken.append(number)
            yield b"x" * 10

    with pytest.raises(InvalidInput, match="KNOWDESK_MAX_FILE_MB"):
        bounded(blocks(), name="x", max_bytes=35)  # type: ignore[arg-type]
    assert len(taken) == 4
    assert bounded([b"x" * 35], name="x", max_bytes=35) == b"x" * 35
