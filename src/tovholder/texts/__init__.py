"""Pure work on texts: what they hold, how they differ, what must not be shown. Knows no Django."""
