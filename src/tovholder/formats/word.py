from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from tovholder.formats.consultation_report import ConsultationReport, HeardParty, ReportedRemark
from tovholder.formats.word_elements import Paper
from tovholder.texts import danish
from tovholder.texts.difference import difference

VERDICTS = {
    "accepted": "Imødekommet",
    "partly": "Delvist imødekommet",
    "not_accepted": "Ikke imødekommet",
    "noted": "Taget til efterretning",
    "": "Ikke vurderet",
}
STATUSES = {"draft": "Udkast, kan ændres", "adopted": "Vedtaget"}


def report_docx(report: ConsultationReport) -> bytes:
    """This will write a høringsnotat as a Word document in the form the authorities use."""
    paper = Paper(title=report.title, author=report.sender, made_at=report.made_at)
    paper.footer(report.fingerprint)
    paper.text(paper.title, "Title")
    paper.text("Høringsnotat", "Subtitle")
    facts = [
        ("Afsender", report.sender),
        ("Sagsnr.", report.case_number),
        ("Høringsperiode", danish.period(*report.period)),
        ("Notatets dato", danish.date_and_time(report.made_at, with_year=True)),
        ("Tekstens fingeraftryk", report.fingerprint),
    ]
    paper.table((), [fact for fact in facts if fact[1]], (4.5, 11.5))
    paper.contents("Indhold")
    _write_heard(paper, report)
    _write_general(paper, report)
    _write_by_provision(paper, report)
    _write_changes(paper, report)
    _write_next_steps(paper, report)
    _write_matrix(paper, report)
    return paper.as_bytes()


def plan_docx(
    title: str,
    status: str,
    version: str,
    fingerprint: str,
    provisions: Sequence[tuple[int, str, str, str]],
    *,
    made_at: datetime | None = None,
    author: str = "",
    language: str = "da",
) -> bytes:
    """This will write a plan as a Word document from rows of (level, label, heading, body)."""
    paper = Paper(title=title, author=author, made_at=made_at, language=language)
    paper.footer(fingerprint)
    paper.text(paper.title, "Title")
    facts = [
        ("Status", STATUSES.get(status, status)),
        ("Version", version),
        ("Tekstens fingeraftryk", fingerprint),
    ]
    paper.table((), [fact for fact in facts if fact[1]], (4.5, 11.5))
    paper.contents("Indhold")
    for level, label, heading, body in provisions:
        if named := f"{label} {heading}".strip():
            paper.heading(named, level)
        paper.text(body)
    return paper.as_bytes()


def plan_docx_from_json(content: bytes) -> bytes:
    """This will write a plan as a Word document from a JSON object that names the arguments of `plan_docx`."""
    import json

    given = json.loads(content)
    made_at = datetime.fromisoformat(given["made_at"]) if given.get("made_at") else None
    return plan_docx(**{**given, "made_at": made_at})


def _write_heard(paper: Paper, report: ConsultationReport) -> None:
    first, last = report.period
    paper.heading("1 Hørte myndigheder og organisationer")
    days = danish.count_of((last - first).days + 1, "dag", "dage")
    paper.text(f"Teksten var i høring fra {danish.long_date(first)} til {danish.long_date(last)}. Det er {days} med begge dage talt med.")
    heard = sorted(report.heard, key=lambda row: danish.sort_key(row.party))
    if not heard:
        paper.text("Der står ingen parter på høringslisten.")
    else:
        paper.text(_answered(heard))
        rows = [(row.party, row.kind, _cross(row.received), _cross(row.remarks), _cross(row.no_remarks)) for row in heard]
        headers = ("Part", "Type", "Svar modtaget", "Bemærkninger", "Ingen bemærkninger")
        paper.table(headers, rows, (5.6, 3.2, 2.2, 2.5, 2.5))
    paper.text(_counted(report))
    paper.text(_left_out(report))


def _answered(heard: Sequence[HeardParty]) -> str:
    received = sum(row.received for row in heard)
    without = sum(row.no_remarks for row in heard)
    sentence = f"{danish.count_of(len(heard), 'part er hørt', 'parter er hørt')}. {danish.number(received)} har svaret"
    sentence += f", og {danish.number(without)} af dem har ingen bemærkninger." if without else "."
    silent = len(heard) - received
    return f"{sentence} {danish.number(silent)} har ikke svaret." if silent else sentence


def _counted(report: ConsultationReport) -> str:
    remarks = [remark for _, remark in report.remarks]
    if not remarks:
        return "" if report.left_out else "Vi har ikke modtaget bemærkninger."
    counts = Counter(_verdict(remark) for remark in remarks)
    order = [*VERDICTS.values(), *sorted(counts.keys() - set(VERDICTS.values()), key=danish.sort_key)]
    parts = [f"{danish.number(counts[word])} {word[:1].lower()}{word[1:]}" for word in order if counts[word]]
    total = danish.count_of(len(remarks), "bemærkning", "bemærkninger")
    return f"Notatet besvarer {total}: {danish.list_of(parts)}. Alle står i bilag 1."


