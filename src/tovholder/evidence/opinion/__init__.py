"""Where people agree: declared sectors first, found groups second. Import the modules; this package loads nothing heavy itself."""
