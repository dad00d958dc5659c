"""Small numbers: which cells of tables may be shown, so that nobody's number can be read or worked out from what is shown."""
