import pytest
from django.urls import reverse

from tests.factories import AT, make_conference, make_notice, make_party, make_question, make_statement
from tests.factories_dialogue import CANARY, make_dialogue
from tovholder.dialogue.models import Conference, ConferenceSeries, GroupMember, Meeting, Theme, ThemeGroup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


def url(name, *which):
    return reverse(f"dialogue:{name}", args=which)


@pytest.fixture
def world():
    return make_dialogue()


def conference_answer(owner, **changed):
    usual = {
        "title": "Mit sundhedsvæsen", "organiser": owner.pk, "venue": "Fredericia", "starts_at": "4. december 2026 kl. 9.30",
        "ends_at": "4-12-2026 15:30", "short_code": "syd26", "input_opens_at": "4. december 2026 kl. 10",
        "input_closes_at": "4. december 2026 kl. 15", "controller": owner.pk, "purpose": "at lytte",
        "legal_basis": "artikel 6", "delete_on": "1. december 2027", "contact_role": "Rådgiveren", "contact_mail": "dpo@example.dk",
    }  # fmt: skip
    return usual | changed


def test_a_conference_is_planned_programmed_and_made_public(client, log_in):
    organiser = make_party()
    log_in(("planner", organiser))
    answer = client.post(url("plan_conference"), conference_answer(organiser))
    made = Conference.objects.get()
    assert (answer.status_code, answer.url) == (302, url("conference", made.pk))
    assert (made.starts_at - AT).days == 9
    assert made.notice.purpose == "at lytte"
    film = {
        "title": "Film",
        "kind": "film",
        "starts_at": "4. december 2026 kl. 10",
        "film_address": "https://example.dk/f",
        "film_text": "Tekst",
    }
    assert client.post(url("add_programme_item", made.pk), film).status_code == 302
    assert client.post(url("ask_question", made.pk), {"text": "Hvordan kommer vi videre?"}).status_code == 302
    assert client.post(url("publish_conference", made.pk)).status_code == 302
    assert client.post(url("remove_programme_item", made.programme.get().pk)).status_code == 302
    changed = conference_answer(organiser, title="Nyt navn")
    assert client.post(url("change_conference", made.pk), changed).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.title, made.questions.count(), made.programme.count()) == ("published", "Nyt navn", 1, 0)
    assert client.post(url("withdraw_conference", made.pk)).status_code == 302
    assert "Konferencen er trukket tilbage" in client.get(url("conference", made.pk)).content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ends_at": "4. december 2026 kl. 9"}, "slutter, før den begynder"),
        ({"starts_at": "31. februar 2026 kl. 9"}, "findes ikke"),
        ({"starts_at": "4. december"}, "både dag og klokkeslæt"),
        ({"starts_at": "4. december 2026 kl. 29"}, "Klokkeslættet findes ikke"),
        ({"title": ""}, "Udfyld »Konferencens navn«"),
        ({"title": "x" * 200}, "40 tegn over 160"),
        ({"short_code": "optaget"}, "hører til en anden konference"),
        ({"delete_on": ""}, "Udfyld »Slettes den«"),
        ({"organiser": "ukendt"}, "Vælg noget på listen"),
    ],
)
def test_bad_answers_keep_what_was_typed(client, log_in, changed, sentence):
    make_conference(short_code="optaget")
    organiser = make_party()
    log_in(("planner", organiser))
    answer = client.post(url("plan_conference"), conference_answer(organiser, **changed))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "at lytte" in text
    assert Conference.objects.count() == 1


WORKING = [
    ("plan_conference",), ("found_series",), ("found_group",), ("change_conference", "conference"), ("add_programme_item", "conference"),
    ("ask_question", "conference"), ("withdraw_conference", "conference"), ("change_group", "group"), ("pause_group", "group"),
    ("close_group", "group"), ("add_member", "group"), ("ask_group", "group"), ("call_meeting", "group"), ("propose_topic", "group"),
    ("tell_experience", "group"), ("end_membership", "member"), ("add_agenda_item", "meeting"), ("write_minutes", "meeting"),
    ("desk", "conference"), ("rename_theme", "theme"), ("withdraw_theme", "theme"),
]  # fmt: skip


