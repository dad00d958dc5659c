"""Who may ask, answer, judge and conclude, and when. The two tables are the state diagrams."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tovholder.base.errors import Refused
from tovholder.base.written import date_and_time, day_and_month, list_of, number
from tovholder.consultations.models import RESPONDERS
from tovholder.parties.queries import local_day
from tovholder.parties.rules import APPROVER, COORDINATOR, PLANNER, check_holds, check_valid
from tovholder.plans.rules import check_may_write
from tovholder.texts.danish import clock
from tovholder.texts.personal_data import contains_cpr

LONGEST_REMARK = 20_000
LONGEST_LETTER = 400_000
GENERAL = "general"
VERDICTS = ("accepted", "partly", "not_accepted", "noted")
CHANGES = {"draft": ("submitted",), "submitted": ("withdrawn",)}
SIGNER_CHANGES = {"asked": ("approved", "tacit", "opted_out"), "approved": ("opted_out",), "tacit": ("approved", "opted_out")}


def phase_of(consultation, at):
    """This will return where a round is in its time: coming, open, closed or concluded."""
    if consultation.concluded_at and consultation.concluded_at <= at:
        return "concluded"
    if at < consultation.opens_at:
        return "coming"
    return "open" if at < consultation.deadline_at else "closed"


def deadline_for(consultation, listed=None):
    """This will return the moment a party must have answered by, its own extension counted."""
    extended = listed.extended_to if listed is not None else None
    return max(consultation.deadline_at, extended) if extended else consultation.deadline_at


def check_may_work(consultation, *, by):
    """This will refuse anyone who is not a planner for the plan's owner."""
    check_holds(by, PLANNER, party=consultation.version.plan.owner_id)


def check_may_change(consultation, *, by):
    """This will refuse changes to a concluded round."""
    check_may_work(consultation, by=by)
    if consultation.concluded_at:
        raise Refused(_("Høringen er afsluttet. Notatet står, som det er."))


def check_may_open(version, *, title, letter, opens_at, deadline_at, by, at):
    """This will refuse a round without a letter, or with a deadline that is past or before it opens."""
    plan = version.plan
    check_may_write(plan, by=by)
    check_valid(plan.owner, local_day(at))
    if not title.strip():
        raise Refused(_("Giv høringen et navn."), field="title")
    if not letter.strip():
        raise Refused(_("Skriv høringsbrevet. Det er det første, parterne læser."), field="letter")
    _check_ahead(deadline_at, at, field="deadline_on")
    if deadline_at <= opens_at:
        raise Refused(_("Fristen ligger, før høringen åbner. Vælg en senere dag."), field="deadline_on")


def _check_ahead(moment, at, *, field):
    if moment <= at:
        raise Refused(
            _("%(gone)s er gået. Vælg en dag efter i dag, %(today)s.")
            % {"gone": _day_or_hour(moment, at), "today": day_and_month(local_day(at))},
            field=field,
        )


def _day_or_hour(moment, at):
    day = local_day(moment)
    return _("Kl. %(hour)s i dag") % {"hour": clock(moment)} if day == local_day(at) else day_and_month(day)


def closed_sentence(consultation, listed, at, *, is_kept=True):
    """This will say when the round closed, and that the text is kept."""
    moment = deadline_for(consultation, listed)
    when = _("kl. %(hour)s") % {"hour": clock(moment)} if local_day(moment) == local_day(at) else date_and_time(moment)
    if is_kept:
        return _("Høringen lukkede %(when)s. Vi har gemt dit svar som kladde.") % {"when": when}
    return _("Høringen lukkede %(when)s. Skriv til sekretariatet, hvis I har brug for mere tid.") % {"when": when}


def check_is_open(consultation, listed, at, *, is_kept=True):
    """This will refuse answers before the round opens and after the party's own deadline."""
    if at < consultation.opens_at:
        raise Refused(_("Høringen åbner %(when)s.") % {"when": date_and_time(consultation.opens_at)})
    if consultation.concluded_at or at >= deadline_for(consultation, listed):
        raise Refused(closed_sentence(consultation, listed, at, is_kept=is_kept))


