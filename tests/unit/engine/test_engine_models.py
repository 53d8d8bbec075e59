"""Which adapter a name in the settings stands for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.assembly import build_engine
from engine.embedders import BUNDLED, Embedders
from engine.embedding.service import ServiceEmbedder
from engine.embedding.static import StaticEmbedder
from engine.errors import Misconfigured
from engine.generation.openai_compatible import OpenAICompatibleGenerator
from engine.models import build_embedder
from engine.settings import Settings, load_settings

URL = "http://tei:8080/v1"


def settings(folder: Path, **chosen: Any) -> Settings:
    return load_settings(data_dir=folder, encoder_dir=folder / "encoders", **chosen)


def test_a_name_of_the_service_is_asked_of_the_service_and_others_run_in_the_process(tmp_path: Path) -> None:
    chosen = settings(tmp_path, embedding_model="service:BAAI/bge-m3", embedding_url=URL)
    embedders = Embedders(chosen, build_embedder)
    assert isinstance(embedders.own, ServiceEmbedder)
    assert isinstance(embedders.load("service:other"), ServiceEmbedder)
    assert isinstance(embedders.load(BUNDLED), StaticEmbedder)
    assert not isinstance(embedders.load("all-MiniLM-L6-v2"), ServiceEmbedder)
    embedders.close()


def test_a_candidate_may_be_of_the_service_while_the_bundled_one_searches(tmp_path: Path) -> None:
    chosen = settings(tmp_path, embedding_candidates=["bundled", "service:bge"], embedding_url=URL)
    assert isinstance(build_embedder(chosen), StaticEmbedder)


def test_a_model_of_the_service_needs_its_address_where_an_index_names_it(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="no http"):
        Embedders(settings(tmp_path), build_embedder).load("service:bge")


@pytest.mark.parametrize("masking", ["off", "llm"])
def test_an_engine_closes_the_connections_to_its_language_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, masking: str
) -> None:
    closed: list[OpenAICompatibleGenerator] = []

    def close(model: OpenAICompatibleGenerator) -> None:
        closed.append(model)

    monkeypatch.setattr(OpenAICompatibleGenerator, "close", close)
    build_engine(settings(tmp_path, llm_base_url="http://127.0.0.1:9/v1", llm_model="m", masking=masking)).close()
    assert len(closed) == 1
