from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from tovholder.formats.consultation_report import (
    ConsultationReport,
    GeneralTheme,
    HeardParty,
    NextStep,
    ProvisionRemarks,
    ReportedChange,
    ReportedRemark,
    report_as_json,
    report_from_json,
)

ONE = ReportedRemark("1", "Ærø Kommune (eksempel)", "Hvem betaler?\x00 🙂 שלום", "partly", "Det står i aftalen.")
TWO = ReportedRemark("2", "KL (eksempel)", "Fristen er for kort.", "accepted", "Enig.", "Fristen er nu 14 dage.")


def report() -> ConsultationReport:
    return ConsultationReport(
        title="Sundhedsplan 2027",
        case_number="26/34038",
        sender="Region Syddanmark",
        period=(date(2026, 10, 5), date(2026, 12, 11)),
        fingerprint="7f3a91c2" + "0" * 52 + "e04b",
        made_at=datetime(2026, 12, 14, 9, 30, tzinfo=UTC),
        heard=(HeardParty("KL (eksempel)", "Organisation", received=True, remarks=True),),
        general=(GeneralTheme("Økonomi", "Flere spørger til økonomien.", "Vi svarer.", (ONE,)),),
        by_provision=(ProvisionRemarks("4.2", "Frister", "Fristen er 7 dage.", "Fristen.", "", (TWO,)),),
        changes=(ReportedChange("4.2", "Frister", "Fristen er 7 dage.", "Fristen er 14 dage.", ("2",)),),
        next_steps=(NextStep("12. januar 2027", "Udvalget behandler notatet."),),
        signature="Sekretariatet (eksempel)",
    )


def test_a_report_survives_the_way_to_another_process() -> None:
    assert report_from_json(report_as_json(report())) == report()


def test_every_remark_is_listed_with_its_place() -> None:
    assert report().remarks == (("Økonomi", ONE), ("4.2 Frister", TWO))


def test_something_else_is_refused() -> None:
    whole = json.loads(report_as_json(report()))
    for broken in (
        "[]",
        "{}",
        "not json",
        json.dumps(whole | {"form": "another"}),
        json.dumps(whole | {"unknown": 1}),
        json.dumps(whole | {"period": None}),
        json.dumps({key: value for key, value in whole.items() if key != "heard"}),
    ):
        with pytest.raises(ValueError):
            report_from_json(broken)
