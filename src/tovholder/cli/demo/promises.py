"""Plans: one that runs out, one adopted by all, one in consultation, one out for decision and one in drafting."""

from datetime import date, timedelta

from tovholder.plans import actions
from tovholder.plans import queries as plans
from tovholder.threads import actions as threads

from .world import load, on, on_day


def make_plans(world):
    """This will write the plans up to where the consultations begin."""
    others = load("other_plans")
    _plan_2023(world, others["plan_2023"])
    _agreement_2025(world, load("agreement_2025"))
    _plan_2027(world, load("health_plan_2027"))
    _local_plan(world, others["local"])
    _vision(world, others["vision"])


def begin(world, key, data, kind, owner, first, until, by, at):
    """This will begin a plan with its draft and its provisions, and remember each by its number."""
    plan = actions.begin_plan(
        kind=kind, title=data["title"], owner=owner, period_from=first, period_until=until, case_number=data["case_number"],
        summary=data["summary"], contact_role="Sekretariatet for sundhedsplanen", is_example=True, by=by, at=at,
    )  # fmt: skip
    draft = plans.draft_of(plan)
    world.plans[key] = plan
    world.provisions[key] = {
        label: actions.add_provision(draft, label=label, heading=heading, body=body, level=level, by=by, at=at)
        for level, label, heading, body in data["provisions"]
    }
    world.count("planer")
    world.count("punkter i planer", len(data["provisions"]))
    return plan


def tie_together(world, key, data, by, at):
    """This will tie themes, duties and initiatives to a plan's provisions."""
    own = world.provisions[key]
    for theme, labels in data.get("themes", {}).items():
        for label in labels:
            threads.tie_theme_to_provision(world.themes[theme], own[label], by=by, at=at)
    for label, (party, because) in data.get("duties", {}).items():
        threads.tie_to_duty(own[label], world.party(party), because=because, by=by, at=at)
    for label, names in data.get("initiatives", {}).items():
        for name in names:
            threads.tie_initiative(own[label], world.initiatives[name], by=by, at=at)


def set_goals(world, key, data, by, at):
    """This will set a plan's goals with owner and deadline, and say how far they have come."""
    plan, own = world.plans[key], world.provisions[key]
    for number, label, text, owner, deadline, indicator, *status in data["goals"]:
        due = date.fromisoformat(deadline) if isinstance(deadline, str) else world.day_in(deadline)
        goal = actions.set_goal(
            plan, number=number, text=text, owner=world.party(owner), deadline=due, provision=own[label], indicator=indicator, by=by, at=at
        )
        if status:
            actions.change_goal_status(goal, status=status[0], by=world.actor(owner), at=world.moment(-20))
        world.count("mål")


def seal(plan, name, next_name, by, at):
    """This will seal and publish the plan's draft and return the sealed version."""
    version = plans.draft_of(plan)
    actions.seal_version(version, name=name, next_name=next_name, by=by, at=at)
    version.refresh_from_db()
    actions.publish_version(version, by=by, at=at)
    return version


def _plan_2023(world, data):
    by, at = world.planner, on(2022, 5, 9)
    plan = begin(world, "plan_2023", data, "health_plan", world.region, date(2023, 1, 1), date(2027, 1, 1), by, at)
    seal(plan, "Udkast", "Endelig udgave", by, on(2022, 6, 20))
    version = seal(plan, "Vedtaget", "Næste udgave", by, on(2022, 10, 3))
    for approval in actions.ask_for_approvals(version, due_on=date(2022, 12, 31), by=by, at=on(2022, 10, 4)):
        is_advice = approval.step.part == "advises"
        where = "Brev (eksempel)" if is_advice else "Punkt 4 (eksempel)"
        actions.record_decision(
            approval, outcome="advised" if is_advice else "approved", decided_on=date(2022, 11, 14) if is_advice else date(2022, 12, 12),
            body="Sundhedsstyrelsen" if is_advice else "Regionsrådet", decision_reference=where,
            fingerprint=version.fingerprint, by=by if is_advice else world.actors["Aksel Mørkdal"], at=on(2022, 12, 13),
        )  # fmt: skip
    actions.adopt(
        version, adopted_on=date(2022, 12, 12), in_force_from=date(2023, 1, 1), decision_reference="Regionsrådet, punkt 4 (eksempel)",
        by=by, at=on(2022, 12, 13),
    )  # fmt: skip
    tie_together(world, "plan_2023", data, by, on(2022, 12, 14))
    set_goals(world, "plan_2023", data, by, on(2022, 12, 14))


