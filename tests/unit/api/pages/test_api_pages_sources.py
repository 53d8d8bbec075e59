"""How the scripts of the pages are written: small, safe, nothing from elsewhere."""

from __future__ import annotations

import re

import pytest

from api.pages.files import STATIC

MAX_LINES = 300
MODULES = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js"))
STYLES = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.css"))
UNSAFE = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|setHTML")
ELSEWHERE = re.compile(r"""["'(]https?://(?!www\.w3\.org/2000/svg)""")
IMPORTED = re.compile(r"""(?:from\s+|import\()"([^"]+)\"""")


def read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_short_typed_and_safe(module: str) -> None:
    text = read(module)
    assert text.startswith("// @ts-check\n/**"), "types are checked, and the first comment says what it is"
    assert text.count("\n") <= MAX_LINES
    assert UNSAFE.findall(text) == []
    assert ELSEWHERE.findall(text) == []


@pytest.mark.parametrize("module", MODULES)
def test_what_a_module_imports_is_there(module: str) -> None:
    for name in IMPORTED.findall(read(module)):
        assert name.startswith("."), name
        assert (STATIC / module).parent.joinpath(name).resolve().is_file(), name


@pytest.mark.parametrize("style", STYLES)
def test_styles_load_nothing(style: str) -> None:
    assert "url(" not in read(style)
    assert "@import" not in read(style)


@pytest.mark.parametrize("text", ["node.innerHTML = x", "eval(x)", "new Function(x)", "frame.srcdoc = x"])
def test_an_unsafe_way_would_be_seen(text: str) -> None:
    assert UNSAFE.search(text)
