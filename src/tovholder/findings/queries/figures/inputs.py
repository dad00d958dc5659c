"""Everything an indicator's figures are calculated from, and one digest of it all: the same digest, nothing to calculate."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F

from tovholder.parties.models import Membership, Party
from tovholder.parties.queries import MAP_KINDS

from ...models import Definition, Figures, Group, Indicator, Target
from .cells import cells_of, chain_of, taken_vintages

# Raised when a release calculates in another way than the one before: everything is then calculated anew.
EDITION = 1
MUNICIPALITY = "municipality"
AREA_KINDS = (MUNICIPALITY, *(kind for kind in MAP_KINDS if kind != "region"))


@dataclass(frozen=True)
class Inputs:
    """One indicator: its standing vintages, definitions, the goals that are followed by it, and who belonged to what and when."""

    indicator: Indicator
    chain: list
    definitions: list
    targets: list
    begins: dict
    members: dict
    digest: str
    cells: list = field(default_factory=list)
    parties: dict = field(default_factory=dict)
    groups: dict = field(default_factory=dict)

    @property
    def newest(self):
        return self.chain[0]

    def definition_of(self, cell):
        """This will return the definition a cell was counted by."""
        return self._by_id[cell.definition]

    @cached_property
    def _by_id(self):
        return {row.pk: row for row in self.definitions}

    @cached_property
    def whole(self):
        """The cells of nobody in particular's group: {party: cells}, the oldest first."""
        found = defaultdict(list)
        for cell in sorted(self.cells, key=lambda cell: (cell.first, cell.until)):
            if cell.group is None:
                found[cell.party].append(cell)
        return found

    @cached_property
    def of_groups(self):
        """The cells of groups: {(party, breakdown): cells}."""
        codes = {group.pk: code for code, groups in self.groups.items() for group in groups}
        found = defaultdict(list)
        for cell in self.cells:
            if cell.group is not None and cell.group in codes:
                found[cell.party, codes[cell.group]].append(cell)
        return found

    @cached_property
    def in_period(self):
        """The cells of one period, without groups: {(first day, day after): {party: cell}}."""
        found = defaultdict(dict)
        for party, cells in self.whole.items():
            for cell in cells:
                found[cell.first, cell.until][party] = cell
        return found

    @property
    def definition(self):
        """The definition in force, or the last there was."""
        return self.definitions[-1]


def all_inputs(begins=None, *, indicator_ids=None):
    """This will return the inputs of every indicator with figures to calculate or to take away, without their cells; a fixed number of
    queries. `begins` says for each goal which initiatives are to move it, and since when: {goal id: [(initiative id, day)]}."""
    begins = begins or {}
    ids = _with_figures() if indicator_ids is None else set(indicator_ids)
    vintages = taken_vintages(ids)
    definitions, targets = defaultdict(list), defaultdict(list)
    for row in Definition.objects.filter(indicator__in=ids).order_by(F("valid_from").asc(nulls_first=True), "pk"):
        definitions[row.indicator_id].append(row)
    standing = Target.objects.filter(indicator__in=ids, withdrawn_at__isnull=True, goal__plan__withdrawn_at__isnull=True)
    for row in standing.select_related("goal").prefetch_related("rebases").order_by("pk"):
        targets[row.indicator_id].append(row)
    members = _members()
    return [
        _inputs(row, chain_of(vintages.get(row.pk, [])), definitions[row.pk], targets[row.pk], begins, members)
        for row in Indicator.objects.filter(pk__in=ids).order_by("pk")
    ]


def _with_figures():
    taken = set(Indicator.objects.filter(vintages__isnull=False).values_list("pk", flat=True))
    return taken | set(Figures.objects.values_list("indicator", flat=True).distinct())


def _members():
    """Which municipalities belonged to which region, cluster and council, and when: {group: [(member, from, until)]}."""
    found = defaultdict(list)
    rows = Membership.objects.filter(member__kind=MUNICIPALITY, group__kind__in=MAP_KINDS)
    for group, *rest in rows.order_by("pk").values_list("group_id", "member_id", "valid_from", "valid_until"):
        found[group].append(tuple(rest))
    return dict(found)


def _inputs(indicator, chain, definitions, targets, begins, members):
    chain = [] if indicator.withdrawn_at else chain
    own = {row.goal_id: sorted(begins.get(row.goal_id, ())) for row in targets}
    told = [
        EDITION,
        [(row.pk, row.digest) for row in chain],
        [(row.pk, row.number, row.kind, row.multiplier, row.direction, row.breaks_series, row.valid_from) for row in definitions],
        [_told(row) for row in targets],
        sorted(own.items()),
        sorted(members.items()),
        [indicator.threshold, indicator.zeros_are_small],
    ]
    digest = hashlib.sha256(json.dumps(told, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()
    return Inputs(indicator, chain, definitions, targets, own, members, digest)


def _told(target):
    rebases = [(row.baseline_from, row.baseline_until) for row in target.rebases.all()]
    return (
        target.pk, target.goal_id, target.party_id, target.baseline_from, target.baseline_until, target.value, target.breakdown_id, rebases,
    )  # fmt: skip


def with_cells(inputs):
    """This will return the inputs with every figure they need, read now, and so many hidden that none can be worked out."""
    watched = {row.party_id for row in inputs.targets}
    parties = {row.pk: row for row in Party.objects.filter(kind__in=(*AREA_KINDS, "region")).select_related("kind")}
    parties |= {row.pk: row for row in Party.objects.filter(pk__in=watched - set(parties)).select_related("kind")}
    watched |= {row.pk for row in parties.values() if row.kind_id == "region"}
    breakdowns = {row.breakdown_id for row in inputs.targets if row.breakdown_id}
    breakdowns |= set(
        Definition.breakdowns.through.objects.filter(definition__in=inputs.definitions).values_list("breakdown_id", flat=True)
    )
    groups = defaultdict(list)
    for row in Group.objects.filter(breakdown__in=breakdowns).select_related("breakdown").order_by("breakdown", "order"):
        groups[row.breakdown_id].append(row)
    cells = cells_of(inputs.chain, inputs.definitions, watched=watched, breakdowns=breakdowns)
    return replace(inputs, cells=cells, parties=parties, groups=dict(groups))


def due(begins=None):
    """This will return the inputs of the indicators whose figures are not those of what stands now."""
    kept = defaultdict(set)
    for indicator, digest in Figures.objects.values_list("indicator", "digest").distinct():
        kept[indicator].add(digest)
    return [row for row in all_inputs(begins) if kept[row.indicator.pk] != ({row.digest} if row.chain else set())]
