"""What a running conference may show: totals move in steps of several people, so that nobody's press of a button can be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tovholder.evidence.opinion.cells import THRESHOLD

Row = tuple[str, str, int]


@dataclass
class _Cell:
    """One sector's answers to one statement: those shown, and those that wait for company."""

    shown: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)


class Steps:
    """Answers in the order they came, let through in steps of `threshold` people for each sector and statement.

    A cell first shows `threshold` people when twice as many have answered, and then another `threshold` each time. Between two
    pictures, and between the last picture and the final result, a cell therefore changes by nobody or by at least `threshold` people,
    and every total is a sum of cells. A changed answer waits like a new one, also when it is changed back: whoever watches counts presses.
    The answers let through depend on nothing but the order of the answers, not on when somebody looked.
    """

    def __init__(self, threshold: int = THRESHOLD) -> None:
        if threshold < 1:
            raise ValueError(f"Tærsklen for små celler er mindst 1, ikke {threshold}.")
        self._threshold = threshold
        self._cells: dict[tuple[str, str], _Cell] = {}
        self._home: dict[str, str] = {}

    def add(self, person: str, statement: str, answer: int, sector: str = "") -> tuple[Row, ...]:
        """This will take the next answer and give the rows that may be shown from now on, mostly none. A person's first sector is kept."""
        home = self._home.setdefault(person, sector)
        cell = self._cells.setdefault((statement, home), _Cell())
        if cell.shown.get(person) == answer and person not in cell.waiting:
            return ()
        cell.waiting[person] = answer
        if len(cell.waiting) < 2 * self._threshold:
            return ()
        names = list(cell.waiting)[: self._threshold]
        for name in names:
            cell.shown[name] = cell.waiting.pop(name)
        return tuple((name, statement, cell.shown[name]) for name in names)

    @property
    def sector_of(self) -> Mapping[str, str]:
        """Each participant's sector as it was at the first answer."""
        return MappingProxyType(self._home)

    def rows(self) -> tuple[Row, ...]:
        """This will give the (participant, statement, answer) that may be counted now."""
        found = ((person, statement, answer) for (statement, _), cell in self._cells.items() for person, answer in cell.shown.items())
        return tuple(sorted(found))


def let_through(events: Iterable[tuple[str, str, int, str]], threshold: int = THRESHOLD) -> tuple[Row, ...]:
    """This will give what may be shown after these (participant, statement, answer, sector) in the order they came. Raises ValueError."""
    steps = Steps(threshold)
    for person, statement, answer, sector in events:
        steps.add(person, statement, answer, sector)
    return steps.rows()
