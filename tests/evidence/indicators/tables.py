"""Tables that the tests of indicators calculate on."""

import polars as pl

AREAS = ["Odense", "Ærø", "Aabenraa", "Vejle"]
SHARES = pl.DataFrame({"area": AREAS, "numerator": [120, 3, 0, 40], "denominator": [1000, 80, 500, 900]})
MONTHS = [f"{2023 + place // 12}-{place % 12 + 1:02d}" for place in range(24)]
LINE = [12.0, 14, 11, 13, 15, 12, 13, 14, 12, 13, 15, 11, 13, 14, 12, 13, 11, 14, 13, 12, 30, 31, 29, 30]
TIME = pl.DataFrame({"period": MONTHS, "value": LINE})
GROUPS = pl.DataFrame({
    "area": ["Odense"] * 4 + ["Vejle"] * 4,
    "group": ["Grundskole", "Faglært", "Mellem", "Lang"] * 2,
    "order": [1, 2, 3, 4] * 2,
    "numerator": [300, 450, 120, 60, 200, 300, 100, 70],
    "denominator": [1500, 3000, 1400, 1000, 1000, 2000, 900, 800],
})  # fmt: skip
AGES = ["0-4", "5-64", "65+"]
BY_AGE = pl.DataFrame({
    "area": ["a"] * 3 + ["b"] * 3,
    "age": AGES * 2,
    "numerator": [5, 30, 60, 8, 20, 90],
    "denominator": [500, 4000, 900, 600, 3000, 1000],
    "standard": [5, 75, 20] * 2,
})  # fmt: skip
