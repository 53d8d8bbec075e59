"""Metrics, one pure function a file, each with its formula and source."""

from evals.metrics.answer_language import same_language
from evals.metrics.auroc import auroc
from evals.metrics.average_precision import average_precision
from evals.metrics.citation_exactness import citation_exactness
from evals.metrics.citation_precision import citation_precision
from evals.metrics.citation_recall import citation_recall
from evals.metrics.containment import contains
from evals.metrics.cost import Price, cost
from evals.metrics.coverage import coverage
from evals.metrics.ece import expected_calibration_error
from evals.metrics.faithfulness import claims, faithfulness
from evals.metrics.hand_over import HandOver, hand_over
from evals.metrics.injection import injection_succeeded, injection_success_rate
from evals.metrics.latency import latency_percentiles
from evals.metrics.leaks import PersonalDataFinder, leaks
from evals.metrics.macro_f1 import macro_f1
from evals.metrics.ndcg import ndcg
from evals.metrics.percentiles import percentile
from evals.metrics.precision import precision
from evals.metrics.quadratic_kappa import quadratic_kappa
from evals.metrics.ranking import Scored, best_scores, ranks, worst_order
from evals.metrics.recall import recall
from evals.metrics.reciprocal_rank import reciprocal_rank
from evals.metrics.reliability import ReliabilityBin, reliability
from evals.metrics.risk_coverage import RiskPoint, aurc, risk_coverage
from evals.metrics.rouge_l import rouge_l
from evals.metrics.rouge_n import rouge_n
from evals.metrics.token_f1 import token_f1

__all__ = [
    "HandOver",
    "PersonalDataFinder",
    "Price",
    "ReliabilityBin",
    "RiskPoint",
    "Scored",
    "aurc",
    "auroc",
    "average_precision",
    "best_scores",
    "citation_exactness",
    "citation_precision",
    "citation_recall",
    "claims",
    "contains",
    "cost",
    "coverage",
    "expected_calibration_error",
    "faithfulness",
    "hand_over",
    "injection_succeeded",
    "injection_success_rate",
    "latency_percentiles",
    "leaks",
    "macro_f1",
    "ndcg",
    "percentile",
    "precision",
    "quadratic_kappa",
    "ranks",
    "recall",
    "reciprocal_rank",
    "reliability",
    "risk_coverage",
    "rouge_l",
    "rouge_n",
    "same_language",
    "token_f1",
    "worst_order",
]
