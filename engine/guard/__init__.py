"""What must not leave the desk, or must not enter the knowledge base."""
