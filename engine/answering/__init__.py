"""From passages to an answer: evidence, extraction, generation with grounding, confidence, abstention."""
