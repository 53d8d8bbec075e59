from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from engine.embedders import BUNDLED, Embedders, plain_embedder
from engine.embedding.cached import CachedEmbedder
from engine.embedding.static import StaticEmbedder
from engine.errors import Misconfigured
from engine.ports import Embedder, Vector
from engine.settings import Settings, load_settings
from tests.fakes.embedding import HashEmbedder
from tests.fakes.static_model import save_static_model


class Builder:
    """Builds an embedder of the name that settings give, and remembers with which it was asked."""

    def __init__(self) -> None:
        self.asked: list[Settings] = []

    def __call__(self, settings: Settings) -> Embedder:
        self.asked.append(settings)
        if settings.embedding_model == "lost":
            raise Misconfigured("The model 'lost' cannot be loaded.", remedy="Fetch it.")
        return HashEmbedder(model=settings.embedding_model or "ours")

    @property
    def names(self) -> list[str]:
        return [each.embedding_model for each in self.asked]


class Counting(HashEmbedder):
    """Counts the queries that reach it."""

    asked = 0

    def embed_query(self, text: str) -> Vector:
        self.asked += 1
        return super().embed_query(text)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(data_dir=tmp_path, embedding_model="set", embedding_revision="abc", embedding_device="cpu")


def test_the_one_of_the_settings_is_built_at_once_and_others_when_they_are_asked_for(settings: Settings) -> None:
    build = Builder()
    embedders = Embedders(settings, build)
    assert (embedders.own.info.model, build.names) == ("set", ["set"])
    assert embedders.load("other").info.model == "other"
    assert build.names == ["set", "other"]


def test_a_model_is_built_once_however_often_and_from_wherever_it_is_asked_for(settings: Settings) -> None:
    build, found = Builder(), list[Embedder]()
    embedders = Embedders(settings, build)
    threads = [threading.Thread(target=lambda: found.append(embedders.load("other"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {id(each) for each in found} == {id(embedders.load("other"))}
    assert build.names == ["set", "other"]


def test_another_model_has_the_settings_of_the_device_and_no_revision_of_the_first(settings: Settings) -> None:
    build = Builder()
    Embedders(settings, build).load("other")
    assert (build.asked[-1].embedding_revision, build.asked[-1].embedding_device) == ("", "cpu")
    assert build.asked[-1].data_dir == settings.data_dir


def test_the_encoder_that_comes_along_has_a_name(settings: Settings) -> None:
    build = Builder()
    assert Embedders(settings, build).load(BUNDLED).info.model == "ours"
    assert build.asked[-1].embedding_model == ""


def test_one_that_is_given_is_not_built(settings: Settings) -> None:
    build, given = Builder(), HashEmbedder(model="given")
    assert Embedders(settings, build, given).own is given
    assert build.asked == []


def test_what_cannot_be_loaded_is_told_each_time_and_may_be_there_the_next(settings: Settings) -> None:
    build = Builder()
    embedders = Embedders(settings, build)
    for _ in range(2):
        with pytest.raises(Misconfigured, match="'lost' cannot be loaded"):
            embedders.load("lost")
    assert build.names == ["set", "lost", "lost"]
    assert embedders.load("other").info.model == "other"


def test_each_remembers_its_own_queries_where_the_settings_want_it(settings: Settings) -> None:
    remembering = settings.model_copy(update={"embedding_cache": 5})
    embedders = Embedders(remembering, Builder())
    first, other = embedders.own, embedders.load("other")
    assert [type(each) for each in (first, other)] == [CachedEmbedder, CachedEmbedder]
    assert embedders.load("other") is other
    np.testing.assert_array_equal(first.embed_query("kettle"), other.embed_query("kettle"))
    assert other.embed_query("kettle") is not first.embed_query("kettle")


def test_one_that_remembers_already_does_not_tell_what_others_asked(settings: Settings) -> None:
    remembering, model = settings.model_copy(update={"embedding_cache": 5}), Counting()
    first = Embedders(remembering, Builder(), model).own
    tenant = Embedders(remembering, Builder(), first).own
    for each in (first, tenant, tenant):
        each.embed_query("my order 4711")
    assert model.asked == 2


def test_a_static_model_needs_no_memory(settings: Settings, tmp_path: Path) -> None:
    folder = save_static_model(tmp_path / "model", words=["kettle"])
    remembering = settings.model_copy(update={"embedding_cache": 5})
    embedders = Embedders(
        remembering, lambda chosen: StaticEmbedder(folder) if chosen.embedding_model else HashEmbedder()
    )
    assert isinstance(embedders.load("some"), StaticEmbedder)
    assert isinstance(embedders.load(BUNDLED), CachedEmbedder)


class Connected(HashEmbedder):
    """Counts how often its connections are closed."""

    closed = 0

    def close(self) -> None:
        self.closed += 1


def test_those_that_were_built_here_are_closed_and_no_others(settings: Settings) -> None:
    remembering = settings.model_copy(update={"embedding_cache": 5})
    first = Embedders(remembering, lambda _: Connected())
    second = Embedders(remembering, lambda _: Connected(), first.own, first.load)
    models = [plain_embedder(each) for each in (first.own, second.load("other"), second.own)]
    second.close()
    assert [each.closed for each in models if isinstance(each, Connected)] == [0, 0, 0]
    first.close()
    assert [each.closed for each in models if isinstance(each, Connected)] == [1, 1, 1]


def test_engines_share_models_but_not_what_they_remember_of_queries(settings: Settings) -> None:
    build = Builder()
    remembering = settings.model_copy(update={"embedding_cache": 10})
    first = Embedders(remembering, build)
    second = Embedders(remembering, build, first.own, first.load)
    loaded = [each.load("other") for each in (first, second)]
    assert build.names == ["set", "other"]
    assert isinstance(loaded[0], CachedEmbedder)
    assert isinstance(loaded[1], CachedEmbedder)
    assert loaded[0].inner is loaded[1].inner
    assert loaded[0] is not loaded[1]
