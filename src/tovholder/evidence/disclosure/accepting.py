"""What the platform takes in from a secure environment: nothing but a release, whole, untouched, and tried again as a reader would."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tovholder.evidence.disclosure.admission import Unacceptable
from tovholder.evidence.disclosure.audit import CHANGE, EARLIER, Audit, Interval, audit
from tovholder.evidence.disclosure.cells import is_total, like_a_person
from tovholder.evidence.disclosure.derived import rate
from tovholder.evidence.disclosure.differencing import MARGINS
from tovholder.evidence.disclosure.linear import Unsolved
from tovholder.evidence.disclosure.primary import LEAST, MOST, RANGE, Rule, small_cells
from tovholder.evidence.disclosure.released import (
    NO_POPULATION,
    OUTCOME,
    RATE,
    SCHEMA,
    SHARE,
    SHOWN_WORD,
    SUPPRESSED,
    Definition,
    Release,
    digest_of_content,
    matching,
)
from tovholder.evidence.disclosure.tables import HIDDEN, LARGEST_COUNT, LARGEST_TABLE, MOST_DIMENSIONS, TOTAL, BadTable, Shape, Whole

LONGEST_TEXT = 200
_HEX = re.compile(r"[0-9a-f]{64}")
_SHORT = re.compile(r"[0-9a-f]{12}")
_KEYS = {"schema", "indicator", "period", "by", "levels", "total", "rows", "disclosure", "producer", "inputs", "digest"}
_ROW = {"at", "numerator", "denominator", "value", "blank"}


def release_of_bytes(content: bytes) -> Any:
    """This will read a file's bytes as JSON, each key once; raises Unacceptable."""
    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Unacceptable("Filen er ikke en udgivelse: den kan ikke læses som JSON. Hent den igen fra det sikre miljø.") from None


def read_release(content: Any) -> Release:
    """This will read a release, digest and figures checked against each other, without trying what can be worked out of it.

    Raises Unacceptable with a sentence.
    """
    _only(content, _KEYS, "filen")
    if content["schema"] != SCHEMA:
        raise Unacceptable(f"Filen er ikke en udgivelse, vi kender. Den skal have »schema« {SCHEMA}.")
    if not isinstance(content["digest"], str) or not _HEX.fullmatch(content["digest"]) or _digest(content) != content["digest"]:
        raise Unacceptable("Filen er ændret, siden den blev lavet: dens fingeraftryk passer ikke. Hent den igen fra det sikre miljø.")
    definition = _definition(content["indicator"], content["period"])
    shape = _shape(content)
    numerator, denominator = _counts(content["rows"], shape, definition)
    threshold, zeros_small, owner = _terms(content)
    return Release(shape.dims, shape.levels, definition, numerator, denominator, threshold, zeros_small, owner, content["digest"])


def check_release(
    content: Any, *, known: Sequence[Release] = (), threshold: int = 5, zeros_small: bool = False, changes: bool = True
) -> Release:
    """This will take a release in, or raise Unacceptable with a sentence. Heavy: `admission.admit` runs it in a child process.

    content: the file as read from JSON. known: releases taken in before. threshold, zeros_small, changes: the least that the data owner's
    agreement asks; a file that asks more of itself is judged by that. Checked: nothing but what a release has; the digest; both counts
    and the value of every row; no small number shown; every hidden number as uncertain as `audit` asks, also beside earlier releases.
    """
    found = read_release(content)
    if found.threshold < threshold:
        raise Unacceptable(f"Filen skjuler tal under {found.threshold}, men aftalen med dataejeren siger {threshold}. Lav den igen.")
    if zeros_small and not found.zeros_small:
        raise Unacceptable("Filen viser nuller, men aftalen med dataejeren siger, at de skal skjules. Lav den igen.")
    rule = Rule(found.threshold, found.zeros_small, RANGE, True, changes)
    tables = found.published()
    earlier = [one.published() for one in matching(known, found.definition)]
    for side, table in enumerate(tables):
        small = np.argwhere(small_cells(table.counts, rule))
        if small.size:
            name = ", ".join(table.labels(tuple(small[0].tolist())))
            raise Unacceptable(f"»{name}« viser et tal under {rule.threshold}. Lav filen igen i det sikre miljø.")
        try:
            told = audit((table,), rule, known=[one[side] for one in earlier])
        except BadTable as problem:
            raise Unacceptable(f"{problem} Lav filen igen i det sikre miljø.") from None
        except Unsolved:
            raise Unacceptable("Vi kan ikke afgøre, om de skjulte tal kan regnes ud. Del tabellen op, og lav den igen.") from None
        _check(told, rule)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _check(found: Audit, rule: Rule) -> None:
    if found.safe:
        return
    worst = found.narrowest
    assert worst is not None
    raise Unacceptable(f"{_what(worst, rule)} Lav filen igen i det sikre miljø med alt, der er udgivet før, som --known.")


