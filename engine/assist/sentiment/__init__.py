"""Read how customers feel: cues in their words and signs, weighed by a fitted linear model."""
