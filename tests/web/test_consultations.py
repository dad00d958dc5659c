"""The pages of consultations: what each shows, what it refuses, and how many questions it asks."""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
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
from tovholder.base.models import OutboxMail
from tovholder.consultations import actions, queries
from tovholder.consultations.models import Consultation, ConsultationParty, Response
from tovholder.parties.models import Membership
from tovholder.plans.queries import draft_of, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
DAY = timedelta(days=1)


def url(name, *which):
    return reverse(f"consultations:{name}", args=[getattr(item, "pk", item) for item in which])


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def consultation():
    return make_consultation(
        letter="Vi sender udkastet i høring.", asked_about="Er målene de rigtige?", next_steps="25. januar: Regionsrådet beslutter",
        title="Sundhedsplan 2027–2030", deadline_at=AT.replace(month=12, day=11, hour=12, minute=0),
    )  # fmt: skip


@pytest.fixture
def planner(log_in, consultation):
    return log_in(("planner", consultation.version.plan.owner))


def a_municipality(name="Vejen Kommune (eksempel)", **fields):
    party = make_party("municipality", name=name, mailbox="post@vejen.example.dk", **fields)
    party.kind.sector = "municipality"
    party.kind.save()
    return party


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


class TestTheList:
    def test_open_rounds_say_how_long_is_left(self, client, consultation):
        page = text_of(client.get(url("list")))
        assert "Sundhedsplan 2027–2030" in page
        assert "17 dage tilbage · frist 11. december kl. 12.00" in page

    def test_an_empty_list_says_when_the_next_opens(self, client):
        assert "Når den næste høring åbner, står den her." in text_of(client.get(url("list")))
        make_consultation(opens_at=AT.replace(year=2027, month=1, day=5), deadline_at=AT.replace(year=2027, month=2))
        assert "Næste høring begynder 5. januar 2027." in text_of(client.get(url("list")))

    def test_the_day_it_closes(self, client, consultation, at):
        at.moment = consultation.deadline_at - timedelta(hours=2)
        assert "Lukker i dag kl. 12.00" in text_of(client.get(url("list")))

    def test_it_asks_the_same_for_one_and_three(self, client):
        make_consultation()
        one = queries_of(client, url("list"))
        for days in (1, -1):
            make_response(make_consultation(deadline_at=AT + days * DAY))
        assert queries_of(client, url("list")) == one


