from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import Conflict
from engine.indexing import check_signature, index_signature
from engine.ports import EmbedderInfo, IndexSignature

INFO = EmbedderInfo("model", "0123456789abcdef", 384, normalized=True)
BUILT = IndexSignature("model", "0123456789abcdef", 384, True, "bm25/1")


def test_a_signature_says_what_an_index_is_built_with() -> None:
    assert index_signature(INFO, "bm25/1") == BUILT


def test_the_same_is_no_conflict() -> None:
    check_signature("kb", built=BUILT, wanted=index_signature(INFO, "bm25/1"))


@pytest.mark.parametrize(
    "other",
    [
        replace(BUILT, model="other"),
        replace(BUILT, revision=""),
        replace(BUILT, dimension=8),
        replace(BUILT, normalized=False),
        replace(BUILT, terms="bm25/2"),
    ],
    ids=str,
)
def test_anything_else_is(other: IndexSignature) -> None:
    with pytest.raises(Conflict, match=r"'kb' is indexed with model at revision 0123456789ab \(384 dim") as caught:
        check_signature("kb", built=BUILT, wanted=other)
    assert "KNOWDESK_EMBEDDING_MODEL" in caught.value.remedy
    assert "--rebuild" in caught.value.remedy
