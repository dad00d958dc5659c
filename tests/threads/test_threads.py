"""The thread both ways: what led to what, and what is not told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AT,
    make_by,
    make_conference,
    make_party,
    make_question,
    make_remark,
    make_response,
    make_statement,
    make_theme,
    make_version_with,
)
from tests.factories_threads import make_world, put_under
from tovholder.base.by import ANYONE
from tovholder.parties.queries import local_day
from tovholder.plans.models import Adoption
from tovholder.threads import queries

pytestmark = pytest.mark.django_db
STEPS = ["said", "gathered", "promised", "consulted", "decided", "done", "measured"]


@pytest.fixture
def world():
    return make_world()


def ids(thread, code):
    return [item.id for step in thread.steps if step.code == code for item in step.items]


def test_a_statement_leads_all_the_way(world):
    thread = queries.thread_of_statement(world.statement, ANYONE, AT)
    assert [step.code for step in thread.steps] == STEPS
    assert thread.reach == 7
    assert ids(thread, "gathered") == [world.theme.pk]
    assert ids(thread, "promised") == [world.provision.pk]
    assert ids(thread, "consulted")[0] == world.remark.pk
    assert ids(thread, "decided") == [world.version.pk]
    assert ids(thread, "done") == [world.initiative.pk]
    assert ids(thread, "measured") == [world.goal.pk]
    assert thread.steps[1].sizes == {"citizen": 1, "municipality": 1, "region": 1, "practice": 1}


def test_the_way_back_from_promise_and_deed_finds_the_words(world):
    for thread in (
        queries.thread_of_provision(world.provision, ANYONE, AT),
        queries.thread_of_initiative(world.initiative, ANYONE, AT),
        queries.thread_of_theme(world.theme, ANYONE, AT),
    ):
        assert world.statement.pk in ids(thread, "said")
        assert thread.reach == 7


def test_what_was_not_taken_stands_with_its_reason_and_without_a_citizens_name(world):
    thread = queries.thread_of_statement(world.statement, ANYONE, AT)
    [item] = thread.not_taken
    assert (item.id, item.note) == (world.refused.pk, "Parterne vil først se erfaringerne i 2027.")
    assert "Canarius" not in repr(thread)


def test_a_statement_without_a_theme_stops_at_once(world):
    alone = make_statement(world.question, text="Ingen svarer i telefonen.")
    thread = queries.thread_of_statement(alone, ANYONE, AT)
    assert [step.state for step in thread.steps] == ["result", *["gap"] * 6]
    assert "Her stopper tråden – endnu" in thread.steps[1].sentence
    assert thread.nested == ()


def test_the_promise_of_a_draft_is_told_to_the_owners_people_only(world):
    type(world.version).objects.filter(pk=world.version.pk).update(published_at=None)
    assert ids(queries.thread_of_statement(world.statement, ANYONE, AT), "promised") == []
    assert ids(queries.thread_of_statement(world.statement, world.by, AT), "promised") == [world.provision.pk]


def promised(thread):
    return next((step.title, step.on) for step in thread.steps if step.code == "promised")


def test_it_is_a_promise_from_the_day_a_version_that_holds_it_is_adopted(world):
    adopted_on = AT.date() - timedelta(days=2)
    assert promised(queries.thread_of_theme(world.theme, ANYONE, AT)) == ("Det blev et løfte", adopted_on)
    Adoption.objects.all().delete()
    title, on = promised(queries.thread_of_theme(world.theme, ANYONE, AT))
    assert (title, on) == ("Det står i en plan", local_day(world.version.published_at))


def test_an_adopted_edition_that_lacks_the_point_makes_no_promise_of_it(world):
    world.version.texts.filter(provision=world.provision).delete()
    draft = make_version_with(1, plan=world.plan, number=9, published=True)
    type(draft.texts.get()).objects.filter(version=draft).update(provision=world.provision)
    assert promised(queries.thread_of_provision(world.provision, ANYONE, AT))[0] == "Det står i en plan"


def test_no_step_has_a_date_before_the_words_it_follows(world):
    thread = queries.thread_of_statement(world.statement, ANYONE, AT)
    assert promised(thread) == ("Det blev et løfte", None)
    type(world.statement).objects.filter(pk=world.statement.pk).update(written_at=AT - timedelta(days=9))
    world.statement.refresh_from_db()
    assert promised(queries.thread_of_statement(world.statement, ANYONE, AT))[1] == AT.date() - timedelta(days=2)


def test_a_withdrawn_theme_leads_nowhere(world):
    type(world.theme).objects.filter(pk=world.theme.pk).update(withdrawn_at=AT)
    thread = queries.thread_of_statement(world.statement, ANYONE, AT)
    assert thread.reach == 1


def test_only_published_words_are_counted_and_quoted(world):
    for state in ("waiting", "held", "declined", "withdrawn"):
        put_under(world.theme, make_statement(world.question, text=f"Kanarie {state}", state=state))
    moderator = make_by("moderator", world.region)
    for by in (ANYONE, moderator):
        thread = queries.thread_of_theme(world.theme, by, AT)
        assert sum(thread.steps[1].sizes.values()) == 4
        assert "Kanarie" not in repr(thread)
        assert "Kanarie" not in repr(queries.stories(by, AT))
        assert queries.threads_now(by, AT, words="Kanarie") == []


def test_threads_are_sorted_by_how_far_they_came(world):
    make_theme(world.region, name="Aldrig taget op")
    rows = queries.threads_now(ANYONE, AT)
    assert [theme.name for theme, _size, _reach in rows] == [world.theme.name, "Aldrig taget op"]
    assert [sum(reach) for _theme, _size, reach in rows] == [7, 1]
    assert [theme.pk for theme, _size, _reach in queries.threads_now(ANYONE, AT, words="min mor kom hjem")] == [world.theme.pk]


def test_one_thread_costs_the_same_with_one_and_with_three_remarks(world):
    def cost():
        with CaptureQueriesContext(connection) as counted:
            queries.thread_of_statement(world.statement, ANYONE, AT)
        return len(counted)

    before = cost()
    for _n in range(2):
        make_remark(make_response(world.consultation), provision=world.provision)
        put_under(world.theme, make_statement(world.question))
    assert cost() == before


def test_stories_tell_what_happened_and_one_wish_that_was_not_met(world):
    told = queries.stories(ANYONE, AT)
    assert [story.is_taken for story in told] == [True, False]
    assert told[0].words in {"Ingen vidste, at min mor kom hjem den dag.", *(f"Ring, før patienten går ud ad døren {n}." for n in range(3))}
    assert world.plan.title in told[0].outcome
    assert world.initiative.name in told[0].outcome
    assert (told[1].id, told[1].said_by) == (world.refused.pk, "Borger")


def test_the_overview_counts_what_is_there(world):
    now = queries.overview(ANYONE, AT)
    assert (now.live, now.question, now.said) == (world.conference, world.question, 4)
    assert [row.pk for row in now.rounds] == [world.consultation.pk]
    assert (now.initiatives, now.goals, now.measured, now.answered, now.themes) == (1, 1, 1, 2, 1)
    assert now.boards == ()


def test_the_overview_hides_drafts(world):
    draft = make_conference(make_party(), title="Kanarie", state="draft", starts_at=AT + timedelta(days=2), ends_at=AT + timedelta(days=3))
    make_question(draft)
    assert queries.overview(ANYONE, AT).coming is None
    assert "Kanarie" not in repr(queries.year(ANYONE, AT, number=2026))


def test_the_year_holds_conferences_deadlines_and_decisions(world):
    rows = queries.year(ANYONE, AT, number=2026)
    assert [row.on for row in rows] == sorted(row.on for row in rows)
    assert {"conference", "consultation", "plan"} <= {row.kind for row in rows}
    assert queries.year(ANYONE, AT, number=2019) == []


def test_a_thing_is_only_found_by_those_who_may_see_it(world):
    assert queries.kind_of(world.remark.pk, ANYONE, AT) == "remark"
    assert queries.kind_of(world.provision.pk, ANYONE, AT) == "provision"
    held = make_statement(world.question, state="held")
    for hidden in (held.pk, "findes-ikke", world.by.person):
        with pytest.raises(LookupError):
            queries.kind_of(hidden, ANYONE, AT)
