"""The `knowdesk` command, one module a command."""
