"""The whole opinion result: the same bytes from the same votes, both lenses agreeing with the votes, and nothing small in public."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tovholder.evidence.opinion.cells import smallest_cut
from tovholder.evidence.opinion.result import opinion, without_statements
from tovholder.evidence.opinion.votes import votes_from_rows
from tovholder.evidence.plain import rounded

pytestmark = pytest.mark.once
SECTORS = ("citizen", "municipality", "region")


def conversation(people=90, statements=16, seed=1):
    """Two camps; citizens are mostly in one, municipalities in the other; all agree on the first four statements."""
    rng = np.random.default_rng(seed)
    rows, sectors = [], {}
    for person in range(people):
        sector = SECTORS[person % 3]
        camp = 1 if rng.random() < (0.8, 0.2, 0.5)[person % 3] else -1
        sectors[f"p{person}"] = sector
        for statement in range(statements):
            if rng.random() < 0.85:
                lean = 1 if statement < 4 else camp * (1 if statement % 2 else -1)
                answer = lean if rng.random() < 0.75 else int(rng.integers(-1, 2))
                rows.append((f"p{person}", str(statement), answer))
    return rows, sectors


@pytest.fixture(scope="module")
def made():
    rows, sectors = conversation()
    return rows, sectors, opinion(votes_from_rows(rows), sectors, seed=3)


def as_bytes(result):
    return json.dumps([result.private(), result.public()], sort_keys=True, allow_nan=False)


def test_the_same_votes_in_any_order_give_the_same_bytes(made):
    rows, sectors, result = made
    mixed = [rows[n] for n in np.random.default_rng(2).permutation(len(rows))]
    again = opinion(votes_from_rows(mixed), dict(reversed(sectors.items())), seed=3)
    assert as_bytes(again) == as_bytes(result)


def test_both_lenses_tell_what_was_built_in(made):
    _, sectors, result = made
    told = result.private()
    assert told["basis"] == "sectors"
    assert set(told["agreement"]) == {"0", "1", "2", "3"}
    assert len(told["dividing"]) >= 6
    assert not set(told["dividing"]) & set(told["agreement"])
    assert (told["found"]["k"], told["found"]["stable"]) == (2, True)
    assert sum(told["found"]["people"].values()) == 90
    apart = {row["statement"] for rows in told["representative"].values() for row in rows}
    assert apart
    assert not apart & {"0", "1", "2", "3"}
    letter = {name: told["groups"][name] for name in sectors}
    citizens = [letter[name] for name, sector in sectors.items() if sector == "citizen"]
    towns = [letter[name] for name, sector in sectors.items() if sector == "municipality"]
    most = max("AB", key=citizens.count)
    assert citizens.count(most) > towns.count(most) + 8
    assert all(abs(sum(chances.values()) - 1) < 1e-9 for chances in told["memberships"].values())
    assert told["alarms"] == []


def test_public_has_no_single_participant_and_no_small_cell(made):
    rows, sectors, _ = made
    few = {**sectors, **dict.fromkeys([f"p{n}" for n in range(4)], "patientforening")}
    public = opinion(votes_from_rows(rows), few, seed=3).public()
    assert "groups" not in public
    assert "memberships" not in public
    assert not any(f'"{name}"' in json.dumps(public) for name in sectors)
    for row in public["statements"]:
        for cell in row["sectors"]:
            assert cell["state"] in ("hidden", "not_asked") or cell["asked"] >= 5
            assert cell["sector"] != "patientforening" or "asked" not in cell
    assert all(dot["people"] >= 5 for dot in public["map"]["dots"])
    assert {area["sector"] for area in public["map"]["sectors"]} <= set(SECTORS)
    assert next(one for one in public["sectors"]["sectors"] if one["sector"] == "patientforening")["people"] is None


def test_without_sectors_the_groups_are_compared_and_without_groups_everyone():
    rows, _ = conversation()
    told = opinion(votes_from_rows(rows)).public()
    assert told["basis"] == "groups"
    assert told["sectors"] is None
    assert {"0", "1", "2", "3"} == set(told["agreement"])
    rng = np.random.default_rng(4)
    noise = [(f"p{person}", str(n), int(rng.integers(-1, 2)) if n else 1) for person in range(60) for n in range(9)]
    told = opinion(votes_from_rows(noise))
    assert told.private()["groups"] is None
    assert told.public()["found"]["reason"].startswith("Ingen stabile grupper")
    assert (told.public()["basis"], told.public()["agreement"]) == ("everyone", ["0"])


ALONE = {
    "one vote": [("a", "1", 1)],
    "one participant": [("a", str(n), 1) for n in range(9)],
    "one statement": [(str(n), "1", n % 3 - 1) for n in range(20)],
    "all agree": [(str(p), str(n), 1) for p in range(12) for n in range(8)],
    "nobody knows": [(str(p), str(n), 0) for p in range(12) for n in range(8)],
    "one vote each": [(str(p), str(p), 1) for p in range(12)],
}


@pytest.mark.parametrize("rows", ALONE.values(), ids=ALONE)
def test_too_little_is_said_to_be_too_little(rows):
    told = opinion(votes_from_rows(rows), {"a": "citizen"}).private()
    assert told["found"]["k"] == 0
    assert told["found"]["reason"]
    assert told["groups"] is None
    assert {row["kind"] for row in told["statements"]} == {"too_early"}
    assert told["alarms"] == ["Færre end to sektorer har mindst 7 deltagere. Det er for tidligt at sammenligne dem."]
    json.dumps(told, allow_nan=False)


def test_all_agreeing_is_agreement_and_the_votes_left_out_do_not_count():
    rows = [(str(person), str(n), 1) for person in range(40) for n in range(8)]
    votes = votes_from_rows([*rows, ("stranger", "ude", -1)])
    kept = without_statements(votes, ["ude"])
    assert (kept.statements, "stranger" in kept.participants) == (tuple(str(n) for n in range(8)), False)
    told = opinion(kept).public()
    assert sorted(told["agreement"]) == [str(n) for n in range(8)]
    assert all(row["agreement"] > 0.9 for row in told["statements"])


@settings(max_examples=50)
@given(some.floats(allow_nan=False, allow_infinity=False))
def test_rounding_twice_is_rounding_once_and_moves_nothing_far(value):
    once = rounded({"a": [value, "b", None, 3]})
    assert rounded(once) == once
    assert once["a"][0] == pytest.approx(value, rel=1e-11)
    assert str(once["a"][0]) != "-0.0"
    assert once["a"][1:] == ["b", None, 3]


def test_those_who_do_not_mean_it_are_on_the_map_but_do_not_draw_it():
    rows, _ = conversation(people=120, statements=24)
    kept = votes_from_rows(rows).participants
    liars = [f"lige{n}" for n in range(8)]
    before = opinion(votes_from_rows(rows))
    after = opinion(votes_from_rows([*rows, *((name, str(n), 1) for name in liars for n in range(24))]))
    place = {name: n for n, name in enumerate(after.votes.participants)}
    assert before.groups.k == 2
    assert [after.groups.labels[place[name]] for name in kept] == before.groups.labels.tolist()
    assert np.allclose(after.groups.memberships.sum(axis=1), 1)
    extra = [place[name] for name in liars]
    assert after.flags.flagged[extra].all()
    assert (after.groups.labels[extra] >= 0).all()


@pytest.mark.parametrize("seed", range(3))
def test_no_group_minus_a_sector_tells_of_fewer_than_five(seed):
    """Two sectors that nearly are the two groups: what is told of both must not single out the few who cross."""
    rng = np.random.default_rng(seed)
    rows, sectors = [], {}
    for person in range(50):
        sectors[f"p{person}"] = "AB"[person >= 26]
        for statement in rng.permutation(9).tolist():
            lean = 1 if (statement < 4) == (person < 26) else -1
            rows.append((f"p{person}", f"s{statement}", lean if rng.random() > 0.25 else -lean))
    result = opinion(votes_from_rows(rows), sectors, seed=1)
    votes, told = result.votes, result.public()
    k = result.groups.k
    assert k == 2
    sector = np.array([name != "A" for name in map(sectors.get, votes.participants)], dtype=int)[votes.person]
    people = np.zeros((len(votes.statements), 2, k + 1), dtype=np.int64)
    np.add.at(people, (votes.statement, sector, np.where(result.crossed < 0, k, result.crossed)), 1)
    numbered = {(group, row["statement"]) for group, rows in told["representative"].items() for row in rows if row["share"]}
    groups = np.array([[("AB"[group], name) in numbered for group in range(k)] + [False] for name in votes.statements])
    shown = {row["statement"]: ["asked" in cell for cell in row["sectors"]] for row in told["statements"]}
    told_of = groups.any(axis=1)
    cuts = smallest_cut(people, np.array([shown[name] for name in votes.statements]), groups)
    assert (cuts[told_of] >= 5).all()
