"""More of everything that a list can show, for the world of the tests."""

from datetime import timedelta

from tests import factories as make
from tests import factories_dialogue as talk
from tests.factories_coding import make_codebook_in_use
from tests.factories_opinion import make_finding
from tests.factories_threads import make_adoption, make_goal
from tests.world import ROWS, begin, by_of, seal
from tests.world_delivered import deliver_more
from tests.world_followed import follow_more
from tovholder.base.events import new_thing
from tovholder.consultations.models import ConsultationParty, Signer
from tovholder.initiatives.models import Funding, Partner, Programme, Reuse
from tovholder.intake.models import Passage, Proposal, Source
from tovholder.parties.models import ContactPoint, Membership, Party
from tovholder.plans import actions as plans
from tovholder.plans.models import Approval
from tovholder.threads import actions as threads


def grow(world, by=2):
    """This will add more of everything a list can show: one becomes three."""
    for n in range(by):
        _grow(world, n)


def _grow(world, n):
    at, planner = world.at, by_of(world.users["planner"])
    town = make.make_party(
        "municipality",
        f"Billund Kommune {n} (eksempel)",
        code=("0530", "0561")[n],
        short_name=f"Billund {n}",
        mailbox=f"billund{n}@example.dk",
    )
    Membership.objects.create(member=town, group=world.region)
    ContactPoint.objects.create(party=world.region, role_title=f"Rolle {n}", mail="rolle@example.dk", is_public=True)
    gone = Party.objects.create(
        thing=new_thing("party", at),
        kind_id="region",
        name=f"Region Ophørt {n}",
        valid_until=at.date().replace(year=at.year + 1, month=1, day=1),
    )
    make_goal(world.plan, world.provision, indicator="Målt")
    make_goal(world.plan, world.provision, owner=gone)
    notice = make.make_notice(world.region)
    conference = make.make_conference(world.region, notice=notice, series=world.series, title=f"Konference {n} (eksempel)")
    for state, extra in (("published", {}), ("waiting", {}), ("held", {"marks": "phone"})):
        for question in (world.question, make.make_question(conference)):
            make.make_statement(question, text=f"Udsagn {n} {state}", state=state, **extra)
    talk.make_programme_item(world.conference, title=f"Punkt {n}")
    make.make_question(world.conference)
    make.make_conference(world.region, notice=notice, state="draft", title=f"Kladde {n}")
    said = make.make_statement(world.question, text=f"Endnu et udsagn {n}", contributor=world.contributor, sector="municipality")
    theme = make.make_theme(world.region, name=f"Tema {n}", conference=world.conference)
    make_codebook_in_use(conference, make.make_statement(make.make_question(conference)), planner, at, book=world.codebook, also=said)
    talk.put(theme, said)
    talk.put(world.theme, said)
    make_finding(world.conference, [said], title=f"Fund {n}")
    threads.tie("measured_by", theme.pk, world.finding.pk, by=planner, at=at)
    talk.put(
        make.make_theme(world.region, name=f"Tabt {n}", conference=world.conference),
        make.make_statement(world.question, text=f"Tabt udsagn {n}"),
    )
    threads.tie_theme_to_provision(theme, world.provision, by=planner, at=at)
    group = talk.make_group(world.region, name=f"Gruppe {n} (eksempel)")
    talk.make_member(group, town)
    talk.make_member(world.group, town, is_contact=True)
    topic = talk.make_topic(world.group, text=f"Emne {n}")
    topic.supporters.add(town)
    talk.make_agenda_item(talk.make_meeting(world.group, title=f"Møde {n}"), topic=topic)
    talk.make_agenda_item(world.meeting, topic=topic, concerns=["municipality"])
    talk.make_group_statement(world.group)
    make.make_theme(world.region, name=f"Gruppetema {n}", group=world.group)
    _grow_plans(world, n, town, planner)
    deliver_more(world, n)
    follow_more(world, n, planner)
    _grow_sources(world, n)
    programme = Programme.objects.create(thing=new_thing("programme", at), name=f"Program {n}", purpose="Mål", started_by=world.region)
    initiative = make.make_initiative(name=f"Indsats {n} (eksempel)", programme=world.programme, started_by=world.region)
    make.make_initiative(name=f"Løs indsats {n}", programme=programme, started_by=town)
    threads.tie_initiative(world.provision, initiative, by=planner, at=at)
    for row in (world.initiative, initiative):
        Partner.objects.create(initiative=row, party=town)
        Funding.objects.create(initiative=row, funder=f"Fond {n}")
        Reuse.objects.create(thing=new_thing("reuse", at), initiative=row, party=town, began_at=at)
    Partner.objects.create(programme=world.programme, party=town)


def _grow_sources(world, n):
    source = Source.objects.create(
        thing=new_thing("source", world.at), title=f"Notat {n}", filename="n.txt", format="text", digest=str(n) * 64, received_at=world.at
    )
    for where in (source, world.source):
        passage = Passage.objects.create(source=where, number=10 + n, text="Vi vil ringe før.")
        Proposal.objects.create(source=where, passage=passage, kind="quotations", start=0, end=5, value={"text": "Vi vil"})


def _grow_plans(world, n, town, by):
    at = world.at
    for version in (world.heard, world.newer, world.draft, world.deciding):
        provision = make.Provision.objects.create(
            thing=new_thing("provision", at), plan=version.plan, permalink=f"{'abcd'[version.number]}-{n}"
        )
        make.ProvisionText.objects.create(
            version=version, provision=provision, order=10 + n, label=f"{2 + n}", heading=f"Løfte {n}", body="Vi gør det.", edited_at=at
        )
    plan = begin(world, f"Plan {n} (eksempel)", ROWS, by)
    version = seal(plan, "Sendt i høring", by, at - timedelta(days=3))
    consultation = make.make_consultation(version, title=f"Høring {n} (eksempel)")
    done = begin(world, f"Vedtaget plan {n} (eksempel)", ROWS, by)
    make_adoption(seal(done, "Vedtaget udgave", by, at - timedelta(days=8)), world.region)
    asked = seal(begin(world, f"Vision {n} (eksempel)", ROWS, by, kind="joint_vision"), "Til beslutning", by, at - timedelta(days=5))
    plans.ask_for_approvals(asked, due_on=at.date() + timedelta(days=20), by=by, at=at - timedelta(days=4))
    Approval.objects.create(
        thing=new_thing("approval", at),
        version=world.deciding,
        step=world.deciding.plan.kind.steps.get(who="members"),
        party=town,
        asked_at=at,
    )
    ConsultationParty.objects.create(consultation=world.consultation, party=town, name=town.name, mailbox=town.mailbox, asked_at=at)
    Signer.objects.create(response=world.open_response, party=town)
    for where in (consultation, world.consultation):
        response = make.make_response(where, name=town.name, party=town, number=20 + n)
        make.make_remark(response, is_general=True, text=f"Bemærkning {n}")
    remark = make.make_remark(response, provision=world.provision, text=f"Skriv timer {n}", verdict="partly", reason="Delvist.")
    make.make_remark(world.response, provision=world.provision, text=f"Mere {n}")
    threads.tie("changed", remark.pk, world.provision.pk, in_version=world.newer.pk, by=by, at=at)
