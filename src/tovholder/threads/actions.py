"""Verbs that tie things in different rooms, and acts that touch two rooms."""

from django.utils.translation import gettext as _

from tovholder.base import search
from tovholder.base.errors import Refused
from tovholder.base.events import new_thing, record
from tovholder.base.models import Thing
from tovholder.base.outbox import post
from tovholder.base.write import write
from tovholder.consultations import actions as consultations
from tovholder.consultations import queries as consultation_queries
from tovholder.dialogue import actions as dialogue
from tovholder.findings import actions as findings
from tovholder.initiatives import actions as initiatives
from tovholder.intake import actions as intake
from tovholder.intake import queries as intake_queries
from tovholder.parties import queries as parties
from tovholder.parties.rules import check_may_keep_register
from tovholder.plans import actions as plans
from tovholder.plans.rules import check_may_write

from . import queries, rules
from .models import Tie


def tie(kind, from_id, to_id, *, in_version=None, note="", by, at):
    """This will tie two things by their ids, once; raises Refused for a tie that means nothing."""
    with write():
        things = Thing.objects.in_bulk([from_id, to_id])
        if len(things) < 2:
            raise Refused(_("En af de to ting findes ikke længere."))
        _check_may_tie(kind, things[from_id], things[to_id], by)
        return _tie(kind, from_id, to_id, in_version, note, by, at)


def _check_may_tie(kind, from_thing, to_thing, by):
    owners = queries.owners_of(from_thing) | queries.owners_of(to_thing)
    rules.check_may_tie(kind, from_thing.kind, to_thing.kind, owners=owners, by=by)


def _tie(kind, from_id, to_id, in_version, note, by, at):
    made, is_new = Tie.objects.get_or_create(
        kind=kind, from_thing_id=from_id, to_thing_id=to_id, withdrawn_at=None,
        defaults={"in_version_id": in_version, "note": note, "made_at": at, "made_by": by.person or ""},
    )  # fmt: skip
    if is_new:
        record("tied", made.from_thing, by=by, at=at, tie_kind=kind, to=to_id, in_version=in_version)
    return made


def withdraw_tie(found, *, by, at):
    """This will withdraw a tie; that it once was stays in the log. Raises Refused for those who own neither end."""
    _check_may_tie(found.kind, found.from_thing, found.to_thing, by)
    with write():
        Tie.objects.filter(pk=found.pk, withdrawn_at__isnull=True).update(withdrawn_at=at)
        record("tie_withdrawn", found.from_thing, by=by, at=at, tie_kind=found.kind, to=found.to_thing_id)


def tie_theme_to_provision(theme, provision, *, by, at):
    """This will say that a provision answers a theme."""
    rules.check_may_tie_provision(provision, by=by)
    with write():
        return _tie("answered_by", theme.pk, provision.pk, None, "", by, at)


def tie_to_duty(provision, party, *, because, by, at):
    """This will say that nobody asked for a provision because a law or an authority requires it."""
    rules.check_may_tie_provision(provision, by=by)
    if not because.strip():
        raise Refused(_("Skriv, hvilken regel der kræver det."), field="because")
    with write():
        return _tie("required_by", provision.pk, party.pk, None, because.strip()[:200], by, at)


def tie_initiative(provision, initiative, *, by, at):
    """This will say that an initiative does what a provision promises."""
    return tie("done_by", provision.pk, initiative.pk, by=by, at=at)


def follow_goal(goal, indicator, *, chosen, by, at):
    """This will follow a goal by an indicator: its target, the tie between the two, and the words that say so. `chosen` is what set_target
    asks for: whose figure, from what, to what. Raises Refused."""
    with write():
        target = findings.set_target(goal, indicator=indicator, **chosen, by=by, at=at)
        if target.order == 1:
            plans.choose_indicator(goal, indicator=indicator.name, by=by, at=at)
        _tie("measured_by", goal.pk, indicator.pk, None, "", by, at)
    return target


def stop_following(target, *, by, at):
    """This will stop following a goal by an indicator, and take back the tie and the words that said so; raises Refused."""
    with write():
        findings.withdraw_target(target, by=by, at=at)
        Tie.objects.filter(kind="measured_by", from_thing=target.goal_id, to_thing=target.indicator_id, withdrawn_at__isnull=True).update(
            withdrawn_at=at
        )
        if target.goal.indicator == target.indicator.name:
            plans.drop_indicator(target.goal, by=by, at=at)
    return target


def aim_at_goal(initiative, goal, *, by, at):
    """This will say that an initiative or a programme is to move a goal; raises Refused for those who own neither."""
    return tie("aims_at", initiative.pk, goal.pk, by=by, at=at)


def calculate_due_figures(*, by, at):
    """This will calculate what goal pages show wherever something has changed, and return for how many indicators; raises Refused."""
    return findings.calculate_due_figures(begins=queries.begins_of_goals(), by=by, at=at)


def finish_status_report(report, *, by, at):
    """This will freeze a plan's status with its figures, pictures, and what happened to its goals, so that it can be approved."""
    return findings.finish_status_report(report, happened=queries.happened_in(report, by, at), by=by, at=at)


