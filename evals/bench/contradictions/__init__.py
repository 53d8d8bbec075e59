"""Generated pages and conversations of a fictional shop, with planted contradictions and outdated pages."""
