"""Backups of knowledge bases whose index was changed: the one in use comes back, with what it takes to go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import engine.assembly
from engine.encoder.gain import Asked
from engine.errors import Misconfigured
from engine.ports import BuiltIndex, Embedder
from engine.service import Engine
from engine.settings import Settings, load_settings
from engine.tenancy import Tenants, tenant_settings
from ingestion.backup.archive import Manifest
from ingestion.backup.restoring import restore_backup
from ingestion.backup.taking import take_backup
from ingestion.jobs.turns import Turns
from ingestion.reembedding.gate import Gate
from ingestion.reembedding.service import Reembedding
from tests.unit.ingestion.reembedding.shop import KB, MODELS, PAGES, built, changed, found, texts, write

pytestmark = pytest.mark.sqlite  # databases on servers have backups of their own


@pytest.fixture(autouse=True)
def _named_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.assembly, "build_embedder", _model)


def _model(settings: Settings) -> Embedder:
    try:
        return MODELS[settings.embedding_model or "hash"]
    except KeyError as error:
        raise Misconfigured(f"The model {settings.embedding_model!r} is not there.", remedy="Fetch it.") from error


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(data_dir=tmp_path / "data", parse_workers=0)


@pytest.fixture
def there(tmp_path: Path) -> Settings:
    return load_settings(data_dir=tmp_path / "there", parse_workers=0)


@pytest.fixture(name="shop")
def a_shop(settings: Settings) -> Iterator[Engine]:
    with closing(engine.assembly.build_engine(settings)) as opened:
        write(opened, settings, PAGES)
        yield opened


def _indexes(shop: Engine) -> Reembedding:
    turns = Turns()
    return Reembedding(shop, KB, lambda **options: turns.turn(KB, **options))


def _taken(shop: Engine, settings: Settings) -> tuple[Manifest, Path]:
    archive = settings.data_dir.parent / "b.zip"
    with closing(Tenants(shop, settings, lambda _, own: engine.assembly.build_engine(own))) as tenants:
        return take_backup(tenants, Turns(), settings, archive), archive


@pytest.fixture
def moved(shop: Engine, settings: Settings, there: Settings) -> Iterator[Engine]:
    """Return the shop with its index changed to the other model, as it comes back elsewhere."""
    indexes = _indexes(shop)
    indexes.use(indexes.compare(built(indexes), Gate((Asked("goods", frozenset({"returns.md"})),), tolerance=1.0)))
    restore_backup(_taken(shop, settings)[1], there)
    with closing(engine.assembly.build_engine(there)) as opened:
        yield opened


def test_the_index_in_use_comes_back_with_its_model(shop: Engine, moved: Engine) -> None:
    in_use = moved.open_index(KB)
    assert in_use == shop.open_index(KB)
    assert in_use
    assert (in_use.slot, in_use.source, in_use.signature.dimension) == ("2", "other", 32)
    assert in_use.trial
    assert texts(moved, in_use) == texts(shop, in_use)
    assert found(moved, "How long does the warranty last?")[0] == "warranty.md"
    assert found(moved, "退货")[0] == "tuihuo.md"


def test_the_index_before_is_known_and_built_again_for_the_way_back(moved: Engine) -> None:
    indexes = _indexes(moved)
    in_use, first = indexes.indexes()
    assert not moved.parts.store.exists(first.name(KB))
    assert sum(filled.chunks for filled in list(indexes.fill(first))[-1:]) == 3
    indexes.use(first)
    assert indexes.indexes() == (first, in_use)
    assert texts(moved, first) == texts(moved, in_use)
    assert found(moved, "warranty")[0] == "warranty.md"


def test_documents_change_and_go_though_the_index_before_is_away(moved: Engine, there: Settings) -> None:
    write(moved, there, {"warranty.md": "# Warranty\n\nThe warranty lasts 36 months.\n"})
    gone = next(each for each in moved.parts.knowledge.documents(KB) if each.uri == "returns.md")
    moved.delete_document(gone.id)
    in_use, first = _indexes(moved).indexes()
    assert {each.splitlines()[-1] for each in texts(moved, in_use)} == {
        "The warranty lasts 36 months.",
        "未使用的商品可在收货后30天内退货。",
    }
    assert not moved.parts.store.exists(first.name(KB))
    _indexes(moved).drop(first.slot)
    assert _indexes(moved).indexes() == (in_use,)


def test_a_knowledge_base_goes_whole_though_the_index_before_is_away(moved: Engine) -> None:
    in_use = moved.open_index(KB)
    assert in_use
    moved.delete_knowledge_base(KB)
    assert not moved.parts.store.exists(in_use.name(KB))
    assert moved.parts.knowledge.knowledge_bases() == ()


def test_an_index_that_was_being_built_is_gone_on_with(shop: Engine, settings: Settings, there: Settings) -> None:
    begun = built(_indexes(shop))
    manifest, archive = _taken(shop, settings)
    assert manifest.knowledge_bases[KB].chunks == 3
    restore_backup(archive, there)
    with closing(engine.assembly.build_engine(there)) as opened:
        indexes = _indexes(opened)
        assert opened.open_index(KB) == BuiltIndex(shop.signature)
        assert indexes.begin("other") == begun
        assert changed(indexes) == begun
        assert opened.open_index(KB) == begun


def test_the_count_is_that_of_the_index_in_use(shop: Engine, settings: Settings, there: Settings) -> None:
    changed(_indexes(shop))
    write(shop, settings, {"new.md": "# New\n\nWe repair phones.\n"})
    manifest, archive = _taken(shop, settings)
    assert manifest.knowledge_bases[KB].chunks == 4
    restore_backup(archive, there)
    with closing(engine.assembly.build_engine(there)) as opened:
        assert found(opened, "Do you repair phones?")[0] == "new.md"


def test_without_its_model_it_comes_back_and_the_model_before_is_the_way_out(
    shop: Engine, settings: Settings, there: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(_indexes(shop))
    archive = _taken(shop, settings)[1]
    monkeypatch.delitem(MODELS, "other")
    restore_backup(archive, there)
    with closing(engine.assembly.build_engine(there)) as opened:
        with pytest.raises(Misconfigured, match="'other' is not there"):
            found(opened, "warranty")
        indexes = _indexes(opened)
        indexes.use(indexes.index(""))
        assert found(opened, "warranty")[0] == "warranty.md"


def test_settings_that_name_the_model_in_use_search_what_comes_back(
    shop: Engine, settings: Settings, tmp_path: Path
) -> None:
    changed(_indexes(shop))
    there = load_settings(data_dir=tmp_path / "there", parse_workers=0, embedding_model="other")
    restore_backup(_taken(shop, settings)[1], there)
    with closing(engine.assembly.build_engine(there)) as opened:
        assert found(opened, "warranty")[0] == "warranty.md"
        write(opened, there, {"new.md": "# New\n\nWe repair phones.\n"})
        assert found(opened, "Do you repair phones?")[0] == "new.md"


def test_each_tenant_gets_the_index_that_it_used(shop: Engine, settings: Settings, there: Settings) -> None:
    own = tenant_settings(settings, "acme")
    with closing(engine.assembly.build_engine(own)) as other:
        write(other, own, {"acme.md": "# Acme\n\nAcme sells rockets.\n"})
        changed(_indexes(other), "noise")
    changed(_indexes(shop))
    manifest, archive = _taken(shop, settings)
    assert (manifest.knowledge_bases[KB].chunks, manifest.tenants["acme"][KB].chunks) == (3, 1)
    restore_backup(archive, there)
    for chosen, model, uris in (
        (there, "other", {"returns.md", "warranty.md", "tuihuo.md"}),
        (tenant_settings(there, "acme"), "noise", {"acme.md"}),
    ):
        with closing(engine.assembly.build_engine(chosen)) as opened:
            in_use = opened.open_index(KB)
            assert in_use
            assert (in_use.slot, in_use.source) == ("2", model)
            assert set(found(opened, "Acme sells warranty")) <= uris
            assert {each.uri for each in opened.parts.store.records(in_use.name(KB))} == uris
