"""The seven steps, told as one story in a browser: from what a citizen says on a phone to the decision, and back again."""

import io
import re

import pytest

from tests.factories import AT, make_conference, make_notice, make_question, make_statement
from tests.journeys.conftest import PHONE, log_in
from tests.world import World, prepare
from tovholder.consultations.models import Consultation, Remark
from tovholder.dialogue.models import Statement
from tovholder.plans.models import PlanVersion

pytestmark = [pytest.mark.once, pytest.mark.slow]
EXPERIENCE = "Ingen vidste, at min mor kom hjem den dag, og køleskabet var tomt."
PROPOSAL = "Ring til kommunen, før patienten går ud ad døren."
NAMED = "Min nabo Tordis Kanarie på 61 72 83 94 hjalp os hjem."
RUDE = "Spørgsmålet her handler om parkering."
QUESTION = "Hvordan får vi bedre sammenhæng, når man udskrives?"
REMARK = "Skriv et antal timer, ellers kan vi ikke planlægge."
GENERAL = "Vi bakker op om planen."
REASON = "Vi har skrevet 24 timer, så hjemmeplejen kan nå det."
FIVE_WORDS = re.compile(r"\b[a-zæøå]+(?:-[a-zæøå]+){4}\b")
TODAY = AT.date()


def danish(day):
    """This will write a day as people type it."""
    return f"{day:%d-%m-%Y}"


@pytest.fixture(scope="module")
def stage(site):
    """Who and what there was before anyone said anything: parties, log-ins, a conference with one question, and two earlier statements."""
    world = prepare(World(AT))
    conference = make_conference(
        world.region, notice=make_notice(world.region), title="Dialogkonference 2026 (eksempel)", short_code="dialog26", venue="Fredericia"
    )
    world.conference, world.question = conference, make_question(conference, text=QUESTION, number=1)
    make_statement(world.question, text="Lægen skal have epikrisen samme dag.", sector="practice")
    make_statement(world.question, text="Én fast kontaktperson gør hele forskellen.", sector="municipality")
    return world


class Story:
    """The people of the story, each with a device of their own, and what they carry from one step to the next."""

    def __init__(self, stage, someone, site):
        self.stage, self.site = stage, site
        self.citizen = someone(PHONE)
        self.moderator, self.planner, self.coordinator, self.hall = someone(), someone(), someone(), someone()
        self.approver = someone()
        self.code = self.plan = self.consultation = ""

    def go(self, page, name):
        """This will follow a link with a name."""
        page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_load_state()


def press(page, name):
    """This will press a button with a name, and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def choose(page, name):
    """This will choose one answer among several."""
    page.get_by_role("radio", name=name, exact=True).check()


def reads(page, *sentences):
    """Each sentence can be read in the page, at the latest when it has loaded."""
    for _patience in range(80):
        words = " ".join(page.get_by_role("main").inner_text().split())
        missing = [sentence for sentence in sentences if sentence not in words]
        if not missing:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{missing} not on {page.url}:\n{words[:1500]}")


def write(page, kind, text, sector=None):
    """This will write a statement on a phone up to its preview."""
    page.goto("/v/dialog26")
    page.get_by_role("link", name="Skriv dit svar").click()
    page.get_by_label("Din oplevelse eller dit forslag").fill(text)
    choose(page, kind)
    if sector:
        choose(page, sector)
    press(page, "Se, hvad der bliver vist")


def step_1_says(story):
    """On a phone: reads who is responsible, says two things, gets five words, weighs others' words and changes her mind."""
    page = story.citizen
    page.goto("/v/dialog26")
    words = page.get_by_role("main").inner_text()
    assert "Region Syddanmark (eksempel)" in words
    assert QUESTION in words
    write(page, "En dårlig oplevelse", EXPERIENCE, "Borger")
    reads(page, "Sådan bliver det vist", EXPERIENCE)
    press(page, "Send")
    reads(page, "Sendt. Tak.", "Dit udsagn er gemt kl. 10.00.", "Vi viser koden kun nu og kan ikke finde den igen.")
    story.code = FIVE_WORDS.search(page.get_by_role("main").inner_text())[0]
    for text in (PROPOSAL, NAMED, RUDE):
        write(page, "Et forslag", text)
        press(page, "Send")
        reads(page, "Sendt. Tak.")
    page.get_by_role("link", name="Se andres udsagn").click()
    first = page.get_by_role("article").inner_text()
    page.get_by_role("button", name="Enig").first.click()
    page.wait_for_function("before => document.querySelector('article').innerText !== before", arg=first)
    page.get_by_role("link", name="Tilbage til forrige").click()
    page.wait_for_load_state()
    assert page.get_by_role("article").inner_text() == first
    reads(page, "Du svarede enig. Du kan svare om.")
    page.get_by_role("button", name="Uenig").click()
    page.wait_for_load_state()
    page.get_by_role("button", name="Ved ikke").click()
    page.get_by_text("Du har set dem alle").wait_for()
    counts = Statement.objects.filter(conference=story.stage.conference)
    assert sorted(counts.values_list("votes__answer", flat=True).exclude(votes=None)) == [-1, 0]
    assert counts.filter(state="published").count() == 2


