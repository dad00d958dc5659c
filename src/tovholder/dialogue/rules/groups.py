"""Who may run a theme group and take part in it, and when. The table of statuses is the state diagram."""

from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.base.periods import is_valid_on
from tovholder.base.written import long_date
from tovholder.parties.rules import GROUP_COORDINATOR, WORKING_ROLES, check_holds, check_valid
from tovholder.texts.danish import in_denmark
from tovholder.texts.personal_data import find_personal_data

from .conferences import LIMITS, check_filled, check_lengths

STATUS_CHANGES = {"active": ("paused", "closed"), "paused": ("active", "closed"), "closed": ()}
SECTORS = ("citizen", "municipality", "region", "practice", "other")
EXPERIENCE_KINDS = ("good_experience", "bad_experience")


def check_may_found(host, *, day, by):
    """This will refuse anyone who does not coordinate groups for a host that exists on the day."""
    check_holds(by, GROUP_COORDINATOR, party=host.pk)
    check_valid(host, day)


def check_may_found_any(*, by):
    """This will refuse anyone who coordinates groups for nobody."""
    check_holds(by, GROUP_COORDINATOR)


def check_may_run(group, *, by):
    """This will refuse anyone but a coordinator at the host, and changes of a closed group."""
    check_holds(by, GROUP_COORDINATOR, party=group.host_id)
    if group.status == "closed":
        raise Refused(_("Temagruppen er lukket. Opret en ny, hvis arbejdet begynder igen."))


def check_status_change(group, *, to, reason, on, day, by):
    """This will refuse a status that does not follow from the present one, a later day, or a pause without its reason."""
    check_holds(by, GROUP_COORDINATOR, party=group.host_id)
    if to not in STATUS_CHANGES[group.status]:
        raise Refused(_("Det kan ikke lade sig gøre: gruppen er »%(status)s«.") % {"status": group.get_status_display().lower()})
    if to != "active":
        check_filled(_("Skriv hvorfor. Medlemmerne læser det på gruppens side."), reason=reason)
    check_lengths(reason=reason)
    if on > day:
        raise Refused(_("Den dag er ikke kommet endnu. Vælg i dag eller en tidligere dag."), field="on")
    if group.status_on and on < group.status_on:
        sentence = _("Gruppen er »%(status)s« fra %(day)s. Vælg den dag eller en senere.")
        raise Refused(sentence % {"status": group.get_status_display().lower(), "day": long_date(group.status_on)}, field="on")


def check_member(group, party, *, valid_from, valid_until, is_member, role_title, themes, by):
    """This will refuse a member that does not exist on its first day, is there already, or ends before it begins."""
    check_may_run(group, by=by)
    check_lengths(role_title=role_title, themes=themes)
    if valid_until and valid_until <= valid_from:
        raise Refused(_("Slutdagen ligger før første dag. Vælg en senere dag."), field="valid_until")
    check_valid(party, valid_from)
    if is_member:
        raise Refused(_("%(party)s er allerede med i den rolle.") % {"party": party.name}, field="party")


def check_may_take_part(group, party, *, is_member, day, by):
    """This will refuse acts in the name of a party that is not in the group on the day."""
    check_holds(by, *WORKING_ROLES, party=party.pk)
    check_valid(party, day)
    if group.status == "closed":
        raise Refused(_("Temagruppen er lukket. Opret en ny, hvis arbejdet begynder igen."))
    if not is_member and party.pk != group.host_id:
        raise Refused(_("%(party)s er ikke med i gruppen. Bed koordinatoren om at komme med.") % {"party": party.name})


def check_takes_part(own_parties):
    """This will refuse someone none of whose parties is in the group."""
    if not own_parties:
        raise Refused(_("Ingen af dine parter er med i gruppen. Bed koordinatoren om at komme med."))


def check_topic(text, *, is_proposed):
    """This will refuse an empty topic, one that is too long, and one that stands on the list."""
    check_filled(_("Skriv emnet."), text=text)
    check_lengths(text=text)
    if is_proposed:
        raise Refused(_("Emnet står på listen. Støt det i stedet."), field="text")


def check_may_call(group, *, title, place, starts_at, ends_at, by, at):
    """This will refuse a meeting of a paused group, in the past, or one that ends before it begins."""
    check_may_run(group, by=by)
    if group.status == "paused":
        raise Refused(_("Gruppen er på pause. Genoptag den, og indkald så til møde."))
    check_filled(_("Giv mødet et navn."), title=title)
    check_lengths(title=title, place=place)
    if in_denmark(starts_at).date() < in_denmark(at).date():
        past, today = long_date(in_denmark(starts_at).date()), long_date(in_denmark(at).date())
        raise Refused(_("%(past)s er gået. Vælg en dag efter i dag, %(today)s.") % {"past": past, "today": today}, field="starts_at")
    if starts_at <= at:
        raise Refused(_("Det klokkeslæt er gået. Vælg et senere."), field="starts_at")
    if ends_at <= starts_at:
        raise Refused(_("Mødet slutter, før det begynder. Ret et af tidspunkterne."), field="ends_at")


def check_agenda_item(meeting, *, title, kind, kinds, concerns, topic, is_number_taken, by, at):
    """This will refuse an item on a meeting that is over, with an unknown kind or sector, or another group's topic."""
    check_may_run(meeting.group, by=by)
    if meeting.ends_at <= at:
        raise Refused(_("Mødet er holdt. Skriv i referatet i stedet."))
    check_filled(_("Skriv, hvad punktet hedder."), title=title)
    check_lengths(LIMITS | {"title": 200}, title=title)
    if kind not in kinds:
        raise Refused(_("Vælg en slags på listen."), field="kind")
    if any(code not in SECTORS for code in concerns):
        raise Refused(_("Vælg sektorer på listen."), field="concerns")
    if topic is not None and topic.group_id != meeting.group_id:
        raise Refused(_("Emnet hører til en anden gruppe."), field="topic")
    if is_number_taken:
        raise Refused(_("Det nummer har et andet punkt. Vælg et nyt."), field="number")


def check_minutes(meeting, *, minutes, decisions, by, at):
    """This will refuse minutes of a meeting that has not begun, and empty ones."""
    check_may_run(meeting.group, by=by)
    if at < meeting.starts_at:
        raise Refused(_("Mødet er ikke begyndt endnu. Skriv referatet bagefter."))
    if not minutes.strip() and not any(text.strip() for text in decisions.values()):
        raise Refused(_("Skriv, hvad I talte om, eller hvad I besluttede."), field="minutes")
    check_lengths(minutes=minutes)
    for text in decisions.values():
        check_lengths({"minutes": 5_000}, minutes=text)


def check_experience(*, kind, text):
    """This will refuse an experience without words, of another kind, or one that points to a person."""
    if kind not in EXPERIENCE_KINDS:
        raise Refused(_("Vælg, om det fungerede godt eller mindre godt."), field="kind")
    check_filled(_("Skriv mindst et par ord."), text=text)
    check_lengths({"text": 1000}, text=text)
    if any(not find.office for find in find_personal_data(text)):
        raise Refused(_("Det ligner et navn, et nummer eller en adresse. Skriv det uden."), field="text")


def is_active_member(member, day):
    """This will answer whether a member takes part on a day, and its party exists."""
    return is_valid_on(member, day) and is_valid_on(member.party, day)