def _what(one: Interval, rule: Rule) -> str:
    if one.table == CHANGE:
        return f"»{one.name}« er ændret med {abs(one.low)}. Forskellen er under {rule.threshold} og kan pege på nogen."
    span = f"netop {one.low}" if one.low == one.high else f"mellem {one.low} og {'højere' if one.high is None else one.high}"
    before = " sammen med det, der er udgivet før" if one.table == EARLIER else ""
    return f"»{one.name}« er skjult, men kan regnes ud til {span}{before}."


def _only(found: Any, keys: set[str], where: str) -> None:
    if not isinstance(found, Mapping):
        raise Unacceptable(f"Filen er ikke en udgivelse: {where} har ikke navngivne felter.")
    missing, extra = sorted(keys - set(found)), sorted(str(key)[:40] for key in set(found) - keys)
    if missing:
        raise Unacceptable(f"»{missing[0]}« mangler i {where}. Lav filen igen i det sikre miljø.")
    if extra:
        raise Unacceptable(f"»{extra[0]}« hører ikke til i {where}. En udgivelse må ikke have andet med end sine egne felter.")


def _digest(content: Mapping[str, Any]) -> str:
    try:
        return digest_of_content(content)
    except (TypeError, ValueError, RecursionError):
        raise Unacceptable("Filen har tal eller felter, der ikke kan læses. Lav den igen i det sikre miljø.") from None


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT or not value.isprintable():
        raise Unacceptable(f"»{what}« skal være en tekst på 1 til {LONGEST_TEXT} tegn.")
    if like_a_person(value):
        raise Unacceptable(f"»{what}« ligner et personnummer. Filen er ikke taget ind.")
    return value


def _definition(found: Any, period: Any) -> Definition:
    _only(found, {"code", "definition", "unit", "kind", "per"}, "»indicator«")
    if found["kind"] not in (SHARE, RATE):
        raise Unacceptable(f"»kind« skal være {SHARE} eller {RATE}.")
    per = found["per"]
    if isinstance(per, bool) or not isinstance(per, int | float) or not 0 < per <= LARGEST_COUNT:
        raise Unacceptable("»per« skal være et tal over 0.")
    code, version, unit = (_text(found[name], name) for name in ("code", "definition", "unit"))
    return Definition(code, version, unit, _text(period, "period"), found["kind"], float(per))


def _shape(content: Mapping[str, Any]) -> Shape:
    by, levels = content["by"], content["levels"]
    if not isinstance(by, list) or not isinstance(levels, list) or not 1 <= len(by) <= MOST_DIMENSIONS or len(by) != len(levels):
        raise Unacceptable("»by« og »levels« passer ikke sammen. Lav filen igen i det sikre miljø.")
    dims = [_text(one, "by") for one in by]
    cells, named = 1, []
    for names in levels:
        if not isinstance(names, list) or not names:
            raise Unacceptable("»levels« skal have mindst ét navn for hver dimension.")
        cells *= len(names) + 1
        if cells > LARGEST_TABLE:
            raise Unacceptable("Tabellen er for stor. Del den op, for eksempel efter region.")
        named.append(tuple(_text(name, "levels") for name in names))
    if len(set(dims)) < len(dims) or OUTCOME in dims or any(len(set(one)) < len(one) for one in named):
        raise Unacceptable("Et navn står to gange i »by« eller »levels«.")
    if content["total"] != TOTAL or any(is_total(name) for one in named for name in one):
        raise Unacceptable(f"Totaler skal hedde »{TOTAL}«, og ingen gruppe må hedde det samme.")
    return Shape(tuple(dims), tuple(named))


