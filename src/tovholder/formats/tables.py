from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | float | Decimal | date | datetime | bool | None

# What a spreadsheet may take for a formula, and one that was made harmless already.
FORMULA = re.compile("[\\s\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
HARMLESS = re.compile(f"'+(?:{FORMULA.pattern})")
NEEDS_QUOTES = re.compile('[;,"\t\r\n]')
SHOWN_PROBLEMS = 20


class TableProblem(ValueError):
    """A table that cannot be read, with a sentence for each thing to put right."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problems))


@dataclass(frozen=True)
class Row:
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True)
class Sheet:
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """This will write a table that Danish Excel opens as it is, with no cell that can run as a formula."""
    lines = [";".join(_text_cell(header) for header in headers)]
    lines.extend(";".join(_cell(value) for value in row) for row in rows)
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig", "replace")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, int | float | Decimal):
        return _number_cell(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return _text_cell(value)


def _number_cell(value: int | float | Decimal) -> str:
    if not isinstance(value, int) and not math.isfinite(value):
        return ""
    return format(Decimal(str(value)), "f").replace(".", ",")


def _text_cell(value: str) -> str:
    text = value.replace("\x00", "")
    if FORMULA.match(text) or HARMLESS.match(text):
        text = "'" + text
    if NEEDS_QUOTES.search(text) or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def read_csv(content: bytes, required: Sequence[str]) -> Sheet:
    """This will read a table, or raise TableProblem with Danish sentences that name row and column."""
    text = _decoded(content)
    records = _records(text)
    # Rows are numbered as a spreadsheet shows them: the headings are row 1.
    number, found = next(records, (0, []))
    if not any(cell.strip() for cell in found):
        raise TableProblem(["Filen er tom. Den skal begynde med en række overskrifter."])
    headers = _headers(found, required)
    problems: list[str] = []
    rows: list[Row] = []
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(headers) and any(cell.strip() for cell in cells[len(headers) :]):
            problems.append(f"Række {number} har {len(cells)} felter, men der er kun {len(headers)} overskrifter.")
            continue
        padded = [*cells, *[""] * (len(headers) - len(cells))]
        row = {header: _as_written(cell).strip() for header, cell in zip(headers, padded, strict=False) if header}
        problems.extend(f"Række {number}: Kolonnen »{column}« er tom." for column in required if not row[column])
        rows.append(Row(number, row))
    if problems:
        raise TableProblem(_first(problems))
    return Sheet(tuple(header for header in headers if header), tuple(rows))


def _decoded(content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise TableProblem(["Filen er et regneark. Gem den som CSV, og prøv igen."])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            # Older Danish exports: Windows' own Latin-1, where every byte stands for something.
            text = content.decode("cp1252", "replace")
    if "\x00" in text:
        raise TableProblem(["Filen er ikke en tekstfil. Gem den som CSV, og prøv igen."])
    return text


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                raise TableProblem([f"Række {number} har et felt på over 131.000 tegn. Del det op."]) from None
            raise TableProblem([f"Række {number} kan ikke læses. Tjek, at hvert anførselstegn i rækken bliver lukket."]) from None
        yield number, cells


def _separator(text: str) -> str:
    heading = next((line for line in text.splitlines() if line.strip()), "")
    unquoted = re.sub(r'"[^"]*"', "", heading)
    return max(";\t,", key=unquoted.count)


def _headers(found: Sequence[str], required: Sequence[str]) -> list[str]:
    wanted = {_plain(column): column for column in required}
    headers = [wanted.get(_plain(_as_written(cell)), " ".join(_as_written(cell).split())) for cell in found]
    shown = ", ".join(f"»{header}«" for header in headers if header)
    problems = [f"Kolonnen »{column}« mangler. Filen har {shown}." for column in required if column not in headers]
    counts = Counter(header for header in headers if header)
    problems.extend(f"Kolonnen »{header}« står {count} gange." for header, count in counts.items() if count > 1)
    if problems:
        raise TableProblem(_first(problems))
    return headers


def _plain(header: str) -> str:
    return " ".join(header.replace("_", " ").split()).casefold()


def _as_written(text: str) -> str:
    return text[1:] if HARMLESS.match(text) else text


def _first(problems: Sequence[str]) -> list[str]:
    if len(problems) <= SHOWN_PROBLEMS:
        return list(problems)
    return [*problems[:SHOWN_PROBLEMS], f"Og {len(problems) - SHOWN_PROBLEMS} mere af samme slags."]
