"""Metrics, one pure function a file, each with its formula and source."""

from evals.metrics.auroc import auroc
from evals.metrics.average_precision import average_precision
from evals.metrics.citation_exactness import citation_exactness
from evals.metrics.containment import contains
from evals.metrics.ece import expected_calibration_error
from evals.metrics.ndcg import ndcg
from evals.metrics.percentiles import percentile
from evals.metrics.precision import precision
from evals.metrics.ranking import Scored, best_scores, ranks, worst_order
from evals.metrics.recall import recall
from evals.metrics.reciprocal_rank import reciprocal_rank
from evals.metrics.risk_coverage import RiskPoint, aurc, risk_coverage
from evals.metrics.token_f1 import token_f1

__all__ = [
    "RiskPoint",
    "Scored",
    "aurc",
    "auroc",
    "average_precision",
    "best_scores",
    "citation_exactness",
    "contains",
    "expected_calibration_error",
    "ndcg",
    "percentile",
    "precision",
    "ranks",
    "recall",
    "reciprocal_rank",
    "risk_coverage",
    "token_f1",
    "worst_order",
]