def edit_because_of(remark, version, provision, *, label, heading, body, revision, by, at):
    """This will change a provision in a draft and keep whose remark caused it; raises Clash like edit_provision."""
    if remark.response.consultation.version.plan_id != version.plan_id:
        raise Refused(_("Bemærkningen handler om en anden plan. Gå tilbage til dens høring."))
    with write():
        row = plans.edit_provision(version, provision, label=label, heading=heading, body=body, revision=revision, by=by, at=at)
        _tie("changed", remark.pk, provision.pk, version.pk, "", by, at)
    return row


def ask_after_consultation(version, *, due_on=None, by, at):
    """This will ask everyone the plan's kind names, once no round of consultation over the plan is open."""
    with write():
        _check_is_heard(version, by, at)
        return plans.ask_for_approvals(version, due_on=due_on, by=by, at=at)


def adopt_after_consultation(version, *, adopted_on, in_force_from, decision_reference="", by, at):
    """This will adopt a version, once no round of consultation over the plan is open."""
    with write():
        _check_is_heard(version, by, at)
        given = {"adopted_on": adopted_on, "in_force_from": in_force_from, "decision_reference": decision_reference}
        return plans.adopt(version, **given, by=by, at=at)


def _check_is_heard(version, by, at):
    check_may_write(version.plan, by=by)
    rounds = consultation_queries.visible_consultations(by, at)
    rounds = rounds.filter(version__plan=version.plan_id, deadline_at__gt=at, concluded_at__isnull=True)
    rules.check_is_heard(rounds.order_by("-deadline_at").first(), at=at)


def forget(contributor, *, by, at):
    """This will cut everything that leads from a person's words to the person; the words stay. Raises Refused for anyone else."""
    with write():
        intake.forget_contributor(contributor, by=by, at=at)
        dialogue.cut_ties_of(contributor, by=by, at=at)
        consultations.cut_ties_of(contributor, by=by, at=at)


def tell_back(*, by, at):
    """This will write to each person who asked, when the threads from their words have come further; returns how many letters."""
    letters = 0
    for contributor in intake_queries.asked_to_be_told():
        steps = queries.steps_of(contributor, at)
        if steps == contributor.told_steps:
            continue
        news = contributor.told_steps is not None and steps > contributor.told_steps
        with write():
            if news:
                post(contributor, contributor.notify_mail, _("Der er sket mere med det, du sagde"), _news(), at=at)
            intake.note_told(contributor, steps=steps, mail_sent=news, by=by, at=at)
        letters += news
    return letters


def _news():
    return _(
        "Tråden fra dine ord er kommet længere.\n\n"
        "Gå til forsiden, og skriv de fem ord, du fik. Så ser du, hvad der er sket, og hvad der ikke blev til noget.\n"
        "Vil du ikke høre mere, så vælg »Glem mig« på samme side.\n"
    )


def forget_due(*, on, by, at):
    """This will forget everyone whose day has come, in every room, and return how many."""
    with write():
        due = intake_queries.due_contributors(on)
        for contributor in due:
            forget(contributor, by=by, at=at)
    return len(due)


def confirm_proposal(proposal, *, conference=None, group=None, by, at):
    """This will confirm what the reader saw and let it become a statement, a question, a theme, an initiative or a known party."""
    with write():
        became = _become(proposal, conference, group, by, at)
        intake.decide_proposal(proposal, state="confirmed", result=became, by=by, at=at)
        if became is not None:
            _tie("source_of", proposal.source_id, became, None, proposal.kind[:200], by, at)
    return became


def _become(proposal, conference, group, by, at):
    value, where = proposal.value, {"conference": conference, "group": group, "by": by, "at": at}
    if proposal.kind == "quotations":
        said_by = ", ".join(filter(None, (value.get("speaker"), value.get("role"))))
        return dialogue.quote(
            proposal.passage, text=value["text"], start=proposal.start, end=proposal.end, speaker=said_by, **where
        ).pk  # fmt: skip
    if proposal.kind == "questions":
        if conference is None and group is None:
            raise Refused(_("Vælg den konference eller temagruppe, spørgsmålet hører til."), field="target")
        return dialogue.ask_question(text=value["text"], passage=proposal.passage, **where).pk
    if proposal.kind == "themes":
        return dialogue.name_theme(name=value["text"], owner=parties.party(by.on_behalf_of), **where).pk
    if proposal.kind == "initiatives":
        return initiatives.start_initiative(
            name=value["text"], purpose=proposal.passage.text[:500], source=proposal.source.title, by=by, at=at
        ).pk
    if proposal.kind == "organisations":
        return next((row.pk for row in parties.known_parties() if row.name == value["name"]), None)
    return None


def rebuild_search(*, by, at):
    """This will write anew what every room lets be found, and return how many rows it became; raises Refused without a mandate."""
    check_may_keep_register(by)
    rows = search.rebuild(queries.searchable())
    with write():
        record("search_rebuilt", new_thing("search", at), by=by, at=at, rows=rows, edition=search.EDITION)
    return rows


def rebuild_search_when_due(*, by, at):
    """This will rebuild the search when this release finds things in another way than the one before, and return whether it did."""
    if search.is_current():
        return False
    rebuild_search(by=by, at=at)
    return True
