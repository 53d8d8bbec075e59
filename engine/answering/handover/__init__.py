"""When a conversation needs a person, and what that person should know."""
