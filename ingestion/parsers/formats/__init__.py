"""One module a format, each with its `PARSER`; the registry finds them here."""
