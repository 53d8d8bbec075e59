"""Draft replies for agents, and rewrite their own."""
