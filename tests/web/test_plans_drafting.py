"""The draft desk: what is refused stays in the form, and nobody loses words."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import AT, make_by, make_consultation, make_party, make_remark, make_response, make_theme
from tests.factories_plans import World
from tests.web.doors_of_plans import page, sent, text
from tovholder.plans import actions, queries
from tovholder.plans.models import Plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.fixture
def world():
    return World()


@pytest.fixture
def planner(world, log_in):
    return log_in(("planner", world.region))


def test_a_plan_begins_with_a_draft(client, world, planner):
    response = sent(client, "new", kind="joint_vision", title="Ny vision (eksempel)", owner=world.region.pk, period_from="1. januar 2027")
    plan = Plan.objects.get(title="Ny vision (eksempel)")
    assert response.url == reverse("plans:draft", args=[queries.draft_of(plan).pk])
    assert plan.period_from.isoformat() == "2027-01-01"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"title": ""}, "Giv planen et navn."),
        ({"period_from": "1. januar 2027", "last_day": "1. januar 2026"}, "slutter, før den begynder"),
        ({"period_from": "32. januar"}, "32. januar"),
        ({"owner": "en-anden"}, "Hvem ejer planen?"),
    ],
)
def test_a_plan_that_cannot_begin_keeps_what_was_typed(client, world, planner, given, sentence):
    form = {"kind": "joint_vision", "title": "Ny", "owner": world.region.pk, "summary": "Alt det, jeg skrev"} | given
    response = sent(client, "new", **form)
    assert response.status_code == 422
    assert sentence in text(response)
    assert "Alt det, jeg skrev" in text(response)
    assert Plan.objects.count() == 1


def test_beginning_asks_for_a_log_in_and_a_mandate(client, world, log_in):
    assert "/konto/" in page(client, "new").url
    log_in(("approver", world.region))
    assert page(client, "new").status_code == 403


def test_the_desk_lists_provisions_and_a_sealed_version_leads_to_the_draft(client, world, planner):
    sealed = world.sealed()
    assert page(client, "draft", sealed.pk).url == reverse("plans:draft", args=[world.draft.pk])
    shown = text(page(client, "draft", world.draft.pk))
    assert "1.1 Besked før udskrivning" in shown
    assert "Seneste låste version: »Sendt i høring«" in shown
    assert f"{reverse('plans:add', args=[world.draft.pk])}?efter={world.provisions[1].pk}" in shown


def test_only_a_text_nobody_has_edited_since_is_offered_for_decision(client, world, planner):
    sealed = world.sealed()
    board = reverse("plans:board", args=[sealed.pk])
    shown = text(page(client, "draft", world.draft.pk))
    assert board in shown
    assert "Du har rettet siden." not in shown
    provision = world.provisions[1]
    sent(client, "edit", world.draft.pk, provision.pk, label="1.1", heading="Besked", body="24 timer", revision=1)
    shown = text(page(client, "draft", world.draft.pk))
    assert board not in shown
    assert "Lås udkastet som en ny version, før du sender det til beslutning." in shown
    newer = world.sealed("Rettet")
    assert reverse("plans:board", args=[newer.pk]) in text(page(client, "draft", world.draft.pk))


def test_the_parties_of_a_small_agreement_are_found_ticked_and_kept(client, log_in):
    world = World("partnership_agreement")
    log_in(("planner", world.region))
    far = make_party("municipality", "Fjernby Kommune (eksempel)")
    draft, (vejen, aeroe, _aabenraa) = world.draft, world.members
    shown = text(page(client, "draft", draft.pk))
    assert "Parter i aftalen" in shown
    assert vejen.name in shown
    assert far.name not in shown
    found = text(sent(client, "name_parties", draft.pk, parties=[vejen.pk], ord="fjernby", search="1"))
    assert far.name in found
    assert re.search(f'value="{vejen.pk}" checked', found)
    assert not queries.parties_named(world.plan)
    assert sent(client, "name_parties", draft.pk, parties=["\x00"], ord="\x00" * 90 + "<b>", search="1").status_code == 200
    assert sent(client, "name_parties", draft.pk, parties=[vejen.pk, far.pk]).url.endswith("#parter")
    assert {row.pk for row in queries.parties_named(world.plan)} == {vejen.pk, far.pk}
    shown = text(page(client, "draft", draft.pk))
    assert re.search(f'value="{far.pk}" checked', shown)
    assert not re.search(f'value="{aeroe.pk}" checked', shown)
    refused = sent(client, "name_parties", draft.pk, parties=["en-anden"])
    assert refused.status_code == 422
    assert "En af parterne findes ikke i dag." in text(refused)


def test_parties_stand_still_while_the_text_is_out_and_other_kinds_have_none(client, world, log_in):
    log_in(("planner", world.region))
    assert "Parter i aftalen" not in text(page(client, "draft", world.draft.pk))
    assert sent(client, "name_parties", world.draft.pk).status_code == 404
    small = World("partnership_agreement")
    log_in(("planner", small.region))
    actions.name_parties(small.plan, parties=small.members[:1], by=small.by, at=AT)
    small.asked()
    shown = text(page(client, "draft", small.draft.pk))
    assert "Parterne kan ikke ændres, før den er afgjort." in shown
    assert f"<li>{small.members[0].name}</li>" in shown
    assert sent(client, "name_parties", small.draft.pk, parties=[small.members[1].pk]).status_code == 422


def test_an_empty_desk_says_how_to_begin(client, world, planner):
    empty = actions.begin_plan(kind="joint_vision", title="Tom (eksempel)", owner=world.region, by=world.by, at=AT)
    draft = queries.draft_of(empty)
    for name in ("draft", "version"):
        shown = page(client, name, draft.pk)
        assert shown.status_code == 200
        assert "Udkastet er tomt endnu" in text(shown)
    assert text(page(client, "draft", draft.pk)).count("button-primary") == 1
    refused = sent(client, "seal", draft.pk, name="Tom")
    assert refused.status_code == 422
    assert "Skriv mindst ét punkt først." in text(refused)


def test_add_edit_move_and_remove(client, world, planner):
    draft, (first, second, third) = world.draft, world.provisions
    sent(client, "add", draft.pk, label="1.1a", heading="Imellem", level="2", body="Ord", after=second.pk)
    added = [row.heading for row in queries.texts_of(draft)]
    assert added == ["Udskrivning", "Besked før udskrivning", "Imellem", "Epikrise"]
    sent(client, "move", draft.pk, third.pk, vej="op")
    sent(client, "move", draft.pk, first.pk, vej="ned")
    assert [row.provision_id for row in queries.texts_of(draft)][:2] == [second.pk, first.pk]
    sent(client, "edit", draft.pk, second.pk, label="1.1", heading="Besked", body="24 timer", revision=1)
    assert queries.text_of(draft, second).body == "24 timer"
    sent(client, "remove", draft.pk, third.pk)
    assert queries.texts_of(draft).filter(provision=third).count() == 0


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"heading": ""}, "Skriv en overskrift."),
        ({"heading": "a" * 203}, "3 tegn over 200"),
        ({"label": "1" * 21}, "højst fylde 20 tegn"),
        ({"body": "Min tekst " + "b" * 60_000}, "60.000 tegn"),
    ],
)
def test_words_that_are_refused_stay_in_the_form(client, world, planner, given, sentence):
    form = {"label": "1.1", "heading": "Besked", "body": "Min tekst", "revision": 1} | given
    for response in (
        sent(client, "edit", world.draft.pk, world.provisions[1].pk, **form),
        sent(client, "add", world.draft.pk, level="2", **form),
    ):
        assert response.status_code == 422
        assert sentence in text(response)
        assert "Min tekst" in text(response)
    assert queries.texts_of(world.draft).count() == 3


def test_two_writers_choose_between_their_texts_and_lose_neither(client, world, planner):
    draft, provision = world.draft, world.provisions[1]
    jonas = make_by("planner", world.region)
    actions.edit_provision(draft, provision, label="1.1", heading="Besked", body="48 timer", revision=1, by=jonas, at=AT)
    mine = {"label": "1.1", "heading": "Besked", "body": "24 timer", "revision": 1}
    clash = sent(client, "edit", draft.pk, provision.pk, **mine)
    assert clash.status_code == 409
    shown = text(clash)
    assert f"{jonas.name} har gemt 1.1, mens du skrev. Din tekst er her stadig." in shown
    assert "48 timer" in shown
    assert "24 timer" in shown
    theirs = text(sent(client, "edit", draft.pk, provision.pk, **(mine | {"theirs": "1", "revision": 2})))
    assert "Din tekst, som du lagde til side" in theirs
    assert "24 timer" in theirs
    assert "48 timer" in theirs
    assert queries.text_of(draft, provision).body == "48 timer"
    sent(client, "edit", draft.pk, provision.pk, **(mine | {"revision": 2}))
    assert queries.text_of(draft, provision).body == "24 timer"


def test_words_written_while_the_version_was_sealed_come_in_the_new_draft(client, world, planner):
    old, second = world.draft, world.provisions[1]
    world.sealed()
    assert page(client, "edit", old.pk, second.pk).status_code == 200
    response = sent(client, "edit", old.pk, second.pk, label="1.1", heading="Besked", body="24 timer", revision=1)
    assert response.url.startswith(reverse("plans:draft", args=[world.draft.pk]))
    assert queries.text_of(world.draft, second).body == "24 timer"
    assert queries.text_of(old, second).body == "Sygehuset giver besked hurtigst muligt."
    assert "blev låst, mens du skrev" in text(page(client, "draft", world.draft.pk))


def test_words_for_a_provision_that_was_taken_out_stay_in_the_form(client, world, planner):
    second, third = world.provisions[1:]
    actions.remove_provision(world.draft, second, by=world.by, at=AT)
    response = sent(client, "edit", world.draft.pk, second.pk, label="1.1", heading="Besked", body="Min lange tekst", revision=1)
    assert response.status_code == 422
    assert "taget ud af udkastet i mellemtiden" in text(response)
    assert "Min lange tekst" in text(response)
    assert page(client, "edit", world.draft.pk, second.pk).status_code == 404
    sent(client, "add", world.draft.pk, label="2", heading="Efter det borttagne", level="2", body="Ord", after=second.pk)
    assert [row.heading for row in queries.texts_of(world.draft)][-1] == "Efter det borttagne"
    other = World("health_plan", municipalities=())
    assert page(client, "edit", world.draft.pk, other.provisions[1].pk).status_code == 404
    assert page(client, "edit", world.draft.pk, third.pk).status_code == 200


def test_a_pasted_text_becomes_provisions_or_stays_in_the_field(client, world, planner):
    sent(client, "paste", world.draft.pk, text="2 Mål\n\nFærre.\n\n3 Økonomi\n\nDelt.")
    assert queries.texts_of(world.draft).count() == 5
    refused = sent(client, "paste", world.draft.pk, text="ingen overskrifter her")
    assert refused.status_code == 422
    assert "ingen overskrifter her" in text(refused)


def test_sealing_then_publishing_lets_everyone_read(client, world, planner):
    version = world.draft
    response = sent(client, "seal", version.pk, name="Sendt i høring")
    assert response.url == reverse("plans:version", args=[version.pk])
    again = sent(client, "seal", version.pk, name="Igen")
    assert again.status_code == 422
    assert "låst" in text(again)
    sent(client, "publish", version.pk)
    client.logout()
    assert page(client, "version", version.pk).status_code == 200


def test_an_unsealed_version_is_not_published(client, world, planner):
    response = sent(client, "publish", world.draft.pk)
    assert response.status_code == 403
    assert "Lås versionen først" in text(response)


def test_a_goal_is_set_or_says_why_not(client, world, planner):
    given = {"number": 4, "text": "Højst 12 pct. genindlagt", "owner": world.members[0].pk, "provision": world.provisions[1].pk}
    response = sent(client, "new_goal", world.plan.pk, **given)
    assert response.url.startswith("/maal/")
    past = ({"number": 5, "deadline": "1. november 2026"}, "1. november er gået. Vælg en dag efter i dag, 24. november.")
    for wrong, sentence in [({}, "Mål 4 findes allerede"), past]:
        refused = sent(client, "new_goal", world.plan.pk, **(given | wrong))
        assert refused.status_code == 422
        assert sentence in text(refused)
        assert "Højst 12 pct. genindlagt" in text(refused)


def test_a_theme_tied_on_the_desk_stands_in_the_margin(client, world, planner):
    theme = make_theme(world.region, name="Besked, før man går ud ad døren")
    draft, (_heading, second, third) = world.draft, world.provisions
    before = text(page(client, "version", draft.pk))
    assert before.count("Ingen har bedt om dette.") == 2
    assert reverse("threads:tie_duty", args=[third.pk]) in before
    sent(client, "tie", draft.pk, theme=theme.pk, provision=second.pk)
    after = text(page(client, "version", draft.pk))
    assert "Besked, før man går ud ad døren" in after
    assert after.count("Ingen har bedt om dette.") == 1
    assert sent(client, "tie", draft.pk, theme="findes-ikke", provision=second.pk).status_code == 422


def test_an_edit_because_of_a_remark_shows_it_beside_and_names_it_in_the_comparison(client, world, planner):
    public = world.sealed("Sendt i høring", published=True)
    consultation = make_consultation(public, concluded_at=AT, deadline_at=AT - timedelta(days=1))
    response = make_response(consultation, name="Vejen Kommune (eksempel)")
    second = world.provisions[1]
    remark = make_remark(response, provision=second, text="Hurtigst muligt kan ingen planlægge efter.", verdict="accepted", reason="Ja.")
    address = f"{reverse('plans:edit', args=[world.draft.pk, second.pk])}?bemaerkning={remark.pk}"
    assert "Hurtigst muligt kan ingen planlægge efter." in text(client.get(address))
    client.post(address, {"label": "1.1", "heading": "Besked før udskrivning", "body": "Senest 24 timer før.", "revision": 1})
    after = world.sealed("Efter høring", published=True)
    shown = text(page(client, "compare", public.pk, after.pk))
    assert "Hvad høringen ændrede" in shown
    assert "Vejen Kommune (eksempel)" in shown
    assert "Hurtigst muligt kan ingen planlægge efter." in shown
    assert "Ingen bemærkning bad om dette." not in shown
    unknown = f"{reverse('plans:edit', args=[world.draft.pk, second.pk])}?bemaerkning=findes-ikke"
    assert client.get(unknown).status_code == 404


def test_a_version_in_consultation_says_so_and_leads_to_the_answer(client, world):
    public = world.sealed("Sendt i høring", published=True)
    consultation = make_consultation(public)
    shown = text(page(client, "version", public.pk))
    assert "I høring til 11. december 2026" in shown
    assert reverse("consultations:consultation", args=[consultation.pk]) in shown
    assert ">I høring" in text(page(client, "list"))
