"""Hybrid retrieval: BM25 terms, dense vectors and their fusion."""
