"""How good the verdicts are: truth read, figures worked out and shown."""
