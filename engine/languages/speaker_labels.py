"""Who speaks, told by the label in front of a turn, in every language of the desk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from engine.domain.knowledge import Span

__all__ = ["STAMP", "Speaker", "is_role_label", "label_for", "role_places", "speaker_of"]

_DATE = r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?"
STAMP = (
    rf"(?:{_DATE},?[ T]{{0,3}})?(?:上午|下午|午前|午後|오전|"
    rf"오후)?\s?\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}}(?:[.,]\d{{1,6}})?)?"
    r"(?:Z|[+-]\d{2}:?\d{2})?(?:\s?[AaPp]\.?[Mm]\.?(?![A-Za-z]))?"
)
"""A regular expression for the time of a turn, with its date or not."""


class Speaker(StrEnum):
    """Who speaks in a turn of a transcript; only AGENT, BOT and SYSTEM speak for the desk."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"
    UNKNOWN = "unknown"

    @property
    def is_desk(self) -> bool:
        """Whether it is known to speak for the desk."""
        return self in {Speaker.AGENT, Speaker.BOT, Speaker.SYSTEM}


# Shown labels: customer, agent, bot, system.
_SHOWN: Mapping[str, tuple[str, str, str, str]] = {
    "en": ("Customer", "Agent", "Bot", "System"),
    "zh-Hans": ("顾客", "客服", "机器人", "系统"),
    "zh-Hant": ("顧客", "客服", "機器人", "系統"),
    "ja": ("お客様", "担当", "ボット", "システム"),
    "ko": ("고객", "상담원", "챗봇", "시스템"),
    "de": ("Kunde", "Berater", "Bot", "System"),
    "fr": ("Client", "Conseiller", "Bot", "Système"),
    "es": ("Cliente", "Agente", "Bot", "Sistema"),
    "it": ("Cliente", "Operatore", "Bot", "Sistema"),
    "pt": ("Cliente", "Atendente", "Bot", "Sistema"),
    "ru": ("Клиент", "Оператор", "Бот", "Система"),
    "vi": ("Khách hàng", "Nhân viên", "Bot", "Hệ thống"),
    "th": ("ลูกค้า", "เจ้าหน้าที่", "บอท", "ระบบ"),
    "ar": ("العميل", "الموظف", "الروبوت", "النظام"),
}
# Compounds that name the desk by whom it serves; looked for before the plain words.
_DESK = (
    r"(?:customer|client|user|guest|member)[ _-]?(?:service|support|care|success|relations|agent|advisor)\w*",
    r"kunden(?:service|dienst|betreuung|berater)\w*",
    r"(?:atención|servicio|soporte) al cliente|(?:service|support|assistance|relation)s? clients?",
    r"servizio clienti|assistenza clienti",
    r"(?:atendimento|suporte|serviço) ao cliente|служб\w+ поддержки|поддержк\w+ клиентов|chăm sóc khách hàng|cskh",
    r"บริการลูกค้า|خدمة العملاء",
    r"(?:客户|客戶|顾客|顧客|用户|用戶)(?:服务|服務|支持|支援|经理|經理|代表|专员|專員)",
    r"(?:カスタマー|お客様|顧客)(?:サポート|サービス|センター|相談|窓口|対応|係)\w*",
    r"고객(?:센터|지원|상담|서비스)\w*",
)
_WORDS: Mapping[Speaker, tuple[str, ...]] = {
    Speaker.BOT: (
        r"(?:chat)?bot|robot|virtual (?:agent|assistant)|ai(?: agent| assistant)?|assistant|automated",
        r"agent[_ ]?bot|trigger",
        r"机器人|機器人|智能(?:客服|助手|助理)|智慧客服|小助手|小幫手|ボット|チャットボット|自動応答|챗봇|봇|бот",
        r"бот-помощник|trợ lý ảo|บอท|الروبوت|روبوت",
    ),
    Speaker.CUSTOMER: (
        r"customer|client|buyer|visitor|user|end[_ -]?user|guest|caller|requester|consumer|contact|shopper|lead",
        r"subscriber",
        r"顾客|顧客|客户|客戶|买家|買家|用户|用戶|会员|會員|访客|訪客|来电者|來電者|消费者|消費者|お客|カスタマー",
        r"ユーザー|利用者",
        r"고객|구매자|이용자|사용자|회원|문의자|kund(?:e|in|en)|käufer(?:in)?|anrufer(?:in)?|besucher(?:in)?",
        r"cliente?|acheteu(?:r|se)|visiteur",
        r"usuari[oa]|comprador(?:a)?|acquirente|utente|comprador|consumidor(?:a)?|клиент\w*|покупател\w+",
        r"пользовател\w+|khách(?: hàng)?|ลูกค้า|ผู้ใช้|العميل|عميل|الزبون|زبون",
    ),
    Speaker.AGENT: (
        r"agent|support|advisor|adviser|representative|rep|operator|staff|service|helpdesk|help desk|desk",
        r"specialist|consultant|clerk|csr|seller|admin|team(?:mate)?",
        r"人工客服|客服|坐席|座席|专员|專員|卖家|賣家|店员|店員|商家|服务员|工作人员|顾问|顧問|店铺|店小二|小二|人工|担当",
        r"担当者|オペレータ(?:ー)?|スタッフ|係員|係|店舗|窓口|サポート",
        r"상담(?:원|사)|직원|담당자?|판매자|berater(?:in)?|mitarbeiter(?:in)?|support|kundenbetreuer(?:in)?",
        r"verkäufer(?:in)?|conseill(?:er|ère)|opérateur|opératrice|vendeu(?:r|se)",
        r"agente|asesor(?:a)?|operador(?:a)?|operatore|operatrice|addetto|consulente|atendente|vendedor(?:a)?",
        r"assistente|оператор\w*|сотрудник|менеджер|консультант|поддержк\w+|nhân viên|tư vấn viên|เจ้าหน้าที่",
        r"พนักงาน|แอดมิน|الموظف|موظف|الدعم|وكيل",
    ),
    Speaker.SYSTEM: (
        r"system|notification|auto[- ]?reply|activity|系统|系統|システム|시스템|систем\w+|syst[èe]me|sistema",
        r"hệ thống|ระบบ|النظام",
    ),
}
_ORDER = (Speaker.BOT, Speaker.CUSTOMER, Speaker.AGENT, Speaker.SYSTEM)
_ASCII_WORD = "A-Za-zÀ-ÖØ-öø-ÿĀ-žА-яЁё0-9"


