"""Tell the writing system of a text, and Chinese from Japanese written in kanji alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.languages.folding import converted

__all__ = ["MARKS", "SCRIPTS", "THAI", "Script", "chinese_script", "dominant_script", "han_language"]


@dataclass(frozen=True, slots=True)
class Script:
    """A writing system: its characters (a regular-expression class), and the languages to choose from, likeliest first.

    `weight` says how much one character of it tells beside a Latin letter: product names in Latin letters stand in
    texts of every language, seldom the other way round.
    """

    characters: str
    languages: tuple[str, ...]
    weight: int = 2


_LATIN = ("en", "de", "fr", "es", "it", "pt", "vi", "nl", "pl", "tr", "id", "sv", "da", "no", "fi", "ro", "cs", "hu")
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9d"
SCRIPTS: Mapping[str, Script] = {
    "Latn": Script("A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a", _LATIN, 1),
    "Hani": Script(_HAN + _KANA, ("zh", "ja"), 5),
    "Hang": Script("\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3", ("ko",), 5),
    "Cyrl": Script("\u0400-\u052f", ("ru", "uk", "bg")),
    "Arab": Script("\u0620-\u065f\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc", ("ar", "fa", "ur")),
    "Thai": Script("\u0e01-\u0e4e", ("th",)),
    "Deva": Script("\u0900-\u0963", ("hi", "mr", "ne")),
    "Grek": Script("\u0370-\u03ff\u1f00-\u1fff", ("el",)),
    "Hebr": Script("\u05b0-\u05ea", ("he",)),
    "Beng": Script("\u0980-\u09fe", ("bn",)),
    "Guru": Script("\u0a00-\u0a7f", ("pa",)),
    "Gujr": Script("\u0a80-\u0aff", ("gu",)),
    "Taml": Script("\u0b80-\u0bff", ("ta",)),
    "Telu": Script("\u0c00-\u0c7f", ("te",)),
    "Knda": Script("\u0c80-\u0cff", ("kn",)),
    "Mlym": Script("\u0d00-\u0d7f", ("ml",)),
    "Sinh": Script("\u0d80-\u0dff", ("si",)),
    "Laoo": Script("\u0e81-\u0edf", ("lo",)),
    "Mymr": Script("\u1000-\u109f", ("my",)),
    "Geor": Script("\u10a0-\u10ff", ("ka",)),
    "Ethi": Script("\u1200-\u137f", ("am",)),
    "Khmr": Script("\u1780-\u17ff", ("km",)),
    "Armn": Script("\u0530-\u058f", ("hy",)),
}
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
"""Vowels and tones of Hebrew, Arabic and the scripts of India, and accents: no letters for `re`, yet parts of words."""

THAI = "[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*"
"""Matches one character of Thai, which has no spaces between words, with its vowel and tone marks."""

_RUNS = {name: re.compile(f"[{script.characters}]+") for name, script in SCRIPTS.items()}
_KANA_RUN = re.compile(f"[{_KANA}]+")
_HAN_RUN = re.compile(f"[{_HAN}]+")

# Forms that only Japanese uses: shinjitai of OpenCC's JPShinjitaiCharacters that are neither simplified nor usual
# traditional Chinese, and kanji made in Japan.
_JAPANESE_FORMS = frozenset(
    "両乗亀亜仏仮伝価値倹働児円処剣剤剰労効勅勧勲匂単厳収呉呪営噛団囲図圏圧塀塁塡塩増壊壌壱売変奨嬢実寛対専峠巌巣巻帯帰"
    "庁広廃弁弐弾従徳徴応恵悩悪懐戦戻払抜択拝拠拡挙挿捜掲掻摂撃撹斉斎晩暁暦枠栄桜桟検楡楽様槙権歓歩歯歳歴毎気氷汚沢浄浜"
    "涙渇済渉渋渓満溌滝瀬焔焼犠猟獣畑畳痩痺発県砕稲穂穏穣竜粋粛経絵継続総縁縄縦繊繋繍聴脳臓舎舗艶荘蔵薫薬蛍蝋覇覚覧観"
    "訳読譲豊賛転軽輌辺込逓遅郷酔醤醸釈鉄鉱銭鋳錬関闘陥険隠隣雑霊頼顕駅駆騒験髄髪鴎鶏黒黙齢"
)
_JAPANESE_WORDS = re.compile(
    "返品|送料|手数料|領収|注文|無料|有料|取扱|予約|見積|配達|返金|請求書|在庫|税込|税抜|代引|宅配|届先|宛先|宛名|受取|支払|"
    "問合|番号|初期不良|掃除機|会員|登録|修理代"
)
_CHINESE_WORDS = re.compile(
    "[的吗嗎呢吧啊我你您们們这這哪怎谁誰没沒还還请請帮幫给給让讓]|什么|什麼|甚麼|是否|如何|可以|多久|多少|为|為何|退款|退货|退貨|"
    "快递|快遞|收到|下单|下單|发票|發票"
)
# Everyday words of one region whose characters both scripts share.
_REGIONAL_WORDS = {
    "zh-Hans": re.compile("保修|短信|充值|人工客服|公交|快件"),
    "zh-Hant": re.compile("保固|信箱|宅配|超商|登入|存取|折抵|客服專員|到府"),
}
# Simplified characters that traditional text uses as well (OpenCC's STCharacters lists them as their own form).
_IN_BOTH_SCRIPTS = frozenset(
    "万丑丰于云亘仆价伙余佛佣俊修僵克党冢冬准凌几凶出划刮制千升卜占即卷厂厘只台叶吁吃合吊同后向呆周咨咸咽哄唇喂噪回困埼夸"
    "奸姜娘家尸局岩岳峰巨布帘席干幸广床庵弦彩征御志念恤愈愿戚扇才扎托扣折抬抵拐拼挂挨挲挽捆捍据搜教斗旋旗既昆暗曲札朱朴杆"
    "杠杯杰松板极柜查栗核梁棋棱欲污沈沾泄泛注涂涌淀游溪溯漓灶熏狸玩璇症痴皂真矩确私秋种秘筑粽糊糖系累群胄胜胡腊腌膻致舍芸"
    "苔苹范荐蒙蓑蔑虫蚝蜡蝎表谷跖踊辟适逾郁酸采里雇雕面飧"
)


def dominant_script(text: str) -> str | None:
    """Return the ISO 15924 code (a key of SCRIPTS; "Hani" with kana) that weighs most in `text`, or None."""
    weights = {
        name: SCRIPTS[name].weight * sum(map(len, run.findall(text)))
        for name, run in _RUNS.items()
        if name == "Latn" or not text.isascii()
    }
    best = max(weights, key=weights.__getitem__)
    return best if weights[best] else None


def han_language(text: str) -> str:
    """Return "ja", "zh-Hans" or "zh-Hant" for text in Han characters and kana."""
    kana = sum(map(len, _KANA_RUN.findall(text)))
    han = "".join(_HAN_RUN.findall(text))
    japanese = kana + sum(char in _JAPANESE_FORMS for char in han) + 2 * len(_JAPANESE_WORDS.findall(han))
    chinese = sum(char in _chinese_only() for char in han) + len(_CHINESE_WORDS.findall(text))
    if japanese > chinese and (kana == 0 or kana * 10 >= len(han)):
        return "ja"
    return chinese_script(han)


def chinese_script(text: str) -> str:
    """Return "zh-Hans" or "zh-Hant": whichever has more characters that the other writes differently.

    Where the characters do not tell, regional wording does (by OpenCC's phrase tables, too); else it is simplified.
    """
    simplified = sum(char in _simplified() for char in text)
    traditional = sum(a != b for a, b in zip(text, converted(text, "t2s"), strict=False))
    if simplified == traditional:
        simplified += len(_REGIONAL_WORDS["zh-Hans"].findall(text))
        traditional += len(_REGIONAL_WORDS["zh-Hant"].findall(text)) + _has_phrases(text, "tw2sp", "tw2s")
        if traditional > simplified:  # else they cannot matter, and their table takes 140 ms to load
            simplified += _has_phrases(text, "s2twp", "s2tw")
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _has_phrases(text: str, with_phrases: str, without: str) -> bool:
    return converted(text, with_phrases) != converted(text, without)


@lru_cache(maxsize=1)
def _simplified() -> frozenset[str]:
    """Return the characters of simplified Chinese that traditional Chinese does not use."""
    return frozenset(after for _, after in _changed_by("t2s")) - _IN_BOTH_SCRIPTS


@lru_cache(maxsize=1)
def _chinese_only() -> frozenset[str]:
    """Return those that Japanese does not use either."""
    return _simplified() - frozenset(before for before, _ in _changed_by("jp2t"))


def _changed_by(config: str) -> list[tuple[str, str]]:
    every = "\n".join(map(chr, range(0x4E00, 0xA000)))  # on lines of their own, so that no phrase arises
    return [(a, b) for a, b in zip(every, converted(every, config), strict=True) if a != b]
