"""One status report on a plan for a year: everything that is printed, and nothing that is looked up while printing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

FORM = "tovholder-status-report-1"
STATES = ("draft", "approved")


@dataclass(frozen=True)
class ReportedTable:
    """Rows of cells under one header row; every row has as many cells as there are headers."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ReportedChart:
    """A drawing as SVG, the sentence it shows, what a person who cannot see it is told, and the same figures as a table."""

    title: str
    svg: str
    alt: str
    table: ReportedTable | None = None
    note: str = ""


@dataclass(frozen=True)
class GoalStatus:
    """How one goal stands: figures are written out with unit and period, and an empty one means not measured or not set."""

    number: str
    text: str
    status: str
    owner: str = ""
    deadline: date | None = None
    baseline: str = ""
    latest: str = ""
    target: str = ""
    sentences: tuple[str, ...] = ()
    comment: str = ""
    charts: tuple[ReportedChart, ...] = ()
    tables: tuple[ReportedTable, ...] = ()
    method: str = ""


@dataclass(frozen=True)
class ReportedAction:
    """An initiative or a decision of the year, and the goals it serves by their numbers."""

    kind: str
    what: str
    who: str = ""
    when: str = ""
    goals: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotShown:
    what: str
    why: str


@dataclass(frozen=True)
class StatusReport:
    """A status report: state is draft or approved; an approved one says by whom and on which day."""

    plan: str
    owner: str
    year: int
    state: str
    fingerprint: str
    made_at: datetime
    summary: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    goals: tuple[GoalStatus, ...] = ()
    actions: tuple[ReportedAction, ...] = ()
    not_shown: tuple[NotShown, ...] = ()
    method: str = ""
    is_example: bool = False

    @property
    def title(self) -> str:
        """This will name the report as it is announced: Status 2026 for Sundhedsplan 2024-2027."""
        return f"Status {self.year} for {self.plan}"


def status_report_as_json(report: StatusReport) -> str:
    """This will write a report as JSON, so that another process can print it."""
    content = asdict(report) | {"form": FORM, "made_at": report.made_at.isoformat(), "approved_on": _day(report.approved_on)}
    content["goals"] = [asdict(goal) | {"deadline": _day(goal.deadline)} for goal in report.goals]
    return json.dumps(content, ensure_ascii=False)


def status_report_from_json(text: str) -> StatusReport:
    """This will read a report from JSON again; raises ValueError with a sentence when it is something else."""
    try:
        content = json.loads(text)
        if not isinstance(content, dict) or content.pop("form", None) != FORM:
            raise ValueError(f"Teksten er ikke en {FORM}.")
        report = _report(content)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"Teksten er ikke en hel {FORM}: {error}.") from error
    _check(report)
    return report


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _report(content: dict[str, Any]) -> StatusReport:
    return StatusReport(
        **content
        | {
            "made_at": datetime.fromisoformat(content["made_at"]),
            "approved_on": _read_day(content.get("approved_on")),
            "goals": tuple(_goal(row) for row in content.get("goals", ())),
            "actions": tuple(ReportedAction(**row | {"goals": tuple(row.get("goals", ()))}) for row in content.get("actions", ())),
            "not_shown": tuple(NotShown(**row) for row in content.get("not_shown", ())),
        }
    )


def _goal(row: dict[str, Any]) -> GoalStatus:
    return GoalStatus(
        **row
        | {
            "deadline": _read_day(row.get("deadline")),
            "sentences": tuple(row.get("sentences", ())),
            "charts": tuple(_chart(chart) for chart in row.get("charts", ())),
            "tables": tuple(_table(table) for table in row.get("tables", ())),
        }
    )


def _chart(row: dict[str, Any]) -> ReportedChart:
    table = row.get("table")
    return ReportedChart(**row | {"table": None if table is None else _table(table)})


def _table(row: dict[str, Any]) -> ReportedTable:
    return ReportedTable(row["caption"], tuple(row["headers"]), tuple(tuple(cells) for cells in row["rows"]))


def _read_day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


def _check(report: StatusReport) -> None:
    if report.state not in STATES:
        raise ValueError(f"Tilstanden »{report.state}« kender vi ikke. Skriv draft eller approved.")
    if report.state == "approved" and not (report.approved_by and report.approved_on):
        raise ValueError("En godkendt rapport skal sige, hvem der har godkendt den, og hvilken dag.")
    for goal in report.goals:
        charts = [chart.table for chart in goal.charts if chart.table is not None]
        for table in (*goal.tables, *charts):
            _check_table(table, goal.number)
        for chart in goal.charts:
            if not chart.alt.strip():
                raise ValueError(f"Tegningen »{chart.title}« under mål {goal.number} mangler ord til den, der ikke kan se den.")


def _check_table(table: ReportedTable, goal: str) -> None:
    odd: Sequence[int] = [number for number, row in enumerate(table.rows, start=1) if len(row) != len(table.headers)]
    if odd or not table.headers:
        where = f"række {odd[0]}" if odd else "overskrifterne"
        raise ValueError(f"Tabellen »{table.caption}« under mål {goal} passer ikke sammen: tjek {where}.")
