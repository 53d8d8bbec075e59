"""The graph of products, error codes, parts and policies, with evidence on each edge."""
