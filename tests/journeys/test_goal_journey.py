"""From a goal nobody measures to a status everyone can read, in a browser: follow, see, write, approve, take the PDF along."""

import re

import pytest

from tests.factories import AT, make_initiative
from tests.factories_followup import FollowedGoal
from tests.factories_threads import make_goal
from tests.journeys.conftest import DESK, PHONE, log_in
from tests.journeys.test_accessibility import RULES
from tovholder.base.by import SYSTEM
from tovholder.parties.models import Mandate, Role, User
from tovholder.threads import actions as threads

pytestmark = [pytest.mark.once, pytest.mark.slow]


@pytest.fixture(scope="module")
def stage(site):
    """A region with figures, a goal that nobody measures, an initiative, and two people: one who plans and one who approves."""
    from django.contrib.auth.hashers import make_password

    from tests.factories import PASSWORD

    found = FollowedGoal()
    found.goal = make_goal(found.plan, found.provision, text="Færre kommer tilbage efter udskrivning")
    make_initiative(
        name="Udskrivning med følge (eksempel)", started_by=found.region, begins_on=AT.date().replace(year=2025, month=1, day=1)
    )
    planner = Mandate.objects.get(person=found.by.person)
    User.objects.create(email="planner@example.dk", password=make_password(PASSWORD), person=planner.person)
    from tests.factories import make_user

    Role.objects.get_or_create(code="approver", defaults={"name": "approver", "name_en": "approver"})
    make_user(("approver", found.region), email="approver@example.dk")
    return found


def says(page, *sentences):
    words = " ".join(page.get_by_role("main").inner_text().split())
    for sentence in sentences:
        assert sentence in words, (sentence, words[:2000])


def audit(page):
    """What axe finds on the page: nothing."""
    from axe_playwright_python.sync_playwright import Axe

    return [(one["id"], one["nodes"][0]["html"][:200]) for one in Axe().run(page, options=RULES).response["violations"]]


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def test_a_goal_is_followed_seen_reported_approved_and_taken_along(stage, someone, site):
    planner = someone(DESK)
    log_in(planner, "planner@example.dk")
    planner.goto(f"/maal/{stage.goal.pk}/")
    says(planner, "Ingen måler det endnu.")
    planner.get_by_role("link", name="Vælg en indikator").click()
    planner.get_by_label("Indikator").select_option(label=stage.indicator.name)
    press(planner, "Gå videre")
    planner.get_by_label("Hvor skal tallet hen?").fill("12,0")
    planner.get_by_label("Hvornår skal det være nået?").fill("31-12-2027")
    planner.get_by_label("Sammenlign med perioden fra").fill("01-01-2023")
    planner.get_by_label("Til og med").fill("31-12-2024")
    planner.get_by_label("Vis ulighed efter").select_option(label="Uddannelse")
    press(planner, "Følg målet")
    says(planner, "Tallene bliver regnet om lidt.")
    planner.get_by_role("link", name="Knyt en indsats").click()
    planner.get_by_label("Indsats eller program").select_option(label="Udskrivning med følge (eksempel)")
    press(planner, "Knyt indsatsen til målet")

    threads.calculate_due_figures(by=SYSTEM, at=AT)
    reader = someone(PHONE)
    reader.goto(f"/maal/{stage.goal.pk}/")
    says(reader, "Siden januar 2025 har alle 22 måneder ligget under det gamle niveau", "Udskrivning med følge (eksempel) begynder")
    assert reader.locator("#forloeb .tov-only-phone svg").is_visible()
    assert not reader.locator("#forloeb .tov-only-wide svg").is_visible()
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390
    assert audit(reader) == []
    reader.set_viewport_size(DESK)
    assert audit(reader) == []

    planner.goto(f"/maal/plan/{stage.plan.pk}/")
    says(planner, "Bedre end før")
    planner.get_by_label("Hvilket år?").select_option("2025")
    press(planner, "Lav et udkast til status")
    says(planner, "Siden januar 2025 har alle 12 måneder ligget under det gamle niveau.")
    assert audit(planner) == []
    planner.get_by_label("Kort fortalt").fill("Færre kommer tilbage.")
    press(planner, "Gem »Kort fortalt«")
    planner.get_by_role("link", name=re.compile("Skriv om mål 2")).click()
    planner.get_by_label("Jeres egne ord").fill("Vi følger alle hjem.")
    press(planner, "Gem")
    press(planner, "Gør færdig")
    says(planner, "Den venter på en, der kan godkende for ejeren.")
    address = planner.url

    reader.goto(address)
    assert "Den side kan vi ikke vise dig" in reader.inner_text("body")
    approver = someone(DESK)
    log_in(approver, "approver@example.dk")
    approver.goto(address)
    press(approver, "Godkend status")
    says(approver, "Vi følger alle hjem.", "Godkendt")
    reader.set_viewport_size(PHONE)
    reader.goto(address)
    says(reader, "Færre kommer tilbage.", "Vi følger alle hjem.")
    assert audit(reader) == []
    with reader.expect_download() as taken:
        reader.get_by_role("link", name="Hent som PDF").click()
    with open(taken.value.path(), "rb") as file:
        assert file.read(5) == b"%PDF-"
