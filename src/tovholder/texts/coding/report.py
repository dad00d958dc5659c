"""One report on coding: how good the model is on these answers, how many labels it takes, and code by code."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from . import scores as measure
from .model import CodingModel, decide, fit
from .space import space_of

METHOD, VERSION = "tovholder-coding", "2"
SIZES = (50, 100, 200, 400, 800, 1_600, 3_200)
FEWEST = 20


def coding_report(
    ids: Sequence[str],
    texts: Sequence[str],
    labels: Mapping[str, Sequence[str]] | Sequence[Sequence[str]],
    *,
    seed: int,
    questions: Sequence[str] | None = None,
    language: str = "da",
) -> dict[str, Any]:
    """This will measure the coding of texts: F1 by cross-validation with intervals, code by code, and two learning curves.

    labels: each text's codes, by id or in the texts' order; a text without codes is not coded and only helps to learn the words.
    Raises ValueError with a sentence when ids are used twice, a label belongs to no text, or fewer than 20 texts are coded.
    """
    given = _in_order(ids, labels)
    coded = [i for i, codes in enumerate(given) if codes]
    waiting = [i for i, codes in enumerate(given) if not codes]
    codes = tuple(sorted({code for one in given for code in one}))
    if len(coded) < FEWEST or len(codes) < 2:
        raise ValueError(
            f"Der er {len(coded)} kodede tekster med {len(codes)} forskellige koder. "
            f"Der skal mindst {FEWEST} tekster og 2 koder til at måle."
        )
    marks = np.array([[code in given[i] for code in codes] for i in coded])
    space, table = space_of(texts, questions=questions, language=language, seed=seed)
    rows = table[coded]
    found = measure.cross_validated(rows, marks, seed=seed)
    whole = measure.scores(marks, found, rng=np.random.default_rng(seed))
    places = space.places(rows)
    test = np.sort(np.random.default_rng(seed).permutation(len(coded))[: max(len(coded) // 5, 4)])
    left = len(coded) - len(test)
    sizes = [size for size in SIZES if size < left] + [left]
    return {
        "method": METHOD,
        "version": VERSION,
        "parameters": {"seed": seed, "language": language, "folds": 5, "questions": len(space.questions)},
        "inputs_digest": _digest(ids, texts, given, questions),
        "texts": len(texts),
        "coded": len(coded),
        "codes": len(codes),
        "f1": {name: asdict(getattr(whole, name)) for name in ("samples", "micro", "macro", "subset")},
        "by_code": [
            {"code": code, "f1": f1, "coded": wanted, "suggested": chosen}
            for code, f1, wanted, chosen in measure.by_code(marks, found, codes)
        ],
        "learning_curve": {
            name: [
                {"labelled": point.labelled, **asdict(point.samples)}
                for point in measure.learning_curve(rows, places, marks, sizes, seed=seed, actively=actively, test=test)
            ]
            for name, actively in (("chosen", True), ("random", False))
        },
        "tested_on": len(test),
        "suggestions": _suggestions(fit(rows, marks, codes, seed=seed), table[waiting], [ids[i] for i in waiting]),
    }


def _suggestions(model: CodingModel, rows: Any, ids: Sequence[str]) -> list[dict[str, Any]]:
    """For the texts nobody has coded: what the model suggests, and the F1 it expects there."""
    if not ids:
        return []
    likely = model.likely(rows)
    chosen, expected = decide(likely)
    order = np.argsort(-likely, axis=1, kind="stable")
    return [
        {
            "id": one,
            "expected_f1": float(expected[n]),
            "codes": [{"code": model.codes[k], "likely": float(likely[n, k])} for k in order[n] if chosen[n, k]],
        }
        for n, one in enumerate(ids)
    ]


def _in_order(ids: Sequence[str], labels: Mapping[str, Sequence[str]] | Sequence[Sequence[str]]) -> list[frozenset[str]]:
    seen: set[str] = set()
    for number, one in enumerate(ids, start=1):
        if one in seen:
            raise ValueError(f"Id »{one[:40]}« står to gange blandt teksterne, anden gang som nummer {number}. Giv hver tekst sit eget id.")
        seen.add(one)
    if isinstance(labels, Mapping):
        stranger = next((one for one in labels if one not in seen), None)
        if stranger is not None:
            raise ValueError(f"Der er koder til id »{stranger[:40]}«, men ingen tekst med det id. Ret id'et, eller tag rækken ud.")
        return [frozenset(labels.get(one, ())) for one in ids]
    if len(labels) != len(ids):
        raise ValueError(f"Der er {len(ids)} tekster, men koder til {len(labels)}. De skal stå i samme orden.")
    return [frozenset(one) for one in labels]


def _digest(ids: Sequence[str], texts: Sequence[str], given: Sequence[frozenset[str]], questions: Sequence[str] | None) -> str:
    found = hashlib.sha256(b"tovholder-coding-inputs-1\n")
    for number, row in enumerate(zip(ids, texts, given)):
        parts = (row[0], row[1], questions[number] if questions else "", *sorted(row[2]))
        for part in parts:
            raw = part.encode("utf-8", "surrogatepass")
            found.update(b"%d:" % len(raw) + raw)
        found.update(b"\n")
    return found.hexdigest()