def open_text(story, text):
    """This will open a text in the moderator's queue by its address."""
    row = Statement.objects.get(text=text)
    story.moderator.goto(f"/ordstyrer/{story.stage.conference.pk}/{row.pk}/")


def step_2_is_moderated(story):
    """Logs in, sees a queue without the held text, shows it without the name, shows two, declines one; the hall shows what was shown."""
    page = story.moderator
    log_in(page, "sara@example.dk")
    page.goto("/ordstyrer/")
    story.go(page, "Dialogkonference 2026 (eksempel)")
    assert "61 72 83 94" not in page.content()
    assert "Tordis" not in page.content()
    reads(page, "Holdt tilbage")
    open_text(story, NAMED)
    press(page, "Læs teksten")
    assert "61 72 83 94" in page.get_by_role("main").inner_text()
    press(page, "Vis uden navnet")
    reads(page, "er vist på skærmen")
    for text in (EXPERIENCE, PROPOSAL):
        open_text(story, text)
        press(page, "Vis hele teksten")
    open_text(story, RUDE)
    page.get_by_label("Grund til at afvise").select_option(label="Handler om noget andet")
    press(page, "Afvis med grund")
    reads(page, "er ikke vist", "Køen er tom. Godt gået.")
    story.hall.goto("/v/dialog26/skaerm")
    shown = story.hall.locator("body").inner_text()
    assert QUESTION in shown
    assert "hjalp os hjem" in shown or PROPOSAL in shown or EXPERIENCE in shown
    for hidden in ("Tordis", "61 72 83 94", RUDE):
        assert hidden not in story.hall.content()
    story.citizen.goto("/v/dialog26/stem")
    assert "61 72 83 94" not in story.citizen.content()


def step_3_becomes_a_promise(story):
    """Gathers what was said under a theme, writes a plan with provisions, and ties the provision to the theme."""
    page, stage = story.planner, story.stage
    log_in(page, "pernille@example.dk")
    page.goto(f"/dialog/temaer/arbejdsbord/{stage.conference.pk}/")
    for text in (EXPERIENCE, PROPOSAL):
        page.get_by_label(text).check()
    page.get_by_label("Temaets navn").fill("Besked, før man går hjem")
    press(page, "Giv de valgte et tema")
    reads(page, "2 udsagn ligger nu under »Besked, før man går hjem«.")
    page.get_by_label("Én fast kontaktperson").check()
    page.get_by_label("Temaets navn").fill("Fast kontakt")
    press(page, "Giv de valgte et tema")
    page.goto("/planer/ny/")
    page.get_by_label("Slags").select_option(label="Sundhedsplan")
    page.get_by_label("Navn").fill("Sundhedsplan 2027–2030 (eksempel)")
    press(page, "Begynd planen")
    for label, heading, body, level in (
        ("1", "Udskrivning", "", "Kapitel"),
        ("1.1", "Besked før udskrivning", "Sygehuset giver besked hurtigst muligt.", "Punkt"),
        ("1.2", "Epikrise", "Praksis har epikrisen samme dag.", "Punkt"),
    ):
        page.get_by_role("main").get_by_role("link", name="Tilføj et punkt", exact=True).first.click()
        page.get_by_label("Nummer").fill(label)
        page.get_by_label("Overskrift").fill(heading)
        page.get_by_label("Hvor hører det til?").select_option(label=level)
        page.get_by_label("Tekst").fill(body)
        press(page, "Tilføj punktet")
    story.draft = page.url.split("#")[0]
    page.get_by_label("Tema").select_option(label="Besked, før man går hjem")
    page.get_by_label("Punkt", exact=True).select_option(label="1.1 Besked før udskrivning")
    press(page, "Knyt til tema")
    reads(page, "»Besked, før man går hjem« er knyttet til punktet.")


