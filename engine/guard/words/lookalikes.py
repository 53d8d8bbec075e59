"""Characters that pass for others: look-alike letters, digits for letters, characters written in pieces."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["MASKS", "PIECES", "canonical"]

MASKS = frozenset("*#_●○□■◯×✕✖▇█※?？~〇＊")
"""What people put in the place of a letter."""

# Letters of other scripts that look Latin (Unicode Technical Standard 39, confusables; the common ones).
_LOOK = str.maketrans(
    "авекмнорстухіјѕԁԛԝьпαβεικνορτυχγѵօսһʟʀɴᴀʙᴄᴅᴇɢʜᴊᴋᴍᴏᴘᴛᴜᴠᴡʏᴢɑɡıł",
    "abekmhopctyxijsdqwbnabeikvoptuxyvouhlrnabcdeghjkmoptuvwyzagil",
)
# Digits and signs for letters; letters that cannot be told apart from one another share a class.
_LEET = str.maketrans("04@31!|l57$8692+", "oaaeiiiistsbggzt")
_REGIONAL = {0x1F1E6 + at: chr(ord("a") + at) for at in range(26)}
_SQUARED = {base + at: chr(ord("a") + at) for base in (0x1F130, 0x1F150, 0x1F170) for at in range(26)}
_KATAKANA = {code: chr(code - 0x60) for code in range(0x30A1, 0x30F7)}
_SIGNS = frozenset("@!|$+")

_WRITTEN_APART = """
    信=亻言|人言 钱=钅戋|金戋 强=弓虽 权=木又 识=讠只 赌=贝者 枪=木仓 好=女子 胡=古月
    林=木木 期=其月 和=禾口 知=矢口 加=力口 如=女口 吃=口乞 法=氵去 操=扌喿 打=扌丁 投=扌殳
    炒=火少 死=歹匕 外=夕卜 贱=贝戋 贿=贝有 赂=贝各 购=贝勾 财=贝才 贩=贝反 账=贝长 骗=马扁
    骚=马蚤 们=亻门 他=亻也 你=亻尔|人尔 伪=亻为 保=亻呆 现=王见|玉见 代=亻弋 群=君羊
    聊=耳卯 私=禾厶 转=车专 帐=巾长 码=石马 抢=扌仓 妈=女马 奶=女乃 婊=女表 妓=女支 娼=女昌
    嫖=女票 奸=女干 鸡=又鸟 鸭=甲鸟 狗=犭句 猪=犭者 理=王里 股=月殳 粪=米共 歪=不正 劣=少力
    费=弗贝 资=次贝 贷=代贝 货=化贝 贪=今贝 贫=分贝 垃=土立 圾=土及 杀=乂木 脑=月凶 残=歹戋
    蛋=疋虫 毒=主母 滚=氵衮 洗=氵先 淫=氵壬 汇=氵匚 微=彳攵 博=十尃 彩=采彡 刷=尸刂 单=丷甲
    票=西示 假=亻叚 证=讠正 枕=木冘 炮=火包 约=纟勺
"""
PIECES = {whole: parts.split("|") for whole, _, parts in (pair.partition("=") for pair in _WRITTEN_APART.split())}
"""Characters by the parts that they are written as, side by side."""


@lru_cache(maxsize=8192)
def canonical(char: str) -> str:
    """Return what a folded character stands for in a disguise, "" for one that only separates.

    Latin letters lose their accents; digits and signs become the letters that they pass for; katakana become hiragana.
    """
    code = ord(char)
    if code in _REGIONAL or code in _SQUARED:
        return _class(_REGIONAL.get(code) or _SQUARED[code])
    if code in _KATAKANA:
        return _KATAKANA[code]
    if char in MASKS or not (char.isalnum() or char in _SIGNS):
        return ""
    if code > 0x2E7F:
        return char
    return _class(unicodedata.normalize("NFKD", char)[0].translate(_LOOK))


def _class(letter: str) -> str:
    return letter.translate(_LEET)
