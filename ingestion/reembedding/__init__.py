"""Another embedding model for a knowledge base in use: build beside, compare, change over, go back."""
