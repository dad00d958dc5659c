"""What the verbs leave behind."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import (
    AT,
    make_by,
    make_consultation,
    make_notice,
    make_party,
    make_plan,
    make_remark,
    make_response,
    make_theme,
    make_version_with,
)
from tovholder.base.by import ANYONE
from tovholder.base.errors import Clash, Refused
from tovholder.base.models import Event, OutboxMail
from tovholder.consultations import actions, queries
from tovholder.consultations.models import Consultation, Remark, Response
from tovholder.intake.models import Redaction

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CODE = "birk-fyr-otte-eng-sol"


def a_round(**fields):
    consultation = make_consultation(**fields)
    return consultation, make_by("planner", consultation.version.plan.owner)


def a_municipality(**fields):
    party = make_party("municipality", **({"mailbox": "post@vejen.example.dk"} | fields))
    party.kind.sector = "municipality"
    party.kind.save()
    return party, make_by("coordinator", party)


def on_list(consultation, by, *parties):
    return actions.put_on_list(consultation, parties=[(party, "", "Kommuner", "", True) for party in parties], by=by, at=AT)


def provisions_of(consultation):
    return [row.provision for row in consultation.version.texts.order_by("order")]


class TestOpening:
    def told(self, version, **more):
        owner = version.plan.owner
        return {"title": "Høring", "opens_at": AT, "deadline_at": AT + 17 * DAY, "letter": "Kære parter"} | more | {
            "by": make_by("planner", owner), "at": AT,
        }  # fmt: skip

    def test_it_seals_and_publishes_the_draft_and_leaves_a_new_one(self):
        version = make_version_with(2, plan=make_plan())
        consultation = actions.open_consultation(version, **self.told(version, notice=make_notice()))
        version.refresh_from_db()
        assert version.sealed_at == version.published_at == AT
        assert version.fingerprint
        assert consultation.version == version
        assert version.plan.versions.filter(sealed_at__isnull=True).count() == 1
        assert Event.objects.filter(kind="consultation_opened", subject=consultation.thing).count() == 1

    def test_it_writes_the_privacy_notice_in_the_same_act(self):
        version = make_version_with(1, published=True)
        words = {"purpose": "planen", "legal_basis": "artikel 6", "delete_on": AT.date() + 365 * DAY, "contact_role": "DPO"}
        consultation = actions.open_consultation(version, **self.told(version, notice_words=words))
        assert consultation.notice.purpose == "planen"
        assert consultation.notice.controller == version.plan.owner

    def test_a_deadline_in_the_past_leaves_the_draft_open(self):
        version = make_version_with(1)
        with pytest.raises(Refused, match="er gået"):
            actions.open_consultation(version, **self.told(version, notice=make_notice(), deadline_at=AT - DAY))
        version.refresh_from_db()
        assert version.sealed_at is None
        assert not Consultation.objects.exists()


class TestTheList:
    def test_the_letter_goes_once_to_each_with_a_mailbox(self):
        consultation, by = a_round(sent_at=None)
        on_list(consultation, by, a_municipality()[0], make_party("municipality"))
        actions.send_out(consultation, address="https://tovholder.example/h", by=by, at=AT)
        mail = OutboxMail.objects.get()
        assert (mail.recipient, "https://tovholder.example/h" in mail.body) == ("post@vejen.example.dk", True)
        with pytest.raises(Refused):
            actions.send_out(consultation, by=by, at=AT)
        assert OutboxMail.objects.count() == 1

    def test_nobody_is_put_on_it_twice(self):
        consultation, by = a_round()
        party = a_municipality()[0]
        on_list(consultation, by, party)
        assert on_list(consultation, by, party) == []
        assert consultation.list.count() == 1

    def test_a_body_whose_period_has_ended_is_refused(self):
        consultation, by = a_round()
        with pytest.raises(Refused, match="findes ikke den dag"):
            on_list(consultation, by, make_party("health_cluster", valid_until=AT.date()))
        assert consultation.list.count() == 0

    def test_only_the_silent_are_reminded(self):
        consultation, by = a_round()
        answered, silent = a_municipality(mailbox="a@example.dk")[0], a_municipality(mailbox="b@example.dk")[0]
        rows = on_list(consultation, by, answered, silent)
        actions.send_out(consultation, by=by, at=AT)
        make_response(consultation, listed=rows[0], party=answered)
        OutboxMail.objects.all().delete()
        assert actions.remind(consultation, by=by, at=AT) == [rows[1]]
        assert OutboxMail.objects.get().recipient == "b@example.dk"

    def test_an_extension_is_for_one_party(self):
        consultation, by = a_round(deadline_at=AT + DAY)
        (first, first_by), (second, second_by) = a_municipality(), a_municipality()
        rows = on_list(consultation, by, first, second)
        actions.extend(rows[0], to=AT + 5 * DAY, reason="Byrådet holder møde.", by=by, at=AT)
        late = AT + 2 * DAY
        response = actions.begin_response(consultation, party=first, by=first_by, at=late)
        actions.save_remark(response, text="Sent, men aftalt.", by=first_by, at=late)
        assert actions.submit_response(response, by=first_by, at=late).is_late
        with pytest.raises(Refused, match="Høringen lukkede"):
            actions.begin_response(consultation, party=second, by=second_by, at=late)


class TestAnswering:
    def test_a_municipality_answers_by_provision_and_in_general(self):
        consultation, _by = a_round()
        party, by = a_municipality()
        first, second = provisions_of(consultation)
        response = actions.begin_response(consultation, party=party, by=by, at=AT)
        actions.save_remark(response, text="Godt arbejde.", by=by, at=AT)
        actions.save_remark(response, provision=second, text="48 timer.", by=by, at=AT)
        actions.save_remark(response, provision=first, text="Et måltal.", by=by, at=AT)
        sent = actions.submit_response(response, pending_political_approval=True, council_meets_on=AT.date() + DAY, by=by, at=AT)
        assert (sent.number, sent.state, sent.is_late, sent.sector) == (1, "submitted", False, "municipality")
        rows = list(queries.remarks_of(sent))
        assert [(row.provision, row.is_general) for row in rows] == [(first, False), (second, False), (None, True)]
        mail = OutboxMail.objects.get()
        assert mail.recipient == party.mailbox
        assert "modtaget som nr. 1." in mail.body
        assert "forbehold for politisk godkendelse" in mail.body

    def test_a_colleague_goes_on_with_the_same_draft(self):
        consultation, _by = a_round()
        party, by = a_municipality()
        response = actions.begin_response(consultation, party=party, by=by, at=AT)
        assert actions.begin_response(consultation, party=party, by=make_by("planner", party), at=AT) == response

    def test_two_who_write_the_same_point_both_keep_their_words(self):
        consultation, _by = a_round()
        party, by = a_municipality()
        response = actions.begin_response(consultation, party=party, by=by, at=AT)
        actions.save_remark(response, text="24 timer", revision=0, by=by, at=AT)
        with pytest.raises(Clash) as clash:
            actions.save_remark(response, text="48 timer", revision=0, by=by, at=AT)
        assert (clash.value.theirs["text"], clash.value.yours["text"]) == ("24 timer", "48 timer")
        assert response.remarks.get().text == "24 timer"

    def test_what_is_written_when_the_round_closes_is_kept(self):
        consultation, _by = a_round(deadline_at=AT + DAY)
        party, by = a_municipality()
        response = actions.begin_response(consultation, party=party, by=by, at=AT)
        with pytest.raises(Refused, match="Vi har gemt dit svar som kladde"):
            actions.save_remark(response, text="Lige for sent.", by=by, at=AT + DAY)
        assert response.remarks.get().text == "Lige for sent."
        with pytest.raises(Refused, match="Høringen lukkede kl. 10.00. Vi har gemt dit svar som kladde."):
            actions.submit_response(response, by=by, at=AT + DAY)
        response.refresh_from_db()
        assert (response.state, response.number) == ("draft", None)

    def test_saving_many_keeps_what_can_be_kept(self):
        consultation, _by = a_round()
        party, by = a_municipality()
        first, second = provisions_of(consultation)
        response = actions.begin_response(consultation, party=party, by=by, at=AT)
        saved = actions.save_remarks(response, pieces=[(first, "x" * 20_001, 0), (second, "Kort.", 0)], by=by, at=AT)
        assert saved.kept == 1
        assert list(saved.problems) == [first.pk]
        assert response.remarks.get().provision == second

    def test_an_empty_response_says_so_or_is_refused(self):
        consultation, _by = a_round()
        party, by = a_municipality()
        response = actions.begin_response(consultation, party=party, by=by, at=AT)
        with pytest.raises(Refused) as refusal:
            actions.submit_response(response, by=by, at=AT)
        assert refusal.value.field == "has_no_remarks"
        assert actions.submit_response(response, has_no_remarks=True, by=by, at=AT).number == 1

    def test_numbers_follow_the_order_of_receipt(self):
        consultation, _by = a_round()
        numbers = []
        for _ in range(3):
            party, by = a_municipality()
            response = actions.begin_response(consultation, party=party, by=by, at=AT)
            numbers.append(actions.submit_response(response, has_no_remarks=True, by=by, at=AT).number)
        assert numbers == [1, 2, 3]

    def test_a_citizen_answers_with_a_code_and_without_a_public_name(self):
        consultation, _by = a_round()
        response = actions.begin_response(consultation, name="Inge Berg", sector="citizen", claim_code=CODE, by=ANYONE, at=AT)
        by = replace(ANYONE, contributor=response.contributor_id)
        actions.save_remark(response, text="Ring til mig først.", by=by, at=AT)
        sent = actions.submit_response(response, by=by, at=AT)
        assert sent.public_name == "Borger"
        with pytest.raises(Refused):
            actions.save_remark(response, text="Andet", by=ANYONE, at=AT)

    def test_a_name_in_the_words_holds_the_response_until_it_is_released(self):
        consultation, planner = a_round()
        party, by = a_municipality()
        response = actions.begin_response(consultation, party=party, by=by, at=AT)
        remark = actions.save_remark(response, text="Ring til Karen Jensen på 20 30 40 50.", by=by, at=AT)
        sent = actions.submit_response(response, by=by, at=AT)
        assert sent.waits_for_review
        with pytest.raises(LookupError):
            queries.remark(remark.pk, ANYONE, AT)
        actions.redact_remark(remark, text="Ring til [navn fjernet].", reason="navn fjernet", by=planner, at=AT)
        actions.release_response(sent, by=planner, at=AT)
        assert queries.remark(remark.pk, ANYONE, AT).text == "Ring til [navn fjernet]."
        assert Redaction.objects.get().original == "Ring til Karen Jensen på 20 30 40 50."

    def test_a_withdrawn_response_keeps_its_number_and_frees_the_way(self):
        consultation, _by = a_round()
        party, by = a_municipality()
        response = actions.begin_response(consultation, party=party, by=by, at=AT)
        actions.submit_response(response, has_no_remarks=True, by=by, at=AT)
        with pytest.raises(Refused, match="I har svaret som nr. 1"):
            actions.begin_response(consultation, party=party, by=by, at=AT)
        actions.withdraw_response(response, reason="Forkert udgave.", by=by, at=AT)
        again = actions.begin_response(consultation, party=party, by=by, at=AT)
        assert actions.submit_response(again, has_no_remarks=True, by=by, at=AT).number == 2

    def test_a_party_whose_period_has_ended_answers_no_more(self):
        consultation, _by = a_round()
        party, by = a_municipality(valid_until=AT.date())
        with pytest.raises(Refused, match="findes ikke den dag"):
            actions.begin_response(consultation, party=party, by=by, at=AT)

    def test_someone_elses_party_is_refused(self):
        consultation, _by = a_round()
        with pytest.raises(Refused):
            actions.begin_response(consultation, party=a_municipality()[0], by=a_municipality()[1], at=AT)

    def test_asking_to_be_included_tells_the_secretariat_once(self):
        consultation, _by = a_round(deadline_at=AT + DAY)
        owner = consultation.version.plan.owner
        type(owner).objects.filter(pk=owner.pk).update(mailbox="region@example.dk")
        party, by = a_municipality()
        response = actions.begin_response(consultation, party=party, by=by, at=AT)
        for _ in range(2):
            response = queries.response(response.pk, by, AT + 2 * DAY)
            actions.ask_to_be_included(response, by=by, at=AT + 2 * DAY)
        assert OutboxMail.objects.get().recipient == "region@example.dk"
        assert list(queries.drafts_asking_in(consultation)) == [response]


class TestJointResponses:
    def joint(self):
        consultation, _by = a_round()
        author, by = a_municipality()
        signers = [a_municipality() for _ in range(3)]
        response = actions.begin_response(
            consultation, party=author, on_behalf=[party for party, _by in signers], signers_due_at=AT + DAY, by=by, at=AT
        )
        actions.save_remark(response, text="Vi siger det samme.", by=by, at=AT)
        return response, by, signers

    def test_each_municipality_answers_and_silence_is_tacit_after_the_internal_deadline(self):
        response, by, signers = self.joint()
        rows = {row.party_id: row for row in queries.signers_asked(response)}
        actions.answer_as_signer(rows[signers[0][0].pk], approves=True, by=signers[0][1], at=AT)
        actions.answer_as_signer(rows[signers[1][0].pk], approves=False, by=signers[1][1], at=AT)
        with pytest.raises(Refused, match="mangler at svare"):
            actions.submit_response(response, by=by, at=AT)
        response.refresh_from_db()
        with pytest.raises(Refused, match="interne frist"):
            actions.close_signers(response, by=by, at=AT)
        assert actions.close_signers(response, by=by, at=AT + DAY) == 1
        states = {row.party_id: row.state for row in queries.signers_asked(response)}
        assert [states[party.pk] for party, _by in signers] == ["approved", "opted_out", "tacit"]
        assert actions.submit_response(response, by=by, at=AT + DAY).number == 1

    def test_a_municipality_speaks_for_itself_only(self):
        response, _by, signers = self.joint()
        row = next(row for row in queries.signers_asked(response) if row.party == signers[0][0])
        with pytest.raises(Refused):
            actions.answer_as_signer(row, approves=True, by=signers[1][1], at=AT)


class TestTheSecretariat:
    def test_a_letter_becomes_remarks_some_placed_some_not_yet(self):
        consultation, by = a_round()
        party = a_municipality(name="Vejen Kommune")[0]
        listed = on_list(consultation, by, party)[0]
        first = provisions_of(consultation)[0]
        response = actions.type_in_response(
            consultation, party=party, received_at=AT - DAY, letter="Kære alle", by=by, at=AT,
            remarks=[(first, "Et måltal."), ("general", "Godt."), (None, "Uklart."), (None, "  ")],
        )  # fmt: skip
        assert (response.number, response.listed, response.channel, response.letter) == (1, listed, "letter", "Kære alle")
        assert [row.is_coded for row in queries.remarks_of(response)] == [True, True, False]

    def test_a_letter_after_the_deadline_is_marked_late(self):
        consultation, by = a_round(deadline_at=AT - DAY, opens_at=AT - 9 * DAY)
        late = actions.type_in_response(consultation, name="PLO (eksempel)", received_at=AT, remarks=[("general", "Sent.")], by=by, at=AT)
        timely = actions.type_in_response(
            consultation, name="DSR (eksempel)", received_at=AT - 2 * DAY, remarks=[("general", "Før.")], by=by, at=AT
        )
        assert (late.is_late, timely.is_late) == (True, False)

    def test_a_letter_from_the_future_is_refused(self):
        consultation, by = a_round()
        with pytest.raises(Refused, match="ikke kommet endnu"):
            actions.type_in_response(consultation, name="PLO", received_at=AT + DAY, by=by, at=AT)


class TestVerdicts:
    def test_a_verdict_is_stored_with_who_and_when(self):
        consultation, by = a_round()
        remark = make_remark(make_response(consultation))
        actions.give_verdict(remark, verdict="partly", reason="24 timer fastholdes.", revision=0, by=by, at=AT)
        remark.refresh_from_db()
        assert (remark.verdict, remark.reason, remark.verdict_at, remark.verdict_by_name) == ("partly", "24 timer fastholdes.", AT, by.name)

    def test_two_planners_see_both_texts(self):
        consultation, by = a_round()
        remark = make_remark(make_response(consultation))
        actions.give_verdict(remark, verdict="accepted", reason="Ja.", revision=0, by=by, at=AT)
        other = make_by("planner", consultation.version.plan.owner)
        with pytest.raises(Clash) as clash:
            actions.give_verdict(remark, verdict="not_accepted", reason="Nej.", revision=0, by=other, at=AT)
        assert (clash.value.theirs["reason"], clash.value.yours["reason"]) == ("Ja.", "Nej.")
        assert by.name in str(clash.value)
        actions.give_verdict(remark, verdict="not_accepted", reason="Nej.", revision=clash.value.theirs["revision"], by=other, at=AT)
        assert Remark.objects.get().verdict == "not_accepted"

    def test_coding_places_a_remark_or_makes_it_general(self):
        consultation, by = a_round()
        remark = make_remark(make_response(consultation))
        theme = make_theme()
        first = provisions_of(consultation)[0]
        assert actions.code_remark(remark, provision=first, theme=theme, by=by, at=AT).provision == first
        general = actions.code_remark(remark, by=by, at=AT)
        assert (general.provision, general.is_general, general.theme) == (None, True, None)

    def test_a_provision_of_another_plan_is_refused(self):
        consultation, by = a_round()
        other = make_version_with(1).texts.get().provision
        with pytest.raises(Refused):
            actions.code_remark(make_remark(make_response(consultation)), provision=other, by=by, at=AT)

    def test_a_divided_remark_keeps_its_words_in_order(self):
        consultation, by = a_round()
        response = make_response(consultation)
        remark, after = make_remark(response, text="Et.\n\nTo. Tre."), make_remark(response, text="Fire.")
        actions.split_remark(remark, parts=["Et.", "To.", "Tre."], by=by, at=AT)
        assert [row.text for row in queries.remarks_of(response)] == ["Et.", "To.", "Tre.", "Fire."]
        assert queries.remarks_of(response).last() == after


class TestConcluding:
    def test_gaps_need_a_reason(self):
        consultation, by = a_round(deadline_at=AT)
        make_remark(make_response(consultation))
        with pytest.raises(Refused, match="1 svar er ikke i notatet"):
            actions.conclude(consultation, by=by, at=AT)
        done = actions.conclude(consultation, reason="Svaret er på svensk.", by=by, at=AT)
        assert (done.concluded_at, done.concluded_reason) == (AT, "Svaret er på svensk.")
        with pytest.raises(Refused, match="afsluttet"):
            actions.conclude(consultation, reason="Igen", by=by, at=AT)

    def test_an_extended_deadline_is_waited_for(self):
        consultation, by = a_round(deadline_at=AT + DAY)
        row = on_list(consultation, by, a_municipality()[0])[0]
        actions.extend(row, to=AT + 3 * DAY, reason="Aftalt.", by=by, at=AT)
        with pytest.raises(Refused, match="Fristen er ikke nået"):
            actions.conclude(consultation, by=by, at=AT + 2 * DAY)
        assert actions.conclude(consultation, by=by, at=AT + 3 * DAY).concluded_at
        assert Response.objects.count() == 0


class TestForgetting:
    def test_the_words_stay_and_the_person_goes(self):
        consultation, _by = a_round()
        response = actions.begin_response(consultation, name="Inge Berg", sector="citizen", claim_code=CODE, by=ANYONE, at=AT)
        by = replace(ANYONE, contributor=response.contributor_id)
        actions.save_remark(response, text="Ring først.", by=by, at=AT)
        with pytest.raises(Refused):
            actions.cut_ties_of(response.contributor, by=ANYONE, at=AT)
        assert actions.cut_ties_of(response.contributor, by=by, at=AT) == 1
        response.refresh_from_db()
        assert (response.name, response.contributor, response.remarks.get().text) == ("Borger", None, "Ring først.")
