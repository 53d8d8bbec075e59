"""How the list of documents behaves when there are many: `python -m tests.pages.many [DOCUMENTS]` prints figures."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, insert

from api.app import create_app
from engine.assembly import build_engine
from engine.persistence.tables import documents, knowledge_bases, versions
from engine.settings import Settings, load_settings
from tests.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["MANY", "fill", "frames"]

MANY = "many"
FRAMES = """(steps) => new Promise((resolve) => {
  const list = document.querySelector(".virtual");
  const times = [];
  let last = performance.now();
  function step(now) {
    times.push(now - last);
    last = now;
    if (times.length > steps) return resolve(times.slice(1));
    list.scrollTop += list.scrollHeight / (steps + 10);
    requestAnimationFrame(step);
  }
  requestAnimationFrame(step);
})"""


def fill(settings: Settings, count: int) -> None:
    """Write the records of many documents into a knowledge base, without texts and index."""
    build_engine(settings).close()
    engine = create_engine(f"sqlite:///{settings.data_dir / 'knowdesk.db'}")
    ids = [f"{number:08x}-0000-0000-0000-000000000000" for number in range(count)]
    with engine.begin() as connection:
        connection.execute(insert(knowledge_bases), [{"name": MANY, "description": ""}])
        connection.execute(insert(documents), [_document(key, number) for number, key in enumerate(ids)])
        connection.execute(insert(versions), [_version(key, number) for number, key in enumerate(ids)])
    engine.dispose()


def _document(key: str, number: int) -> dict[str, Any]:
    return {
        "id": key,
        "knowledge_base": MANY,
        "current_version": 1,
        "source": "upload",
        "uri": f"pages/{number:06}.md",
        "container": "",
    }


def _version(key: str, number: int) -> dict[str, Any]:
    kind = ("page", "manual", "faq", "policy")[number % 4]
    return {
        "document_id": key,
        "version": 1,
        "activated": True,
        "source": "upload",
        "uri": f"pages/{number:06}.md",
        "title": f"Article {number} about the {('kettle', 'grinder', 'vacuum')[number % 3]}",
        "kind": kind,
        "language": ("en", "ja", "zh-Hans", "zh-Hant")[number % 4],
        "content_hash": key,
        "tags": [],
        "metadata": {},
        "chunk_count": 3,
        "updated_at": "2026-07-01T09:00:00+00:00",
        "edited": [],
    }


def frames(page: Page, steps: int = 120) -> list[float]:
    """Scroll the list from top to bottom; return how many milliseconds each frame took."""
    times: list[float] = page.evaluate(FRAMES, steps)
    return times


def _look(page: Page, count: int) -> None:
    with _timed("open the list"):
        page.goto("/console/documents")
        _seen(page, "Article 0 ")
    times = sorted(frames(page))
    _say("median frame while scrolling", times[len(times) // 2])
    _say("95th percentile of frames", times[int(len(times) * 0.95)])
    with _timed("the middle of the list"):
        _scroll(page, 0.5)
        _seen(page, f"Article {count // 2} ")
    with _timed("the end of the list"):
        _scroll(page, 1.0)
        _seen(page, f"Article {count - 1} ")
    with _timed("filter by kind"):
        page.get_by_label("Kind").select_option("faq")
        _seen(page, "Article 2 ")
    with _timed("search by name"):
        page.get_by_label("Search by title or path").fill(f"article {count - 2} ")
        _seen(page, f"Article {count - 2} ")


@contextmanager
def _timed(name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    _say(name, (time.perf_counter() - began) * 1000)


def _say(name: str, milliseconds: float) -> None:
    print(f"{name:<44}{milliseconds:8.0f} ms")  # noqa: T201


def main() -> None:
    """Fill a folder, open the list and print how long things take."""
    from playwright.sync_api import sync_playwright

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        settings = load_settings(data_dir=Path(folder) / "data", parse_workers=0)
        fill(settings, count)
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with serving(create_app(settings)) as address:
            page = browser.new_page(base_url=address)
            page.set_default_timeout(60_000)
            _look(page, count)
        browser.close()


def _seen(page: Page, title: str) -> None:
    page.locator(".virtual a", has_text=title).first.wait_for()


def _scroll(page: Page, share: float) -> None:
    page.evaluate(
        "(share) => { const l = document.querySelector('.virtual'); l.scrollTop = l.scrollHeight * share; }", share
    )


if __name__ == "__main__":
    main()
