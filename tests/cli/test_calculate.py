"""The command that calculates what goal pages show, and the same in tick and in the process beside the server."""

import io

import pytest
from django.core.management import call_command

from tests.factories import AT
from tests.factories_followup import FollowedGoal
from tovholder.findings.models import Figures
from tovholder.jobs import figures

pytestmark = pytest.mark.django_db


def said(*words):
    out = io.StringIO()
    call_command(*words, "--at", AT.isoformat(), stdout=out)
    return out.getvalue()


def test_calculate_says_how_many_and_then_that_all_is_as_it_should_be():
    assert said("calculate") == "Tallene er, som de skal være.\n"
    FollowedGoal()
    assert figures.is_anything_due(at=AT)
    assert said("calculate") == "1 indikator er regnet.\n"
    assert not figures.is_anything_due(at=AT)
    assert said("calculate") == "Tallene er, som de skal være.\n"


@pytest.mark.parametrize("words", [("tick",), ("keep", "--calculate")])
def test_tick_and_the_process_beside_calculate_too(words):
    FollowedGoal()
    assert "regnet" in said(*words)
    assert Figures.objects.filter(kind="course").exists()


def test_one_indicator_that_cannot_be_calculated_keeps_no_other_from_it(monkeypatch, caplog):
    first, second = FollowedGoal(), FollowedGoal()
    from tovholder.findings.actions import calculating

    whole = calculating.everything

    def breaks(inputs):
        if inputs.indicator == first.indicator:
            raise ValueError("uventet")
        return whole(inputs)

    monkeypatch.setattr(calculating, "everything", breaks)
    assert said("calculate") == "1 indikator er regnet.\n"
    assert Figures.objects.filter(indicator=second.indicator).exists()
    assert first.indicator.code in caplog.text
