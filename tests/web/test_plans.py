"""Doors to plans: what each page shows, what it refuses with everything typed kept, and that strangers meet nothing."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import AT, make_by, make_consultation, make_party, make_remark, make_response, make_theme
from tests.factories_plans import TODAY, World, answer, approver_of, make_plan_kind
from tovholder.plans import actions, queries
from tovholder.plans.models import Adoption, Approval, Plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


def page(client, view, /, *args, **query):
    return client.get(reverse(f"plans:{view}", args=args), query)


def sent(client, view, /, *args, **given):
    return client.post(reverse(f"plans:{view}", args=args), given)


def text(response):
    return response.content.decode()


def queries_of(client, name, *args):
    with CaptureQueriesContext(connection) as caught:
        assert page(client, name, *args).status_code == 200
    return len(caught)


@pytest.fixture
def world():
    return World()


@pytest.fixture
def planner(world, log_in):
    return log_in(("planner", world.region))


# Reading


def test_the_list_groups_plans_by_how_far_they_have_come(client, world):
    world.asked()
    other = World("health_plan", municipalities=())
    other.sealed(published=True)
    shown = text(page(client, "list"))
    assert shown.index("Til beslutning") < shown.index("Offentliggjort, ikke vedtaget")
    assert "0 af 4 har godkendt" in shown
    assert "Begynd en plan" not in shown
    only = text(page(client, "list", slags="health_plan"))
    assert "Til beslutning" not in only
    assert str(other.plan) in only


def test_the_empty_list_says_when_something_comes(client):
    assert "Ingen planer endnu" in text(page(client, "list"))


def test_the_list_shows_own_drafts_to_planners_alone(client, world, planner):
    shown = text(page(client, "list"))
    assert "Udkast, kan ændres" in shown
    assert "Begynd en plan" in shown
    client.logout()
    assert world.plan.title not in text(page(client, "list"))


def test_a_plan_opens_on_its_newest_public_version(client, world):
    world.sealed("Sendt i høring", published=True)
    text_row = queries.text_of(world.draft, world.provisions[1])
    actions.edit_provision(
        world.draft, world.provisions[1], label="1.1", heading=text_row.heading, body="Hemmeligt udkast", revision=1, by=world.by, at=AT
    )
    shown = text(page(client, "plan", world.plan.pk))
    assert "Sygehuset giver besked hurtigst muligt." in shown
    assert "Hemmeligt udkast" not in shown
    assert "Ret udkastet" not in shown
    assert "Ingen har bedt om dette." in shown
    assert shown.count("<h1") == 1


def test_a_plan_shows_its_goals_and_where_nobody_measures(client, world):
    actions.set_goal(world.plan, number=4, text="Færre genindlæggelser", owner=world.region, by=world.by, at=AT)
    world.sealed(published=True)
    shown = text(page(client, "plan", world.plan.pk))
    assert "Mål 4: Færre genindlæggelser" in shown
    assert "Ingen måler det endnu." in shown


def test_drafts_are_no_page_for_strangers(client, world, log_in):
    sealed = world.sealed("Låst, ikke offentlig")
    public = world.sealed("Sendt i høring", published=True)
    draft, provision = world.draft, world.provisions[1]
    new = actions.add_provision(draft, label="9", heading="Nyt", by=world.by, at=AT)
    hidden = [
        ("version", draft.pk), ("version", sealed.pk), ("word", draft.pk), ("word", sealed.pk), ("draft", draft.pk), ("add", draft.pk),
        ("edit", draft.pk, provision.pk), ("compare", public.pk, draft.pk), ("compare", sealed.pk, public.pk), ("board", sealed.pk),
        ("board", draft.pk), ("provision", new.pk), ("history", new.pk), ("plan", "findes-ikke"), ("approval", "findes-ikke"),
    ]  # fmt: skip
    log_in(("planner", make_party()))
    for name, *args in hidden:
        assert page(client, name, *args).status_code == 404, name
    posts = [
        ("paste", draft.pk), ("seal", draft.pk), ("publish", sealed.pk), ("tie", draft.pk), ("ask", sealed.pk),
        ("move", draft.pk, provision.pk), ("remove", draft.pk, provision.pk), ("adopt", sealed.pk), ("remind", sealed.pk),
    ]  # fmt: skip
    for name, *args in posts:
        assert sent(client, name, *args, text="1 Mål", name="x").status_code == 404, name
    client.logout()
    for name, *args in hidden:
        assert page(client, name, *args).status_code in {302, 404}, name
    assert page(client, "version", draft.pk).status_code == 404


def test_a_planner_elsewhere_meets_a_sentence_on_a_public_version(client, world, log_in):
    public = world.sealed(published=True)
    log_in(("planner", make_party()))
    for response in (page(client, "draft", public.pk), sent(client, "ask", public.pk), sent(client, "seal", public.pk, name="x")):
        assert response.status_code == 403
        assert "mandat" in text(response)
    assert not Approval.objects.exists()


def test_a_lifelong_address_leads_to_the_newest_version_that_holds_it(client, world):
    public = world.sealed(published=True)
    provision = world.provisions[1]
    response = page(client, "provision", provision.pk)
    assert response.url == f"{reverse('plans:version', args=[public.pk])}#{provision.permalink}"
    assert "Sendt i høring" in text(page(client, "history", provision.pk))


def test_the_comparison_says_what_is_new_gone_moved_and_the_same(client, world):
    before = world.sealed("Sendt i høring", published=True)
    first, second, third = world.provisions
    actions.edit_provision(
        world.draft, second, label="1.1", heading="Besked før udskrivning", body="Sygehuset giver besked senest 24 timer før.", revision=1,
        by=world.by, at=AT,
    )  # fmt: skip
    actions.remove_provision(world.draft, third, by=world.by, at=AT)
    actions.add_provision(world.draft, label="1.4", heading="Tilføjet", body="Helt nyt.", by=world.by, at=AT)
    after = world.sealed("Efter høring", published=True)
    shown = text(page(client, "compare", before.pk, after.pk))
    assert "3 punkter er ændret, 1 er som før." in shown
    assert "<del" in shown
    assert "<ins" in shown
    assert "udgår:" in shown
    assert shown.count("Ingen bemærkning bad om dette.") == 3
    assert "Punktet udgår" in shown
    assert "Nyt punkt" in shown
    assert "1 punkt uden ændringer" in shown
    assert "ændring 3 af 3" in shown
    beside = text(page(client, "compare", before.pk, after.pk, visning="side"))
    assert "tov-grid-6-6" in beside
    assert page(client, "compare", after.pk, before.pk).url == reverse("plans:compare", args=[before.pk, after.pk])
    assert "Intet er ændret" in text(page(client, "compare", after.pk, after.pk))


def test_a_moved_promise_says_where_it_came_from(client, world):
    before = world.sealed(published=True)
    third = world.provisions[2]
    actions.edit_provision(world.draft, third, label="1.0", heading="Epikrise", body="Samme dag.", revision=1, by=world.by, at=AT)
    actions.move_provision(world.draft, third, after=None, by=world.by, at=AT)
    after = world.sealed(published=True)
    assert "Flyttet hertil fra 1.2 – ordene er de samme" in text(page(client, "compare", before.pk, after.pk))


def test_versions_of_two_plans_are_not_compared(client, world):
    other = World("health_plan", municipalities=())
    assert page(client, "compare", world.sealed(published=True).pk, other.sealed(published=True).pk).status_code == 404


def test_word_carries_the_words_and_the_fingerprint(client, world):
    public = world.sealed(published=True)
    response = page(client, "word", public.pk)
    assert 'filename="faelles-vision-eksempel-sendt-i-hoering.docx"' in response["Content-Disposition"]
    with ZipFile(BytesIO(response.content)) as parts:
        words = parts.read("word/document.xml").decode()
    assert "Sygehuset giver besked hurtigst muligt." in words
    assert public.fingerprint in words


# Drafting


def test_a_plan_begins_with_a_draft(client, world, planner):
    response = sent(client, "new", kind="joint_vision", title="Ny vision (eksempel)", owner=world.region.pk, period_from="1. januar 2027")
    plan = Plan.objects.get(title="Ny vision (eksempel)")
    assert response.url == reverse("plans:draft", args=[queries.draft_of(plan).pk])
    assert plan.period_from.isoformat() == "2027-01-01"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"title": ""}, "Giv planen et navn."),
        ({"period_from": "1. januar 2027", "period_until": "1. januar 2026"}, "slutter, før den begynder"),
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


def test_an_empty_desk_says_how_to_begin(client, world, planner):
    empty = actions.begin_plan(kind="joint_vision", title="Tom (eksempel)", owner=world.region, by=world.by, at=AT)
    draft = queries.draft_of(empty)
    for name in ("draft", "version"):
        shown = page(client, name, draft.pk)
        assert shown.status_code == 200
        assert "Udkastet er tomt endnu" in text(shown)
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


# Deciding


def test_the_board_before_and_after_asking(client, world, planner):
    version = world.sealed()
    before = text(page(client, "board", version.pk))
    assert "4 råd skal tage stilling" in before
    past = sent(client, "ask", version.pk, due_on="1. november 2026")
    assert past.status_code == 422
    assert "1. november er gået. Vælg en dag efter i dag, 24. november." in text(past)
    assert "1. november 2026" in text(past)
    sent(client, "ask", version.pk, due_on="18. december 2026")
    client.logout()
    shown = text(page(client, "board", version.pk))
    assert "af 4 har godkendt" in shown
    assert shown.index(">Vejen<") < shown.index(">Ærø<") < shown.index(">Aabenraa<")
    assert "24 dage tilbage" in shown


def test_the_board_counts_names_the_silent_and_quotes_reservations(client, world, at):
    asked = {row.party.name: row for row in world.asked()}
    answer(asked["Region Syddanmark (eksempel)"], body="regionsrådet")
    answer(asked["Vejen Kommune"], "reserved", reservation="Punkt 3.2 skal finansieres")
    at.moment = AT + timedelta(days=22)
    shown = text(page(client, "board", asked["Vejen Kommune"].version_id))
    assert "af 4 har godkendt, én med forbehold" in shown
    assert "Tavse (2)" in shown
    assert "Ærø og Aabenraa har ikke svaret på brevet fra 24. november." in shown
    assert "»Punkt 3.2 skal finansieres«" in shown
    assert "Skriv til de to" not in shown


def test_a_new_version_is_said_on_the_old_board(client, world):
    version = world.asked()[0].version
    newer = world.sealed("Rettet", published=True)
    shown = text(page(client, "board", version.pk))
    assert "Ny version 24. november 2026" in shown
    assert reverse("plans:board", args=[newer.pk]) in shown
    assert "Ingen har godkendt denne tekst." in text(page(client, "board", newer.pk))


def test_a_health_plan_waits_for_advice_then_for_the_region(client):
    world = World("health_plan")
    authority, region = sorted(world.asked(), key=lambda row: row.step.order)
    board = authority.version_id
    assert "Venter på rådgivning fra Sundhedsstyrelsen" in text(page(client, "board", board))
    answer(authority, "advised", by=world.by)
    assert "Rådgivningen er på plads. Nu mangler" in text(page(client, "board", board))
    answer(region, body="Regionsrådet")
    assert "Regionsrådet har godkendt" in text(page(client, "board", board))


def test_an_approver_answers_for_the_own_party(client, world, log_in):
    asked = {row.party.name: row for row in world.asked()}
    vejen = asked["Vejen Kommune"]
    log_in(("approver", vejen.party))
    shown = text(page(client, "approval", vejen.pk))
    assert vejen.version.fingerprint[:4].upper() in shown
    sent(client, "agenda", vejen.pk, agenda_on="7. december 2026")
    assert "7. dec." in text(page(client, "board", vejen.version_id))
    given = {"outcome": "approved", "decided_on": "24. november 2026", "fingerprint": vejen.version.fingerprint, "body": "Vejen Byråd"}
    assert sent(client, "approval", vejen.pk, **given).url == reverse("plans:board", args=[vejen.version_id])
    assert "Vejen Byråd" in text(page(client, "approval", vejen.pk))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"outcome": ""}, "Vælg et svar."),
        ({"decided_on": ""}, "hvilken dag"),
        ({"decided_on": "31. februar 2026"}, "31. februar"),
        ({"decided_on": "25. november 2026"}, "ikke kommet endnu"),
        ({"decided_on": "1. november 2026"}, "låst 24. november 2026"),
        ({"outcome": "reserved"}, "forbeholdet"),
        ({"fingerprint": "0" * 64}, "Teksten er en anden"),
    ],
)
def test_an_answer_that_is_refused_keeps_what_was_typed(client, world, log_in, changes, sentence):
    row = next(item for item in world.asked() if item.party == world.members[0])
    log_in(("approver", row.party))
    given = {"outcome": "approved", "decided_on": "24. november 2026", "fingerprint": row.version.fingerprint, "body": "Vejen Byråd"}
    response = sent(client, "approval", row.pk, **(given | changes))
    assert response.status_code == 422
    assert sentence in text(response)
    assert "Vejen Byråd" in text(response)
    assert queries.approval(row.pk, world.by, AT).outcome == "asked"


def test_another_partys_answer_and_the_wrong_order_are_refused_with_a_sentence(client, world, log_in):
    asked = {row.party.name: row for row in world.asked()}
    aeroe = asked["Ærø Kommune"]
    log_in(("approver", world.members[0]))
    given = {"outcome": "approved", "decided_on": "24. november 2026", "fingerprint": aeroe.version.fingerprint}
    response = sent(client, "approval", aeroe.pk, **given)
    assert response.status_code == 403
    assert "mandat" in text(response)
    assert "Gem svaret" not in text(page(client, "approval", aeroe.pk))
    assert sent(client, "agenda", aeroe.pk, agenda_on="7. december 2026").status_code == 403


def test_the_region_cannot_answer_before_the_adviser(client, log_in):
    world = World("health_plan")
    region = next(row for row in world.asked() if row.party == world.region)
    log_in(("approver", world.region))
    given = {"outcome": "approved", "decided_on": "24. november 2026", "fingerprint": region.version.fingerprint}
    response = sent(client, "approval", region.pk, **given)
    assert response.status_code == 422
    assert "Sundhedsstyrelsen (eksempel) skal svare først." in text(response)


def test_adoption_from_the_board(client, world, planner):
    asked = world.asked()
    version = asked[0].version
    days = {"adopted_on": "24. november 2026", "in_force_from": "1. januar 2027"}
    early = sent(client, "adopt", version.pk, **days)
    assert early.status_code == 422
    assert "Disse mangler at sige ja" in text(early)
    for row in asked:
        answer(row)
    wrong = sent(client, "adopt", version.pk, **(days | {"in_force_from": "1. november 2026"}))
    assert "før den er vedtaget" in text(wrong)
    assert "1. november 2026" in text(wrong)
    assert not Adoption.objects.exists()
    sent(client, "adopt", version.pk, **days)
    client.logout()
    assert "Vedtaget af 4 af 4 parter, 24. november 2026" in text(page(client, "version", version.pk))


def test_those_who_are_silent_get_one_more_letter(client, world, planner, at):
    version = world.asked()[0].version
    at.moment = AT + timedelta(days=22)
    assert "Skriv til de fire" in text(page(client, "board", version.pk))
    sent(client, "remind", version.pk)
    assert "Vi har skrevet til 4 parter." in text(page(client, "board", version.pk))


# The same number of questions to the database, however much there is to show


def test_the_list_asks_as_often_for_three_plans_as_for_one(client):
    World().asked()
    one = queries_of(client, "list")
    for _n in range(2):
        World().asked()
    assert queries_of(client, "list") == one


def test_a_version_a_comparison_and_a_desk_ask_as_often_for_many_provisions(client, world, planner):
    before, after = world.sealed(published=True), world.sealed(published=True)
    few = [
        queries_of(client, "version", after.pk), queries_of(client, "compare", before.pk, after.pk),
        queries_of(client, "draft", world.draft.pk),
    ]  # fmt: skip
    for n in range(6):
        actions.add_provision(world.draft, label=f"{n}", heading=f"Nyt {n}", body="Ord", by=world.by, at=AT)
    other_before = after
    fuller = world.sealed("Fuld", published=True)
    many = [
        queries_of(client, "version", fuller.pk), queries_of(client, "compare", other_before.pk, fuller.pk),
        queries_of(client, "draft", world.draft.pk),
    ]  # fmt: skip
    assert many == few


def test_the_board_asks_as_often_for_six_councils_as_for_two(client):
    small, large = World(municipalities=("Vejen Kommune",)), World(municipalities=("A", "B", "C", "D", "E"))
    versions = []
    for world in (small, large):
        asked = world.asked()
        for row in asked:
            answer(row, "reserved", reservation="Punkt 3", by=approver_of(row.party))
        versions.append(asked[0].version_id)
    assert queries_of(client, "board", versions[0]) == queries_of(client, "board", versions[1])


def test_kinds_on_the_form_are_those_that_may_be_made_today(client, world, planner):
    ended = make_plan_kind("health_agreement")
    ended.name, ended.valid_until = "Sundhedsaftale, udløbet", TODAY
    ended.save()
    assert "Sundhedsaftale, udløbet" not in text(page(client, "new"))


# Across rooms: themes, rules and remarks


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
