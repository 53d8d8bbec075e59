"""Vector stores: Qdrant Edge in the process, Qdrant servers through qdrant-client."""