def speaker_of(label: str) -> Speaker:
    """Return who a label such as "Agent (Tomas)" or "人工客服 若溪" names; UNKNOWN for a mere name."""
    desk, roles = _patterns()
    if desk.search(label):
        return Speaker.AGENT
    found = roles.search(label)
    return Speaker(found.lastgroup) if found and found.lastgroup else Speaker.UNKNOWN


def role_places(text: str) -> list[tuple[Span, Speaker]]:
    """Return where words for roles stand in a text and which they are, in order: for "who takes part" lines."""
    desk, roles = _patterns()
    places = {Span(*found.span()): Speaker.AGENT for found in desk.finditer(text)}
    for found in roles.finditer(text):
        if found.lastgroup and not any(held.start <= found.start() < held.end for held in list(places)):
            places[Span(*found.span())] = Speaker(found.lastgroup)
    return sorted(places.items(), key=lambda place: place[0].start)


def label_for(speaker: Speaker, language: str) -> str:
    """Return the word to show for a speaker in a language (BCP 47); English for a language without one."""
    tag = "zh-Hans" if language == "zh" else language
    words = _SHOWN.get(tag) or _SHOWN.get(tag.partition("-")[0]) or _SHOWN["en"]
    places = (Speaker.CUSTOMER, Speaker.AGENT, Speaker.BOT, Speaker.SYSTEM)
    return words[places.index(speaker)] if speaker in places else "?"


def is_role_label(label: str) -> bool:
    """Tell whether a label is a role and a name at most, as "Agent 2", "客服（若溪）" or a scrubbed "[name 1]"."""
    return _whole().fullmatch(label.strip()) is not None


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of compounds, and one whose group of the first match names the role."""
    edges = (rf"(?<![{_ASCII_WORD}])", rf"(?![{_ASCII_WORD}])")
    roles = "|".join(f"(?P<{speaker.value}>{'|'.join(_WORDS[speaker])})" for speaker in _ORDER)
    desk = "|".join(_DESK)
    return re.compile(f"{edges[0]}(?:{desk}){edges[1]}", re.I), re.compile(f"{edges[0]}(?:{roles}){edges[1]}", re.I)


@lru_cache(maxsize=1)
def _whole() -> re.Pattern[str]:
    role = "|".join((*_DESK, *(words for speaker in _ORDER for words in _WORDS[speaker])))
    name = (
        rf"(?: ?#?\d{{1,4}})?(?-i:(?: [A-ZÀ-Þ][{_ASCII_WORD}.'’-]*){{0,2}})(?: ?[(（【\[][^)）】\]]{{1,30}}[)）】\]])?"
    )
    return re.compile(
        rf"(?:{role}){{1,2}}(?:样|様|さん|님)?{name}|[^()（）:：]{{1,30}} ?[(（](?:{role})[)）]|\[name \d+\]", re.I
    )
