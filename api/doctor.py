"""Look at everything that an installation needs, and say what is wrong and what to do about it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from engine.assembly import build_embedder, build_generator, build_store
from engine.embedders import Embedders
from engine.errors import Conflict, EngineError
from engine.indexing import check_signature, index_signature
from engine.persistence.database import check_encryption, schema_state
from engine.persistence.keyring import read_keyring
from engine.ports import Probed
from engine.records import database_url, open_records
from engine.retrieval.sparse import Bm25Encoder
from engine.settings import Settings

__all__ = ["Examined", "State", "examine"]

LITTLE_SPACE_MB: Final = 1000
NO_SPACE_MB: Final = 50
FONT_FOLDERS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
FONTS: Final = frozenset({".ttf", ".ttc", ".otf"})
CJK_FONTS: Final = ("cjk", "wqy", "droidsansfallback", "ipa", "takao", "nanum", "uming", "ukai", "hiragino", "pingfang")


class State(StrEnum):
    """How a thing is: fine, worth a look, not working, or not in use."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found of one thing; `detail` never quotes a secret."""

    name: str
    state: State
    detail: str = ""


def examine(settings: Settings) -> Iterator[Examined]:
    """Yield what is found, one thing after the other; nothing is changed, and a server may run on the data folder."""
    looks: tuple[tuple[str, Callable[[Settings], Examined | Iterator[Examined]]], ...] = (
        ("data folder", _data_folder),
        ("database", _database),
        ("encryption", _encryption),
        ("embedder", _embedder),
        ("index", _indexes),
        ("OCR", _ocr),
        ("language model", _language_model),
        ("Qdrant", _store),
        ("rate limits", _rate_limits),
        ("traces", _traces),
        ("fonts", _fonts),
    )
    for name, look in looks:
        try:
            found = look(settings)
            yield from (found,) if isinstance(found, Examined) else found
        except (EngineError, OSError) as error:
            yield Examined(name, State.FAILED, str(error))


def _data_folder(settings: Settings) -> Examined:
    folder = settings.data_dir.absolute()
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        return Examined("data folder", State.FAILED, f"{there} cannot be written. Check its owner and rights.")
    free = shutil.disk_usage(there).free / 1e6
    state = State.FAILED if free < NO_SPACE_MB else State.WARNING if free < LITTLE_SPACE_MB else State.OK
    new = "" if there == folder else ", made at the first start"
    return Examined("data folder", state, f"{folder}{new}; {free / 1000:.1f} GB free")


def _database(settings: Settings) -> Examined:
    if not settings.database_url and not (settings.data_dir / "knowdesk.db").exists():
        return Examined("database", State.OK, "SQLite, made at the first start")
    found, newest = schema_state(database_url(settings))
    if found == newest:
        return Examined("database", State.OK, f"schema {found} is current")
    if found is None or found < newest:
        return Examined("database", State.WARNING, f"schema {found or 'none'}; the next start brings it to {newest}")
    return Examined("database", State.FAILED, f"Schema {found} is newer than this version. Use that version.")


def _encryption(settings: Settings) -> Examined:
    """Tell whether what people wrote is encrypted; a key that is missing is an error."""
    keyring = read_keyring(settings.encryption_keys.get_secret_value())
    if _has_current_database(settings):
        check_encryption(database_url(settings), keyring)
    if keyring is None:
        return Examined("encryption", State.UNUSED, "conversations, feedback and secrets are stored as they are")
    first, *others = keyring.ids
    return Examined("encryption", State.OK, f"key {first} encrypts; {len(others)} more can read")


def _has_current_database(settings: Settings) -> bool:
    if not settings.database_url and not (settings.data_dir / "knowdesk.db").exists():
        return False
    found, newest = schema_state(database_url(settings))
    return found == newest


def _embedder(settings: Settings) -> Examined:
    with closing(Embedders(settings, build_embedder)) as embedders:
        embedders.own.embed_query("Where is my order?")
        info = embedders.own.info
    return Examined("embedder", State.OK, f"{info.model}, {info.dimension} dimensions")


