"""Chunking: from a parsed document to the passages that are searched."""
