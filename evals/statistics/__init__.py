"""Whether a difference is more than chance, and how exact a figure is."""

from evals.statistics.bootstrap import Interval, bootstrap_of, mean_interval
from evals.statistics.holm import holm
from evals.statistics.randomization import sign_flip_p

__all__ = ["Interval", "bootstrap_of", "holm", "mean_interval", "sign_flip_p"]
