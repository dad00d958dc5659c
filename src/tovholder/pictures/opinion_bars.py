"""How many agree in each sector, statement by statement: a bar with its uncertainty, or the words for why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .colours import FJORD, INK, LINE, MUTED, STRONG_LINE, WHITE
from .elements import Markup, Picture, Table, counted, drawing, element, joined
from .lettering import text_width, wrapped
from .opinion_marks import group_dot, mark_of, sector_named
from .opinion_words import sector_words, words_in
from .sectors import mark

_BAR = "#A9C9D6"


@dataclass(frozen=True)
class _Size:
    width: float
    text: float
    words: float
    stacked: bool


_SIZES: Mapping[str, _Size] = {"wide": _Size(920, 16, 20, False), "phone": _Size(358, 14, 18, True), "hall": _Size(1180, 24, 32, False)}


@dataclass(frozen=True)
class _Line:
    """One part of one statement: its name, how it is drawn, and either a share with its interval or a word for what is missing."""

    name: str
    key: str
    asked: int | None
    share: float | None
    low: float | None
    high: float | None
    note: str


def agreement_bars(
    rows: Sequence[Mapping[str, Any]],
    *,
    texts: Mapping[str, str] | None = None,
    groups: bool = False,
    language: str = "da",
    size: str = "wide",
    title: str = "",
    level: float = 0.90,
    sector_names: Mapping[str, str] | None = None,
    worded: bool = True,
    id_prefix: str = "agreement",
) -> Picture:
    """This will draw each statement's shares by sector from an opinion result's published rows; raises ValueError for an unknown size.

    rows: `statements` of `OpinionResult.public()`; bars show the answer the statement stands out by. texts: statement to its words.
    groups: the parts are found groups, not sectors. worded: with each statement above its bars.
    """
    if size not in _SIZES:
        raise ValueError(f"Bjælkerne tegnes som {', '.join(_SIZES)}, ikke »{size}«.")
    words, look = words_in(language), _SIZES[size]
    names = {**sector_words(language), **(sector_names or {})}
    named = title or words["bars_title"]
    described = words["bars"].format(level=round(100 * level)) if rows else words["bars_none"]
    letters = sorted({cell["sector"] for row in rows for cell in row["sectors"]}) if groups else []
    drawn: list[Markup] = []
    y, told = 0.0, []
    parted = [_lines(row, words, names, groups) for row in rows]
    sides = [words[_side(row)] for row in rows]
    room = _room(parted, sides, look, words)
    for row, lines in zip(rows, parted, strict=True):
        text = (texts or {}).get(row["statement"]) or row.get("text") or row["statement"]
        side = words[_side(row)]
        block, y = _block(f"»{text}«" if worded else "", lines, side, letters, look, words, y, room)
        drawn.append(block)
        told += [_row(text, line, side) for line in lines]
    if not rows:
        drawn = [element("text", words["bars_none"], x=0, y=look.text, font_size=look.text, fill=MUTED)]
        y = look.text * 1.5
    svg = drawing(*drawn, width=look.width, height=y, title=named, description=described, id_prefix=id_prefix, kind="agreement-bars")
    parts = words["who"] if groups else words["sector"]
    headers = (words["statement"], parts, words["answers"], words["answer"], words["share"], words["span"])
    return Picture(svg, named, described, Table(named, headers, tuple(told)))


def _room(parted: Sequence[Sequence[_Line]], sides: Sequence[str], look: _Size, words: Mapping[str, str]) -> tuple[float, float]:
    """What names and figures take beside the bars: the same for all statements, so that bars can be compared."""
    if look.stacked or not parted:
        return 0.0, 0.0
    names = [text_width(line.name, look.text) for lines in parted for line in lines]
    figures = [text_width(_figure(line, side, words), look.text) for lines, side in zip(parted, sides, strict=True) for line in lines]
    return max(names) + look.text * 1.8, max(figures) + 8


def _side(row: Mapping[str, Any]) -> str:
    """The answer that a statement stands out by."""
    if row["kind"] == "dividing" and row.get("difference"):
        return str(row["difference"]["side"])
    return "disagree" if row["kind"] == "disagreement" else "agree"


def _lines(row: Mapping[str, Any], words: Mapping[str, str], names: Mapping[str, str], groups: bool) -> list[_Line]:
    side, lines = _side(row), []
    for cell in row["sectors"]:
        name = words["group"].format(letter=cell["sector"]) if groups else sector_named(cell["sector"], names).name
        if "asked" not in cell:
            note = words["not_asked"] if cell["state"] == "not_asked" else words["hidden"]
            lines.append(_Line(name, cell["sector"], None, None, None, None, note))
            continue
        share, low, high = cell[f"{side}_share"]
        note = words["few"] if cell["state"] == "few" else ""
        lines.append(_Line(name, cell["sector"], cell["asked"], share, low, high, note))
    total = row.get("total")
    if not lines:
        share = total[side] / total["asked"] if total else None
        lines.append(_Line(words["all"], "", total["asked"] if total else None, share, None, None, "" if total else words["hidden"]))
    return lines


def _row(text: str, line: _Line, answer: str) -> tuple[str, ...]:
    if line.share is None or line.asked is None:
        return (text, line.name, line.note, answer, "–", "–")
    span = "–" if line.low is None or line.high is None else f"{_percent(line.low)}–{_percent(line.high)}"
    return (text, line.name, counted(line.asked), answer, _percent(line.share), span)


def _block(
    text: str,
    lines: Sequence[_Line],
    side: str,
    letters: list[str],
    look: _Size,
    words: Mapping[str, str],
    y: float,
    room: tuple[float, float],
) -> tuple[Markup, float]:
    drawn: list[Markup] = []
    y += 6
    for sentence in wrapped(text, look.words, look.width - 4, bold=True) if text else ():
        y += look.words * 1.3
        drawn.append(element("text", sentence, x=0, y=y - look.words * 0.3, font_size=look.words, font_weight=600, fill=INK))
    y += look.text * 0.5
    left, right = room
    wide = look.width - left - right - 12
    for line in lines:
        high = look.text * (2.9 if look.stacked else 1.7)
        middle = y + look.text * 0.85
        drawn.append(_sign(line, letters, look.text * 0.5, middle, look.text * 0.42))
        drawn.append(element("text", line.name, x=look.text * 1.3, y=middle + look.text * 0.35, font_size=look.text, fill=INK))
        figure = _figure(line, side, words)
        drawn.append(
            element(
                "text", figure, x=look.width - 2, y=middle + look.text * 0.35, font_size=look.text, text_anchor="end",
                fill=MUTED if line.share is None else INK,
            )
        )  # fmt: skip
        bar_middle = middle + look.text * 1.2 if look.stacked else middle
        drawn.append(_bar(line, left + 2, bar_middle, wide, look.text * 0.8))
        y += high
    y += look.text * 0.6
    drawn.append(element("line", x1=0, y1=y, x2=look.width, y2=y, stroke=LINE))
    return joined(drawn), y + 4


def _figure(line: _Line, side: str, words: Mapping[str, str]) -> str:
    if line.share is None or line.asked is None:
        return line.note
    told = words["of"].format(share=_percent(line.share), count=counted(line.asked), side=side)
    return f"{told}, {line.note}" if line.note else told


def _sign(line: _Line, letters: list[str], x: float, y: float, radius: float) -> Markup:
    if not line.key:
        return element("circle", cx=x, cy=y, r=radius, fill=FJORD)
    if letters:
        return group_dot(mark_of(line.key, letters), x, y, radius)
    return mark(sector_named(line.key, {}), x, y, radius=radius)


def _bar(line: _Line, x: float, middle: float, wide: float, high: float) -> Markup:
    top = middle - high / 2
    empty = line.share is None
    pieces = [
        element(
            "rect", x=x, y=top, width=wide, height=high, rx=2, fill=WHITE, stroke=STRONG_LINE,
            stroke_dasharray="3 4" if empty else None,
        )
    ]  # fmt: skip
    if line.share is not None:
        pieces.append(element("rect", x=x, y=top, width=wide * line.share, height=high, rx=2, fill=_BAR, stroke=FJORD))
        pieces.append(
            element("line", x1=x + wide / 2, y1=top - 3, x2=x + wide / 2, y2=top + high + 3, stroke=MUTED, stroke_dasharray="2 3")
        )
    if line.low is not None and line.high is not None:
        ends = x + wide * line.low, x + wide * line.high
        pieces.append(element("line", x1=ends[0], y1=middle, x2=ends[1], y2=middle, stroke=INK, stroke_width=2))
        pieces += [
            element("line", x1=end, y1=middle - high * 0.3, x2=end, y2=middle + high * 0.3, stroke=INK, stroke_width=2) for end in ends
        ]
    return joined(pieces)


def _percent(share: float) -> str:
    return counted(round(100 * share))
