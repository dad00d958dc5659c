"""What is hidden cannot be worked out: tried by going through every table that fits what is shown."""

from dataclasses import dataclass, field
from datetime import date
from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.findings.queries.figures.cells import Cell
from tovholder.findings.queries.figures.inputs import Inputs
from tovholder.findings.queries.figures.protection import protected

YEAR = (date(2025, 1, 1), date(2026, 1, 1))
HALVES = ((date(2025, 1, 1), date(2025, 7, 1)), (date(2025, 7, 1), date(2026, 1, 1)))


@dataclass
class Table:
    """True counts of places, who adds up to whom, and what is small."""

    counts: dict
    members: dict
    threshold: int
    zeros: bool = False
    groups: dict = field(default_factory=dict)

    @property
    def least(self):
        return 0 if self.zeros else 1

    def is_small(self, count):
        return self.least <= count < self.threshold

    def inputs(self, cells):
        kinds = {name: "region" if name == "R" else "health_council" if name in self.members else "municipality" for name in self.counts}
        parties = {name: SimpleNamespace(pk=name, kind_id=kind, valid_from=None, valid_until=None) for name, kind in kinds.items()}
        members = {name: [(town, None, None) for town in towns] for name, towns in self.members.items()}
        indicator = SimpleNamespace(threshold=self.threshold, zeros_are_small=self.zeros)
        groups = {"g": [SimpleNamespace(pk=pk) for pk in self.groups]} if self.groups else {}
        return Inputs(indicator, [], [], [], {}, members, "", cells=cells, parties=parties, groups=groups)


def cell(name, x, *, period=YEAR, group=None, small=False):
    if small:
        return Cell(name, *period, group, None, None, None, None, None, "suppressed", "d")
    return Cell(name, *period, group, x, 100, x, None, None, "", "d")


def shown_of(table):
    cells = [cell(name, x, small=table.is_small(x)) for name, x in table.counts.items()]
    return {one.party: one for one in protected(table.inputs(cells))}


def feasible(table, found, name, most=14):
    """Every value a hidden count can have, given all that is shown and which cells are small."""
    hidden = [one for one in table.counts if found[one].x is None and one not in table.members]
    ranges = [range(table.least, table.threshold) if found[one].why == "suppressed" else range(most) for one in hidden]
    values = set()
    for guess in product(*ranges):
        world = {one: found[one].x for one in table.counts} | dict(zip(hidden, guess, strict=True))
        sums = {group: sum(world[town] for town in towns) for group, towns in table.members.items()}
        fits = all(
            found[group].x == total if found[group].x is not None else found[group].why != "suppressed" or table.is_small(total)
            for group, total in sums.items()
        )
        if fits:
            values.add(sums[name] if name in sums else world[name])
    return values


counts = st.integers(0, 6)


def tried(towns, threshold, zeros):
    names = dict(zip("abcd", towns, strict=True))
    members = {"R": list("abcd"), "C": list("ab"), "D": list("cd")}
    table = Table(names | {group: sum(names[town] for town in own) for group, own in members.items()}, members, threshold, zeros)
    found = shown_of(table)
    for name, one in found.items():
        if one.why == "suppressed":
            possible = feasible(table, found, name)
            assert set(range(table.least, threshold)) <= possible, (name, possible)


four_towns = st.lists(counts, min_size=4, max_size=4)


@settings(max_examples=40, deadline=None)
@given(four_towns, st.integers(2, 5), st.booleans())
def test_no_small_count_can_be_worked_out_from_a_region_and_its_councils(towns, threshold, zeros):
    tried(towns, threshold, zeros)


@pytest.mark.slow
@settings(max_examples=1_500, deadline=None)
@given(four_towns, st.integers(2, 5), st.booleans())
def test_no_small_count_can_be_worked_out_at_length(towns, threshold, zeros):
    tried(towns, threshold, zeros)


def test_the_only_hidden_town_takes_another_with_it():
    table = Table({"a": 3, "b": 40, "c": 17, "R": 60}, {"R": ["a", "b", "c"]}, 5)
    found = shown_of(table)
    assert [name for name, one in found.items() if one.x is None] == ["a", "c"]
    assert found["c"].why == "protects"
    assert {found["c"].value, found["c"].low} == {None}


def test_enough_hidden_already_hides_no_more():
    table = Table({"a": 2, "b": 2, "c": 3, "d": 3, "R": 10}, {"R": ["a", "b", "c", "d"]}, 5)
    found = shown_of(table)
    assert found["R"].x == 10
    assert [one.why for name, one in found.items() if name != "R"] == ["suppressed"] * 4


def test_when_all_parts_are_hidden_and_the_total_gives_them_away_it_is_hidden_too():
    table = Table({"a": 4, "b": 4, "R": 8}, {"R": ["a", "b"]}, 5)
    assert shown_of(table)["R"].why == "protects"


def test_large_counts_held_back_beside_a_small_one_hide_it_already():
    held = [cell("a", 3, small=True), cell("b", 400, small=True), cell("c", 90), cell("R", 493)]
    table = Table({"a": 3, "b": 400, "c": 90, "R": 493}, {"R": ["a", "b", "c"]}, 5)
    assert [one.x for one in protected(table.inputs(held))] == [None, None, 90, 493]


def test_nothing_is_hidden_where_nothing_is_small():
    table = Table({"a": 10, "b": 20, "R": 30}, {"R": ["a", "b"]}, 5)
    assert all(one.x is not None for one in shown_of(table).values())


@pytest.mark.parametrize("whole", [50, 41])
def test_months_and_groups_are_added_up_too(whole):
    table = Table({"a": whole}, {}, 5, groups={1: "x", 2: "y", 3: "z"})
    groups = [cell("a", x, group=pk, small=x < 5) for pk, x in ((1, 3), (2, 30), (3, whole - 33))]
    found = protected(table.inputs([cell("a", whole), *groups]))
    assert sum(one.x is None for one in found if one.group) == 2
    halves = [cell("a", 3, period=HALVES[0], small=True), cell("a", whole - 3, period=HALVES[1])]
    found = protected(table.inputs([cell("a", whole), *halves]))
    assert [one.x for one in found][1:] == [None, None]


def test_a_part_that_is_missing_hides_the_others_by_itself():
    table = Table({"a": 3, "b": 40, "R": 60}, {"R": ["a", "b", "gone"]}, 5)
    found = shown_of(table)
    assert found["b"].x == 40