def _counts(rows: Any, shape: Shape, definition: Definition) -> tuple[Whole, Whole]:
    places = list(shape.places())
    if not isinstance(rows, list) or len(rows) != len(places):
        raise Unacceptable(f"»rows« skal have {len(places)} rækker, en for hver kombination med totaler.")
    both = np.full((2, *shape.extent), HIDDEN, dtype=np.int64)
    for number, (row, place) in enumerate(zip(rows, places, strict=True), start=1):
        where = f"række {number} i »rows«"
        _only(row, _ROW, where)
        if row["at"] != list(shape.labels(place)):
            raise Unacceptable(f"{where.capitalize()} står ikke, hvor den skal: {', '.join(shape.labels(place))}.")
        for side, name in enumerate(("numerator", "denominator")):
            value = row[name]
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_COUNT:
                raise Unacceptable(f"»{name}« i {where} skal være et helt tal fra 0 og op eller tom.")
            both[(side, *place)] = value
        _check_value(row, where, definition)
    return both[0], both[1]


def _check_value(row: Mapping[str, Any], where: str, definition: Definition) -> None:
    top, bottom, value, blank = row["numerator"], row["denominator"], row["value"], row["blank"]
    is_hidden = top is None or bottom is None
    right = SUPPRESSED if is_hidden else NO_POPULATION if bottom == 0 else SHOWN_WORD
    if blank != right:
        raise Unacceptable(f"»blank« i {where} skal være »{right}«.")
    if definition.kind == SHARE and not is_hidden and top > bottom:
        raise Unacceptable(f"{where.capitalize()} har flere i tælleren end i nævneren.")
    if right:
        if value is not None:
            raise Unacceptable(f"{where.capitalize()} har en værdi, selv om dens tal er skjult eller ingen er talt.")
        return
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not math.isclose(value, rate(top, bottom, definition.per), rel_tol=1e-9)
    ):
        raise Unacceptable(f"»value« i {where} passer ikke med tæller og nævner.")


def _terms(content: Mapping[str, Any]) -> tuple[int, bool, str]:
    terms, producer, inputs = content["disclosure"], content["producer"], content["inputs"]
    names = {"threshold", "zeros_small", "changes", "margins", "criterion", "singletons", "hidden", "together_with"}
    _only(terms, names, "»disclosure«")
    _only(producer, {"owner", "program", "methods"}, "»producer«")
    _only(producer["methods"], {"suppression", "audit"}, "»methods«")
    _only(inputs, {"keyed"}, "»inputs«")
    asked = terms["threshold"]
    if isinstance(asked, bool) or not isinstance(asked, int) or not LEAST <= asked <= MOST:
        raise Unacceptable("»threshold« skal være et helt tal.")
    if not all(isinstance(terms[name], bool) for name in ("zeros_small", "changes", "singletons")) or terms["margins"] not in MARGINS:
        raise Unacceptable("»disclosure« siger ikke, hvordan tallene er skjult. Lav filen igen i det sikre miljø.")
    if terms["criterion"] != RANGE or not terms["singletons"]:
        raise Unacceptable("Filen er lavet med et svagere krav, end vi tager imod. Lav den igen uden at vælge kravet selv.")
    hidden = sum(row["blank"] == SUPPRESSED for row in content["rows"])
    together = terms["together_with"]
    if (
        terms["hidden"] != hidden
        or not isinstance(together, list)
        or not all(isinstance(one, str) and _SHORT.fullmatch(one) for one in together)
    ):
        raise Unacceptable("»disclosure« passer ikke med rækkerne. Lav filen igen i det sikre miljø.")
    if inputs["keyed"] is not None and not (isinstance(inputs["keyed"], str) and _HEX.fullmatch(inputs["keyed"])):
        raise Unacceptable("»keyed« skal være tom eller et fingeraftryk på 64 tegn.")
    for what in ("suppression", "audit"):
        _text(producer["methods"][what], what)
    _text(producer["program"], "program")
    return asked, terms["zeros_small"], _text(producer["owner"], "owner")