def step_4_is_heard(story):
    """Seals and sends the plan in consultation; a municipality answers one provision and in general."""
    page = story.planner
    story.go(page, "Send i høring")
    page.get_by_label("Frist for svar").fill(danish(TODAY))
    page.get_by_label("Høringsbrev").fill("Vi sender planen i høring, fordi den gælder jer.")
    page.get_by_label("Hvad bruger I svarene til?").fill("at rette planen")
    page.get_by_label("Retsgrundlag").fill("databeskyttelsesforordningens artikel 6")
    page.get_by_label("Slettes senest").fill("31-12-2031")
    page.get_by_label("Hvem svarer på spørgsmål?").fill("Planenheden")
    press(page, "Åbn høringen")
    reads(page, "Høringen er oprettet.")
    for town in story.stage.towns:
        page.get_by_label(town.name).check()
    press(page, "Sæt på listen")
    press(page, "Send høringsbrevet")
    reads(page, "Brevet er på vej til 3 parter.")
    story.consultation = Consultation.objects.get().pk

    page = story.coordinator
    log_in(page, "villy@example.dk")
    page.goto(f"/hoeringer/{story.consultation}/")
    page.get_by_role("main").get_by_role("link", name=re.compile("Læs og svar|Skriv")).first.click()
    press(page, "Svar for Vejen Kommune (eksempel)")
    page.get_by_text("1.1 Besked før udskrivning").first.click()
    page.get_by_label("Bemærkning til 1.1").fill(REMARK)
    page.get_by_label("Bemærkning til hele teksten").fill(GENERAL)
    press(page, "Gem og fortsæt senere")
    reads(page, "Gemt. Du kan lukke siden og fortsætte senere.")
    press(page, "Se svaret, før du sender")
    reads(page, REMARK, GENERAL)
    press(page, "Send svar")
    reads(page, "Dit svar er modtaget som nr. 1.", "Kvitteringen er sendt til jeres hovedpostkasse.")


def judge(page, verdict, reason):
    """This will give the remark on the desk its verdict."""
    choose(page, verdict)
    page.get_by_label("Begrundelse – læses af").fill(reason)
    press(page, "Gem svar, vis næste")


def step_5_is_answered(story):
    """Each remark gets a verdict with a reason, the text changes because of one, and the report carries them all."""
    page = story.planner
    page.goto(f"/hoeringer/{story.consultation}/bord/")
    reads(page, REMARK)
    judge(page, "Imødekommet", REASON)
    judge(page, "Taget til efterretning", "Tak for opbakningen.")
    reads(page, "Alt stemmer: 1 = 1 = 1 = 1 = 1")
    remark = Remark.objects.get(text=REMARK)
    assert (remark.verdict, remark.reason) == ("accepted", REASON)
    page.goto(f"/hoeringer/{story.consultation}/bord/?svar={remark.response_id}&bemaerkning={remark.pk}")
    press(page, "Ret punktet på grund af denne bemærkning")
    reads(page, "Ændringen sker på grund af", REMARK)
    page.get_by_label("Tekst", exact=False).last.fill("Sygehuset giver besked 24 timer, før borgeren går hjem.")
    press(page, "Gem punktet")
    page.get_by_label("Hvad hedder den låste version?").fill("Efter høringen")
    press(page, "Lås versionen")
    reads(page, "»Efter høringen« er låst med aftryk")
    press(page, "Offentliggør")
    before, after = PlanVersion.objects.filter(sealed_at__isnull=False).order_by("number")
    page = story.citizen
    page.goto(f"/planer/sammenlign/{before.pk}/{after.pk}/")
    reads(page, "Hvad høringen ændrede", "24 timer", "Vejen Kommune (eksempel)", REMARK)
    story.heard, story.sealed = before, after
    page = story.planner
    page.goto(f"/hoeringer/{story.consultation}/bord/")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Hent notat som Word")).click()
    in_the_report(download.value.path().read_bytes())


def in_the_report(content):
    """The Word file carries the remark, the verdict and the reason."""
    from docx import Document

    document = Document(io.BytesIO(content))
    words = [paragraph.text for paragraph in document.paragraphs]
    words += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    whole = " ".join(words).lower()
    for sentence in (REMARK, REASON, "Imødekommet", GENERAL, "Vejen Kommune (eksempel)"):
        assert sentence.lower() in whole, sentence


def answer(page, party, outcome, reference=""):
    """This will write a party's answer on the board that is open."""
    page.get_by_role("main").get_by_role("link", name=re.compile(re.escape(party))).first.click()
    choose(page, outcome)
    page.get_by_label("Hvilken dag blev det besluttet?").fill(danish(TODAY))
    if reference:
        page.get_by_label("Henvisning").fill(reference)
    press(page, "Gem svaret")


