"""Ingestion as durable jobs: they survive the end of the process, say how far they are, and can be cancelled."""
