"""Pictures of the main pages. With SCREENSHOTS=1 they go to docs/pictures; without it three are made, to see that they can be."""

import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count

from tests import world as worlds
from tests.factories import AT
from tests.journeys.conftest import DESK, PHONE
from tests.world_grown import grow
from tovholder.consultations.models import Consultation
from tovholder.dialogue.models import Conference, Statement, ThemeGroup
from tovholder.findings.models import Codebook, OpinionMap, StatusReport, Target
from tovholder.initiatives.models import Initiative
from tovholder.parties.models import User
from tovholder.plans.models import PlanVersion
from tovholder.threads.models import Tie

pytestmark = [pytest.mark.once, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
WANTED = os.environ.get("SCREENSHOTS") == "1"
LARGEST = 400_000
# Name: (address, who, at which widths).
PAGES = {
    "front": ("/", "anonymous", (DESK, PHONE)),
    "live": ("/v/{code}", "anonymous", (PHONE,)),
    "write": ("/v/{code}/skriv/{question}", "anonymous", (PHONE,)),
    "vote": ("/v/{code}/stem", "anonymous", (PHONE,)),
    "hall": ("/v/{code}/skaerm", "anonymous", (DESK,)),
    "moderator": ("/ordstyrer/{conference}/{waiting}/", "moderator", (DESK,)),
    "agreement": ("/v/{code}/enige", "anonymous", (DESK, PHONE)),
    "agreement-why": ("/v/{code}/enige/{agreed}", "anonymous", (DESK, PHONE)),
    "map": ("/v/{code}/kort", "anonymous", (DESK,)),
    "coding": ("/kodning/{book}/", "planner", (DESK, PHONE)),
    "codebook": ("/kodning/{book}/bog", "planner", (DESK, PHONE)),
    "codebook-new": ("/kodning/{new_book}/bog", "planner", (DESK,)),
    "campaigns": ("/ens-svar/konference/{conference}/", "planner", (DESK, PHONE)),
    "search": ("/soeg/?q=udskrivning", "anonymous", (DESK, PHONE)),
    "plan": ("/planer/version/{newer}/", "anonymous", (DESK, PHONE)),
    "compare": ("/planer/sammenlign/{heard}/{newer}/", "anonymous", (DESK, PHONE)),
    "consultation-desk": ("/hoeringer/{consultation}/bord/", "planner", (DESK,)),
    "board": ("/planer/godkendelse/{deciding}/", "anonymous", (DESK, PHONE)),
    "thread": ("/traade/udsagn/{said}/", "anonymous", (DESK, PHONE)),
    "gaps": ("/traade/huller/", "planner", (DESK,)),
    "goal": ("/maal/{goal}/", "anonymous", (DESK, PHONE)),
    "goals-of-a-plan": ("/maal/plan/{plan}/", "anonymous", (DESK,)),
    "municipalities": ("/maal/{goal}/alle/", "anonymous", (DESK,)),
    "champion": ("/maal/sammenhaeng/", "anonymous", (DESK, PHONE)),
    "status": ("/maal/status/{status}/", "anonymous", (DESK,)),
    "status-desk": ("/maal/status/{status_draft}/", "planner", (DESK,)),
    "parties-2026": ("/parter/?dag=31-12-2026", "anonymous", (DESK,)),
    "parties-2027": ("/parter/?dag=01-01-2027", "anonymous", (DESK, PHONE)),
    "initiative": ("/indsatser/{initiative}/", "anonymous", (DESK,)),
    "theme-group": ("/dialog/temagruppe/{group}/", "anonymous", (DESK,)),
}
SHOWN = {name: page for name, page in PAGES.items() if WANTED or name in ("front", "plan", "thread")}


@pytest.fixture(scope="module")
def settings_of_the_house(site):
    """The screen in the hall shows where the house stands; in the pictures that is no port of this machine."""
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "ADDRESS", "http://tovholder.example")
        yield


@pytest.fixture(scope="module")
def parts(site, settings_of_the_house):
    """What stands in the addresses: of the demonstration when the pictures are for the manual, otherwise of the tests' own world."""
    if WANTED:
        call_command("demo", "--no-serve", "--no-migrate", "--at", AT.isoformat(), stdout=io.StringIO())
        # What the process beside the server does within the first minute.
        call_command("keep", "--once", "--at", AT.isoformat(), stdout=io.StringIO())
        call_command("keep", "--learn", "--at", AT.isoformat(), stdout=io.StringIO())
        return picked() | learned()
    grow(worlds.build())
    return picked()


