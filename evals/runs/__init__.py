"""Runs: what was asked, what came back, and the figures; every run is a folder."""
