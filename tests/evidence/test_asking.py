import json
import subprocess
import sys
import time
from collections import Counter

import numpy as np
import pytest

from tests.evidence.made_votes import camps, sectors_of, votes_of
from tovholder.evidence.opinion.asking import planning as asking_plan
from tovholder.evidence.opinion.asking.choosing import ALIKE, LISTENING, SHARING, choose

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def hall():
    """80 people in two camps and three sectors; the last ten of 30 statements are ones everybody answers alike."""
    rng = np.random.default_rng(1)
    table, _ = camps(rng, 80, 30, missing=0.5)
    table[:, 20:] = np.where(table[:, 20:] == 9, 9, 1)
    votes, sector_of = votes_of(table), sectors_of(np.arange(80) % 3)
    return votes, sector_of, asking_plan.plan(votes, sector_of, votes.statements)


def test_the_phones_process_needs_no_numpy():
    told = "import sys, tovholder.evidence.opinion.asking.choosing; print('numpy' in sys.modules)"
    seen = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "False"


def test_a_plan_is_plain_and_the_same_every_time(hall):
    votes, sector_of, made = hall
    assert json.loads(json.dumps(made)) == made
    assert asking_plan.plan(votes, sector_of, votes.statements)["digest"] == made["digest"]


def test_first_comes_what_tells_most_about_the_person(hall):
    votes, _, made = hall
    for device in range(20):
        asked = choose(made, votes.statements, {}, sector="A", device=str(device))
        assert asked.why == LISTENING
        assert asked.statement in votes.statements[:20]


def test_priorities_are_the_mutual_information_with_the_class(hall):
    votes, _, made = hall
    answers = {votes.statements[3]: 1, votes.statements[4]: -1}
    profile, belief = np.array(made["profile"]), np.log(np.array(made["weights"]))
    for name, answer in answers.items():
        belief = belief + made["temper"] * np.log(profile[made["statements"].index(name)][:, answer + 1])
    belief = np.exp(belief) / np.exp(belief).sum()
    asked = choose({**made, "asked": {}}, votes.statements[5:], answers, sector="A")
    for name, priority in asked.priorities.items():
        rows = profile[made["statements"].index(name)]
        joint = belief[:, None] * rows
        told = (joint * np.log(joint / (joint.sum(axis=0) * belief[:, None]))).sum()
        assert priority == pytest.approx(1.5 * told, rel=0.02, abs=1e-3)


def test_later_the_statement_the_sector_lacks_comes_first(hall):
    votes, _, made = hall
    answers = dict.fromkeys(votes.statements[:5], 1)
    unseen = votes.statements[5:]
    few = min(unseen, key=lambda name: made["asked"]["B"].get(name, 0))
    asked = choose(made, unseen, answers, sector="B", device="d")
    assert asked.why == SHARING
    assert made["asked"]["B"].get(asked.statement, 0) <= made["asked"]["B"].get(few, 0) + 1


def test_a_new_statement_that_no_plan_knows_is_asked(hall):
    votes, _, made = hall
    answers = dict.fromkeys(votes.statements[:5], 1)
    assert choose(made, [*votes.statements[5:], "new"], answers, sector="A", device="d").statement == "new"


def test_without_a_plan_every_device_has_its_own_order():
    names = [str(n) for n in range(20)]
    first = Counter(choose(None, names, {}, device=str(n)).statement for n in range(200))
    assert len(first) == 20
    assert choose(None, names, {}, device="a").statement == choose(None, names[::-1], {}, device="a").statement


def test_few_people_give_a_plan_that_only_balances():
    votes = votes_of(np.ones((10, 8), dtype=int))
    made = asking_plan.plan(votes, sectors_of([0] * 10), [*votes.statements, "unmet"])
    assert made["weights"] == []
    assert choose(made, [votes.statements[0], "unmet"], {}, sector="A").statement == "unmet"


def test_the_alarm_sounds_when_all_priorities_are_equal(hall):
    votes, _, made = hall
    flat = {**made, "profile": [made["profile"][0]] * len(made["profile"]), "doubt": [made["doubt"][0]] * len(made["doubt"])}
    assert choose(flat, votes.statements, {}, sector="B").why == ALIKE
    assert choose(flat, votes.statements, {}, sector="B").alarm
    assert not choose(made, votes.statements, {}, sector="B").alarm


def test_equal_exposure_is_no_alarm(hall):
    votes, _, made = hall
    fresh = {**made, "weights": [], "asked": {}}
    assert not choose(fresh, votes.statements, {}, sector="A").alarm
    assert not choose(None, votes.statements, {}).alarm


def test_the_invariants_are_watched(hall):
    votes, sector_of, made = hall
    assert asking_plan.alarms(made, votes, sector_of, votes.statements) == ()
    lost = {**made, "asked": {**made["asked"], "A": {}}}
    assert any("svar" in told for told in asking_plan.alarms(lost, votes, sector_of, votes.statements))
    flat = {**made, "profile": [made["profile"][0]] * len(made["profile"])}
    assert any("samme vægt" in told for told in asking_plan.alarms(flat, votes, sector_of, votes.statements))


def test_nothing_left_to_ask_is_said():
    with pytest.raises(ValueError, match="ingen udsagn"):
        choose(None, [], {})


def test_every_sector_meets_every_statement_although_the_plan_listens_first():
    """60 people of each of two sectors, 12 statements, 8 answers each: 40 a statement if shared evenly, and at least 20 of every one."""
    table, _ = camps(np.random.default_rng(8), 120, 12, missing=0)
    names = [f"s{n:05d}" for n in range(12)]
    sector_of, rows, made = sectors_of(np.arange(120) % 2), np.full((120, 12), 9), None
    for person in range(120):
        if person % 10 == 0 and person:
            made = asking_plan.plan(votes_of(rows), sector_of, names)
        answers = {}
        for _ in range(8):
            left = [name for name in names if name not in answers]
            name = choose(made, left, answers, sector="AB"[person % 2], device=f"d{person}").statement
            answers[name] = int(table[person, int(name[1:])])
            rows[person, int(name[1:])] = answers[name]
    for sector in (0, 1):
        assert ((rows[sector::2] != 9).sum(axis=0) >= 20).all()


def test_two_hundred_statements_are_weighed_in_two_milliseconds():
    rng = np.random.default_rng(9)
    votes = votes_of(camps(rng, 100, 200)[0])
    made = asking_plan.plan(votes, sectors_of(np.arange(100) % 3), votes.statements)
    answers = dict.fromkeys(votes.statements[:4], 1)
    spent = []
    for turn in range(20):
        before = time.process_time()
        choose(made, votes.statements[4:], answers, sector="A", device=str(turn))
        spent.append(time.process_time() - before)
    assert sorted(spent)[5] < 0.004
