"""What may be found by search about what is promised: a plan, its promises as they read now, its goals and the parties' answers.

A promise is found by its newest public words, and by its draft for those who write it where the draft says something else. Earlier words
are read in the promise's own history. A withdrawn plan is found no longer."""

from collections import defaultdict

from tovholder.base.search import Entry, joined

from ..models import Adoption, Approval, Goal, Plan, Provision, ProvisionText


def entries_of_plans(rows):
    """This will give the entries of plans that are not withdrawn, with the references of their adoption."""
    rows = [row for row in rows if row.withdrawn_at is None]
    adopted = defaultdict(list)
    references = Adoption.objects.filter(version__plan__in=[row.pk for row in rows])
    for plan, reference in references.values_list("version__plan", "decision_reference"):
        adopted[plan].append(reference)
    for row in rows:
        words = joined(row.summary, row.case_number, *sorted(adopted[row.pk]))
        yield Entry(row.pk, "plan", row.title, words, gate="plan", gate_thing=row.pk)


def entries_of_provisions(rows):
    """This will give the entries of promises: the newest public words, and a draft that says something else."""
    rows = [row for row in rows if row.plan.withdrawn_at is None]
    public, draft = {}, {}
    texts = ProvisionText.objects.filter(provision__in=[row.pk for row in rows]).select_related("version")
    for text in texts.order_by("version__number"):
        if text.version.published_at is not None:
            public[text.provision_id] = text
        elif text.version.sealed_at is None:
            draft[text.provision_id] = text
    for row in rows:
        shown, written = public.get(row.pk), draft.get(row.pk)
        if shown is not None:
            yield _entry(row, shown, "", shown.version.published_at)
        if written is not None and (shown is None or _words(shown) != _words(written)):
            yield _entry(row, written, "draft", written.edited_at)


def _words(text):
    return text.label, text.heading, text.body


def _entry(provision, text, part, at):
    return Entry(
        provision.pk, "provision", f"{text.label} {text.heading}".strip(), text.body, part=part,
        gate="plan_version", gate_thing=text.version_id, home=provision.plan_id, at=at,
    )  # fmt: skip


def entries_of_goals(rows):
    """This will give the entries of the goals of plans that are not withdrawn."""
    for row in rows:
        if row.plan.withdrawn_at is None:
            yield Entry(row.pk, "goal", row.text, row.indicator, gate="plan", gate_thing=row.plan_id, home=row.plan_id)


def entries_of_approvals(rows):
    """This will give the entries of the answers parties have given to a text; what is only asked has none."""
    for row in rows:
        plan = row.version.plan
        if row.outcome != Approval.Outcome.ASKED and plan.withdrawn_at is None:
            words = joined(row.body, row.decision_reference, row.reservation)
            yield Entry(
                row.pk, "approval", row.party.name, words, gate="plan_version", gate_thing=row.version_id, home=plan.pk, at=row.recorded_at
            )  # fmt: skip


def found_provisions():
    """This will return the promises with what their entries need."""
    return Provision.objects.select_related("plan")


def found_goals():
    """This will return the goals with what their entries need."""
    return Goal.objects.select_related("plan")


def found_approvals():
    """This will return the answers of parties with what their entries need."""
    return Approval.objects.select_related("version__plan", "party")


def searchable_of(plan):
    """This will return everything of one plan that can be found, with the function that gives its entries."""
    return [
        (Plan.objects.filter(pk=plan.pk), entries_of_plans),
        (found_provisions().filter(plan=plan.pk), entries_of_provisions),
        (found_goals().filter(plan=plan.pk), entries_of_goals),
        (found_approvals().filter(version__plan=plan.pk), entries_of_approvals),
    ]


def searchable():
    """This will return every kind of thing here that can be found, with the function that gives its entries."""
    return [
        (Plan.objects.all(), entries_of_plans),
        (found_provisions(), entries_of_provisions),
        (found_goals(), entries_of_goals),
        (found_approvals(), entries_of_approvals),
    ]
