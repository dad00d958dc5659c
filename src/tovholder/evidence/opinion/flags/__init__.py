"""Answers that look made, not meant: flagged and shown, never dropped."""
