"""Words by which a message leans on what was said before, or says that it begins something new."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.languages.folding import fold
from engine.languages.registry import profile_for

__all__ = ["DIALOGUE_CUES", "DialogueCues", "after_shift", "points_back"]


@dataclass(frozen=True, slots=True)
class DialogueCues:
    """Variants are separated by "|".

    `openings` begin a message that goes on with the matter at hand ("and", "那"); `pointers` stand for something that
    was named before; `endings` close a question that leaves out its verb ("呢"); `shifts` announce another matter.
    """

    openings: str = ""
    pointers: str = ""
    endings: str = ""
    shifts: str = ""


_ZH = DialogueCues(
    openings="那么|那麼|那|所以|然后|然後|要是|万一|萬一|可是|但是|不过|不過|还有呢|這麼|这么|没|沒|也",
    pointers="这个|這個|那个|那個|这种|這種|那种|那種|这样|這樣|那样|那樣|它|这台|這台|那台|其中|之后呢|上面说|"
    "上面說|这期间|"
    "這段時間|这段时间|换来的|換來的|也一样|也一樣|也是吗|也是嗎",
    endings="呢|咧|的话|的話",
    shifts="另外问|另外想问|另外請問|另外想問|换个问题|換個問題|换个话题|換個話題|还有个问题|還有個問題|"
    "另一个问题|另一個問題|"
    "对了|對了|顺便问|順便問|再问一个|再問一個|别的问题|別的問題",
)
DIALOGUE_CUES: Mapping[str, DialogueCues] = {
    "zh": _ZH,
    "en": DialogueCues(
        openings="and|but|so|then|also|what about|how about|what if|or|even|still|if not|okay so|ok so|which one|"
        "in that case|does that|is that|would that|will that|can that|why not|until when|since when|same for",
        pointers="it|that|this|those|these|they|them|one|ones|there|the other|the new one|the old one|the same|"
        "instead|"
        "after that|either|hers|his|theirs",
        shifts="different question|another question|other question|new question|separate question|something else|"
        "by the way|btw|on another note|unrelated|changing the subject|different topic|another thing",
    ),
    "ja": DialogueCues(
        openings="じゃあ|じゃ|では|それなら|それだと|それで|それは|それって|それでも|だと|そしたら|でも|あと|"
        "なら|もし|もう|あとから|ちなみにそれ|"
        "そういう|その",
        pointers="それ|これ|あれ|そっち|こっち|その|この|そちら|こちら|そこ|同じ|そういう時|そういうとき|"
        "古いほう|新しいほう|古いの|新しいの",
        endings="は|はどう|はどうですか|はどうなりますか|だと|の場合は|も",
        shifts="別件|別の質問|別の話|話は変わ|話が変わ|ところで|ちなみに別|もう一つ質問|もうひとつ質問|違う質問",
    ),
    "ko": DialogueCues(
        openings="그럼|그러면|그리고|그런데|근데|하지만|그래서|만약|혹시 그",
        pointers="그거|그것|이거|이것|저거|그건|이건|거기|그때|같은",
        endings="은요|는요|도요",
        shifts="다른 질문|다른 문의|다른 얘기|별개로|그건 그렇고|하나 더 여쭤",
    ),
    "de": DialogueCues(
        openings="und|aber|also|dann|oder|was ist mit|wie ist es mit|und wenn|falls|auch|wie sieht es mit",
        pointers="das|es|dies|diese|dieser|davon|damit|dafür|dort|sie|ihn|dasselbe|stattdessen|danach",
        shifts="andere frage|noch eine frage|anderes thema|etwas anderes|übrigens|nebenbei|neue frage",
    ),
    "fr": DialogueCues(
        openings="et|mais|alors|donc|ou|sinon|et si|qu'en est-il|dans ce cas|aussi",
        pointers="ça|cela|ceci|celui-ci|celle-ci|celui|celle|ceux|il|elle|le même|la même|y|en",
        shifts="autre question|une autre question|autre chose|changeons de sujet|au fait|par ailleurs|"
        "sinon rien à voir",
    ),
    "es": DialogueCues(
        openings="y|pero|entonces|o|y si|qué pasa con|en ese caso|también|qué tal",
        pointers="eso|esto|ese|esa|este|esta|ello|lo|la|los|las|el mismo|la misma|allí|ahí",
        shifts="otra pregunta|otra cosa|cambiando de tema|por cierto|otra duda|otro tema",
    ),
    "it": DialogueCues(
        openings="e|ma|allora|quindi|o|e se|che ne è di|in quel caso|anche",
        pointers="questo|questa|quello|quella|ciò|lo|la|lì|lo stesso|la stessa|ne",
        shifts="altra domanda|un'altra domanda|un'altra cosa|cambiando argomento|a proposito|altra cosa",
    ),
    "pt": DialogueCues(
        openings="e|mas|então|ou|e se|nesse caso|também|e quanto",
        pointers="isso|isto|esse|essa|este|esta|ele|ela|lá|o mesmo|a mesma",
        shifts="outra pergunta|outra coisa|mudando de assunto|aliás|a propósito|outra dúvida|outro assunto",
    ),
    "ru": DialogueCues(
        openings="а|и|но|тогда|значит|или|а если|как насчёт|как насчет|тоже|также",
        pointers="это|этот|эта|эти|он|она|они|его|её|их|там|то же|тот же|такой же",
        shifts="другой вопрос|ещё вопрос|еще вопрос|ещё один вопрос|кстати|другая тема|о другом",
    ),
    "ar": DialogueCues(
        openings="و|وماذا عن|ماذا عن|لكن|إذن|وإذا|أو|وهل|وكم",
        pointers="هذا|هذه|ذلك|تلك|هو|هي|هناك|نفس",
        shifts="سؤال آخر|موضوع آخر|بالمناسبة|شيء آخر",
    ),
    "th": DialogueCues(
        openings="แล้ว|แต่|ถ้า|งั้น|และ|หรือ|อย่างนั้น",
        pointers="อันนี้|อันนั้น|นี้|นั้น|มัน|เหมือนกัน|ตัวนี้|ตัวนั้น",
        endings="ล่ะ|ละ",
        shifts="อีกเรื่อง|คำถามอื่น|เรื่องอื่น|ขอถามอีก",
    ),
    "vi": DialogueCues(
        openings="còn|vậy|thế|nhưng|và|hay|nếu|thế thì|vậy thì|thế còn|vậy còn",
        pointers="nó|cái này|cái đó|đó|này|vậy|giống vậy|ở đó",
        endings="thì sao",
        shifts="câu hỏi khác|hỏi thêm|chuyện khác|vấn đề khác|nhân tiện",
    ),
}
_NONE = DialogueCues()


def points_back(text: str, language: str) -> bool:
    """Tell whether a message opens or closes like one that goes on with the matter at hand, or points back at it."""
    whole_words = not {"Latn", "Cyrl"}.isdisjoint(profile_for(language).scripts)
    pattern = _pointing(language.partition("-")[0], whole_words=whole_words)
    return pattern is not None and pattern.search(fold(text)) is not None


def after_shift(text: str, language: str) -> str | None:
    """Return what a message says behind the words that announce another matter; None if it announces none."""
    cues = _of(language.partition("-")[0]).shifts
    found = re.search(rf"(?:{_either(cues)})[\s,，、:：.。…—-]*", text, re.IGNORECASE) if cues else None
    return text[found.end() :].strip() or text if found else None


def _of(primary: str) -> DialogueCues:
    return DIALOGUE_CUES.get({"cmn": "zh", "yue": "zh"}.get(primary, primary), _NONE)


@lru_cache(maxsize=64)
def _pointing(primary: str, *, whole_words: bool) -> re.Pattern[str] | None:
    cues = _of(primary)
    before, behind = (r"(?<!\w)", r"(?!\w)") if whole_words else ("", "")
    parts = [rf"^\W*(?:{_either(cues.openings)}){behind}"] if cues.openings else []
    if cues.pointers:
        parts.append(rf"{before}(?:{_either(cues.pointers)}){behind}")
    if cues.endings:
        parts.append(rf"(?:{_either(cues.endings)})\W*$")
    return re.compile("|".join(parts)) if parts else None


def _either(listed: str) -> str:
    variants = {fold(each) for each in listed.split("|")} | set(listed.split("|"))
    return "|".join(re.escape(each) for each in sorted(variants, key=lambda each: (-len(each), each)))
