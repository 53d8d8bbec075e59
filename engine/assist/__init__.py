"""The agent's right hand: what a message feels like, what it is about, whom it is for."""
