"""Votes from a table, in the long form (one row a vote) or the wide form (one row a person), to codes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from tovholder.evidence.reading.codes import Coded, Codes, Moments, doubled
from tovholder.evidence.reading.shapes import Unreadable, answer_of, number_of, place, shown
from tovholder.evidence.reading.table import Source, find_columns, fold, open_table

PARTICIPANT, STATEMENT, VOTE, AT = "participant", "statement", "vote", "at"
COLUMNS: Mapping[str, Sequence[str]] = {
    PARTICIPANT: (
        *("participant", "deltager", "participant id", "voter id", "voter", "person", "person id", "respondent", "respondent id"),
        *("deltager id", "deltagernummer", "deltager nr", "deltagernr"),
    ),
    STATEMENT: ("statement", "udsagn", "statement id", "comment id", "comment", "udsagn id", "udsagnsnummer", "udsagn nr"),
    VOTE: ("vote", "svar", "answer", "stemme", "holdning"),
    AT: ("at", "tidspunkt", "timestamp", "time", "modified", "created at", "tid", "stemt", "svaret", "dato", "date", "datetime"),
}
# What Polis' wide export tells about a person beside the answers.
BESIDE = frozenset(("xid", "group id", "group", "gruppe", "n comments", "n votes", "n agree", "n disagree"))
WHO, WHAT = "hvem der har svaret", "hvilket udsagn det er"
LARGE = 4 << 20

Found = TypeVar("Found")


def read_votes_table(path: Path, *, large: int = LARGE) -> tuple[Coded, tuple[str, ...]]:
    """This will read a file of votes, and what its owner should know about it; raises Unreadable."""
    source = open_table(path)
    folded = [fold(heading) for heading in source.headings]
    has = {role: any(fold(name) in folded for name in COLUMNS[role]) for role in COLUMNS}
    if has[PARTICIPANT] and not has[STATEMENT] and not has[VOTE] and len(folded) > 1:
        coded = _wide(source, find_columns(source, COLUMNS, (PARTICIPANT,))[PARTICIPANT])
    else:
        columns = find_columns(source, COLUMNS, (PARTICIPANT, STATEMENT, VOTE))
        coded = _quick(source, columns, large) or _long(source, columns)
    if not coded.answer.size:
        raise Unreadable(f"Der er ingen svar i {shown(path.name)}. Mindst ét svar skal være 1, 0 eller -1.")
    notices = [*source.notices, *_later(coded)]
    if coded.unanswered:
        notices.append(f"{number_of(coded.unanswered)} rækker har intet svar. De tæller ikke med.")
    return coded, tuple(notices)


def _quick(source: Source, columns: Mapping[str, int], large: int) -> Coded | None:
    if source.size < large:
        return None
    from tovholder.evidence.reading.by_duckdb import quick

    coded = quick(source, columns)
    # Two answers and no time are refused, and only the careful way knows their rows.
    return None if coded is None or (coded.at is None and doubled(coded).different is not None) else coded


def _later(coded: Coded) -> list[str]:
    """What became of votes given twice; raises Unreadable when nobody can tell which one holds."""
    found = doubled(coded)
    if not found.count:
        return []
    if coded.at is None and found.different is not None:
        first, second = found.different
        who, what = coded.people[coded.person[second]], coded.things[coded.thing[second]]
        raise Unreadable(
            f"Række {coded.row[second]}: deltager {shown(who)} har svaret noget andet på udsagn {shown(what)} i række {coded.row[first]}. "
            "Behold det ene svar, eller tilføj kolonnen »at« med tidspunkter. Så gælder det seneste."
        )
    return [f"{number_of(found.count)} svar er givet om igen. Det seneste svar fra hver deltager på hvert udsagn gælder."]


def _long(source: Source, columns: Mapping[str, int]) -> Coded:
    p, s, v, t = (columns.get(role, -1) for role in (PARTICIPANT, STATEMENT, VOTE, AT))
    people, things, moments = Codes(WHO), Codes(WHAT), Moments()
    answers: dict[str, int | None] = {}
    person, thing, answer, row = array("i"), array("i"), array("b"), array("i")
    unanswered = 0
    for number, cells in source.rows():
        if cells[p] not in people.of or cells[s] not in things.of or cells[v] not in answers:
            if not any(cell.strip() for cell in cells):
                continue
            _checked(source, number, p, people.add, cells[p])
            _checked(source, number, s, things.add, cells[s])
            answers[cells[v]] = _checked(source, number, v, answer_of, cells[v])
        given = answers[cells[v]]
        if given is None:
            unanswered += 1
            continue
        if t >= 0:
            _checked(source, number, t, moments.add, cells[t])
        person.append(people.of[cells[p]])
        thing.append(things.of[cells[s]])
        answer.append(given)
        row.append(number)
    return Coded.of(people, things, person, thing, answer, row, at=moments.values() if t >= 0 else None, unanswered=unanswered)


def _wide(source: Source, p: int) -> Coded:
    things, columns, nameless = _headings(source, p)
    people = Codes(WHO)
    answers: dict[str, int | None] = {"": None}
    person, thing, answer, row = array("i"), array("i"), array("b"), array("i")
    rows: list[int] = []
    for number, cells in source.rows():
        if not any(cell.strip() for cell in cells):
            continue
        one = _checked(source, number, p, people.add, cells[p])
        if one < len(rows):
            raise Unreadable(f"{place(number, source.headings[p])}: {shown(cells[p])} står også i række {rows[one]}. Behold den ene.")
        rows.append(number)
        for column in nameless:
            if cells[column].strip():
                raise Unreadable(f"Række 1, kolonne {column + 1}: overskriften er tom. Skriv, hvilket udsagn svarene hører til.")
        for column, code in columns:
            cell = cells[column]
            if not cell:
                continue
            if cell not in answers:
                answers[cell] = _checked(source, number, column, answer_of, cell)
            given = answers[cell]
            if given is not None:
                person.append(one)
                thing.append(code)
                answer.append(given)
                row.append(number)
    return Coded.of(people, things, person, thing, answer, row, at=None, unanswered=0)


def _headings(source: Source, p: int) -> tuple[Codes, list[tuple[int, int]], list[int]]:
    things = Codes(WHAT)
    columns: list[tuple[int, int]] = []
    nameless: list[int] = []
    for column, heading in enumerate(source.headings):
        if column == p or fold(heading) in BESIDE:
            continue
        if not heading:
            nameless.append(column)
            continue
        before = len(things.names)
        code = _checked(source, 1, column, things.add, heading)
        if code < before:
            raise Unreadable(f"{place(1, heading)}: udsagnet står to gange. Behold den ene kolonne.")
        columns.append((column, code))
    if not columns:
        raise Unreadable(f"Række 1: {shown(source.path.name)} har ingen kolonner med udsagn.")
    return things, columns, nameless


def _checked(source: Source, number: int, column: int, check: Callable[[str], Found], raw: str) -> Found:
    try:
        return check(raw)
    except Unreadable as problem:
        raise Unreadable(f"{place(number, source.headings[column])}: {problem}") from None
