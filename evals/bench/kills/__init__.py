"""Killing a service under load."""
