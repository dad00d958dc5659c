"""One small, complete world: everything a page can show exists once, and once more beside it what must stay hidden. All is invented."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from tests import factories as make
from tests import factories_dialogue as talk
from tests.factories_coding import make_codebook_in_use
from tests.factories_opinion import make_finding, make_map
from tests.factories_threads import make_adoption, make_goal
from tests.world_delivered import HIDDEN_FILE, deliver
from tests.world_followed import HIDDEN_COMMENT, HIDDEN_SUMMARY, follow
from tovholder.base.by import By, Held
from tovholder.base.events import new_thing
from tovholder.consultations import actions as consultations
from tovholder.consultations.models import ConsultationParty, Signer
from tovholder.dialogue.models import Vote
from tovholder.initiatives.models import Funding, Partner, Programme, Reuse
from tovholder.intake import actions as intake
from tovholder.intake.models import Passage, Proposal, Source
from tovholder.parties.models import ContactPoint, Membership, PartyKind, Succession, User
from tovholder.parties.queries import invitation_for
from tovholder.plans import actions as plans
from tovholder.plans import queries
from tovholder.plans.models import Approval, KindStep, PlanKind, PlanVersion
from tovholder.threads import actions as threads

CODE = "birk-fyrtårn-otte-eng-sol"
HIDDEN = {
    "waiting": "Vaskebjørnen venter på en ordstyrer",
    "held": "Ring til Tordis Kanarie på 61 72 83 94",
    "phone": "61 72 83 94",
    "declined": "Grævlingen blev afvist med grund",
    "original": "Odderen hed noget helt andet før",
    "draft conference": "Muldvarpens hemmelige konference",
    "draft plan": "Egernets udkast til sundhedsplan",
    "draft text": "Egernet lover noget, ingen må se endnu",
    "town's draft plan": "Hermelinens kommunale kladde",
    "town's draft text": "Hermelinen lover kommunen noget",
    "next draft": "Ilderen har rettet i udkastet",
    "draft remark": "Sneharens kladde til et svar",
    "held remark": "Lækatten nævner Bodil Kanarie ved navn",
    "citizen's name": "Karla Canarius",
    "private phone": "71 82 93 04",
    "notify mail": "tordis.kanarie@example.dk",
    "delivery": HIDDEN_FILE,
    "draft status": HIDDEN_SUMMARY,
    "draft status of a goal": HIDDEN_COMMENT,
}


@dataclass
class World:
    """Names for what the tests ask about."""

    at: Any
    region: Any = None
    towns: Any = None
    elsewhere: Any = None
    authority: Any = None
    users: Any = None
    notice: Any = None
    invitation: str = ""
    contributor: Any = None
    source: Any = None
    proposal: Any = None
    series: Any = None
    conference: Any = None
    item: Any = None
    question: Any = None
    said: Any = None
    waiting: Any = None
    held: Any = None
    redacted: Any = None
    draft_conference: Any = None
    theme: Any = None
    lost_theme: Any = None
    group: Any = None
    member: Any = None
    topic: Any = None
    meeting: Any = None
    adopted: Any = None
    plan: Any = None
    heard: Any = None
    newer: Any = None
    draft: Any = None
    provision: Any = None
    consultation: Any = None
    listed: Any = None
    response: Any = None
    remark: Any = None
    late_remark: Any = None
    open_response: Any = None
    signer: Any = None
    guest: Any = None
    deciding: Any = None
    approval: Any = None
    secret_plan: Any = None
    secret: Any = None
    goal: Any = None
    finding: Any = None
    indicator: Any = None
    vintage: Any = None
    delivery: Any = None
    waiting_delivery: Any = None
    education: Any = None
    groups: Any = None
    followed: Any = None
    target: Any = None
    status: Any = None
    draft_status: Any = None
    codebook: Any = None
    suggestion: Any = None
    programme: Any = None
    initiative: Any = None


_hashed = cache(make_password)


def _log_in(name, *pairs):
    person = make.make_person(name)
    for role, party in pairs:
        make.make_mandate(person, role, party)
    return User.objects.create(email=f"{name.split()[0].lower()}@example.dk", password=_hashed(make.PASSWORD), person=person)


def by_of(user):
    """This will return the actor that a log-in is."""
    held = tuple(Held(row.role_id, row.party_id, row.party.name) for row in user.person.mandates.select_related("party"))
    return By(person=user.person_id, name=str(user.person), mandates=held, on_behalf_of=held[0].party)


def _kinds():
    for order, (code, name, sector) in enumerate(
        [
            ("region", "Region", "region"),
            ("municipality", "Kommune", "municipality"),
            ("national_authority", "Statslig myndighed", "other"),
        ],
        1,
    ):
        PartyKind.objects.update_or_create(
            code=code, defaults={"name": name, "name_plural": name, "name_en": code, "sector": sector, "order": order}
        )
    vision, _new = PlanKind.objects.get_or_create(code="joint_vision", defaults={"name": "Fælles vision", "name_en": "Joint vision"})
    for who in ("owner", "members"):
        KindStep.objects.create(kind=vision, order=1, part="decides", who=who)
    plan, _new = PlanKind.objects.get_or_create(code="health_plan", defaults={"name": "Sundhedsplan", "name_en": "Health plan"})
    return plan


def _parties(world):
    kind = _kinds()
    world.region = make.make_party(
        "region", "Region Syddanmark (eksempel)", code="1083", short_name="Syddanmark", mailbox="region@example.dk"
    )
    names = (("Vejen Kommune (eksempel)", "0575"), ("Ærø Kommune (eksempel)", "0492"), ("Aabenraa Kommune (eksempel)", "0580"))
    world.towns = [
        make.make_party("municipality", name, code=code, short_name=name.split()[0], mailbox=f"kommune{code}@example.dk")
        for name, code in names
    ]
    for town in world.towns:
        Membership.objects.create(member=town, group=world.region)
    world.elsewhere = make.make_party("region", "Region Nordjylland (eksempel)", code="1081", short_name="Nordjylland")
    world.authority = make.make_party("national_authority", "Sundhedsstyrelsen (eksempel)", code="sst")
    KindStep.objects.create(kind=kind, order=1, part="advises", who="authority", authority=world.authority)
    KindStep.objects.create(kind=kind, order=2, part="decides", who="owner")
    next_year = world.at.date().replace(year=world.at.year + 1, month=1, day=1)
    gone = make.make_party("region", "Region Nedlagt (eksempel)", code="1099", valid_until=next_year)
    Succession.objects.create(predecessor=gone, successor=world.region, on=next_year)
    ContactPoint.objects.create(party=world.region, role_title="Sundhedsplanlægning", mail="plan@example.dk", is_public=True)
    ContactPoint.objects.create(party=world.region, role_title="Vagttelefon", phones=HIDDEN["private phone"], is_public=False)
    world.users = {
        "planner": _log_in("Pernille Planlægger", ("planner", world.region)),
        "moderator": _log_in("Sara Ordstyrer", ("moderator", world.region)),
        "approver": _log_in("Rune Råd", ("approver", world.region)),
        "coordinator": _log_in("Villy Koordinator", ("coordinator", world.towns[0]), ("approver", world.towns[0])),
        "astrid": _log_in("Astrid Godkender", ("approver", world.towns[1])),
        "bente": _log_in("Bente Godkender", ("approver", world.towns[2])),
        "group": _log_in("Gitte Gruppe", ("group_coordinator", world.region)),
        "invited": _log_in("Inga Inviteret", ("coordinator", world.towns[1])),
        "foreign": _log_in(
            "Fremmed Nabo", *((role, world.elsewhere) for role in ("planner", "moderator", "coordinator", "group_coordinator"))
        ),
    }
    world.invitation = invitation_for(world.users["invited"])


def _source(world):
    world.source = Source.objects.create(
        thing=new_thing("source", world.at), title="Notat om overgange (eksempel)", filename="notat.txt", format="text", digest="d" * 64,
        received_at=world.at,
    )  # fmt: skip
    text = "Hvordan får vi bedre sammenhæng? Vejen Kommune (eksempel) er med."
    passage = Passage.objects.create(source=world.source, number=1, text=text)
    value = {"text": "Hvordan får vi bedre sammenhæng?"}
    world.proposal = Proposal.objects.create(source=world.source, passage=passage, kind="questions", start=0, end=32, value=value)


def _dialogue(world):
    at = world.at
    world.notice = make.make_notice(world.region)
    world.series = talk.make_series(world.region)
    world.conference = make.make_conference(
        world.region, notice=world.notice, series=world.series, short_code="sund26", title="Dialogkonference 2026 (eksempel)"
    )
    world.item = talk.make_programme_item(world.conference)
    world.question = make.make_question(world.conference, text="Hvordan forbliver patienten partner og ikke tovholder?", number=1)
    world.contributor = intake.new_contributor(CODE, sector="citizen", delete_on=at.date() + timedelta(days=300), at=at)
    world.contributor.notify_mail = HIDDEN["notify mail"]
    world.contributor.save()
    world.said = make.make_statement(
        world.question,
        text="Ingen vidste, at min mor kom hjem den dag.",
        place="Vejen",
        kind="bad_experience",
        contributor=world.contributor,
    )
    make.make_statement(world.question, text="Jeg fik en plan i hånden, før jeg gik.")
    Vote.objects.create(statement=world.said, device="d1", answer=1, key="k1", at=at)
    world.waiting = make.make_statement(world.question, text=HIDDEN["waiting"], state="waiting")
    world.held = make.make_statement(world.question, text=f"{HIDDEN['held']}, hun hjalp os.", state="held", marks="name phone")
    make.make_statement(world.question, text=HIDDEN["declined"], state="declined", state_reason="Nævner en anden.")
    world.redacted = make.make_statement(world.question, text="[navn fjernet] hjalp os hjem.")
    moderator = by_of(world.users["moderator"])
    intake.redact(
        world.redacted,
        original=HIDDEN["original"],
        reason="navn fjernet",
        delete_original_on=at.date() + timedelta(days=90),
        by=moderator,
        at=at,
    )
    world.draft_conference = make.make_conference(
        world.region, notice=world.notice, state="draft", short_code="sund27", title=HIDDEN["draft conference"]
    )
    world.theme = make.make_theme(
        world.region, name="Besked, før man går hjem", description="Hvem ved, at nogen kommer hjem?", conference=world.conference
    )
    talk.put(world.theme, world.said)
    make_map(world.conference, [world.said])
    world.finding = make_finding(world.conference, [world.said])
    world.lost_theme = make.make_theme(world.region, name="Parkering ved sygehuset", conference=world.conference)
    talk.put(world.lost_theme, world.redacted)
    world.group = talk.make_group(world.region, background="Vi begyndte i 2024.", target_group="Kommuner og regioner")
    world.member = talk.make_member(world.group, world.towns[0], is_contact=True)
    world.topic = talk.make_topic(world.group, proposed_by=world.towns[0])
    world.meeting = talk.make_meeting(world.group)
    talk.make_agenda_item(world.meeting, topic=world.topic, concerns=["municipality"])
    talk.make_group_statement(world.group)
    make.make_theme(world.region, name="Fælles tal", group=world.group)


ROWS = [("1", "Udskrivning", "", 1), ("1.1", "Besked før udskrivning", "Sygehuset giver besked hurtigst muligt.", 2)]


def begin(world, title, rows, by, *, kind="health_plan", owner=None, **fields):
    plan = plans.begin_plan(
        kind=kind, title=title, owner=owner or world.region, is_example=True, by=by, at=world.at - timedelta(days=30), **fields
    )
    for label, heading, body, level in rows:
        plans.add_provision(
            queries.draft_of(plan), label=label, heading=heading, body=body, level=level, by=by, at=world.at - timedelta(days=30)
        )
    return plan


def seal(plan, name, by, at):
    version = queries.draft_of(plan)
    plans.seal_version(version, name=name, by=by, at=at)
    plans.publish_version(version, by=by, at=at)
    return PlanVersion.objects.select_related("plan").get(pk=version.pk)


def _edit(plan, label, body, by, at, remark=None):
    draft = queries.draft_of(plan)
    row = queries.texts_of(draft).get(label=label)
    words = {"label": row.label, "heading": row.heading, "body": body, "revision": row.revision}
    if remark is None:
        return plans.edit_provision(draft, row.provision, **words, by=by, at=at)
    return threads.edit_because_of(remark, draft, row.provision, **words, by=by, at=at)


def _plans(world):
    at, by = world.at, by_of(world.users["planner"])
    ten = at - timedelta(days=10)
    world.plan = begin(world, "Sundhedsplan 2027–2030 (eksempel)", ROWS, by, summary="Trygge overgange mellem sygehus og kommune.")
    world.heard = seal(world.plan, "Sendt i høring", by, ten)
    world.provision = queries.texts_of(world.heard).get(label="1.1").provision
    threads.tie_theme_to_provision(world.theme, world.provision, by=by, at=at)
    threads.tie("measured_by", world.theme.pk, world.finding.pk, by=by, at=at)
    world.consultation = consultations.open_consultation(
        world.heard, title="Høring om sundhedsplanen (eksempel)", opens_at=ten, deadline_at=at + timedelta(days=17),
        letter="Vi sender udkastet i høring.", asked_about="Er løfterne de rigtige?", next_steps="25. januar: Regionsrådet beslutter",
        notice=world.notice, by=by, at=ten,
    )  # fmt: skip
    world.listed = ConsultationParty.objects.create(
        consultation=world.consultation, party=world.towns[0], name=world.towns[0].name, mailbox="kommune0575@example.dk", asked_at=ten
    )
    _responses(world)
    world.remark.refresh_from_db()
    _edit(world.plan, "1.1", "Sygehuset giver besked 24 timer før.", by, at - timedelta(hours=5), world.remark)
    world.newer = seal(world.plan, "Efter høringen", by, at - timedelta(hours=4))
    _edit(world.plan, "1.1", HIDDEN["next draft"], by, at - timedelta(hours=3))
    world.draft = queries.draft_of(world.plan)
    world.goal = make_goal(world.plan, world.provision, indicator="Genindlæggelser inden 30 dage", deadline=at.date() + timedelta(days=500))

    world.adopted = begin(world, "Gode overgange 2024–2027 (eksempel)", ROWS, by)
    whole = seal(world.adopted, "Vedtaget udgave", by, at - timedelta(days=9))
    first = queries.texts_of(whole).get(label="1.1").provision
    threads.tie_theme_to_provision(world.theme, first, by=by, at=at)
    make_adoption(whole, world.region)
    make_goal(world.adopted, first)
    world.deciding = begin(world, "Fælles vision 2027 (eksempel)", ROWS, by, kind="joint_vision")
    asked = seal(world.deciding, "Til beslutning", by, at - timedelta(days=5))
    world.deciding = asked
    rows = plans.ask_for_approvals(asked, due_on=at.date() + timedelta(days=20), by=by, at=at - timedelta(days=4))
    world.approval = next(row for row in rows if row.party_id == world.towns[0].pk)
    Approval.objects.filter(pk=next(row.pk for row in rows if row.party_id == world.towns[1].pk)).update(
        outcome="reserved", reservation="Økonomien skal være på plads.", decided_on=at.date(), fingerprint=asked.fingerprint
    )
    world.secret_plan = begin(world, HIDDEN["draft plan"], [("1", "Løfte", HIDDEN["draft text"], 1)], by)
    world.secret = queries.draft_of(world.secret_plan)
    town = By(person="p" * 26, mandates=(Held("planner", world.towns[1].pk),), on_behalf_of=world.towns[1].pk)
    begin(world, HIDDEN["town's draft plan"], [("1", "Løfte", HIDDEN["town's draft text"], 1)], town, owner=world.towns[1])


def _responses(world):
    at = world.at
    make_response, make_remark = make.make_response, make.make_remark
    world.response = make_response(world.consultation, name=world.towns[2].name, party=world.towns[2])
    world.remark = make_remark(
        world.response,
        provision=world.provision,
        text="Skriv et antal timer.",
        verdict="accepted",
        reason="Vi skriver 24 timer.",
        verdict_at=at,
    )
    world.late_remark = make_remark(world.response, text="Hvem betaler?", is_general=True)
    world.open_response = make_response(
        world.consultation,
        name=world.towns[0].name,
        party=world.towns[0],
        listed=world.listed,
        state="draft",
        number=None,
        submitted_at=None,
        registered_at=None,
    )
    make_remark(world.open_response, provision=world.provision, text=HIDDEN["draft remark"])
    world.signer = Signer.objects.create(response=world.open_response, party=world.towns[1])
    held = make_response(world.consultation, name=HIDDEN["citizen's name"], sector="citizen", number=2, held_at=at)
    make_remark(held, provision=world.provision, text=HIDDEN["held remark"])
    world.guest = make_response(
        world.consultation,
        name=HIDDEN["citizen's name"],
        sector="citizen",
        state="draft",
        number=None,
        contributor=world.contributor,
        submitted_at=None,
    )


def _initiatives(world):
    world.programme = Programme.objects.create(
        thing=new_thing("programme", world.at), name="Hjem med følge (eksempel)", purpose="Ingen går alene hjem.", started_by=world.region
    )
    world.initiative = make.make_initiative(
        name="Udskrivning med følge (eksempel)", programme=world.programme, started_by=world.region, worked="Én at ringe til."
    )
    Partner.objects.create(initiative=world.initiative, party=world.towns[0])
    Funding.objects.create(initiative=world.initiative, funder="Region Syddanmark (eksempel)", amount_million_kroner=2)
    Reuse.objects.create(thing=new_thing("reuse", world.at), initiative=world.initiative, party=world.towns[0], began_at=world.at)
    threads.tie_initiative(world.provision, world.initiative, by=by_of(world.users["planner"]), at=world.at)


def prepare(world):
    """This will store who exists and who can log in."""
    _parties(world)
    return world


def build(at=make.AT):
    """This will store the world as it is at a moment, and return its parts."""
    world = World(at)
    prepare(world)
    _source(world)
    _dialogue(world)
    _plans(world)
    _initiatives(world)
    deliver(world)
    follow(world, by_of(world.users["planner"]))
    world.codebook, world.suggestion = make_codebook_in_use(world.conference, world.said, by_of(world.users["planner"]), at)
    return world
