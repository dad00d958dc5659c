"""Doors to the dialogue: conferences, theme groups, meetings, themes and single statements."""
