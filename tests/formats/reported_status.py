"""An invented status report with every part filled in, for the tests of its two forms."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tovholder.formats.status_report import GoalStatus, NotShown, ReportedAction, ReportedChart, ReportedTable, StatusReport
from tovholder.pictures import spark

FONTS = Path(__file__).parents[2] / "src" / "tovholder" / "web" / "static" / "vendor" / "dkfds" / "fonts"
FINGERPRINT = "7f3a91c2" + "0" * 52 + "e04b"


def chart() -> ReportedChart:
    drawn = spark(
        [14.2, 14.0, 13.0, 12.3],
        title="Ventetiden er faldet siden 2025",
        description="Dage fra henvisning til første samtale.",
        labels=["1. kvartal 2025", "2. kvartal 2025", "3. kvartal 2025", "4. kvartal 2025"],
        unit="dage",
        width=640,
        height=220,
    )
    table = ReportedTable(drawn.table.caption, drawn.table.headers, drawn.table.rows)
    return ReportedChart(drawn.title, str(drawn.svg), drawn.description, table, "Kilde: regionens udtræk (eksempel).")


def report() -> StatusReport:
    first = GoalStatus(
        number="1",
        text="Ventetiden til den første samtale er højst 10 dage",
        status="På vej, men ikke i mål",
        owner="Region Syddanmark",
        deadline=date(2027, 12, 31),
        baseline="14,2 dage (2024)",
        latest="12,3 dage (2025)",
        target="10 dage i 2027",
        sentences=("Ventetiden er faldet fra 14,2 til 12,3 dage.", "Der mangler 2,3 dage."),
        comment="Vi har ansat to koordinatorer mere.\n\n- Esbjerg begynder i januar\n- Vejle begynder i marts\n\nVi ser på tallene igen.",
        charts=(chart(),),
        method="Kontroldiagram, version 1.",
    )
    second = GoalStatus(
        number="2",
        text="Lige mange får tilbuddet",
        status="For tidligt at sige",
        tables=(ReportedTable("Andel i 2025", ("Uddannelse", "Andel"), (("Grundskole", "55,1 pct."), ("Anden", "for få til at vise"))),),
    )
    return StatusReport(
        plan="Sundhedsplan 2024-2027",
        owner="Region Syddanmark",
        year=2026,
        state="approved",
        fingerprint=FINGERPRINT,
        made_at=datetime(2026, 11, 29, 23, 30, tzinfo=UTC),
        summary="Det går fremad med ventetiden.\n\nEn ting kræver en beslutning.",
        approved_by="Regionsrådet",
        approved_on=date(2026, 11, 24),
        goals=(first, second),
        actions=(ReportedAction("Indsats", "Fælles koordinatorer", "Esbjerg og Vejle", "siden marts 2025", ("1", "2")),),
        not_shown=(NotShown("Ventetid på Fanø", "For få til at vise."),),
        method="Tallene kommer fra regionens udtræk.",
        is_example=True,
    )
