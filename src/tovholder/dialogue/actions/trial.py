"""A conference to try the hall with, without people in it."""

from datetime import timedelta

from tovholder.base import search
from tovholder.base.by import SYSTEM
from tovholder.base.events import new_thing, record
from tovholder.base.write import write
from tovholder.dialogue.models import Conference, Question, Statement
from tovholder.dialogue.queries import entries
from tovholder.intake.models import PrivacyNotice
from tovholder.parties.models import Party, PartyKind
from tovholder.parties.queries import entries_of_parties
from tovholder.parties.rules import check_may_keep_register

TEXTS = (
    "Én fast kontaktperson skal følge patienten – også efter udskrivning.",
    "Ring til kommunen, før patienten går ud ad døren.",
    "Send beskeden, når lægen beslutter det, og ikke når papirerne er færdige.",
    "Lad os fortælle historien én gang, så I andre kan læse den.",
    "Brug de frivillige. De kender området.",
)


def prepare_trial_conference(*, statements, by=SYSTEM, at):
    """This will open a trial conference for a day with so many published statements, and return it with their ids."""
    check_may_keep_register(by)
    with write():
        kind = PartyKind.objects.get_or_create(code="trial", defaults={"name": "Prøve", "name_plural": "Prøver", "name_en": "Trial"})[0]
        organiser = Party.objects.create(thing=new_thing("party", at), kind=kind, name="Prøveregion (eksempel)")
        notice = PrivacyNotice.objects.create(
            name="Prøve", controller=organiser, purpose="at prøve salens telefoner", delete_on=at.date() + timedelta(days=1),
            legal_basis="ingen: her er kun opdigtede tekster", contact_role="Prøveregionens driftsvagt (eksempel)",
        )  # fmt: skip
        thing = new_thing("conference", at)
        conference = Conference.objects.create(
            thing=thing, title="Prøvekonference (eksempel)", organiser=organiser, venue="Prøvesalen", notice=notice, state="published",
            short_code=f"p{thing.pk[:6]}", starts_at=at - timedelta(hours=1), ends_at=at + timedelta(days=1),
            input_opens_at=at - timedelta(hours=1), input_closes_at=at + timedelta(days=1),
        )  # fmt: skip
        question = Question.objects.create(
            thing=new_thing("question", at), conference=conference, text="Hvordan får vi bedre sammenhæng (eksempel)?"
        )
        ids = []
        for number in range(1, statements + 1):
            row = Statement.objects.create(
                thing=new_thing("statement", at), question=question, conference=conference, number=number, kind="proposal",
                text=f"{TEXTS[number % len(TEXTS)]} ({number})", written_at=at, state="published", state_at=at,
            )  # fmt: skip
            ids.append(row.pk)
        search.keep(entries_of_parties, [organiser])
        search.keep(entries.entries_of_conferences, entries.found_conferences().filter(pk=conference.pk))
        search.keep(entries.entries_of_statements, entries.found_statements().filter(conference=conference))
        record("trial_prepared", conference, by=by, at=at, statements=statements)
    return conference, ids
