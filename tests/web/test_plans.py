"""Reading plans: what each page shows, that strangers meet nothing, and that long plans cost no more questions."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from tests.factories import AT, make_party
from tests.factories_plans import TODAY, World, answer, approver_of, make_plan_kind
from tests.web.doors_of_plans import page, queries_of, sent, text
from tovholder.plans import actions, queries
from tovholder.plans.models import Approval

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.fixture
def world():
    return World()


@pytest.fixture
def planner(world, log_in):
    return log_in(("planner", world.region))


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
