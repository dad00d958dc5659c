"""From counts in a secure environment to the file that may leave it."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tovholder.evidence.disclosure.audit import VERSION as AUDIT_VERSION
from tovholder.evidence.disclosure.audit import audit
from tovholder.evidence.disclosure.cells import like_a_person
from tovholder.evidence.disclosure.differencing import ALL, HIDEABLE, MARGINS, NONE
from tovholder.evidence.disclosure.primary import RANGE, Rule
from tovholder.evidence.disclosure.released import (
    IN,
    OUT,
    OUTCOME,
    RATE,
    SCHEMA,
    SHARE,
    SUPPRESSED,
    Definition,
    Release,
    digest_of_content,
    matching,
    published_tables,
    rows_of,
)
from tovholder.evidence.disclosure.safe import Infeasible, Suppressed, suppress
from tovholder.evidence.disclosure.tables import HIDDEN, TOTAL, BadTable, Published, Shape, Table, Truth, Whole, digest_of_tables


@dataclass(frozen=True)
class Terms:
    """What the data owner asks, and who they are."""

    owner: str
    threshold: int = 5
    zeros_small: bool = False
    changes: bool = True
    margins: str = HIDEABLE

    @property
    def rule(self) -> Rule:
        return Rule(self.threshold, self.zeros_small, RANGE, True, self.changes)


def release(
    numerator: Table, denominator: Table, definition: Definition, terms: Terms, *, known: Sequence[Release] = (), key: bytes | None = None
) -> dict[str, Any]:
    """This will make counts safe and give the content of the file, digest included. Raises BadTable, Infeasible and ValueError.

    known: earlier releases; those of the same indicator, definition and period are judged together with this. key: the owner's own
    secret, 16 bytes or more; with it the file carries a keyed digest of the unsuppressed counts, so that the owner can prove later what
    went in. Without a key there is none: small counts could be guessed until an open digest fits.
    """
    _check(numerator, denominator, definition, terms)
    earlier = [one.published() for one in matching(known, definition)]
    if definition.kind == RATE:
        safe = [
            suppress(_margins(table, terms.margins), known=[one[side] for one in earlier], **_asked(terms))
            for side, table in enumerate((numerator, denominator))
        ]
        seen = tuple(one.published()[0].counts for one in safe)
    else:
        safe = [
            suppress(_with_rest(numerator, denominator, terms.margins), known=[one for each in earlier for one in each], **_asked(terms))
        ]
        counts = safe[0].published()[0].counts
        seen = (counts[..., 0], counts[..., 2])
    # The file has every place once: a total that is left out is as good as hidden.
    shown = (np.where(seen[0] < 0, HIDDEN, seen[0]), np.where(seen[1] < 0, HIDDEN, seen[1]))
    tables = published_tables(numerator, definition, *shown)
    _check_audited(tables, earlier, terms.rule)
    content = _content(numerator, shown, definition, terms, safe, earlier)
    content["inputs"] = {"keyed": _keyed(key, numerator, denominator)}
    content["digest"] = digest_of_content(content)
    return content


def _asked(terms: Terms) -> dict[str, Any]:
    return {
        "threshold": terms.threshold,
        "zeros_small": terms.zeros_small,
        "changes": terms.changes,
        "every_hidden": True,
    }


def _with_rest(numerator: Table, denominator: Table, margins: str) -> Table:
    """Those in the numerator, those not, and all; those not are not printed, but follow wherever both others are."""
    counts = np.stack([numerator.counts, denominator.counts - numerator.counts, denominator.counts], axis=-1)
    asked = _margins(numerator, margins)
    out, must = (
        np.repeat((np.zeros(numerator.extent) if mask is None else mask)[..., None], 3, axis=-1)
        for mask in (asked.left_out, asked.must_show)
    )
    out[..., 1], must[..., 1] = True, False
    return Table((*numerator.dims, OUTCOME), (*numerator.levels, (IN, OUT)), counts, out.astype(bool), must.astype(bool))


def _margins(table: Table, margins: str) -> Table:
    """Totals over the dimensions of the breakdown: left out, or such that they must be shown."""
    if margins not in MARGINS:
        raise ValueError(f"Totaler er »{HIDEABLE}«, »{ALL}« eller »{NONE}«, ikke »{margins}«.")
    is_total: Truth = np.zeros(table.extent, dtype=bool)
    for axis in range(is_total.ndim):
        np.moveaxis(is_total, axis, 0)[-1] = True
    return replace(table, left_out=is_total if margins == NONE else None, must_show=is_total if margins == ALL else None)


def _check(numerator: Table, denominator: Table, definition: Definition, terms: Terms) -> None:
    if (numerator.dims, numerator.levels) != (denominator.dims, denominator.levels):
        raise BadTable("Tæller og nævner har ikke de samme grupper. Tag dem fra den samme fil.")
    if definition.kind not in (SHARE, RATE):
        raise ValueError(f"Slags er »{SHARE}« eller »{RATE}«, ikke »{definition.kind}«.")
    if definition.kind == SHARE and (numerator.counts > denominator.counts).any():
        place = tuple(np.argwhere(numerator.counts > denominator.counts)[0].tolist())
        name = ", ".join(numerator.labels(place))
        raise BadTable(f"»{name}« har flere i tælleren end i nævneren. Er det hændelser pr. person, så skriv --rate.")
    if OUTCOME in numerator.dims:
        raise BadTable(f"En kolonne må ikke hedde »{OUTCOME}«. Giv den et andet navn.")
    texts = [definition.code, definition.version, definition.unit, definition.period, terms.owner, *numerator.dims]
    if any(like_a_person(text) for text in (*texts, *(name for names in numerator.levels for name in names))):
        raise BadTable("Et navn ligner et personnummer. Intet er skrevet. Vælg kolonner og navne, der ikke peger på en person.")
    if not all(text.strip() for text in texts):
        raise BadTable("Indikator, definition, enhed, periode og dataejer skal alle have et navn.")


def _check_audited(tables: Sequence[Published], earlier: Sequence[tuple[Published, ...]], rule: Rule) -> None:
    for side, table in enumerate(tables):
        found = audit((table,), rule, known=[one[side] for one in earlier])
        if not found.safe:
            name = found.told[0].name
            raise Infeasible(f"»{name}« kan regnes for nøje ud af det, der er udgivet før. Slå grupper sammen, eller lad tabellen være.")


def _content(
    shape: Shape,
    shown: tuple[Whole, Whole],
    definition: Definition,
    terms: Terms,
    safe: Sequence[Suppressed],
    earlier: Sequence[tuple[Published, ...]],
) -> dict[str, Any]:
    rows = rows_of(shape, *shown, definition)
    return {
        "schema": SCHEMA,
        "indicator": {
            "code": definition.code,
            "definition": definition.version,
            "unit": definition.unit,
            "kind": definition.kind,
            "per": definition.per,
        },
        "period": definition.period,
        "by": list(shape.dims),
        "levels": [list(names) for names in shape.levels],
        "total": TOTAL,
        "rows": rows,
        "disclosure": {
            **{name: value for name, value in _asked(terms).items() if name != "every_hidden"},
            "margins": terms.margins,
            "criterion": RANGE,
            "singletons": True,
            "hidden": sum(row["blank"] == SUPPRESSED for row in rows),
            "together_with": sorted(one[0].name for one in earlier),
        },
        "producer": {
            "owner": terms.owner,
            "program": "tovholder.evidence",
            "methods": {"suppression": f"{safe[0].method}, {safe[0].version}", "audit": AUDIT_VERSION},
        },
    }


def _keyed(key: bytes | None, numerator: Table, denominator: Table) -> str | None:
    if key is None:
        return None
    if len(key) < 16:
        raise ValueError("Nøglen er for kort. Brug mindst 16 tegn, som kun I kender.")
    return hmac.new(key, digest_of_tables((numerator, denominator)).encode(), "sha256").hexdigest()
