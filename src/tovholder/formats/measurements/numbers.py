"""A column of numbers as people write them: the column as a whole decides whether a point is thousands or decimals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tovholder.formats.measurements.shapes import RawColumn, UnreadableTable, problems
from tovholder.texts import danish
from tovholder.texts.hidden_figures import BELOW, DASHES, MARKS

if TYPE_CHECKING:
    import polars as pl

Style = Literal["danish", "english"]

LARGEST = 1e15
# When all but one in twenty agree on a style, the others are slips; with more, nobody can know what the column means.
_SLIPS = 20
_SHAPES = {
    "formula": r"^[=@]",
    "rounded": r"^-?\d+(?:[.,]\d+)?[eE][+-]?\d+$",
    "whole": r"^-?\d+$",
    "point either": r"^-?[1-9]\d{0,2}\.\d{3}$",
    "comma either": r"^-?[1-9]\d{0,2},\d{3}$",
    "point thousands": r"^-?[1-9]\d{0,2}(?:\.\d{3})(?:(?:\.\d{3})+(?:,\d+)?|,\d+)$",
    "comma thousands": r"^-?[1-9]\d{0,2}(?:,\d{3})(?:(?:,\d{3})+(?:\.\d+)?|\.\d+)$",
    "point decimals": r"^-?\d*\.\d+$",
    "comma decimals": r"^-?\d*,\d+$",
}
_DANISH = ("comma decimals", "point thousands")
_ENGLISH = ("point decimals", "comma thousands")
_EITHER = ("point either", "comma either")
_POINTED = ("point either", "point decimals")


@dataclass(frozen=True)
class Numbers:
    """Values (null where blank or refused), which cells were hidden on purpose, which were written in per cent, and what was refused."""

    value: pl.Series
    is_hidden: pl.Series
    is_percent: pl.Series
    refused: tuple[pl.DataFrame, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class WrittenNumbers:
    """A column's texts with the shape of each, and how many rows speak for each style."""

    heading: str
    column: RawColumn
    shapes: pl.DataFrame
    counts: dict[str, int]

    @property
    def danish(self) -> int:
        """This will count the rows that can only be Danish: 12,3 or 1.234.567."""
        return sum(self.counts.get(shape, 0) for shape in _DANISH)

    @property
    def english(self) -> int:
        """This will count the rows that can only be English: 12.3 or 1,234,567."""
        return sum(self.counts.get(shape, 0) for shape in _ENGLISH)


def written_numbers(column: RawColumn, heading: str) -> WrittenNumbers:
    """This will tell the shape of each text in a column, each text looked at once."""
    import polars as pl

    text = column.text if column.number is None else column.text.set(column.number.is_not_null(), None)
    if column.day is not None:
        text = text.set(column.day.is_not_null(), None)
    frame = text.alias("text").to_frame().drop_nulls().group_by("text").len("rows").sort("text")
    plain = pl.col("text").str.replace_all(r"[−–—‑‐]", "-").str.replace_all(r"\s", " ").str.strip_chars().str.to_lowercase()
    frame = frame.with_columns(plain.alias("plain"))
    percent = pl.col("plain").str.contains(r"\d\s*(?:%|pct\.?|procent)$")
    bare = pl.col("plain").str.replace(r"\s*(?:%|pct\.?|procent)$", "")
    grouped = bare.str.contains(r"^-?\d{1,3}(?: \d{3})+(?:[.,]\d+)?$")
    frame = frame.with_columns(percent.alias("percent"), pl.when(grouped).then(bare.str.replace_all(" ", "")).otherwise(bare).alias("bare"))
    frame = frame.with_columns(pl.col("bare").str.replace(r"^([-+]) ?(\d)", "$1$2").str.replace(r"^\+", "").alias("bare"))
    hidden = pl.col("plain").is_in(sorted(MARKS | DASHES)) | pl.col("plain").str.contains(BELOW)
    shape: Any = pl.when(hidden).then(pl.lit("hidden"))
    for name, pattern in _SHAPES.items():
        shape = shape.when(pl.col("bare").str.contains(pattern)).then(pl.lit(name))
    frame = frame.with_columns(shape.otherwise(pl.lit("other")).alias("shape"))
    counts = dict(frame.group_by("shape").agg(pl.col("rows").sum()).iter_rows())
    return WrittenNumbers(heading, column, frame, counts)


def style_of(written: WrittenNumbers, rows: pl.Series, *, elsewhere: Style, is_count: bool) -> tuple[Style, tuple[str, ...]]:
    """This will decide a column's style, and say so where it could be read both ways; raises UnreadableTable when it contradicts itself."""
    danish, english = written.danish, written.english
    if danish and english and min(danish, english) * _SLIPS > danish + english:
        raise UnreadableTable(_contradiction(written, rows))
    if danish or english:
        style: Style = "danish" if danish >= english else "english"
    elif is_count:
        # A count has no decimals: whatever sign it is, it parts thousands.
        style = "english" if written.counts.get("comma either") and not written.counts.get("point either") else "danish"
    else:
        style = elsewhere
    either = next((row for row in written.shapes.iter_rows(named=True) if row["shape"] in _EITHER), None)
    if either is None or danish or english or (is_count and style == "danish"):
        return style, ()
    value = _as_number(either["bare"], style)
    shown = f"{value:.12g}".replace(".", ",")
    return style, (f"I »{written.heading}« kan »{either['text']}« læses på to måder. Vi har læst det som {shown}. Tjek, at det passer.",)


