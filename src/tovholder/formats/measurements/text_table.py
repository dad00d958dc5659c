"""A table stored as text: whatever the letters are stored as, whichever sign stands between the cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tovholder.formats.measurements.headings import SEARCHED_ROWS, Headings, find_headings, score
from tovholder.formats.measurements.shapes import ROWS, TOO_MANY_ROWS, RawColumn, RawTable, UnreadableTable, problems

if TYPE_CHECKING:
    import polars as pl

LINE_SIGNS = 131_000
SEPARATORS = ";\t,|"
_RECORDS = 50_000
_BLOCK = 8 << 20
_GUARDED = r"^'+[\s\x{feff}]*[=+\-@\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]"
_OLD_LETTERS = "Filen er gemt med de gamle Windows-tegn. Tjek, at æ, ø og å står rigtigt i det, vi har læst."
_NO_TABLE = "Filen er ikke en tabel, vi kan læse. Gem den som CSV eller Excel (.xlsx), og prøv igen."


def read_text_table(content: bytes) -> tuple[RawTable, Headings]:
    """This will read CSV to raw columns; raises UnreadableTable with a sentence that names the row when it cannot."""
    encoding = encoding_of(content)
    # From here on every text is UTF-8, with one sign for the end of a line.
    plain = content.removeprefix(codecs.BOM_UTF8) if encoding == "utf-8" else content.decode(encoding, "replace").encode("utf-8", "replace")
    if b"\0" in plain:
        raise UnreadableTable(_NO_TABLE)
    if b"\r" in plain:
        plain = plain.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    separator = _separator(plain)
    first = list(_first(records(plain[: 1 << 20], separator)))
    headings = find_headings(first)
    unquoted = without_quotes(plain, separator)
    below = by_records(plain, separator, headings) if unquoted is None else by_lines(unquoted, separator, headings)
    del content, plain, unquoted
    table = _joined(below, headings)
    table.separator = separator
    if encoding == "cp1252":
        table.notices.append(_OLD_LETTERS)
    return table, headings


def encoding_of(content: bytes) -> str:
    """This will tell what the letters of a text are stored as; raises UnreadableTable when it is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = content[:4096]
    if sample.count(0) > len(sample) * 0.3:
        return "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"
    reader = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), _BLOCK):
            reader.decode(content[start : start + _BLOCK])
        reader.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def records(content: bytes, separator: str) -> Iterator[list[str]]:
    """This will give the records of a text one by one; raises UnreadableTable naming the row with an open quotation mark."""
    # The limit belongs to the whole process, and others who read set theirs.
    csv.field_size_limit(LINE_SIGNS)
    reader = csv.reader(_lines(content), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                raise UnreadableTable(
                    f"Række {number} har et felt på over 131.000 tegn. Tjek anførselstegnene, eller del det op."
                ) from None
            raise UnreadableTable(f"Række {number} kan ikke læses. Tjek, at hvert anførselstegn i rækken bliver lukket.") from None


def _lines(content: bytes) -> Iterator[str]:
    for number, line in enumerate(io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", errors="replace", newline="\n"), start=1):
        if len(line) > LINE_SIGNS:
            raise UnreadableTable(_too_long(number))
        yield line


def _too_long(number: int) -> str:
    return f"Linje {number} er på over 131.000 tegn. Tjek, at hver måling står på sin egen linje."


def _first(found: Iterator[list[str]]) -> Iterator[list[str]]:
    for _, cells in zip(range(SEARCHED_ROWS), found, strict=False):
        yield cells


def _separator(plain: bytes) -> str:
    """The sign that gives the best headings; the first rows are enough to tell."""

    def found(separator: str) -> int:
        best = 0
        try:
            for cells in _first(records(plain[: 1 << 20], separator)):
                best = max(best, score(cells))
        except UnreadableTable:
            pass
        return best

    return max(SEPARATORS, key=found)


def without_quotes(plain: bytes, separator: str) -> bytes | None:
    """This will take off quotation marks around plain cells; None when some hold more, and records must be read one by one."""
    if b'"' not in plain:
        return plain
    sign = re.escape(separator.encode())
    bare = re.sub(rb'(?m)(^|%s)"([^"\n%s]*)"(?=%s|$)' % (sign, sign, sign), rb"\1\2", plain)
    return None if b'"' in bare else bare


Block = tuple["pl.DataFrame", "pl.DataFrame"]


def by_lines(unquoted: bytes, separator: str, headings: Headings) -> Iterator[Block]:
    """This will give the rows under the headings in blocks, for a text in which every line is a record."""
    import polars as pl

    wide = len(headings.names)
    start, number = 0, 1
    while start < len(unquoted):
        end = len(unquoted) if start + _BLOCK >= len(unquoted) else unquoted.rfind(b"\n", start, start + _BLOCK) + 1
        if end <= start:
            raise UnreadableTable(_too_long(number))
        lines = pl.Series([unquoted[start:end].decode("utf-8", "replace").removesuffix("\n")]).str.split("\n").explode()
        long = (lines.str.len_chars() > LINE_SIGNS).arg_true()
        if long.len():
            raise UnreadableTable(_too_long(number + int(long[0])))
        numbers = pl.Series(range(number, number + lines.len()), dtype=pl.UInt32)
        start, number = end, number + lines.len()
        below = numbers > headings.at + 1
        lines, numbers = lines.filter(below), numbers.filter(below)
        cells = lines.alias("line").to_frame().select(pl.col("line").str.split_exact(separator, wide - 1)).unnest("line")
        cells.columns = [f"c{place}" for place in range(wide)]
        counts = lines.str.count_matches(separator, literal=True) + 1
        is_long = counts > wide
        refused = problems(pl.Series([], dtype=pl.UInt32), "", None, "ragged")
        if is_long.any():
            # Separators with nothing after them are how a spreadsheet pads its rows.
            rest = lines.to_frame("line").select(pl.col("line").str.split(separator).list.slice(wide).list.join("").str.strip_chars() != "")
            is_long = is_long & rest["line"]
            refused = problems(numbers.filter(is_long), "", counts.filter(is_long).cast(pl.String), "ragged", str(wide))
        yield _cleaned(cells.with_columns(numbers.alias("row")).filter(~is_long)), refused


def by_records(plain: bytes, separator: str, headings: Headings) -> Iterator[Block]:
    """This will give the rows under the headings in blocks, for a text whose quotation marks hold separators or ends of lines."""
    found = records(plain, separator)
    for _ in range(headings.at + 1):
        next(found)
    start = headings.at + 2
    block: list[list[str]] = []
    for cells in found:
        block.append(cells)
        if len(block) >= _RECORDS:
            yield _squared(block, start, len(headings.names))
            start, block = start + len(block), []
    yield _squared(block, start, len(headings.names))


def _squared(block: list[list[str]], start: int, wide: int) -> Block:
    import polars as pl

    numbers = range(start, start + len(block))
    refused = problems(pl.Series([], dtype=pl.UInt32), "", None, "ragged")
    if any(len(cells) != wide for cells in block):
        odd = [n for n, cells in zip(numbers, block, strict=True) if any(cell.strip() for cell in cells[wide:])]
        counts = [str(len(block[n - start])) for n in odd]
        refused = problems(pl.Series(odd, dtype=pl.UInt32), "", pl.Series(counts, dtype=pl.String), "ragged", str(wide))
        block = [cells if len(cells) == wide else [*cells[:wide], *[""] * (wide - len(cells))] for cells in block]
    columns = list(zip(*block, strict=True)) if block else [()] * wide
    frame = pl.DataFrame({f"c{n}": pl.Series(column, dtype=pl.String) for n, column in enumerate(columns)})
    frame = frame.with_columns(pl.Series("row", numbers, dtype=pl.UInt32))
    return _cleaned(frame.filter(~pl.col("row").is_in(refused["row"].implode()))), refused


def _cleaned(frame: pl.DataFrame) -> pl.DataFrame:
    """Cells without the space around them, blank ones as null, and rows of blanks left out."""
    import polars as pl

    texts = pl.col(pl.String)
    frame = frame.with_columns(texts.str.strip_chars())
    if frame.select(pl.any_horizontal(texts.str.starts_with("'").any())).item():
        # A cell that was made harmless for spreadsheets is read as it was meant.
        frame = frame.with_columns(pl.when(texts.str.contains(_GUARDED)).then(texts.str.slice(1)).otherwise(texts))
    frame = frame.with_columns(pl.when(texts != "").then(texts))
    return frame.filter(pl.any_horizontal(texts.is_not_null()))


def _joined(blocks: Iterator[Block], headings: Headings) -> RawTable:
    import polars as pl

    frames, refused, count = [], [], 0
    for frame, long in blocks:
        count += frame.height + long.height
        if count > ROWS:
            raise UnreadableTable(TOO_MANY_ROWS)
        frames.append(frame)
        if long.height:
            refused.append(long)
    whole = pl.concat(frames, how="vertical")
    columns = tuple(RawColumn(whole[f"c{place}"]) for place in range(len(headings.names)))
    return RawTable("csv", headings.names, columns, whole["row"], problems=refused)
