"""Countries and regions that policies tell apart, as they are named in several languages."""

from __future__ import annotations

from collections.abc import Mapping

from engine.languages.names import Names

__all__ = ["places"]

# ISO 3166 codes; upper-case abbreviations are left out, since folded text does not tell "us" from "US".
_NAMES: Mapping[str, str] = {
    "CN": r"\bmainland(?: china)?\b|\bchina\b|中国大陆|大陆|内地|中国本土|中国(?!香港|澳门|台湾)",
    "HK": r"\bhong kong\b|香港|港澳",
    "MO": r"\bmacau\b|\bmacao\b|澳门|マカオ|港澳",
    "TW": r"\btaiwan\b|台湾|台澎金马",
    "JP": r"\bjapan\b|日本",
    "KR": r"\b(?:south )?korea\b|韩国",
    "SG": r"\bsingapore\b|新加坡|シンガポール",
    "US": r"\bunited states\b|\busa\b|美国|アメリカ|米国",
    "CA": r"\bcanada\b|加拿大|カナダ",
    "AU": r"\baustralia\b|澳大利亚|澳洲|オーストラリア",
    "NZ": r"\bnew zealand\b|新西兰|ニュージーランド",
    "GB": r"\bunited kingdom\b|\bnorthern ireland\b|\bengland\b|\bscotland\b|\bwales\b|\blondon\b|"
    r"\bbritain\b|\buk\b|英国|イギリス",
    "CH": r"\bswitzerland\b|瑞士|スイス",
    "NO": r"\bnorway\b|挪威|ノルウェー",
    "NL": r"\bnetherlands\b|荷兰|オランダ",
    "BE": r"\bbelgium\b|比利时|ベルギー",
    "DE": r"\bgermany\b|德国|ドイツ",
    "FR": r"\bfrance\b|法国|フランス",
    "ES": r"\bspain\b|西班牙|スペイン",
    "IT": r"\bitaly\b|意大利|イタリア",
    "AT": r"\baustria\b|奥地利|オーストリア",
    "IE": r"(?<!northern )\bireland\b|爱尔兰|アイルランド",
    "PT": r"\bportugal\b|葡萄牙|ポルトガル",
    "PL": r"\bpoland\b|波兰|ポーランド",
    "SE": r"\bsweden\b|瑞典|スウェーデン",
    "DK": r"\bdenmark\b|丹麦|デンマーク",
    "FI": r"\bfinland\b|芬兰|フィンランド",
}
_UNION = ("NL", "BE", "DE", "FR", "ES", "IT", "AT", "IE", "PT", "PL", "SE", "DK", "FI")
_PLACES = Names({**_NAMES, "EU": r"\beu\b|\beuropean union\b|欧盟|\beurope\b|欧洲|ヨーロッパ"})


def places(folded: str) -> frozenset[str]:
    """Return the ISO 3166 codes of the places that a folded text names; of the EU, those of its members listed here."""
    found = _PLACES.within(folded)
    return found - {"EU"} | {*_UNION} if "EU" in found else found
