"""What changed from one text to another, as an editor would mark it."""
