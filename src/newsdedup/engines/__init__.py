"""Ways to find the matches of a corpus; all find the same."""
