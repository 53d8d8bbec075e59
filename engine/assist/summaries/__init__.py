"""Summaries of conversations in which every statement points to its turns."""