def step_6_is_decided(story):
    """The health plan: advice, then the regional council alone. The vision: everyone, to one fingerprint; a comma breaks it."""
    page = story.planner
    page.goto(f"/planer/godkendelse/{story.sealed.pk}/")
    page.get_by_label("Frist").fill("18-12-2026")
    press(page, "Send til beslutning")
    reads(page, "Høringen er åben til 24. november 2026 kl. 12.00.")
    story.site.wait(hours=3)
    press(page, "Send til beslutning")
    reads(page, "Teksten er sendt til 2 parter.")
    answer(page, "Region Syddanmark", "Godkendt")
    reads(page, "Sundhedsstyrelsen (eksempel) skal svare først.")
    page.goto(f"/planer/godkendelse/{story.sealed.pk}/")
    answer(page, "Sundhedsstyrelsen", "Har rådgivet")
    answer(page, "Region Syddanmark", "Godkendt", "regionsrådet, punkt 9")
    page.get_by_label("Vedtaget").fill(danish(TODAY))
    page.get_by_label("Gælder fra").fill("01-01-2027")
    press(page, "Vedtag planen")
    reads(page, "er vedtaget", "Vedtaget 24. november 2026")

    page.goto("/planer/ny/")
    page.get_by_label("Slags").select_option(label="Fælles vision")
    page.get_by_label("Navn").fill("Fælles vision 2027 (eksempel)")
    press(page, "Begynd planen")
    page.get_by_label("Tekst med overskrifter").fill("1 Sammen\nVi gør det sammen, alle fire.")
    press(page, "Sæt punkterne ind")
    page.get_by_label("Hvad hedder den låste version?").fill("Til beslutning")
    press(page, "Lås versionen")
    page.get_by_role("link", name="Send til beslutning").click()
    press(page, "Send til beslutning")
    reads(page, "Teksten er sendt til 4 parter.")
    board = page.url
    vision = PlanVersion.objects.select_related("plan").get(name="Til beslutning")
    wrong_comma(story, board)
    page.goto(board)
    answer(page, "Region Syddanmark", "Godkendt")
    for town in ("Aabenraa", "Ærø"):
        decide_for(story, town, vision)
    page.goto(board)
    assert page.get_by_role("button", name="Vedtag planen").count() == 0
    decide_for(story, "Vejen", vision)
    page.goto(board)
    assert len(set(vision.approvals.values_list("fingerprint", flat=True))) == 1
    page.get_by_label("Vedtaget").fill(danish(TODAY))
    page.get_by_label("Gælder fra").fill("01-01-2027")
    press(page, "Vedtag planen")
    reads(page, "Vedtaget af 4 af 4 parter, 24. november 2026")


def wrong_comma(story, board):
    """A council that decided on a text with one comma more is told that it is another text."""
    from tovholder.texts.fingerprint import fingerprint

    page = story.coordinator
    page.goto(board)
    page.get_by_role("main").get_by_role("link", name=re.compile("Vejen")).first.click()
    other = fingerprint("Fælles vision 2027 (eksempel)", [("1", "Sammen", "Vi gør det sammen, alle, fire.")])
    page.locator("input[name=fingerprint]").evaluate("(field, print) => { field.value = print; }", other)
    choose(page, "Godkendt")
    page.get_by_label("Hvilken dag blev det besluttet?").fill(danish(TODAY))
    press(page, "Gem svaret")
    reads(page, "Teksten er en anden end den, I har fået tilsendt.")


def decide_for(story, town, version):
    """A municipality's own approver logs in and answers."""
    page = story.approver
    story.approver.context.clear_cookies()
    log_in(page, {"Vejen": "villy@example.dk", "Ærø": "astrid@example.dk", "Aabenraa": "bente@example.dk"}[town])
    page.goto(f"/planer/godkendelse/{version.pk}/")
    answer(page, town, "Godkendt")


def step_7_is_told_back(story):
    """The citizen walks from her five words to the decision, the planner from the decision to the words; a gap shows and is mended."""
    page = story.citizen
    page.goto("/")
    page.get_by_label("Din kode").fill(story.code)
    press(page, "Vis min tråd")
    reads(page, EXPERIENCE, "Besked, før man går hjem", "Besked før udskrivning", REMARK, "Det blev besluttet")
    assert "24. november 2026" in page.get_by_role("main").inner_text()
    assert story.code not in page.content()
    page = story.planner
    row = story.sealed.texts.get(label="1.1")
    page.goto(f"/planer/afsnit/{row.provision_id}/")
    reads(page, "Besked, før man går hjem")
    page.goto(f"/traade/afsnit/{row.provision_id}/")
    reads(page, "Besked, før man går hjem", EXPERIENCE, REMARK)
    page.goto("/traade/huller/")
    reads(page, "Temaer, der ikke førte til noget", "Fast kontakt")
    gap = page.get_by_role("listitem").filter(has_text="Fast kontakt").last
    gap.get_by_role("link").last.click()
    page.wait_for_load_state()
    page.get_by_label("Punkt").select_option(index=2)
    press(page, "Knyt")
    page.goto("/traade/huller/")
    themes = page.get_by_role("main").inner_text()
    assert "Fast kontakt" not in themes


def test_seven_steps(stage, someone, site):
    story = Story(stage, someone, site)
    step_1_says(story)
    step_2_is_moderated(story)
    step_3_becomes_a_promise(story)
    step_4_is_heard(story)
    step_5_is_answered(story)
    step_6_is_decided(story)
    step_7_is_told_back(story)
