"""`verify`: what passes, what fails and why, and what is said about files that cannot be read."""

import json

import pytest

from tovholder.evidence.commands import main
from tovholder.evidence.verifying import charts, disclosure, equity
from tovholder.evidence.verifying.cases import Faults
from tovholder.evidence.verifying.registry import adapters, run_all, why_failed
from tovholder.evidence.verifying.tolerances import Unclear, differences

pytestmark = pytest.mark.once
GOOD = {
    "id": "P-1",
    "fn": "proportion",
    "input": {"x": 15, "n": 148},
    "params": {},
    "expected": {"wilson95": [0.0624, 0.1605]},
    "tol": {"abs": 6e-05},
}


def folder(tmp_path, *cases, name="andele.json"):
    (tmp_path / name).write_text(json.dumps({"family": "x", "cases": list(cases)}))
    return tmp_path


def run(*arguments):
    return main(["verify", *(str(one) for one in arguments)])


def test_a_folder_a_folder_above_and_a_file_are_all_run(tmp_path, capsys):
    inner = tmp_path / "synthetic"
    inner.mkdir()
    folder(inner, GOOD, {**GOOD, "id": "P-2"})
    for place in (inner, tmp_path, inner / "andele.json"):
        assert run(place) == 0
        assert capsys.readouterr().out == "2 passed, 0 failed\n"


def test_each_case_that_fails_has_one_line_and_the_run_ends_in_one(tmp_path, capsys):
    wrong = {**GOOD, "id": "P-2", "expected": {"wilson95": [0.0624, 0.1705]}}
    strange = {**GOOD, "id": "P-3", "fn": "spådom"}
    assert run(folder(tmp_path, GOOD, wrong, strange)) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "1 passed, 2 failed"
    assert said[0].startswith("andele.json: P-2 (proportion): »wilson95[1]« skal være 0.1705, vi får 0.160")
    assert said[1] == "andele.json: P-3 (spådom): vi kender ikke »fn« spådom"


@pytest.mark.parametrize(
    ("case", "why"),
    [
        ("P-1", "navngivne felter"),
        ({}, "vi kender ikke »fn« None"),
        ({**GOOD, "fn": ["proportion"]}, "vi kender ikke"),
        ({**GOOD, "input": [15, 148]}, "»input« mangler"),
        ({**GOOD, "expected": 0.1}, "»expected« mangler"),
        ({**GOOD, "params": 3}, "»params«"),
        ({**GOOD, "input": {"x": 15}}, "feltet 'n' mangler"),
        ({**GOOD, "input": {"x": "mange", "n": 4}}, "skal være tal"),
        ({**GOOD, "input": {"x": [1, [2]], "n": 4}}, "skal være tal"),
        ({**GOOD, "input": {"x": [1, 2, 3], "n": [4, 5]}}, "passer ikke sammen"),
        ({**GOOD, "input": {"x": 9, "n": 4}}, "større end"),
        ({**GOOD, "expected": {}}, "siger ikke"),
        ({**GOOD, "expected": {"bayes95": [0, 1]}}, "»bayes95« er ikke beregnet"),
        ({**GOOD, "expected": {"wilson95": {"low": 0.06}}}, "skal være"),
        ({**GOOD, "expected": {"wilson95": [0.0624]}}, "har 1 led, vi får 2"),
        ({**GOOD, "expected": {"wilson95": None}}, "skal være None"),
        ({**GOOD, "tol": {"rel": -1}}, "ikke er negativt"),
        ({**GOOD, "tol": {"abs": float("nan")}}, "ikke er negativt"),
        ({**GOOD, "tol": {"abs": float("inf")}}, "ikke er negativt"),
        ({**GOOD, "tol": {"abs": "stor"}}, "ikke er negativt"),
        ({**GOOD, "tol": [1]}, "navne og tal"),
        ({**GOOD, "tol": {"abs": 0}}, "»wilson95[0]«"),
        ({**GOOD, "tol": None}, "»wilson95[0]«"),
    ],
)
def test_a_case_of_the_wrong_shape_fails_alone_with_its_reason(case, why):
    assert why in why_failed(case, adapters())


