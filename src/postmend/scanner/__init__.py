"""Finds posts and knows what they are: text, front matter, regions, address, locale. Does no I/O."""
