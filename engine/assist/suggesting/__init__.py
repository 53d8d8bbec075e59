"""Suggest what an agent could send next, and why."""
