from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.errors import Misconfigured
from engine.optional import require


def test_a_module_that_is_there_is_returned() -> None:
    assert require("json", "anything") is json


def test_a_missing_module_names_itself_and_the_exact_command() -> None:
    with pytest.raises(Misconfigured) as caught:
        require("no_such_module.inside", "lingua")
    assert "'no_such_module'" in caught.value.message
    assert caught.value.remedy == 'Run: pip install "knowdesk[lingua]"'


def test_what_a_module_lacks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "needs_another.py").write_text("import the_other_one\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(Misconfigured, match="'the_other_one' is not installed"):
        require("needs_another", "extra")


def test_a_module_without_the_wanted_name_is_misconfigured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "too_old.py").write_text("from json import no_such_function\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(Misconfigured, match=r"knowdesk\[extra\]"):
        require("too_old", "extra")
