"""Rules that a reply must keep, in packs by industry."""
