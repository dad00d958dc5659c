"""Questions to what is done. Initiatives are public."""

from django.db.models import Count, Q

from tovholder.base.rows import one
from tovholder.base.search import Entry, joined
from tovholder.parties.models import Party
from tovholder.parties.queries import in_danish_order
from tovholder.parties.rules import COORDINATOR, PLANNER, PRACTITIONER

from .models import Initiative, Partner, Programme, Reuse, Status


def initiatives_with_counts():
    """This will return the initiatives, each with how many parties do it too."""
    return Initiative.objects.select_related("programme", "started_by").annotate(
        reuse_count=Count("reuses", filter=Q(reuses__ended_at__isnull=True), distinct=True)
    )


def initiatives(*, words="", status="", prevention="", party=None):
    """This will return the initiatives in Danish order, with how many parties do them too."""
    rows = initiatives_with_counts()
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(purpose__icontains=words) | Q(target_group__icontains=words))
    if status:
        rows = rows.filter(status=status)
    if prevention:
        rows = rows.filter(prevention=prevention)
    if party:
        doing = Reuse.objects.filter(party=party, ended_at__isnull=True).values("initiative")
        partner = Partner.objects.filter(party=party, initiative__isnull=False).values("initiative")
        rows = rows.filter(Q(started_by=party) | Q(pk__in=partner) | Q(pk__in=doing))
    return in_danish_order(rows)


def programmes():
    """This will return the programmes with their initiatives counted."""
    return in_danish_order(Programme.objects.annotate(size=Count("initiatives")))


def initiative(initiative_id):
    """This will return one initiative; raises LookupError."""
    return one(Initiative.objects.select_related("programme", "started_by"), pk=initiative_id)


def programme(programme_id):
    """This will return one programme; raises LookupError."""
    return one(Programme.objects.select_related("started_by"), pk=programme_id)


def initiatives_of(found):
    """This will return a programme's initiatives."""
    return in_danish_order(initiatives_with_counts().filter(programme=found))


def partners_of(found):
    """This will return the partners of a programme or an initiative, authorities first."""
    where = {"programme": found} if isinstance(found, Programme) else {"initiative": found}
    return Partner.objects.filter(**where).select_related("party__kind").order_by("id")


def funding_of(found):
    """This will return who pays for a programme or an initiative."""
    return found.funding.order_by("id")


def reuses_of(found):
    """This will return who does the initiative too, the first one first."""
    return Reuse.objects.filter(initiative=found).select_related("party", "person").order_by("began_at", "thing_id")


def by_ids(ids):
    """This will return {id: initiative} for many ids."""
    return {row.pk: row for row in Initiative.objects.filter(pk__in=ids).select_related("programme")}


def running_count():
    """This will return how many initiatives are running."""
    return Initiative.objects.filter(status=Status.RUNNING).count()


def statuses():
    """This will return the words for how far an initiative has come."""
    return Status.choices


def preventions():
    """This will return the kinds of prevention with their words."""
    return Initiative._meta.get_field("prevention").choices


def parties_at_work():
    """This will return the parties that began, take part in or do something, in Danish order."""
    began = Initiative.objects.filter(started_by__isnull=False).values("started_by")
    partners = Partner.objects.filter(party__isnull=False, initiative__isnull=False).values("party")
    doing = Reuse.objects.filter(ended_at__isnull=True).values("party")
    return in_danish_order(Party.objects.filter(Q(pk__in=began) | Q(pk__in=partners) | Q(pk__in=doing)))


def may_do_too_as(found, by):
    """This will return the actor's own parties that do not do the initiative yet, in Danish order."""
    doing = Reuse.objects.filter(initiative=found, ended_at__isnull=True).values("party")
    own = by.parties_as(PLANNER, COORDINATOR, PRACTITIONER)
    return in_danish_order(Party.objects.filter(pk__in=own).exclude(pk__in=doing)) if own else []


def reuse(reuse_id):
    """This will return one party's doing the initiative too; raises LookupError."""
    return one(Reuse.objects.select_related("initiative", "party"), pk=reuse_id)


def entries_of_programmes(rows):
    """This will give the search entries of programmes."""
    for row in rows:
        yield Entry(row.pk, "programme", row.name, joined(row.motto, row.purpose, row.goal))


def entries_of_initiatives(rows):
    """This will give the search entries of initiatives, with what was learned."""
    for row in rows:
        learned = (row.worked, row.worked_less, row.evaluation, row.equity_note)
        words = joined(row.purpose, row.method, row.target_group, row.included, row.excluded, *learned)
        yield Entry(row.pk, "initiative", row.name, words, home=row.programme_id)


def searchable():
    """This will return every kind of thing here that can be found, with the function that gives its entries."""
    return [(Programme.objects.all(), entries_of_programmes), (Initiative.objects.all(), entries_of_initiatives)]
