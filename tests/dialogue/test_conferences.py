from datetime import date, timedelta

import pytest

from tests.factories import AT, make_by, make_conference, make_notice, make_party, make_question
from tests.factories_dialogue import make_series
from tovholder.base.by import ANYONE
from tovholder.base.errors import Refused
from tovholder.base.models import Event
from tovholder.dialogue import actions, queries, rules
from tovholder.dialogue.models import Conference

pytestmark = pytest.mark.django_db

NOTICE = {
    "purpose": "at få borgernes oplevelser med i sundhedsplanen",
    "legal_basis": "artikel 6, stk. 1, litra e",
    "delete_on": date(2027, 12, 1),
    "contact_role": "databeskyttelsesrådgiveren",
    "contact_mail": "dpo@example.dk",
    "contact_phone": "",
}


def words(organiser, **changed):
    usual = {
        "title": "Mit sundhedsvæsen (eksempel)", "organiser": organiser, "venue": "Fredericia", "short_code": "syd26",
        "starts_at": AT + timedelta(days=10), "ends_at": AT + timedelta(days=10, hours=6),
    }  # fmt: skip
    return usual | changed


def events_of(thing):
    return list(Event.objects.filter(subject_id=thing.pk).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("role", ["planner", "moderator"])
def test_planner_and_moderator_plan_a_conference_that_only_they_see(role):
    organiser = make_party()
    by = make_by(role, organiser)
    made = actions.plan_conference(**words(organiser, short_code="Syd26 "), by=by, at=AT)
    assert (made.state, made.short_code) == ("draft", "syd26")
    assert events_of(made) == ["conference_planned"]
    assert queries.conference(made.pk, by, AT) == made
    with pytest.raises(LookupError):
        queries.conference(made.pk, ANYONE, AT)
    with pytest.raises(LookupError):
        queries.conference(made.pk, make_by("planner", make_party()), AT)


@pytest.mark.parametrize(("role", "here"), [("coordinator", True), ("approver", True), ("planner", False), ("moderator", False)])
def test_nobody_else_plans(role, here):
    organiser = make_party()
    with pytest.raises(Refused, match="mandat"):
        actions.plan_conference(**words(organiser), by=make_by(role, organiser if here else make_party()), at=AT)
    assert not Conference.objects.exists()


def test_an_organiser_that_has_ended_holds_no_conference():
    organiser = make_party(valid_from=date(2007, 1, 1), valid_until=date(2026, 11, 1))
    with pytest.raises(Refused, match="findes ikke den dag"):
        actions.plan_conference(**words(organiser), by=make_by("planner", organiser), at=AT)


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"title": "  "}, "title", "Giv konferencen et navn"),
        ({"title": "x" * 161}, "title", "1 tegn over 160"),
        ({"venue": ""}, "venue", "hvor konferencen"),
        ({"ends_at": AT + timedelta(days=10)}, "ends_at", "slutter, før den begynder"),
        ({"ends_at": AT}, "ends_at", "slutter, før den begynder"),
        ({"input_opens_at": AT + timedelta(days=2), "input_closes_at": AT + timedelta(days=1)}, "input_closes_at", "lukker for input, før"),
        ({"input_closes_at": AT + timedelta(days=1)}, "input_opens_at", "hvornår I åbner"),
        ({"short_code": "blå 26"}, "short_code", "små bogstaver"),
        ({"short_code": ""}, "short_code", "små bogstaver"),
        ({"short_code": "a" * 21}, "short_code", "1 tegn over 20"),
        ({"introduction": "x" * 20_001}, "introduction", "1 tegn over 20000"),
    ],
)
def test_what_cannot_be_planned_is_refused_at_its_field(changed, field, sentence):
    organiser = make_party()
    with pytest.raises(Refused, match=sentence) as refused:
        actions.plan_conference(**words(organiser, **changed), by=make_by("planner", organiser), at=AT)
    assert refused.value.field == field
    assert not Conference.objects.exists()


