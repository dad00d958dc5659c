"""How the hall answers each other's statements: three ways of seeing things, across the sectors, and a few who agree with everything."""

from datetime import timedelta
from random import Random

from tovholder.base.by import By
from tovholder.dialogue import actions

# Few of the last two, so that one sees what is too little to show.
PHONES = {"citizen": 112, "municipality": 88, "region": 72, "practice": 44, "other": 6, "": 14}
AGREES_WITH_ALL = 12
ANSWERS = 26
CORE = 36
# The share of each sector that sees things in the first, the second and the third way.
WAYS = {
    "citizen": (0.56, 0.12, 0.32), "municipality": (0.22, 0.26, 0.52), "region": (0.22, 0.62, 0.16), "practice": (0.26, 0.62, 0.12),
    "other": (0.3, 0.1, 0.6), "": (0.34, 0.33, 0.33),
}  # fmt: skip
# How large a share of each way agrees, by theme: a fast human being, better systems, help close by. What is not named unites.
USUAL = (0.97, 0.97, 0.97)
VIEWS = {
    "en": (0.98, 0.1, 0.6), "skaerm": (0.12, 0.98, 0.3), "ring": (0.96, 0.12, 0.8), "akut": (0.3, 0.5, 0.97), "stil": (0.6, 0.14, 0.97),
    "penge": (0.08, 0.85, 0.95), "kor": (0.9, 0.15, 0.3), "gen": (0.2, 0.85, 0.25), "psyk": (0.85, 0.9, 0.2),
}  # fmt: skip
UNSURE = 0.05


def vote(world):
    """This will let the phones in the hall answer each other's statements."""
    rng = Random(20261125)  # noqa: S311
    conference = world.said_today[0][0].conference
    core, rest = _weighed(world.said_today)
    shown = world.at - timedelta(minutes=6)
    number = 0
    for sector, phones in PHONES.items():
        for _ in range(phones):
            number += 1
            by, at = By(device=f"demo-hall-{world.day.isoformat()}-{number}"), shown - timedelta(minutes=rng.randrange(30))
            actions.declare_sector(conference, sector=sector, by=by, at=at)
            way = rng.choices((0, 1, 2), WAYS[sector])[0]
            _answer(world, rng, by, at, _asked(rng, core, rest), lambda theme, way=way: VIEWS.get(theme, USUAL)[way])
    for more in range(AGREES_WITH_ALL):
        by, at = By(device=f"demo-hall-{world.day.isoformat()}-all-{more}"), shown - timedelta(minutes=more)
        actions.declare_sector(conference, sector="citizen", by=by, at=at)
        _answer(world, rng, by, at, _asked(rng, core, rest), lambda theme: 2.0)


def _weighed(said):
    """Proposals can be agreed with; the first of each theme are asked about most."""
    proposals = [pair for pair in said if pair[0].kind == "proposal"]
    by_theme = {}
    for row, theme in proposals:
        by_theme.setdefault(theme, []).append((row, theme))
    turns = [rows[turn] for turn in range(CORE) for rows in by_theme.values() if turn < len(rows)]
    core = turns[:CORE]
    known = {row.pk for row, _theme in core}
    return core, [pair for pair in said if pair[0].pk not in known]


def _asked(rng, core, rest):
    return rng.sample(core, ANSWERS - 4) + rng.sample(rest, 4)


def _answer(world, rng, by, at, asked, share):
    for seconds, (row, theme) in enumerate(asked):
        agrees, drawn = share(theme), rng.random()
        answer = 1 if drawn < agrees * (1 - UNSURE) or agrees > 1 else 0 if rng.random() < UNSURE else -1
        actions.vote(row.pk, answer=answer, key=row.pk, by=by, at=at + timedelta(seconds=9 * seconds))
    world.count("svar på andres udsagn", len(asked))
