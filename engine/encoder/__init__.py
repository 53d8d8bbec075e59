"""Train the static multilingual encoder, and tune it to a knowledge base.

Nothing here is needed to embed: `engine.embedding.static` reads what this package writes.
"""