def read_numbers(written: WrittenNumbers, rows: pl.Series, style: Style) -> Numbers:
    """This will read a column in the style decided for it, and list the cells that are no number."""
    import polars as pl

    column = written.column
    known = written.shapes.with_columns(_value(style).alias("value"))
    known = known.with_columns(
        pl.when(pl.col("value").abs() > LARGEST).then(pl.lit("large")).otherwise(pl.col("shape")).alias("shape"),
        pl.when(pl.col("value").abs() <= LARGEST).then(pl.col("value")).alias("value"),
    )
    found = (
        column.text.alias("text")
        .to_frame()
        .join(known.select("text", "shape", "value", "percent"), on="text", how="left", maintain_order="left")
    )
    value, shape, percent = found["value"], found["shape"], found["percent"].fill_null(value=False)
    if column.number is not None:
        is_own = column.number.is_not_null()
        is_fit = is_own & (column.number.abs() <= LARGEST).fill_null(value=False)
        formatted = column.percent if column.percent is not None else pl.Series([False], dtype=pl.Boolean).new_from_index(0, rows.len())
        shown = (column.number * 100).round_sig_figs(13).zip_with(formatted, column.number)
        value = shown.zip_with(is_fit, value.set(is_own, None))
        percent = percent.set(is_own, False) | (formatted & is_own)
        shape = shape.set(is_own & ~is_fit, "large").set(is_fit, "whole")
    if column.day is not None:
        shape = shape.set(column.day.is_not_null(), "date")
        value = value.set(column.day.is_not_null(), None)
    refused = [_refused(written.heading, rows, column.text, shape, kind) for kind in ("other", "formula", "rounded", "large", "date")]
    refused.append(_other_way(written.heading, rows, column.text, shape, style))
    hidden = (shape == "hidden").fill_null(value=False)
    notices = _hidden_notice(written, int(hidden.sum()))
    return Numbers(value, hidden, percent, tuple(one for one in refused if one.height), notices)


def _value(style: Style) -> pl.Expr:
    import polars as pl

    wrong = _ENGLISH if style == "danish" else _DANISH
    thousands, decimals = (".", ",") if style == "danish" else (",", ".")
    numeric = pl.col("shape").is_in(["whole", *_DANISH, *_ENGLISH, *_EITHER]) & ~pl.col("shape").is_in(list(wrong))
    plain = pl.col("bare").str.replace_all(thousands, "", literal=True).str.replace(decimals, ".", literal=True)
    return pl.when(numeric).then(plain).otherwise(None).cast(pl.Float64, strict=False)


def _as_number(bare: str, style: Style) -> float:
    thousands, decimals = (".", ",") if style == "danish" else (",", ".")
    return float(bare.replace(thousands, "").replace(decimals, "."))


def _refused(heading: str, rows: pl.Series, text: pl.Series, shape: pl.Series, kind: str) -> pl.DataFrame:
    is_so = (shape == kind).fill_null(value=False)
    return problems(rows.filter(is_so), heading, text.filter(is_so), "number" if kind == "other" else kind)


def _other_way(heading: str, rows: pl.Series, text: pl.Series, shape: pl.Series, style: Style) -> pl.DataFrame:
    wrong = _ENGLISH if style == "danish" else _DANISH
    is_so = shape.is_in(list(wrong)).fill_null(value=False)
    return problems(rows.filter(is_so), heading, text.filter(is_so), "other way", style)


def _hidden_notice(written: WrittenNumbers, count: int) -> tuple[str, ...]:
    if not count:
        return ()
    shown = written.shapes.filter(written.shapes["shape"] == "hidden").sort("rows", "text", descending=[True, False])["text"][0]
    if count == 1:
        return (f"»{shown}« står én gang i »{written.heading}«. Det er læst som for få til at vise, ikke som 0.",)
    return (
        f"»{shown}« og lignende står {danish.number(count)} gange i »{written.heading}«. De er læst som for få til at vise, ikke som 0.",
    )


def _contradiction(written: WrittenNumbers, rows: pl.Series) -> str:
    def first(shapes: tuple[str, ...]) -> tuple[int, str]:
        wanted = written.shapes.filter(written.shapes["shape"].is_in(list(shapes)))["text"]
        at = written.column.text.is_in(wanted.implode()).arg_true()[0]
        return int(rows[at]), str(written.column.text[at])

    one, other = sorted((first(_DANISH), first(_ENGLISH)))
    return (
        f"Tallene i »{written.heading}« er skrevet på to måder: række {one[0]} har »{one[1]}«, og række {other[0]} har »{other[1]}«. "
        "Skriv alle tal med komma som decimaltegn."
    )
