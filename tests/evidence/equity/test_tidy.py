"""Frames in, rows out: what stands where, and sentences that name row and column."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.evidence.equity.life import AGES, life_expectancy
from tovholder.evidence.equity.slope_of_counts import slope_of_counts
from tovholder.evidence.equity.standard_populations import ESP_2013_BANDS
from tovholder.evidence.equity.standardised import dsr, isr
from tovholder.evidence.equity.tidy import concentration_of, dsr_of, isr_of, life_expectancy_of, proportion_of, rate_of, slope_of
from tovholder.evidence.frames import grid

pytestmark = pytest.mark.once
SCHOOL = ["grundskole", "kort", "lang"]


@pytest.fixture
def frame():
    rng = np.random.default_rng(0)
    rows = [(area, band, int(rng.integers(5, 60)), 1000) for area in ("Aarhus", "Odense") for band in ESP_2013_BANDS]
    return pl.DataFrame(rows, schema=["area", "age", "x", "n"], orient="row")


def test_a_frame_is_laid_out_whatever_order_its_rows_have(frame):
    straight = grid(frame, ["area"], ["age"], ["x"])
    turned = grid(frame.reverse(), ["area"], ["age"], ["x"], order={"age": ESP_2013_BANDS, "area": ["Aarhus", "Odense"]})
    assert straight.rows == turned.rows == (("Aarhus",), ("Odense",))
    np.testing.assert_array_equal(straight.values["x"], turned.values["x"])
    assert grid(frame, [], ["area", "age"], ["x"]).values["x"].shape == (1, 38)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda f: f.drop("n"), "Kolonnen »n« mangler"),
        (lambda f: f.slice(1), "mangler en række for »Aarhus«, »0-4«"),
        (lambda f: pl.concat([f, f.slice(3, 1)]), "Række 40: »Aarhus«, »15-19« står også i række 5"),
        (lambda f: f.with_columns(pl.col("age").replace({"5-9": None})), "Række 3, kolonne »age«: feltet er tomt"),
        (lambda f: f.with_columns(x=pl.lit("mange")), "Række 2, kolonne »x«: »mange« er ikke et tal"),
        (lambda f: f.with_columns(x=pl.lit(float("inf"))), "Række 2, kolonne »x«: tallet er uendeligt"),
    ],
)  # fmt: skip
def test_a_frame_that_cannot_be_laid_out_is_told_by_row_and_column(frame, change, said):
    with pytest.raises(ValueError) as problem:
        grid(change(frame), ["area"], ["age"], ["x", "n"], first_row=2)
    assert said in str(problem.value)


def test_rows_that_are_not_there_may_be_left_blank(frame):
    held = grid(frame.slice(1), ["area"], ["age"], ["x"], missing="blank", order={"age": ESP_2013_BANDS})
    assert np.isnan(held.values["x"][0, 0])
    assert not held.present[0, 0]
    assert held.present.sum() == 37


@given(st.permutations(range(38)))
@settings(deadline=None, max_examples=20)
def test_direct_rates_do_not_depend_on_the_order_of_rows(order):
    rng = np.random.default_rng(0)
    rows = [(area, band, int(rng.integers(5, 60)), 1000) for area in ("Aarhus", "Odense") for band in ESP_2013_BANDS]
    told = pl.DataFrame([rows[place] for place in order], schema=["area", "age", "x", "n"], orient="row")
    found = dsr_of(told, by=["area"])
    by_area = dict(zip((key[0] for key in found.keys), found.result.value, strict=True))
    straight = dsr(np.array([row[2] for row in rows]).reshape(2, 19), np.full((2, 19), 1000))
    assert [by_area["Aarhus"], by_area["Odense"]] == pytest.approx(straight.value.tolist())


def test_a_standard_may_stand_in_the_frame_or_go_by_other_names(frame):
    started = frame.with_columns(pl.col("age").str.extract(r"^(\d+)").cast(pl.Int64))
    assert dsr_of(started, by=["area"]).result.value.tolist() == dsr_of(frame, by=["area"]).result.value.tolist()
    own = frame.with_columns(w=pl.lit(2.0))
    assert dsr_of(own, by=["area"], standard="w").result.value[0] == pytest.approx(frame["x"][:19].sum() / 19 * 100)
    with pytest.raises(ValueError, match="samme tal for en aldersgruppe"):
        dsr_of(own.with_columns(w=pl.col("x")), by=["area"], standard="w")
    with pytest.raises(ValueError, match="Standardbefolkningen har ikke »0-9«"):
        dsr_of(frame.with_columns(age=pl.col("age").replace("0-4", "0-9")), by=["area"])


def test_the_reference_is_a_frame_of_its_own(frame):
    whole = frame.group_by("age").agg(pl.col("x", "n").sum())
    found = isr_of(frame, whole, by=["area"])
    reference = grid(whole, [], ["age"], ["x", "n"], order={"age": ESP_2013_BANDS}).values
    held = grid(frame, ["area"], ["age"], ["x", "n"]).values
    assert found.result.value.tolist() == pytest.approx(isr(held["x"], held["n"], reference["x"][0], reference["n"][0]).value.tolist())
    with pytest.raises(ValueError, match="Referencen mangler en række for »90\\+«"):
        isr_of(frame, whole.filter(pl.col("age") != "90+"), by=["area"])


def test_a_gradient_needs_to_know_its_order_and_a_lacking_group_is_nobody():
    rows = [("A", "kort", 6, 60), ("A", "grundskole", 30, 100), ("A", "lang", 7, 90), ("B", "lang", 3, 60), ("B", "kort", 3, 30)]
    told = pl.DataFrame(rows, schema=["area", "group", "x", "n"], orient="row")
    found = slope_of(told, by=["area"], x="x", order=SCHOOL)
    straight = slope_of_counts([[30, 6, 7], [0, 3, 3]], [[100, 60, 90], [0, 30, 60]])
    np.testing.assert_array_equal(found.result.sii, straight.sii)
    shown = found.frame(found.result.absolute())
    assert shown["why"].to_list() == [None, "not_defined"]
    assert shown["value"].to_list() == [pytest.approx(straight.sii[0]), None]
    with pytest.raises(ValueError, match="I hvilken rækkefølge"):
        slope_of(told, by=["area"], x="x")
    with pytest.raises(ValueError, match="Række 1, kolonne »group«: vi kender ikke »kort«"):
        slope_of(told, by=["area"], x="x", order=["grundskole", "lang"])
    numbered = told.with_columns(group=pl.col("group").replace_strict(SCHOOL, [1, 2, 3]))
    np.testing.assert_array_equal(slope_of(numbered, by=["area"], x="x").result.sii, straight.sii)
    unknown = told.with_columns(n=pl.when(pl.col("x") == 6).then(None).otherwise(pl.col("n")))
    assert slope_of(unknown, by=["area"], x="x", order=SCHOOL).result.why[0] == 1
    rated = told.with_columns(value=pl.col("x") / pl.col("n"), se=pl.lit(0.01))
    assert slope_of(rated, by=["area"], order=SCHOOL, se="se").result.sii[0] == pytest.approx(straight.sii[0])
    assert concentration_of(rated, by=["area"], order=SCHOOL, se="se").result.relative.value[0] < 0


def test_rows_of_figures_keep_their_names(frame):
    for of in (proportion_of, rate_of):
        found = of(frame, by=["area", "age"], multiplier=100)
        shown = found.frame(found.result)
        assert shown.columns == ["area", "age", "value", "low", "high", "why"]
        assert shown["value"].to_list() == pytest.approx((frame["x"] / 10).to_list())


def test_ages_come_in_order_and_must_be_whole_numbers():
    rng = np.random.default_rng(1)
    dead, alive = rng.integers(2, 30, 20), rng.integers(900, 3000, 20)
    order = rng.permutation(20)
    told = pl.DataFrame({"area": "A", "age": np.array(AGES)[order], "deaths": dead[order], "population": alive[order]})
    found = life_expectancy_of(told, by=["area"])
    np.testing.assert_array_equal(found.result.value[0], life_expectancy(dead, alive).value)
    with pytest.raises(ValueError, match="hele tal"):
        life_expectancy_of(told.with_columns(pl.col("age").cast(pl.String)), by=["area"])
