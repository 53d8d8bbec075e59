"""The embedder on a service: order, batches, cuts, what is learnt, and a model that changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

import httpx
import numpy as np
import pytest

from engine.breaker import Breaker
from engine.embedding.service_known import WITNESS
from engine.errors import BackendFailed, Misconfigured
from engine.ports import Embedder, Vector
from tests.fakes.embedding import HashEmbedder
from tests.fakes.embedding_service import FakeService, Kind
from tests.waiting import PATIENCE_S

TEXTS = [f"text {number} of some" for number in range(20)]
EVEN = np.full(8, 8**-0.5, dtype=np.float32)


def expected(*texts: str) -> Vector:
    return HashEmbedder(8).embed_passages(texts)


@pytest.mark.parametrize("kind", Kind)
def test_rows_come_in_the_order_of_the_texts_from_batches_of_the_size_that_is_set(kind: Kind) -> None:
    service = FakeService(kind)
    rows = service.embedding(batch_size=7).embed_passages(TEXTS)
    np.testing.assert_allclose(rows, expected(*TEXTS), atol=1e-6)
    assert rows.dtype == np.float32
    asked = [each[:-1] for each in service.texts[1:]]
    assert sorted(map(len, asked)) == [2, 6, 6, 6]
    assert sorted(text for each in asked for text in each) == sorted(TEXTS)


def test_rows_are_put_in_the_order_of_their_index() -> None:
    service = FakeService(altered=lambda items: items[::-1])
    np.testing.assert_allclose(service.embedding().embed_passages(TEXTS), expected(*TEXTS), atol=1e-6)


def test_rows_are_brought_to_unit_length() -> None:
    service = FakeService(Kind.TEI, altered=lambda rows: [[3 * number for number in row] for row in rows])
    np.testing.assert_allclose(service.embedding().embed_query("kettle"), expected("kettle")[0], atol=1e-6)


def test_as_many_requests_as_are_set_are_under_way_at_a_time() -> None:
    service = FakeService(takes_s=0.05)
    service.embedding(batch_size=3, parallel=3).embed_passages(TEXTS)
    assert service.at_once == 3


def test_a_service_that_takes_fewer_texts_gets_no_more() -> None:
    service = FakeService(Kind.TEI, most=4)
    service.embedding(batch_size=32).embed_passages(TEXTS)
    assert max(map(len, service.texts)) == 4


def test_blank_texts_are_not_sent_and_point_equally_along_every_axis() -> None:
    service = FakeService()
    embedder = service.embedding(passage_prefix="passage: ", query_prefix="query: ")
    np.testing.assert_allclose(embedder.embed_passages([" ", "kettle", ""])[::2], [EVEN, EVEN], atol=1e-6)
    np.testing.assert_allclose(embedder.embed_query("\n"), EVEN, atol=1e-6)
    assert service.texts == [[WITNESS], ["passage: kettle", WITNESS]]


def test_queries_and_passages_have_their_prefixes() -> None:
    service = FakeService()
    embedder = service.embedding(query_prefix="query: ", passage_prefix="passage: ")
    embedder.embed_passages(["kettle"])
    embedder.embed_query("kettle")
    assert [each[0] for each in service.texts[1:]] == ["passage: kettle", "query: kettle"]


def test_prefixes_are_part_of_the_revision_because_vectors_depend_on_them() -> None:
    ways: tuple[dict[str, Any], ...] = ({}, {"query_prefix": "q: "}, {"passage_prefix": "q: "})
    assert len({FakeService().embedding(**way).info.revision for way in ways}) == 3


def test_the_key_goes_along() -> None:
    service = FakeService()
    service.embedding(api_key="sk-1").embed_query("kettle")
    assert set(service.keys) == {"Bearer sk-1"}


@pytest.mark.parametrize("url", ["http://service", "http://service/", "http://service/v1", "http://service/v1/"])
def test_the_address_may_end_in_the_version(url: str) -> None:
    service = FakeService()
    service.embedding(url=url).embed_query("kettle")
    assert [path for path, _ in service.requests] == ["/info", "/v1/models", "/v1/embeddings", "/v1/embeddings"]


@pytest.mark.parametrize(
    ("kind", "revision", "cut"),
    [
        (Kind.TEI, "abc123", {"truncate": True}),
        (Kind.VLLM, "abc123", {"truncate_prompt_tokens": 512}),
        (Kind.OPENAI, "unknown", {}),
    ],
)
def test_what_a_service_says_of_itself_is_used(kind: Kind, revision: str, cut: dict[str, object]) -> None:
    service = FakeService(kind)
    info = service.embedding(languages=("ja-JP",)).info
    assert (info.model, info.revision, info.dimension) == ("service:acme/fake", revision, 8)
    assert (info.normalized, info.languages) == (True, frozenset({"ja"}))
    assert service.requests[-1][1].items() >= cut.items()


def test_nothing_is_asked_before_the_first_use_and_nothing_is_learnt_twice() -> None:
    service = FakeService(Kind.TEI)
    embedder = service.embedding()
    assert service.requests == []
    assert embedder.info is embedder.info
    assert [path for path, _ in service.requests] == ["/info", "/embed"]


@pytest.mark.parametrize("named", ["fake", "acme/fake"])
def test_a_model_in_a_folder_may_be_named_by_the_folder(named: str) -> None:
    assert FakeService(Kind.TEI).embedding(model=named).info.model == f"service:{named}"


@pytest.mark.parametrize(
    ("options", "told"),
    [({"model": "other"}, "serves acme/fake, not other"), ({"revision": "main"}, "at revision abc123, not main")],
)
def test_a_service_of_another_model_is_told_with_the_remedy(options: dict[str, Any], told: str) -> None:
    with pytest.raises(Misconfigured, match=told) as caught:
        _ = FakeService(Kind.TEI).embedding(**options).info
    assert "embedding_" in caught.value.remedy


@pytest.mark.parametrize("options", [{"model": ""}, {"url": "service:8080"}])
def test_settings_that_cannot_be_are_told_at_once(options: dict[str, Any]) -> None:
    with pytest.raises(Misconfigured, match="embedding"):
        FakeService().embedding(**options)


@pytest.mark.parametrize(("kind", "left"), [(Kind.TEI, 100), (Kind.VLLM, 100), (Kind.OPENAI, 62)])
def test_a_text_that_is_too_long_is_cut_and_stops_nothing(kind: Kind, left: int) -> None:
    service = FakeService(kind, longest=100)
    long = "word " * 200
    rows = service.embedding().embed_passages(["kettle", long, "battery"])
    np.testing.assert_allclose(rows, expected("kettle", long[:left], "battery"), atol=1e-6)


def test_what_is_cut_is_logged_without_the_text(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        FakeService(longest=100).embedding().embed_passages(["secret " * 20])
    assert "140 characters is too long" in caplog.text
    assert "secret" not in caplog.text


def test_a_service_that_refuses_every_text_is_told() -> None:
    with pytest.raises(BackendFailed, match="refuses every text for acme/fake"):
        _ = FakeService(longest=1).embedding().info


def test_a_short_text_that_is_refused_is_told_without_it() -> None:
    service = FakeService()
    embedder = service.embedding()
    _ = embedder.info
    service.longest = 1
    with pytest.raises(BackendFailed, match="refuses a short text") as caught:
        embedder.embed_passages(["secret"])
    assert "secret" not in str(caught.value)


class Turned(HashEmbedder):
    """Another model: the vectors of its texts are other ones."""

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Embed the texts read backwards."""
        return super().embed_passages([text[::-1] for text in texts])


