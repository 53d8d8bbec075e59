"""Sort messages: which of the owner's intents, for whom, how urgent, and what is still to be asked."""
