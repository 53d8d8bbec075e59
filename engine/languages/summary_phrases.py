"""Headings and fixed words of a summary, in every language of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.assist import Emotion
from engine.domain.summary import Progress, SummaryPart
from engine.languages.registry import profile_for

__all__ = ["SummaryPhrases", "summary_phrases"]


@dataclass(frozen=True, slots=True)
class SummaryPhrases:
    """The heading of each part, how far a conversation has come, and the names of emotions."""

    headings: Mapping[SummaryPart, str]
    progress: Mapping[Progress, str]
    emotions: Mapping[Emotion, str]


# Headings in the order of SummaryPart; progress: solved, promised, unsolved; emotions in the order of Emotion.
_LISTED: Mapping[str, tuple[str, str, str]] = {
    "en": (
        "Issue|Tried so far|Facts|Promises|Outcome|Open points|Mood",
        "Solved|Waiting for what was promised|Not solved",
        "anger|worry|disappointment|confusion|neutral|joy",
    ),
    "zh-Hans": (
        "问题|已尝试|关键信息|承诺|结果|待处理|情绪",
        "已解决|等待兑现承诺|未解决",
        "愤怒|焦虑|失望|困惑|平静|高兴",
    ),
    "zh-Hant": (
        "問題|已嘗試|關鍵資訊|承諾|結果|待處理|情緒",
        "已解決|等待兌現承諾|未解決",
        "憤怒|焦慮|失望|困惑|平靜|高興",
    ),
    "ja": (
        "お問い合わせ内容|試したこと|確認事項|お約束|結果|未対応事項|お客様の感情",
        "解決済み|お約束の対応待ち|未解決",
        "怒り|不安|落胆|困惑|平静|喜び",
    ),
    "ko": (
        "문의 내용|시도한 방법|확인된 정보|약속|결과|남은 일|감정",
        "해결됨|약속 이행 대기|미해결",
        "분노|불안|실망|혼란|평온|기쁨",
    ),
    "de": (
        "Anliegen|Bisher versucht|Angaben|Zusagen|Ergebnis|Offene Punkte|Stimmung",
        "Gelöst|Zusage steht aus|Nicht gelöst",
        "Ärger|Sorge|Enttäuschung|Verwirrung|neutral|Freude",
    ),
    "fr": (
        "Demande|Déjà essayé|Données|Engagements|Résultat|Points en suspens|Humeur",
        "Résolu|En attente de ce qui a été promis|Non résolu",
        "colère|inquiétude|déception|confusion|neutre|joie",
    ),
    "es": (
        "Motivo|Ya se intentó|Datos|Compromisos|Resultado|Pendiente|Ánimo",
        "Resuelto|A la espera de lo prometido|Sin resolver",
        "enfado|preocupación|decepción|confusión|neutral|alegría",
    ),
    "it": (
        "Richiesta|Già provato|Dati|Impegni|Esito|Punti aperti|Umore",
        "Risolto|In attesa di quanto promesso|Non risolto",
        "rabbia|preoccupazione|delusione|confusione|neutro|gioia",
    ),
    "pt": (
        "Pedido|Já tentado|Dados|Promessas|Resultado|Pendências|Humor",
        "Resolvido|À espera do prometido|Não resolvido",
        "raiva|preocupação|deceção|confusão|neutro|alegria",
    ),
    "ru": (
        "Вопрос|Что пробовали|Данные|Обещания|Итог|Открытые вопросы|Настроение",
        "Решено|Ждём обещанного|Не решено",
        "гнев|тревога|разочарование|растерянность|спокойствие|радость",
    ),
    "vi": (
        "Vấn đề|Đã thử|Thông tin|Cam kết|Kết quả|Việc còn lại|Tâm trạng",
        "Đã giải quyết|Chờ thực hiện cam kết|Chưa giải quyết",
        "tức giận|lo lắng|thất vọng|bối rối|bình thường|vui",
    ),
    "th": (
        "ปัญหา|สิ่งที่ลองแล้ว|ข้อมูล|คำสัญญา|ผลลัพธ์|เรื่องค้าง|อารมณ์",
        "แก้ไขแล้ว|รอตามที่สัญญาไว้|ยังไม่แก้ไข",
        "โกรธ|กังวล|ผิดหวัง|สับสน|ปกติ|ดีใจ",
    ),
    "ar": (
        "المشكلة|ما تمت تجربته|المعلومات|الوعود|النتيجة|نقاط مفتوحة|المزاج",
        "تم الحل|بانتظار ما تم الوعد به|لم يتم الحل",
        "غضب|قلق|خيبة أمل|حيرة|محايد|فرح",
    ),
}


def summary_phrases(language: str) -> SummaryPhrases:
    """Return the words for a language (BCP 47 tag); English for a language without."""
    headings, progress, emotions = _LISTED.get(profile_for(language).code, _LISTED["en"])
    return SummaryPhrases(
        dict(zip(SummaryPart, headings.split("|"), strict=True)),
        dict(zip(Progress, progress.split("|"), strict=True)),
        dict(zip(Emotion, emotions.split("|"), strict=True)),
    )
