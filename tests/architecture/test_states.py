"""docs/reference/states.md is drawn from the tables the rules use, so that no picture of states can drift."""

import os
from pathlib import Path

from tovholder.consultations import rules as consultations
from tovholder.consultations.models import Response, Signer
from tovholder.dialogue.models import Statement, ThemeGroup
from tovholder.dialogue.rules import groups, statements
from tovholder.findings import rules as findings
from tovholder.findings.models import Delivery, StatusReport
from tovholder.findings.rules import deliveries
from tovholder.plans import rules as plans
from tovholder.plans.models import Approval

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "states.md"
DRAWN = [
    ("Udsagn", Statement.State, statements.CHANGES),
    ("Temagruppe", ThemeGroup.Status, groups.STATUS_CHANGES),
    ("Høringssvar", Response.State, consultations.CHANGES),
    ("Medunderskriver", Signer.State, consultations.SIGNER_CHANGES),
    ("Beslutning fra en part", Approval.Outcome, plans.CHANGES),
    ("Statusrapport", StatusReport.State, findings.REPORT_CHANGES),
    ("Levering af tal", Delivery.State, deliveries.CHANGES),
]


def drawn(title, states, changes):
    lines = [f"## {title}", "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.value}: {state.label}" for state in states]
    lines += [f"    {before} --> {after}" for before, afters in changes.items() for after in afters]
    return [*lines, "```", ""]


def test_every_state_in_a_table_is_a_state_of_the_model():
    for _title, states, changes in DRAWN:
        assert set(changes) | {after for afters in changes.values() for after in afters} <= set(states.values)


def test_the_page_is_current():
    lines = ["# States, and how they change", "", "Drawn by `tests/architecture/test_states.py` from the tables in the rooms' rules.", ""]
    for row in DRAWN:
        lines += drawn(*row)
    text = "\n".join(lines)
    if os.environ.get("WRITE_DOCS") == "1":
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text
