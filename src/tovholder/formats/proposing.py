"""Reads a stranger's document and proposes what it says, both in child processes with limits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tovholder.confined import Stopped, run_limited
from tovholder.formats.reading import ReadDocument, Unreadable, read_safely
from tovholder.texts.proposals import KnownParty
from tovholder.texts.proposals.plain import party_as_row


@dataclass(frozen=True)
class ReadSource:
    """A document with what it proposes: rows to keep, and the same in the shape of a person's own reading."""

    document: ReadDocument
    rows: list[dict[str, Any]]
    expected: dict[str, Any]

    @property
    def paragraphs(self) -> list[dict[str, Any]]:
        """This will give the paragraphs as plain rows; `line` is the paragraph number proposals use, None where it is hidden."""
        lines = {one.number: line for line, one in enumerate(self.document.visible, 1)}
        return [
            {"number": one.number, "text": one.text, "style": one.style, "place": one.place, "line": lines.get(one.number)}
            for one in self.document.paragraphs
        ]


def read_source(content: bytes, filename: str, parties: Sequence[KnownParty] = ()) -> ReadSource:
    """This will read a document and propose what it says. Raises Unreadable with a sentence for people."""
    document = read_safely(content, filename)
    asked = {"lines": document.lines, "parties": [party_as_row(party) for party in parties]}
    try:
        told = json.loads(run_limited(["tovholder.texts.proposals"], json.dumps(asked).encode()))
    except Stopped as stopped:
        raise Unreadable("Dokumentet er læst, men det er for stort til, at vi kan foreslå noget. Del det i mindre dele.") from stopped
    return ReadSource(document, told["rows"], told["expected"])
