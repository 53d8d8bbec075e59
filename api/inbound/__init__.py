"""What other systems send, as calls of the engine, and its answers as what they expect."""
