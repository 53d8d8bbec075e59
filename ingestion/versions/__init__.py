"""Versions of documents: what changed between them, what is alike, and going back."""
