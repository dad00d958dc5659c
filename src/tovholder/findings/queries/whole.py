"""The whole calculation behind a map: groups that last, what each of them says, flags, and the plan by which phones are asked."""

from dataclasses import dataclass

from .ballots import FEWEST_SHOWN, live_figures

SEED = 20261124
# What changes with every answer is kept apart, so that it can be renewed by itself.
LIVE = ("participants", "votes", "statements", "agreement", "disagreement", "dividing", "sectors", "map")


@dataclass(frozen=True)
class Whole:
    """`live` and `figures` may be shown to all, and are together what evidence publishes; the rest is for the house alone.

    `plan` is what is needed until the next drawing: how phones are asked, and what each group answered, so that it keeps its letter."""

    live: dict
    figures: dict
    labels: dict
    plan: dict
    digest: str
    votes: int
    are_priorities_equal: bool


def whole_of(ballots, *, is_over, known=None):
    """This will calculate everything about the votes of a conference; the same votes and known groups give the same bytes.

    Figures rest on what may be shown now, the plan for asking on every answer. `known` is the last plan's groups, which keep letters."""
    from tovholder.evidence.opinion.asking.choosing import choose
    from tovholder.evidence.opinion.asking.planning import plan
    from tovholder.evidence.opinion.result import opinion

    votes, sectors = ballots.public(is_over=is_over)
    said = {name: sectors.get(name, "") for name in votes.participants}
    found = opinion(votes, said, seed=SEED, threshold=FEWEST_SHOWN, known=known)
    public = found.public()
    if not is_over:
        public["representative"] = {group: [_in_words(row) for row in rows] for group, rows in public["representative"].items()}
    labels = {name: int(label) for name, label in zip(votes.participants, found.groups.labels, strict=True) if label >= 0}
    open_, made = list(ballots.open), plan(ballots.counted(), ballots.sectors, list(ballots.open))
    alike = len(open_) > 1 and any(choose(made, open_, {}, sector=name).alarm for name in {*ballots.sectors.values(), ""})
    return Whole(
        live=live_figures(votes, said, labels), figures={key: value for key, value in public.items() if key not in LIVE},
        labels=labels, plan={"asking": made, "groups": found.profiles or known}, digest=votes.digest, votes=votes.count,
        are_priorities_equal=alike,
    )  # fmt: skip


def _in_words(row):
    """A group is formed anew each time, so its numbers may move by one person between two pictures: they wait until the round is over."""
    return row | {"share": None, "others": None, "answers": None}


def make_ready():
    """This will calculate a small invented map and forget it, so that the first real one need not wait for the machine code."""
    from tovholder.evidence.opinion.asking.planning import plan
    from tovholder.evidence.opinion.result import opinion
    from tovholder.evidence.opinion.state.tally import Tally

    tally = Tally()
    tally.extend((f"p{person}", f"s{thing}", (person * thing) % 3 - 1) for person in range(40) for thing in range(9))
    votes = tally.votes()
    sectors = {name: "ab"[row % 2] for row, name in enumerate(votes.participants)}
    opinion(votes, sectors, seed=SEED, threshold=FEWEST_SHOWN).public()
    live_figures(votes, sectors)
    plan(votes, sectors, list(votes.statements))
