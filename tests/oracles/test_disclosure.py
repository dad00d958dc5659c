"""The known optima of suppression and the published cases, through the same adapters as `verify`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tovholder.evidence.verifying.disclosure import ADAPTERS
from tovholder.evidence.verifying.registry import why_failed

ROOT = Path(__file__).resolve().parents[2]
PLACE = Path(os.environ.get("TOVHOLDER_SHARED", ROOT.parent / "shared")) / "data" / "equity"
FILES = ("synthetic/suppression.json", "published/sdctable.json")

pytestmark = [pytest.mark.oracle, pytest.mark.once]


@pytest.mark.parametrize("file", FILES)
def test_every_case_holds(file: str) -> None:
    cases = json.loads((PLACE / file).read_text("utf-8"))["cases"]
    assert len(cases) == {"synthetic/suppression.json": 24, "published/sdctable.json": 3}[file]
    assert {case["id"]: why for case in cases if (why := why_failed(case, ADAPTERS)) is not None} == {}


@pytest.mark.parametrize("key", ["min_secondary_cells", "min_secondary_value"])
def test_a_case_with_another_answer_fails(key: str) -> None:
    [case, *_] = json.loads((PLACE / FILES[0]).read_text("utf-8"))["cases"]
    changed = {**case, "expected": {**case["expected"], key: case["expected"][key] - 1}}
    assert key in str(why_failed(changed, ADAPTERS))
