"""One measure from a frame: the right figures, blanks with their reason, and sentences that name row and column."""

import numpy as np
import polars as pl
import pytest

from tests.evidence.indicators.tables import BY_AGE, GROUPS, LINE, MONTHS, SHARES, TIME
from tovholder.evidence.charts.funnels import funnel
from tovholder.evidence.charts.xmr import xmr
from tovholder.evidence.indicators import MEASURES, calculate

pytestmark = pytest.mark.once


def values(result):
    return {row.area: row.value for row in result.rows}


def test_shares_stand_in_danish_order_with_limits():
    found = calculate(SHARES, "proportion")
    assert [row.area for row in found.rows] == ["Odense", "Vejle", "Ærø", "Aabenraa"]
    assert values(found) == pytest.approx({"Odense": 12, "Vejle": 400 / 9, "Ærø": 3.75, "Aabenraa": 0} | {"Vejle": 4.444444444})
    assert all(row.low <= row.value <= row.high for row in found.rows)
    assert found.found == {"rows": 4, "blank": {}}
    assert found.method == "proportion-wilson"


def test_the_order_of_rows_changes_nothing():
    turned = SHARES[::-1]
    assert calculate(turned, "proportion").figures() == calculate(SHARES, "proportion").figures()
    assert calculate(SHARES, "funnel").figures() == calculate(turned, "funnel").figures()
    assert calculate(GROUPS[::-1], "sii").figures() == calculate(GROUPS, "sii").figures()
    assert calculate(TIME[::-1], "xmr").figures() == calculate(TIME, "xmr").figures()


def test_blanks_have_their_reason_and_are_never_zero():
    frame = pl.DataFrame({
        "area": ["a", "b", "c", "d"],
        "numerator": [None, 0, None, 5],
        "denominator": [100, 0, 100, None],
        "suppressed": [["numerator"], [], [], ["denominator"]],
    })  # fmt: skip
    for measure in ("proportion", "rate", "funnel"):
        found = calculate(frame, measure)
        assert [row.why for row in found.rows] == ["suppressed", "no_population", "missing", "suppressed"]
        assert [row.value for row in found.rows] == [None] * 4
        assert not found.rows[0].figures, "a hidden count may not be found in what stands beside it"
    assert calculate(frame, "proportion").found["blank"] == {"missing": 1, "no_population": 1, "suppressed": 2}


def test_rates_of_no_events_and_nobody_never_fail():
    frame = pl.DataFrame({"area": ["a", "b"], "numerator": [0, 0], "denominator": [1000, 0]})
    found = calculate(frame, "rate")
    assert (found.rows[0].value, found.rows[0].low) == (0, 0)
    assert found.rows[0].high > 0
    assert found.rows[1].why == "no_population"
    assert calculate(frame, "funnel", kind="rate").rows[0].value == 0


def test_standardised_rates_by_hand():
    found = calculate(BY_AGE, "dsr", multiplier=1000)
    assert values(found)["a"] == pytest.approx(1000 * (0.05 * 5 / 500 + 0.75 * 30 / 4000 + 0.2 * 60 / 900))
    indirect = calculate(BY_AGE, "isr")
    expected = 500 * 13 / 1100 + 4000 * 50 / 7000 + 900 * 150 / 1900
    assert values(indirect)["a"] == pytest.approx(100 * 95 / expected)
    beside_b = calculate(BY_AGE, "isr", reference="b")
    assert values(beside_b)["b"] == pytest.approx(100)


def test_the_european_standard_asks_for_its_bands():
    with pytest.raises(ValueError, match="aldersgrupperne 0-4, 5-9 … 85-89 og 90"):
        calculate(BY_AGE, "dsr", standard="esp2013")
    bands = [f"{start}-{start + 4}" for start in range(0, 90, 5)] + ["90+"]
    frame = pl.DataFrame({"age": bands[::-1], "numerator": [4] * 19, "denominator": [1000] * 19})
    assert calculate(frame, "dsr", standard="esp2013").rows[0].value == pytest.approx(400)


