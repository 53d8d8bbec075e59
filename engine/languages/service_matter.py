"""What of a sentence is about the matter: behind the greeting, the thanks, and who is speaking."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from engine.languages.personal_cues import either
from engine.languages.service_phrases import is_small_talk
from engine.languages.width import columns

__all__ = ["is_vague", "matter_of"]

_PLACEHOLDER: Final = re.compile(r"\[(email|phone|card|iban|ip|id|link|address|name) \d+\]")
_CLAUSE: Final = re.compile(r"(?:[,，;；、]|\s[–—-](?=\s))\s*|\s+(?=(?:but|aber|mais|pero)\s)")
_LEAST: Final = 12  # columns of a clause that can stand by itself
_GREETED: Final = re.compile(
    r"^(?:(?:hi|hello|hey|hallo|hola|bonjour|bonsoir|salut|ciao|good (?:morning|afternoon|evening)|"
    r"guten (?:tag|morgen|abend)|buen[oa]s (?:días|tardes|noches))(?: there| all| zusammen)?[\s.,!]+|"
    r"(?:morning|evening|moin|servus|(?:您好|你好|こんにちは|こんばんは))[\s.,，。、!！~～]+)(?=\S)",
    re.I,
)
_POLITE: Final = re.compile(
    r"thank|sorry|apolog|danke?|entschuldig|leid|merci|désolé|excus|gracias|perdon|disculp|grazie|scus|obrigad|desculp|"
    r"спасибо|извин|cảm ơn|xin lỗi|谢谢|謝謝|感谢|感謝|多谢|多謝|抱歉|不好意思|久等|麻烦|麻煩|请问|請問|"
    r"ありがとう|申し訳|すみません|お世話|お手数|お忙しい|恐れ入り|감사|죄송|안녕|ขอบคุณ|ขอโทษ|شكرا|مرحبا",
    re.I,
)
_DEPENDS: Final = re.compile(r"so |which |because |that |if |sodass |damit |weil |所以|因此|因为|因為", re.I)
_JOINING: Final = re.compile(r"^(?:and|but|und|aber|et|mais|y|pero|e|и|но|但是?|可是|不过|不過)[\s,，]+(?=\S)", re.I)
_CONTACT: Final = re.compile(
    r"number|address|reach|call|phone|mail|name|nummer|telefon|handy|erreich|anruf|adresse|numéro|téléphon|joindre|"
    r"teléfono|correo|número|llam|numero|indirizzo|telefon[eo]|endereço|номер|телефон|почт|адрес|"
    r"电话|電話|手机|手機|号码|號碼|邮箱|信箱|邮件|联系|聯絡|地址|卡号|卡號|姓名|尾号|メール|住所|連絡|番号|名前|"
    r"번호|이메일|주소|연락|số|địa chỉ|โทร|อีเมล|ที่อยู่|رقم|هاتف|بريد|عنوان",
    re.I,
)
_REFERENCE: Final = re.compile(
    r"^\W*(?:(?:it's|it is|my|the|its|meine?|die|der|das|mon|ma|mes|la|le|mi|el|il|我的|这是|這是|是|私の)\s*)*"
    r"(?:order|bestell|auftrag|commande|pedido|ordine|ticket|case|customer|kunde|client|serial|serien|invoice|rechnung|"
    r"订单|訂單|单号|單號|注文|会员|會員|会員|序列|発注|주문)[^\d.。?？,，]{0,24}[A-Z]{0,4}[-_]?\d[\w-]*"
    r"(?:です|でございます|喔|哦|입니다)?\W*$",
    re.I,
)
_VAGUE: Final = re.compile(
    r"\bwhat (?:should|can|could|do|shall) i do\b|\bwhat now\b|\bany (?:idea|advice|help)|"
    r"\bis (?:that|this|it) normal\b|"
    r"\bhow (?:do|can) i fix (?:it|this|that)\b|"
    r"\b(?:can|could|would) (?:you|someone|anyone) (?:please )?(?:help|assist)\b|"
    r"\bwhat(?:'s| is) wrong\b|\bwas (?:soll|kann|muss|mache) ich\b|\bworan (?:liegt|kann) das\b|"
    r"\bist das (?:normal|so)\b|\bkönnen sie (?:mir )?(?:bitte )?(?:da )?helfen\b|\bque (?:dois|puis)-je faire\b|"
    r"\bqué (?:puedo|debo|hago)\b|怎么办|怎麼辦|怎么回事|怎麼回事|怎么处理|怎麼處理|正常吗|正常嗎|能帮我|可以幫我|"
    r"どうすれば|どうしたら|どうしましょう|見ていただけ|教えて(?:ください|いただけ)|어떻게 (?:하|해)",
    re.I,
)


def matter_of(sentence: str) -> str:
    """Return the end of a sentence that is about the matter, all of it or nothing: "" for a mere greeting.

    Personal data has to be scrubbed before: "My name is [name 1] and the lid leaks." gives "the lid leaks.". Sentences
    that only tell how to reach somebody or the number of an order are nothing.
    """
    at = 0
    while at < len(sentence):
        rest = sentence[at:]
        step = _aside(rest)
        if not step:
            return "" if is_small_talk(rest) or _is_particulars(rest) else rest
        at += step
    return ""


def is_vague(sentence: str) -> bool:
    """Tell whether a question asks for help and does not say with what: "What should I do?"."""
    return _VAGUE.search(sentence) is not None


def _aside(text: str) -> int:
    """Return how long the part at the beginning is that is beside the matter, 0 if it is the matter."""
    introduced = _introduction().match(text) or _GREETED.match(text) or _JOINING.match(text)
    if introduced and introduced.end():
        return introduced.end()
    clause = _CLAUSE.search(text, 1)
    if clause is None or columns(text[clause.end() :]) < _LEAST:
        return 0
    first, rest = text[: clause.start()], text[clause.end() :]
    polite = (
        is_small_talk(first) and (_POLITE.search(first) or _GREETED.match(f"{first} .")) and not _DEPENDS.match(rest)
    )
    return clause.end() if polite or _is_particulars(first) else 0


def _is_particulars(text: str) -> bool:
    """Tell whether it only tells who or where somebody is, or which order it is about."""
    if _REFERENCE.match(text):
        return True
    kinds = {found[1] for found in _PLACEHOLDER.finditer(text)}
    bare = _PLACEHOLDER.sub("", text)
    if not kinds or columns(bare) > 60:
        return False
    return _CONTACT.search(bare) is not None or not re.search(r"\w{3}|[\u3040-\uffff]{3}", bare)


@lru_cache(maxsize=1)
def _introduction() -> re.Pattern[str]:
    title = rf"(?:(?:{either('titles')})\.? )?"
    name = rf"{title}\[name \d+\](?:先生|女士|小姐|太太|様|さん|님|씨)?"
    said = rf"(?:と申します|といいます|と言います|です|입니다|이라고 합니다|,? (?:{either('speaking')})(?!\w))"
    place = r"(?: (?:from|aus|de|du|von|vom) [^,，.。!?]{1,30}?(?=[,，.。]| and | und | et | y ))?"
    ending = r"[\s,，。.!！;；、:：]*(?:(?:and|und|et|y|e|и)\s+)?"
    told = rf"(?i:{either('introductions')}|{either('selves')})[\s:：]*{name}{said}?{place}{ending}"
    return re.compile(rf"(?:{told}|{name}(?:{said}{ending}|[,，、!！]\s*))")
