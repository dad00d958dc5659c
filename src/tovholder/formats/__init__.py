"""Formats: Word, PDF, web pages, spreadsheets and calendars, from bytes to plain structures and back. Knows no Django."""
