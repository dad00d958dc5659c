"""Who may bring figures, say yes to them, and take them back; and what becomes of a delivery."""

from django.utils.translation import gettext as _

from tovholder.base.by import SYSTEM
from tovholder.base.errors import Refused
from tovholder.base.written import long_date
from tovholder.parties.rules import COORDINATOR, PLANNER, check_holds

CHANGES = {
    "waiting": ("read", "unreadable", "left"),
    "read": ("taking", "left"),
    "unreadable": ("left",),
    # Back to be looked through: what it is held against was changed after somebody said yes.
    "taking": ("taken", "read", "unreadable"),
}
LARGEST_FILE = 200 << 20
LARGEST_RELEASE = 20 << 20
LONGEST_REASON = 200


def check_may_deliver(owner, *, by):
    """This will refuse anyone but the delivering party's planners and coordinators, and let an operator's command bring figures."""
    if by is not SYSTEM:
        check_holds(by, PLANNER, COORDINATOR, party=getattr(owner, "pk", owner))


def check_is_ours(indicator, owner):
    """This will refuse figures of an own indicator from anyone but its owner; a national one may be brought by all."""
    if indicator.owner_id is not None and indicator.owner_id != owner.pk:
        raise Refused(_("Indikatoren ejes af en anden. Kun ejeren kan lægge tal ind."), field="indicator")


def check_file(content, *, is_release):
    """This will refuse an empty file and one too large to be read."""
    if not content:
        raise Refused(_("Filen er tom. Vælg en anden."), field="file")
    limit = LARGEST_RELEASE if is_release else LARGEST_FILE
    if len(content) > limit:
        raise Refused(_("Filen er større end %(limit)s MB. Del den op.") % {"limit": limit >> 20}, field="file")


def check_drawn_on(drawn_on, *, today):
    """This will refuse a day of extraction that has not come yet."""
    if drawn_on is not None and drawn_on > today:
        sentence = _("%(day)s er ikke kommet endnu. Skriv dagen, hvor tallene blev trukket.")
        raise Refused(sentence % {"day": long_date(drawn_on)}, field="drawn_on")


def check_not_taken(earlier):
    """This will refuse a file that is stored, or is on its way: nothing is counted twice."""
    if earlier is not None and earlier.state == "taken":
        raise Refused(_("Den fil har vi allerede gemt tal fra. Den bliver ikke gemt to gange."), field="file")
    if earlier is not None:
        raise Refused(_("Den fil har I allerede lagt ind. Se den igennem på listen over leveringer."), field="file")


def check_change(delivery, state):
    """This will refuse a change the table does not have, with what to do instead."""
    if state in CHANGES.get(delivery.state, ()):
        return
    if delivery.state == "waiting":
        raise Refused(_("Filen bliver læst. Vent et øjeblik, og prøv igen."))
    if delivery.state in {"taking", "taken"}:
        raise Refused(_("Der er allerede sagt ja til tallene. I kan trække et udtræk tilbage bagefter."))
    raise Refused(_("Der er ikke noget at gemme i den levering. Læg filen ind igen."))


def check_may_take(delivery, *, rows, by):
    """This will refuse strangers, what is not read yet, and a delivery of which nothing could be used."""
    check_may_deliver(delivery.owner, by=by)
    check_change(delivery, "taking")
    if not rows:
        raise Refused(_("Ingen rækker kan bruges. Ret filen, og læg den ind igen."))


def check_is_work(*, by):
    """This will refuse everyone but the system itself: reading and storing is background work."""
    if by is not SYSTEM:
        raise Refused(_("Det gør systemet selv."))


def check_may_withdraw(vintage, reason, *, by):
    """This will refuse strangers, a vintage that does not stand, and no reason."""
    check_may_deliver(vintage.delivery.owner, by=by)
    if vintage.withdrawn_at is not None or vintage.delivery.state != "taken":
        raise Refused(_("Udtrækket står ikke længere ved magt."))
    if not reason.strip():
        raise Refused(_("Skriv, hvorfor tallene bliver trukket tilbage. Alle kan læse det."), field="reason")
    over = len(reason.strip()) - LONGEST_REASON
    if over > 0:
        sentence = _("Teksten er %(over)s tegn over %(limit)s. Kort lidt ned.")
        raise Refused(sentence % {"over": over, "limit": LONGEST_REASON}, field="reason")
