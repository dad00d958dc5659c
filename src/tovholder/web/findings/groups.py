"""The second lens in words: groups that the votes themselves show, what each of them says, and what was flagged."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tovholder.base.written import in_words, number

from .across import percent

MOST = 5


@dataclass(frozen=True)
class Said:
    """One statement that sets a group apart, in words."""

    statement: str
    lead: str
    text: str


@dataclass(frozen=True)
class Group:
    """A group that lasts: its letter, how many it is, and what sets it apart, the surest first."""

    letter: str
    size: str
    says: list

    @property
    def first(self):
        """What it agrees with most surely, for where there is room for one."""
        return next((said for said in self.says), None)


def groups_of(found):
    """This will return the groups that last, each with what sets it apart; none when none last."""
    people, kept = (found.figures.get("found") or {}).get("people") or {}, found.figures.get("representative") or {}
    return [Group(letter, _size(count), _said(kept.get(letter, []), found.texts)) for letter, count in sorted(people.items())]


def _said(rows, texts):
    return [Said(row["statement"], lead_of(row), texts[row["statement"]]) for row in rows[:MOST] if row["statement"] in texts]


def lead_of(row):
    """This will say how a group answers a statement beside the others; without numbers where they may not be shown."""
    agrees = row["side"] == "agree"
    if not row["share"]:
        return _("Oftere enige end de andre:") if agrees else _("Oftere uenige end de andre:")
    words = {"share": percent(row["share"][0]), "others": percent(row["others"])}
    return (_("%(share)s er enige mod %(others)s af de andre:") if agrees else _("%(share)s er uenige mod %(others)s af de andre:")) % words


def _size(size):
    if size is None:
        return _("for få til at vise")
    return ngettext("%(n)s telefon", "%(n)s telefoner", size) % {"n": number(size)}


def line(found):
    """This will say whether the votes show groups that last."""
    count = (found.figures.get("found") or {}).get("k", 0)
    if not count:
        return _("Ingen stabile grupper. Svarene deler ikke folk på en måde, der holder, når vi tager hvert tiende svar ud.")
    return _("Vi ser %(n)s grupper. De bliver næsten de samme, når vi tager hvert tiende svar ud.") % {"n": in_words(count)}


def flag_lines(found):
    """This will say how many phones answer in a way that looks made, and whether the list would be another one without them."""
    flags = found.figures.get("flags") or {}
    straight, together = (flags.get("straight") or {}).get("people"), [bloc["people"] for bloc in flags.get("blocs", [])]
    lines = []
    if straight:
        said = ngettext("%(n)s telefon har svaret det samme på alt.", "%(n)s telefoner har svaret det samme på alt.", straight)
        lines.append(said % {"n": number(straight)})
    for people in filter(None, together):
        lines.append(_("%(n)s telefoner har svaret efter ét og samme mønster.") % {"n": number(people)})
    return [*lines, _without_them(found)] if lines else []


def _without_them(found):
    moved = found.figures["uncertainty"]["without_flagged"]
    changed = len([pk for pk in moved["only_with"] if pk in found.texts])
    if not changed and not moved["only_without"]:
        return _("Uden dem er listen over det, vi er enige om, den samme.")
    words = {"n": number(changed), "of": number(len(moved["kept"]) + changed)}
    return _("Uden dem ville %(n)s af de øverste %(of)s udsagn, vi er enige om, være andre.") % words


def answers_to(found, statement_id):
    """This will return the groups that one statement sets apart, each with how it answers."""
    kept = found.figures.get("representative") or {}
    return [(letter, lead_of(row).rstrip(":")) for letter, rows in sorted(kept.items()) for row in rows if row["statement"] == statement_id]
