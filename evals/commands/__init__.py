"""Commands of `knowdesk eval`, one module each."""
