"""Steps of a process: hearing, treatment, adoption, entry into force, each with its time and who does it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tovholder.texts.proposals.bodies import body_spans
from tovholder.texts.proposals.organisations import organisation_spans
from tovholder.texts.proposals.sentences import sentences
from tovholder.texts.proposals.shapes import Step
from tovholder.texts.proposals.times import TIME, said

_ACTIVE = (
    r"(?P<active>vedtager|vedtog|godkender|godkendte|tiltræder|behandler|behandlede|drøfter|underskriver|forelægger|evaluerer|"
    r"beslutter|offentliggør)"
)
_KINDS = (
    (
        "høring",
        re.compile(
            r"\bi (?:offentlig |ekstern |intern )?høring\b|\bhøringsperioden?\b|\bhøringen (?:løber|begynder|starter|åbner|slutter|"
            r"varer)\b|\boffentlig høring\b|\bhøring\b(?= (?:til|i|fra|frem))",
            re.IGNORECASE,
        ),
    ),
    (
        "høringsfrist",
        re.compile(
            r"\bhøringsfrist(?:en)?\b|\bfrist(?:en)? for (?:at (?:afgive|sende|indsende) )?høringssvar\b|\bhøringssvar\w* (?:skal|"
            r"sendes|kan sendes|indsendes)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "behandling",
        re.compile(
            r"\b(?:behandle[rst]|behandlede|behandling(?:en)? i|1\. behandling|2\. behandling|forelægge[rs]|forelagt)\b", re.IGNORECASE
        ),
    ),
    ("vedtagelse", re.compile(r"\b(?:vedtage[rst]?|vedtog|vedtagelse(?:n)?|vedtaget)\b", re.IGNORECASE)),
    ("godkendelse", re.compile(r"\b(?:godkende[rst]|godkendt|godkendte|godkend(?:else)(?:n)?)\b", re.IGNORECASE)),
    ("underskrift", re.compile(r"\b(?:underskrive[rs]|underskrevet|underskrift)\b", re.IGNORECASE)),
    (
        "ikrafttræden",
        re.compile(r"\b(?:træder? i kraft|trådte i kraft|ikrafttræden|ikrafttrædelse|gælder fra|får virkning)\b", re.IGNORECASE),
    ),
    (
        "evaluering",
        re.compile(
            r"\b(?:evaluere[rs]|evalueret|midtvejsevaluering|evaluering(?:en)?)\b(?= .{0,60}\b(?:i|til|inden|ultimo|primo))", re.IGNORECASE
        ),
    ),
    ("offentliggørelse", re.compile(r"\b(?:offentliggøres|offentliggør)\b", re.IGNORECASE)),
)
_SPLIT = re.compile(
    r"; |(?:, (?:hvorefter|inden|før|og|mens|så|når|derefter|efterfulgt)\b|, hvor(?=\s)| inden (?=\w*(?:rådet|udvalget|bestyrelsen))|"
    r"(?<=\w) og (?=(?:\w+ ){0,2}(?:vedtag|godkend|træder|behandl|underskriv|forelæg|evaluer)))"
)
_PASSIVE = re.compile(r"\b(?:af|i|for|til|på) (?:et møde i |møde i )?$")


def find_steps(paragraphs: Sequence[str]) -> list[Step]:
    """This will find the steps that are given a time, in the words of the document."""
    found: dict[tuple[str, str], Step] = {}
    for number, text in enumerate(paragraphs, 1):
        for start, end in sentences(text):
            places = [start, *(start + match.start() for match in _SPLIT.finditer(text[start:end])), end]
            for first, last in zip(places, places[1:], strict=False):
                for step in _in_clause(text, first, last, number):
                    found.setdefault((step.what, step.when.casefold()), step)
    return list(found.values())


def _in_clause(text: str, first: int, last: int, number: int) -> list[Step]:
    clause = text[first:last]
    steps: list[Step] = []
    for what, pattern in _KINDS:
        match = pattern.search(clause)
        if not match or (what == "høring" and any(step.what == "høringsfrist" for step in steps)):
            continue
        if what == "høringsfrist":
            steps = [step for step in steps if step.what != "høring"]
        time = _nearest(clause, match.start())
        if time:
            by = None if what.startswith("høring") else _by(clause, match)
            steps.append(Step(paragraph=number, start=first, end=last, text=clause.strip(), what=what, when=said(time), by=by))
    return steps


def _nearest(clause: str, place: int) -> re.Match[str] | None:
    times = list(TIME.finditer(clause))
    return min(times, key=lambda time: (time.start() < place, abs(time.start() - place)), default=None)


def _by(clause: str, verb: re.Match[str]) -> str | None:
    actors = sorted(
        {(start, end, name) for start, end, name in body_spans(clause)}
        | {(start, end, name) for start, end, name, kind in organisation_spans(clause)}
        | {(match.start(), match.end(), match[0]) for match in re.finditer(r"\b(?:parterne|kommunerne|regionerne|regeringen)\b", clause)}
    )
    after = [name for start, _, name in actors if start >= verb.end() and _PASSIVE.search(clause[:start])]
    before = [name for start, end, name in actors if end <= verb.start() and not clause[end:].startswith("s ")]
    if re.search(r"(?:r|g|te|de)$", verb[0].split()[0]) and before:
        return before[-1]
    return after[0] if after else before[-1] if before else None
