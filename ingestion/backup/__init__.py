"""Copies of a whole data folder, taken while it is in use, and put back."""
