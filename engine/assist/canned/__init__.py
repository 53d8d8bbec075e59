"""Replies that were written beforehand: kept, filled in, imported and exported."""
