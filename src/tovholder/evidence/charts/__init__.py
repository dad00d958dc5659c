"""Control charts, funnels, and before and after: what chance explains, and what it does not."""
