"""Hours of mixed work on one service: do memory and times stay what they were."""
