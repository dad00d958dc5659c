"""Who may promise, seal, ask, decide and adopt, and when. The table of outcomes is the state diagram."""

from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.base.periods import is_valid_on
from tovholder.base.written import day_and_month, long_date
from tovholder.parties.rules import APPROVER, COORDINATOR, PLANNER, check_holds
from tovholder.texts.danish import in_denmark

ANSWERED = frozenset({"approved", "reserved", "declined", "advised", "recommended"})
OUTCOMES = {
    "advises": ("advised",),
    "recommends": ("recommended", "declined"),
    "decides": ("approved", "reserved", "declined"),
}
CHANGES = {
    "asked": ("approved", "reserved", "declined", "advised", "recommended"),
    "reserved": ("approved", "declined"),
    "declined": ("approved", "reserved"),
}


def check_may_write(plan, *, by):
    """This will refuse anyone who is not a planner for the plan's owner."""
    check_holds(by, PLANNER, party=plan.owner_id)
    if plan.withdrawn_at:
        raise Refused(_("Planen er trukket tilbage og kan ikke ændres."))


def check_may_begin(kind, *, title, period_from, period_until, today):
    """This will refuse a plan without a name, of a kind that has ended or with a period that ends before it begins."""
    if not title.strip():
        raise Refused(_("Giv planen et navn."), field="title")
    if period_from and period_until and period_until <= period_from:
        raise Refused(_("Perioden slutter, før den begynder. Ret en af dagene."), field="period_until")
    if kind.valid_until and kind.valid_until <= today:
        raise Refused(_("%(kind)s kan ikke laves længere. Vælg en anden slags.") % {"kind": kind.label}, field="kind")


def check_may_edit(version, *, by):
    """This will refuse edits of a sealed version."""
    check_may_write(version.plan, by=by)
    if version.sealed_at:
        raise Refused(_("Den version er låst. Ret i udkastet, så bliver det en ny version."))


def check_words(label, heading, body):
    """This will refuse a provision without a heading, or one too large to read."""
    if not heading.strip():
        raise Refused(_("Skriv en overskrift."), field="heading")
    if len(heading) > 200:
        raise Refused(_("Overskriften er %(over)s tegn over 200. Kort den ned.") % {"over": len(heading) - 200}, field="heading")
    if len(label) > 20:
        raise Refused(_("Nummeret må højst fylde 20 tegn."), field="label")
    if len(body) > 60_000:
        raise Refused(_("Teksten fylder mere end 60.000 tegn. Del den i flere punkter."), field="body")


def check_may_seal(version, texts, *, by):
    """This will refuse to seal an empty version or one that is sealed already."""
    check_may_edit(version, by=by)
    if not texts:
        raise Refused(_("Udkastet er tomt. Skriv mindst ét punkt først."))


def check_may_publish(version, *, by):
    """This will refuse to publish words that may still change."""
    check_may_write(version.plan, by=by)
    if not version.sealed_at:
        raise Refused(_("Lås versionen først. Det, alle læser, må ikke ændre sig."))


def check_may_ask(version, *, by, due_on, today):
    """This will refuse to ask for approval of an open draft, or with a deadline that is past."""
    check_may_publish(version, by=by)
    if due_on is not None and due_on <= today:
        raise _past(due_on, today, "due_on")


def _past(day, today, field):
    sentence = _("%(day)s er gået. Vælg en dag efter i dag, %(today)s.")
    return Refused(sentence % {"day": day_and_month(day), "today": day_and_month(today)}, field=field)


def check_may_name(plan, *, parties, names_parties, is_out, on, by):
    """This will refuse to name parties for another kind, while a text is out for decision, or that do not exist that day."""
    check_may_write(plan, by=by)
    if not names_parties:
        raise Refused(_("%(kind)s har faste parter. De står på tavlen.") % {"kind": plan.kind.label})
    if is_out:
        raise Refused(_("Teksten er til beslutning. Parterne kan ikke ændres, før den er afgjort."))
    for party in parties:
        if party.pk == plan.owner_id:
            raise Refused(_("%(party)s ejer aftalen og bliver altid spurgt.") % {"party": party.name}, field="parties")
        if not is_valid_on(party, on):
            raise Refused(_("%(party)s findes ikke i dag. Vælg en anden part.") % {"party": party.name}, field="parties")


def check_someone_decides(plan, steps):
    """This will refuse to ask when the kind names someone who does not exist that day, such as a region without municipalities."""
    if any(party is None and step.who == "named" for step, party in steps):
        raise Refused(_("Skriv først i udkastet, hvem der er parter i »%(plan)s«.") % {"plan": plan.title})
    if any(party is None for _step, party in steps) or not any(step.part == "decides" for step, _party in steps):
        sentence = _("Vi kan ikke se, hvem der skal beslutte »%(plan)s«. Få parterne på plads i registeret først.")
        raise Refused(sentence % {"plan": plan.title})


def check_may_answer(approval, *, by):
    """This will refuse anyone but the asked party's own people; the owner's planner writes down what an authority advised."""
    if approval.step.who == "authority" and by.holds(PLANNER, approval.version.plan.owner_id):
        return
    check_holds(by, APPROVER, PLANNER, party=approval.party_id)


