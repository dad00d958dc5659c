"""Eight results of the real Polis worker, and the votes behind them put together from the exports there are."""

from __future__ import annotations

import csv
import gzip
import json
import os
from pathlib import Path

import numpy as np

from tovholder.evidence.opinion.votes import votes_from_codes

ROOT = Path(__file__).resolve().parents[2]
OPINION = Path(os.environ.get("TOVHOLDER_SHARED", ROOT.parent / "shared")) / "data" / "opinion"
PRODUCTION = OPINION / "production-results"
NAMES = sorted(folder.name for folder in PRODUCTION.iterdir()) if PRODUCTION.is_dir() else ["the production results are not here"]
# Three people and their 395 votes are in no export of this conversation; what they left in production's counts cannot be recounted.
LACKING = {"ssis.land-bank-farmland.2rumnecbeh.2021-08-01": 395}
# In 2017 a moderated statement was 0 for everybody in the group votes too, and a missing answer was 0 in the components.
ZEROED = {"scoop-hivemind.freshwater"}
COMPLETE = [name for name in NAMES if name not in LACKING and name not in ZEROED]
# Every priority was 49 while this ran: the fault of 2025, which is theirs.
ALL_ALIKE = {"canadian-electoral-reform"}
# Before the product over the groups there was one figure for each group, with another pseudo-count.
EARLY_CONSENSUS = {"scoop-hivemind.affordable-housing"}


class Production:
    """One published result, and the votes behind it put together from the exports there are."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.blob = json.loads(gzip.decompress((PRODUCTION / name / "math-pca2.json.gz").read_bytes()))
        self.statements = [str(tid) for tid in self.blob["tids"]]
        self.moderated = [str(tid) for tid in self.blob["mod-out"]]
        self.meta = [str(tid) for tid in self.blob.get("meta-tids") or []]
        bases = dict(zip(self.blob["base-clusters"]["id"], self.blob["base-clusters"]["members"]))
        self.members = {str(group["id"]): [p for base in group["members"] for p in bases[base]] for group in self.blob["group-clusters"]}
        self.groups = {str(person): group for group, people in self.members.items() for person in people}
        said = self._exported(name)
        if name in ZEROED:
            people = {person for person, _ in said}
            said |= {(person, statement): 0 for person in people for statement in self.moderated}
        people, statements = sorted({pair[0] for pair in said}), sorted({pair[1] for pair in said})
        rows, columns = {one: n for n, one in enumerate(people)}, {one: n for n, one in enumerate(statements)}
        self.votes = votes_from_codes(
            people, statements, [rows[person] for person, _ in said], [columns[one] for _, one in said], list(said.values())
        )
        self.lists = [str(tid) for tid in self.blob["group-votes"]]
        counts = [[self.blob["group-votes"][group]["votes"][tid] for tid in self.statements] for group in self.lists]
        self.counts = np.array([[[cell[key] for cell in group] for key in "ADS"] for group in counts])
        self.left_out = np.isin(self.statements, self.moderated).astype(np.int8)

    def _exported(self, name: str) -> dict[tuple[str, str], int]:
        said: dict[tuple[str, str], int] = {}
        raw = PRODUCTION / name / "votes.json.gz"
        if raw.exists():
            rows = json.loads(gzip.decompress(raw.read_bytes()))
            for row in sorted(rows, key=lambda row: row["modified"]):
                said[str(row["participant_id"]), str(row["statement_id"])] = row["vote"]
        with (OPINION / "conversations" / name / "participants-votes.csv").open(newline="", encoding="utf-8") as file:
            table = csv.reader(file)
            header = next(table)
            first = next(n for n, word in enumerate(header) if word.isdigit())
            for row in table:
                said |= {(row[0], header[n]): int(row[n]) for n in range(first, len(row)) if row[n]}
        return said

    def column(self, values: np.ndarray) -> np.ndarray:
        """Values by statement, in the order of the published ones."""
        place = {one: n for n, one in enumerate(self.votes.statements)}
        return values[..., [place[one] for one in self.statements]]

    @property
    def meta_mask(self) -> np.ndarray:
        return np.isin(self.statements, self.meta)
