"""Data that evaluations run on: BEIR folders and golden questions."""