class TestOneRound:
    def test_it_shows_letter_deadline_notice_and_responses_with_verdicts(self, client, consultation):
        response = make_response(consultation, name="Vejen Kommune (eksempel)")
        make_remark(response, text="48 timer.", is_general=True, verdict="partly", reason="24 timer fastholdes.")
        page = text_of(client.get(url("consultation", consultation)))
        for words in (
            "Vi sender udkastet i høring.", "Er målene de rigtige?", "25. januar Regionsrådet beslutter", "17 dage tilbage",
            consultation.notice.legal_basis, "48 timer.", "Delvist imødekommet", "24 timer fastholdes.",
        ):  # fmt: skip
            assert words in page

    def test_it_counts_how_many_of_the_list_have_answered(self, client, consultation):
        rows = [ConsultationParty.objects.create(consultation=consultation, name=name) for name in ("A", "B", "C")]
        make_response(consultation, listed=rows[0])
        assert "1 af 3 har svaret" in text_of(client.get(url("consultation", consultation)))

    def test_everyone_reads_who_is_asked_and_who_is_missing(self, client, consultation):
        names = ("Aabenraa Kommune", "Tønder Kommune", "Vejen Kommune")
        rows = [
            ConsultationParty.objects.create(consultation=consultation, name=name, group="Kommuner", mailbox="post@hemmelig.example.dk")
            for name in names
        ]
        make_response(consultation, listed=rows[0], submitted_at=AT - 2 * DAY)
        make_response(consultation, listed=rows[1], state="draft", submitted_at=None, number=None)
        answer = client.get(url("consultation", consultation))
        page = text_of(answer)
        assert "Aabenraa Kommune Kommuner har svaret 22. november 2026" in page
        assert "Tønder Kommune Kommuner mangler" in page
        assert "Vejen Kommune Kommuner mangler" in page
        assert "hemmelig" not in answer.content.decode()
        assert "1 af 3 har svaret" in page

    def test_a_citizens_name_does_not_stand_beside_an_answer(self, client, consultation):
        row = ConsultationParty.objects.create(consultation=consultation, name="Karla Canarius")
        make_response(consultation, listed=row, name="Karla Canarius", sector="citizen")
        assert "Canarius" not in client.get(url("consultation", consultation)).content.decode()

    def test_a_round_without_a_list_shows_none(self, client, consultation):
        assert "Høringsliste" not in text_of(client.get(url("consultation", consultation)))

    def test_a_coming_round_does_not_exist_for_visitors(self, client):
        coming = make_consultation(opens_at=AT + DAY)
        assert client.get(url("consultation", coming)).status_code == 404
        assert client.get(url("table", coming)).status_code == 404

    def test_held_words_are_not_in_the_page(self, client, consultation):
        make_remark(make_response(consultation, held_at=AT), text="Karen Jensen bor her.", is_general=True)
        answer = client.get(url("consultation", consultation))
        assert "venter på gennemsyn" in text_of(answer)
        assert "Karen" not in answer.content.decode()

    def test_withdrawn_words_are_gone_and_the_reason_stays(self, client, consultation):
        response = make_response(consultation, state="withdrawn", withdrawn_at=AT, withdrawn_reason="Forkert udgave.")
        make_remark(response, text="Ordene.", is_general=True)
        for address in (url("consultation", consultation), url("response", response)):
            answer = text_of(client.get(address))
            assert "Forkert udgave." in answer
            assert "Ordene." not in answer

    def test_it_asks_the_same_for_one_and_three(self, client, consultation):
        def listed(name):
            return ConsultationParty.objects.create(consultation=consultation, name=name, party=a_municipality(name))

        make_remark(make_response(consultation, listed=listed("A")))
        one = queries_of(client, url("consultation", consultation))
        for name in "BC":
            make_remark(make_response(consultation, listed=listed(name)), provision=texts_of(consultation.version)[0].provision)
        assert queries_of(client, url("consultation", consultation)) == one

    def test_a_remark_has_a_page_of_its_own(self, client, consultation):
        remark = make_remark(make_response(consultation), text="48 timer.", is_general=True)
        assert "»48 timer.«" in text_of(client.get(url("remark", remark)))
        held = make_remark(make_response(consultation, held_at=AT))
        assert client.get(url("remark", held)).status_code == 404


