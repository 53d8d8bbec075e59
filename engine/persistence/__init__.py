"""Repositories in an SQL database: SQLite in the data folder, or PostgreSQL."""
