"""Whether two sentences say yes and no to the same thing: negation, and words of opposite meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from engine.answering.coverage import TermSet, term_set
from engine.languages.folding import converted, fold

__all__ = ["contradicts"]

# By script, because a text may be in a language that nobody named. What looks like a negation and is none comes first.
_NO_NEGATION = (
    r"不仅|不但|不过|不同|不断|不久|不少|不管|不论|不如|不错|不超过|不低于|不少于|不迟于|不早于|不得不|对不起|"
    r"非常|无论|无线|无人|未来|特别|分别|"
    r"区别|级别|类别|别的|个别|识别|性别|要不要|是不是|能不能|可不可以|有没有|会不会|"
    r"だけでな[くい]|かもしれな|(?:ねば|なければ|なくては)(?:なら|なり|いけ)(?:ない|ません)?|しかな[いく]|少な[いく]|"
    r"わけではな|でない限り|問題な|"
    r"\bnot only\b|\bno (?:later|earlier|more|less|fewer) than\b|\bnot (?:later|more|less) than\b|\bno\. ?\d|"
    r"\bwhether or not\b|"
    r"\bnicht nur\b|\bnon seulement\b|\bno s[oó]lo\b|\bnão (?:só|apenas)\b|\bне только\b|\bkhông chỉ\b|หรือไม่|"
    r"ไม่เพียง|ไม่เกิน"
)
_NEGATION = (
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot|without|unable|prohibited|forbidden)\b|n['’]t\b|"
    r"不|没|無|无(?!料)|未|勿|禁止|严禁|ません|ない|なかった|なく|できず|られず|ずに|不可|"
    r"않|(?<![가-힣])안\s|(?<![가-힣])못|없|아니|불가|"
    r"\b(?:nicht|kein\w*|nie|niemals|ohne|weder)\b|\b(?:ne|aucune?|jamais|sans|ni|pas)\b|\bn['’](?=[aeiouhéè])|"
    r"\b(?:nunca|sin|ning[uú]n\w*|tampoco)\b|\b(?:não|nunca|sem|nenhuma?)\b|\b(?:non|mai|senza|nessun\w*)\b|"
    r"\b(?:не|нет|ни|нельзя|без|никогда|невозможно)\b|(?<!\w)(?:لا|لن|لم|ليس(?:ت)?|غير|بدون|دون)(?!\w)|ไม่|"
    r"ห้าม|มิได้|"
    r"\b(?:không|chưa|đừng|chẳng)\b"
)
# Pairs of which a faithful sentence keeps the side that the evidence takes.
_OPPOSITES = (
    (r"\balways\b", r"\bnever\b"),
    (r"\bbefore\b", r"\bafter\b"),
    (r"\b(?:at least|minimum|more than|over)\b", r"\b(?:at most|maximum|less than|under|up to)\b"),
    (r"\b(?:allowed|permitted|possible)\b", r"\b(?:forbidden|prohibited|impossible|not allowed)\b"),
    (r"\bunopened\b", r"(?<!un)\bopened\b"),
    (
        r"\b(?:enable[ds]?|turn(?:s|ed)? on|switch(?:es|ed)? on)\b",
        r"\b(?:disable[ds]?|turn(?:s|ed)? off|switch(?:es|ed)? off)\b",
    ),
    (r"\binclude[sd]?\b", r"\bexclude[sd]?\b"),
    (r"\b(?:increase|rise|raise)[sd]?\b", r"\b(?:decrease|lower|reduce)[sd]?\b"),
    ("之前|以前", "之后|以后"),
    ("至少|以上|不少于|不低于", "至多|最多|以下|以内|不超过"),
    ("可以|允许|能够", "禁止|不可以|不能|不允许|无法"),
    ("开启|打开|启用", "关闭|停用|禁用"),
    ("未拆封|未开封", "(?<!未)(?:拆封|开封)"),
    ("無料", "有料"),
    ("以上", "以下|以内|未満"),
    ("できます|可能です", "できません|不可"),
    ("未開封", "(?<!未)開封"),
    ("이상", "이하|이내|미만"),
    ("무료", "유료"),
    (r"\b(?:vor)\b", r"\b(?:nach)\b"),
    (r"\b(?:mindestens)\b", r"\b(?:höchstens|maximal)\b"),
    (r"\bavant\b", r"\baprès\b"),
    (r"\bau moins\b", r"\bau plus\b"),
    (r"\b(?:antes)\b", r"\b(?:después|depois)\b"),
    (r"\bal menos\b|\bno mínimo\b", r"\bcomo máximo\b|\bno máximo\b"),
    (r"\bдо\b", r"\bпосле\b"),
)
MIN_SHARED = 0.5  # of a clause's terms, with what it is held against
MIN_CLAUSE = 3  # characters
_CLAUSES = re.compile(
    r"[,;:—、，；：]|\b(?:but|however|unless|except|aber|jedoch|mais|pero|mas|но)\b|但是?|不过|然而|が、|지만"
)


def contradicts(claim: str, evidence: Sequence[str], language: str = "") -> bool:
    """Tell whether a claim denies what its evidence affirms, or the other way round.

    Each clause is held against the sentence of the evidence, or the clause of one that both affirms and denies, that
    shares most terms with it. A single sentence may be in another language; opposites are compared within one.
    """
    said, known = fold(claim), [fold(each) for each in evidence]
    if any(_flipped(said, "\n".join(known), pair) for pair in _opposites()):
        return True
    units = [unit for each in known for unit in _units(each)]
    if len(units) == 1:
        return len(_units(said)) == 1 and _is_negated(said) != _is_negated(units[0])
    terms = [(unit, term_set(unit, language)) for unit in units]
    return any(_denied(clause, terms, language) for clause in _units(said))


def _denied(clause: str, units: Sequence[tuple[str, TermSet]], language: str) -> bool:
    wanted = term_set(_without_negations(clause), language)
    shares = [len(wanted & terms) / len(wanted) if wanted else 0.0 for _, terms in units]
    best = max(shares, default=0.0)
    nearest = [unit for (unit, _), share in zip(units, shares, strict=True) if share == best]
    return best >= MIN_SHARED and all(_is_negated(unit) != _is_negated(clause) for unit in nearest)


def _units(sentence: str) -> list[str]:
    """Return the clauses of a sentence of which some are negated and others are not, else the sentence."""
    clauses = [clause for clause in _CLAUSES.split(sentence) if len(clause.strip()) > MIN_CLAUSE]
    return clauses if len({_is_negated(clause) for clause in clauses}) > 1 else [sentence]


def _is_negated(text: str) -> bool:
    counted, skipped = _negation()
    return counted.search(skipped.sub(" ", text)) is not None


def _without_negations(text: str) -> str:
    return _negation()[0].sub(" ", text)


def _flipped(claim: str, evidence: str, pair: tuple[re.Pattern[str], re.Pattern[str]]) -> bool:
    for one, other in (pair, pair[::-1]):
        if one.search(claim) and not other.search(claim) and other.search(evidence) and not one.search(evidence):
            return True
    return False


@lru_cache(maxsize=1)
def _negation() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(converted(_NEGATION, "t2s")), re.compile(converted(_NO_NEGATION, "t2s"))


@lru_cache(maxsize=1)
def _opposites() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(converted(one, "t2s")), re.compile(converted(other, "t2s"))) for one, other in _OPPOSITES)