class TestAnsweringForAParty:
    def begin(self, client, consultation, log_in):
        party = a_municipality()
        log_in(("coordinator", party))
        answer = client.post(url("respond", consultation), {"party": party.pk})
        return party, Response.objects.get(), answer

    def pieces(self, client, response, **texts):
        form = client.get(url("response", response)).context["form"]
        data = {name: field.initial for name, field in form.fields.items()}
        return data | {f"t-{key}": text for key, text in texts.items()}

    def test_from_the_first_word_to_the_receipt(self, client, consultation, log_in):
        party, response, answer = self.begin(client, consultation, log_in)
        assert answer["Location"] == url("response", response)
        first = texts_of(consultation.version)[0].provision
        data = self.pieces(client, response, **{first.pk: "Skriv 48 timer.", "generelt": "Godt arbejde."})
        answer = client.post(url("response", response), data | {"review": "1"})
        assert answer["Location"] == url("review", response)
        assert "Skriv 48 timer." in text_of(client.get(url("review", response)))
        answer = client.post(url("review", response), {"pending_political_approval": "on", "council_meets_on": "8. december 2026"})
        assert answer["Location"] == url("receipt", response)
        page = text_of(client.get(url("receipt", response)))
        assert "Dit svar er modtaget som nr. 1." in page
        assert "Kvitteringen er sendt til jeres hovedpostkasse." in page
        assert "med forbehold for politisk godkendelse" in page
        assert OutboxMail.objects.get().recipient == party.mailbox
        assert Client().get(url("response", response)).status_code == 200

    def test_saving_and_coming_back(self, client, consultation, log_in):
        _party, response, _answer = self.begin(client, consultation, log_in)
        data = self.pieces(client, response, generelt="Begyndt.")
        answer = client.post(url("response", response), data | {"piece": "alt"}, follow=True)
        assert "Gemt. Du kan lukke siden og fortsætte senere." in text_of(answer)
        assert "Begyndt." in text_of(client.get(url("response", response)))

    def test_a_draft_is_nobody_elses_business(self, client, consultation, log_in):
        _party, response, _answer = self.begin(client, consultation, log_in)
        for name in ("response", "review", "receipt", "withdraw"):
            assert Client().get(url(name, response)).status_code == 404
        log_in(("planner", consultation.version.plan.owner))
        assert client.get(url("response", response)).status_code == 404

    def test_a_text_that_is_too_long_is_kept_in_its_field(self, client, consultation, log_in):
        _party, response, _answer = self.begin(client, consultation, log_in)
        long = "ord " * 5_103
        answer = client.post(url("response", response), self.pieces(client, response, generelt=long))
        assert answer.status_code == 422
        assert "Du er 411 tegn over 20.000. Kort lidt ned – eller del i to." in text_of(answer)
        assert long.strip() in answer.content.decode()

    def test_the_round_closes_while_the_form_is_open(self, client, consultation, log_in, at):
        _party, response, _answer = self.begin(client, consultation, log_in)
        data = self.pieces(client, response, generelt="Lige for sent.")
        at.moment = consultation.deadline_at + timedelta(minutes=1)
        answer = client.post(url("response", response), data)
        assert answer.status_code == 422
        assert "Høringen lukkede kl. 12.00. Vi har gemt dit svar som kladde." in text_of(answer)
        assert response.remarks.get().text == "Lige for sent."
        assert client.post(url("review", response)).status_code == 422
        client.post(url("ask_in", response))
        response.refresh_from_db()
        assert (response.state, response.asked_in_at) == ("draft", at.moment)

    def test_a_colleagues_words_are_shown_beside_mine(self, client, consultation, log_in):
        party, response, _answer = self.begin(client, consultation, log_in)
        data = self.pieces(client, response, generelt="48 timer")
        actions.save_remark(response, text="24 timer", by=make_by("planner", party), at=AT)
        answer = client.post(url("response", response), data)
        assert answer.status_code == 422
        assert "»24 timer«" in text_of(answer)
        assert "48 timer" in text_of(answer)
        again = data | {"r-generelt": answer.context["form"].data["r-generelt"]}
        assert client.post(url("response", response), again).status_code == 302
        assert response.remarks.get().text == "48 timer"

    def test_nothing_to_say_is_an_answer(self, client, consultation, log_in):
        _party, response, _answer = self.begin(client, consultation, log_in)
        answer = client.post(url("review", response), {})
        assert answer.status_code == 422
        assert client.post(url("review", response), {"has_no_remarks": "on"})["Location"] == url("receipt", response)

    def test_a_party_that_is_not_mine_is_refused(self, client, consultation, log_in):
        self.begin(client, consultation, log_in)
        answer = client.post(url("respond", consultation), {"party": a_municipality("Tønder").pk})
        assert answer.status_code == 403
        assert Response.objects.count() == 1

    def test_a_second_answer_is_refused_with_the_number_of_the_first(self, client, consultation, log_in):
        party, response, _answer = self.begin(client, consultation, log_in)
        client.post(url("review", response), {"has_no_remarks": "on"})
        answer = client.post(url("respond", consultation), {"party": party.pk})
        assert answer.status_code == 403
        assert "I har svaret som nr. 1." in text_of(answer)

    def test_others_cannot_withdraw_it(self, client, consultation):
        response = make_response(consultation)
        assert client.get(url("withdraw", response)).status_code == 404
        assert client.post(url("withdraw", response), {"reason": "Nej"}).status_code == 404

    def test_withdrawing_asks_for_a_reason(self, client, consultation, log_in):
        _party, response, _answer = self.begin(client, consultation, log_in)
        client.post(url("review", response), {"has_no_remarks": "on"})
        assert client.post(url("withdraw", response), {"reason": ""}).status_code == 422
        assert client.post(url("withdraw", response), {"reason": "Forkert udgave."}).status_code == 302
        response.refresh_from_db()
        assert response.state == "withdrawn"

    def test_a_joint_response_is_approved_municipality_by_municipality(self, client, consultation, log_in):
        _party, response, _answer = self.begin(client, consultation, log_in)
        other = a_municipality("Tønder Kommune (eksempel)")
        by = make_by("coordinator", response.party)
        signer = actions.ask_signers(response, parties=[other], due_at=AT + DAY, by=by, at=AT)[0]
        log_in(("coordinator", other))
        assert "Er Tønder Kommune (eksempel) med i svaret?" in text_of(client.get(url("response", response)))
        client.post(url("sign", signer.pk), {"answer": "approved"})
        signer.refresh_from_db()
        assert signer.state == "approved"
        assert client.post(url("review", response), {"has_no_remarks": "on"}).status_code == 404


