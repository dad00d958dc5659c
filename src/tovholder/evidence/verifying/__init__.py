"""Case files with known answers, run against our own calculation: `python -m tovholder.evidence verify`."""
