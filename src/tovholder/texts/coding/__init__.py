"""Help for those who code answers: a linear model that learns from their own labels, asks for the most useful and measures itself."""
