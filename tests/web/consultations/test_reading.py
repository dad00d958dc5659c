"""The pages of consultations: what each shows, what it refuses, and how many questions it asks."""

import io
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import (
    AT,
    make_by,
    make_consultation,
    make_party,
    make_remark,
    make_response,
    make_version_with,
)
from tests.web.consultations.pages import DAY, a_municipality, queries_of, text_of, url
from tovholder.consultations import actions
from tovholder.consultations.models import Consultation, ConsultationParty
from tovholder.plans.queries import draft_of, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


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