def test_a_short_code_leads_to_one_conference():
    taken = make_conference(short_code="syd26")
    organiser = make_party()
    with pytest.raises(Refused, match="Koden »syd26« hører til en anden") as refused:
        actions.plan_conference(**words(organiser), by=make_by("planner", organiser), at=AT)
    assert refused.value.field == "short_code"
    assert queries.conference_by_code(" SYD26 ", AT) == taken


def test_notice_words_become_the_notice_and_others_become_a_new_one():
    organiser = make_party()
    by = make_by("planner", organiser)
    notice = NOTICE | {"controller": organiser}
    usual = words(organiser, input_opens_at=AT + timedelta(days=9))
    made = actions.plan_conference(**usual, notice_words=notice, by=by, at=AT)
    first = made.notice
    assert (first.purpose, first.controller, first.delete_on) == (NOTICE["purpose"], organiser, NOTICE["delete_on"])
    usual.pop("organiser")
    same = actions.change_conference(made, **usual, notice_words=notice, by=by, at=AT)
    assert same.notice == first
    other = actions.change_conference(made, **usual, notice_words=notice | {"purpose": "noget andet"}, by=by, at=AT)
    assert other.notice != first
    first.refresh_from_db()
    assert first.purpose == NOTICE["purpose"]


@pytest.mark.parametrize(("name", "value"), [("delete_on", date(2026, 11, 25)), ("delete_on", None), ("purpose", " "), ("legal_basis", "")])
def test_a_notice_that_leaves_something_out_stores_nothing(name, value):
    organiser = make_party()
    notice = NOTICE | {"controller": organiser, name: value}
    with pytest.raises(Refused) as refused:
        actions.plan_conference(**words(organiser), notice_words=notice, by=make_by("planner", organiser), at=AT)
    assert refused.value.field == name
    assert not Conference.objects.exists()


def test_input_needs_a_notice_before_the_conference_is_public():
    organiser = make_party()
    by = make_by("planner", organiser)
    draft = actions.plan_conference(**words(organiser, input_opens_at=AT + timedelta(days=9)), by=by, at=AT)
    with pytest.raises(Refused, match="hvad I bruger folks ord til"):
        actions.publish_conference(draft, by=by, at=AT)
    Conference.objects.filter(pk=draft.pk).update(notice=make_notice(organiser))
    actions.publish_conference(draft, by=by, at=AT)
    assert queries.conference(draft.pk, ANYONE, AT).state == "published"
    assert events_of(draft)[-1] == "conference_published"
    with pytest.raises(Refused, match="allerede offentlig"):
        actions.publish_conference(draft, by=by, at=AT)


def test_a_public_conference_keeps_its_code_and_may_be_withdrawn_once():
    organiser = make_party()
    by = make_by("planner", organiser)
    here = make_conference(organiser, short_code="syd26")
    usual = words(organiser)
    usual.pop("organiser")
    with pytest.raises(Refused, match="trykt på plakater"):
        actions.change_conference(here, **usual | {"short_code": "ny26"}, by=by, at=AT)
    changed = actions.change_conference(here, **usual, motto="Sammen", by=by, at=AT)
    assert changed.motto == "Sammen"
    actions.withdraw_conference(here, by=by, at=AT)
    assert queries.conference(here.pk, ANYONE, AT).state == "withdrawn"
    assert here not in queries.conferences(ANYONE, AT)
    with pytest.raises(Refused, match="trukket tilbage"):
        actions.withdraw_conference(here, by=by, at=AT)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "picnic"}, "kind"),
        ({"starts_at": AT - timedelta(days=1)}, "starts_at"),
        ({"film_address": "javascript:alert(1)", "film_text": "En film"}, "film_address"),
        ({"film_address": "https://example.dk/film"}, "film_text"),
        ({"speakers": "x" * 301}, "speakers"),
    ],
)
def test_a_programme_item_lies_within_the_day_and_a_film_has_its_text(changed, field):
    here = make_conference()
    usual = {"title": "Patientfilm", "kind": "film", "starts_at": AT}
    with pytest.raises(Refused) as refused:
        actions.add_programme_item(here, **(usual | changed), by=make_by("planner", here.organiser), at=AT)
    assert refused.value.field == field
    assert not here.programme.exists()


