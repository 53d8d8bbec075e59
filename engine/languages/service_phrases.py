"""What people say at a service desk beside the matter: greetings, waiting, farewells, and whether it is solved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.languages.width import columns

__all__ = [
    "CaseHeadings",
    "after_greeting",
    "all_question_headings",
    "all_resolution_headings",
    "case_headings",
    "is_resolved_status",
    "is_small_talk",
    "sounds_solved",
    "sounds_unsolved",
]


@dataclass(frozen=True, slots=True)
class CaseHeadings:
    """The headings of a case in its language."""

    question: str
    resolution: str


_HEADINGS: Mapping[str, CaseHeadings] = {
    "en": CaseHeadings("Question", "Resolution"),
    "zh-Hans": CaseHeadings("客户问题", "解决方法"),
    "zh-Hant": CaseHeadings("客戶問題", "解決方式"),
    "ja": CaseHeadings("お問い合わせ内容", "解決方法"),
    "ko": CaseHeadings("문의 내용", "해결 방법"),
    "de": CaseHeadings("Frage", "Lösung"),
    "fr": CaseHeadings("Question du client", "Solution apportée"),
    "es": CaseHeadings("Pregunta", "Solución"),
    "it": CaseHeadings("Domanda", "Soluzione"),
    "pt": CaseHeadings("Pergunta", "Solução"),
    "ru": CaseHeadings("Вопрос", "Решение"),
    "vi": CaseHeadings("Câu hỏi", "Cách giải quyết"),
    "th": CaseHeadings("คำถาม", "วิธีแก้ไข"),
    "ar": CaseHeadings("السؤال", "الحل"),
}

_GREETING = (
    r"^(?:hi|hello|hey|dear|(?:good )?(?:morning|afternoon|evening)|greetings)\b",
    r"^(?:您好|你好|亲爱的|亲|早安|早上好|下午好|晚上好|在吗|在嗎|在么|哈喽|嗨)|^(?:안녕하세요|반갑습니다)",
    r"^(?:こんにちは|こんばんは|おはようございます|はじめまして|お世話になって(?:い|お)ります)",
    r"^(?:hallo|guten (?:tag|morgen|abend)|moin|servus|sehr geehrter?)\b",
    r"^(?:bonjour|bonsoir|salut|hola|buen[oa]s (?:días|tardes|noches))\b",
    r"^(?:ciao|buongiorno|buonasera|salve|olá|oi|bom dia|boa (?:tarde|noite))\b",
    r"^(?:здравствуйте|добр(?:ый|ое) \w+|привет|xin chào|chào)\b",
    r"^(?:สวัสดี(?:ค่ะ|ครับ)?|مرحبا|السلام عليكم|أهلا)",
)
_NAMED = re.compile(
    r"(?:\[name \d+\](?:先生|女士|小姐|太太|様|さん|님)?|^[\u4e00-\u9fff]{1,2}(?:先生|女士|小姐|太太))[、,，]?\s?"
)
# Sentences of these carry no part of an answer, if they are short.
_SMALL_TALK = (
    # English
    r"\bmy name is\b|^this is (?!(?:the|an?|my|our|not|so|just|what|how|why|because|about|still|now)\b)\S+|"
    r"^(?!.*\b(?:not|nothing|no|never|isn|it|is|are|was|can|will|live)\b)(?:\w+\W+){1,4}here\W*$|"
    r"\b(?:how|what) (?:can|may) i (?:help|do for you|do\W*$)",
    r"\bthank(?:s| you)\b|\bsorry (?:to hear|for|about)|\bi understand\b|\b(?:happy|glad|pleased) (?:to|i|that|it)\b",
    r"\bi have read\b|\bone (?:moment|second|minute)\b|\bjust a (?:moment|second|sec|minute)\b|\bbear with me\b",
    r"\bhold on\b",
    r"\bplease (?:hold|wait)\b|\blet me (?:check|see|look|have a look|find out)\b",
    r"\bi(?:'ll|’ll| will) (?:just |quickly )?(?:check|look|have a look|take a look|find out|see what|be right back)",
    r"^i (?:have|need|'ve got) (?:a |an |some |one )?(?:\w+ )?(?:question|problem|issue|help|request|enquiry)"
    r"(?: (?:with|about) (?:my|an?) (?:order|purchase|product))?\W*$",
    r"\b(?:can|could) (?:you|someone|anyone) (?:please )?help me\W*$",
    r"\bhope you(?:'re| are) (?:well|doing)|\bhow are you\b",
    r"\banything else\b|\bhave a (?:nice|great|good|lovely|wonderful)\b|\byou(?:'re|’re| are) welcome\b",
    r"\bwith pleasure\b",
    r"\btake care\b|\b(?:good)?bye\b|\bclosing (?:the|this) (?:chat|ticket|case)\b|^enjoy\b",
    r"\brate (?:this|our|my|us)\b",
    r"^(?:yes|no|ok|okay|sure|great|perfect|wonderful|of course|certainly|right|done|cool|nice)\W*$",
    r"\b(?:talk|speak|chat) (?:to|with) (?:an? |some)?(?:real )?(?:person|human|agent|someone|somebody|one)\b",
    r"\bhanding you over\b",
    # Chinese
    r"很高兴为您|很高興為您|有什么可以帮|有什麼可以幫|請問有什麼",
    r"请稍等|請稍等|稍等|请稍候|請稍候|帮您查|幫您查|为您查询|為您查詢|久等|感谢您的(?:耐心|等待|来电|来信|咨询|联系)",
    r"感謝您的(?:耐心|等候|來電|來信|來訊)",
    r"还有(?:什么|其他|别的)|還有(?:什麼|其他|別的)|祝您|祝你|不客气|不客氣|再见|再見|拜拜",
    r"给(?:个|我们)?(?:好评|评价)|給予評價",
    r"非常抱歉|很抱歉|不好意思|理解您的|谢谢|謝謝|多谢|多謝|转人工|轉人工|转接|轉接|人工客服$",
    r"^(?:好的?|是的?|对|對|嗯+|哦+|喔+|行|可以|知道了|收到|明白了?|没问题|沒問題|太好了|ok)[的了吧呢啊喔哦~～,，。.!！]*$",
    r"^(?:我)?(?:有(?:个|個|一个|一個|点|點)?(?:问题|問題|事)|想(?:要)?(?:请问|請問|问|問|咨询|諮詢|请教|請教)(?:一下|个问题|個問題)?)[，,。.!！]*$",
    r"^麻烦(?:您|你)(?:了|帮忙看看|帮我看看)?[。.!！]*$|^麻煩(?:您|你)(?:了|幫忙看看|幫我看看)?[。.!！]*$",
    # Japanese
    r"^(?:質問|お?問い合わせ)(?:が|したいこと)?(?:あります|ございます|です)?(?:が|けど)?[。、]*$|とんでも(?:ない|ござい)|お世話になって(?:い|お)ります",
    r"と申します|お待たせ|少々お待ち|お待ちください|お待ちいただ",
    r"ありがとうござい|恐れ入ります|お手数|申し訳(?:ござい|あり)|お問い合わせいただ|確認いたします",
    r"お調べ(?:いた|し)|他に(?:ご|何か)",
    r"承知(?:いた|し)|かしこまり|失礼いたし|よろしくお願い|お役に立て|担当者?に(?:お)?つなぎ|拝見しました",
    r"いかがでしょうか",
    r"^(?:はい|いいえ|ええ|そうです(?:か|ね)?|わかりました|了解(?:です|しました)?|なるほど|さようでし(?:たか|た)?)[。、！!]*$",
    # Korean
    r"잠시만|기다려|감사합니다|고맙습니다|죄송합니다|다른 문의|좋은 하루|무엇을 도와|상담사 연결|확인해 보겠습니다",
    r"^(?:네|예|아니요|알겠습니다)[.,! ]*$",
    # German, French, Spanish, Italian, Portuguese
    r"^ich (?:habe|hätte) (?:eine|da eine|ein|mal eine|nur eine)? ?(?:kurze )?(?:frage|problem)(?: zu \w+)?\W*$",
    r"\b(?:können|könnten) sie mir (?:bitte )?helfen\W*$|\bwie geht es ihnen\b",
    r"\bmein name ist\b|\beinen (?:moment|augenblick)\b|\bvielen dank\b|\bdanke\b",
    r"\btut mir leid\b|\bentschuldig|\bgern geschehen\b|\bschönen (?:tag|abend)\b|\bauf wiedersehen\b",
    r"\bsonst noch\b|\bwie kann ich\b",
    r"\bun (?:instant|moment)\b|\bmerci\b|\bdésolée?\b|\bbonne (?:journée|soirée)\b|\bau revoir\b|\bautre chose\b",
    r"\bje vous en prie\b",
    r"\bun momento\b|\bgracias\b|\blo (?:siento|lamento)\b|\bde nada\b|\balgo más\b|\bque tenga\b|\badiós\b",
    r"\ben qué puedo\b",
    r"\bun attimo\b|\bgrazie\b|\bmi dispiace\b|\bprego\b|\bbuona giornata\b|\barrivederci\b|\baltro\?$",
    r"\bum momento\b|\bobrigad[oa]\b|\blamento\b|\bde nada\b|\bmais alguma coisa\b|\btenha um\b",
    # Russian, Vietnamese, Thai, Arabic
    r"\bспасибо\b|\bминут(?:у|очку)\b|\bподождите\b|\bизвините\b|\bпожалуйста[.!]*$|до свидания|всего доброго",
    r"\bcảm ơn\b|\bvui lòng (?:chờ|đợi)\b|\bxin lỗi\b|\btạm biệt\b|còn gì nữa",
    r"รอสักครู่|ขอบคุณ|ขออภัย|ขอโทษ|สอบถามเพิ่มเติม",
    r"شكرا|لحظة من فضلك|نعتذر|مع السلامة",
)
_SOLVED = (
    r"\b(?:it|that|this|everything) (?:\w+ )?works?\b|\bworking (?:now|again|fine)\b",
    r"\bworks (?:now|again|fine|perfectly)\b|\b(?:solved|fixed|sorted)\b",
    r"\bthat (?:helped|did it)\b|\bthanks?\b|\bthank you\b|\bgreat\b|\bperfect\b|\bbrilliant\b|\bawesome\b",
    r"好了|可以了|解决了|解決了|搞定|谢谢|謝謝|多谢|多謝|感谢|感謝|知道了|明白了|了解了|没问题了|沒問題了|成功了",
    r"有看到了|懂了",
    r"直りました|解決しました|できました|助かりました|ありがとう|動きました|わかりました|安心しました|よかった",
    r"해결됐|해결되었|감사합니다|고맙습니다|됐어요|잘 돼요|\bfunktioniert (?:jetzt|wieder)\b|\bdanke\b",
    r"\bgeklappt\b|\bgelöst\b",
    r"\b(?:ça|cela) (?:marche|fonctionne)\b|\bmerci\b|\bparfait\b|\bya funciona\b|\bgracias\b|\bresuelto\b",
    r"\bora funziona\b|\bgrazie\b|\brisolto\b",
    r"\b(?:já|agora) funciona\b|\bobrigad[oa]\b|заработало|спасибо|получилось|\bđược rồi\b|\bcảm ơn\b|ขอบคุณ",
    r"ใช้ได้แล้ว|شكرا|تم الحل",
)
_UNSOLVED = (
    r"\b(?:still|(?:does|did|has)(?:n['’]?t| not)) (?:\w+ )?(?:work|help|solv|fix|chang|happen)\w*|\bno luck\b",
    r"\bstill (?:the same|broken|nothing|no |not |stops|fails|won['’]?t|can['’]?t|having)",
    r"\bsame (?:problem|error|issue)\b|\buseless\b|\bi give up\b",
    r"还是(?:不行|不能|没|一样|报错|坏|无法)|還是(?:不行|不能|沒|一樣|無法)|没用|沒用|没有解决|沒有解決|没解决",
    r"沒解決|不行啊|仍然(?:不|无|無|没|沒)|解决不了|解決不了",
    r"まだ(?:直|動|でき|同じ|解決し(?:ま|て))|直りません|変わりません|できません(?:でした)?$|解決しません",
    r"だめです|ダメです|動きません",
    r"아직도|여전히|안 돼요|안돼요|해결이 안|\bfunktioniert (?:immer noch )?nicht\b",
    r"\bimmer noch (?:nicht|das gleiche|kaputt)\b|\bhilft nicht\b",
    r"\b(?:ne (?:marche|fonctionne)|marche) (?:toujours )?pas\b|\btoujours pas\b",
    r"\b(?:sigue|todavía|aún) (?:sin|no|igual)\b|\bno funciona\b|\bnon funziona\b",
    r"\b(?:ainda )?não funciona\b|не работает|не помогло|всё ещё|\bvẫn (?:không|chưa|bị)\b|ยังไม่|ไม่ได้ผล",
    r"لا يزال|لا يعمل",
)
_RESOLVED_STATUS = (
    r"resolved|closed|solved|done|completed?|finished|archived|已解决|已解決|已结案|已結案|已关闭|已關閉|已完成|"
    r"结束|結束|解決済み?|完了|終了|対応済み?|"
    r"해결(?:됨|완료)?|완료|종료|gelöst|geschlossen|erledigt|résolue?|fermée?|clos|resuelt[oa]|cerrad[oa]|risolto|"
    r"chiuso|resolvid[oa]|fechad[oa]|"
    r"решен[оа]?|закрыт[оа]?|đã (?:giải quyết|đóng)|แก้ไขแล้ว|ปิดแล้ว|تم الحل|مغلق"
)


def case_headings(language: str) -> CaseHeadings:
    """Return the headings for a language (BCP 47 tag); English for a language without."""
    tag = "zh-Hans" if language == "zh" else language
    return _HEADINGS.get(tag) or _HEADINGS.get(tag.partition("-")[0]) or _HEADINGS["en"]


def all_question_headings() -> frozenset[str]:
    """Return the headings, in all languages, under which a customer's words stand."""
    return frozenset(headings.question for headings in _HEADINGS.values())