def check_may_say_when(approval, *, agenda_on, today, by):
    """This will refuse an agenda day that is past, or for an answer that is given."""
    check_may_answer(approval, by=by)
    if approval.outcome in ANSWERED:
        raise Refused(_("Svaret er givet. Der er ikke mere at sætte på dagsordenen."))
    if agenda_on < today:
        raise Refused(_("Den dag er gået. Skriv den dag, hvor I tager stilling."), field="agenda_on")


def check_may_record(approval, *, outcome, fingerprint, decided_on, reservation, earlier_missing, is_adopted=False, today, by):
    """This will refuse an answer from the wrong party, in the wrong order, to another text or on an impossible day."""
    check_may_answer(approval, by=by)
    if is_adopted:
        raise Refused(_("Planen er vedtaget. Svaret kan ikke ændres bagefter."))
    if outcome not in CHANGES.get(approval.outcome, ()) or outcome not in OUTCOMES[approval.step.part]:
        raise Refused(_("Det svar passer ikke her. Vælg et af svarene på listen."), field="outcome")
    if earlier_missing:
        raise Refused(_("%(who)s skal svare først.") % {"who": ", ".join(earlier_missing)})
    if fingerprint != approval.version.fingerprint:
        raise Refused(_("Teksten er en anden end den, I har fået tilsendt. Hent den nye, og tag stilling til den."), field="fingerprint")
    if decided_on is None:
        raise Refused(_("Skriv, hvilken dag det blev besluttet."), field="decided_on")
    if decided_on > today:
        raise Refused(_("Den dag er ikke kommet endnu. Skriv dagen, hvor det blev besluttet."), field="decided_on")
    sealed_on = in_denmark(approval.version.sealed_at).date()
    if decided_on < sealed_on:
        sentence = _("Teksten blev først låst %(day)s. Skriv den dag eller en senere.")
        raise Refused(sentence % {"day": long_date(sealed_on)}, field="decided_on")
    if outcome == "reserved" and not reservation.strip():
        raise Refused(_("Skriv, hvad forbeholdet går ud på."), field="reservation")


def check_may_adopt(version, approvals, *, adopted_on, in_force_from, today, by):
    """This will refuse adoption until everyone the kind names has said yes to the same fingerprint."""
    check_may_write(version.plan, by=by)
    if not version.sealed_at:
        raise Refused(_("Lås versionen først. En tekst, der kan ændres, kan ikke vedtages."))
    if not approvals:
        raise Refused(_("Ingen er spurgt endnu. Send teksten til beslutning først."))
    missing = [row for row in approvals if row.outcome not in {"approved", "reserved", "advised", "recommended"}]
    if missing:
        names = ", ".join(row.party.name for row in missing[:5])
        more = _(" og %(n)s flere") % {"n": len(missing) - 5} if len(missing) > 5 else ""
        raise Refused(_("Disse mangler at sige ja: %(names)s%(more)s.") % {"names": names, "more": more})
    if any(row.fingerprint != version.fingerprint for row in approvals):
        raise Refused(_("Ikke alle har godkendt den samme tekst. Se tavlen, og spørg dem igen."))
    if adopted_on > today:
        raise Refused(_("Den dag er ikke kommet endnu. Skriv dagen, hvor planen blev vedtaget."), field="adopted_on")
    last = max((row.decided_on for row in approvals if row.decided_on), default=None)
    if last and adopted_on < last:
        sentence = _("Den sidste sagde først ja %(day)s. Skriv den dag eller en senere.")
        raise Refused(sentence % {"day": long_date(last)}, field="adopted_on")
    if in_force_from < adopted_on:
        raise Refused(_("Planen kan ikke gælde, før den er vedtaget."), field="in_force_from")


def check_goal(*, number, text, deadline, taken, today):
    """This will refuse a goal without words, with a number in use or with a deadline that is past."""
    if not text.strip():
        raise Refused(_("Skriv, hvad der skal være anderledes."), field="text")
    if len(text) > 300:
        raise Refused(_("Målet er %(over)s tegn over 300. Kort det ned.") % {"over": len(text) - 300}, field="text")
    if number in taken:
        raise Refused(_("Mål %(n)s findes allerede. Vælg et andet nummer.") % {"n": number}, field="number")
    if deadline is not None and deadline <= today:
        raise _past(deadline, today, "deadline")


def check_may_report(goal, *, by):
    """This will refuse anyone but the people of the party that owns the goal."""
    check_holds(by, PLANNER, APPROVER, COORDINATOR, party=goal.owner_id)


def check_status(goal, status):
    """This will refuse a status that is not on the list."""
    if status not in goal.Status.values:
        raise Refused(_("Vælg en af mulighederne på listen."), field="status")


def check_may_measure(goal, indicator, *, by):
    """This will refuse an empty indicator and anyone but the owner's people and the plan's planner."""
    if not by.holds(PLANNER, goal.plan.owner_id):
        check_may_report(goal, by=by)
    if not indicator.strip():
        raise Refused(_("Skriv, hvad der måler målet."), field="indicator")
    if len(indicator) > 200:
        raise Refused(_("Indikatoren er %(over)s tegn over 200. Kort den ned.") % {"over": len(indicator) - 200}, field="indicator")
