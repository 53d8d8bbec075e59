"""How search, memory and disk grow with the number of chunks."""