def _left_out(report: ConsultationReport) -> str:
    if not report.left_out:
        return ""
    count = danish.count_of(len(report.left_out), "svar er", "svar er")
    numbers = danish.list_of(list(report.left_out))
    return f"{count} ikke med i notatet endnu, fordi vi ikke har behandlet alle bemærkninger i dem: nr. {numbers}."


def _write_general(paper: Paper, report: ConsultationReport) -> None:
    paper.heading("2 Generelle bemærkninger")
    if not report.general:
        paper.text(_none(report, "generelle bemærkninger"))
    for number, theme in enumerate(report.general, start=1):
        paper.heading(f"2.{number} {theme.theme}", 2)
        _write_answer(paper, report, theme.summary, theme.comment, theme.remarks)


def _none(report: ConsultationReport, what: str) -> str:
    return f"Ingen {what} er behandlet endnu." if report.left_out else f"Der er ingen {what}."


def _write_by_provision(paper: Paper, report: ConsultationReport) -> None:
    paper.heading("3 Bemærkninger til enkelte punkter")
    if not report.by_provision:
        paper.text(_none(report, "bemærkninger til enkelte punkter"))
    for number, provision in enumerate(report.by_provision, start=1):
        paper.heading(f"3.{number} Til {provision.label} {provision.heading}", 2)
        if provision.text.strip():
            paper.heading("Teksten i høring", 3)
            paper.text(provision.text, "Quote")
        _write_answer(paper, report, provision.summary, provision.comment, provision.remarks)


def _write_answer(paper: Paper, report: ConsultationReport, summary: str, comment: str, remarks: Sequence[ReportedRemark]) -> None:
    paper.heading("Resumé", 3)
    paper.text(summary.strip() or "Bemærkningerne står i bilag 1.")
    paper.heading("Regionens kommentar" if report.sender.startswith("Region") else f"Kommentar fra {report.sender}", 3)
    paper.text(comment.strip() or _reasons(remarks) or "Der er ikke skrevet en kommentar endnu.")
    if remarks:
        numbers = danish.list_of([remark.number for remark in _in_order(remarks)])
        paper.text(f"Se {'bemærkning' if len(remarks) == 1 else 'bemærkningerne'} nr. {numbers} i bilag 1.")


def _reasons(remarks: Sequence[ReportedRemark]) -> str:
    """The reasons given to the remarks, each once: they stand in when nobody wrote one common comment."""
    numbers: dict[str, list[str]] = {}
    for remark in _in_order(remarks):
        if reason := remark.reason.strip():
            numbers.setdefault(reason, []).append(remark.number)
    return "\n\n".join(f"Nr. {danish.list_of(named)}: {reason}" for reason, named in numbers.items())


def _write_changes(paper: Paper, report: ConsultationReport) -> None:
    paper.heading("4 Ændringer")
    if not report.changes:
        paper.text("Høringen har ikke ført til ændringer i teksten.")
        return
    paper.text("Ny tekst er fed og understreget. Tekst, der udgår, er gennemstreget.")
    for number, change in enumerate(report.changes, start=1):
        paper.heading(f"4.{number} {change.label} {change.heading}", 2)
        paper.difference(difference(change.before, change.after))
        if change.because_of:
            numbers = danish.list_of(sorted(change.because_of, key=danish.sort_key))
            paper.text(f"Ændringen følger af bemærkning nr. {numbers}.")


def _write_next_steps(paper: Paper, report: ConsultationReport) -> None:
    paper.heading("5 Det videre forløb")
    if report.next_steps:
        paper.table(("Hvornår", "Hvad"), [(step.when, step.what) for step in report.next_steps], (4.5, 11.5))
    else:
        paper.text("Det videre forløb er ikke aftalt endnu.")
    paper.text(report.signature)


def _write_matrix(paper: Paper, report: ConsultationReport) -> None:
    paper.sideways()
    paper.heading("Bilag 1 Høringsoversigt")
    if not report.remarks:
        paper.text(_left_out(report) or "Vi har ikke modtaget bemærkninger.")
        return
    placed = sorted(report.remarks, key=lambda pair: danish.sort_key(pair[1].number))
    rows = [(remark.number, remark.party, place, remark.text, _verdict(remark), _reason(remark)) for place, remark in placed]
    headers = ("Nr.", "Afsender", "Afsnit", "Bemærkning", "Vurdering", "Begrundelse")
    paper.table(headers, rows, (1.5, 3.6, 3.4, 8.2, 2.8, 6.2))


def _reason(remark: ReportedRemark) -> str:
    return "\n".join(part for part in (remark.reason.strip(), remark.change and f"Ændring: {remark.change}") if part)


def _verdict(remark: ReportedRemark) -> str:
    return VERDICTS.get(remark.verdict, remark.verdict)


def _cross(ticked: bool) -> str:
    return "X" if ticked else ""


def _in_order(remarks: Sequence[ReportedRemark]) -> list[ReportedRemark]:
    return sorted(remarks, key=lambda remark: danish.sort_key(remark.number))
