"""A plan's yearly status: drafted, written, finished, approved; and what is frozen on the way."""

from datetime import date, timedelta

import pytest

from tests.factories import AT, make_by, make_party, make_plan
from tests.factories_followup import FollowedGoal
from tests.factories_threads import make_goal
from tovholder.base.by import ANYONE
from tovholder.base.errors import Clash, Refused
from tovholder.findings import actions, queries
from tovholder.findings.models import StatusReport
from tovholder.threads import actions as threads

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def followed():
    found = FollowedGoal()
    make_goal(found.plan, text="Alle har en plan.")
    make_goal(found.plan, text="Ingen venter.", indicator="Ventetid")
    found.calculate()
    return found


def drafted(followed, year=2025):
    return actions.draft_status_report(followed.plan, year=year, by=followed.by, at=AT)


def finished(followed, year=2025):
    report = drafted(followed, year)
    actions.write_summary(report, summary="Det går den rigtige vej.", revision=1, by=followed.by, at=AT)
    return threads.finish_status_report(report, by=followed.by, at=AT)


def approver(followed):
    return make_by("approver", followed.region)


def test_the_draft_says_what_was_seen_by_the_end_of_the_year(followed):
    lines = queries.lines_of(drafted(followed))
    first, second, third = (line.drafted for line in lines)
    assert first.splitlines() == [
        "Siden januar 2025 har alle 12 måneder ligget under det gamle niveau.",
        "Fra 14,2 til 12,3 pct. – målet er 12,0.",
        "Vejen ligger under og Fredericia over, hvad tilfældet forklarer.",
        "De andre 5 kommuner kan ikke skilles ad.",
        "Jo kortere uddannelse, jo større andel – 8,7 point fra ende til anden.",
    ]
    assert second == "Ingen måler det endnu."
    assert third == "Ingen har målt endnu."


def test_an_earlier_year_knows_nothing_of_what_came_later(followed):
    first = queries.lines_of(drafted(followed, 2024))[0].drafted
    assert "2025" not in first
    assert "12,3" not in first


@pytest.mark.parametrize(
    ("year", "sentence"),
    [(2027, "ikke begyndt"), (1999, "begynder i 2007"), (2025, "allerede")],
)
def test_a_year_that_cannot_be_reported_on_is_refused(followed, year, sentence):
    drafted(followed)
    with pytest.raises(Refused, match=sentence):
        drafted(followed, year)


def test_a_year_outside_the_plan_is_refused(followed):
    followed.plan.period_from, followed.plan.period_until = date(2025, 1, 1), date(2026, 1, 1)
    followed.plan.save()
    for year, sentence in ((2024, "begynder i 2025"), (2026, "slutter i 2025")):
        with pytest.raises(Refused, match=sentence):
            drafted(followed, year)
    assert queries.years_to_report(followed.plan, AT) == [2025]


def test_a_plan_without_goals_has_nothing_to_report(followed):
    with pytest.raises(Refused, match="ingen mål"):
        actions.draft_status_report(make_plan(followed.region), year=2025, by=followed.by, at=AT)


def test_only_the_owners_planner_drafts_and_only_the_owners_approver_approves(followed):
    for by in (ANYONE, make_by("planner", make_party()), approver(followed)):
        with pytest.raises(Refused):
            actions.draft_status_report(followed.plan, year=2025, by=by, at=AT)
    report = finished(followed)
    report.refresh_from_db()
    for by in (ANYONE, followed.by, make_by("approver", make_party())):
        with pytest.raises(Refused):
            actions.approve_status_report(report, fingerprint=report.fingerprint, by=by, at=AT)
    actions.approve_status_report(report, fingerprint=report.fingerprint, reference="Punkt 7", by=approver(followed), at=AT)
    report.refresh_from_db()
    assert (report.state, report.approved_reference) == ("approved", "Punkt 7")


def test_a_report_without_a_persons_words_is_not_finished(followed):
    report = drafted(followed)
    with pytest.raises(Refused, match="Kort fortalt"):
        threads.finish_status_report(report, by=followed.by, at=AT)


