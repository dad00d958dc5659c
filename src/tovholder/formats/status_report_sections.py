"""What a status report says, from top to bottom, composed once: the Word document and the PDF print the same pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tovholder.formats.reading_shapes import Unreadable
from tovholder.formats.reading_zip import parse_xml
from tovholder.formats.status_report import GoalStatus, ReportedChart, ReportedTable, StatusReport
from tovholder.formats.word_elements import cleaned
from tovholder.texts import danish
from tovholder.texts.fingerprint import short

LONGEST_IN_TEXT = 12
NOT_MEASURED = "Ikke målt endnu"
NOT_SET = "Ikke sat"
EXAMPLE = "Eksempel: personer, dokumenter og tal er opdigtede."
DRAFT = "Udkast, kan ændres. Rapporten er ikke godkendt."
_NUMBER = re.compile(r"[<>≤≥−+-]?\s?\d[\d.,\s]*(%|pct\.|procentpoint|dage|år)?")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BULLET = re.compile(r"[-–•*]\s")
_OUTSIDE = {"image", "script", "foreignObject", "use", "iframe", "style", "feImage", "a", "animate", "set"}


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Words:
    """A paragraph: lead opens the report, note is small, mark stands out, answer is what a person wrote."""

    text: str
    style: Literal["text", "lead", "note", "mark", "answer"] = "text"


@dataclass(frozen=True)
class Points:
    items: tuple[str, ...]
    style: Literal["text", "lead", "answer"] = "text"


@dataclass(frozen=True)
class Facts:
    """Names with what they are: one under the other, or side by side when they are the figures of a goal."""

    pairs: tuple[tuple[str, str], ...]
    are_figures: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: shares are the widths of its columns out of their sum, right tells which columns hold numbers."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    right: tuple[bool, ...]


@dataclass(frozen=True)
class Drawing:
    title: str
    svg: str
    alt: str
    note: str


@dataclass(frozen=True)
class Contents:
    heading: str


Piece = Heading | Words | Points | Facts | Grid | Drawing | Contents


def sections(report: StatusReport) -> tuple[Piece, ...]:
    """This will give the pieces of a report in the order they are read."""
    return tuple(_written(report))


def foot(report: StatusReport) -> str:
    """This will give the line at the foot of every page: fingerprint, day, and what the reader must not mistake."""
    marks = [
        f"Fingeraftryk {short(report.fingerprint)}" if report.fingerprint else "",
        danish.long_date(danish.in_denmark(report.made_at)),
        "Udkast" if report.state == "draft" else "",
        "Eksempel" if report.is_example else "",
    ]
    return " · ".join(line(mark) for mark in marks if mark)


def _written(report: StatusReport) -> Iterator[Piece]:
    if report.is_example:
        yield Words(EXAMPLE, "mark")
    if report.state == "draft":
        yield Words(DRAFT, "mark")
    yield Facts(_facts(report))
    yield Heading(1, "Kort fortalt")
    if report.summary.strip():
        yield from _paragraphs(report.summary, "lead")
    yield from _paragraphs(_counted(report.goals))
    if report.goals:
        yield _overview(report.goals)
    yield Contents("Indhold")
    annexes: list[tuple[str, Grid]] = []
    for goal in report.goals:
        yield from _goal(goal, report, annexes)
    yield from _actions(report)
    yield Heading(1, "Det kan vi ikke vise")
    if report.not_shown:
        rows = [(row.what, row.why) for row in report.not_shown]
        yield _grid("Tal, der mangler i rapporten", ("Hvad", "Hvorfor"), rows, (2, 3))
    else:
        yield Words("Alle planens mål er med, og ingen tal er holdt tilbage.")
    yield Heading(1, "Sådan er tallene lavet")
    yield from _paragraphs(report.method or "Fremgangsmåden er ikke beskrevet endnu.")
    yield Words(
        "Tallene viser, hvordan det går. De viser ikke alene, hvad der er årsagen. "
        "Grupper, der er så små, at nogen kan kendes, er skrevet som »for få til at vise« og aldrig som 0."
    )
    if report.fingerprint:
        yield Words(f"Rapportens fingeraftryk er {line(report.fingerprint)}. Rettes bare ét komma, bliver det et andet.", "note")
    for number, (about, grid) in enumerate(annexes, start=1):
        yield Heading(1, line(f"Bilag {number}: {about}"))
        yield grid


def _facts(report: StatusReport) -> tuple[tuple[str, str], ...]:
    approved = "Ikke godkendt endnu"
    if report.state == "approved" and report.approved_on is not None:
        approved = f"{danish.long_date(report.approved_on)} af {report.approved_by}"
    made = danish.date_and_time(report.made_at, with_year=True)
    pairs = (("Plan", report.plan), ("Afsender", report.owner), ("År", str(report.year)), ("Godkendt", approved), ("Dannet", made))
    return tuple((name, line(what)) for name, what in pairs if what)


def _counted(goals: Sequence[GoalStatus]) -> str:
    if not goals:
        return "Planen har ingen mål endnu."
    counts: dict[str, int] = {}
    for goal in goals:
        counts[line(goal.status)] = counts.get(line(goal.status), 0) + 1
    parts = [f"{danish.number(count)} »{status}«" for status, count in counts.items() if status]
    said = f"Planen har {danish.count_of(len(goals), 'mål', 'mål')}"
    return f"{said}: {danish.list_of(parts)}." if parts else f"{said}."


def _overview(goals: Sequence[GoalStatus]) -> Grid:
    headers = ("Nr.", "Mål", "Status", "Udgangspunkt", "Senest", "Målet er")
    rows = [
        (goal.number, goal.text, goal.status, goal.baseline or NOT_MEASURED, goal.latest or NOT_MEASURED, goal.target or NOT_SET)
        for goal in goals
    ]
    return _grid("Målene på ét blik", headers, rows, (0.8, 4, 2.1, 2.4, 2, 2))


def _goal(goal: GoalStatus, report: StatusReport, annexes: list[tuple[str, Grid]]) -> Iterator[Piece]:
    yield Heading(1, line(f"Mål {goal.number}: {goal.text}"))
    pairs = (
        ("Status", goal.status or "Ikke vurderet endnu"),
        ("Ansvarlig", goal.owner or "Ingen endnu"),
        ("Frist", danish.long_date(goal.deadline) if goal.deadline else "Ingen endnu"),
    )
    figures = (
        ("Udgangspunkt", goal.baseline or NOT_MEASURED),
        ("Senest", goal.latest or NOT_MEASURED),
        ("Målet er", goal.target or NOT_SET),
    )
    yield Facts(tuple((name, line(what)) for name, what in pairs))
    yield Facts(tuple((name, line(what)) for name, what in figures), are_figures=True)
    yield from (Words(line(sentence)) for sentence in goal.sentences if sentence.strip())
    for chart in goal.charts:
        yield from _chart(chart)
        if chart.table is not None:
            yield _placed(chart.table, f"Mål {goal.number}, {chart.title}", annexes, is_same=chart.table.caption == chart.title)
    for table in goal.tables:
        yield _placed(table, f"Mål {goal.number}, {table.caption}", annexes)
    if goal.comment.strip():
        yield Heading(2, line(f"Kommentar fra {goal.owner or report.owner}"))
        yield from _paragraphs(goal.comment, "answer")
    if goal.method.strip():
        yield Words(f"Sådan er det målt: {line(goal.method)}", "note")


def _chart(chart: ReportedChart) -> Iterator[Piece]:
    svg = cleaned(chart.svg)
    if _is_plain(svg):
        yield Drawing(line(chart.title), svg, line(chart.alt), line(chart.note))
    else:
        yield Words(f"{line(chart.title)} Tegningen kan ikke trykkes her. {line(chart.alt)}")


def _placed(table: ReportedTable, about: str, annexes: list[tuple[str, Grid]], *, is_same: bool = False) -> Piece:
    """A short table stands where it is read; a long one goes to the back, and its place here says where."""
    grid = _whole(replace(table, caption="Tallene bag tegningen") if is_same else table)
    if len(table.rows) <= LONGEST_IN_TEXT:
        return grid
    annexes.append((about, grid))
    return Words(f"{'Tallene bag tegningen' if is_same else line(table.caption)} står i bilag {len(annexes)}.", "note")


def _is_plain(svg: str) -> bool:
    """A drawing of shapes and words: nothing in it runs, and nothing is fetched from elsewhere."""
    try:
        tree = parse_xml(svg.encode())
    except Unreadable:
        return False
    if not str(tree.tag).endswith("}svg"):
        return False
    for element in tree.iter():
        # Comments have a function for a tag: they draw nothing.
        name = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
        written = [(str(key).rsplit("}", 1)[-1], str(value)) for key, value in element.attrib.items()]
        fetches = any("url(" in value and not value.startswith("url(#") for _, value in written)
        if name in _OUTSIDE or fetches or any(key == "href" or key == "style" or key.startswith("on") for key, _ in written):
            return False
    return True


def _actions(report: StatusReport) -> Iterator[Piece]:
    yield Heading(1, "Indsatser og beslutninger")
    if not report.actions:
        yield Words("Der er ikke knyttet indsatser eller beslutninger til målene i år.")
        return
    rows = [(row.kind, row.what, row.who, row.when, ", ".join(row.goals)) for row in report.actions]
    yield _grid("Hvad der er gjort og besluttet", ("Slags", "Hvad", "Hvem", "Hvornår", "Mål"), rows, (1.7, 5, 3, 2, 1.2))


def _whole(table: ReportedTable) -> Grid:
    longest = [max([len(cell) for cell in column], default=1) for column in zip(table.headers, *table.rows, strict=True)]
    return _grid(table.caption, table.headers, table.rows, tuple(min(max(length, 6), 40) for length in longest))


def _grid(caption: str, headers: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> Grid:
    cells = tuple(tuple(line(cell) for cell in row) for row in rows)
    numbers = [[bool(_NUMBER.fullmatch(row[place])) for row in cells if row[place]] for place in range(len(headers))]
    right = tuple(bool(found) and sum(found) * 2 > len(found) and place > 0 for place, found in enumerate(numbers))
    return Grid(line(caption), tuple(line(header) for header in headers), cells, tuple(shares), right)


def _paragraphs(text: str, style: Literal["text", "lead", "answer"] = "text") -> Iterator[Piece]:
    for block in re.split(r"\n\s*\n", _TURNS.sub("", cleaned(text)).strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if lines and all(_BULLET.match(line) for line in lines):
            yield Points(tuple(line[1:].strip() for line in lines), style)
        elif lines:
            yield Words(" ".join(lines), style)


def line(text: str) -> str:
    """This will put a text on one line, without signs that cannot be stored or that turn the reading direction of what follows."""
    return " ".join(_TURNS.sub("", cleaned(text)).split())
