"""Doors to a plan's yearly status: the desk, two who write at once, what is frozen, approval, and the files."""

import io
import zipfile

import pytest
from django.urls import reverse

from tests.factories import AT, make_party
from tests.factories_followup import FollowedGoal
from tests.factories_threads import make_goal
from tovholder.findings import actions, queries
from tovholder.findings.models import StatusReport

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.fixture
def followed():
    found = FollowedGoal()
    make_goal(found.plan, text="Alle har en plan.")
    found.calculate()
    return found


@pytest.fixture
def report(followed):
    return actions.draft_status_report(followed.plan, year=2025, by=followed.by, at=AT)


def address(name, report, *more):
    return reverse(f"findings:{name}", args=[report.pk, *more])


def decide(client, report, what, **more):
    return client.post(address("status_decide", report), {"hvad": what, **more}, follow=True)


def finished(client, report):
    client.post(address("status_summary", report), {"summary": "Det går.\n\nVi gør mere.", "revision": report.revision})
    return decide(client, report, "finish")


def test_a_draft_is_made_from_the_plans_page_and_its_year_is_chosen(client, followed, log_in):
    log_in(("planner", followed.region))
    plan_page = reverse("findings:plan", args=[followed.plan.pk])
    assert "Lav et udkast til status" in client.get(plan_page).content.decode()
    draft = reverse("findings:draft_status", args=[followed.plan.pk])
    response = client.post(draft, {"year": "2025"}, follow=True)
    assert "Siden januar 2025 har alle 12 måneder ligget under det gamle niveau." in response.content.decode()
    assert "Udkast" in client.get(plan_page).content.decode()
    again = client.post(draft, {"year": "2025"}, follow=True).content.decode()
    assert "Det år kan der ikke laves status for" in again
    assert StatusReport.objects.count() == 1


def test_strangers_see_no_draft_and_draft_none(client, followed, report, log_in):
    for pair in (None, ("planner", make_party())):
        if pair:
            log_in(pair)
        for name in ("status", "status_word", "status_pdf"):
            assert client.get(address(name, report)).status_code == 404
        assert client.post(reverse("findings:draft_status", args=[followed.plan.pk]), {"year": "2024"}).status_code in (302, 403)
        assert client.post(address("status_decide", report), {"hvad": "finish"}).status_code in (302, 404)
    assert StatusReport.objects.get().state == "draft"


def test_the_way_from_draft_to_what_everyone_reads(client, followed, report, log_in):
    log_in(("planner", followed.region))
    line = address("status_line", report, followed.goal.pk)
    assert client.post(line, {"status": "on_the_way", "comment": "Vi ringer til alle.", "seen": ""}).status_code == 302
    said = finished(client, report).content.decode()
    assert "Det går." in said
    assert "Vi ringer til alle." in said
    assert "Den venter på en, der kan godkende for ejeren." in said
    kept = StatusReport.objects.get()
    log_in(("approver", followed.region))
    assert decide(client, report, "approve", fingerprint="f" * 64).status_code == 403
    for odd in ("a" * 201, "\x00"):
        said = decide(client, report, "approve", fingerprint=kept.fingerprint, reference=odd)
        assert said.status_code == 422
        assert "Klar til godkendelse" in said.content.decode()
    assert decide(client, report, "approve").status_code == 403
    approved = decide(client, report, "approve", fingerprint=kept.fingerprint, reference="Regionsrådet, punkt 7").content.decode()
    assert "Status 2025 er godkendt" in approved
    client.logout()
    public = client.get(address("status", report)).content.decode()
    for sentence in ("Regionsrådet, punkt 7", "Vi ringer til alle.", "Fanø: For få til at vise.", kept.fingerprint[:8].upper()):
        assert sentence in public
    assert public.count("<svg") >= 6
    assert "style=" not in public


def test_a_report_is_not_finished_without_a_summary(client, followed, report, log_in):
    log_in(("planner", followed.region))
    response = decide(client, report, "finish")
    assert "Skriv først »Kort fortalt«" in response.content.decode()
    assert StatusReport.objects.get().state == "draft"


def test_two_who_write_about_the_same_goal_are_shown_both_texts(client, followed, report, log_in):
    log_in(("planner", followed.region))
    line = address("status_line", report, followed.goal.pk)
    client.post(line, {"status": "on_the_way", "comment": "Den første tekst", "seen": ""})
    late = client.post(line, {"status": "delayed", "comment": "Den anden tekst", "seen": ""})
    assert late.status_code == 409
    html = late.content.decode()
    assert "Din tekst er her stadig." in html
    assert "første" in html
    assert "Den anden tekst" in html
    seen = queries.lines_of(report)[0].edited_at.isoformat()
    assert client.post(line, {"status": "delayed", "comment": "Begge tekster", "seen": seen}).status_code == 302
    assert queries.lines_of(report)[0].comment == "Begge tekster"
    clash = client.post(address("status_summary", report), {"summary": "Nyt", "revision": "7"})
    assert clash.status_code == 409


@pytest.mark.parametrize(
    ("given", "sentence"),
    [({"status": "vundet"}, "vundet"), ({"comment": "a" * 2001}, "2000"), ({"seen": "i går"}, "")],
)
def test_what_cannot_be_saved_is_said(client, followed, report, log_in, given, sentence):
    log_in(("planner", followed.region))
    line = address("status_line", report, followed.goal.pk)
    response = client.post(line, {"status": "delayed", "comment": "Ord", "seen": "", **given})
    assert response.status_code == (302 if not sentence else 422)
    assert sentence in response.content.decode()


def test_an_act_nobody_knows_is_not_found(client, followed, report, log_in):
    log_in(("planner", followed.region))
    assert client.post(address("status_decide", report), {"hvad": "slet"}).status_code == 404


def test_word_and_pdf_hold_the_report(client, followed, report, log_in):
    log_in(("planner", followed.region))
    finished(client, report)
    word = client.get(address("status_word", report))
    assert word["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(word.content)) as file:
        text = file.read("word/document.xml").decode()
    assert "Det går." in text
    assert "Siden januar 2025 har alle 12 måneder" in text
    pdf = client.get(address("status_pdf", report))
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Content-Type"] == "application/pdf"


def test_what_is_approved_stays_when_the_figures_change(client, followed, report, log_in):
    log_in(("planner", followed.region), ("approver", followed.region))
    finished(client, report)
    decide(client, report, "approve", fingerprint=StatusReport.objects.get().fingerprint)
    before = client.get(address("status", report)).content
    followed.vintage.withdrawn_at = AT
    followed.vintage.save()
    followed.calculate()
    strip = lambda body: body.split(b"<main")[1].split(b"</main>")[0]  # noqa: E731
    assert strip(client.get(address("status", report)).content) == strip(before)
