"""Reading one row the way doors need it."""

from django.core.exceptions import ObjectDoesNotExist


def one(rows, **which):
    """This will return the one row that matches; raises LookupError, which doors turn into "not found"."""
    try:
        return rows.get(**which)
    except (ObjectDoesNotExist, ValueError) as error:
        raise LookupError(f"no {rows.model.__name__} {which}") from error


def hold(row):
    """This will keep a row for this write alone until it is over, so that what is begun or numbered under it takes its turn."""
    list(type(row)._base_manager.select_for_update(no_key=True).filter(pk=row.pk).values_list("pk"))
