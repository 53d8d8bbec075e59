"""Benchmarks of ingestion jobs: kills and memory."""