def test_programme_items_come_in_the_order_of_the_day_and_can_be_taken_out():
    here = make_conference()
    by = make_by("moderator", here.organiser)
    late = actions.add_programme_item(here, title="Opsamling", kind="closing", starts_at=AT + timedelta(hours=3), by=by, at=AT)
    film = {"film_address": "https://example.dk/film", "film_text": "En kvinde fortæller om sin hjemkomst."}
    early = actions.add_programme_item(here, title="Film", kind="film", starts_at=AT, **film, by=by, at=AT)
    assert list(queries.programme(here)) == [early, late]
    with pytest.raises(Refused):
        actions.remove_programme_item(late, by=make_by("planner", make_party()), at=AT)
    actions.remove_programme_item(late, by=by, at=AT)
    assert list(queries.programme(here)) == [early]


def test_questions_are_numbered_and_belong_to_one_place():
    here = make_conference()
    by = make_by("planner", here.organiser)
    first = actions.ask_question(conference=here, text="Hvordan kommer vi ud over kassetænkningen?", by=by, at=AT)
    second = actions.ask_question(conference=here, text="Hvor gør vi det godt allerede?", by=by, at=AT)
    assert [first.number, second.number] == [1, 2]
    assert list(queries.questions_of(here)) == [first, second]
    for bad in ({"text": " "}, {"text": "x" * 301}, {"text": "Hvad?", "closes_at": AT}):
        with pytest.raises(Refused):
            actions.ask_question(conference=here, **bad, by=by, at=AT)
    with pytest.raises(Refused, match="én konference eller én temagruppe"):
        actions.ask_question(text="Hvad?", by=by, at=AT)


@pytest.mark.parametrize(
    ("starts", "ends", "opens", "closes", "live"),
    [
        (-1, 1, None, None, True),
        (1, 2, None, None, False),
        (-2, -1, None, None, False),
        (0, 1, None, None, True),
        (-1, 0, None, None, False),
        (1, 2, -1, 1, True),
        (1, 2, -1, None, True),
        (1, 2, -2, 0, False),
        (-2, -1, -2, 1, True),
    ],
)
def test_live_is_what_goes_on_or_takes_input(starts, ends, opens, closes, live):
    def hours(n):
        return None if n is None else AT + timedelta(hours=n)

    here = make_conference(starts_at=hours(starts), ends_at=hours(ends), input_opens_at=hours(opens), input_closes_at=hours(closes))
    assert (here in queries.live_now(AT)) is live
    assert queries.is_live(here, AT) is live
    assert (here.pk in [row.conference.pk for row in queries.calendar(ANYONE, AT).live]) is live


def test_drafts_are_never_live():
    make_conference(state="draft")
    assert not queries.live_now(AT)
    assert queries.calendar(ANYONE, AT) == queries.Calendar((), (), (), ())


def test_the_question_now_is_the_first_that_is_open():
    here = make_conference()
    make_question(here, number=1, closes_at=AT)
    second = make_question(here, number=2)
    assert queries.question_now(queries.live_now(AT)[0], AT) == second


def test_a_series_shows_its_editions_newest_first_and_no_drafts():
    organiser = make_party()
    by = make_by("planner", organiser)
    series = actions.found_series(name="Årlig dialogkonference", organiser=organiser, decision="Besluttet", by=by, at=AT)
    old = make_conference(organiser, series=series, starts_at=AT - timedelta(days=400), ends_at=AT - timedelta(days=399))
    new = make_conference(organiser, series=series)
    draft = make_conference(organiser, series=series, state="draft")
    assert list(queries.editions(series, ANYONE, AT)) == [new, old]
    assert draft in queries.editions(series, by, AT)
    with pytest.raises(Refused, match="anden arrangør") as refused:
        actions.plan_conference(**words(organiser, series=make_series()), by=by, at=AT)
    assert refused.value.field == "series"


def test_rules_know_nothing_of_the_database(django_assert_num_queries):
    here = make_conference()
    by = make_by("planner", here.organiser)
    with django_assert_num_queries(0):
        rules.check_may_change(here, by=by)
        rules.check_may_plan(here.organiser, day=AT.date(), by=by)
