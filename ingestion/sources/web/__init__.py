"""Pages from the web and from intranets, fetched so that nobody can be led to where they should not be."""
