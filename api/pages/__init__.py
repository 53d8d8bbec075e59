"""The pages for people: files as they are, served with strict headers."""
