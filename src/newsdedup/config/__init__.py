"""YAML and flags to plain values: every mistake is found before anything is read."""