class TestAnsweringWithoutAnAccount:
    def test_a_citizen_gets_a_code_once_and_comes_back_with_it(self, client, consultation):
        client.post(url("respond", consultation), {"name": "Inge Berg", "sector": "citizen"})
        response = Response.objects.get()
        page = client.get(url("response", response))
        code = page.context["code"]
        assert code.count("-") == 4
        assert code in text_of(page)
        assert code not in text_of(client.get(url("response", response)))
        other = Client()
        assert other.get(url("response", response)).status_code == 404
        assert other.post(url("continue", consultation), {"code": code})["Location"] == url("response", response)
        assert other.get(url("response", response)).status_code == 200

    def test_a_wrong_code_gets_the_one_sentence(self, client, consultation):
        answer = client.post(url("continue", consultation), {"code": "en to tre"})
        assert answer.status_code == 422
        assert "Vi kan ikke finde den kode. Tjek stavningen – fem ord med bindestreg." in text_of(answer)

    def test_a_response_without_a_name_is_refused_and_the_sector_kept(self, client, consultation):
        answer = client.post(url("respond", consultation), {"name": "", "sector": "other"})
        assert answer.status_code == 422
        assert answer.context["form"]["sector"].value() == "other"
        assert not Response.objects.exists()

    def test_a_closed_round_says_when_it_closed(self, client):
        closed = make_consultation(deadline_at=AT - DAY)
        assert "Høringen lukkede 23. november kl. 10.00." in text_of(client.get(url("respond", closed)))
        assert client.post(url("respond", closed), {"name": "Inge", "sector": "citizen"}).status_code == 422
        assert not Response.objects.exists()


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


