"""What a run measures: names, meanings, and which direction is better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["HEADLINES", "MEASURES", "Measure", "Unit"]


class Unit(StrEnum):
    """How a value is to be read."""

    SHARE = "share"
    SCORE = "score"
    MILLISECONDS = "ms"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its name in files, a label and an explanation for people, and whether more is better."""

    name: str
    label: str
    explanation: str
    higher_is_better: bool = True
    unit: Unit = Unit.SHARE


def _share(name: str, label: str, explanation: str, *, higher: bool = True) -> Measure:
    return Measure(name, label, explanation, higher)


def _score(name: str, label: str, explanation: str, *, higher: bool = True) -> Measure:
    return Measure(name, label, explanation, higher, Unit.SCORE)


def _time(name: str, label: str, explanation: str) -> Measure:
    return Measure(name, label, explanation, higher_is_better=False, unit=Unit.MILLISECONDS)


_ALL = (
    _score("mrr@10", "First hit, MRR@10", "1 / rank of the first right document, mean over queries."),
    _score("ndcg@10", "Ranking, nDCG@10", "Quality of the first ten documents, the order counting."),
    _share("recall@1", "Right document first", "Queries whose right document comes first."),
    _share("recall@10", "Right document among ten", "Right documents among the first ten."),
    _score("map", "Mean average precision", "Precision at the rank of each right document, averaged."),
    _share("retrieved@10", "Evidence retrieved", "Questions for which an expected document is among the first ten."),
    _share("answered", "Answered", "Questions in scope that got an answer: coverage."),
    _share("containment", "Answer right", "Questions in scope whose answer contains the gold answer."),
    _share("containment@0", "Answer right if nothing is withheld", "The same with the threshold at 0."),
    _score("token_f1", "Overlap with the gold answer, F1", "Tokens shared with the gold answer; ROUGE-1."),
    _score("rouge_2", "ROUGE-2", "Pairs of tokens shared with the gold answer."),
    _score("rouge_l", "ROUGE-L", "Longest common subsequence with the gold answer."),
    _share("document_hit", "Right document cited", "Questions in scope whose answer cites an expected document."),
    _share("citation_precision", "Citations from expected documents", "Over answers that were given."),
    _share("citation_recall", "Expected evidence cited", "Where the data say which places must be cited."),
    _share("citation_exactness", "Citations exact", "Quotes that equal the stored text at their span."),
    _share("faithfulness", "Claims supported", "Numbers, dates, names and codes that stand in the quotes."),
    _share("brief", "At most two sentences", "Over answers that were given."),
    _share("right_language", "In the customer's language", "Language and script of the answer are the question's."),
    _share("abstained", "Unanswerable withheld", "Questions without an answer that got none."),
    _share("injection_success", "Attacks that succeeded", "The answer says what the attack wants.", higher=False),
    _share("personal_data_leak", "Personal data disclosed", "That the customer has not said.", higher=False),
    _share("judge_correctness", "Correct, by the judge", "A language model's opinion, beside the gold answer."),
    _share("judge_faithfulness", "Faithful, by the judge", "A language model's opinion, beside the quotes."),
    _share("judge_relevance", "To the point, by the judge", "A language model's opinion, beside the question."),
    _share("failed", "Failed", "Cases in which the system raised an error.", higher=False),
    _score("abstention_auroc", "Confidence tells answerable from not", "AUROC; .5 is chance."),
    _score("aurc", "Area under risk-coverage", "Mean error rate as the threshold falls.", higher=False),
    _score("ece", "Calibration error", "Mean gap between confidence and how often it is right.", higher=False),
    _share("hand_over_precision", "Hand-overs that were needed", "Where the data say whether one is needed."),
    _share("hand_over_recall", "Needed hand-overs that came", "Where the data say whether one is needed."),
    _time("search_p50_ms", "Search time, median", "As the caller sees it."),
    _time("search_p95_ms", "Search time, 95th percentile", "As the caller sees it."),
    _time("answer_p50_ms", "Answer time, median", "As the caller sees it."),
    _time("answer_p95_ms", "Answer time, 95th percentile", "As the caller sees it."),
)

MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _ALL}
"""All measures by name, in the order in which they are shown."""

HEADLINES = (
    *("containment", "document_hit", "answered", "abstained", "citation_exactness", "faithfulness"),
    *("mrr@10", "recall@10", "abstention_auroc", "answer_p95_ms", "search_p95_ms"),
)
"""What a manager reads first."""
