"""Parsers: from the bytes of a file to its text and structure."""
