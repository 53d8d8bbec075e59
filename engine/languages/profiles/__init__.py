"""One module for each language; each defines `PROFILE`."""
