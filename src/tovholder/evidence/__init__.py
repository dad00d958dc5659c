"""Pure calculation: frames in, frozen results out. Knows no Django and runs alone."""
