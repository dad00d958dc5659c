"""What parties and groups in kept figures are called, as they were in their period."""

from tovholder.base.written import name_of
from tovholder.parties.models import Party

from ..models import Group
from .drawing.places import Named


def names_of(areas):
    """This will return {party id: Named} of the areas in kept figures; one question."""
    rows = Party.objects.filter(pk__in={area["party"] for area in areas}).values_list("pk", "name", "short_name", "code", "kind")
    return {pk: Named(_short(name, short, kind), code) for pk, name, short, code, kind in rows}


def _short(name, short, kind):
    if kind == "municipality":
        return short or name.removesuffix(" Kommune")
    return name


def groups_of(breakdown):
    """This will return {code: name} of a breakdown's groups in the reader's language; one question."""
    return {row.code: name_of(row) for row in Group.objects.filter(breakdown=breakdown).order_by("order")}