@pytest.mark.parametrize("where", WORKING, ids=lambda where: where[0])
def test_working_pages_ask_for_a_log_in_refuse_strangers_and_open_for_their_own(client, world, log_in, where):
    address = url(where[0], *(world[name].pk for name in where[1:]))
    asked = client.get(address)
    assert asked.status_code == 302
    assert "next=" in asked.url
    log_in(("approver", make_party()))
    assert client.get(address).status_code == 403
    log_in(("planner", world["conference"].organiser), ("group_coordinator", world["group"].host))
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.decode().count("<h1") == 1


ACTS = [
    ("publish_conference", "draft"), ("support_topic", "topic"), ("take_out", "theme"), ("withdraw_theme", "theme"),
    ("withdraw_conference", "conference"),
]  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act[0])
def test_strangers_change_nothing_by_post(client, world, log_in, act):
    party = make_party()
    address = url(act[0], world[act[1]].pk)
    told = {"party": world["group"].host.pk, "statement": world["statement"].pk}
    assert client.post(address, told).status_code == 302
    log_in(("planner", party))
    assert client.post(address, told).status_code in {403, 404}
    for name in ("conference", "draft", "theme", "topic"):
        before = world[name]
        after = type(before).objects.get(pk=before.pk)
        assert getattr(after, "state", None) == getattr(before, "state", None)
        assert getattr(after, "withdrawn_at", None) is None
    assert world["topic"].supporters.count() == 0
    assert world["theme"].themings.count() == 6


def test_a_group_is_founded_and_run(client, log_in):
    host = make_party("municipality", "Middelfart Kommune")
    log_in(("group_coordinator", host))
    answer = client.post(url("found_group"), {"name": "Styrket samarbejde", "host": host.pk, "overarching_theme": "Ulighed i sundhed"})
    group = ThemeGroup.objects.get()
    assert answer.url == url("group", group.pk)
    new = make_party("municipality", "Næstved Kommune")
    client.post(url("add_member", group.pk), {"party": new.pk, "role_title": "Planlægger", "is_contact": "on"})
    client.post(url("propose_topic", group.pk), {"text": "Fælles tal", "party": host.pk})
    client.post(url("tell_experience", group.pk), {"kind": "good_experience", "text": "Et fast nummer virkede.", "party": host.pk})
    client.post(url("ask_group", group.pk), {"text": "Hvad kan vi lære?"})
    client.post(url("call_meeting", group.pk), {"title": "Forår", "starts_at": "1. marts 2027 kl. 10", "ends_at": "1. marts 2027 kl. 12"})
    meeting = Meeting.objects.get()
    topic = group.topics.get()
    client.post(url("add_agenda_item", meeting.pk), {"title": "Tal", "kind": "discussion", "topic": topic.pk, "concerns": ["municipality"]})
    assert meeting.agenda.get().concerns == ["municipality"]
    client.post(url("end_membership", GroupMember.objects.get().pk), {"on": "1. februar 2027"})
    client.post(url("pause_group", group.pk), {"on": "24. november 2026", "reason": "Orlov"})
    text = client.get(url("group", group.pk)).content.decode()
    for words in (
        "På pause siden 24. november 2026",
        "Næstved Kommune",
        "Fælles tal",
        "Et fast nummer virkede.",
        "Hvad kan vi lære?",
        "Forår",
    ):
        assert words in text
    client.post(url("resume_group", group.pk), {"on": "24. november 2026"})
    client.post(url("change_group", group.pk), {"name": "Nyt navn", "purpose": "At lære"})
    client.post(url("close_group", group.pk), {"on": "24. november 2026", "reason": "Opgaven er løst"})
    group.refresh_from_db()
    assert (group.status, group.name) == ("closed", "Nyt navn")


def test_minutes_are_written_after_the_meeting(client, world, log_in, at):
    log_in(("group_coordinator", world["group"].host))
    address = url("write_minutes", world["meeting"].pk)
    early = client.post(address, {"minutes": "Vi talte."})
    assert early.status_code == 422
    assert "ikke begyndt endnu" in early.content.decode()
    at.moment = world["meeting"].ends_at
    try:
        assert client.post(address, {"minutes": "Vi talte.", "decision_1": "Alle deler tal."}).status_code == 302
        text = client.get(url("meeting", world["meeting"].pk)).content.decode()
    finally:
        at.moment = AT
    assert "Alle deler tal." in text


