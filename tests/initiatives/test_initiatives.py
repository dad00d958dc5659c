"""Rules and verbs about what is done."""

from datetime import date

import pytest

from tests.factories import AT, make_by, make_initiative, make_party
from tovholder.base.by import ANYONE
from tovholder.base.errors import Refused
from tovholder.base.models import Event
from tovholder.initiatives import actions, queries
from tovholder.parties import queries as parties

pytestmark = pytest.mark.django_db


def test_who_begins_is_remembered():
    by = make_by("coordinator", make_party("municipality"))
    programme = actions.start_programme(name=" Sammen ", purpose="Hjem", by=by, at=AT)
    row = actions.start_initiative(name="Følge", purpose="Ingen alene", programme=programme, by=by, at=AT)
    assert (programme.name, programme.started_by_id, row.started_by_id) == ("Sammen", by.on_behalf_of, by.on_behalf_of)
    assert [item.pk for item in queries.initiatives_of(programme)] == [row.pk]
    assert Event.objects.filter(kind="initiative_started", subject=row.pk).count() == 1


@pytest.mark.parametrize("role", ["approver", "moderator", "operator"])
def test_some_mandates_do_not_tell(role):
    with pytest.raises(Refused):
        actions.start_initiative(name="Følge", purpose="Hjem", by=make_by(role, make_party()), at=AT)


def test_a_stranger_tells_nothing():
    for act in (
        lambda: actions.start_initiative(name="Følge", purpose="Hjem", by=ANYONE, at=AT),
        lambda: actions.tell_experience(make_initiative(), worked="Alt", by=ANYONE, at=AT),
        lambda: actions.do_it_too(make_initiative(), party=make_party(), by=ANYONE, at=AT),
    ):
        with pytest.raises(Refused):
            act()


def test_a_partner_is_a_party_or_a_name():
    by = make_by("planner", make_party())
    row = make_initiative(started_by_id=by.on_behalf_of)
    with pytest.raises(Refused):
        actions.add_partner(row, name=" ", by=by, at=AT)
    with pytest.raises(Refused):
        actions.add_funding(row, funder=" ", by=by, at=AT)
    actions.add_partner(row, name="Fonden", by=by, at=AT)
    assert [item.name for item in queries.partners_of(row)] == ["Fonden"]


def test_others_do_not_rewrite_what_someone_began():
    row = make_initiative(started_by=make_party(), worked="Vores ord")
    other = make_by("planner", make_party())
    for act in (
        lambda: actions.tell_experience(row, worked="Andre ord", by=other, at=AT),
        lambda: actions.add_partner(row, name="Fonden", by=other, at=AT),
        lambda: actions.add_funding(row, funder="Puljen", by=other, at=AT),
        lambda: actions.end_initiative(row, on=AT.date(), by=other, at=AT),
    ):
        with pytest.raises(Refused):
            act()
    row.refresh_from_db()
    assert row.worked == "Vores ord"


def test_doing_it_too_once_stopping_and_beginning_again():
    by = make_by("practitioner", make_party())
    party, row = parties.party(by.on_behalf_of), make_initiative()
    reuse = actions.do_it_too(row, party=party, changed="Kun hverdage", by=by, at=AT)
    with pytest.raises(Refused):
        actions.do_it_too(row, party=party, by=by, at=AT)
    actions.end_reuse(reuse, by=by, at=AT)
    again = actions.do_it_too(row, party=party, by=by, at=AT)
    assert (again.pk, again.ended_at) == (reuse.pk, None)
    assert [item.reuse_count for item in queries.initiatives()] == [1]


def test_a_party_that_has_ended_does_nothing_new():
    ended = make_party(valid_until=date(2026, 1, 1))
    by = make_by("planner", ended)
    with pytest.raises(Refused):
        actions.do_it_too(make_initiative(), party=ended, by=by, at=AT)


def test_an_end_before_the_beginning_is_refused():
    by = make_by("planner", make_party())
    with pytest.raises(Refused) as refused:
        actions.start_initiative(name="x", purpose="y", begins_on=date(2027, 1, 2), ends_on=date(2027, 1, 1), by=by, at=AT)
    assert refused.value.field == "ends_on"
