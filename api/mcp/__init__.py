"""The Model Context Protocol: the engine's verbs as tools, its documents as resources."""
