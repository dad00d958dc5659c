"""What comes in: sources and their passages, the personal-data gate, redaction, contributors and claim codes, privacy notices."""
