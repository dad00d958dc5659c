"""What a measure cannot be calculated from is said in a sentence that names row and column; anything else gives figures."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.indicators.tables import BY_AGE, GROUPS, MONTHS, SHARES, TIME
from tovholder.evidence.indicators import MEASURES, calculate

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"standard": [5, 75, 20, 5, 70, 20]}, "Række 5, »standard«: 5-64 har 70, men 75 i række 2"),
        ({"age": ["0-4", "5-64", "gammel"] * 2}, "Række 3, »age«: »gammel« er ikke en alder"),
        ({"age": ["0-4", "5-64", "5+"] * 2}, "»5+« og »5-64« begynder ved samme alder"),
        ({"age": ["0-4", "5-64", None] * 2}, "Række 3, »age«: feltet er tomt"),
        ({"area": ["a"] * 6}, "Række 4: »a«, »0-4« står også i række 1"),
        ({"numerator": [5, 30, 60, 8, -20, 90]}, "Række 5, »numerator«: -20 er ikke et antal"),
    ],
)
def test_tables_by_age_that_cannot_be(change, said):
    with pytest.raises(ValueError, match=".") as refused:
        calculate(BY_AGE.with_columns(**{name: pl.Series(column) for name, column in change.items()}), "dsr")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"order": [1, 2, 3, 4, 1, 2, 4, 3]}, "En gruppe skal have samme nummer overalt"),
        ({"order": [1, 2, 3, 3] * 2}, "har begge nummer 3"),
        ({"order": [1, 2, 3, None] * 2}, "Række 4, »order«: feltet er tomt"),
        ({"group": ["Grundskole", "Faglært", "Mellem", "Grundskole"] * 2, "order": [1, 2, 3, 1] * 2}, "står også i række 1"),
        ({"group": ["Grundskole", None, "Mellem", "Lang"] * 2}, "Række 2, »group«: feltet er tomt"),
        ({"numerator": [1600, 450, 120, 60, 200, 300, 100, 70]}, "Række 1, »numerator«: tælleren 1600 er større end nævneren 1500"),
    ],
)
def test_groups_that_cannot_be(change, said):
    with pytest.raises(ValueError, match=".") as refused:
        calculate(GROUPS.with_columns(**{name: pl.Series(column) for name, column in change.items()}), "sii")
    assert said in str(refused.value)


def test_two_vintages_are_refused_unless_one_is_chosen():
    mixed = SHARES.with_columns(vintage=pl.Series(["2026-01", "2026-01", "2026-11", "2026-11"]))
    with pytest.raises(ValueError, match="Række 3, »vintage«: tallene er fra flere udtræk: »2026-01«, »2026-11«.*--vintage"):
        calculate(mixed, "proportion")
    assert len(calculate(mixed, "proportion", vintage="2026-11").rows) == 2
    with pytest.raises(ValueError, match="intet udtræk »2025«"):
        calculate(mixed, "proportion", vintage="2025")
    with pytest.raises(ValueError, match="ingen kolonne med udtræk"):
        calculate(SHARES, "proportion", vintage="2025")


@pytest.mark.parametrize(
    ("frame", "measure", "choices", "said"),
    [
        (SHARES, "gennemsnitlig", {}, "Vi kender ikke målet »gennemsnitlig«. Vælg proportion, rate"),
        (SHARES, "proportion", {"season": 12}, "»season« bruges ikke til proportion"),
        (SHARES, "proportion", {"colour": "red"}, "Vi kender ikke valget »colour«"),
        (SHARES, "proportion", {"method": "guess"}, "»guess« kan ikke vælges som metode. Vælg wilson eller exact"),
        (SHARES, "proportion", {"conf": 1.5}, "Sikkerheden skal ligge"),
        (SHARES, "proportion", {"multiplier": 0}, "Faktoren skal være over 0"),
        (SHARES, "xmr", {}, "Række 1: et diagram over tid (xmr) skal have kolonnen »periode« (eller »period«). Her er »area«"),
        (SHARES, "sii", {}, "skal have kolonnen »gruppe«"),
        (SHARES.drop("denominator"), "proportion", {}, "skal have kolonnen »nævner«"),
        (SHARES[:0], "proportion", {}, "Der er ingen målinger"),
        (SHARES.with_columns(denominator=pl.Series([100, 80, 500, 900])), "proportion", {}, "Række 1, »numerator«: tælleren 120 er større"),
        (SHARES.with_columns(area=pl.Series(["a", "b", "a", "c"])), "proportion", {}, "Række 3: »a« står også i række 1. Slet den ene."),
        (SHARES.with_columns(area=pl.Series(["a", None, "b", "c"])), "proportion", {}, "Række 2, »area«: feltet er tomt"),
        (TIME.with_columns(period=pl.Series(["2023-13", *MONTHS[1:]])), "xmr", {}, "Række 1, »period«: »2023-13« er ikke en periode"),
        (TIME.with_columns(period=pl.Series(["2023", *MONTHS[1:]])), "xmr", {}, "er måneder, men række 1 har år"),
        (TIME.with_columns(period=pl.Series(["2023-02", *MONTHS[1:]])), "xmr", {}, "Række 2: »2023-02« står også i række 1"),
        (TIME, "its", {}, "Hvornår kom ændringen?"),
        (TIME, "its", {"event": "2030-01"}, "--event: 2030-01 er ikke i tabellen. Den går fra 2023-01 til 2024-12"),
        (TIME, "xmr", {"rebase": ["i går"]}, "--rebase: »i går« er ikke en periode"),
        (TIME, "xmr", {"rules": ("nope",)}, "Vi kender ikke reglen »nope«"),
        (TIME, "xmr", {"baseline": "0"}, "mindst ét punkt"),
        (GROUPS, "d", {}, "Er et højt tal godt eller skidt? d skal vide det"),
        (GROUPS, "mdru", {}, "mdru sammenligner med én gruppe. Skriv den med --reference"),
        (GROUPS, "mdrw", {"reference": "Gymnasium"}, "Referencen »Gymnasium« er ikke en af grupperne"),
        (GROUPS, "wagstaff", {"kind": "rate"}, "wagstaff er for andele"),
        (SHARES.drop("area"), "funnel", {}, "en tragt skal have kolonnen »område«"),
        (BY_AGE.drop("standard"), "dsr", {}, "der er ingen standardbefolkning"),
    ],
)
def test_what_cannot_be_is_said(frame, measure, choices, said):
    with pytest.raises(ValueError, match=".") as refused:
        calculate(frame, measure, **choices)
    assert said in str(refused.value)


def test_headings_of_the_file_stand_in_the_sentence():
    with pytest.raises(ValueError, match="Række 7, »Antal«: -1 er ikke et antal"):
        calculate(pl.DataFrame({"row": [7], "numerator": [-1], "denominator": [5]}), "proportion", headings={"numerator": "Antal"})


def test_every_measure_has_a_danish_name_and_says_what_it_takes():
    for name, measure in MEASURES.items():
        assert measure.danish
        with pytest.raises(ValueError, match=f"bruges ikke til {name}|Vi kender ikke"):
            calculate(SHARES, name, simulate=3)


def figures_or_sentence(frame, measure, **choices):
    try:
        return calculate(frame, measure, **choices).figures()
    except ValueError as sentence:
        return str(sentence)


ASKED = {
    "its": {"event": "2001"},
    **{measure: {"improvement": "decrease"} for measure in ("d", "r", "mdbu", "mdbw", "par", "paf")},
    **{measure: {"reference": "g0"} for measure in ("mdru", "mdrw")},
}
COUNT = st.one_of(st.none(), st.integers(0, 300))


@given(st.lists(st.tuples(COUNT, COUNT, st.booleans()), min_size=1, max_size=12), st.sampled_from(sorted(MEASURES)))
@settings(deadline=None, max_examples=40)
def test_any_counts_give_figures_or_a_danish_sentence(rows, measure):
    frame = pl.DataFrame({
        "area": [f"a{place % 3}" for place in range(len(rows))],
        "period": [str(2000 + place) for place in range(len(rows))],
        "group": [f"g{place % 4}" for place in range(len(rows))],
        "age": [f"{5 * place}+" for place in range(len(rows))],
        "numerator": [x for x, _, _ in rows],
        "denominator": [n for _, n, _ in rows],
        "value": [None if x is None else x / 7 for x, _, _ in rows],
        "low": [None if x is None else x / 8 for x, _, _ in rows],
        "high": [None if x is None else x / 6 for x, _, _ in rows],
        "standard": [1.0] * len(rows),
        "suppressed": [["numerator", "value"] if hidden and x is None else [] for x, _, hidden in rows],
    }, schema_overrides={"numerator": pl.Float64, "denominator": pl.Float64, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64,
                         "suppressed": pl.List(pl.String)})  # fmt: skip
    told = figures_or_sentence(frame, measure, **ASKED.get(measure, {}))
    if isinstance(told, str):
        assert told.endswith((".", "?"))
        assert not any(word in told for word in ("array", "shape", "must", "invalid", "cannot", "expected", "operand"))
        return
    for row in told["rows"]:
        assert (row["value"] is None) == (row["why"] is not None)
