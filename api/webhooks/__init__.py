"""Telling other systems: signed messages to addresses that they registered."""
