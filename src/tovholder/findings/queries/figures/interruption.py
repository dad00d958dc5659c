"""Before and after an initiative: how level and slope moved, by regression. Shown beside the chart with frozen limits, never alone."""

from .result import number

# A yearly wave is asked for only where there are years enough to see it.
YEARS_FOR_A_WAVE = 3
_IN_A_YEAR = {"month": 12, "quarter": 4}


def befores_and_afters(begins, points, phases, length):
    """This will return what changed at each initiative's beginning: [{"initiative", "on", "at", …}], the first first."""
    return [found for initiative, day in begins if (found := _one(initiative, day, points, phases, length)) is not None]


def _one(initiative, day, points, phases, length):
    import numpy as np

    from tovholder.evidence.charts.before_after import before_after

    at = next((place for place, point in enumerate(points) if point["from"] >= day.isoformat()), None)
    if not at:
        return None
    first, until = _comparable(at, points, phases)
    if not first < at < until:
        return None
    values = np.array([np.nan if point["value"] is None else point["value"] for point in points[first:until]], dtype=float)
    in_a_year = _IN_A_YEAR.get(length)
    season = in_a_year if in_a_year and len(values) >= YEARS_FOR_A_WAVE * in_a_year else None
    found = before_after(values, at - first, season=season)
    told = {"initiative": initiative, "on": day.isoformat(), "at": at, "first": first, "until": until, "reason": found.reason}
    return told | {"agree": found.agree, "method": found.method, "version": found.version} | _regression(found.regression)


def _comparable(at, points, phases):
    """The points around a place that are counted by the same definition; a decided rebase makes no new definition."""
    breaks = [phase["first"] for phase in phases if phase["why"] == "definition"]
    return max((place for place in breaks if place <= at), default=0), min((place for place in breaks if place > at), default=len(points))


def _regression(found):
    if found is None:
        return {"regression": None}
    moved = {
        name: [number(getattr(found, part)[found.terms.index(term)]) for part in ("coef", "low", "high")]
        for name, term in (("level", "post"), ("slope", "after"))
    }
    told = {"errors": found.errors, "durbin_watson": number(found.durbin_watson), "points": int(found.points), "terms": list(found.terms)}
    return {"regression": moved | told | {"conf": found.conf}}
