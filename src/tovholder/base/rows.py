"""Reading one row the way doors need it."""

from django.core.exceptions import ObjectDoesNotExist


def one(rows, **which):
    """This will return the one row that matches; raises LookupError, which doors turn into "not found"."""
    try:
        return rows.get(**which)
    except (ObjectDoesNotExist, ValueError) as error:
        raise LookupError(f"no {rows.model.__name__} {which}") from error