def check_may_answer_for(party, *, by, at):
    """This will refuse anyone without a mandate for the party, and a party whose period has ended."""
    check_holds(by, *RESPONDERS, party=party.pk)
    check_valid(party, local_day(at))


def check_name(name, sector, sectors):
    """This will refuse a response that does not say who it is from."""
    if not name.strip():
        raise Refused(_("Skriv dit navn eller jeres navn."), field="name")
    if len(name.strip()) > 160:
        raise Refused(_("Navnet må højst fylde 160 tegn."), field="name")
    if sector not in sectors:
        raise Refused(_("Vælg, hvem du svarer som."), field="sector")


def is_own(response, by):
    """This will answer whether the actor writes for the response's party, or is the one who wrote it."""
    if response.party_id:
        return any(by.holds(role, response.party_id) for role in RESPONDERS)
    return bool(response.contributor_id and by.contributor == response.contributor_id)


def check_is_own(response, *, by):
    """This will refuse everyone but the writer's party, or the person with the code."""
    if not is_own(response, by):
        raise Refused(_("Kun den, der svarer, kan gøre det."))


def check_may_write_response(response, *, by):
    """This will refuse changes by others than its writer's party, and to a response that is sent."""
    check_is_own(response, by=by)
    if response.state != "draft":
        raise Refused(_("Svaret er sendt og kan ikke ændres. Træk det tilbage, hvis I vil sende et nyt."))


def check_remark(text):
    """This will refuse a remark that is too long to read or holds a CPR number."""
    over = len(text) - LONGEST_REMARK
    if over > 0:
        raise Refused(_("Du er %(over)s tegn over 20.000. Kort lidt ned – eller del i to.") % {"over": number(over)}, field="text")
    if contains_cpr(text):
        raise Refused(_("Det ligner et CPR-nummer. Fjern det, så sender vi resten."), field="text")


def check_may_submit(response, *, remarks, has_no_remarks, waiting_signers, pending_political_approval, council_meets_on, by, at):
    """This will refuse an empty response, one that says two things, and one that signers still wait to see."""
    check_may_write_response(response, by=by)
    if response.party is not None:
        check_valid(response.party, local_day(at))
    check_is_open(response.consultation, response.listed, at)
    if not remarks and not has_no_remarks:
        raise Refused(_("Skriv mindst én bemærkning, eller sæt kryds ved »Vi har ingen bemærkninger«."), field="has_no_remarks")
    if remarks and has_no_remarks:
        raise Refused(_("I har skrevet bemærkninger. Fjern krydset, eller slet dem først."), field="has_no_remarks")
    if pending_political_approval and council_meets_on and council_meets_on < local_day(at):
        raise Refused(_("Mødet er holdt. Fjern forbeholdet, eller vælg dagen for det næste møde."), field="council_meets_on")
    if waiting_signers:
        raise Refused(_("%(names)s mangler at svare. Luk runden først.") % {"names": list_of(waiting_signers[:5])})


def check_may_withdraw(response, *, reason, by):
    """This will refuse to withdraw for others, twice or without a reason."""
    if not is_own(response, by):
        check_may_work(response.consultation, by=by)
    if "withdrawn" not in CHANGES.get(response.state, ()):
        raise Refused(_("Kun et svar, der er sendt, kan trækkes tilbage."))
    if not reason.strip():
        raise Refused(_("Skriv kort hvorfor. Grunden står, hvor svaret stod."), field="reason")


def check_may_type_in(consultation, *, name, received_at, letter, remarks, by, at):
    """This will refuse a letter from nobody, from the future, or with nothing in it."""
    check_may_change(consultation, by=by)
    if not name.strip():
        raise Refused(_("Skriv, hvem svaret er fra."), field="name")
    if received_at > at:
        raise Refused(_("Den dag er ikke kommet endnu. Skriv dagen, hvor svaret kom."), field="received_on")
    if received_at < consultation.opens_at:
        raise Refused(_("Høringen var ikke åbnet den dag. Tjek datoen."), field="received_on")
    if len(letter) > LONGEST_LETTER:
        raise Refused(_("Brevet fylder mere end 400.000 tegn. Del det i to."), field="letter")
    for _place, text in remarks:
        check_remark(text)


