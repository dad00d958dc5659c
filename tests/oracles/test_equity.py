"""Every case with a known answer for indicators and inequality, and that a wrong answer would have been seen."""

from __future__ import annotations

import copy
import json
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tovholder.evidence.commands import main
from tovholder.evidence.verifying.cases import Faults
from tovholder.evidence.verifying.equity import ADAPTERS
from tovholder.evidence.verifying.registry import why_failed
from tovholder.evidence.verifying.tolerances import differences

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("TOVHOLDER_SHARED", ROOT.parent / "shared")) / "data" / "equity"
pytestmark = [pytest.mark.oracle, pytest.mark.once]
_LEFT_OUT = {"se", "lowerci", "upperci"}


def cases() -> list[dict[str, Any]]:
    found = [case for path in sorted(FOLDER.rglob("*.json")) for case in json.loads(path.read_text("utf-8"))["cases"]]
    return [case for case in found if case["fn"] in ADAPTERS]


@pytest.mark.slow
def test_the_whole_folder_passes_at_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(FOLDER)]) == 0
    passed, failed = capsys.readouterr().out.splitlines()[-1].split(", ")
    assert int(passed.removesuffix(" passed")) == 496
    assert failed == "0 failed"


def test_each_case_of_ours_passes() -> None:
    failed = {case["id"]: why for case in cases() if (why := why_failed(case, ADAPTERS))}
    assert not failed
    assert len(cases()) > 300


def places(expected: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], float]]:
    """Where the numbers of an answer stand."""
    if isinstance(expected, dict):
        for key, one in expected.items():
            yield from places(one, (*at, key))
    elif isinstance(expected, list):
        for key, one in enumerate(expected):
            yield from places(one, (*at, key))
    elif isinstance(expected, int | float) and not isinstance(expected, bool) and math.isfinite(expected):
        yield at, expected


def test_an_answer_moved_by_a_hundredth_fails_wherever_it_is_moved() -> None:
    """The first and last number of each key: a check that cannot fail would be no check."""
    unseen = []
    for case in cases():
        computed = ADAPTERS[case["fn"]](case)
        assert not isinstance(computed, Faults)
        left_out = _LEFT_OUT if "compare estimates only" in str(case.get("note")) else set()
        for key, answer in case["expected"].items():
            if key in left_out or key.startswith("_"):
                continue
            found = list(places(answer))
            for at, number in {found[0], found[-1]} if found else ():
                moved = copy.deepcopy(case)
                # Limits from draws have their tolerance in standard deviations; half their distance is more than any of them.
                size = abs(answer[1] - answer[0]) / 2 if "_sim" in key or key.endswith("_ci") else max(abs(number) / 100, 1e-3)
                whole = number + (1 if key == "quantile" else size)
                held: Any = moved["expected"]
                for step in (key, *at)[:-1]:
                    held = held[step]
                held[(key, *at)[-1]] = whole
                if not differences(moved, computed):
                    unseen.append((case["id"], key, at))
    assert not unseen


def test_a_figure_where_the_answer_is_blank_fails() -> None:
    for case in cases():
        if case["fn"] in ("proportion", "rate", "directly_standardised_rate") and case["expected"].get("value", 0) is None:
            moved = {**case, "expected": {**case["expected"], "value": 12.0}}
            assert why_failed(moved, ADAPTERS), case["id"]
