from datetime import date

import pytest

from tests.factories import AT, make_by, make_conference, make_party, make_question, make_statement, make_theme
from tests.factories_dialogue import make_group, make_group_statement, put
from tovholder.base.by import ANYONE
from tovholder.base.errors import Refused
from tovholder.base.models import Event
from tovholder.dialogue import actions, queries
from tovholder.dialogue.models import Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return make_conference()


@pytest.fixture
def question(here):
    return make_question(here)


@pytest.fixture
def by(here):
    return make_by("planner", here.organiser)


def test_a_planner_names_a_theme_and_puts_statements_under_it(here, question, by):
    rows = [make_statement(question, sector=sector) for sector in ("citizen", "citizen", "municipality")]
    theme = actions.name_theme(name=" Besked ", owner=here.organiser, conference=here, statements=rows, by=by, at=AT)
    assert theme.name == "Besked"
    assert queries.theme_sizes([theme.pk]) == {theme.pk: {"citizen": 2, "municipality": 1}}
    assert set(queries.statements_under(theme, AT)) == set(rows)
    assert list(Event.objects.filter(subject_id=theme.pk).order_by("pk").values_list("kind", flat=True)) == ["theme_named", "put_under"]


@pytest.mark.parametrize("role", ["moderator", "coordinator", "group_coordinator"])
def test_nobody_else_names_themes(here, role):
    with pytest.raises(Refused, match="mandat"):
        actions.name_theme(name="Besked", owner=here.organiser, conference=here, by=make_by(role, here.organiser), at=AT)


def test_a_planner_names_only_for_the_own_party_and_its_conferences(here):
    other = make_party()
    with pytest.raises(Refused, match="mandat"):
        actions.name_theme(name="Besked", owner=here.organiser, conference=here, by=make_by("planner", other), at=AT)
    with pytest.raises(Refused, match="arrangøren"):
        actions.name_theme(name="Besked", owner=other, conference=here, by=make_by("planner", other), at=AT)


def test_an_owner_that_has_ended_names_nothing():
    ended = make_party(valid_from=date(2007, 1, 1), valid_until=AT.date())
    with pytest.raises(Refused, match="findes ikke den dag"):
        actions.name_theme(name="Besked", owner=ended, by=make_by("planner", ended), at=AT)


@pytest.mark.parametrize(
    ("name", "description", "field"), [(" ", "", "name"), ("x" * 121, "", "name"), ("Tema", "x" * 5001, "description")]
)
def test_a_theme_has_a_name_that_fits(here, by, name, description, field):
    with pytest.raises(Refused) as refused:
        actions.name_theme(name=name, description=description, owner=here.organiser, conference=here, by=by, at=AT)
    assert refused.value.field == field


def test_a_name_is_used_once_at_a_conference_until_its_theme_is_withdrawn(here, by):
    first = actions.name_theme(name="Besked", owner=here.organiser, conference=here, by=by, at=AT)
    with pytest.raises(Refused, match="allerede et tema"):
        actions.name_theme(name="besked", owner=here.organiser, conference=here, by=by, at=AT)
    actions.rename_theme(first, name="Besked", description="Om besked", by=by, at=AT)
    actions.withdraw_theme(first, by=by, at=AT)
    actions.name_theme(name="Besked", owner=here.organiser, conference=here, by=by, at=AT)


@pytest.mark.parametrize("state", ["waiting", "held", "declined", "withdrawn"])
def test_what_is_not_public_is_put_nowhere_and_counted_nowhere(here, question, by, state):
    hidden, shown = make_statement(question, state=state), make_statement(question)
    with pytest.raises(Refused, match="Ét udsagn er ikke offentligt længere"):
        actions.name_theme(name="Besked", owner=here.organiser, conference=here, statements=[hidden, shown], by=by, at=AT)
    assert not Theme.objects.exists()
    theme = make_theme(here.organiser, conference=here)
    put(theme, hidden, shown)
    assert queries.theme_sizes([theme.pk]) == {theme.pk: {"citizen": 1}}
    assert list(queries.statements_under(theme, AT)) == [shown]
    assert list(queries.statements_at(here, AT)) == [shown]
    with pytest.raises(LookupError):
        queries.public_statement(hidden.pk, AT)


