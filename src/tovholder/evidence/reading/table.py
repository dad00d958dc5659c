"""A table in a text file, row by row: its encoding and separator found, its columns known by any of their names."""

from __future__ import annotations

import codecs
import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tovholder.evidence.reading.shapes import Unreadable, listed, place, shown

_CHUNK = 1 << 20
_LONGEST_HEADING = 1 << 22
_LONGEST_CELL = 10_000_000
_OTHER_KINDS = (
    (b"PK\x03\x04", "er et regneark eller en pakket fil"),
    (b"\xd0\xcf\x11\xe0", "er et gammelt regneark"),
    (b"%PDF-", "er en PDF"),
    (b"\x1f\x8b", "er en pakket fil"),
)

Names = Mapping[str, Sequence[str]]
"""A role and the headings it is known by; the first, English, and the second, Danish, are used in sentences."""


@dataclass(frozen=True)
class Source:
    """A text file that can be read as a table: where it is, how it is written, and its headings."""

    path: Path
    encoding: str
    separator: str
    headings: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """This will give each row below the headings with its number in a spreadsheet; raises Unreadable."""
        csv.field_size_limit(_LONGEST_CELL)
        width, number = len(self.headings), 0
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.separator, strict=True)
            try:
                for number, cells in enumerate(reader, start=1):
                    if number == 1 or not any(cells):
                        continue
                    if len(cells) != width:
                        cells = self._fitted(number, cells)
                    yield number, cells
            except csv.Error as problem:
                raise Unreadable(_not_a_row(number + 1, problem)) from None

    def _fitted(self, number: int, cells: list[str]) -> list[str]:
        width = len(self.headings)
        if len(cells) < width:
            where = place(number, self.headings[len(cells)])
            raise Unreadable(f"{where}: rækken har {len(cells)} felter, men skal have {width}.")
        if any(cell.strip() for cell in cells[width:]):
            raise Unreadable(f"Række {number}, kolonne {width + 1}: rækken har {len(cells)} felter, men der er kun {width} overskrifter.")
        return cells[:width]


def open_table(path: Path) -> Source:
    """This will find out how a file is written and read its headings; raises Unreadable."""
    encoding, notices = _encoding_of(path)
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as file:
        beginning = file.readline(_LONGEST_HEADING)
        if len(beginning) == _LONGEST_HEADING:
            raise Unreadable(f"Række 1: overskrifterne i {shown(path.name)} fylder for meget. Er det en CSV-fil?")
        separator = _separator(beginning)
        file.seek(0)
        try:
            headings = next(csv.reader(file, delimiter=separator, strict=True), [])
        except csv.Error as problem:
            raise Unreadable(_not_a_row(1, problem)) from None
    if not any(heading.strip() for heading in headings):
        raise Unreadable(f"Række 1: {shown(path.name)} har ingen overskrifter. Første række skal have kolonnernes navne.")
    return Source(path, encoding, separator, tuple(heading.strip() for heading in headings), notices)


def find_columns(source: Source, known: Names, needed: Sequence[str]) -> dict[str, int]:
    """This will find which column has which role, whatever their order or language; raises Unreadable when one is missing or unclear."""
    folded = [fold(heading) for heading in source.headings]
    found: dict[str, int] = {}
    for role, names in known.items():
        wanted = [fold(name) for name in names]
        here = [column for column, heading in enumerate(folded) if heading in wanted]
        # The name we ask for is never in doubt; two others are.
        if len(here) > 1 and role in needed and folded.count(wanted[0]) != 1:
            raise Unreadable(f"Række 1: {listed(source.headings[column] for column in here)} kan begge være »{names[0]}«. Behold den ene.")
        if here:
            found[role] = min(here, key=lambda column: (wanted.index(folded[column]), column))
    missing = [known[role] for role in needed if role not in found]
    if missing:
        asked = ", ".join(_either(known[role]) for role in needed)
        there = f"mangler i {shown(source.path.name)}. Den har {listed(source.headings)}"
        raise Unreadable(f"Række 1: kolonnen {_either(missing[0])} {there}. Den skal have {asked}.")
    return found


def _either(names: Sequence[str]) -> str:
    return f"»{names[0]}« (eller »{names[1]}«)"


def fold(heading: str) -> str:
    """This will make Voter-ID, voter_id and »voter id« the same."""
    return re.sub(r"[\s_\-]+", " ", unicodedata.normalize("NFC", heading)).strip().casefold()


def _separator(line: str) -> str:
    plain = re.sub(r'"[^"]*"', "", line)
    return max(";\t,", key=plain.count)


def _encoding_of(path: Path) -> tuple[str, tuple[str, ...]]:
    utf8 = codecs.getincrementaldecoder("utf-8")()
    is_utf8, row, first = True, 1, True
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if first and chunk.startswith((b"\xff\xfe", b"\xfe\xff")):
                return _checked_utf16(path), ()
            if first:
                _refuse_other_kinds(path.name, chunk)
                first = False
            hole = chunk.find(b"\0")
            if hole >= 0:
                row += chunk.count(b"\n", 0, hole)
                raise Unreadable(f"Række {row}: {shown(path.name)} er ikke en tekstfil. Gem den som CSV, og prøv igen.")
            is_utf8 = is_utf8 and _goes(utf8, chunk)
            row += chunk.count(b"\n")
    if first:
        raise Unreadable(f"Filen {shown(path.name)} er tom. Første række skal have kolonnernes navne.")
    if is_utf8 and _goes(utf8, b"", final=True):
        return "utf-8-sig", ()
    if not _all_windows(path):
        raise Unreadable(f"{shown(path.name)} har tegn, der ikke kan læses. Gem filen som CSV i UTF-8, og prøv igen.")
    return "cp1252", (f"{shown(path.name)} er ikke i UTF-8. Den er læst som Windows' Latin-1.",)


def _goes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _all_windows(path: Path) -> bool:
    with path.open("rb") as file:
        decoder = codecs.getincrementaldecoder("cp1252")()
        return all(_goes(decoder, chunk) for chunk in iter(lambda: file.read(_CHUNK), b""))


def _checked_utf16(path: Path) -> str:
    try:
        with path.open(encoding="utf-16", newline="") as file:
            while part := file.read(_CHUNK):
                if "\0" in part:
                    raise Unreadable(f"{shown(path.name)} er ikke en tekstfil. Gem den som CSV, og prøv igen.")
    except UnicodeError:
        raise Unreadable(f"{shown(path.name)} har tegn, der ikke kan læses. Gem filen som CSV i UTF-8, og prøv igen.") from None
    return "utf-16"


def _refuse_other_kinds(name: str, chunk: bytes) -> None:
    for beginning, said in _OTHER_KINDS:
        if chunk.startswith(beginning):
            raise Unreadable(f"{shown(name)} {said}. Gem tabellen som CSV, og prøv igen.")
    if chunk.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"<", b"{"):
        raise Unreadable(f"{shown(name)} er ikke en tabel. Vælg en CSV-fil, hvor første række har kolonnernes navne.")


def _not_a_row(number: int, problem: csv.Error) -> str:
    if "field larger" in str(problem):
        return f"Række {number}: et felt er på over 10 millioner tegn. Er hvert anførselstegn lukket?"
    return f"Række {number} kan ikke læses. Tjek, at hvert anførselstegn i rækken bliver lukket."