USES: tuple[Callable[[Embedder], object], ...] = (
    lambda embedder: embedder.embed_passages(TEXTS),
    lambda embedder: embedder.embed_query("kettle"),
)


@pytest.mark.parametrize("use", USES, ids=["passages", "query"])
@pytest.mark.parametrize("dimension", [8, 12])
def test_another_model_behind_the_address_never_meets_the_first(
    dimension: int, use: Callable[[Embedder], object]
) -> None:
    service = FakeService()
    embedder = service.embedding()
    _ = embedder.info
    service.embedder = Turned(dimension)
    with pytest.raises(BackendFailed, match="other vectors than it did"):
        use(embedder)
    service.embedder = HashEmbedder(8)
    np.testing.assert_allclose(embedder.embed_query("kettle"), expected("kettle")[0], atol=1e-6)


def test_queries_are_left_without_the_witness_most_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.embedding.service.LOOK_EVERY_S", PATIENCE_S)
    service = FakeService()
    embedder = service.embedding()
    for _ in range(3):
        embedder.embed_query("kettle")
    assert service.texts == [[WITNESS], ["kettle", WITNESS], ["kettle"], ["kettle"]]


def test_a_service_that_keeps_failing_gets_no_queries_for_a_while_but_passages() -> None:
    service = FakeService()
    embedder = service.embedding(breaker=Breaker(pause_s=PATIENCE_S), retries=0)
    _ = embedder.info
    service.next = [httpx.ConnectError("refused")] * 3
    for _ in range(3):
        with pytest.raises(BackendFailed, match="cannot be reached"):
            embedder.embed_query("kettle")
    with pytest.raises(BackendFailed, match="keeps failing"):
        embedder.embed_query("kettle")
    embedder.embed_passages(["kettle"])
    np.testing.assert_allclose(embedder.embed_query("kettle"), expected("kettle")[0], atol=1e-6)


def test_what_could_not_be_learnt_is_learnt_later() -> None:
    service = FakeService(Kind.TEI, next=[httpx.ConnectError("refused")] * 2)
    embedder = service.embedding()
    with pytest.raises(BackendFailed, match="cannot be reached, 2 times"):
        _ = embedder.info
    assert embedder.info.revision == "abc123"


@pytest.mark.parametrize("status", [401, 403])
def test_a_probe_takes_any_answer_but_a_refused_key_or_a_failure(status: int) -> None:
    service = FakeService(Kind.TEI)
    embedder = service.embedding()
    embedder.probe()
    for reply in (httpx.Response(status), httpx.Response(503), httpx.ConnectError("refused")):
        service.next = [reply]
        with pytest.raises(BackendFailed):
            embedder.probe()
