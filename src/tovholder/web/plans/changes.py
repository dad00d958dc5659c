"""What one version changed in another, as rows to read: changes one by one, unchanged runs folded."""

from dataclasses import dataclass, field


@dataclass
class Shown:
    """One change with its number among the changes, or a folded run of promises that are as before."""

    change: object = None
    number: int = 0
    causes: list = field(default_factory=list)
    same: list = field(default_factory=list)
    before_runs: tuple = ()
    after_runs: tuple = ()

    @property
    def present(self):
        return self.change.after or self.change.before

    @property
    def label(self):
        return self.present.label or self.present.heading

    @property
    def heading(self):
        return self.present.heading

    @property
    def from_where(self):
        return self.change.before.label or self.change.before.heading

    @property
    def first(self):
        return self.same[0].after.label or self.same[0].after.heading

    @property
    def last(self):
        return self.same[-1].after.label or self.same[-1].after.heading


@dataclass(frozen=True)
class Counted:
    changed: int
    words: int
    moved: int
    added: int
    removed: int
    same: int


def rows_of(changes, causes):
    """This will number the changes and gather what lies unchanged between them."""
    rows, number = [], 0
    for change in changes:
        if change.kind == "same":
            if not rows or not rows[-1].same:
                rows.append(Shown())
            rows[-1].same.append(change)
            continue
        number += 1
        rows.append(
            Shown(
                change=change,
                number=number,
                causes=causes.get(change.key, []),
                before_runs=tuple(run for run in change.runs if run.kind != "inserted"),
                after_runs=tuple(run for run in change.runs if run.kind != "deleted"),
            )
        )
    return rows


def counted(changes):
    """This will count what kind of changes there are."""
    runs = [run for change in changes if change.kind == "changed" for run in (*change.runs, *change.heading_runs)]
    kinds = [change.kind for change in changes]
    return Counted(
        changed=len(kinds) - kinds.count("same"),
        words=sum(run.kind == "inserted" for run in runs) + sum(_stands_alone(runs, at) for at in range(len(runs))),
        moved=sum(change.moved for change in changes),
        added=kinds.count("added"),
        removed=kinds.count("removed"),
        same=kinds.count("same"),
    )


def _stands_alone(runs, at):
    """A deletion with nothing put in its place counts as one change of words."""
    return runs[at].kind == "deleted" and (at + 1 == len(runs) or runs[at + 1].kind != "inserted")
