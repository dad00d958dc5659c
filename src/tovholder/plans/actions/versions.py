import json
from pathlib import Path

from tovholder.base import search
from tovholder.base.events import new_thing, record
from tovholder.base.rows import hold
from tovholder.base.write import write
from tovholder.parties.models import Party
from tovholder.parties.queries import local_day
from tovholder.parties.rules import check_may_keep_register
from tovholder.plans import queries, rules
from tovholder.plans.models import KindStep, Plan, PlanKind, PlanVersion, ProvisionText
from tovholder.plans.queries import entries
from tovholder.texts.fingerprint import fingerprint

_KINDS = Path(__file__).parent.parent / "data" / "kinds.json"


def keep_plan_kinds(*, by, at):
    """This will store the kinds of plans that this release knows, with who advises and decides. Raises Refused."""
    check_may_keep_register(by)
    with write():
        for row in json.loads(_KINDS.read_text(encoding="utf-8"))["kinds"]:
            steps = row.pop("steps")
            kind, _made = PlanKind.objects.update_or_create(code=row.pop("code"), defaults=row)
            for step in steps:
                authority = Party.objects.get(kind="national_authority", code=step["authority"]) if "authority" in step else None
                KindStep.objects.update_or_create(
                    kind=kind,
                    order=step["order"],
                    who=step["who"],
                    defaults={"part": step["part"], "body_kind_id": step.get("body_kind"), "authority": authority},
                )


def begin_plan(
    *, kind, title, owner, period_from=None, period_until=None, case_number="", summary="", contact_role="", is_example=False, by, at
):  # fmt: skip
    """This will begin a plan with one open draft; raises Refused without a planner's mandate for the owner."""
    rules.check_holds(by, rules.PLANNER, party=owner.pk)
    known = PlanKind.objects.get(code=kind)
    rules.check_may_begin(known, title=title, period_from=period_from, period_until=period_until, today=local_day(at))
    with write():
        plan = Plan.objects.create(
            thing=new_thing("plan", at), kind=known, title=title.strip(), owner=owner, period_from=period_from, period_until=period_until,
            case_number=case_number, summary=summary, contact_role=contact_role, is_example=is_example,
        )  # fmt: skip
        PlanVersion.objects.create(thing=new_thing("plan_version", at), plan=plan, number=1, name="Udkast", made_at=at)
        search.keep(entries.entries_of_plans, [plan])
        record("plan_begun", plan, by=by, at=at, plan_kind=kind)
    return plan


def name_parties(plan, *, parties, by, at):
    """This will name the parties beside the owner that must say yes to an agreement; naming nobody takes the names away."""
    with write():
        plan = Plan.objects.select_related("kind", "owner").get(pk=plan.pk)
        for version in plan.versions.filter(sealed_at__isnull=False):
            hold(version)
        may, out = queries.names_parties(plan), queries.is_out_for_decision(plan)
        rules.check_may_name(plan, parties=parties, names_parties=may, is_out=out, on=local_day(at), by=by)
        plan.parties_named.set(parties)
        record("parties_named", plan, by=by, at=at, parties=sorted(row.pk for row in parties))
    return plan


def seal_version(version, *, name=None, next_name=None, by, at):
    """This will seal a version under its fingerprint and return the new draft, a copy to go on with."""
    with write():
        version = PlanVersion.objects.select_for_update().select_related("plan").get(pk=version.pk)
        texts = list(queries.texts_of(version))
        rules.check_may_seal(version, texts, by=by)
        version.name = (name or version.name)[:80]
        version.sealed_at = at
        version.fingerprint = fingerprint_of(version.plan, texts)
        version.save(update_fields=["name", "sealed_at", "fingerprint"])
        record("version_sealed", version, by=by, at=at, fingerprint=version.fingerprint)
        draft = PlanVersion.objects.create(
            thing=new_thing("plan_version", at),
            plan=version.plan,
            number=version.number + 1,
            name=(next_name or "")[:80] or f"Udkast {version.number + 1}",
            based_on=version,
            made_at=at,
        )
        ProvisionText.objects.bulk_create(_copy(row, draft) for row in texts)
        search.keep(entries.entries_of_provisions, entries.found_provisions().filter(plan=version.plan_id))
        record("version_begun", draft, by=by, at=at, based_on=version.pk)
    return draft


def _copy(row, draft):
    return ProvisionText(
        version=draft, provision_id=row.provision_id, order=row.order, level=row.level, label=row.label,
        heading=row.heading, body=row.body, revision=row.revision, edited_at=row.edited_at, edited_by=row.edited_by,
        edited_by_name=row.edited_by_name,
    )  # fmt: skip


def fingerprint_of(plan, texts):
    """This will return the fingerprint of a plan's title and words."""
    return fingerprint(plan.title, [(row.label, row.heading, row.body) for row in texts], levels=[row.level for row in texts])


def publish_version(version, *, by, at):
    """This will let everyone read a sealed version from now on."""
    with write():
        version = PlanVersion.objects.select_related("plan").get(pk=version.pk)
        rules.check_may_publish(version, by=by)
        if PlanVersion.objects.filter(pk=version.pk, published_at__isnull=True).update(published_at=at):
            search.keep(entries.entries_of_provisions, entries.found_provisions().filter(plan=version.plan_id))
            record("version_published", version, by=by, at=at)


def withdraw_plan(plan, *, by, at):
    """This will withdraw a plan; nothing public is deleted."""
    rules.check_may_write(plan, by=by)
    with write():
        Plan.objects.filter(pk=plan.pk).update(withdrawn_at=at)
        for rows, entries_of in entries.searchable_of(plan):
            search.keep(entries_of, rows)
        record("plan_withdrawn", plan, by=by, at=at)
