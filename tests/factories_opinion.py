"""Halls that have answered, for tests: who answered is invented, and so is what they think."""

from datetime import timedelta

from tests.factories import AT, make_conference, make_question, make_statement
from tovholder.base.events import new_thing
from tovholder.dialogue.models import DeclaredSector, Vote
from tovholder.findings.models import Finding, OpinionMap

DEVICE = "enhed"
SECTORS = {"citizen": 30, "municipality": 24, "region": 20, "practice": 12, "other": 3}


def make_hall(conference=None, *, sectors=None, statements=8, answers=6, seed=1, at=AT):
    """A conference where two ways of seeing things meet: all agree about the first statements, and are split over the others."""
    import numpy as np

    rng = np.random.default_rng(seed)
    conference = conference or make_conference()
    question = make_question(conference)
    rows = [make_statement(question, text=f"Udsagn {n} siger noget bestemt.", sector="") for n in range(statements)]
    votes, declared = [], []
    for sector, count in (sectors or SECTORS).items():
        for _ in range(count):
            device = f"{DEVICE}-{len(declared)}-{seed}"
            declared.append(DeclaredSector(conference=conference, device=device, sector=sector, at=at))
            way = rng.integers(2)
            for n in rng.permutation(statements)[:answers]:
                agrees = 0.95 if n < statements // 2 else (0.93, 0.07)[way]
                answer = 1 if rng.random() < agrees else -1
                votes.append(Vote(statement=rows[n], device=device, answer=answer, key="k", at=at + timedelta(seconds=len(votes))))
    DeclaredSector.objects.bulk_create(declared)
    Vote.objects.bulk_create(votes)
    return conference, rows


def answer_again(statement, device, answer, at):
    """One phone changes its mind, by the action."""
    from tovholder.base.by import By
    from tovholder.dialogue import actions

    actions.vote(statement.pk, answer=answer, key="k2", by=By(device=device), at=at)


def cells_in(figures):
    """Every count of people that figures show, wherever it stands."""
    if isinstance(figures, dict):
        for name in ("asked", "people", "n", "n_others"):
            if isinstance(figures.get(name), int):
                yield figures[name]
        for value in figures.values():
            yield from cells_in(value)
    elif isinstance(figures, list):
        for value in figures:
            yield from cells_in(value)


def _cell(sector, asked, agree):
    share = agree / asked
    low, high = max(share - 0.15, 0.0), min(share + 0.1, 1.0)
    return {
        "sector": sector, "state": "enough", "asked": asked, "agree": agree, "pass": 0, "disagree": asked - agree,
        "agree_share": [share, low, high], "disagree_share": [1 - share, 1 - high, 1 - low],
    }  # fmt: skip


def _line(statement, kind, agreed, of):
    cells = [_cell("citizen", of, agreed), _cell("municipality", of, of - 2)]
    cells.append({"sector": "other", "state": "hidden"})
    return {
        "statement": statement, "kind": kind, "agreement": 0.71 if kind == "agreement" else None, "agrees_least": "citizen",
        "disagreement": None, "disagrees_least": None, "difference": None, "sectors": cells, "together": None, "total": None,
        "not_asked": ["other"],
    }  # fmt: skip


def figures_of(statements):
    """The figures of a map by hand: the first statement is agreed upon, the rest divide; as evidence publishes them."""
    kinds = ["agreement", *["dividing"] * (len(statements) - 1)]
    lines = [_line(row.pk, kind, 18 if kind == "agreement" else 8, 20) for row, kind in zip(statements, kinds)]
    by_kind = {kind: [row["statement"] for row in lines if row["kind"] == kind] for kind in ("agreement", "disagreement", "dividing")}
    people = [{"sector": name, "people": count, "counts": count is not None} for name, count in
              (("citizen", 30), ("municipality", 24), ("other", None))]  # fmt: skip
    spots = [{"x": n / 10 - 0.5, "y": (n * 7 % 10) / 10 - 0.5, "people": 6, "group": "A" if n < 5 else "B"} for n in range(9)]
    shape = {"people": 27, "x": 0.0, "y": 0.0, "wide": 0.4, "narrow": 0.2, "turn": 10}
    drawn = {
        "dots": spots, "groups": [shape | {"group": "A", "x": -0.3}, shape | {"group": "B", "x": 0.3}],
        "sectors": [shape | {"sector": "citizen", "x": -0.2}, shape | {"sector": "municipality", "x": 0.2}], "hidden": ["other"],
        "smallest": 5, "axes": [2.0, 1.0],
    }  # fmt: skip
    live = {
        "participants": 57, "votes": 400, "statements": lines, **by_kind, "sectors": {"total": 57, "sectors": people, "together": None},
        "map": drawn,
    }  # fmt: skip
    says = {"statement": lines[0]["statement"], "side": "agree", "q": 0.01, "share": [0.9, 0.8, 0.95], "others": 0.4, "answers": 20}
    alike = {"people": 6, "answers": 90}
    rest = {
        "method": "tovholder", "version": "1", "found": {"k": 2, "stable": True, "reason": "", "people": {"A": 30, "B": 27}},
        "representative": {"A": [says], "B": []}, "flags": {"people": 57, "straight": alike, "blocs": [], "all": alike},
        "uncertainty": {"without_flagged": {"kept": by_kind["agreement"], "only_with": [], "only_without": []}},
    }  # fmt: skip
    return live, rest


PARAMETERS = {"seed": 1, "threshold": 5, "evidence": 7, "level": 0.9}


def make_map(conference, statements, at=AT, **fields):
    """A map as a keeper left it, without any calculation."""
    live, figures = figures_of(statements)
    made = {"live": live, "live_at": at, "figures": figures, "drawn_at": at, "votes": 400, "digest": "ab12" * 16, "method": "tovholder",
            "method_version": "1", "parameters": PARAMETERS}  # fmt: skip
    return OpinionMap.objects.create(conference=conference, **(made | fields))


def make_finding(conference, statements, at=AT, **fields):
    """A published finding with its figures."""
    live, figures = figures_of(statements)
    kept = {"live": live, "figures": figures, "parameters": PARAMETERS, "drawn_at": at.isoformat()}
    made = {"title": "Alle vil have besked (eksempel)", "method": "tovholder", "method_version": "1", "inputs_digest": "ab12" * 16,
            "owner": conference.organiser, "conference": conference, "figures": kept, "published_at": at}  # fmt: skip
    return Finding.objects.create(thing=new_thing("finding", at), **(made | fields))
