"""docs/reference/coverage.md is made here: each row of the domain study, and the place in the code where it lives."""

import importlib
import inspect
import json
import os
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

from .coverage_rows import ROWS

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "reference" / "coverage.md"
KINDS = json.loads((ROOT / "src/tovholder/parties/data/kinds.json").read_text(encoding="utf-8"))
PLAN_KINDS = json.loads((ROOT / "src/tovholder/plans/data/kinds.json").read_text(encoding="utf-8"))


def line_of(found):
    path = Path(inspect.getsourcefile(found)).relative_to(ROOT)
    return f"`{path}`"


def routes(resolver=None, prefix=""):
    names = {}
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            names |= routes(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif entry.name:
            names[f"{prefix}{entry.name}"] = entry.callback
    return names


def place(reference):
    """The place a reference names, as words for the page; raises when it is not there."""
    kind, name = reference.split(":", 1)
    if kind == "kind":
        row = next(row for row in KINDS["kinds"] if row["code"] == name)
        return f"slags part »{row['name']}«"
    if kind == "role":
        row = next(row for row in KINDS["roles"] if row["code"] == name)
        return f"rolle »{row['name']}«"
    if kind == "plan-kind":
        row = next(row for row in PLAN_KINDS["kinds"] if row["code"] == name)
        return f"slags plan »{row['name']}«"
    if kind == "page":
        return f"side `{name}` i {line_of(inspect.unwrap(routes()[name]))}"
    room, rest = name.split(".", 1)
    if kind in {"action", "query"}:
        module = importlib.import_module(f"tovholder.{room}.{'actions' if kind == 'action' else 'queries'}")
        return f"`{rest}` i {line_of(getattr(module, rest))}"
    model = apps.all_models[room][rest.split(".")[0].lower()]
    if kind == "field":
        model._meta.get_field(rest.split(".")[1])
    elif kind == "choice":
        _model, choices, member = rest.split(".")
        assert getattr(getattr(model, choices), member)
    return f"`{rest}` i {line_of(model)}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]))
def test_each_row_has_its_place(row):
    assert all(place(reference) for reference in row[2:])


def test_no_row_is_left_out():
    assert [row[0] for row in ROWS] == list(range(1, 110))


def test_the_page_is_current():
    lines = [
        "# Where everything the sources name lives",
        "",
        "Made by `tests/architecture/test_coverage.py`: every place is looked up in the code. Write it again with `WRITE_DOCS=1`.",
        "",
        "| # | term | lives in |",
        "|---|---|---|",
        *(f"| {number} | {term} | {'; '.join(map(place, places))} |" for number, term, *places in ROWS),
        "",
    ]
    text = "\n".join(lines)
    if os.environ.get("WRITE_DOCS") == "1":
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text