def test_what_is_finished_stays_whatever_the_figures_become(followed):
    report = finished(followed)
    kept = StatusReport.objects.get(pk=report.pk)
    assert kept.content["goals"][0]["charts"][0]["svg"].startswith("<svg")
    assert [row["why"] for row in kept.content["not_shown"] if "Fanø" in row["what"]] == ["For få til at vise."]
    followed.vintage.measurements.filter(party=followed.region, group=None).update(value=1.0)
    followed.vintage.digest = "0" * 64
    followed.vintage.save()
    assert followed.calculate(AT + timedelta(days=1))
    again = StatusReport.objects.get(pk=report.pk)
    assert (again.content, again.fingerprint) == (kept.content, kept.fingerprint)
    assert len(kept.fingerprint) == 64


def test_what_is_finished_cannot_be_written_in_until_it_is_opened_again(followed):
    report = finished(followed)
    line = queries.lines_of(report)[0]
    for act in (
        lambda: actions.write_status_line(line, status="reached", comment="Nej", seen=None, by=followed.by, at=AT),
        lambda: actions.write_summary(report, summary="Nej", revision=2, by=followed.by, at=AT),
        lambda: actions.draft_again(report, by=followed.by, at=AT),
    ):
        with pytest.raises(Refused, match="gjort færdig"):
            act()
    actions.reopen_status_report(report, by=followed.by, at=AT)
    again = StatusReport.objects.get(pk=report.pk)
    assert (again.state, again.content, again.fingerprint) == ("draft", {}, "")
    actions.write_status_line(line, status="reached", comment="Ja", seen=None, by=followed.by, at=AT)


def test_what_is_approved_is_never_opened_again(followed):
    report = finished(followed)
    report.refresh_from_db()
    actions.approve_status_report(report, fingerprint=report.fingerprint, by=approver(followed), at=AT)
    for act in (actions.reopen_status_report, threads.finish_status_report, actions.draft_again):
        with pytest.raises(Refused):
            act(report, by=followed.by, at=AT)


def test_another_text_than_the_one_read_is_not_approved(followed):
    report = finished(followed)
    with pytest.raises(Refused, match="en anden end den"):
        actions.approve_status_report(report, fingerprint="f" * 64, by=approver(followed), at=AT)


def test_two_who_write_at_once_lose_nothing(followed):
    report = drafted(followed)
    line = queries.lines_of(report)[0]
    actions.write_status_line(line, status="on_the_way", comment="Min", seen=None, by=followed.by, at=AT)
    other = make_by("planner", followed.region)
    with pytest.raises(Clash) as caught:
        actions.write_status_line(line, status="delayed", comment="Din", seen=None, by=other, at=AT + timedelta(minutes=1))
    assert (caught.value.theirs["comment"], caught.value.yours["comment"]) == ("Min", "Din")
    actions.write_status_line(line, status="delayed", comment="Begge", seen=caught.value.theirs["seen"], by=other, at=AT)
    with pytest.raises(Clash):
        actions.write_summary(report, summary="En", revision=7, by=other, at=AT)


def test_drafting_again_keeps_what_people_wrote_and_takes_new_goals_in(followed):
    report = drafted(followed)
    line = queries.lines_of(report)[0]
    actions.write_status_line(line, status="on_the_way", comment="Vi er i gang.", seen=None, by=followed.by, at=AT)
    make_goal(followed.plan, text="Et nyt mål.")
    actions.draft_again(report, by=followed.by, at=AT)
    lines = queries.lines_of(report)
    assert (len(lines), lines[0].comment, lines[0].status) == (4, "Vi er i gang.", "on_the_way")


def test_drafts_are_seen_by_the_owners_people_alone(followed):
    report = drafted(followed)
    stranger = make_by("planner", make_party())
    assert [queries.visible_reports(by, AT).count() for by in (ANYONE, stranger, followed.by, approver(followed))] == [0, 0, 1, 1]
    assert [row.is_to_approve for row in queries.waiting_reports(followed.by, AT)] == [False]
    with pytest.raises(LookupError):
        queries.status_report(report.pk, ANYONE, AT)


def test_the_same_figures_give_the_same_fingerprint(followed):
    first = finished(followed)
    first.refresh_from_db()
    actions.reopen_status_report(first, by=followed.by, at=AT)
    threads.finish_status_report(first, by=followed.by, at=AT + timedelta(days=2))
    assert StatusReport.objects.get(pk=first.pk).fingerprint == first.fingerprint
