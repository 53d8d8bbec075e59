"""Words that announce a person's name or a postal address, in every language of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.languages.profile import folded_words

__all__ = ["NAMELESS", "PERSONAL_CUES", "SURNAMES", "PersonalCues"]


@dataclass(frozen=True, slots=True)
class PersonalCues:
    """Variants are separated by "|".

    `introductions` come right before a name, `closings` right behind one ("と申します"); `labels` and
    `address_labels` stand before a colon; `greetings` before a name that a comma follows; `addresses` introduce an
    address inside a sentence; `titles` come before a surname.
    """

    introductions: str = ""
    closings: str = ""
    labels: str = ""
    greetings: str = ""
    titles: str = ""
    address_labels: str = ""
    addresses: str = ""


PERSONAL_CUES: Mapping[str, PersonalCues] = {
    "en": PersonalCues(
        introductions="my name is|my name's|my full name is|the name is|the name's|you can call me",
        labels="name|full name|customer name|first name|last name|surname|recipient|cardholder|contact person",
        greetings="hi|hello|hey|dear|good morning|good afternoon|good evening|thank you|thanks",
        titles="Mr|Mrs|Ms|Miss|Dr",
        address_labels="address|billing address|shipping address|delivery address|home address|ship to|deliver to",
        addresses="my address is|my new address is|i live at|deliver it to|the address is",
    ),
    "de": PersonalCues(
        introductions="mein name ist|ich heiße|ich heisse|ich bin der|ich bin die",
        labels="name|vorname|nachname|empfänger|kontoinhaber|ansprechpartner",
        greetings="hallo|guten tag|guten morgen|guten abend|liebe|lieber|danke|vielen dank",
        titles="Herr|Herrn|Frau",
        address_labels="adresse|anschrift|lieferadresse|rechnungsadresse|wohnort",
        addresses="meine adresse ist|meine adresse lautet|ich wohne in der",
    ),
    "fr": PersonalCues(
        introductions="je m'appelle|je m’appelle|mon nom est|je me nomme",
        labels="nom|prénom|nom complet|destinataire|titulaire",
        greetings="bonjour|bonsoir|salut|cher|chère|merci",
        titles="Monsieur|Madame|Mademoiselle|Mme|M",
        address_labels="adresse|adresse de livraison|adresse de facturation|domicile",
        addresses="mon adresse est|j'habite au|j’habite au",
    ),
    "es": PersonalCues(
        introductions="me llamo|mi nombre es|soy el señor|soy la señora",
        labels="nombre|apellidos|nombre completo|destinatario|titular",
        greetings="hola|buenos días|buenas tardes|buenas noches|estimado|estimada|gracias",
        titles="Sr|Sra|Srta|señor|señora",
        address_labels="dirección|domicilio|dirección de envío|dirección de facturación",
        addresses="mi dirección es|vivo en la calle",
    ),
    "it": PersonalCues(
        introductions="mi chiamo|il mio nome è",
        labels="nome|cognome|nome e cognome|destinatario|intestatario",
        greetings="ciao|buongiorno|buonasera|salve|gentile|grazie",
        titles="Sig|Sig.ra|signor|signora",
        address_labels="indirizzo|indirizzo di consegna|indirizzo di spedizione|domicilio",
        addresses="il mio indirizzo è|abito in via",
    ),
    "pt": PersonalCues(
        introductions="me chamo|chamo-me|meu nome é|o meu nome é",
        labels="nome|sobrenome|apelido|nome completo|destinatário|titular",
        greetings="olá|oi|bom dia|boa tarde|boa noite|prezado|prezada|caro|cara|obrigado|obrigada",
        titles="Sr|Sra|senhor|senhora",
        address_labels="endereço|morada|endereço de entrega",
        addresses="meu endereço é|a minha morada é|moro na rua",
    ),
    "ru": PersonalCues(
        introductions="меня зовут|мое имя|моё имя",
        labels="имя|фамилия|фио|получатель|контактное лицо",
        greetings="здравствуйте|добрый день|добрый вечер|доброе утро|привет|уважаемый|уважаемая|спасибо",
        address_labels="адрес|адрес доставки",
        addresses="мой адрес|я живу по адресу",
    ),
    "vi": PersonalCues(
        introductions="tôi tên là|tên tôi là|em tên là|mình tên là",
        labels="tên|họ tên|họ và tên|người nhận",
        greetings="chào anh|chào chị|xin chào|kính gửi",
        address_labels="địa chỉ|địa chỉ giao hàng",
        addresses="địa chỉ của tôi là",
    ),
    "zh": PersonalCues(
        introductions="我叫|我的名字是|我的名字叫|我名叫|本人姓名",
        labels="姓名|名字|收件人|收货人|收貨人|联系人|聯絡人|持卡人|客户姓名|客戶姓名|顾客姓名|顧客姓名",
        address_labels="地址|收货地址|收貨地址|收件地址|送货地址|送貨地址|家庭住址|住址|账单地址|帳單地址",
        addresses="地址是|地址为|地址為|我住在|寄到|送到",
    ),
    "ja": PersonalCues(
        introductions="私の名前は|名前は",
        closings="と申します|と言います|といいます",
        labels="氏名|お名前|名前|宛名|受取人|名義",
        address_labels="住所|お届け先|届け先|配送先|ご住所|送付先",
        addresses="住所は|届け先は",
    ),
    "ko": PersonalCues(
        introductions="제 이름은|내 이름은|저는",
        closings="이라고 합니다|라고 합니다|입니다",
        labels="이름|성명|성함|받는 사람|수령인|예금주",
        address_labels="주소|배송지|배송 주소",
        addresses="주소는",
    ),
    "th": PersonalCues(introductions="ผมชื่อ|ดิฉันชื่อ|ฉันชื่อ|ชื่อของผมคือ", labels="ชื่อ|ชื่อผู้รับ", address_labels="ที่อยู่|ที่อยู่จัดส่ง"),
    "ar": PersonalCues(
        introductions="اسمي|أنا اسمي", labels="الاسم|اسم المستلم", address_labels="العنوان|عنوان التوصيل"
    ),
}

SURNAMES = frozenset(
    "王李高张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅梁宋郑鄭谢謝韩韓唐冯馮董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧"
    "蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯"
    "尹黎易常武乔喬贺賀赖賴龚龔"
)
"""The most frequent Chinese surnames of one character, both scripts."""

NAMELESS = folded_words(
    """all again and any anyone but buyer customer client everyone everybody folks for friend from guest guys in
    is it just ladies madam madame maam ma'am member miss mister no not ok okay please question sir sirs so
    sorry subscriber support team that thank thanks the there this to user valued very we what yes you your
    damen herren kunde kundin kunden zusammen team für ihr ihre das die es mr mrs ms dr herr herrn frau
    monsieur mme mademoiselle client cliente clientes clienti tous todos tutti senhor senhora señor señora
    équipe equipo signori pour por per a o very much clienta utente usuario usuário коллеги клиент вам за quý
    khách"""
)
"""Words behind a greeting that are nobody's name, in lower case."""