def test_signs_that_steer_a_terminal_are_not_printed(tmp_path, capsys):
    run(folder(tmp_path, {**GOOD, "id": "\x1b[2J\nP", "fn": "x" * 500}))
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert said.count("\n") == 2
    assert len(said) < 400


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b'{"cases": [', "ikke hel"),
        (b'{"family": "x"}', "ikke en liste"),
        (b'"cases"', "ikke en liste"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"[" * 100_000, "dybt indlejret"),
        (b'{"cases": [' + b"9" * 6000 + b"]}", "langt tal"),
        (b'{"cases": []}', "ingen tilf"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(tmp_path, capsys, written, said):
    (tmp_path / "a.json").write_bytes(written)
    assert run(tmp_path) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""


def test_a_place_that_is_not_there_or_empty_gets_a_sentence(tmp_path, capsys):
    assert run(tmp_path / "væk") == 2
    assert "Vi kan ikke finde" in capsys.readouterr().err
    assert run(tmp_path) == 2
    assert "ingen json-filer" in capsys.readouterr().err
    assert run() == 2
    assert "Der mangler MAPPE" in capsys.readouterr().err


def test_every_kind_of_case_has_one_adapter():
    parts = (equity.ADAPTERS, charts.ADAPTERS, disclosure.ADAPTERS)
    assert len(adapters()) == sum(len(one) for one in parts)


def test_a_property_passes_when_nothing_is_wrong_with_it():
    case = {**GOOD, "fn": "it"}
    assert why_failed(case, {"it": lambda _: Faults()}) is None
    assert why_failed(case, {"it": lambda _: Faults(["den første", "den anden"])}) == "den første; den anden"
    passed, failed = run_all([("f", case), ("f", {**case, "id": "2"})], {"it": lambda one: Faults(["nej"] if one["id"] == "2" else [])})
    assert (passed, [one.id for one in failed]) == (1, ["2"])


@pytest.mark.parametrize(
    ("expected", "computed", "tol", "is_near"),
    [
        (2.0, 2.0000001, {"rel": 1e-6}, True),
        (2.0, 2.00001, {"rel": 1e-6}, False),
        (0.0, 1e-9, {"rel": 1e-6}, False),
        (0.0, 1e-9, {"rel": 1e-6, "abs": 1e-8}, True),
        (3, 3.0, {"abs": 0}, True),
        (3, 3.0000001, {"abs": 0}, False),
        (None, float("nan"), {"abs": 0}, True),
        (None, float("inf"), {"abs": 0}, True),
        (None, 0.0, {"abs": 9}, False),
        (1.0, float("nan"), {"abs": 9}, False),
        (1.0, None, {"abs": 9}, False),
        (True, 1, {"abs": 0}, True),
        (True, False, {"abs": 9}, False),
        (1.5, True, {"abs": 9}, False),
        ("lav", "lav", {}, True),
        ("lav", "høj", {"abs": 9}, False),
        ([1, [2, None]], [1, [2, None]], {}, True),
        ({"a": 1}, {"a": 1, "b": 2}, {}, True),
        ({"a": 1}, {"b": 1}, {}, False),
    ],
)
def test_near_enough_is_what_the_case_says(expected, computed, tol, is_near):
    assert (not differences({"expected": {"it": expected}, "tol": tol}, {"it": computed})) is is_near


@pytest.mark.parametrize(
    ("key", "tol", "params", "apart", "is_near"),
    [
        # Limits 0 and 2 x 1.96 apart: one standard deviation is 1.
        ("sii_sim95", {"point_rel": 1e-9, "sim95_sd": 0.012, "sim998_sd": 0.045}, {}, 0.0119, True),
        ("sii_sim95", {"point_rel": 1e-9, "sim95_sd": 0.012, "sim998_sd": 0.045}, {}, 0.0121, False),
        ("sii_sim998", {"point_rel": 1e-9, "sim95_sd": 0.012, "sim998_sd": 0.045}, {}, 0.028, True),
        ("sii_sim998", {"point_rel": 1e-9, "sim95_sd": 0.012, "sim998_sd": 0.045}, {}, 0.029, False),
        ("rii_ci", {"ci_sd": 0.06}, {"conf": 0.95}, 0.059, True),
        ("rii_ci", {"ci_sd": 0.06}, {"conf": 0.998}, 0.059, False),
        ("sii_closed95", {"point_rel": 1e-9, "closed_rel": 1e-2}, {}, 0.03, True),
        ("sii", {"point_rel": 1e-9, "closed_rel": 1e-2}, {}, 0.03, False),
    ],
)
def test_each_key_has_its_own_tolerance(key, tol, params, apart, is_near):
    case = {"expected": {key: [0.0, 3.919928]}, "tol": tol, "params": params}
    assert (not differences(case, {key: [0.0, 3.919928 + apart]})) is is_near


def test_a_note_may_leave_errors_out_but_never_estimates():
    case = {"expected": {"paf": 45.5, "se": 0.1}, "tol": {"rel": 1e-4}, "note": "wrong unit in the source; compare estimates only"}
    assert not differences(case, {"paf": 45.5, "se": 10})
    assert differences(case, {"paf": 45.6, "se": 0.1})
    assert differences({**case, "note": ""}, {"paf": 45.5, "se": 10})
    with pytest.raises(Unclear):
        differences({**case, "expected": {"se": 0.1}}, {"se": 0.1})