def _indexes(settings: Settings) -> Iterator[Examined]:
    """Compare what each index was built with to the settings, and open the store if no server has it."""
    if not settings.database_url and not (settings.data_dir / "knowdesk.db").exists():
        yield Examined("index", State.OK, "no knowledge base yet")
        return
    if not _has_current_database(settings):
        yield Examined("index", State.WARNING, "looked at once the database is current")
        return
    with open_records(settings) as records:
        in_use = {each.name: records.knowledge.index(each.name) for each in records.knowledge.knowledge_bases()}
    with closing(Embedders(settings, build_embedder)) as embedders:
        for name, built in in_use.items():
            if built is None:
                yield Examined(f"index of {name}", State.OK, "empty")
                continue
            embedder = embedders.load(built.source) if built.source else embedders.own
            wanted = index_signature(embedder.info, Bm25Encoder().signature)
            check_signature(name, built=built.signature, wanted=wanted)
            yield Examined(f"index of {name}", State.OK, f"fits {built.source or 'the settings'}")


def _store(settings: Settings) -> Examined:
    """Ask the Qdrant server, or open the folder of Qdrant Edge, which a running server holds."""
    if not settings.qdrant_url and not settings.data_dir.exists():
        return Examined("Qdrant", State.OK, "Qdrant Edge, made at the first start")
    try:
        store = build_store(settings)
    except Conflict as error:
        return Examined("Qdrant", State.OK, error.message)
    try:
        store.exists("knowdesk-doctor")
    finally:
        store.close()
    return Examined("Qdrant", State.OK, "the server answers" if settings.qdrant_url else "Qdrant Edge opens")


def _ocr(settings: Settings) -> Examined:
    from ingestion.ocr.tesseract import TesseractEngine, tesseract_installed

    tesseract = tesseract_installed()
    codes = ", ".join(sorted(TesseractEngine().installed)) if tesseract else ""
    if settings.ocr_engine == "tesseract" and not tesseract:
        return Examined("OCR", State.FAILED, "Tesseract is not installed. Install it, or set ocr_engine to rapidocr.")
    if settings.ocr_engine == "rapidocr" and find_spec("rapidocr") is None:
        return Examined("OCR", State.FAILED, "RapidOCR is not installed. Run: pip install rapidocr")
    beside = f"Tesseract: {codes}" if tesseract else "no Tesseract: Chinese, Japanese and Latin script only"
    return Examined("OCR", State.OK if tesseract else State.WARNING, f"{settings.ocr_engine}; {beside}")


def _language_model(settings: Settings) -> Examined:
    generator = build_generator(settings)
    if generator is None:
        return Examined("language model", State.UNUSED, "answers quote the knowledge")
    if isinstance(generator, Probed):
        generator.probe()
    return Examined("language model", State.OK, f"{generator.model} can be reached")


def _rate_limits(settings: Settings) -> Examined:
    from api.serving.rates import Rates

    Rates.of(settings)
    if not (settings.rate_limits or settings.tenant_rate_limits):
        return Examined("rate limits", State.UNUSED, "callers may send as much as they like")
    return Examined("rate limits", State.OK, "shared in Redis" if settings.rate_limit_url else "in this process")


def _traces(settings: Settings) -> Examined:
    from api.serving.tracing import otlp_exporter

    if not settings.otel_endpoint:
        return Examined("traces", State.UNUSED)
    otlp_exporter(settings.otel_endpoint).shutdown()
    return Examined("traces", State.OK, "OpenTelemetry is installed")


def _fonts(_: Settings) -> Examined:
    """Look for fonts: pages of PDFs that carry none are drawn with the system's before they are read."""
    names = [path.name.lower() for place in FONT_FOLDERS for path in Path(place).rglob("*") if path.suffix in FONTS]
    if not names:
        return Examined("fonts", State.WARNING, "No fonts: scans in PDFs without fonts may stay empty. Install some.")
    if not any(mark in name for name in names for mark in CJK_FONTS):
        return Examined("fonts", State.WARNING, f"{len(names)}, none of them Chinese, Japanese or Korean")
    return Examined("fonts", State.OK, f"{len(names)}, some of them Chinese, Japanese or Korean")
