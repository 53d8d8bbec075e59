"""Words that announce a person's name or a postal address, in every language of the desk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["PERSONAL_CUES", "PersonalCues", "either"]


@dataclass(frozen=True, slots=True)
class PersonalCues:
    """Variants are separated by "|".

    `introductions` come right before a name, `closings` right behind one ("と申します"); `labels` and
    `address_labels` stand before a colon; `greetings` before a name that a comma follows; `addresses` introduce an
    address inside a sentence; `titles` come before a surname. `selves` ("I am") and `kin` ("my wife") come before
    names and much else; `sign_offs` before a name that ends a line; `asks` are in questions that a name answers, and
    `speaking` follows who is on the telephone.
    """

    introductions: str = ""
    closings: str = ""
    selves: str = ""
    kin: str = ""
    sign_offs: str = ""
    asks: str = ""
    speaking: str = ""
    labels: str = ""
    greetings: str = ""
    titles: str = ""
    address_labels: str = ""
    addresses: str = ""


PERSONAL_CUES: Mapping[str, PersonalCues] = {
    "en": PersonalCues(
        introductions="my name is|my name's|my full name is|the name is|the name's|you can call me|under the name|"
        "under the name of|in the name of|on behalf of|account holder is|his name is|her name is|"
        "partner's name|husband's name|wife's name|it's under",
        labels="name|full name|customer name|first name|last name|surname|recipient|cardholder|contact person",
        greetings="hi|hello|hey|dear|good morning|good afternoon|good evening|thank you|thanks",
        titles="Mr|Mrs|Ms|Miss|Dr",
        address_labels="address|billing address|shipping address|delivery address|home address|ship to|deliver to",
        addresses="my address is|my new address is|i live at|deliver it to|the address is",
        selves="i am|i'm|i’m|this is",
        kin="my kid|my child|my wife|my husband|my partner|my son|my daughter|my mother|my father|my brother|my sister|"
        "my colleague|my boss",
        sign_offs="best regards|kind regards|warm regards|best wishes|many thanks|regards|best|cheers|sincerely|"
        "yours sincerely|sincerely yours|yours faithfully|yours truly|thanks|thank you|"
        "many thanks and best regards",
        asks="your name|your full name|your last name|your surname|your first name|the name on|"
        "the name of the account holder|who am i speaking|whom am i speaking|who i am speaking",
        speaking="speaking|here|calling|again",
    ),
    "de": PersonalCues(
        introductions="mein name ist|ich heiße|ich heisse|ich bin der|ich bin die|auf den namen|im namen von|namens",
        labels="name|vorname|nachname|empfänger|kontoinhaber|ansprechpartner",
        greetings="hallo|guten tag|guten morgen|guten abend|liebe|lieber|danke|vielen dank",
        titles="Herr|Herrn|Frau",
        address_labels="adresse|anschrift|lieferadresse|rechnungsadresse|wohnort",
        addresses="meine adresse ist|meine adresse lautet|ich wohne in der",
        selves="ich bin|ich bin's|hier ist|hier spricht|am apparat ist",
        kin="meine frau|mein mann|mein partner|meine partnerin|mein sohn|meine tochter|meine mutter|"
        "mein vater|mein bruder|meine schwester|mein kollege|meine kollegin",
        sign_offs="mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|freundliche grüße|"
        "viele grüße|beste grüße|liebe grüße|schöne grüße|herzliche grüße|viele grüsse|beste grüsse|"
        "liebe grüsse|danke und beste grüße|grüße|gruß|mfg|lg|vg|hochachtungsvoll|ihr|ihre",
        asks="ihr name|ihren namen|dein name|deinen namen|ihr nachname|ihren nachnamen|wie heißen sie|"
        "wie heissen sie|mit wem spreche",
        speaking="am apparat|am telefon",
    ),
    "fr": PersonalCues(
        introductions="je m'appelle|je m’appelle|mon nom est|je me nomme|au nom de|de la part de",
        labels="nom|prénom|nom complet|destinataire|titulaire",
        greetings="bonjour|bonsoir|salut|cher|chère|merci",
        titles="Monsieur|Madame|Mademoiselle|Mme",
        address_labels="adresse|adresse de livraison|adresse de facturation|domicile",
        addresses="mon adresse est|j'habite au|j’habite au",
        selves="je suis|c'est|c’est|ici",
        kin="ma femme|mon mari|mon épouse|mon époux|mon fils|ma fille|ma mère|mon père|mon frère|ma sœur|"
        "mon collègue|ma collègue",
        sign_offs="cordialement|bien cordialement|très cordialement|bien à vous|salutations|meilleures salutations|"
        "sincères salutations|amicalement|respectueusement|merci",
        asks="votre nom|votre prénom|ton nom|à qui ai-je|comment vous appelez",
        speaking="à l'appareil|à l’appareil",
    ),
    "es": PersonalCues(
        introductions="me llamo|mi nombre es|soy el señor|soy la señora|a nombre de|de parte de",
        labels="nombre|apellidos|nombre completo|destinatario|titular",
        greetings="hola|buenos días|buenas tardes|buenas noches|estimado|estimada|gracias",
        titles="Sr|Sra|Srta|señor|señora",
        address_labels="dirección|domicilio|dirección de envío|dirección de facturación",
        addresses="mi dirección es|vivo en la calle",
        selves="soy|le habla|te habla|le saluda|habla",
        kin="mi mujer|mi marido|mi esposa|mi esposo|mi hijo|mi hija|mi madre|mi padre|mi hermano|mi hermana|mi pareja",
        sign_offs="saludos|un saludo|saludos cordiales|un cordial saludo|cordiales saludos|atentamente|"
        "muy atentamente|un abrazo|gracias",
        asks="su nombre|tu nombre|sus apellidos|su apellido|cómo se llama|con quién hablo",
        speaking="al habla|al teléfono",
    ),
    "it": PersonalCues(
        introductions="mi chiamo|il mio nome è|a nome di|intestato a",
        labels="nome|cognome|nome e cognome|destinatario|intestatario",
        greetings="ciao|buongiorno|buonasera|salve|gentile|grazie",
        titles="Sig|Sig.ra|signor|signora",
        address_labels="indirizzo|indirizzo di consegna|indirizzo di spedizione|domicilio",
        addresses="il mio indirizzo è|abito in via",
        selves="sono|sono io|le parla|qui",
        kin="mia moglie|mio marito|mio figlio|mia figlia|mia madre|mio padre|mio fratello|mia sorella",
        sign_offs="cordiali saluti|distinti saluti|saluti|un saluto|cordialmente|grazie",
        asks="il suo nome|il tuo nome|il suo cognome|come si chiama|con chi parlo",
        speaking="al telefono",
    ),
    "pt": PersonalCues(
        introductions="me chamo|chamo-me|meu nome é|o meu nome é|em nome de|da parte de",
        labels="nome|sobrenome|apelido|nome completo|destinatário|titular",
        greetings="olá|oi|bom dia|boa tarde|boa noite|prezado|prezada|caro|cara|obrigado|obrigada",
        titles="Sr|Sra|senhor|senhora",
        address_labels="endereço|morada|endereço de entrega",
        addresses="meu endereço é|a minha morada é|moro na rua",
        selves="sou|sou o|sou a|eu sou|eu sou o|eu sou a|aqui é|aqui é o|aqui é a|fala",
        kin="minha esposa|meu marido|minha mulher|meu filho|minha filha|minha mãe|meu pai|meu irmão|minha irmã",
        sign_offs="atenciosamente|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|um abraço|abraços|"
        "saudações|obrigado|obrigada",
        asks="o seu nome|seu nome|seu sobrenome|como se chama|com quem falo",
        speaking="ao telefone",
    ),
    "ru": PersonalCues(
        introductions="меня зовут|мое имя|моё имя|на имя",
        labels="имя|фамилия|фио|получатель|контактное лицо",
        greetings="здравствуйте|добрый день|добрый вечер|доброе утро|привет|уважаемый|уважаемая|спасибо",
        address_labels="адрес|адрес доставки",
        addresses="мой адрес|я живу по адресу",
        selves="я|это|вас беспокоит|с вами говорит",
        kin="моя жена|мой муж|мой сын|моя дочь|моя мама|мой папа|мой брат|моя сестра",
        sign_offs="с уважением|с наилучшими пожеланиями|всего доброго|спасибо",
        asks="вас зовут|ваше имя|ваша фамилия|к вам обращаться",
        speaking="на связи",
    ),
    "vi": PersonalCues(
        introductions="tôi tên là|tên tôi là|em tên là|mình tên là|đứng tên",
        labels="tên|họ tên|họ và tên|người nhận",
        greetings="chào anh|chào chị|xin chào|kính gửi",
        address_labels="địa chỉ|địa chỉ giao hàng",
        addresses="địa chỉ của tôi là",
        selves="tôi là|em là|mình là|đây là",
        kin="vợ tôi|chồng tôi|con trai tôi|con gái tôi",
        sign_offs="trân trọng|thân ái|thân mến|cảm ơn|xin cảm ơn",
        asks="tên anh là gì|tên chị là gì|tên của anh|tên của chị|quý khách tên|tên quý khách",
    ),
    "zh": PersonalCues(
        introductions="我叫|我的名字是|我的名字叫|我名叫|本人姓名",
        labels="姓名|名字|收件人|收货人|收貨人|联系人|聯絡人|持卡人|客户姓名|客戶姓名|顾客姓名|顧客姓名",
        address_labels="地址|收货地址|收貨地址|收件地址|送货地址|送貨地址|家庭住址|住址|账单地址|帳單地址",
        addresses="地址是|地址为|地址為|我住在|寄到|送到",
        selves="我是|这里是|這裡是|这边是|這邊是|我就是|叫我",
        sign_offs="此致|敬礼|敬禮|祝好|顺颂商祺|順頌商祺|顺祝商祺|順祝商祺",
        asks="您贵姓|您貴姓|怎么称呼|怎麼稱呼|如何称呼|如何稱呼|您的姓名|您的名字|你的名字|您叫什么|您叫什麼|贵姓|貴姓|大名",
    ),
    "ja": PersonalCues(
        introductions="私の名前は|名前は",
        closings="と申します|と言います|といいます",
        labels="氏名|お名前|名前|宛名|受取人|名義",
        address_labels="住所|お届け先|届け先|配送先|ご住所|送付先",
        addresses="住所は|届け先は",
        selves="私は|わたくしは",
        sign_offs="よろしくお願いいたします|よろしくお願い致します|よろしくお願いします|宜しくお願いいたします|宜しくお願い致します|宜しくお願いします|敬具|以上",
        asks="お名前|ご氏名|お客様名|どちら様",
    ),
    "ko": PersonalCues(
        introductions="제 이름은|내 이름은",
        closings="이라고 합니다|라고 합니다|이라고 해요|라고 해요",
        labels="이름|성명|성함|받는 사람|수령인|예금주",
        address_labels="주소|배송지|배송 주소",
        addresses="주소는",
        selves="저는|제가|상담원|상담사|담당자|매니저|안녕하세요",
        sign_offs="감사합니다|드림",
        asks="성함|이름이|이름을|존함",
    ),
    "th": PersonalCues(
        introductions="ผมชื่อ|ดิฉันชื่อ|ฉันชื่อ|ชื่อของผมคือ",
        labels="ชื่อ|ชื่อผู้รับ",
        address_labels="ที่อยู่|ที่อยู่จัดส่ง",
        sign_offs="ขอแสดงความนับถือ|ด้วยความเคารพ",
        asks="ชื่ออะไร|ขอทราบชื่อ",
    ),
    "ar": PersonalCues(
        introductions="اسمي|أنا اسمي|باسم",
        labels="الاسم|اسم المستلم",
        address_labels="العنوان|عنوان التوصيل",
        kin="زوجتي|زوجي",
        sign_offs="مع تحياتي|تحياتي|مع التحية|مع خالص التحية|مع خالص التحيات|وتفضلوا بقبول فائق الاحترام",
        asks="ما اسمك|اسمك الكريم|ممكن اسمك",
    ),
}


def either(part: str, *languages: str) -> str:
    """Return a pattern of the variants of these languages, or of all, longest first; it never matches if none are."""
    chosen = [PERSONAL_CUES[language] for language in languages or PERSONAL_CUES]
    variants = {each for cues in chosen for each in getattr(cues, part).split("|") if each}
    return "|".join(re.escape(each) for each in sorted(variants, key=lambda each: (-len(each), each))) or "(?!)"
