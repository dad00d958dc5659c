"""What is said: conferences, theme groups, meetings, statements, votes and themes."""
