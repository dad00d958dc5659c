"""Search finds all that a person may see, and nothing else: not by its words, not by its counts, not by what it suggests."""

import random
from datetime import timedelta
from functools import cache
from importlib import import_module

import pytest
from django.db import transaction

from tests import world as worlds
from tests.factories import AT
from tovholder.base.by import ANYONE, SYSTEM, By
from tovholder.base.models import SearchRow
from tovholder.consultations import queries as answered
from tovholder.dialogue import queries as said
from tovholder.intake import queries as taken_in
from tovholder.plans import queries as promised
from tovholder.threads import actions, queries
from tovholder.threads.queries import search as search_of

pytestmark = pytest.mark.django_db


def found(text, by=ANYONE, at=AT, **more):
    """All hits, over all pages."""
    result = search_of(text, by, at, **more)
    pages = range(1, -(-result.total // queries.A_PAGE) + 1)
    return [hit for page in pages for hit in search_of(text, by, at, page=page, **more).found]


def things(text, by=ANYONE, at=AT, **more):
    return {hit.thing for hit in found(text, by, at, **more)}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world = worlds.build()
        actions.rebuild_search(by=SYSTEM, at=AT)
        yield world
        transaction.set_rollback(True)


def actors(world):
    """Everyone who comes by: nobody known, a device, one with a code, and each log-in."""
    return (ANYONE, By(device="d1"), By(contributor=world.contributor.pk), *map(worlds.by_of, world.users.values()))


def may_see(gate, thing, by):
    """Whether a reader may see what a row says: asked of the pages' own queries, one thing at a time."""
    ask = {
        "statement": lambda: queries.public_statement(thing, by, AT),
        "theme": lambda: queries.shown_theme(thing, by, AT),
        "conference": lambda: said.conference(thing, by, AT),
        "plan": lambda: promised.plan(thing, by, AT),
        "plan_version": lambda: promised.version(thing, by, AT),
        "consultation": lambda: answered.consultation(thing, by, AT),
        "source": lambda: taken_in.source(thing, by),
        "response": lambda: answered.readable_responses(by, AT).get(pk=thing),
        "": lambda: True,
    }
    try:
        ask[gate]()
    except LookupError:
        return False
    return True


def seen_by(rows, by):
    """The keys of the rows a reader may see."""
    ask = cache(lambda gate, thing: may_see(gate, thing, by))
    return {(row.thing_id, row.part) for row in rows if ask(row.gate, row.gate_thing_id)}


def test_every_hit_may_be_seen_and_all_that_may_be_seen_is_found(world):
    check(world, 6)


@pytest.mark.slow
def test_every_hit_may_be_seen_and_all_that_may_be_seen_is_found_for_every_word(world):
    check(world, 400)


def check(world, number):
    rng = random.Random(3)
    rows = list(SearchRow.objects.all())
    holders = {}
    for row in rows:
        for word in {*row.title_terms.split(), *row.text_terms.split()}:
            holders.setdefault(word, set()).add((row.thing_id, row.part))
    for by in actors(world):
        seen = seen_by(rows, by)
        for word in rng.sample(sorted(holders), min(number, len(holders))):
            hits = {(hit.thing, hit.part): hit for hit in found(word, by)}
            assert set(hits) <= seen, word
            assert {(hit.home, "") for hit in hits.values() if hit.home} <= seen, word
            if search_of(word, by, AT).way in ("whole", "wide"):
                assert holders[word] & seen <= set(hits), word


SECRET = {"held": "Kanarie", "notify mail": "tordis", "citizen's name": "Canarius", "phone": "61728394", "private phone": "71829304"}


@pytest.mark.parametrize("hidden", worlds.HIDDEN)
def test_hidden_words_lead_nowhere(world, hidden):
    text = worlds.HIDDEN[hidden]
    secret = SECRET.get(hidden, text.split()[0])
    for by in (ANYONE, By(device="d1"), worlds.by_of(world.users["foreign"])):
        for asked in (secret, secret[:5], secret[:-1] + "x", text):
            result = search_of(asked, by, AT)
            assert not any(secret.casefold() in f"{hit.title} {hit.text}".casefold() for hit in result.found)
            assert secret.casefold() not in result.instead.casefold()
        result = search_of(secret, by, AT)
        assert (result.total, result.kinds, result.instead) == (0, {}, "")


def test_what_nobody_may_read_has_no_row_at_all(world):
    everything = " ".join(f"{row.title} {row.text} {row.title_terms} {row.text_terms}" for row in SearchRow.objects.all())
    for name in ("waiting", "held", "phone", "declined", "original", "draft remark", "held remark", "citizen's name", "notify mail"):
        assert worlds.HIDDEN[name] not in everything, name


def test_those_who_write_a_draft_find_it_and_its_promises(world):
    planner = worlds.by_of(world.users["planner"])
    assert world.secret_plan.pk in things("egernets", planner)
    assert [(hit.thing, hit.part) for hit in found("ilderen", planner)] == [(world.provision.pk, "draft")]
    assert things("ilderen") == set()
    assert world.draft_conference.pk in things("muldvarpens", planner)
    assert {hit.kind for hit in found("overgange", planner)} >= {"source", "plan"}
    assert "source" not in {hit.kind for hit in found("overgange")}


def test_the_condition_that_is_kept_is_the_one_that_would_be_made(world):
    room = import_module("tovholder.threads.queries.search")
    for by in actors(world):
        for at in (AT, AT - timedelta(days=9, hours=3), AT + timedelta(days=400)):
            query = SearchRow.objects.filter(room.readable(by, at)).query
            compiler = query.get_compiler("default")
            compiler.setup_query()
            sql, params = compiler.compile(query.where)
            kept_sql, kept_params = room.Reader(by, at).condition()
            assert kept_sql == sql
            assert [str(param) for param in kept_params] == [str(param) for param in params]


def test_rows_asked_about_by_gate_are_the_rows_the_condition_lets_in(world):
    room = import_module("tovholder.threads.queries.search")
    for by in actors(world):
        for at in (AT, AT - timedelta(days=9, hours=3), AT + timedelta(days=400)):
            things = {}
            for gate, thing in SearchRow.objects.exclude(gate="").values_list("gate", "gate_thing"):
                things.setdefault(gate, []).append(thing)
            rows = SearchRow.objects.filter(room.readable(by, at)).exclude(gate="")
            assert room.Reader(by, at).sees(things) == set(rows.values_list("gate", "gate_thing"))
    assert len(things) > 4


def test_a_page_of_hits_takes_a_handful_of_questions(world, django_assert_max_num_queries):
    for by in actors(world):
        # Whole words and beginnings, each with who may see them, and the page of hits.
        with django_assert_max_num_queries(5):
            search_of("sundhed", by, AT)
        with django_assert_max_num_queries(8):
            search_of("xylofonkoncert og zebra", by, AT)
