"""The consultation desk and its list: every remark answered, every party accounted for."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    AT,
    make_by,
    make_consultation,
    make_party,
    make_person,
    make_remark,
    make_response,
    make_theme,
    make_version_with,
)
from tests.web.consultations.pages import a_municipality, queries_of, text_of, url
from tovholder.base.models import OutboxMail
from tovholder.consultations import actions, queries
from tovholder.consultations.models import Consultation, ConsultationParty, Response
from tovholder.parties.models import Membership
from tovholder.plans.queries import texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.mark.usefixtures("planner")
class TestTheDesk:
    def test_the_counters_link_to_what_is_missing(self, client, consultation):
        make_remark(make_response(consultation), is_general=True, verdict="noted")
        open_response = make_response(consultation, name="Tønder Kommune")
        make_remark(open_response, is_general=True)
        answer = client.get(url("desk", consultation))
        assert [step[0] for step in answer.context["steps"]] == [2, 2, 2, 1, 1]
        missing = answer.context["steps"][3][2]
        assert f'href="{missing}"' in answer.content.decode()
        assert [row.pk for row in client.get(missing).context["rows"]] == [open_response.pk]

    def test_a_verdict_leads_to_the_next_remark(self, client, consultation):
        response = make_response(consultation)
        first, second = make_remark(response, is_general=True), make_remark(response, is_general=True)
        answer = client.post(url("verdict", first), {"verdict": "accepted", "reason": "Rettet.", "revision": 0})
        assert f"bemaerkning={second.pk}" in answer["Location"]
        answer = client.post(url("verdict", second), {"verdict": "noted", "reason": "", "revision": 0}, follow=True)
        assert "Alt stemmer: 1 = 1 = 1 = 1 = 1" in text_of(answer)

    def test_remarks_that_say_the_same_are_answered_together_when_they_are_ticked(self, client, consultation):
        said = "Der skal stå hvor mange timer der går før kommunen får besked om udskrivning"
        first = make_remark(make_response(consultation, number=1), is_general=True, text=f"{said}.")
        alike = make_remark(make_response(consultation, number=2, name="Tønder Kommune"), is_general=True, text=f"Vi mener: {said}!")
        also = make_remark(make_response(consultation, number=3), is_general=True, text=f"{said}, skriver vi.")
        other = make_remark(make_response(consultation, number=4), is_general=True, text="Medicinlisten skal følge med patienten hjem.")
        page = client.get(url("desk", consultation), {"bemaerkning": first.pk, "svar": first.response_id})
        assert {(row.pk, is_chosen) for row, is_chosen in page.context["alike"]} == {(alike.pk, False), (also.pk, False)}
        assert "2 andre bemærkninger ligner denne." in text_of(page)
        assert f'value="{alike.pk}:0"' in page.content.decode()
        answer = client.post(
            url("verdict", first),
            {"verdict": "partly", "reason": "Vi skriver 48 timer.", "revision": 0, "also": [f"{alike.pk}:0"]},
            follow=True,
        )
        assert "2 bemærkninger er besvaret samlet. Her er den næste." in text_of(answer)
        for row in (first, alike, also, other):
            row.refresh_from_db()
        assert [(row.verdict, row.reason) for row in (first, alike)] == [("partly", "Vi skriver 48 timer.")] * 2
        assert [row.verdict for row in (also, other)] == ["", ""]

    def test_one_that_a_colleague_changed_meanwhile_stops_all_and_the_ticks_stand(self, client, consultation):
        said = "Der skal stå hvor mange timer der går før kommunen får besked om udskrivning"
        rows = [make_remark(make_response(consultation, number=n), is_general=True, text=f"{said} {n}.") for n in (1, 2, 3)]
        other = make_by("planner", consultation.version.plan.owner, make_person("Jonas Krogh"))
        actions.give_verdict(rows[2], verdict="noted", revision=0, by=other, at=AT)
        data = {"verdict": "accepted", "reason": "Rettet.", "revision": 0, "also": [f"{row.pk}:0" for row in rows[1:]]}
        answer = client.post(url("verdict", rows[0]), data)
        assert answer.status_code == 422
        assert "Jonas Krogh (eksempel) har ændret 3.1, mens du skrev. Intet er gemt." in text_of(answer)
        assert [(row.pk, is_chosen) for row, is_chosen in answer.context["alike"]] == [(rows[1].pk, True)]
        for row in rows:
            row.refresh_from_db()
        assert [row.verdict for row in rows] == ["", "", "noted"]

    def test_what_is_ticked_must_be_there_and_belong_to_the_round(self, client, consultation, planner):
        remark = make_remark(make_response(consultation), is_general=True)
        elsewhere = make_remark(make_response(make_consultation(consultation.version)), is_general=True)
        data = {"verdict": "accepted", "reason": "Rettet.", "revision": 0}
        assert client.post(url("verdict", remark), data | {"also": ["findes-ikke:0"]}).status_code == 404
        answer = client.post(url("verdict", remark), data | {"also": [f"{elsewhere.pk}:0"]})
        assert "Bemærkninger fra to høringer kan ikke besvares samlet." in text_of(answer)
        remark.refresh_from_db()
        assert remark.verdict == ""

    def test_a_verdict_without_a_reason_keeps_the_choice(self, client, consultation):
        remark = make_remark(make_response(consultation))
        answer = client.post(url("verdict", remark), {"verdict": "partly", "reason": "", "revision": 0})
        assert answer.status_code == 422
        assert answer.context["form"]["verdict"].value() == "partly"
        assert "Skriv en begrundelse." in text_of(answer)

    def test_two_planners_see_both_texts_and_the_second_may_save(self, client, consultation):
        remark = make_remark(make_response(consultation))
        other = make_by("planner", consultation.version.plan.owner, make_person("Jonas Krogh"))
        actions.give_verdict(remark, verdict="accepted", reason="48 timer", revision=0, by=other, at=AT)
        answer = client.post(url("verdict", remark), {"verdict": "partly", "reason": "24 timer", "revision": 0})
        page = text_of(answer)
        assert answer.status_code == 422
        assert "Jonas Krogh (eksempel) har gemt en vurdering, mens du skrev." in page
        assert "48 timer" in page
        assert "24 timer" in page
        revision = answer.context["form"].data["revision"]
        assert client.post(url("verdict", remark), {"verdict": "partly", "reason": "24 timer", "revision": revision}).status_code == 302

    def test_a_remark_leads_to_the_point_in_the_draft(self, client):
        version = make_version_with(1)
        consultation = make_consultation(version=version)
        by = make_by("planner", version.plan.owner)
        client.force_login(_user_of(by), backend="django.contrib.auth.backends.ModelBackend")
        provision = version.texts.get().provision
        remark = make_remark(make_response(consultation), provision=provision)
        assert 'name="then" value="edit" formnovalidate' in client.get(url("desk", consultation)).content.decode()
        there = f"{reverse('plans:edit', args=[version.pk, provision.pk])}?bemaerkning={remark.pk}"

        def go(**typed):
            answer = client.post(url("verdict", remark), {"revision": 0, "then": "edit", "reason": ""} | typed)
            remark.refresh_from_db()
            return answer, (remark.verdict, remark.reason)

        answer, kept = go()
        assert (answer["Location"], kept) == (there, ("", ""))
        answer, kept = go(reason="Vi skriver 24 timer.")
        assert (answer.status_code, kept) == (422, ("", ""))
        assert "Vælg en vurdering, før du går videre. Din begrundelse står her stadig." in text_of(answer)
        assert "Vi skriver 24 timer." in text_of(answer)
        answer, kept = go(verdict="partly", reason="Vi skriver 24 timer.")
        assert (answer["Location"], kept) == (there, ("partly", "Vi skriver 24 timer."))
        answer, kept = go(verdict="accepted", reason="Skrevet i et andet vindue.")
        assert (answer.status_code, kept) == (422, ("partly", "Vi skriver 24 timer."))
        assert "Skrevet i et andet vindue." in text_of(answer)

    def test_a_remark_without_a_point_cannot_lead_to_one(self, client, consultation):
        remark = make_remark(make_response(consultation), is_general=True)
        assert 'name="then"' not in client.get(url("desk", consultation)).content.decode()
        answer = client.post(url("verdict", remark), {"verdict": "noted", "reason": "", "revision": 0, "then": "edit"})
        assert answer["Location"].startswith(url("desk", consultation))

    def test_placing_a_remark(self, client, consultation):
        remark = make_remark(make_response(consultation))
        theme = make_theme(owner=consultation.version.plan.owner)
        provision = texts_of(consultation.version)[1].provision
        client.post(url("code", remark), {"provision": provision.pk, "theme": theme.pk})
        remark.refresh_from_db()
        assert (remark.provision, remark.theme) == (provision, theme)

    def test_dividing_a_remark_word_for_word(self, client, consultation):
        remark = make_remark(make_response(consultation), text="Et. To.")
        assert client.post(url("split", remark), {"text": "Et.\r\n\r\nTre."}).status_code == 422
        assert client.post(url("split", remark), {"text": "Et.\r\n\r\nTo."}).status_code == 302
        assert remark.response.remarks.count() == 2

    def test_a_held_response_is_read_changed_and_released(self, client, consultation):
        response = make_response(consultation, held_at=AT)
        remark = make_remark(response, text="Ring til Karen Jensen.", is_general=True)
        assert "ligner oplysninger om en person" in text_of(client.get(url("desk", consultation)))
        client.post(url("redact", remark), {"text": "Ring til [navn fjernet].", "reason": "navn fjernet"})
        client.post(url("release", response))
        assert "Ring til [navn fjernet]." in text_of(Client().get(url("consultation", consultation)))

    def test_an_empty_desk_says_what_to_do(self, client, consultation):
        assert "Ingen svar endnu" in text_of(client.get(url("desk", consultation)))

    def test_it_asks_the_same_for_one_and_three(self, client, consultation):
        make_remark(make_response(consultation))
        one = queries_of(client, url("desk", consultation))
        for _ in range(2):
            response = make_response(consultation)
            make_remark(response, provision=texts_of(consultation.version)[0].provision)
            make_remark(response)
        assert queries_of(client, url("desk", consultation)) == one

    def test_typing_in_a_letter(self, client, consultation):
        data = {"name": "PLO (eksempel)", "sector": "practice", "received_on": "20-11-2026", "received_hour": "9.30"}
        data["letter"] = "Vi takker for udkastet.\r\n\r\nPunkt 1 mangler et tal.\r\nDet bør med."
        answer = client.post(url("type_in", consultation), data)
        assert [text.value() for text, _place in answer.context["proposed"].rows()] == [
            "Vi takker for udkastet.",
            "Punkt 1 mangler et tal. Det bør med.",
        ]
        provision = texts_of(consultation.version)[0].provision
        chosen = {"text-0": "Vi takker.", "place-0": "skip", "text-1": "Punkt 1 mangler et tal.", "place-1": provision.pk, "save": "1"}
        client.post(url("type_in", consultation), data | chosen)
        response = Response.objects.get()
        assert (response.name, response.sector, response.channel) == ("PLO (eksempel)", "practice", "letter")
        assert [(row.provision, row.text) for row in queries.remarks_of(response)] == [(provision, "Punkt 1 mangler et tal.")]

    def test_an_enormous_letter_stays_one_form(self, client, consultation):
        letter = "\n\n".join(f"Afsnit {n}." for n in range(900))
        data = {"name": "PLO", "received_on": "20-11-2026", "received_hour": "12", "letter": letter}
        rows = client.post(url("type_in", consultation), data).context["proposed"].rows()
        assert len(rows) == 180
        assert rows[0][0].value() == "\n\n".join(f"Afsnit {n}." for n in range(5))

    def test_a_letter_from_nobody_keeps_its_text(self, client, consultation):
        data = {"received_on": "20-11-2026", "received_hour": "12", "letter": "Vi takker."}
        chosen = {"text-0": "Vi takker.", "place-0": "general", "save": "1"}
        answer = client.post(url("type_in", consultation), data | chosen)
        assert answer.status_code == 422
        assert "Skriv, hvem svaret er fra." in text_of(answer)
        assert "Vi takker." in text_of(answer)

    def test_concluding_with_gaps_asks_for_a_reason(self, client, consultation, at):
        make_remark(make_response(consultation))
        assert "Fristen er ikke nået" in text_of(client.post(url("conclude", consultation), {"reason": "Nu"}))
        at.moment = consultation.deadline_at
        answer = client.post(url("conclude", consultation), {"reason": ""})
        assert "Høringen kan ikke lukkes endnu: 1 svar er ikke i notatet. Besvar det, eller skriv hvorfor." in text_of(answer)
        assert client.post(url("conclude", consultation), {"reason": "Svaret er trukket."}).status_code == 302
        assert Consultation.objects.get().concluded_reason == "Svaret er trukket."


def _user_of(by):
    from tovholder.parties.models import User

    return User.objects.create_user("ny@example.dk", "birk-kompas-eng-2026", person_id=by.person)


@pytest.mark.usefixtures("planner")
class TestTheConsultationList:
    def test_adding_sending_and_reminding(self, client, consultation):
        party = a_municipality()
        client.post(url("add", consultation), {"parties": [party.pk], "group": "Kommuner"})
        client.post(url("add", consultation), {"name": "Ældre Sagen (eksempel)", "mailbox": "post@aeldre.example.dk", "by_courtesy": "on"})
        rows = {row.name: row for row in queries.list_of(consultation)}
        assert (rows[party.name].is_obligatory, rows["Ældre Sagen (eksempel)"].is_obligatory) == (True, False)
        answer = client.post(url("send", consultation), follow=True)
        assert "Brevet er på vej til 2 parter." in text_of(answer)
        assert OutboxMail.objects.filter(body__contains=url("consultation", consultation)).count() == 2
        assert "Påmindelsen er på vej til 2 parter." in text_of(client.post(url("remind", consultation), follow=True))

    def test_the_owners_own_members_stand_first_and_come_on_the_list_together(self, client, consultation):
        own = [a_municipality(name) for name in ("Ærø Kommune (eksempel)", "Billund Kommune (eksempel)")]
        gone, other = a_municipality("Ribe Kommune (eksempel)"), a_municipality("Albertslund Kommune (eksempel)")
        owner = consultation.version.plan.owner
        for party in own:
            Membership.objects.create(member=party, group=owner)
        Membership.objects.create(member=gone, group=owner, valid_until=AT.date())
        answer = client.get(url("parties", consultation))
        form, page = answer.context["add_form"], text_of(answer)
        assert [name for _key, name in form.fields["own"].choices] == ["Billund Kommune (eksempel)", "Ærø Kommune (eksempel)"]
        assert page.index(f"Hører til {owner.name}") < page.index("Billund") < page.index("Andre ") < page.index("Albertslund")
        assert "Alle i regionen" in page
        client.post(url("add", consultation) + "?slags=municipality", {"all_own": "1"})
        assert {row.party for row in queries.list_of(consultation)} == set(own)
        again = client.get(url("parties", consultation))
        assert "Alle i regionen" not in text_of(again)
        client.post(url("add", consultation), {"parties": [other.pk]})
        assert {row.party for row in queries.list_of(consultation)} == {*own, other}

    def test_a_body_whose_period_has_ended_is_not_offered(self, client, consultation):
        gone = make_party("municipality", name="Ølgod Kommune (eksempel)", valid_until=AT.date())
        answer = client.post(url("add", consultation), {"parties": [gone.pk]})
        assert answer.status_code == 422
        assert not queries.list_of(consultation)

    def test_nobody_chosen(self, client, consultation):
        answer = client.post(url("add", consultation), {})
        assert answer.status_code == 422
        assert "Skriv, hvem der skal høres." in text_of(answer)

    def test_more_time_for_one(self, client, consultation):
        listed = ConsultationParty.objects.create(consultation=consultation, name="Vejen", mailbox="v@example.dk")
        answer = client.post(url("extend", listed), {"to_on": "1. november 2026", "to_hour": "12", "reason": "Byrådet"})
        assert answer.status_code == 422
        assert "1. november er gået. Vælg en dag efter i dag, 24. november." in text_of(answer)
        assert client.post(url("extend", listed), {"to_on": "18-12-2026", "to_hour": "12.00", "reason": "Byrådet"}).status_code == 302

    def test_it_asks_the_same_for_one_and_three(self, client, consultation):
        ConsultationParty.objects.create(consultation=consultation, name="A")
        one = queries_of(client, url("parties", consultation))
        for name in ("B", "C"):
            make_response(consultation, listed=ConsultationParty.objects.create(consultation=consultation, name=name, asked_at=AT))
        assert queries_of(client, url("parties", consultation)) == one
