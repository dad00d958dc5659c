"""Questions to what is done. Initiatives are public."""

from django.db.models import Count, Q

from tovholder.base.rows import one
from tovholder.parties.queries import in_danish_order

from .models import Initiative, Partner, Programme, Reuse, Status


def initiatives(*, words="", status="", prevention="", party=None):
    """This will return the initiatives in Danish order, with how many parties do them too."""
    rows = Initiative.objects.select_related("programme").annotate(
        reuse_count=Count("reuses", filter=Q(reuses__ended_at__isnull=True), distinct=True)
    )
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(purpose__icontains=words) | Q(target_group__icontains=words))
    if status:
        rows = rows.filter(status=status)
    if prevention:
        rows = rows.filter(prevention=prevention)
    if party:
        rows = rows.filter(Q(partners__party=party) | Q(reuses__party=party)).distinct()
    return in_danish_order(rows)


def programmes():
    """This will return the programmes with their initiatives counted."""
    return in_danish_order(Programme.objects.annotate(size=Count("initiatives")))


def initiative(initiative_id):
    """This will return one initiative; raises LookupError."""
    return one(Initiative.objects.select_related("programme"), pk=initiative_id)


def programme(programme_id):
    """This will return one programme; raises LookupError."""
    return one(Programme.objects.all(), pk=programme_id)


def initiatives_of(found):
    """This will return a programme's initiatives."""
    return in_danish_order(Initiative.objects.filter(programme=found))


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
