"""Measure retrieval and answers on data of one's own, by the same path as in production."""