def all_resolution_headings() -> frozenset[str]:
    """Return the headings, in all languages, under which the desk's words stand."""
    return frozenset(headings.resolution for headings in _HEADINGS.values())


def is_small_talk(sentence: str) -> bool:
    """Tell whether a sentence greets, thanks, asks to wait, says farewell or merely agrees; a long one never does."""
    said = _NAMED.sub("", sentence).strip()
    if columns(said) > 80:
        return False
    greeting = _pattern(_GREETING).match(said)
    if greeting and columns(said[greeting.end() :].strip(" ,，、。.!！~～?？")) <= 16:
        return True
    return not said or _pattern(_SMALL_TALK).search(said) is not None


def after_greeting(sentence: str) -> str | None:
    """Return what stands behind the greeting that a sentence begins with; None if it begins with none."""
    greeting = _pattern(_GREETING).match(sentence)
    return sentence[greeting.end() :].strip(" ,，、。.!！:：") if greeting else None


def sounds_solved(text: str) -> bool:
    """Tell whether a customer's words say that it is solved."""
    return _pattern(_SOLVED).search(text) is not None


def sounds_unsolved(text: str) -> bool:
    """Tell whether a customer's words say that it is not solved."""
    return _pattern(_UNSOLVED).search(text) is not None


def is_resolved_status(status: str) -> bool:
    """Tell whether a conversation's state in an export means that it is resolved."""
    return re.fullmatch(_RESOLVED_STATUS, status.strip(), re.IGNORECASE) is not None


@lru_cache(maxsize=4)
def _pattern(parts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)
