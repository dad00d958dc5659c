"""A conversation while it runs: sums that one vote changes a little, and what may be shown meanwhile."""
