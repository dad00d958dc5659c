"""The smaller tables beside the votes: sectors, groups, texts and labels."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tovholder.evidence.reading.shapes import Unreadable, name_of, place, shown
from tovholder.evidence.reading.table import find_columns, open_table
from tovholder.evidence.reading.votes import COLUMNS, PARTICIPANT, STATEMENT, WHAT, WHO

SECTOR: Sequence[str] = ("sector", "sektor", "role", "rolle", "organisation", "gruppe", "group")
GROUP: Sequence[str] = ("group", "gruppe", "group id", "gruppe id", "holdningsgruppe")
ID: Sequence[str] = ("id", "nr", "text id", "comment id", "nummer", "svar id", "tekst id")
TEXT: Sequence[str] = ("text", "tekst", "comment", "comment body", "udsagn", "svar", "answer", "høringssvar")
QUESTION: Sequence[str] = ("question", "spørgsmål")
LABEL: Sequence[str] = ("label", "mærkat", "mærke", "code", "theme", "tema", "kode", "kategori", "category")
CODER: Sequence[str] = ("coder", "koder", "by", "af", "annotator", "kodet af")
MODERATED: Sequence[str] = ("moderated", "modereret")
META: Sequence[str] = ("meta", "baggrund", "is meta")
_MODERATED = {"": False, "0": False, "1": False, "-1": True}
_META = dict.fromkeys(("", "0", "false", "f", "nej", "no"), False) | dict.fromkeys(("1", "true", "t", "ja", "yes"), True)
_MOST_GROUPS = 100
_MOST_SECTORS = 100


def read_sectors(path: Path) -> dict[str, Any]:
    """This will read which sector each participant speaks for; raises Unreadable."""
    return _of_each(path, {PARTICIPANT: COLUMNS[PARTICIPANT], "sector": SECTOR}, "sector", "sektor", "hvilken sektor det er", _MOST_SECTORS)


def read_groups(path: Path) -> dict[str, Any]:
    """This will read which group each participant is in, from JSON or from a table; raises Unreadable."""
    if _begins_as_json(path):
        return {"of": _groups_from_json(path), "notices": []}
    return _of_each(path, {PARTICIPANT: COLUMNS[PARTICIPANT], "group": GROUP}, "group", "gruppe", "hvilken gruppe det er", _MOST_GROUPS)


def _of_each(path: Path, known: Mapping[str, Sequence[str]], role: str, word: str, asked: str, most: int) -> dict[str, Any]:
    source = open_table(path)
    columns = find_columns(source, known, (PARTICIPANT, role))
    p, r = columns[PARTICIPANT], columns[role]
    found: dict[str, str] = {}
    row: dict[str, int] = {}
    for number, cells in source.rows():
        if not any(cell.strip() for cell in cells):
            continue
        try:
            who = name_of(cells[p], WHO)
        except Unreadable as problem:
            raise Unreadable(f"{place(number, source.headings[p])}: {problem}") from None
        if not cells[r].strip():
            continue
        try:
            what = name_of(cells[r], asked)
        except Unreadable as problem:
            raise Unreadable(f"{place(number, source.headings[r])}: {problem}") from None
        if found.setdefault(who, what) != what:
            raise Unreadable(
                f"{place(number, source.headings[r])}: deltager {shown(who)} har en anden {word} i række {row[who]}. Behold den ene."
            )
        row.setdefault(who, number)
    if not found:
        raise Unreadable(f"Der er ingen deltagere med {word} i {shown(path.name)}.")
    if len(set(found.values())) > most:
        raise Unreadable(
            f"Kolonnen {shown(source.headings[r])} i {shown(path.name)} har {len(set(found.values()))} forskellige værdier. "
            f"Den må have højst {most}. Er det den rigtige kolonne?"
        )
    return {"of": found, "notices": list(source.notices)}


def _begins_as_json(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))


def _groups_from_json(path: Path) -> dict[str, str]:
    try:
        told = json.loads(path.read_bytes().decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise Unreadable(f"{shown(path.name)} har tegn, der ikke kan læses. Gem filen i UTF-8, og prøv igen.") from None
    except json.JSONDecodeError as problem:
        raise Unreadable(f"Række {problem.lineno}, tegn {problem.colno}: {shown(path.name)} er ikke JSON, der kan læses.") from None
    except RecursionError:
        raise Unreadable(f"{shown(path.name)} er ikke en liste over deltagere og deres gruppe.") from None
    if isinstance(told, dict) and isinstance(told.get("groups"), dict):
        told = told["groups"]
    if not isinstance(told, dict):
        raise Unreadable(f'{shown(path.name)} skal sige, hvilken gruppe hver deltager er i: {{"deltager": "gruppe"}}.')
    found: dict[str, str] = {}
    for key, value in told.items():
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | str) or (isinstance(value, int) and value < 0):
            raise Unreadable(f"Deltager {shown(key)} i {shown(path.name)}: gruppen skal være et navn eller et tal fra 0.")
        try:
            who, group = name_of(key, WHO), name_of(str(value), "hvilken gruppe det er")
        except Unreadable as problem:
            raise Unreadable(f"Deltager {shown(key)} i {shown(path.name)}: {problem}") from None
        if found.setdefault(who, group) != group:
            raise Unreadable(f"Deltager {shown(key)} står to gange i {shown(path.name)}. Behold den ene.")
    if not found or len(set(found.values())) > _MOST_GROUPS:
        raise Unreadable(f"Der skal være mellem 1 og {_MOST_GROUPS} grupper i {shown(path.name)}. Der er {len(set(found.values()))}.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found and found[key] != value:
            raise Unreadable(f"{shown(key)} står to gange. Behold den ene.")
        found[key] = value
    return found


def read_texts(path: Path) -> dict[str, Any]:
    """This will read the texts of a table, each with its own id; raises Unreadable."""
    source = open_table(path)
    columns = find_columns(source, {"id": ID, "text": TEXT, "question": QUESTION}, ("id", "text"))
    i, t, q = columns["id"], columns["text"], columns.get("question", -1)
    ids: list[str] = []
    texts: list[str] = []
    questions: list[str] = []
    row: dict[str, int] = {}
    for number, cells in source.rows():
        if not any(cell.strip() for cell in cells):
            continue
        try:
            name = name_of(cells[i], "tekstens id")
        except Unreadable as problem:
            raise Unreadable(f"{place(number, source.headings[i])}: {problem}") from None
        if name in row:
            raise Unreadable(
                f"{place(number, source.headings[i])}: {shown(name)} står også i række {row[name]}. Hver tekst skal have sit eget id."
            )
        row[name] = number
        ids.append(name)
        texts.append(cells[t])
        if q >= 0:
            questions.append(cells[q].strip())
    if not ids:
        raise Unreadable(f"Der er ingen tekster i {shown(path.name)}.")
    return {"ids": ids, "texts": texts, "questions": questions, "notices": list(source.notices)}


def read_statements(path: Path) -> dict[str, Any]:
    """This will read the statements' texts, and which are moderated out (-1) or tell about people (meta); raises Unreadable."""
    source = open_table(path)
    known = {STATEMENT: (*COLUMNS[STATEMENT], "id"), "text": (*TEXT, "udsagnstekst"), "moderated": MODERATED, "meta": META}
    columns = find_columns(source, known, (STATEMENT,))
    rows: dict[str, tuple[str, bool, bool]] = {}
    for number, cells in source.rows():
        if not any(cell.strip() for cell in cells):
            continue
        given = {role: cells[column].strip() for role, column in columns.items()}
        try:
            name = name_of(given[STATEMENT], WHAT)
        except Unreadable as problem:
            raise Unreadable(f"{place(number, source.headings[columns[STATEMENT]])}: {problem}") from None
        if name in rows:
            raise Unreadable(f"{place(number, source.headings[columns[STATEMENT]])}: {shown(name)} står to gange. Behold den ene.")
        flags = []
        for role, meanings in (("moderated", _MODERATED), ("meta", _META)):
            value = given.get(role, "").casefold()
            if value not in meanings:
                wanted = "-1, 0 eller 1" if role == "moderated" else "ja eller nej"
                raise Unreadable(f"{place(number, source.headings[columns[role]])}: {shown(value)} skal være {wanted}.")
            flags.append(meanings[value])
        rows[name] = (given.get("text", ""), flags[0], flags[1])
    return {"rows": rows, "notices": list(source.notices)}


def read_labels(path: Path) -> dict[str, Any]:
    """This will read who gave which text which label; an empty label says it was read and none fits. Raises Unreadable."""
    source = open_table(path)
    columns = find_columns(source, {"id": ID, "label": LABEL, "coder": CODER}, ("id", "label"))
    rows: list[tuple[str, str, str, int]] = []
    for number, cells in source.rows():
        if not any(cell.strip() for cell in cells):
            continue
        read: list[str] = []
        for role, asked in (("id", "tekstens id"), ("label", "mærkatet"), ("coder", "hvem der har kodet")):
            cell = cells[columns[role]] if role in columns else ""
            try:
                read.append(name_of(cell, asked) if cell.strip() or role == "id" else "")
            except Unreadable as problem:
                raise Unreadable(f"{place(number, source.headings[columns[role]])}: {problem}") from None
        rows.append((read[0], read[1], read[2], number))
    if not rows:
        raise Unreadable(f"Der er ingen mærkater i {shown(path.name)}.")
    return {"rows": rows, "notices": list(source.notices)}