def test_statements_of_a_draft_or_withdrawn_conference_are_not_public():
    for state in ("draft", "withdrawn"):
        row = make_statement(make_question(make_conference(state=state)))
        with pytest.raises(LookupError):
            queries.public_statement(row.pk, AT)


def test_a_statement_is_under_a_theme_once_and_comes_from_its_place(here, question, by):
    theme = make_theme(here.organiser, conference=here)
    row = make_statement(question)
    assert actions.put_under(theme, statements=[row], by=by, at=AT) == 1
    assert actions.put_under(theme, statements=[row], by=by, at=AT) == 0
    with pytest.raises(Refused, match="anden konference"):
        actions.put_under(theme, statements=[make_statement()], by=by, at=AT)
    with pytest.raises(Refused, match="mindst ét udsagn"):
        actions.put_under(theme, statements=[], by=by, at=AT)
    group = make_group(here.organiser)
    with pytest.raises(Refused, match="anden temagruppe"):
        actions.put_under(make_theme(here.organiser, group=group), statements=[row], by=by, at=AT)
    assert actions.put_under(make_theme(here.organiser, group=group), statements=[make_group_statement(group)], by=by, at=AT) == 1


def test_what_is_taken_out_or_loses_its_theme_waits_to_be_gathered(here, question, by):
    rows = [make_statement(question, text=f"Ord {n}") for n in range(3)]
    theme = actions.name_theme(name="Besked", owner=here.organiser, conference=here, statements=rows[:2], by=by, at=AT)
    assert list(queries.unthemed_statements(here, by, AT)) == [rows[2]]
    actions.take_out(theme, rows[0], by=by, at=AT)
    assert set(queries.unthemed_statements(here, by, AT)) == {rows[0], rows[2]}
    actions.withdraw_theme(theme, by=by, at=AT)
    assert set(queries.unthemed_statements(here, by, AT)) == set(rows)
    assert list(queries.unthemed_statements(here, by, AT, "ord 1")) == [rows[1]]
    assert not queries.unthemed_statements(here, ANYONE, AT)
    with pytest.raises(Refused, match="trukket tilbage"):
        actions.put_under(theme, statements=rows, by=by, at=AT)


def test_themes_of_a_draft_conference_are_seen_by_its_own_people_alone():
    draft = make_conference(state="draft")
    theme = make_theme(draft.organiser, conference=draft)
    assert theme not in queries.visible_themes(ANYONE, AT)
    with pytest.raises(LookupError):
        queries.theme(theme.pk, ANYONE, AT)
    assert queries.theme(theme.pk, make_by("planner", draft.organiser), AT) == theme


def test_themes_stand_in_danish_order_and_withdrawn_ones_only_on_their_own_page():
    for name in ("Åbningstid", "Zoner", "Ældre"):
        make_theme(name=name)
    gone = make_theme(name="Gammelt", withdrawn_at=AT)
    assert [row.name for row in queries.themes(ANYONE, AT)] == ["Zoner", "Ældre", "Åbningstid"]
    assert queries.theme(gone.pk, ANYONE, AT) == gone


def test_a_statement_without_a_sector_counts_among_the_others(here, question):
    theme = make_theme(conference=here)
    put(theme, make_statement(question, sector=""), make_statement(question, sector="other"), make_statement(question))
    sized = queries.sized_themes([theme])[0]
    assert sized.total == 3
    assert sized.by_sector == {"citizen": 1, "other": 2}


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ({}, {"a", "b", "c"}),
        ({"kind": "proposal"}, {"a"}),
        ({"sector": "practice"}, {"b"}),
        ({"words": " C "}, {"c"}),
        ({"kind": "proposal", "sector": "practice"}, set()),
    ],
)
def test_what_people_said_is_narrowed(here, question, asked, texts):
    make_statement(question, text="a", kind="proposal")
    make_statement(question, text="b", kind="bad_experience", sector="practice")
    make_statement(make_question(here), text="c", kind="good_experience")
    assert {row.text for row in queries.statements_at(here, AT, **asked)} == texts
    assert queries.statements_at(here, AT, question=question.pk).count() == 2
