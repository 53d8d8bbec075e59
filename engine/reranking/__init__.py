"""Adapters of the Reranker port that need a model of their own."""
