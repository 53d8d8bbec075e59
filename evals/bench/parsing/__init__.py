"""`knowdesk bench parsing`: what becomes of the files of a parsing set, beside plain unstructured."""
