"""The whole Polis-compatible result: from votes to lists, every step a pure function of the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tovholder.evidence.opinion.axes import kernels
from tovholder.evidence.opinion.axes.components import Components, answers_by_statement, components, mask, rows_of, sums_of
from tovholder.evidence.opinion.axes.kernels import Real
from tovholder.evidence.opinion.polis.clusters import Clusters, cluster
from tovholder.evidence.opinion.polis.lists import Consensus, Representative, consensus, representative
from tovholder.evidence.opinion.polis.statistics import Statistics, group_aware_consensus, priorities, statistics
from tovholder.evidence.opinion.votes import Short, Votes, Whole, natural

METHOD, VERSION = "polis", "1"


@dataclass(frozen=True, eq=False)
class PolisResult:
    """Polis's quantities for one conversation. Shapes: g groups, m statements, n participants.

    group (n,): number of each participant's group, -1 for none; group_votes (g, 3, m): agree, disagree, all answers;
    group_aware_consensus, priorities (m,); agreed, rejected: the consensus lists over all participants; clusters: None where the
    groups were given. The sign is agree = 1.
    """

    group_names: tuple[str, ...]
    group: Short
    group_votes: Whole
    statistics: Statistics
    representative: tuple[tuple[Representative, ...], ...]
    agreed: tuple[Consensus, ...]
    rejected: tuple[Consensus, ...]
    group_aware_consensus: Real
    priorities: Real
    components: Components
    clusters: Clusters | None
    parameters: Mapping[str, object]
    votes: Votes

    @property
    def participants(self) -> tuple[str, ...]:
        return self.votes.participants

    @property
    def statements(self) -> tuple[str, ...]:
        return self.votes.statements

    @property
    def digest(self) -> str:
        """The fingerprint of the votes."""
        return self.votes.digest

    def figures(self) -> dict[str, Any]:
        """This will give the result as plain lists and mappings, by Polis's own names for what stands in them."""
        return {
            "group_votes": {name: self._votes(n) for n, name in enumerate(self.group_names)},
            "repness": {name: [self._shown(one) for one in self.representative[n]] for n, name in enumerate(self.group_names)},
            "group_aware_consensus": dict(zip(self.statements, self.group_aware_consensus.tolist(), strict=True)),
            "priorities": dict(zip(self.statements, self.priorities.tolist(), strict=True)),
            "components": {
                "statements": list(self.statements),
                "center": self.components.center.tolist(),
                "comps": self.components.axes.tolist(),
                "comment-extremity": self.components.extremity.tolist(),
            },
            "groups": {
                name: self.group_names[group] for name, group in zip(self.participants, self.group.tolist(), strict=True) if group >= 0
            },
            "method": METHOD,
            "version": VERSION,
            "parameters": dict(self.parameters),
            "digest": self.digest,
        }

    def _votes(self, group: int) -> dict[str, Any]:
        counts = self.group_votes[group].T.tolist()
        return {
            "id": self.group_names[group],
            "n-members": int((self.group == group).sum()),
            "votes": {name: {"A": a, "D": d, "S": s} for name, (a, d, s) in zip(self.statements, counts, strict=True)},
        }

    def _shown(self, one: Representative) -> dict[str, Any]:
        name = self.statements[one.column]
        entry: dict[str, Any] = {
            "tid": int(name) if natural(name)[0] == 0 and str(int(name)) == name else name,
            "repful-for": "agree" if one.for_agree else "disagree",
            "n-success": one.successes,
            "n-trials": one.trials,
            "p-success": one.share,
            "p-test": one.test,
            "repness": one.ratio,
            "repness-test": one.ratio_test,
        }
        return entry if one.agreed is None else {**entry, "best-agree": True, "n-agree": one.agreed}


def polis(votes: Votes, *, groups: Mapping[str, str] | None = None, moderated: Sequence[str] = (), meta: Sequence[str] = ()) -> PolisResult:
    """This will calculate Polis's published quantities. Names that nobody has voted on, or who has not voted, are passed over.

    Moderated and meta statements are set to 0 for everybody in the components and left out of the lists, as in Polis. groups fixes the
    groups (participant to group). Polis starts each update from the last one; this starts cold, so the same votes in the same order
    of arrival give the same bytes.
    """
    left_out, asked_often = mask(votes.statements, [*moderated, *meta]), mask(votes.statements, meta)
    rows, width = rows_of(votes), len(votes.statements)
    sums = sums_of(rows, width)
    answers = answers_by_statement(rows, sums, width)
    axes = components(rows, answers, sums, left_out, zeroed=True)
    clusters = None if groups is not None else cluster(votes, axes.projection)
    if clusters is None:
        names, group = _given(votes.participants, groups or {})
    else:
        names, group = tuple(str(n) for n in range(len(clusters.center))), clusters.groups
    group_votes = kernels.counts_by_group(rows.begin, rows.length, rows.statement, rows.answer, group, len(names), width)
    figures = statistics(group_votes)
    agreed, rejected = consensus(answers, left_out)
    return PolisResult(
        names,
        group,
        group_votes,
        figures,
        representative(group_votes, figures, left_out),
        agreed,
        rejected,
        group_aware_consensus(group_votes),
        priorities(group_votes, axes.extremity, asked_often),
        axes,
        clusters,
        {
            "moderated": sorted(moderated, key=natural),
            "meta": sorted(meta, key=natural),
            "groups": "found" if groups is None else "given",
            "arrival": _fingerprint([votes.person_rank, votes.statement_rank]),
        },
        votes,
    )


def _given(participants: Sequence[str], groups: Mapping[str, str]) -> tuple[tuple[str, ...], Short]:
    labels = [groups.get(name) for name in participants]
    names = tuple(sorted({label for label in labels if label is not None}, key=natural))
    number = {name: n for n, name in enumerate(names)}
    return names, np.array([-1 if label is None else number[label] for label in labels], dtype=np.int32)


def _fingerprint(arrays: Iterable[Whole]) -> str:
    return hashlib.sha256(b"".join(array.astype("<i8").tobytes() for array in arrays)).hexdigest()
