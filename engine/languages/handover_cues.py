"""What customers say when a person is needed: that they want one, that they are upset, that it is serious.

Regular expressions on folded text, of all languages at once: chats mix them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from engine.languages.folding import fold

__all__ = ["accepts", "asks_for_person", "outrage", "sounds_dangerous", "threatens"]

_PERSON = (
    r"\b(?:talk|speak|chat|write|connect(?: me)?|transfer me|put me through|pass me|hand me over|get me) (?:to|"
    r"with|on to) "
    r"(?:an? |some|the |your )?(?:real |live |actual |human )?(?:person|human|agent|colleague|someone|somebody|"
    r"manager|"
    r"supervisor|representative|rep|advisor|staff)",
    r"\b(?:real|live|actual) (?:person|human|agent)\b|\b(?:human|live) (?:agent|support|being)\b",
    r"\b(?:i (?:want|need)|can i (?:have|get)|give me) an? (?:human|agent|person|supervisor|manager)\b",
    r"\b(?:get|give|find) me (?:an? |some|the |your )?(?:real |live )?(?:human|person|agent|manager|someone)\b",
    r"\b(?:human|agent|person|representative),? please\b|\bnot (?:a|with a|to a) (?:bot|robot|machine)\b|\bescalate\b|"
    r"\b(?:call me back|someone (?:to )?call me)\b|"
    r"\b(?:don['’]?t want|stop) (?:to talk to |talking to )?(?:a |this )?(?:bot|robot)\b",
    r"^(?:human|agent|operator|representative|人工|客服|主管|担当者|상담원|mitarbeiter|agente|operatore|atendente)\W*$",
    r"(?:请|叫|让|要|找)(?:你们|你們)?.{0,2}(?:主管|经理|负责人)|真人|(?:不要|不想|别)(?:跟|和|再)?.{0,4}机器人|机器人(?:听不懂|没用)|接专人|给我(?:打|回)(?:个)?电话|升级(?:处理|投诉)|"
    r"转人工|转真人|人工客服|找人工|接人工|真人客服|找真人|转真人|转接真人|要真人|专人(?:客服|服务)|人工(?:服务|处理)"
    r"|叫(?:你们)?(?:经理|主管)|找(?:你们)?(?:经理|主管)|换个人|转专人|转客服专员|跟(?:真)?人(?:说话|聊|讲)",
    r"(?:ロボット|ボット|AI)(?:じゃ|では)な|人間|直接(?:話|お話)|折り返し(?:電話|お電話)|電話を?(?:ください|もらえ|いただけ)|"
    r"担当(?:の)?(?:者|の?人|の方)?(?:に|と|へ)(?:つな|繋|代わ|変わ|話|替わ)|(?:人|人間|オペレーター?|有人|"
    r"スタッフ)(?:に|と|へ)(?:つな|繋|代わ|"
    r"変わ|話|替わ|対応)|オペレーター|有人(?:チャット|対応)|人と話|責任者|上の人",
    r"상담(?:원|사)(?:과|이랑|하고|을|으로|에게)?\s?(?:연결|통화|바꿔|불러|이야기|얘기)|사람(?:과|이랑|"
    r"하고)\s?(?:상담|통화|얘기|이야기|연결)|상담원|"
    r"책임자",
    r"\b(?:mit|zu) (?:einem|einer|dem|der|ihrem) (?:echten |richtigen )?(?:mensch\w*|mitarbeiter\w*|berater\w*|"
    r"kolleg\w*|"
    r"person|vorgesetzt\w*)|\bechten? mensch\w*|\bmitarbeiter (?:sprechen|verbinden)",
    r"\b(?:parler|discuter|communiquer|passez-moi|mettez-moi)\b.{0,25}\b(?:conseill\w+|humain|personne|agent|"
    r"responsable|"
    r"quelqu'un|operateur)|\bun (?:vrai )?(?:conseiller|humain|agent)\b|\bun vrai etre humain",
    r"\b(?:hablar|comuni\w+|pas(?:ar|e)me|contactar|conect\w+)\b.{0,25}\b(?:persona|agente|humano|operador\w*|"
    r"asesor\w*|"
    r"alguien|encargad\w+|supervisor\w*)|\bpersona real\b|\bagente humano\b",
    r"\b(?:parlare|passatemi|passami|mettermi in contatto)\b.{0,25}\b(?:persona|operatore|operatrice|umano|qualcuno|"
    r"responsabile|addetto)|\boperatore umano\b",
    r"\b(?:falar|conversar|passe|transferir)\b.{0,25}\b(?:pessoa|atendente|humano|alguem|operador\w*|gerente|"
    r"supervisor\w*)"
    r"|\batendente humano\b",
    r"(?:соедин\w+|позов\w+|переключ\w+|переведи\w*|поговорить|связ\w+).{0,25}(?:оператор\w*|человек\w*|сотрудник\w*|"
    r"менеджер\w*|специалист\w*)|живо(?:й|го|му|м) (?:человек\w*|оператор\w*)|^оператор\W*$",
    r"(?:gặp|nói chuyện với|chuyển (?:cho|đến|sang)|kết nối).{0,20}"
    r"(?:nhân viên|tư vấn viên|người thật|tổng đài viên|quản lý)",
    r"(?:คุย|ติดต่อ|ขอสาย|โอนสาย|ต่อสาย|พูด)(?:กับ)?\s?.{0,8}(?:เจ้าหน้าที่|พนักงาน|คนจริง|แอดมิน|ผู้จัดการ)|"
    r"ขอเจ้าหน้าที่",
    r"(?:التحدث|اتحدث|أتحدث|اكلم|أكلم|تحويلي|حولني|التواصل).{0,20}(?:موظف|شخص|إنسان|انسان|ممثل|مدير|مسؤول)",
)
_ACCEPTS = (
    r"^(?:(?:yes|yeah|yep|sure|ok(?:ay)?|please|go ahead|do (?:that|it|so)|please do|that would be (?:great|"
    r"good|nice)|of course)"
    r"[\s,.!]*)+(?:thanks?|thank you)?\W*$",
    r"^(?:好的?|好啊|好吧|需要|要的?|可以|行|嗯+|是的?|对|麻烦(?:你|您)?(?:了)?|请转|转吧|帮我转|当然|没问题|"
    r"谢谢|拜托(?:了)?|ok)"
    r"(?:[，,、。！!\s]*(?:谢谢|麻烦(?:你|您)?(?:了)?|转吧|请转|拜托(?:了)?|的|啊|吧|了|需要|可以))*\W*$",
    r"^(?:はい|ええ|うん|お願いします|おねがいします|お願いいたします|頼みます|よろしく(?:お願いします)?|"
    r"つないでください|ぜひ)"
    r"(?:[、。,\s]*(?:お願いします|お願いいたします|よろしく(?:お願いします)?|つないでください))*\W*$",
    r"^(?:네|예|응|그래요|좋아요|부탁(?:드려요|드립니다|합니다|해요)|연결해\s?주세요)(?:[,\s]*(?:부탁(?:드려요|"
    r"드립니다|합니다|해요)|연결해\s?주세요))*\W*$",
    r"^(?:ja|gern\w*|bitte|ok)(?:[\s,]+(?:bitte|gern\w*|danke))*\W*$|^(?:oui|volontiers|d'accord|"
    r"merci)(?:[\s,]+(?:s'il (?:vous|te) "
    r"pla[iî]t|merci|volontiers))*\W*$",
    r"^(?:s[ií]|claro|vale|de acuerdo|certo|va bene|sim|pode ser|quero)(?:[\s,]+(?:por favor|gracias|per favore|grazie|"
    r"obrigad[oa]))*\W*$",
    r"^(?:да|давайте|конечно|хорошо)(?:[\s,]+(?:пожалуйста|спасибо|давайте))*\W*$|^(?:vâng|có|được|đồng ý|dạ)"
    r"(?:[\s,]+(?:ạ|cảm ơn|giúp tôi))*\W*$",
    r"^(?:ใช่|ตกลง|ได้|โอเค|รบกวนด้วย|ต้องการ)(?:ค่ะ|ครับ|คะ)?\W*$|^(?:نعم|أجل|اجل|من فضلك|حسنا|"
    r"موافق)(?:[\s،,]+(?:من فضلك|شكرا))*\W*$",
)
_FURIOUS = (
    r"\b(?:ridiculous|furious|outrag\w+|disgust\w+|scam(?:mers?)?|fraud|liars?|lying|thieves|pathetic|useless|"
    r"idiots?|worst|terrible|"
    r"horrible|awful|appalling|joke|had it with|had enough|"
    r"fed up|sick of|bullshit|wtf|damn|unacceptable|shame on you|rip-?off)\b",
    r"垃圾|骗子|气死|坑人|坑爹|黑店|无耻|太过分|忍无可忍|滚|傻逼|妈的|他妈|烂(?:服务|公司|东西|透)|超夸张|恶心|"
    r"差劲|愤怒|火大|欺负人|什么态度|"
    r"诈骗|太离谱|不要脸|耍我|敷衍|太差了|骗人",
    r"最悪|ふざけ(?:る|ん)な|詐欺|ひどすぎ|ひどい|許せ(?:ない|ません)|いい加減に|馬鹿に|バカに|ありえない|"
    r"有り得ない|腹が立|むかつ|ムカつ|怒って|"
    r"うんざり|話にならない|呆れ",
    r"최악|사기|미친|짜증|화가?\s?나|어이없|황당|열받|말이 됩니까|쓰레기",
    r"\b(?:frechheit|unverschamt\w*|skandal\w*|betrug|betruger|wutend|sauer|katastroph\w*|lacherlich|unmoglich|"
    r"verarsch\w*|"
    r"schlimmste\w*|saftladen|zumutung|mist)\b|unverschämt\w*|wütend|lächerlich|betrüger",
    r"\b(?:scandaleu\w+|honte\w*|arnaque\w*|furieu\w+|inadmissible|inacceptable|ridicule|lamentable|voleurs?|"
    r"menteurs?|pire|"
    r"ras le bol|marre|foutage)\b",
    r"\b(?:verguenza|vergüenza|estafa\w*|indignante|furios\w+|inaceptable|ridicul\w+|ladrones|mentiros\w+|peor|"
    r"hart[oa]|"
    r"vergonzos\w+|asco|harta)\b",
    r"\b(?:vergogn\w+|truffa\w*|furios\w+|inaccettabile|ridicol\w+|ladri|bugiard\w+|peggior\w*|schifo|stufo|stufa)\b",
    r"\b(?:absurdo|golpe|vergonha|furios\w+|inaceitavel|inaceitável|ridicul\w+|ladroes|ladrões|mentiros\w+|pior|"
    r"palhaçada|"
    r"palhacada|lixo)\b",
    r"безобрази\w+|мошенник\w*|обман\w*|возмут\w+|ужас\w*|кошмар|издева\w+|наглост\w+|позор|хамств\w+|достал\w*|"
    r"бесит|отвратительн\w+",
    r"lừa đảo|tồi tệ|quá đáng|bực (?:mình|bội)|tức giận|vô trách nhiệm|thất vọng quá|rác rưởi",
    r"แย่มาก|โกง|หลอกลวง|โมโห|โกรธ|ห่วย|ทุเรศ|รับไม่ได้|เฮงซวย",
    r"احتيال|نصب|نصابين|غاضب|فضيحة|سيئ جدا|أسوأ|اسوأ|كذابين|مهزلة|غير مقبول|حرامية",
)
_AGAIN = (
    r"\b(?:third|fourth|fifth|tenth|\d+(?:rd|th)) time\b|\b(?:how many|so many) times\b|"
    r"\bweeks?\b.{0,30}\b(?:no (?:reply|answer)|nothing)|"
    r"\bkeep (?:telling|lying|ignoring|saying)|\b(?:still|again) no (?:reply|answer|response)",
    r"第[三四五六七八九十\d]次|多少次|好几次|(?:半个|一个|\d+个)(?:月|星期|礼拜)(?:了|都)|没人(?:理|管)|"
    r"到底有没有|到现在(?:还)?没",
    r"何(?:回|度)(?:も|言|問|電)|[三四五六\d]回目|返事が(?:ない|来ない|ありません)|いつまで待",
    r"몇\s?번(?:이나|을|째)|세 번째|아직도 답|\b(?:zum (?:dritten|vierten|x-ten) mal|schon wieder|immer wieder)\b",
    r"\b(?:troisieme|troisième|quatrieme|quatrième|enieme|énième) fois\b|\b(?:tercera|cuarta) vez\b|"
    r"\bterza volta\b|\bterceira vez\b|"
    r"в (?:третий|четвертый|четвёртый|сотый) раз|сколько можно|lần thứ (?:ba|tư|\d)|ครั้งที่ ?[3-9สามสี่]|"
    r"للمرة (?:الثالثة|الرابعة)",
)
_DANGER = (
    r"\b(?:burn(?:ed|t)|scald(?:ed)?)\b.{0,40}\b(?:hand|arm|face|leg|finger|skin|me|myself|child|kid|son|"
    r"daughter|wife|husband|"
    r"foot|chest)|\b(?:injur(?:y|ed|ies)|hospital|electric shock|electrocut\w+|got a shock|caught fire|on fire|"
    r"in flames|"
    r"explod\w+|smok(?:e|ing) (?:is |was )?(?:com|ris|pour)\w*|started (?:to smoke|smoking)|sparks?)\b",
    r"(?:烫|烧|割|灼|炸|电|砸)伤|(?:被|人)电(?:到|了)|触电|漏电|冒烟|起火|着火|著火|烧起来|爆炸|冒火花|进医院|送医|"
    r"住院|受伤",
    r"やけど|火傷|怪我|ケガをし|けがをし|感電|発火|出火|火が出|煙が(?:出|上)|爆発|火花|燃え(?:た|て|出)|"
    r"病院に(?:行|運|かか)",
    r"화상을?|감전|연기가|불이\s?(?:났|나|붙)|폭발|다쳤|부상|병원",
    r"\b(?:verbrannt|verbruht|verletzt|stromschlag|brennt|feuer gefangen|explodiert|krankenhaus|raucht|qualmt|"
    r"funken)\b|verbrüht",
    r"\b(?:brule|brûlé|brulee|brûlée|blesse|blessé|blessee|blessée|electrocut\w+|electrocut\w*|pris feu|explose|"
    r"explosé|hopital|hôpital|"
    r"fumee|fumée|etincelles|étincelles)\b",
    r"\b(?:quemad[oa]|me queme|me quemé|herid[oa]|electrocut\w+|calambre|incendi\w+|exploto|explotó|hospital|"
    r"echa humo|humo|chispas)\b",
    r"\b(?:ustion\w+|bruciat[oa]|ferit[oa]|scossa elettrica|preso fuoco|incendio|esplos[oa]|ospedale|fumo|"
    r"scintille)\b",
    r"\b(?:queimad\w+|me queimei|ferid[oa]|choque (?:eletrico|elétrico)|pegou fogo|incendio|incêndio|explodiu|"
    r"fumaça|fumaca|faiscas|faíscas)\b",
    r"ожог\w*|обжег\w*|обжёг\w*|ударило током|загорел\w+|дым\w*|взорвал\w+|травм\w+|в больниц\w+|искр\w+",
    r"bị bỏng|điện giật|bốc khói|bốc cháy|cháy nổ|phát nổ|bị thương|bệnh viện|ไฟดูด|ไฟไหม้|ควันขึ้น|มีควัน|"
    r"ระเบิด|บาดเจ็บ|ลวกมือ|โรงพยาบาล",
    r"حروق|احترق|صدمة كهربائية|دخان|انفجر|اصابة|إصابة|مستشفى|حريق",
)
_THREAT = (
    r"\b(?:lawyer|attorney|solicitor|legal action|sue (?:you|them)|suing|take you to court|small claims|"
    r"ombudsman|trading standards|"
    r"consumer (?:protection|rights)|chargeback|report you|police|go to the press|data protection authority)\b",
    r"律师|起诉|法院|告你们|12315|消协|消保官|消保会|消费者(?:协会|保护)|工商局|投诉你们|申诉你们|报警|曝光|"
    r"媒体|市场监管|黑猫",
    r"弁護士|訴え|訴訟|裁判|消費者(?:センター|庁|生活)|消費生活センター|国民生活センター|警察|法的(?:措置|手段)|"
    r"被害届",
    r"변호사|고소|소송|소비자(?:원|보호원|고발)|경찰|신고하겠",
    r"\b(?:anwalt|anwaltin|anwältin|rechtsanwalt|klage|verklagen|verbraucherzentrale|verbraucherschutz|"
    r"anzeige erstatten|polizei|gericht)\b",
    r"\b(?:avocat|porter plainte|plainte|tribunal|justice|repression des fraudes|répression des fraudes|dgccrf|"
    r"que choisir|police)\b",
    r"\b(?:abogad[oa]|demandar\w*|denunci\w+|juzgado|consumo|hoja de reclamaciones|policia|policía|avvocato|"
    r"denuncia\w*|"
    r"querela|tribunale|polizia|codacons|adiconsum|advogad[oa]|processar|procon|justica|justiça|reclame aqui)\b",
    r"адвокат\w*|юрист\w*|в суд\b|роспотребнадзор\w*|прокуратур\w*|полици\w*|luật sư|kiện|"
    r"hội bảo vệ người tiêu dùng|công an|"
    r"ทนาย|ฟ้อง|สคบ|แจ้งความ|ตำรวจ|محام\w*|مقاضاة|المحكمة|حماية المستهلك|الشرطة",
)
_CRIES = re.compile(r"[!！]\s*[!！]|[?？؟]\s*[?？؟!！]\s*[?？؟!！]")
_CAPITALS = re.compile(r"(?:\b[A-Z]{2,}\b\W+){2,}\b[A-Z]{2,}\b")


def asks_for_person(text: str) -> bool:
    """Tell whether a customer asks for a person."""
    return _found(_PERSON, text)


def accepts(text: str) -> bool:
    """Tell whether a message begins with a yes, as the reply to an offer: nothing else, or what they need to know."""
    first = re.split(r"[,，،、。.!！;；؛\n]", text.strip(), maxsplit=1)[0]
    return _found(_ACCEPTS, text) or _found(_ACCEPTS, first)


def outrage(text: str) -> int:
    """Return how upset a message sounds: 0 calm, 1 annoyed, 2 and above strong emotion."""
    strong = set(_compiled(_FURIOUS).findall(fold(text)))
    loud = bool(_CRIES.search(text)) + bool(_CAPITALS.search(text))
    return len(strong) + loud + _found(_AGAIN, text)


def sounds_dangerous(text: str) -> bool:
    """Tell whether a message speaks of an injury, fire, smoke or an electric shock."""
    return _found(_DANGER, text)


def threatens(text: str) -> bool:
    """Tell whether a message speaks of lawyers, courts, authorities or the press."""
    return _found(_THREAT, text)


def _found(patterns: tuple[str, ...], text: str) -> bool:
    return _compiled(patterns).search(fold(text).strip()) is not None


@lru_cache(maxsize=32)
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Fold the patterns as the text is, but for the one class that folding would turn into its opposite."""
    return re.compile(fold("|".join(patterns).replace(r"\W", r"[^\w]")))
