"""Read text off images: the port, its engines, and what sets a page upright and straight before it is read."""
