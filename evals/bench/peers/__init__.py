"""Retrieval of this engine and of its peers: the same corpus, the same encoder, one run on one machine."""
