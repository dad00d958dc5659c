from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

FORM = "tovholder-consultation-report-1"


@dataclass(frozen=True)
class HeardParty:
    party: str
    kind: str
    received: bool
    remarks: bool = False
    no_remarks: bool = False


@dataclass(frozen=True)
class ReportedRemark:
    number: str
    party: str
    text: str
    verdict: str
    reason: str = ""
    change: str = ""


@dataclass(frozen=True)
class GeneralTheme:
    theme: str
    summary: str
    comment: str = ""
    remarks: tuple[ReportedRemark, ...] = ()


@dataclass(frozen=True)
class ProvisionRemarks:
    label: str
    heading: str
    text: str
    summary: str
    comment: str = ""
    remarks: tuple[ReportedRemark, ...] = ()


@dataclass(frozen=True)
class ReportedChange:
    label: str
    heading: str
    before: str
    after: str
    because_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class NextStep:
    when: str
    what: str


@dataclass(frozen=True)
class ConsultationReport:
    """One høringsnotat: everything that is printed, and nothing that is looked up while printing."""

    title: str
    case_number: str
    sender: str
    period: tuple[date, date]
    fingerprint: str
    made_at: datetime
    heard: tuple[HeardParty, ...] = ()
    general: tuple[GeneralTheme, ...] = ()
    by_provision: tuple[ProvisionRemarks, ...] = ()
    changes: tuple[ReportedChange, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    signature: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def remarks(self) -> tuple[tuple[str, ReportedRemark], ...]:
        """This will list every remark with the place in the plan it is about, general ones first."""
        general = [(theme.theme, remark) for theme in self.general for remark in theme.remarks]
        placed = [
            (" ".join((provision.label, provision.heading)).strip(), remark)
            for provision in self.by_provision
            for remark in provision.remarks
        ]
        return (*general, *placed)


def report_as_json(report: ConsultationReport) -> str:
    """This will write a report as JSON, so that another process can print it."""
    content = asdict(report) | {
        "form": FORM,
        "period": [day.isoformat() for day in report.period],
        "made_at": report.made_at.isoformat(),
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def report_from_json(text: str) -> ConsultationReport:
    """This will read a report from JSON again and raise ValueError with a sentence when it is something else."""
    try:
        content = json.loads(text)
        if not isinstance(content, dict) or content.pop("form", None) != FORM:
            raise ValueError(f"The text is not a {FORM}.")
        return _report(content)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"The text is not a whole {FORM}: {error}.") from error


def _report(content: dict[str, Any]) -> ConsultationReport:
    first, last = content["period"]
    return ConsultationReport(
        **content
        | {
            "period": (date.fromisoformat(first), date.fromisoformat(last)),
            "made_at": datetime.fromisoformat(content["made_at"]),
            "heard": tuple(HeardParty(**row) for row in content["heard"]),
            "general": tuple(GeneralTheme(**_with_remarks(row)) for row in content["general"]),
            "by_provision": tuple(ProvisionRemarks(**_with_remarks(row)) for row in content["by_provision"]),
            "changes": tuple(ReportedChange(**row | {"because_of": tuple(row["because_of"])}) for row in content["changes"]),
            "next_steps": tuple(NextStep(**row) for row in content["next_steps"]),
            "left_out": tuple(content.get("left_out", ())),
        }
    )


def _with_remarks(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"remarks": tuple(ReportedRemark(**remark) for remark in row["remarks"])}