class TestOpening:
    words = {
        "title": "Sundhedsplan", "opens_on": "24-11-2026", "deadline_on": "11. december 2026", "deadline_hour": "12.00",
        "letter": "Kære parter", "accepted_word": "medtaget", "purpose": "at forbedre planen", "legal_basis": "artikel 6",
        "delete_on": "31-12-2031", "contact_role": "Sundhedsplanlægger",
    }  # fmt: skip

    def test_a_planner_opens_a_round_over_the_draft(self, client, log_in):
        version = make_version_with(2)
        log_in(("planner", version.plan.owner))
        assert client.get(url("open", version)).status_code == 200
        answer = client.post(url("open", version), self.words)
        consultation = Consultation.objects.get()
        assert answer["Location"] == url("parties", consultation)
        assert (consultation.accepted_word, consultation.notice.purpose) == ("medtaget", "at forbedre planen")
        assert "Sundhedsplan" in text_of(Client().get(url("list")))

    def test_a_deadline_in_the_past_stands_at_its_field(self, client, log_in):
        version = make_version_with(2)
        log_in(("planner", version.plan.owner))
        answer = client.post(url("open", version), self.words | {"deadline_on": "01-11-2026"})
        assert answer.status_code == 422
        assert answer.context["form"].errors["deadline_on"] == ["1. november er gået. Vælg en dag efter i dag, 24. november."]
        assert "Kære parter" in text_of(answer)

    def test_others_plans_do_not_exist(self, client, log_in):
        log_in(("planner", make_party()))
        assert client.get(url("open", make_version_with(2))).status_code == 404


class TestFiles:
    def test_the_report_is_a_word_document_that_says_the_same(self, client, consultation, planner):
        from docx import Document

        response = make_response(consultation, name="Vejen Kommune (eksempel)")
        make_remark(response, text="Skriv 48 timer.", is_general=True, verdict="partly", reason="24 timer fastholdes.")
        answer = client.get(url("report", consultation))
        assert answer["Content-Type"].endswith("wordprocessingml.document")
        paper = Document(io.BytesIO(answer.content))
        words = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
        for expected in ("Vejen Kommune (eksempel)", "Skriv 48 timer.", "Delvist imødekommet", "24 timer fastholdes."):
            assert expected in words

    def test_the_report_says_whose_remark_changed_the_text(self, client, log_in):
        from docx import Document

        from tovholder.threads.actions import edit_because_of

        version = make_version_with(1)
        owner = version.plan.owner
        by = make_by("planner", owner)
        log_in(("planner", owner))
        client.post(url("open", version), TestOpening.words)
        consultation = Consultation.objects.get()
        row = texts_of(consultation.version)[0]
        remark = make_remark(make_response(consultation, name="Vejen Kommune (eksempel)"), provision=row.provision)
        actions.give_verdict(remark, verdict="accepted", reason="Rettet.", revision=0, by=by, at=AT)
        edit_because_of(
            remark, draft_of(version.plan), row.provision, label=row.label, heading=row.heading, body="Besked 48 timer før.",
            revision=row.revision, by=by, at=AT,
        )  # fmt: skip
        paper = Document(io.BytesIO(client.get(url("report", consultation)).content))
        assert "Ændringen følger af bemærkning nr. 1.1." in [line.text for line in paper.paragraphs]

    def test_the_table_holds_what_everyone_may_read(self, client, consultation):
        make_remark(make_response(consultation, name="PLO (eksempel)"), text="=1+1", is_general=True)
        make_remark(make_response(consultation, held_at=AT), text="Karen", is_general=True)
        content = client.get(url("table", consultation)).content.decode("utf-8-sig")
        assert "PLO (eksempel);Generelt;'=1+1" in content
        assert "Karen" not in content


@pytest.mark.parametrize("name", ["desk", "parties", "type_in", "conclude", "report"])
class TestWorkingPages:
    def test_a_visitor_is_asked_to_log_in(self, client, consultation, name):
        answer = client.get(url(name, consultation))
        assert answer.status_code == 302
        assert "next=" in answer["Location"]

    def test_a_municipality_is_refused(self, client, consultation, log_in, name):
        log_in(("coordinator", a_municipality()))
        assert client.get(url(name, consultation)).status_code == 403

    def test_a_planner_sees_it_and_no_cache_keeps_it(self, client, consultation, planner, name):
        answer = client.get(url(name, consultation))
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
