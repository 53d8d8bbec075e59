"""An embedder in a process of its own: the same vectors, and nothing that stays."""

from __future__ import annotations

import os
import signal
from functools import partial

import numpy as np
import psutil
import pytest

from engine.embedding.apart import ApartEmbedder
from engine.embedding.static import StaticEmbedder
from engine.errors import BackendFailed, Misconfigured
from tests.waiting import until

TEXTS = ("Where is my parcel?", "退款多久到账？", "", "\ud800")


def _children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]


def test_vectors_are_those_of_the_model_and_the_process_ends_with_the_block() -> None:
    here = StaticEmbedder()
    with ApartEmbedder(here, StaticEmbedder) as apart:
        assert apart.embed_passages([]).shape == (0, here.info.dimension)
        assert not _children()
        assert np.array_equal(apart.embed_passages(TEXTS), here.embed_passages(TEXTS))
        assert np.array_equal(apart.embed_query(TEXTS[0]), here.embed_query(TEXTS[0]))
        (child,) = _children()
        assert child.nice() > psutil.Process().nice()
        assert apart.info == here.info
    until(lambda: not _children())


def test_a_process_that_was_killed_is_told_without_the_texts() -> None:
    with ApartEmbedder(StaticEmbedder(), StaticEmbedder) as apart:
        apart.embed_passages(TEXTS)
        os.kill(_children()[0].pid, signal.SIGKILL)
        with pytest.raises(BackendFailed, match="has ended") as caught:
            until(lambda: apart.embed_passages(TEXTS) is None)
    assert TEXTS[0] not in str(caught.value)
    until(lambda: not _children())


def test_errors_of_the_model_come_back() -> None:
    missing = partial(StaticEmbedder, "/nowhere")
    with ApartEmbedder(StaticEmbedder(), missing) as apart, pytest.raises(Misconfigured, match="nowhere"):
        apart.embed_passages(TEXTS)
