"""Wordings, by language, that speak to a language model instead of a reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache

from engine.guard.injection_replies import REPLY
from engine.languages.folding import converted

__all__ = ["InjectionKind", "compiled", "phrase_patterns", "possible_languages"]


class InjectionKind(StrEnum):
    """What a suspicious sentence tries to do."""

    OVERRIDE = "override"  # take the rules away
    PERSONA = "persona"  # make the model somebody else
    DISCLOSURE = "disclosure"  # have its rules or secrets told
    DICTATION = "dictation"  # have something said word for word
    MARKUP = "markup"  # pose as the system or as a turn of the conversation
    REPLY = "reply"  # steer the form or content of the reply
    TASK = "task"  # set the model a task that has nothing to do with the text around it
    HIDDEN = "hidden"  # text that a reader does not see, or cannot read


# Folded text is searched: lower case, simplified Han, no invisible characters. "~" is a short gap in a sentence.
_OVERRIDE: Mapping[str, str] = {
    "en": r"\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget|override|(?:do not|don't|stop) (?:follow|"
    r"obey)(?:ing)?)\b~{0,12}"
    r"\b(?:(?:all|any|previous|prior|above|earlier|preceding|foregoing|your|system|original|initial) (?:\w+ ){0,3}"
    r"(?:instructions?|prompts?|rules?|guidelines?|directions|directives?|constraints|context|programming|commands)"
    r"|(?:instructions|rules|directions|commands|everything|anything|all|what)\b (?:that (?:was|were|is|are) )?"
    r"(?:above|before|earlier|so far|you (?:were|have been|are) (?:told|given)|given (?:above|before|earlier|"
    r"to you)))"
    r"|\bnew (?:system )?instructions? (?:for (?:you|the (?:ai|assistant|model|bot)))\b"
    r"|\bfrom now on\W{1,3}(?:you (?:are|will|must|only)|(?:always )?(?:respond|answer|reply|speak))\b",
    "zh": r"(?:忽略|无视|忘记|忘掉|不(?:要|用|必)?(?:理会|遵守|遵循|管)|抛开|违反|推翻|取消|跳过)~{0,6}"
    r"(?:之前|以上|上面|上述|先前|前面|所有|一切|全部|任何|你的|系统|原有|此前|原来|原先)~{0,8}"
    r"(?:指令|指示|提示词?|规则|命令|设定|约束|限制|要求|规定)",
    "ja": r"(?:これまで|今まで|以前|上記|前述|先ほど|すべて|全て|あらゆる|システム|あなた)~{0,10}"
    r"(?:指示|命令|ルール|規則|プロンプト|設定|制約|指図)~{0,8}(?:無視|忘れ|破棄|従わ(?:ない|ず)|取り消|上書き)",
    "ko": r"(?:이전|위의?|앞선|앞의|기존|모든|지금까지|시스템)~{0,12}(?:지시|명령|규칙|프롬프트|지침)~{0,8}"
    r"(?:무시|잊|따르지|무효|버려|버리)",
    "de": r"\b(?:ignorieren?|vergiss|vergessen sie|missachten?|"
    r"befolgen? (?:sie )?nicht)\b~{0,12}\b(?:alle[ns]?|vorherige|"
    r"bisherige|obige|vorige|frühere|vorangegangene|vorstehende|dein|system)\w*~{0,25}"
    r"(?:anweisung|instruktion|regel|vorgab|befehl|prompt)",
    "fr": r"\b(?:ignore[rz]?|oublie[rz]?|ne (?:tiens|tenez|suis|suivez) (?:pas|plus)(?: compte (?:de|des))?)\b~{0,12}"
    r"(?:\b(?:toutes?|tous|tes) (?:les )?(?:instructions?|consignes?|règles?|directives?|ordres?)|"
    r"\b(?:instructions?|consignes?|règles?|directives?|ordres?|tout ce qui)~{0,8}"
    r"\b(?:précéde|antérieur|ci-dessus|du système|initiale|reçue))",
    "es": r"\b(?:ignor[ae]n?|olvid[ae]n?|haz caso omiso de|no (?:sigas|hagas caso (?:a|de)|obedezcas)|"
    r"descart[ae])\b~{0,12}"
    r"(?:\b(?:todas?|todos|tus) (?:las |los )?(?:instrucciones|reglas|órdenes|indicaciones|directrices)|"
    r"\b(?:instrucciones|reglas|órdenes|indicaciones|directrices)~{0,8}\b(?:anterior|previa|de arriba|del sistema))",
    "pt": r"\b(?:ignor[ea]m?|esque[çc]a|desconsider[ea]|não (?:siga|obedeça))\b~{0,12}"
    r"(?:\b(?:todas|todos|suas|tuas) (?:as |os )?(?:instruções|regras|ordens|comandos|diretrizes)|"
    r"\b(?:instruções|regras|ordens|comandos|diretrizes)~{0,8}\b(?:anterior|prévia|acima|do sistema))",
    "ru": r"\b(?:про)?игнорируй(?:те)?\b~{0,30}(?:инструкци|указани|правил|команд|промпт)"
    r"|\b(?:забудь(?:те)?|не (?:следуй|обращай|соблюдай)(?:те)?)\b~{0,20}(?:предыдущ|прежн|вс[её]|все|сво|выше|"
    r"систем)"
    r"~{0,20}(?:инструкци|указани|правил|команд|промпт)",
    "ar": r"(?:تجاهل|انس[َى]?|لا تتبع|تغاض)~{0,15}(?:التعليمات|الأوامر|القواعد|الإرشادات|التوجيهات|تعليماتك|ما سبق)",
    "th": r"(?:เพิกเฉย|ไม่ต้องสนใจ|ละเว้น|ลืม|อย่าสนใจ|ไม่สนใจ|มองข้าม|ละเลย)~{0,15}(?:คำสั่ง|คำแนะนำ|กฎ|"
    r"ข้อกำหนด|พรอมต์)"
    r"~{0,10}(?:ก่อนหน้า|ข้างต้น|ทั้งหมด|เดิม|ที่ผ่านมา|ของคุณ|ของระบบ)",
    "vi": r"\b(?:bỏ qua|phớt lờ|quên|không (?:tuân theo|làm theo)|đừng (?:tuân theo|làm theo))\b~{0,20}"
    r"\b(?:hướng dẫn|chỉ dẫn|chỉ thị|quy tắc|mệnh lệnh|lệnh)\b~{0,10}(?:trước|ở trên|bên trên|hệ thống|của bạn)",
}
_PERSONA: Mapping[str, str] = {
    "en": r"\byou are (?:now|no longer|henceforth) (?:an?|the|in|bound|restricted|going to)\b"
    r"|\b(?:pretend (?:to be|(?:that )?you(?: are|'re))|role-?play as|act as (?:if you|an? (?:\w+ ){0,2}"
    r"(?:ai|assistant|chatbot|bot|model|terminal|hacker|pirate)))\b|\bjailbr(?:eak|oken)\b"
    r"|\b(?:enter|enable|activate|switch to|in) (?:developer|dan|god|jailbreak|debug|maintenance|admin) mode\b~{0,40}"
    r"\b(?:you|your|respond|answer|print|reveal|prompt|rules)\b|\bdo anything now\b",
    "zh": r"(?:你现在|从现在(?:开始|起)|你从现在(?:开始|起)?|从此)~{0,4}(?:是|扮演|成为|变成)~{0,16}"
    r"(?:助手|模型|ai|人工智能|机器人|黑客|角色|限制|约束|规则)|(?:假装|扮演)(?:你?是|成|一个|一名)~{0,12}"
    r"(?:助手|模型|ai|机器人|黑客|海盗|角色)|(?:进入|切换到?|启用|开启)(?:开发者|越狱|上帝|调试|"
    r"维护)模式~{0,20}(?:你|输出|回答|提示|保证|规则)",
    "ja": r"あなたは(?:今|これ)から~{0,20}(?:です|として|になり|振る舞)|になりきって|(?:制限|制約)のない(?:ai|"
    r"アシスタント)"
    r"|(?:開発者|デバッグ|脱獄)モード(?:に切り替え|になっ|を有効|で)~{0,30}(?:ください|せよ|なさい|しろ)",
    "ko": r"(?:너는|당신은|넌) (?:이제|지금)(?:부터)?~{0,20}(?:이다|입니다|야|역할|행동)|(?:개발자|탈옥|"
    r"디버그) 모드(?:로|를)~{0,20}"
    r"(?:전환|활성|답|대답)|제한(?:이)? 없는 (?:ai|인공지능|챗봇|도우미)",
    "de": r"\b(?:du bist|sie sind) (?:jetzt|ab sofort|nun|nicht mehr) (?:ein|kein|der|die|das|im|an)\w*\b~{0,40}"
    r"\b(?:ki|assistent|bot|modell|modus|regeln|gebunden|hacker|pirat)|\b(?:tu so, als|gib dich als|"
    r"verhalte dich wie)\b",
    "fr": r"\b(?:tu es|vous êtes) (?:désormais|maintenant|à présent) (?:une?|le|la|en)\b~{0,40}"
    r"\b(?:ia|assistant|robot|modèle|mode|pirate|règles?)|\b(?:fais semblant d'être|comporte-toi comme|"
    r"joue le rôle d)",
    "es": r"\b(?:ahora eres|a partir de ahora (?:eres|respond|actúa)|eres ahora|finge (?:ser|que eres)|"
    r"actúa como (?:si|una? (?:ia|"
    r"asistente|robot|modelo|hacker|pirata)))\b",
    "pt": r"\b(?:agora você é|a partir de agora (?:você|responda|aja)|você é agora|finja (?:ser|que é)|"
    r"aja como (?:se|uma? (?:ia|"
    r"assistente|robô|modelo|hacker|pirata)))\b",
    "ru": r"\b(?:теперь ты|ты теперь|отныне ты|с этого момента ты|вы теперь)\b~{0,40}\b(?:ии|ассистент|бот|"
    r"модел|режим|хакер|пират|без)"
    r"|\bпритворись\b|\bпредставь, что ты\b",
    "ar": r"(?:أنت الآن|من الآن فصاعدا أنت|تظاهر (?:بأنك|أنك)|تصرف (?:كأنك|كما لو))",
    "th": r"(?:ตอนนี้คุณ(?:คือ|เป็น)|ต่อไปนี้คุณ(?:คือ|เป็น)|แกล้งทำเป็น|สวมบทบาทเป็น)",
    "vi": r"\b(?:bây giờ bạn là|từ giờ bạn là|từ bây giờ bạn|hãy giả vờ|hãy đóng vai)\b",
}
_RULES_EN = (
    r"(?:(?:your |the )?(?:system|hidden|initial|original|secret|internal) (?:prompt|instructions?|message|"
    r"rules|directives)"
    r"|your (?:instructions|prompt|rules|guidelines|programming)|(?:admin|internal|root|master) (?:password|"
    r"credentials))"
)
_RULES_ZH = r"(?:系统提示|提示词|系统指令|隐藏(?:的)?指令|初始指令|内部(?:密码|指令)|你的(?:指令|规则|设定|提示))"
_DISCLOSURE: Mapping[str, str] = {
    "en": rf"\b(?:reveal|show|print|output|repeat|display|tell|leak|disclose|give|dump|recite|expose|send|"
    rf"share)\b~{{0,25}}\b{_RULES_EN}\b"
    r"|\bwhat (?:is|are|was|were) your (?:system |initial |hidden |original )(?:prompt|instructions|rules)\b",
    "zh": rf"(?:输出|打印|显示|告诉|泄露|透露|说出|复述|重复|公开|念|读出)~{{0,8}}{_RULES_ZH}"
    rf"|{_RULES_ZH}~{{0,14}}(?:输出|打印|显示|告诉|泄露|透露|说出|复述|念|读出)",
    "ja": r"(?:システムプロンプト|内部(?:の)?(?:指示|パスワード)|隠された(?:指示|命令)|あなたへの指示|"
    r"初期(?:の)?指示)~{0,14}"
    r"(?:表示|出力|教え|見せ|開示|公開|述べ|書き出|繰り返)",
    "ko": r"(?:시스템\s?프롬프트|내부 (?:지시|지침|비밀번호)|숨겨진 지시|너의 지시|당신의 지시)~{0,10}(?:출력|"
    r"보여|알려|공개|말해|반복)",
    "de": r"\b(?:zeige?|nenne?|verrate?|gib|geben sie|wiederhole?|offenbare?|"
    r"drucke?)\b~{0,30}(?:system-?prompt|systemanweisung|"
    r"(?:deine|interne|geheime|versteckte)n? (?:anweisung|regel|instruktion|passw)|systemnachricht)",
    "fr": r"\b(?:révèle|révélez|montre|montrez|affiche|affichez|répète|répétez|donne|donnez|dis|"
    r"divulgue)\b~{0,30}(?:prompt système|"
    r"invite système|(?:tes|vos) (?:instructions|consignes|règles)|instructions (?:internes|cachées|secrètes)|"
    r"mot de passe interne)",
    "es": r"\b(?:revela|muestra|muéstrame|imprime|repite|dime|divulga|enseña)\b~{0,30}(?:prompt del sistema|"
    r"mensaje del sistema|"
    r"tus (?:instrucciones|reglas)|instrucciones (?:internas|ocultas|secretas)|contraseña interna)",
    "pt": r"\b(?:revele|mostre|imprima|repita|diga|divulgue|exiba)\b~{0,30}(?:prompt do sistema|mensagem do sistema|"
    r"(?:suas|tuas) (?:instruções|regras)|instruções (?:internas|ocultas|secretas)|senha interna)",
    "ru": r"\b(?:покажи|раскрой|выведи|повтори|назови|напечатай|сообщи)(?:те)?\b~{0,30}(?:системн\w+ (?:промпт|"
    r"подсказк|инструкц|сообщен)|"
    r"(?:свои|твои|ваши|скрыт\w+|внутренн\w+) (?:инструкц|правил|указан|парол))",
    "ar": r"(?:اكشف|اعرض|اطبع|أظهر|كرر|أخبرني)~{0,20}(?:موجه النظام|تعليمات النظام|تعليماتك|التعليمات الداخلية|"
    r"كلمة المرور الداخلية)",
    "th": r"(?:เปิดเผย|แสดง|พิมพ์|บอก|ทวน)~{0,20}(?:พรอมต์ระบบ|คำสั่งระบบ|คำสั่งของคุณ|คำสั่งภายใน|รหัสผ่านภายใน)",
    "vi": r"\b(?:tiết lộ|hiển thị|in ra|lặp lại|cho (?:tôi )?biết|đọc)\b~{0,25}(?:prompt hệ thống|"
    r"lời nhắc hệ thống|chỉ dẫn của bạn|"
    r"hướng dẫn nội bộ|mật khẩu nội bộ)",
}
_DICTATION: Mapping[str, str] = {
    "en": r"\brepeat after me\b|\b(?:before|instead of|when) (?:you )?answer(?:ing)?\b~{0,20}\b(?:say|tell|"
    r"state|claim|write)\b"
    r"|\b(?:reply|respond|answer)\b (?:only |just |simply )?with (?:the (?:single |exact )?(?:word|phrase|"
    r"sentence|text|following)|"
    r"only|just|nothing but|exactly)\b|\b(?:say|write|output|print) (?:only |"
    r"exactly )?the following\b~{0,20}\b(?:word for word|verbatim|exactly)\b",
    "zh": r"(?:只|仅|就)(?:需要?|要|能|准|许)?(?:回复|回答|输出|说|答)~{0,2}[“\"‘「『']|跟我(?:念|读|重复)|"
    r"一字不差地?(?:回答|回复|输出|重复)"
    r"|^\W*请?(?:直接)?(?:回答|回复|输出)[“\"‘「『']",
    "ja": r"とだけ(?:答|回答|返|出力|言|書)|(?:と|だと)言い切って|私の(?:後|あと)に続いて|"
    r"一字一句(?:そのまま)?(?:繰り返|出力|答)",
    "ko": r"라고만 (?:답|대답|말|출력|회신)|나를 따라 (?:말|반복)|그대로 (?:출력|반복)해",
    "de": r"\bantworten? (?:sie )?(?:nur|ausschließlich|lediglich) mit\b|\bsprich mir nach\b|"
    r"\bwiederhole? wörtlich\b",
    "fr": r"\b(?:réponds|répondez|réponse) (?:uniquement|seulement|simplement|exclusivement) (?:par|avec|«|\")|"
    r"\brépète[rz]? après moi\b"
    r"|\brépète[rz]? mot pour mot\b",
    "es": r"\brespond[ae] (?:solo|sólo|solamente|únicamente|simplemente) (?:con|la palabra|«|\")|"
    r"\brepite (?:después de mí|conmigo|palabra por)",
    "pt": r"\bresponda (?:apenas|somente|só|simplesmente) (?:com|a palavra|«|\")|\brepita (?:depois de mim|"
    r"comigo|palavra por)",
    "ru": r"\b(?:отвечай|ответь)(?:те)? (?:только|лишь|исключительно)\b|\bповторяй(?:те)? за мной\b|"
    r"\bповтори(?:те)? дословно\b",
    "ar": r"(?:أجب|رد|اكتب) (?:فقط|بكلمة واحدة)|(?:أجب|رد) ب\S+ فقط|كرر (?:ورائي|بعدي|حرفيا)",
    "th": r"ตอบ(?:แค่|เพียง|เฉพาะ|กลับแค่)(?:คำว่า|ว่า)|พูดตามฉัน|ทวนคำต่อคำ",
    "vi": r"\bchỉ (?:cần )?(?:trả lời|phản hồi|đáp)\b~{0,10}(?:từ|bằng|\"|“)|\bnhắc lại theo tôi\b|"
    r"\blặp lại nguyên văn\b",
}
_MARKUP: Mapping[str, str] = {
    "*": r"<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id|end_header_id)\|>|"
    r"\[/?inst\]|<</?sys>>"
    r"|</?(?:evidence|question|system|conversation|instructions?)(?:\s[^<>]{0,80})?>"
    r"|(?:^|[\n>])\W*(?:system|developer|admin(?:istrator)?) (?:prompt|message|override|instructions?|command|"
    r"note)\s*:"
    r"|(?:^|[\n>])\W*(?:system|developer)\s*:\s*(?:you|ignore|your|new|from|print|reveal|disregard|the assistant)\b",
    "en": r"\b(?:note|message|instructions?|attention|important)\b~{0,6}\b(?:to|for) (?:the |any |all )?(?:ai|"
    r"llms?|language models?|assistant|"
    r"chatbot|ai (?:assistant|model|system|agent)s?)\b|\b(?:if you are|as) an? (?:ai|llm|language model|"
    r"ai (?:assistant|model))\b~{0,40}"
    r"\b(?:you (?:must|should|will|need)|please|reading|processing|summari[sz]ing)\b",
    "zh": r"(?:系统|管理员|开发者|超级用户)(?:最高)?指令\s*[:,]|(?:致|给|如果你是|作为)(?:一个)?(?:ai|人工智能|"
    r"大?语言模型)~{0,16}(?:必须|请|应当|注意|务必|指令)",
    "ja": r"(?:システム|管理者|開発者)(?:からの)?(?:命令|指示)\s*[:、]|(?:ai|言語モデル|アシスタント)(?:への|"
    r"向けの)(?:指示|命令|注意)",
    "ko": r"(?:시스템|관리자|개발자) (?:명령|지시)\s*:|(?:ai|언어 모델|어시스턴트)(?:에게|를 위한) (?:지시|명령)",
    "de": r"\b(?:hinweis|anweisung|nachricht) (?:an|für) (?:die |das |den )?(?:ki|sprachmodell|assistenten|ai)\b",
    "fr": r"\b(?:note|instruction|message) (?:à|pour) (?:l'|le |la )?(?:ia|assistant|modèle de langage)\b",
    "es": r"\b(?:nota|instrucción|mensaje) para (?:la |el )?(?:ia|asistente|modelo de lenguaje)\b",
    "pt": r"\b(?:nota|instrução|mensagem) para (?:a |o )?(?:ia|assistente|modelo de linguagem)\b",
    "ru": r"\b(?:сообщение|инструкция|указание) для (?:ии|ассистента|языковой модели)\b",
    "ar": r"(?:تعليمات|رسالة|ملاحظة) (?:إلى|ل)\s?(?:الذكاء الاصطناعي|لذكاء الاصطناعي|نموذج اللغة|لمساعد)",
    "th": r"(?:คำสั่ง|ข้อความ)(?:ถึง|สำหรับ)(?:ai|เอไอ|โมเดลภาษา|ผู้ช่วย)",
    "vi": r"\b(?:lưu ý|chỉ dẫn|thông điệp) (?:cho|tới|gửi) (?:ai|mô hình ngôn ngữ|trợ lý)\b",
}


_LETTERS = {
    "zh": "[一-鿿]",
    "ja": "[぀-ヿ]",
    "ko": "[가-힣]",
    "ru": "[а-яё]",
    "ar": "[؀-ۿ]",
    "th": "[ก-๛]",
}


def possible_languages(text: str) -> frozenset[str]:
    """Return the keys of the tables whose wordings can stand in folded `text`, as its letters tell; "*" always."""
    scripts = {language for language, letters in _LETTERS.items() if re.search(letters, text)}
    latin = {"en", "de", "fr", "es", "pt", "vi"} if re.search("[a-z]{2}", text) else set()
    return frozenset(scripts | latin | {"*"})


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a wording: "~" is a character that ends no sentence, a space any white space, Han is simplified."""
    spaced = (
        unicodedata.normalize("NFKC", pattern).replace("~", r"(?:[^.!?。！？\n]|[.!?](?=\S))").replace(" ", r"\s{1,3}")
    )
    return re.compile(converted(spaced, "t2s"), re.MULTILINE)


def phrase_patterns(text: str, kinds: Collection[InjectionKind]) -> Iterator[tuple[InjectionKind, re.Pattern[str]]]:
    """Yield what to search folded `text` for, of some kinds, the gravest first; compiled when it is needed."""
    possible = possible_languages(text)
    yield from (
        (kind, compiled(wording)) for kind, language, wording in _wordings() if language in possible and kind in kinds
    )


def _wordings() -> Iterator[tuple[InjectionKind, str, str]]:
    tables = {
        InjectionKind.OVERRIDE: _OVERRIDE,
        InjectionKind.PERSONA: _PERSONA,
        InjectionKind.DISCLOSURE: _DISCLOSURE,
        InjectionKind.DICTATION: _DICTATION,
        InjectionKind.MARKUP: _MARKUP,
        InjectionKind.REPLY: REPLY,
    }
    yield from ((kind, *row) for kind, table in tables.items() for row in table.items())
