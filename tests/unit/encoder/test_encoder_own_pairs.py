from __future__ import annotations

from engine.encoder.own_pairs import OwnPage, OwnPassage, own_pairs, set_apart


def page(uri: str, title: str, language: str, *passages: OwnPassage) -> OwnPage:
    return OwnPage(uri, title, language, passages)


WARRANTY = OwnPassage("Two years from delivery.", ("Kettle", "Warranty"))
ENGLISH = page("en/kettle.md", "Kettle", "en", OwnPassage("It boils water."), WARRANTY)
JAPANESE = page("ja/kettle.md", "ケトル", "ja", OwnPassage("お湯を沸かします。"))


def test_titles_and_headings_go_with_the_passages_below_them() -> None:
    assert own_pairs([ENGLISH]) == [
        ("Kettle", "It boils water."),
        ("Kettle", "Two years from delivery."),
        ("Warranty", "Two years from delivery."),
    ]


def test_pages_in_folders_of_languages_are_translations() -> None:
    pairs = own_pairs([ENGLISH, JAPANESE])
    assert {("Kettle", "ケトル"), ("ケトル", "Kettle"), ("Kettle", "お湯を沸かします。")} <= set(pairs)
    assert ("ケトル", "It boils water.") in pairs


def test_other_folders_tell_pages_apart() -> None:
    other = page("blog/kettle.md", "Kettles we like", "ja", OwnPassage("Red ones."))
    assert ("Kettle", "Red ones.") not in own_pairs([page("shop/kettle.md", "Kettle", "en"), other])


def test_pages_of_one_language_are_no_translations() -> None:
    again = page("de/kettle.md", "Water boiler", "en", OwnPassage("Boils."))
    assert ("Kettle", "Boils.") not in own_pairs([ENGLISH, again])


def test_regions_and_deep_folders_are_seen() -> None:
    one = page("help/zh-TW/a/b.md", "標題", "zh-Hant", OwnPassage("正文"))
    other = page("help/zh-CN/a/b.md", "标题", "zh-Hans", OwnPassage("内容"))
    assert ("標題", "内容") in own_pairs([one, other])


def test_each_pair_comes_once_and_none_is_empty() -> None:
    plain = page("a.md", "T", "en", OwnPassage("T"), OwnPassage(" "), OwnPassage("x", ("T",)), OwnPassage("x", ("T",)))
    assert own_pairs([plain]) == [("T", "x")]


def test_a_long_document_does_not_drown_the_others() -> None:
    long = page("long.md", "Long", "en", *(OwnPassage(f"passage {number}") for number in range(500)))
    assert len(own_pairs([long])) == 8


def test_some_pages_are_set_apart_by_their_paths() -> None:
    pages = [page(f"{number}.md", "Kettle", "en") for number in range(200)]
    learnt, apart = set_apart(pages, share=4)
    assert 30 <= len(apart) <= 70
    assert sorted((*learnt, *apart), key=lambda each: each.uri) == sorted(pages, key=lambda each: each.uri)
    assert set_apart(pages[::-1], share=4)[1] == apart[::-1]


def test_pages_without_a_title_are_learnt_from() -> None:
    assert set_apart([page("a.md", "", "en")], share=1) == ([page("a.md", "", "en")], [])
