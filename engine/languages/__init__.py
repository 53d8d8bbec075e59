"""What the engine knows about languages: folding, terms, sentences, detection, quantities, profiles."""
