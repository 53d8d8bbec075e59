"""How much script and style a page loads: everything that its modules import, packed as it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from api.pages.files import ENTRIES, STATIC, loaded

MOST_SCRIPT = 150_000  # bytes packed, of a page with all that it ever loads
MOST_STYLE = 30_000
STATICALLY = re.compile(r'^(?:import|export)\b[^;]*?from\s+"([^"]+)"|^import\s+"([^"]+)"', re.MULTILINE)
PAGE = re.compile(r'name: "([\w-]+)".*?import\("([^"]+)"\)')
TABLE = "console/pages/index.js"
LOADED = re.compile(r'(?:src|href)="/pages/([^"]+\.(?:js|css))"')


def resolved(module: str, name: str) -> str:
    return (STATIC / module).parent.joinpath(name).resolve().relative_to(STATIC.resolve()).as_posix()


@cache
def imported(module: str) -> frozenset[str]:
    """Return what a module imports at once."""
    text = (STATIC / module).read_text(encoding="utf-8")
    return frozenset(resolved(module, a or b) for a, b in STATICALLY.findall(text))


def reached(*modules: str) -> set[str]:
    """Return the modules and all that they import, directly or not."""
    found, waiting = set[str](), list(modules)
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += imported(module)
    return found


def packed(names: set[str]) -> int:
    return sum(len(file.packed) for name in names if (file := loaded(name)))


def entries() -> Iterator[tuple[str, list[str], list[str]]]:
    for address, entry in ENTRIES.items():
        files = LOADED.findall((STATIC / entry.file).read_text(encoding="utf-8"))
        yield (
            address,
            [each for each in files if each.endswith(".js")],
            [each for each in files if each.endswith(".css")],
        )


PAGES = PAGE.findall((STATIC / TABLE).read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "module"), PAGES)
def test_a_page_of_the_console_loads_little_script(name: str, module: str) -> None:
    modules = reached("console/main.js", resolved(TABLE, module))
    assert {"shared/dom.js", "shared/api.js", "console/router.js"} <= modules
    assert 10_000 < packed(modules) < MOST_SCRIPT, name


def test_every_entry_loads_little() -> None:
    for address, scripts, styles in entries():
        assert 0 < packed(reached(*scripts)) < MOST_SCRIPT, address
        assert packed(set(styles)) < MOST_STYLE, address


def test_every_row_of_the_table_of_pages_is_read() -> None:
    assert len(PAGES) == (STATIC / TABLE).read_text(encoding="utf-8").count('import("./') >= 8