def check_may_extend(listed, *, to, reason, by, at):
    """This will refuse an extension that is past, shorter than the deadline or without a reason."""
    check_may_change(listed.consultation, by=by)
    _check_ahead(to, at, field="to_on")
    if to <= listed.consultation.deadline_at:
        raise Refused(_("Den nye frist skal ligge efter den fælles frist."), field="to_on")
    if not reason.strip():
        raise Refused(_("Skriv, hvorfor fristen bliver udsat."), field="reason")


def check_may_judge(remark, *, verdict, reason, by):
    """This will refuse a verdict without a reason, on a draft, or by anyone but the owner's planners."""
    check_may_change(remark.response.consultation, by=by)
    if remark.response.state != "submitted":
        raise Refused(_("Svaret er ikke sendt, eller det er trukket tilbage."))
    if verdict not in VERDICTS:
        raise Refused(_("Vælg en af de fire vurderinger."), field="verdict")
    if verdict != "noted" and not reason.strip():
        raise Refused(_("Skriv en begrundelse. Den bliver læst af afsenderen og alle andre."), field="reason")
    if len(reason) > LONGEST_REMARK:
        raise Refused(_("Begrundelsen fylder mere end 20.000 tegn. Kort den ned."), field="reason")


def check_same_round(remark, first):
    """This will refuse to answer remarks from two rounds together."""
    if remark.response.consultation_id != first.response.consultation_id:
        raise Refused(_("Bemærkninger fra to høringer kan ikke besvares samlet."), field="also")


def check_parts(original, parts):
    """This will refuse a division in which a word is lost or added."""
    if len(parts) < 2:
        raise Refused(_("Sæt en tom linje, hvor bemærkningen skal deles."), field="text")
    if " ".join(original.split()) != " ".join(" ".join(parts).split()):
        raise Refused(_("Delene skal tilsammen være hele bemærkningen, ord for ord."), field="text")


def check_may_sign(signer, *, state, by, at):
    """This will refuse answers for another municipality, after the response is sent, and changes that mean nothing."""
    check_holds(by, COORDINATOR, APPROVER, PLANNER, party=signer.party_id)
    check_valid(signer.party, local_day(at))
    if signer.response.state != "draft":
        raise Refused(_("Det fælles svar er sendt."))
    if state not in SIGNER_CHANGES.get(signer.state, ()) or state == "tacit":
        raise Refused(_("Det har I allerede svaret."))


def check_may_close_signers(response, *, by, at):
    """This will refuse to count silence before the internal deadline has passed."""
    check_may_write_response(response, by=by)
    if response.signers_due_at is None or at < response.signers_due_at:
        raise Refused(_("Den interne frist er ikke nået. Tavshed tæller først bagefter."))


def check_may_release(response, *, by):
    """This will refuse to release what does not wait."""
    check_may_change(response.consultation, by=by)
    if not response.waits_for_review:
        raise Refused(_("Svaret venter ikke på gennemsyn."))


def check_may_redact(remark, *, text, reason, by):
    """This will refuse to empty a remark, or to change it without saying why."""
    check_may_change(remark.response.consultation, by=by)
    if not text.strip():
        raise Refused(_("Lad noget af bemærkningen stå."), field="text")
    if not reason.strip():
        raise Refused(_("Skriv, hvad der er fjernet, fx »navn fjernet«."), field="reason")


def check_may_conclude(consultation, *, missing, last_deadline, reason, by, at):
    """This will refuse to conclude before the last deadline, and with gaps nobody has explained."""
    check_may_change(consultation, by=by)
    if at < last_deadline:
        raise Refused(_("Fristen er ikke nået. Høringen lukker %(when)s.") % {"when": date_and_time(last_deadline)})
    if missing and not reason.strip():
        raise Refused(
            ngettext(
                "Høringen kan ikke lukkes endnu: %(n)s svar er ikke i notatet. Besvar det, eller skriv hvorfor.",
                "Høringen kan ikke lukkes endnu: %(n)s svar er ikke i notatet. Svar dem, eller skriv hvorfor.",
                missing,
            )
            % {"n": missing},
            field="reason",
        )
