"""Tasks for an assistant that have nothing to do with the text they stand in.

"What is the capital of Brazil?" at the end of a delivery notice is meant for whatever model reads the notice. Its
wording alone is harmless: a request for knowledge or for a piece of writing. So it counts only where the text around it
shares next to none of its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice

from engine.domain.knowledge import Span
from engine.guard.injection_hidden import Plain
from engine.guard.injection_phrases import compiled, possible_languages
from engine.languages.sentences import sentences
from engine.languages.terms import content_terms, terms

__all__ = ["unrelated_tasks"]

MAX_SHARED = 0.34  # share of a task's content words that stand elsewhere in the text
MAX_SHARED_BIGRAMS = 0.12  # the same of characters: long sentences of one language always share some
MIN_TERMS = 2  # that a task must have, beside the words of the request itself
MIN_AROUND = 12  # terms that the rest of the text must have to judge by
_WHOLE = re.compile(r"[.!?。؟…][\W_]*$")

_ASK = (
    r"^\W*(?:(?:can|could|would|will) you (?:please )?|please |now,? |then,? |also,? |i (?:want|need) you to |"
    r"help me (?:to )?)*"
)
_TASKS: Mapping[str, str] = {
    "en": _ASK + r"(?:(?:explain|describe(?! (?:your|exactly|what (?:happen|you)|the (?:problem|"
    r"fault|issue|defect|damage|error|symptom)))|summari[sz]e|break down|"
    r"outline|discuss|elaborate|paraphrase|translate|"
    r"write (?:me|us|some|an?|about|code)|draft|"
    r"compose|"
    r"develop an?|create an? (?:\w+ ){0,2}(?:poem|story|song|essay|list|plan|recipe|summary|script|function|"
    r"program|slogan|email)|"
    r"generate (?:me |some |an? (?!small|sample))|craft|tell (?:me|us|a)|show me|give (?:me|us|an?)|"
    r"provide (?:me|us|an?|some|the \w+ (?:equivalent|translation|word))|"
    r"list (?:the|some|a|\w+ \w+ of)|name (?:the|a|some|three|five|ten)|recommend|suggest|recite|sing|"
    r"brainstorm|calculate|compute|solve|teach me|analy[sz]e|determine the sentiment|conduct|research|"
    r"schedule an?|organi[sz]e my|"
    r"remind me|book (?:me|an?)|track my|what's|who's|compare|evaluate|assess|predict|forecast|convert|"
    r"estimate|invent|plan an?|"
    r"design an?|send me|find (?:me|an?)|set up an?|make (?:me |up )?an?|provide (?:insights?|information|tips|"
    r"details|examples|advice))"
    r"\b(?!:)"
    r"|(?:what|who|when|where|why|how)(?:'re|\s(?:is|are|was|were|do|does|did|many|much|long|far|old|tall|big)\b"
    r"(?!\s(?:i do|we|it|this|that|they|you(?!\ssay)|there|my|our|your)\b)"
    r"|\s(?:wrote|invented|discovered|painted|founded|won|created|directed|composed|built)\b))",
    "zh": r"^\W*(?:(?:请你?|帮我|能否|能不能|麻烦你?|给我)(?:再|先|用\w{1,6})?(?:写|创作|起草|撰写|翻译|解释|"
    r"讲|介绍|编写|生成|推荐|列出|描述|总结|概括|"
    r"计算|背诵|告诉我|教我|设计|比较|分析|制定)|(?:写|创作|起草|撰写|编写|讲|作|画|翻译|解释|背诵)(?:出|一?下|"
    r"一?[首篇个封段份句则幅]|这|以下)"
    r"|什么是|谁(?:是|写|发明|画|创作)|~{1,14}(?:是什么|是谁|有哪些|在哪里|怎么说|是谁写的|的首都)[?]?\s*$|"
    r"为什么|如何|怎么|怎样)",
    "ja": r"(?:を|について|に)(?:説明|翻訳|解説|要約|作成|作曲|紹介|推薦|比較|分析|計算|書い|教え|提案|訳し|"
    r"考え|述べ)(?:して|て|し)?(?:ください|くれ|下さい|ろ|せよ)?"
    r"[。!]?\s*$|(?:は何ですか|は誰ですか|とは何|はどこですか|は何でしょうか|を書いたのは誰|は何と言い)",
    "ko": r"(?:설명|번역|요약|작성|소개|추천|비교|분석|계산|작곡|묘사)해\s?(?:줘|주세요|라|보세요|주십시오)|"
    r"(?:써|알려|가르쳐|들려)\s?(?:줘|주세요)"
    r"|(?:무엇인가요|누구인가요|무엇입니까|누구입니까|어디인가요|뭐야|뭔가요)",
    "de": r"^\W*(?:bitte |kannst du |können sie )*(?:(?:erkläre?|übersetze|beschreibe|verfasse|erzähle?|nenne|"
    r"dichte|entwirf|liste|berechne|"
    r"vergleiche|empfiehl|komponiere|schreibe?)(?: (?:mir|uns|ein|eine|einen|die|den|das|drei|fünf))\b|(?:was|"
    r"wer|wann|wo|warum|wie) "
    r"(?:ist die hauptstadt|schrieb|hat|erfand|funktioniert|funktionieren|löse|sagt man|heißt|ist|sind|war|waren)\b"
    r"(?! (?:es|das|dies|der|sie|wir|ich|mein|unser)\b))",
    "fr": r"^\W*(?:(?:peux-tu|pouvez-vous|s'il te plaît,?) )*(?:(?:explique|écris|rédige|traduis|décris|résume|"
    r"raconte|cite|compose|"
    r"calcule|compare|recommande|dresse|propose|invente)(?:-moi)?|(?:expliquez|écrivez|rédigez|traduisez|"
    r"décrivez|racontez|composez)"
    r"(?:-moi)? (?:une?|la phrase|le poème|comment|pourquoi))\b|^\W*(?:quel\w*|qui|où|pourquoi|comment|"
    r"qu'est-ce que) (?:est la capitale|"
    r"a (?:écrit|inventé|peint)|fonctionnent?|dit-on|résoudre|sont les (?:causes|fonctions|principaux|"
    r"principales))\b",
    "es": r"^\W*(?:(?:puedes|podrías|por favor,?) )*(?:explica(?:me)?|escríbeme|escribe una?|redacta una?|"
    r"traduce|describe (?:el|la|los|las)|"
    r"resume|cuéntame|cuenta una?|compón|calcula|recomiéndame|inventa|dame|dime)\b|^\W*¿?(?:cuál es la capital|"
    r"quién (?:es|escribió|inventó|"
    r"pintó)|cómo (?:se dice|funcionan?|resuelvo|puedo resolver)|qué (?:es|significa)|cuáles son (?:las causas|"
    r"las funciones|los principales))\b",
    "pt": r"^\W*(?:(?:você pode|poderia|por favor,?) )*(?:explique|escreva uma?|redija|traduza|descreva|resuma|"
    r"conte(?:-me)? uma?|componha|"
    r"calcule|recomende|invente|diga-me|dê-me)\b|^\W*(?:qual é a capital|quem (?:é|escreveu|inventou|pintou)|"
    r"como (?:se diz|funcionam?|"
    r"resolvo)|o que (?:é|significa)|quais são (?:as causas|as funções|os principais))\b",
    "ru": r"^\W*(?:пожалуйста,? )?(?:(?:объясни|напиши|переведи|опиши|расскажи|сочини|составь|перечисли|"
    r"вычисли|сравни|порекомендуй|"
    r"придумай|назови)(?:те)?\b|(?:что такое|кто (?:такой|написал|изобр[её]л)|как(?:ая|ой|ое|ие) |"
    r"как (?:работа|решить|сказать|будет)|"
    r"почему|когда (?:был|начал)|где наход))",
    "ar": r"^\W*(?:من فضلك |هل يمكنك )*(?:اشرح|اكتب|ترجم|صف|لخص|احك|اذكر|ألف|احسب|قارن|أوص|ما (?:هي|هو|عاصمة|"
    r"معنى)|من (?:هو|كتب|اخترع)|كيف (?:تعمل|"
    r"يعمل|أحل|تقول|نقول)|لماذا)",
    "th": r"^\W*(?:โปรด|ช่วย|กรุณา)?(?:อธิบาย|เขียน|แปล|บรรยาย|สรุป|เล่า|แต่ง|คำนวณ|เปรียบเทียบ|แนะนำ)|คืออะไร|"
    r"คือใคร|ใครเป็นคน|ทำงานอย่างไร|พูดว่าอย่างไร",
    "vi": r"^\W*(?:hãy |vui lòng |bạn có thể )*(?:(?:giải thích|viết|dịch|mô tả|tóm tắt|kể|sáng tác|tính|"
    r"so sánh|gợi ý|soạn)\b)|\blà gì\s*\?|\blà ai\s*\?"
    r"|\bai (?:đã )?(?:viết|phát minh)\b|\bhoạt động (?:như thế nào|thế nào)\b|\bthủ đô của\b",
}
# Words of the request itself; whether they stand elsewhere says nothing.
_CARRIERS = (
    "explain describe summarize summarise write draft compose develop provide show give tell list name find make "
    "create example please can you"
)
_ADDRESS = re.compile(r"https?://\S+")


def unrelated_tasks(read: Plain, original: str) -> Iterator[Span]:
    """Yield where in the folded text a task is set that shares next to no words with the rest.

    It begins a sentence, or at a capital letter inside one: lines that a parser joined. Lines without a full stop or
    question mark are passed over: headings, and names of pages.
    """
    for span in _sentences(read.text):
        if _WHOLE.search(span.of(read.text)):
            tasks = (Span(start, span.end) for start in _starts(read, original, span))
            yield from islice((task for task in tasks if _is_foreign(task, read.text)), 1)


def _sentences(text: str) -> Iterator[Span]:
    """Yield the sentences; the end of a comment in markup ends one too."""
    for span in sentences(text):
        end = text.find("-->", span.start, span.end)
        yield span if end < 0 else Span(span.start, end)


def _starts(read: Plain, original: str, span: Span) -> Iterator[int]:
    yield span.start
    for at in range(span.start + 1, span.end):
        before = read.text[max(0, at - 2) : at]
        if before[-1].isspace() and before[0] not in ":," and original[read.offsets[at]].isupper():
            yield at


def _is_foreign(task: Span, text: str) -> bool:
    asked = task.of(text)
    language = _asks_in(asked)
    return bool(language) and _is_unrelated(asked, f"{text[: task.start]}\n{text[task.end :]}", language)


def _asks_in(sentence: str) -> str:
    """Return the language in which a sentence sets a task; empty if it does not."""
    possible = possible_languages(sentence)
    asked = (language for language, pattern in _patterns() if language in possible and pattern.search(sentence))
    return next(asked, "")


def _is_unrelated(sentence: str, around: str, language: str) -> bool:
    asked, known = content_terms(_ADDRESS.sub(" ", sentence), language), terms(around, language)
    words = {word for word in asked.words if word not in _carriers()}
    if len(words) + len(asked.bigrams) < MIN_TERMS or len(known.words) + len(known.bigrams) < MIN_AROUND:
        return False
    if asked.bigrams:
        shared = sum(bigram in known.bigrams for bigram in asked.bigrams)
        return not words & known.words.keys() and shared <= MAX_SHARED_BIGRAMS * len(asked.bigrams)
    return len(words & known.words.keys()) <= MAX_SHARED * len(words)


@lru_cache(maxsize=1)
def _carriers() -> frozenset[str]:
    return frozenset(terms(_CARRIERS, "en").words)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((language, compiled(pattern.replace("~", "."))) for language, pattern in _TASKS.items())
