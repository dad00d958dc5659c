"""Pure calculation: arrays in, frozen results out. Knows no Django and runs alone: `python -m tovholder.evidence`."""
