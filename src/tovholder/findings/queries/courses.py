"""A course as it was calculated, looked at again: the latest figure, and the same course as it was known on an earlier day."""

_IN_A_YEAR = {"month": 12, "quarter": 4, "half": 2, "year": 1}


def latest_of(points, length, multiplier):
    """This will return the latest figure: the last twelve months together where all of them are shown, else the last point alone.

    Counts are added up where they are known, single values averaged."""
    known = [place for place, point in enumerate(points) if point["value"] is not None]
    if not known:
        return {"latest": None, "latest_from": None, "latest_until": None, "latest_points": 0}
    last = known[-1]
    window = points[max(last - _IN_A_YEAR.get(length, 1) + 1, 0) : last + 1]
    if len(window) < _IN_A_YEAR.get(length, 1) or any(point["value"] is None for point in window):
        window = [points[last]]
    if len({point["definition"] for point in window}) > 1:
        window = [points[last]]
    if all(point["x"] is not None and point["n"] for point in window):
        value = sum(point["x"] for point in window) / sum(point["n"] for point in window) * multiplier
    else:
        value = sum(point["value"] for point in window) / len(window)
    return {
        "latest": float(f"{value:.10g}"), "latest_points": len(window), "latest_from": window[0]["from"],
        "latest_until": window[-1]["until"],
    }  # fmt: skip


def known_on(figures, day):
    """This will return a course as it was known on a day: without the periods that had not ended; None when none had."""
    kept = sum(point["until"] <= day.isoformat() for point in figures["points"])
    if not kept:
        return None
    cut = {name: figures[name][:kept] for name in ("points", "centre", "lower", "upper", "broken", "kinds")}
    phases = [
        phase | {"until": min(phase["until"], kept), "baseline": [phase["baseline"][0], min(phase["baseline"][1], kept)]}
        for phase in figures["phases"]
        if phase["first"] < kept and phase["baseline"][0] < kept
    ]
    return figures | cut | {"phases": phases or figures["phases"][:1]}
