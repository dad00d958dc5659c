"""Answering a consultation: for a party, for oneself, and without an account."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import (
    AT,
    make_by,
    make_consultation,
    make_response,
)
from tests.web.consultations.pages import DAY, a_municipality, text_of, url
from tovholder.base.models import OutboxMail
from tovholder.consultations import actions
from tovholder.consultations.models import Response
from tovholder.plans.queries import texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


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
