"""How exactly text is read off images: our own pages under five conditions, and public images."""
