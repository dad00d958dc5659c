"""What leads to what: ties across rooms, and actions that touch two rooms."""
