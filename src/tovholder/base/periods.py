"""Half-open periods: `valid_from` counts, `valid_until` does not."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Period(models.Model):
    """A model that is valid in a period; an empty end means until further notice."""

    valid_from = models.DateField(_("gælder fra"), null=True, blank=True)
    valid_until = models.DateField(_("gælder til"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def last_day(self):
        return self.valid_until - timedelta(days=1) if self.valid_until else None


def valid_on(day, prefix=""):
    """This will return the condition that a period holds on a day; an unknown start counts as always."""
    return (Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})) & (
        Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": day})
    )


def period_constraint(name):
    """This will return the check that a period ends after it begins."""
    return models.CheckConstraint(
        condition=Q(valid_until__isnull=True) | Q(valid_from__isnull=True) | Q(valid_until__gt=F("valid_from")), name=name
    )


def is_valid_on(row, day):
    """This will answer for one object what `valid_on` answers for many."""
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_until is None or row.valid_until > day)
