"""From a folder of files to a searchable index."""
