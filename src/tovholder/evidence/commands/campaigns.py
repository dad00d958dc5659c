"""`campaigns`: which texts are written from one text, from a file of texts to JSON."""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from tovholder.evidence.commands.progress import notice, waiting
from tovholder.evidence.commands.writing import as_json, check_place, write
from tovholder.evidence.plain import rounded
from tovholder.evidence.reading import Texts, read_texts

SCHEMA = "tovholder-campaigns-1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This will say what may be written after `campaigns`."""
    parser.add_argument("texts", metavar="TEKSTER.csv", type=Path)


def run(chosen: argparse.Namespace) -> None:
    """This will read, calculate and write; raises Unreadable and Unwritable with a sentence."""
    check_place(chosen.out, (chosen.texts,))
    with waiting("Læser teksterne"):
        read = read_texts(chosen.texts)
    notice(read.notices)
    with waiting("Leder efter kampagner"):
        told = report(read)
    write(chosen.out, as_json(rounded(told)))


def report(read: Texts) -> dict[str, Any]:
    """This will give every campaign with its template and each copy's own words, as plain lists and mappings."""
    from tovholder.texts import campaigns

    rows = list(zip(read.ids, read.texts, strict=True))
    text_of = dict(rows)
    found = campaigns.find_campaigns(rows)
    return {
        "schema": SCHEMA,
        "method": campaigns.METHOD,
        "version": str(campaigns.VERSION),
        "parameters": {"similarity": campaigns.SIMILARITY, "smallest": campaigns.SMALLEST},
        "inputs": {"texts": texts_digest(read)},
        "texts": len(rows),
        "individual": len(rows) - sum(len(one.copies) for one in found),
        "campaigns": [
            {
                "kind": one.kind,
                "texts": len(one.copies),
                "template": list(one.template),
                "copies": [
                    {
                        "id": copy.id,
                        "likeness": copy.likeness,
                        "own_words": [{"start": start, "end": end, "text": text_of[copy.id][start:end]} for start, end in copy.own_words],
                    }
                    for copy in one.copies
                ],
            }
            for one in found
        ],
    }


def texts_digest(read: Texts) -> str:
    """This will give the SHA-256 of texts and ids, whatever order they came in."""
    return hashlib.sha256(json.dumps(sorted(zip(read.ids, read.texts, strict=True)), ensure_ascii=True).encode()).hexdigest()
