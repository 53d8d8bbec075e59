"""Golden questions and dialogues from what people said of answers, without personal data."""
