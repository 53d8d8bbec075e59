"""The table of readings can be made anew and is the one that is shipped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import evals.fit_readings
from engine.guard.words.phonetic import READINGS, syllable

pytest.importorskip("pypinyin")


@pytest.fixture(scope="module")
def readings() -> list[tuple[str, ...]]:
    return evals.fit_readings.readings()


def test_every_character_of_the_block_has_a_row(readings: list[tuple[str, ...]]) -> None:
    assert len(readings) == 0xA000 - 0x4E00
    assert all(len(sounds) <= 2 for sounds in readings)


@pytest.mark.parametrize(
    ("char", "first"), [("中", "zhong"), ("女", "nv"), ("绿", "lv"), ("长", "zhang"), ("诶", "ei"), ("我", "wo")]
)
def test_readings_have_no_tones_and_v_for_the_umlaut(readings: list[tuple[str, ...]], char: str, first: str) -> None:
    assert first in readings[ord(char) - 0x4E00]


def test_readings_are_letters_each_once(readings: list[tuple[str, ...]]) -> None:
    for sounds in readings:
        assert len(set(sounds)) == len(sounds)
        assert all(sound.isascii() and sound.isalpha() and sound.islower() for sound in sounds)


def test_the_table_that_is_written_is_the_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evals.fit_readings, "READINGS", tmp_path / "readings.npz")
    evals.fit_readings.main()
    with np.load(tmp_path / "readings.npz") as made, np.load(READINGS) as shipped:
        assert str(made["syllables"]) == str(shipped["syllables"])
        assert (made["readings"] == shipped["readings"]).all()


@pytest.mark.parametrize("char", "微信发票中国")
def test_the_engine_reads_the_first_of_them(readings: list[tuple[str, ...]], char: str) -> None:
    assert syllable(char) == readings[ord(char) - 0x4E00][0]
