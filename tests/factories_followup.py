"""A goal that is followed: a region with municipalities, monthly and yearly figures, education, and a plan. All invented."""

import math
from datetime import date

from tests.factories import AT, make_by, make_party, make_plan, make_version_with
from tests.factories_figures import make_definition, make_groups, make_indicator, make_measurement, make_series, make_vintage, month_after
from tests.factories_threads import make_goal
from tovholder.findings import actions
from tovholder.parties.models import Membership

BEGINS = date(2023, 1, 1)
BASELINE = {"baseline_from": BEGINS, "baseline_until": date(2025, 1, 1)}
NAMES = ("Vejen", "Fredericia", "Odense", "Ærø", "Fanø", "Esbjerg", "Kolding", "Sønderborg")
SIZES = (4_100, 5_200, 19_800, 900, 300, 11_400, 9_300, 7_700)
SHARES = (10.1, 14.6, 12.3, 10.6, None, 12.4, 12.1, 12.5)


def monthly(count=46, before=14.2, after=12.3, change=24):
    """Shares that swing a little around one level, and from a month on around another; no chance in them."""
    return [round((before if n < change else after) + 0.45 * math.sin(n * 2.1) + 0.2 * math.cos(n * 0.9), 3) for n in range(count)]


class FollowedGoal:
    """`goal` is followed by `indicator` for `region` through `target`; the plan is public unless told otherwise."""

    def __init__(self, *, published=True, figures=True, **target):
        self.region = make_party("region", "Region Syddanmark (eksempel)", code="1083", short_name="Syddanmark")
        self.towns = [make_party("municipality", f"{name} Kommune", short_name=name, code=f"05{n:02}") for n, name in enumerate(NAMES, 10)]
        for town in self.towns:
            Membership.objects.create(member=town, group=self.region, valid_from=date(2007, 1, 1))
        self.by = make_by("planner", self.region)
        self.plan = make_plan(self.region)
        self.version = make_version_with(2, plan=self.plan, published=published, sealed=published)
        self.provision = self.version.texts.first().provision
        self.goal = make_goal(self.plan, self.provision)
        self.education, self.groups = make_groups()
        self.indicator = make_indicator(with_definition=False)
        self.definition = make_definition(self.indicator, "2.1", breakdowns=[self.education])
        self.vintage = make_vintage(self.indicator)
        if figures:
            self.deliver()
        given = BASELINE | {"value": 12.0, "due_on": date(2027, 12, 31), "breakdown": self.education} | target
        self.target = actions.set_target(self.goal, indicator=self.indicator, party=self.region, **given, by=self.by, at=AT)

    def deliver(self):
        make_series(self.vintage, self.region, monthly())
        for year in (2024, 2025):
            for town, size, share in zip(self.towns, SIZES, SHARES, strict=True):
                make_series(self.vintage, town, [share], begins=date(year, 1, 1), months=12, denominator=size)
            shares = ((16.1, 0.28), (12.6, 0.37), (10.4, 0.25), (9.1, 0.10))
            for group, (share, part) in zip(self.groups, shares, strict=True):
                size = round(58_700 * part)
                make_measurement(
                    self.vintage, self.region, date(year, 1, 1), 12, group=group, numerator=round(share / 100 * size), denominator=size
                )

    def calculate(self, at=AT, **begins):
        from tovholder.base.by import SYSTEM

        return actions.calculate_indicator(self.indicator, **begins, by=SYSTEM, at=at)

    def row(self, kind, **where):
        return self.indicator.figures.get(kind=kind, **where)


__all__ = ["AT", "BASELINE", "BEGINS", "FollowedGoal", "month_after", "monthly"]
