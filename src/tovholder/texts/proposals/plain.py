"""Proposals as plain rows: what crosses a process border and what a database keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from tovholder.texts.proposals.shapes import KnownParty, Passage, Proposals

_PLACE = frozenset({"paragraph", "start", "end"})


def as_rows(proposals: Proposals) -> list[dict[str, Any]]:
    """This will give each proposal as kind, paragraph, start, end and its other values."""
    rows = []
    for field in fields(proposals):
        found = getattr(proposals, field.name)
        many = found if isinstance(found, tuple) else (found,)
        rows += [_row(field.name, one) for one in many if isinstance(one, Passage)]
    return rows


def _row(kind: str, one: Passage) -> dict[str, Any]:
    value = {field.name: _plain(getattr(one, field.name)) for field in fields(one) if field.name not in _PLACE}
    return {"kind": kind, "paragraph": one.paragraph, "start": one.start, "end": one.end, "value": value}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def party_as_row(party: KnownParty) -> list[Any]:
    """This will give a known party as a plain row."""
    return [party.name, party.kind, _plain(party.valid_from), _plain(party.valid_until), list(party.aliases)]


def parties_from_rows(rows: Sequence[Sequence[Any]]) -> list[KnownParty]:
    """This will give back the known parties of plain rows."""
    return [KnownParty(name, kind, _day(first), _day(until), tuple(aliases)) for name, kind, first, until, aliases in rows]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
