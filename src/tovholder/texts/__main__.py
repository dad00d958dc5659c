"""The command line of texts: `python -m tovholder.texts personal-data TEXTS.csv --json OUT.json`."""

import argparse
import csv
import io
import json
import sys
from collections import Counter
from pathlib import Path
from typing import NoReturn

from tovholder.texts.personal_data import KINDS, METHOD, VERSION, find_personal_data


class _Unreadable(Exception):
    """A sentence for people about what in the file cannot be used."""


class _DanishParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, "Skriv: python -m tovholder.texts personal-data TEKSTER.csv --json UD.json\n")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode(raw: bytes, name: str) -> tuple[str, str | None]:
    """Text and, where the file was not UTF-8, a notice."""
    if not raw.strip():
        raise _Unreadable(f"Filen »{name}« er tom. Den skal have en første række med kolonnerne »id« og »text«.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw:
        row = raw.count(b"\n", 0, max(raw.find(b"\x00"), 0)) + 1
        raise _Unreadable(f"Række {row}, kolonne »text«: filen »{name}« kan ikke læses som tekst. Gem den som CSV i UTF-8.")
    if _is_utf8(raw):
        return raw.decode("utf-8-sig"), None
    latin = raw.decode("latin-1")
    # A file with UTF-8 letters elsewhere is damaged UTF-8, not Latin-1.
    mixed = any(mark in latin for mark in ("Ã¦", "Ã¸", "Ã¥", "Ã\x86", "Ã\x98", "Ã\x85", "Ã©", "â\x80"))
    control = any("\x80" <= char <= "\x9f" for char in latin) and not _windows(raw)
    if mixed or control:
        raise _Unreadable(_damaged_place(latin))
    notice = "Filen er ikke i UTF-8. Den er læst som Latin-1."
    return (raw.decode("cp1252") if _windows(raw) else latin), notice


def _windows(raw: bytes) -> bool:
    try:
        raw.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True


def _damaged_place(latin: str) -> str:
    reader = csv.reader(io.StringIO(latin.removeprefix("ï«¿"), newline=""), delimiter=_delimiter(latin))
    header: list[str] = []
    for row, cells in enumerate(reader, start=1):
        header = header or cells
        for column, cell in enumerate(cells):
            if not _is_utf8(cell.encode("latin-1")):
                name = header[column] if column < len(header) else str(column + 1)
                return f"Række {row}, kolonne »{name}«: et tegn kan ikke læses. Gem filen som CSV i UTF-8."
    return "Række 1, kolonne »text«: et tegn kan ikke læses. Gem filen som CSV i UTF-8."


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    return ";" if ";" in header and "," not in header else ","


def _rows(text: str, name: str) -> list[tuple[str, str]]:
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[tuple[str, str]] = []
    seen: dict[str, int] = {}
    number = 0
    columns: list[str] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if number == 1:
                columns = [cell.strip().casefold() for cell in cells]
                for needed in ("id", "text"):
                    if columns.count(needed) != 1:
                        state = "mangler" if needed not in columns else "står flere gange"
                        raise _Unreadable(f"Række 1: kolonnen »{needed}« {state} i »{name}«. Første række skal have »id« og »text«.")
                continue
            if not cells:
                continue
            if len(cells) != len(columns):
                column = columns[len(cells)] if len(cells) < len(columns) else str(len(columns) + 1)
                raise _Unreadable(f"Række {number}, kolonne »{column}«: rækken har {len(cells)} felter, men skal have {len(columns)}.")
            key = cells[columns.index("id")].strip()
            if not key:
                raise _Unreadable(f"Række {number}, kolonne »id«: feltet er tomt. Hver tekst skal have sit eget id.")
            if key in seen:
                raise _Unreadable(f"Række {number}, kolonne »id«: »{key}« står også i række {seen[key]}. Hver tekst skal have sit eget id.")
            seen[key] = number
            rows.append((key, cells[columns.index("text")]))
    except csv.Error as problem:
        raise _Unreadable(f"Række {number + 1}, kolonne »text«: anførselstegn passer ikke sammen i »{name}«.") from problem
    if not columns:
        raise _Unreadable(f"Filen »{name}« er tom. Den skal have en første række med kolonnerne »id« og »text«.")
    return rows


def _read(source: Path) -> tuple[list[tuple[str, str]], str | None]:
    if source.is_dir():
        raise _Unreadable(f"»{source.name}« er en mappe. Vælg en CSV-fil med kolonnerne »id« og »text«.")
    try:
        raw = source.read_bytes()
    except FileNotFoundError as problem:
        raise _Unreadable(f"Filen »{source.name}« findes ikke.") from problem
    except OSError as problem:
        raise _Unreadable(f"Filen »{source.name}« kan ikke åbnes.") from problem
    text, notice = _decode(raw, source.name)
    return _rows(text, source.name), notice


def report(rows: list[tuple[str, str]]) -> dict[str, object]:
    """This will give the finds of every text, with method, version and counts."""
    counts: Counter[str] = Counter(dict.fromkeys(KINDS, 0))
    texts = []
    for key, text in rows:
        finds = find_personal_data(text)
        counts.update(find.kind for find in finds)
        texts.append(
            {
                "id": key,
                "finds": [
                    {"kind": find.kind, "start": find.start, "end": find.end, "text": find.text}
                    | ({"office": find.office} if find.office else {})
                    for find in finds
                ],
            }
        )
    return {"method": METHOD, "version": VERSION, "texts": texts, "counts": dict(counts)}


def main(arguments: list[str] | None = None) -> int:
    """This will run the command line and give its exit code."""
    parser = _DanishParser(prog="python -m tovholder.texts", add_help=True)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_DanishParser)
    gate = commands.add_parser("personal-data", help="find personoplysninger i tekster")
    gate.add_argument("texts", type=Path)
    gate.add_argument("--json", dest="out", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    try:
        rows, notice = _read(chosen.texts)
        if chosen.out.is_dir():
            raise _Unreadable(f"»{chosen.out.name}« er en mappe. Skriv navnet på den fil, resultatet skal stå i.")
        if notice:
            sys.stderr.write(f"{notice}\n")
        written = json.dumps(report(rows), ensure_ascii=False, indent=1)
        try:
            chosen.out.write_text(written + "\n", encoding="utf-8")
        except OSError as problem:
            raise _Unreadable(f"Resultatet kan ikke skrives i »{chosen.out.name}«.") from problem
    except _Unreadable as sentence:
        sys.stderr.write(f"{sentence}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
