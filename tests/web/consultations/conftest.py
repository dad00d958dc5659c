"""A round and its planner, for the tests of consultations' pages."""

import pytest

from tests.factories import (
    AT,
    make_consultation,
)


@pytest.fixture
def consultation():
    return make_consultation(
        letter="Vi sender udkastet i høring.", asked_about="Er målene de rigtige?", next_steps="25. januar: Regionsrådet beslutter",
        title="Sundhedsplan 2027–2030", deadline_at=AT.replace(month=12, day=11, hour=12, minute=0),
    )  # fmt: skip


@pytest.fixture
def planner(log_in, consultation):
    return log_in(("planner", consultation.version.plan.owner))