def test_a_member_supports_a_topic_with_one_click(client, world, log_in):
    party = world["member"].party
    page = url("group", world["group"].pk)
    assert "Vi støtter det" not in client.get(page).content.decode()
    log_in(("coordinator", party))
    assert "Vi støtter det" in client.get(page).content.decode()
    client.post(url("support_topic", world["topic"].pk), {"party": party.pk})
    text = client.get(page).content.decode()
    assert "Vi støtter det" not in text
    assert "1 part støtter emnet" in text


def test_a_series_is_founded(client, log_in):
    organiser = make_party()
    log_in(("planner", organiser))
    client.post(url("found_series"), {"name": "Årlig konference", "organiser": organiser.pk, "decision": "Besluttet 12. maj 2026."})
    made = ConferenceSeries.objects.get()
    assert "Besluttet 12. maj 2026." in client.get(url("series", made.pk)).content.decode()


def test_the_desk_names_gathers_searches_and_keeps_ticks(client, world, log_in):
    here, theme = world["conference"], world["theme"]
    rows = [make_statement(world["question"], text=f"Ord {n} om transport") for n in range(3)]
    address = url("desk", here.pk)
    log_in(("planner", here.organiser))
    assert client.post(address, {"name": "Transport", "statement": [rows[0].pk, rows[1].pk]}).status_code == 302
    assert Theme.objects.get(name="Transport").themings.count() == 2
    text = client.get(address).content.decode()
    assert CANARY not in text
    assert "Ord 2 om transport" in text
    assert "Ord 0 om transport" not in text
    wrong = client.post(address, {"name": "", "statement": [rows[2].pk]})
    assert wrong.status_code == 422
    assert f'id="s-{rows[2].pk}" checked' in wrong.content.decode()
    taken = client.post(address, {"name": "transport", "description": "Min tekst", "statement": [rows[2].pk]})
    assert "allerede et tema med det navn" in taken.content.decode()
    assert "Min tekst" in taken.content.decode()
    none = client.post(address, {"theme": theme.pk})
    assert (none.status_code, "mindst ét udsagn" in none.content.decode()) == (422, True)
    assert client.post(address, {"theme": theme.pk, "statement": [rows[2].pk]}).status_code == 302
    assert rows[2].themes.get() == theme
    assert "Ingen udsagn uden tema indeholder" in client.get(address, {"q": "findes ikke"}).content.decode()
    client.post(url("take_out", theme.pk), {"statement": rows[2].pk})
    assert "Ord 2 om transport" in client.get(address, {"q": "ord 2"}).content.decode()
    client.post(url("rename_theme", theme.pk), {"name": "Besked i tide"})
    client.post(url("withdraw_theme", theme.pk))
    theme.refresh_from_db()
    assert (theme.name, theme.withdrawn_at is not None) == ("Besked i tide", True)


def test_the_desk_takes_no_unpublished_statement(client, world, log_in):
    hidden = make_statement(world["question"], text=f"{CANARY} holdt", state="held")
    log_in(("planner", world["conference"].organiser))
    answer = client.post(url("desk", world["conference"].pk), {"name": "Nyt", "statement": [hidden.pk]})
    assert answer.status_code == 422
    assert CANARY not in answer.content.decode()
    assert not Theme.objects.filter(name="Nyt").exists()


def test_the_desk_shows_fifty_at_a_time(client, log_in):
    here = make_conference()
    question = make_question(here)
    for n in range(51):
        make_statement(question, text=f"Ord {n}.")
    log_in(("planner", here.organiser))
    address = url("desk", here.pk)
    assert client.get(address).content.decode().count('name="statement"') == 50
    assert client.get(address, {"side": 2}).content.decode().count('name="statement"') == 1


def test_a_conference_without_input_needs_no_notice(client, log_in):
    organiser = make_party()
    make_notice(organiser)
    log_in(("moderator", organiser))
    without = {"input_opens_at": "", "input_closes_at": "", "purpose": "", "legal_basis": "", "delete_on": "", "contact_role": ""}
    assert client.post(url("plan_conference"), conference_answer(organiser, **without)).status_code == 302
    assert Conference.objects.get().notice is None
