"""The law of votes against the real server, killed in the middle: the small version of benchmarks/votes.py."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
import pytest  # noqa: E402
import votes  # noqa: E402  the benchmarks are programs, not a package

DATABASE = "postgres" if os.environ.get("TOVHOLDER_DATABASE", "").startswith("postgres") else "sqlite"


@pytest.mark.slow
@pytest.mark.once
def test_no_acknowledged_vote_is_lost_when_the_server_is_killed(tmp_path):
    outcome = votes.run(8, 240, DATABASE, 1, seed=20261124, statements=12, folder=tmp_path)
    assert outcome.holds
    assert outcome.acknowledged == outcome.stored == 240
    assert outcome.kills == 1
    assert outcome.sql <= 6


@pytest.mark.slow
def test_a_fuller_hall_and_three_kills(tmp_path):
    outcome = votes.run(32, 4000, DATABASE, 3, seed=7, statements=20, duplicates=0.1, folder=tmp_path)
    assert outcome.holds
    assert outcome.acknowledged == outcome.stored == 4000
    assert outcome.kills == 3
