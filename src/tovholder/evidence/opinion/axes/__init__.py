"""The picture: two axes along which people differ most, and dots that show nobody alone."""