def most(rows, counted):
    """This will return the row that has most of something."""
    return rows.annotate(many=Count(counted, distinct=True)).order_by("-many", "pk").first()


def holder(role, party):
    return User.objects.filter(person__mandates__role=role, person__mandates__party=party).order_by("pk").first()


def picked():
    """This will choose the fullest of each kind of thing to show."""
    live = most(Conference.objects.filter(state="published", input_opens_at__lte=AT, input_closes_at__gt=AT), "statements")
    waiting = Statement.objects.filter(conference=live, state="waiting").order_by("written_at").first()
    changed = Tie.objects.filter(kind="changed").values_list("in_version", flat=True)
    newer = PlanVersion.objects.filter(pk__in=changed, published_at__isnull=False).order_by("published_at").last()
    heard = PlanVersion.objects.filter(plan=newer.plan, number__lt=newer.number).order_by("number").last()
    consultation = most(Consultation.objects.filter(opens_at__lte=AT), "responses")
    done = Tie.objects.filter(kind="done_by").values("from_thing")
    whole = Tie.objects.filter(kind="changed", to_thing__in=done).values("to_thing")
    tied = Tie.objects.filter(kind="answered_by", to_thing__in=whole).values("from_thing")
    followed = Target.objects.filter(breakdown__isnull=False).order_by("goal__plan__title", "goal__number").first()
    reports = list(StatusReport.objects.filter(plan=followed.goal.plan_id).order_by("year"))
    return {
        "code": live.short_code, "question": live.questions.order_by("number").first().pk, "conference": live.pk,
        "waiting": waiting.pk, "newer": newer.pk, "heard": heard.pk,
        "consultation": consultation.pk, "deciding": most(PlanVersion.objects.filter(published_at__isnull=False), "approvals").pk,
        "said": Statement.objects.filter(state="published", themes__in=tied).order_by("written_at", "pk").first().pk,
        "goal": followed.goal_id, "plan": followed.goal.plan_id, "status": reports[0].pk, "status_draft": reports[-1].pk,
        "initiative": most(Initiative.objects.all(), "reuses").pk, "group": most(ThemeGroup.objects.all(), "members").pk,
        "planner": holder("planner", consultation.version.plan.owner), "moderator": holder("moderator", live.organiser),
    }  # fmt: skip


def learned():
    """This will choose from what was calculated and learned: only the demonstration has that."""
    live = OpinionMap.objects.get(conference__in=Conference.objects.filter(input_opens_at__lte=AT, input_closes_at__gt=AT))
    worked, new = sorted(Codebook.objects.all(), key=lambda book: book.conference_id is None)
    return {"agreed": live.live["agreement"][0], "book": worked.pk, "new_book": new.pk}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    if not WANTED:
        return tmp_path_factory.mktemp("pictures")
    place = ROOT / "docs" / "pictures"
    place.mkdir(parents=True, exist_ok=True)
    return place


def lightness(picture):
    """This will return how many different bytes the unpacked rows of a PNG hold, and its width."""
    content, at, packed = picture.read_bytes(), 8, b""
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        packed += content[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return len(set(zlib.decompress(packed))), struct.unpack(">I", content[16:20])[0]


def take(page, folder, name, size):
    """This will take a picture and look whether there is something on it."""
    picture = folder / f"{name}{'-phone' if size is PHONE else ''}.png"
    page.screenshot(path=picture, animations="disabled")
    page.context.close()
    colours, width = lightness(picture)
    assert colours > 40
    assert width == size["width"]
    assert picture.stat().st_size < LARGEST


@pytest.mark.parametrize("name", [name if n == 0 else pytest.param(name, marks=pytest.mark.slow) for n, name in enumerate(SHOWN)])
def test_a_picture_of(parts, someone, folder, name):
    address, who, sizes = PAGES[name]
    for size in sizes:
        page = someone(size, user=parts.get(who))
        assert page.goto(address.format(**parts)).status == 200
        take(page, folder, name, size)


def test_a_picture_of_the_receipt(parts, someone, folder):
    page = someone(PHONE)
    page.goto(PAGES["write"][0].format(**parts))
    page.get_by_label("Din oplevelse eller dit forslag").fill("Min far fik sin plan med hjem, og alle havde læst den.")
    for button in ("Se, hvad der bliver vist", "Send"):
        with page.expect_navigation():
            page.get_by_role("button", name=button, exact=True).click()
    page.get_by_text("Sendt. Tak.").wait_for()
    take(page, folder, "receipt", PHONE)