def test_life_expectancy_from_deaths_by_age():
    starts = [0, 1, *range(5, 95, 5)]
    names = [f"{age}-{nxt - 1}" for age, nxt in zip(starts, starts[1:])] + ["90+"]
    rates = np.array([0.003] + [0.00004 * 1.095**age for age in starts[1:]])
    frame = pl.DataFrame({"area": "a", "age": names, "numerator": np.round(rates * 60_000), "denominator": [60_000] * len(names)})
    found = calculate(frame, "le").rows[0]
    assert 70 < found.value < 90
    assert 10 < found.figures["at_65"] < 25
    small = frame.with_columns(pl.col("numerator") // 100, pl.col("denominator") // 1000)
    assert calculate(small, "le").rows[0].why is not None


def test_means_of_values_and_of_summaries():
    frame = pl.DataFrame({"area": ["a", "a", "a", "b"], "value": [1.0, 2, 3, 9]})
    found = calculate(frame, "mean")
    assert values(found) == {"a": 2.0, "b": None}
    assert found.rows[1].why == "not_defined"
    summary = calculate(pl.DataFrame({"value": [2.0], "sd": [1.0], "denominator": [3.0]}), "mean")
    assert (summary.rows[0].low, summary.rows[0].high) == pytest.approx((found.rows[0].low, found.rows[0].high))


def test_inequality_with_its_line_and_its_groups():
    found = calculate(GROUPS, "sii")
    assert [row.area for row in found.rows] == ["Odense", "Vejle"]
    assert found.rows[0].value < 0
    assert found.rows[0].low < found.rows[0].value < found.rows[0].high
    assert calculate(GROUPS, "rii").rows[0].value == found.rows[0].figures["rii"] < 1
    assert calculate(GROUPS, "sii", direction="bottom_minus_top").rows[0].value == pytest.approx(-found.rows[0].value)
    shares = [one["share"] for one in found.found["groups"][0]["groups"]]
    assert sum(shares) == pytest.approx(1)
    assert found.parameters["group_order"] == ["Grundskole", "Faglært", "Mellem", "Lang"]


def test_concentration_and_the_summary_measures_by_hand():
    one = GROUPS[:4]
    n, rate = np.array([1500, 3000, 1400, 1000]), np.array([20, 15, 120 / 14, 6])
    mean = (n * rate).sum() / n.sum()
    share = n / n.sum()
    rank = np.cumsum(share) - share / 2
    by_hand = {
        "aci": (share * rate * (2 * rank - 1)).sum(),
        "rci": (share * rate * (2 * rank - 1)).sum() / mean,
        "wagstaff": (share * rate * (2 * rank - 1)).sum() / mean / (1 - mean / 100),
        "erreygers": 4 * (share * rate * (2 * rank - 1)).sum() / 100,
        "d": 20 - 6,
        "r": 20 / 6,
        "bgv": (share * (rate - mean) ** 2).sum(),
        "bgsd": np.sqrt((share * (rate - mean) ** 2).sum()),
        "cov": 100 * np.sqrt((share * (rate - mean) ** 2).sum()) / mean,
        "mdmu": np.abs(rate - mean).mean(),
        "mdmw": (share * np.abs(rate - mean)).sum(),
        "mdbu": np.abs(rate - 6).mean(),
        "mdbw": (share * np.abs(rate - 6)).sum(),
        "idisu": 100 * np.abs(rate - mean).mean() / mean,
        "idisw": 100 * (share * np.abs(rate - mean)).sum() / mean,
        "ti": 1000 * (share * rate / mean * np.log(rate / mean)).sum(),
        "mld": -1000 * (share * np.log(rate / mean)).sum(),
        "par": 6 - mean,
        "paf": 100 * (6 - mean) / mean,
    }
    for measure, expected in by_hand.items():
        choices = {"improvement": "decrease"} if "improvement" in MEASURES[measure].takes else {}
        row = calculate(one, measure, **choices).rows[0]
        assert row.value == pytest.approx(expected), measure
        assert row.low < row.value < row.high
    beside_first = calculate(one, "mdru", reference="Grundskole", improvement="decrease").rows[0]
    assert beside_first.value == pytest.approx(np.abs(rate - 20).mean())


def test_gini_over_areas_and_its_curve():
    found = calculate(SHARES, "gini")
    curve = found.found["curves"][0]
    assert (curve["people"][0], curve["people"][-1]) == (0, 1)
    assert curve["shares"] == sorted(curve["shares"])
    people, shares = np.array(curve["people"]), np.array(curve["shares"])
    area = ((shares[1:] + shares[:-1]) / 2 * np.diff(people)).sum()
    assert found.rows[0].value == pytest.approx(1 - 2 * area)
    assert calculate(SHARES, "lorenz").rows == found.rows


def many_areas(count=30, seed=1):
    rng = np.random.default_rng(seed)
    n = rng.integers(30, 9000, count)
    x = rng.binomial(n, np.clip(0.12 + rng.normal(0, 0.02, count), 0, 1))
    return pl.DataFrame({"area": [f"K{place:02d}" for place in range(count)], "numerator": x, "denominator": n})


def test_small_areas_are_drawn_towards_all():
    frame = many_areas()
    found = calculate(frame, "shrink")
    overall = found.found["overall"][0]["overall"]
    for row in found.rows:
        assert min(row.figures["raw"], overall) - 1e-9 <= row.value <= max(row.figures["raw"], overall) + 1e-9
    weights = [row.figures["weight"] for row in found.rows]
    assert np.argsort(weights).tolist() == np.argsort(frame["denominator"].to_numpy(), kind="stable").tolist()


def test_what_could_be_gained_is_shrunk_first_and_too_few_areas_promise_nothing():
    found = calculate(many_areas(), "potential")
    told = found.found["potentials"][0]
    assert 0 < told["total"] < told["unshrunk"]
    assert sum(row.value for row in found.rows) == pytest.approx(told["total"])
    assert len(told["best"]) >= 1
    few = calculate(many_areas(5), "potential")
    assert few.found["potentials"][0]["why"] == "not_defined"
    assert few.notices
    assert {row.why for row in few.rows} == {"not_defined"}


def test_groups_that_are_missing_or_hidden_leave_only_their_own_area_blank():
    missing = calculate(GROUPS[:7], "sii")
    assert [row.why for row in missing.rows] == [None, "missing"]
    hidden = GROUPS.with_columns(
        pl.Series("suppressed", [["numerator"]] + [[]] * 7), pl.Series("numerator", [None, 450, 120, 60, 200, 300, 100, 70])
    )
    found = calculate(hidden, "sii")
    assert [row.why for row in found.rows] == ["suppressed", None]
    assert found.found["groups"][0]["groups"][0]["value"] is None
    two = GROUPS.filter(pl.col("order") < 3)
    assert [row.why for row in calculate(two, "sii").rows] == ["not_defined"] * 2


def test_shares_of_the_people_must_add_up():
    frame = pl.DataFrame(
        {"group": ["a", "b", "c"], "share": [0.3, 0.5, 0.2], "value": [10.0, 8, 5], "low": [9.0, 7, 4], "high": [11.0, 9, 6]}
    )
    assert calculate(frame, "sii").rows[0].value < 0
    per_cent = frame.with_columns(pl.col("share") * 100)
    assert calculate(per_cent, "sii").rows[0].value == pytest.approx(calculate(frame, "sii").rows[0].value)
    with pytest.raises(ValueError, match=r"Række 1, »share«: gruppernes andele giver tilsammen 0,9. De skal give 1 eller 100"):
        calculate(frame.with_columns(pl.Series("share", [0.3, 0.5, 0.1])), "sii")


def test_a_chart_over_time_is_the_charts_own():
    found = calculate(TIME, "xmr", baseline="2024-08", improvement="decrease", rebase=None)
    chart = xmr(LINE, baseline=slice(0, 20), improvement="decrease")
    assert [row.low for row in found.rows] == pytest.approx(chart.low.tolist())
    assert found.rows[20].figures["rules"] == ["outside", "two_of_three"]
    assert found.rows[20].figures["kind"] == "concern"
    assert found.parameters["baseline"] == "2024-08"
    assert found.parameters["rule_names"]["one_side"] == "7 på samme side af midten"
    assert calculate(TIME, "xmr", baseline=20).rows[0].low == pytest.approx(chart.low[0])


def test_missing_months_are_gaps_and_hidden_ones_say_so():
    frame = TIME.with_columns(pl.Series("suppressed", [["value"]] + [[]] * 23), pl.Series("value", [None, *LINE[1:]]))
    found = calculate(frame.filter(pl.col("period") != "2023-06"), "xmr")
    assert len(found.rows) == 24
    assert [row.why for row in found.rows[:7]] == ["suppressed", None, None, None, None, "missing", None]


def test_too_few_points_is_said_and_not_an_error():
    found = calculate(TIME[:8], "xmr")
    assert found.notices == ("For tidligt at sige: 8 målinger i basislinjen, og der skal være 12, før grænserne kan vises.",)
    assert found.rows[0].value == 12
    assert found.rows[0].low is None
    assert found.rows[0].figures["standing"] == "too_early"
    assert calculate(TIME[:1], "run").notices[0].startswith("For tidligt at sige: 1 måling")


@pytest.mark.parametrize("measure", ["p", "p'", "u", "u'"])
def test_charts_of_counts_with_persons(measure):
    frame = pl.DataFrame({"period": MONTHS, "numerator": [int(value) for value in LINE], "denominator": [200] * 24})
    found = calculate(frame, measure, baseline=20)
    assert found.rows[20].figures["rules"][0] == "outside"
    assert found.rows[0].value == pytest.approx(6 if measure[0] == "p" else 0.06)


@pytest.mark.parametrize("measure", ["c", "g", "t", "run"])
def test_charts_without_persons(measure):
    found = calculate(TIME, measure)
    assert len(found.rows) == 24
    assert not found.found["series"][0]["too_early"]


def test_before_and_after_stands_beside_its_chart():
    found = calculate(TIME, "its", event="2024-09")
    told = found.found["series"][0]
    assert told["regression"]["terms"][2]["term"] == "post"
    assert told["regression"]["terms"][2]["coef"] > 10
    assert told["agree"] is True
    assert found.rows[-1].figures["fitted"] > found.rows[-1].figures["without_change"]
    short = calculate(TIME[:22], "its", event="2024-09")
    assert short.found["series"][0]["regression"] is None
    assert "2 målinger efter" in short.found["series"][0]["reason"]
    assert short.rows[0].low is not None


def test_a_funnel_is_the_funnels_own_and_says_when_places_differ_more_than_chance():
    rng = np.random.default_rng(1)
    n = rng.integers(300, 9000, 98)
    x = np.round(n * np.clip(0.12 + rng.normal(0, 0.03, 98), 0.01, 1))
    frame = pl.DataFrame({"area": [f"K{place:02d}" for place in range(98)], "numerator": x, "denominator": n})
    found, plain = calculate(frame, "funnel"), funnel("proportion", x, n, multiplier=100)
    assert [row.value for row in found.rows] == pytest.approx(plain.value.tolist())
    assert [row.figures["outside"] for row in found.rows] == plain.passed.tolist()
    assert "gange så meget" in found.notices[0]
    assert "." not in found.notices[0].split(" gange")[0].split(": ")[1]
    wide = calculate(frame, "funnel", method="additive")
    assert not wide.notices
    assert wide.found["funnels"][0]["outside_by_limit"] < found.found["funnels"][0]["outside_by_limit"] / 4
    assert found.found["funnels"][0]["outside_by_chance"] == pytest.approx(0.196)


def test_one_area_alone_is_told_that_there_is_nothing_to_compare():
    found = calculate(SHARES[:1], "funnel")
    assert found.notices[0].startswith("Kun 1 område har tal")
    assert found.rows[0].figures["outside"] == 0


def test_a_funnel_for_each_year():
    two = pl.concat([SHARES.with_columns(period=pl.lit("2023")), SHARES.with_columns(pl.col("numerator") * 2, period=pl.lit("2024"))])
    found = calculate(two, "funnel")
    assert [one["period"] for one in found.found["funnels"]] == ["2023", "2024"]
    assert [(row.area, row.period) for row in found.rows[:2]] == [("Odense", "2023"), ("Odense", "2024")]
    assert found.rows[1].value == 2 * found.rows[0].value
