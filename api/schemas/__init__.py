"""What travels over HTTP and out of `--json`: one module a resource, with the conversion from domain values."""
