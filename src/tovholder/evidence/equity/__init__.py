"""Indicators and inequality: proportions, rates, standardisation, gradients and spread. Import the modules; nothing heavy loads here."""