def _agreement_2025(world, data):
    by, at = world.planner, on(2024, 5, 21)
    plan = begin(world, "agreement", data, "cooperation_agreement", world.region, date(2025, 1, 1), date(2028, 1, 1), by, at)
    seal(plan, "Udkast", "Sendt i høring", by, on(2024, 6, 12, 10))
    tie_together(world, "agreement", {key: data[key] for key in ("themes", "duties")}, by, on(2024, 6, 12, 11))


def adopt_agreement(world, data):
    """This will let the region and 22 municipalities adopt the agreement after its consultation."""
    by, plan = world.planner, world.plans["agreement"]
    label, heading, body = data["by_politicians"]
    row = plans.text_of(plans.draft_of(plan), world.provisions["agreement"][label])
    actions.edit_provision(
        row.version, row.provision, label=label, heading=heading, body=body, revision=row.revision, by=by, at=on(2024, 9, 30, 16)
    )
    version = seal(plan, "Vedtaget", "Udkast til næste aftale", by, on(2024, 10, 1, 9))
    days = [date.fromisoformat(day) for day in data["decided_days"]]
    asked = actions.ask_for_approvals(version, due_on=date(2024, 10, 31), by=by, at=on(2024, 10, 1, 10))
    for number, approval in enumerate(asked):
        is_region = approval.party_id == world.region.pk
        decided = days[-1] if is_region else days[number % len(days)]
        actions.record_decision(
            approval, outcome="approved", decided_on=decided, body="Regionsrådet" if is_region else "Byrådet",
            decision_reference=f"Punkt {4 + number % 11} (eksempel)", fingerprint=version.fingerprint,
            by=world.actors["Aksel Mørkdal"] if is_region else world.actors["approver", approval.party_id], at=on(2024, 10, 28, 20),
        )  # fmt: skip
    actions.adopt(
        version, adopted_on=days[-1], in_force_from=date(2025, 1, 1), decision_reference="Vedtaget af 23 råd (eksempel)", by=by,
        at=on(2024, 10, 28, 21),
    )  # fmt: skip
    tie_together(world, "agreement", {"initiatives": data["initiatives"]}, by, on(2025, 1, 6))
    set_goals(world, "agreement", data, by, on(2024, 11, 4))


def _plan_2027(world, data):
    by, at = world.planner, world.moment(-95)
    plan = begin(world, "hp2027", data, "health_plan", world.region, date(2027, 1, 1), date(2031, 1, 1), by, at)
    seal(plan, "Høringsudgave", "Efter høring", by, world.moment(-50, 8))
    tie_together(world, "hp2027", data, by, world.moment(-50, 8, 30))
    set_goals(world, "hp2027", data, by, world.moment(-50, 8, 30))


def _local_plan(world, data):
    by, at = world.planner, world.moment(-25)
    begin(world, "local", data, data["kind"], world.party("council_lb"), date(2027, 1, 1), date(2031, 1, 1), by, at)
    tie_together(world, "local", data, by, world.moment(-20))
    set_goals(world, "local", data, by, world.moment(-20))


def _vision(world, data):
    by, at = world.planner, world.moment(-60)
    plan = begin(world, "vision", data, data["kind"], world.region, date(2027, 1, 1), date(2031, 1, 1), by, at)
    seal(plan, "Til beslutning", "Næste udgave", by, world.moment(-29, 8))
    tie_together(world, "vision", data, by, world.moment(-29, 9))
    set_goals(world, "vision", data, by, world.moment(-29, 9))


def ask_for_decisions(world):
    """This will ask 23 councils about the joint vision: some have said yes, some have named a day, some are silent."""
    data, by = load("other_plans")["vision"], world.planner
    version = plans.public_version(world.plans["vision"], world.at)
    asked = actions.ask_for_approvals(version, due_on=world.day_in(24), by=by, at=world.moment(-29, 10))
    for approval in asked:
        is_region = approval.party_id == world.region.pk
        code = "region" if is_region else approval.party.code
        own = world.actors["Aksel Mørkdal"] if is_region else world.actors["approver", approval.party_id]
        if code in data["agenda"]:
            actions.say_when(approval, agenda_on=world.day_in(data["agenda"][code]), by=own, at=world.moment(-10))
        if code not in data["decided"]:
            continue
        decided = world.day_in(data["decided"][code])
        is_reserved = code == data["reserved"]
        actions.record_decision(
            approval, outcome="reserved" if is_reserved else "approved", decided_on=decided, fingerprint=version.fingerprint,
            body="Regionsrådet" if is_region else f"{approval.party.short_name} Byråd",
            decision_reference="Punkt 9 (eksempel)" if is_region else "Punkt 12 (eksempel)",
            reservation=data["reservation"] if is_reserved else "", by=own, at=on_day(decided.isoformat(), 20),
        )  # fmt: skip
    actions.remind_silent(version, by=by, at=world.moment(-3) + timedelta(hours=1))
    world.count("råd, der er spurgt om visionen", len(asked))
