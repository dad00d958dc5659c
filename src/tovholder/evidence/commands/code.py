"""`code`: how well labels can be suggested from the coders' own, and how well coders agree, from texts and labels to JSON."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tovholder.evidence.commands.arguments import seed_of
from tovholder.evidence.commands.progress import notice, waiting
from tovholder.evidence.commands.writing import as_json, check_place, write
from tovholder.evidence.plain import rounded
from tovholder.evidence.reading import Labels, Texts, Unreadable, read_labels, read_texts

SCHEMA = "tovholder-coding-1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This will say what may be written after `code`."""
    parser.add_argument("texts", metavar="TEKSTER.csv", type=Path)
    parser.add_argument("labels", metavar="MÆRKATER.csv", type=Path)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--language", choices=("da", "en"), default="da")


def run(chosen: argparse.Namespace) -> None:
    """This will read, calculate and write; raises Wrong, Unreadable and Unwritable with a sentence."""
    seed = seed_of(chosen.seed)
    check_place(chosen.out, (chosen.texts, chosen.labels))
    with waiting("Læser tekster og mærkater"):
        texts, labels = read_texts(chosen.texts), read_labels(chosen.labels)
    notice((*texts.notices, *labels.notices))
    with waiting("Lærer af mærkaterne og måler"):
        told = report(texts, labels, seed=seed, language=chosen.language)
    write(chosen.out, as_json(rounded(told)))


def report(texts: Texts, labels: Labels, *, seed: int, language: str) -> dict[str, Any]:
    """This will measure the coding, whatever order the rows came in; raises Unreadable when there is too little to measure."""
    from tovholder.texts.coding.report import coding_report

    text_of = dict(zip(texts.ids, texts.texts, strict=True))
    for one, _, _, row in labels.rows:
        if one not in text_of:
            raise Unreadable(f"Række {row}, kolonne »id«: der er ingen tekst med id »{one[:40]}«. Ret id'et, eller slet rækken.")
    by_coder = _by_coder(labels.rows)
    ids = sorted(text_of)
    asked = dict(zip(texts.ids, texts.questions, strict=True)) if texts.questions else None
    questions = [asked[one] for one in ids] if asked else None
    try:
        told = coding_report(ids, [text_of[one] for one in ids], _agreed(by_coder), seed=seed, questions=questions, language=language)
    except ValueError as problem:
        raise Unreadable(str(problem)) from None
    told["inputs"] = {"texts_and_labels": told.pop("inputs_digest")}
    told["parameters"]["coders"] = len({coder for coders in by_coder.values() for coder in coders})
    return {**told, "schema": SCHEMA, "agreement": _agreement(by_coder, seed)}


def _by_coder(rows: Sequence[tuple[str, str, str, int]]) -> Mapping[str, Mapping[str, frozenset[str]]]:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one, label, coder, _ in rows:
        found[one][coder].update({label} - {""})
    return {one: {coder: frozenset(given) for coder, given in sorted(coders.items())} for one, coders in sorted(found.items())}


def _agreed(by_coder: Mapping[str, Mapping[str, frozenset[str]]]) -> dict[str, list[str]]:
    """The labels that at least half of a text's coders gave it."""
    agreed = {}
    for one, coders in by_coder.items():
        votes = Counter(label for given in coders.values() for label in given)
        agreed[one] = sorted(label for label, count in votes.items() if 2 * count >= len(coders))
    return agreed


def _agreement(by_coder: Mapping[str, Mapping[str, frozenset[str]]], seed: int) -> dict[str, Any] | None:
    """Krippendorff's alpha on whole sets of labels (MASI), when at least two have coded the same text."""
    if not any(len(coders) > 1 for coders in by_coder.values()):
        return None
    import numpy as np

    from tovholder.texts.coding import agreement

    units = [tuple(coders.values()) for coders in by_coder.values()]
    found = agreement.agreement(units, agreement.masi, rng=np.random.default_rng(seed))
    return {"distance": "masi", **asdict(found)}
