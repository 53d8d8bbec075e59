"""Knowdesk's engine: retrieval, checked answers and assistance over a company's knowledge."""
