"""Populations to standardise to, from public sources."""

from __future__ import annotations

# Eurostat, Revision of the European Standard Population (2013), in 19 bands: 0-4, 5-9, … 85-89, 90 and over. Sums to 100,000.
ESP_2013 = (5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000)
ESP_2013_BANDS = (*(f"{age}-{age + 4}" for age in range(0, 90, 5)), "90+")
