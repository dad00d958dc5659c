"""What may be seen, the five counters, and the report."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import (
    AT,
    make_by,
    make_consultation,
    make_party,
    make_remark,
    make_response,
    make_theme,
    make_version_with,
)
from tovholder.base.by import ANYONE
from tovholder.consultations import actions, queries
from tovholder.plans.actions import edit_provision, seal_version
from tovholder.plans.queries import draft_of, texts_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def a_round(**fields):
    consultation = make_consultation(**fields)
    return consultation, make_by("planner", consultation.version.plan.owner)


class TestVisibility:
    def test_a_coming_round_is_for_those_who_ask_and_are_asked(self):
        consultation, by = a_round(opens_at=AT + DAY)
        party = make_party("municipality", mailbox="post@example.dk")
        coordinator = make_by("coordinator", party)
        assert list(queries.consultations(by, AT)) == [consultation]
        assert not queries.consultations(ANYONE, AT)
        actions.put_on_list(consultation, parties=[(party, "", "", "", True)], by=by, at=AT)
        assert not queries.consultations(coordinator, AT)
        actions.send_out(consultation, by=by, at=AT)
        assert list(queries.consultations(coordinator, AT)) == [consultation]
        assert list(queries.consultations(ANYONE, AT + DAY)) == [consultation]

    @pytest.mark.parametrize("who", ["anyone", "owner", "another municipality", "another code"])
    def test_a_draft_does_not_exist_for_others(self, who):
        consultation, owner = a_round()
        party = make_party("municipality")
        response = actions.begin_response(consultation, party=party, by=make_by("coordinator", party), at=AT)
        actors = {
            "anyone": ANYONE,
            "owner": owner,
            "another municipality": make_by("coordinator", make_party("municipality")),
            "another code": replace(ANYONE, contributor="someone"),
        }
        with pytest.raises(LookupError):
            queries.response(response.pk, actors[who], AT)
        assert queries.response(response.pk, make_by("practitioner", party), AT) == response

    def test_a_persons_draft_is_seen_with_its_code_only(self):
        consultation, owner = a_round()
        response = actions.begin_response(consultation, name="Inge", sector="citizen", claim_code="a-b-c-d-e", by=ANYONE, at=AT)
        assert queries.response(response.pk, replace(ANYONE, contributor=response.contributor_id), AT) == response
        for by in (ANYONE, owner):
            with pytest.raises(LookupError):
                queries.response(response.pk, by, AT)

    def test_the_words_of_a_held_or_withdrawn_response_wait(self):
        consultation, owner = a_round()
        provision = texts_of(consultation.version)[0].provision
        shown = make_remark(make_response(consultation), provision=provision)
        held = make_remark(make_response(consultation, held_at=AT), provision=provision)
        withdrawn = make_remark(make_response(consultation, state="withdrawn"), provision=provision)
        released = make_remark(make_response(consultation, held_at=AT, released_at=AT), provision=provision)
        assert set(queries.remarks_on([provision.pk], ANYONE, AT)) == {shown, released}
        assert set(queries.remarks_on([provision.pk], owner, AT)) == {shown, released, held}
        assert set(queries.without_verdict([consultation.version.plan_id], ANYONE, AT)) == {shown, released}
        with pytest.raises(LookupError):
            queries.remark(withdrawn.pk, ANYONE, AT)

    def test_every_shown_response_can_be_opened_and_no_other(self):
        consultation, owner = a_round()
        party = make_party("municipality")
        rows = [
            make_response(consultation, **fields)
            for fields in ({}, {"state": "withdrawn"}, {"state": "draft", "number": None, "party": party}, {"held_at": AT})
        ]
        for by in (ANYONE, owner, make_by("coordinator", party)):
            seen = set(queries.visible_responses(by, AT))
            for row in rows:
                if row in seen:
                    assert queries.response(row.pk, by, AT) == row
                else:
                    with pytest.raises(LookupError):
                        queries.response(row.pk, by, AT)


class TestOpenNow:
    def test_only_what_can_be_answered_now_the_soonest_first(self):
        late, soon = make_consultation(deadline_at=AT + 9 * DAY), make_consultation(deadline_at=AT + DAY)
        make_consultation(deadline_at=AT)
        make_consultation(opens_at=AT + DAY)
        make_consultation(concluded_at=AT)
        assert list(queries.open_now(AT)) == [soon, late]

    def test_the_next_opening_is_the_nearest(self):
        assert queries.next_opening(AT) is None
        make_consultation(opens_at=AT + 5 * DAY)
        make_consultation(opens_at=AT + 3 * DAY)
        assert queries.next_opening(AT) == AT + 3 * DAY


class TestTheFiveCounters:
    def test_each_step_counts_what_passed_all_before_it(self):
        consultation, by = a_round()
        make_response(consultation)
        whole = make_response(consultation)
        make_remark(whole, is_general=True, verdict="noted")
        unplaced = make_response(consultation)
        make_remark(unplaced, verdict="noted")
        unanswered = make_response(consultation)
        make_remark(unanswered, is_general=True)
        held = make_response(consultation, held_at=AT)
        unnumbered = make_response(consultation, number=None, registered_at=None)
        make_response(consultation, state="draft", number=None)
        make_response(consultation, state="withdrawn", number=90)
        even = queries.equation(consultation)
        assert even.counts == (6, 5, 4, 3, 2)
        assert even.missing == {"registered": (unnumbered,), "coded": (unplaced,), "answered": (unanswered,), "reported": (held,)}
        assert not even.is_even
        assert queries.missing_at(consultation, "coded") == (unplaced,)

    def test_the_report_holds_exactly_the_last_count(self):
        consultation, by = a_round()
        make_remark(make_response(consultation), is_general=True, verdict="noted")
        make_remark(make_response(consultation), verdict="noted")
        make_remark(make_response(consultation, held_at=AT), is_general=True, verdict="noted")
        content = queries.report(consultation, AT)
        numbers = {row["number"].split(".")[0] for theme in content["general"] for row in theme["remarks"]}
        assert len(numbers) == queries.equation(consultation).reported == 1

    def test_everything_matches(self):
        consultation, _by = a_round()
        make_remark(make_response(consultation), is_general=True, verdict="accepted", reason="Rettet.")
        assert queries.equation(consultation).is_even


class TestTheDesk:
    def test_the_next_is_later_in_the_same_response_then_elsewhere(self):
        consultation, by = a_round()
        older, newer = make_response(consultation), make_response(consultation)
        first, second, third = (make_remark(newer, text=text) for text in ("Et", "To", "Tre"))
        other = make_remark(older)
        rows = queries.register(consultation, by, AT)
        assert queries.next_unanswered(rows, after=first)[1] == second
        assert queries.next_unanswered(rows, after=third)[1] == first
        for remark in (first, second, third):
            actions.give_verdict(remark, verdict="noted", revision=0, by=by, at=AT)
        rows = queries.register(consultation, by, AT)
        assert queries.next_unanswered(rows, after=third)[1] == other
        actions.give_verdict(other, verdict="noted", revision=0, by=by, at=AT)
        assert queries.next_unanswered(queries.register(consultation, by, AT), after=other) is None

    def test_themes_are_the_owners_own(self):
        consultation, _by = a_round()
        theme = make_theme(owner=consultation.version.plan.owner)
        make_theme()
        assert list(queries.themes_for(consultation)) == [theme]


class TestTheReport:
    def test_it_says_who_was_heard_what_was_said_and_what_changed_because_of_whom(self):
        version = make_version_with(2)
        by = make_by("planner", version.plan.owner)
        consultation = make_consultation(version=version, accepted_word="medtaget", next_steps="25. januar: Rådet beslutter\nSenere")
        heard = [(None, name, "Kommuner", "", True) for name in ("Vejen Kommune", "Tønder Kommune")]
        actions.put_on_list(consultation, parties=heard, by=by, at=AT)
        row = texts_of(version)[0]
        response = actions.type_in_response(
            consultation, name="Vejen Kommune", received_at=AT, remarks=[(row.provision, "48 timer."), ("general", "Godt.")], by=by, at=AT
        )
        draft = seal_version(version, by=by, at=AT)
        assert draft == draft_of(version.plan)
        edit_provision(
            draft, row.provision, label=row.label, heading=row.heading, body="Besked 48 timer før.", revision=row.revision, by=by, at=AT
        )
        remarks = list(queries.remarks_of(response))
        for remark in remarks:
            actions.give_verdict(remark, verdict="accepted", reason="Rettet.", revision=0, by=by, at=AT)
        content = queries.report(consultation, AT, causes={row.provision_id: [remarks[0]]})
        assert [(item["party"], item["received"], item["remarks"]) for item in content["heard"]] == [
            ("Tønder Kommune", False, False),
            ("Vejen Kommune", True, True),
        ]
        assert [item["remarks"][0]["text"] for item in content["by_provision"]] == ["48 timer."]
        assert content["by_provision"][0]["remarks"][0]["verdict"] == "Medtaget"
        assert [theme["theme"] for theme in content["general"]] == ["Generelt"]
        assert [(item["after"], item["because_of"]) for item in content["changes"]] == [("Besked 48 timer før.", ["1.1"])]
        assert content["next_steps"] == [{"when": "25. januar", "what": "Rådet beslutter"}, {"when": "", "what": "Senere"}]

    def test_the_table_leaves_out_what_waits_and_hides_citizens_names(self):
        consultation, _by = a_round()
        make_remark(make_response(consultation, name="Inge Berg", sector="citizen"), is_general=True, text="Ring først.")
        make_remark(make_response(consultation, held_at=AT), is_general=True, text="Hemmeligt.")
        assert [(row[1], row[3]) for row in queries.table_rows(consultation)] == [("Borger", "Ring først.")]
