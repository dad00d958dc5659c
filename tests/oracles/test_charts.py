"""Every case of control charts, funnels and before and after: published ones and those calculated with other programs."""

from __future__ import annotations

import pytest

from tests.conftest import SHARED
from tovholder.evidence.verifying.cases import read_cases
from tovholder.evidence.verifying.charts import ADAPTERS
from tovholder.evidence.verifying.registry import why_failed

pytestmark = [pytest.mark.oracle, pytest.mark.once]
EQUITY = SHARED / "data" / "equity"
CASES = [case for _, case in read_cases(EQUITY) if case["fn"] in ADAPTERS] if EQUITY.is_dir() else [{"id": "not here", "fn": ""}]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, object]) -> None:
    assert why_failed(case, ADAPTERS) is None


def test_every_kind_of_case_is_there() -> None:
    assert {case["fn"] for case in CASES} == set(ADAPTERS)
    assert len(CASES) == 84
