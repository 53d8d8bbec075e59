"""Measure suggestions: whether what was really sent is among them, and what feedback gains."""
