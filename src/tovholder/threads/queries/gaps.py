from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tovholder.consultations import queries as consultations
from tovholder.dialogue import queries as dialogue
from tovholder.findings import queries as findings
from tovholder.initiatives import queries as initiatives
from tovholder.parties.queries import local_day
from tovholder.plans import queries as plans
from tovholder.plans.models import ProvisionText

from .endings import ending
from .followed import plans_without_status
from .trace import Item
from .walk import live_ties, walk


@dataclass(frozen=True)
class Gap:
    """One kind of loose end, with the things that show it and what to do about it."""

    code: str
    title: str
    sentence: str
    items: tuple[Item, ...]

    @property
    def count(self):
        return len(self.items)


def gaps(by, at, *, plan=None):
    """This will return the loose ends of all readable plans, or of one."""
    shown = [plan] if plan is not None else list(plans.visible_plans(by, at).filter(withdrawn_at__isnull=True))
    newest = _newest_texts(shown, by, at)
    rows = [
        _themes_without_promise(by, at) if plan is None else None,
        _promises_nobody_asked_for(newest),
        _remarks_without_verdict(shown, by, at),
        _goals_nobody_measures(by, at, plan),
        _goals_not_measured_yet(by, at, plan),
        _promises_without_initiative(newest),
        _initiatives_without_promise() if plan is None else None,
        _without_status(by, at) if plan is None else None,
        _left_behind(at) if plan is None else None,
    ]
    return [row for row in rows if row is not None]


@dataclass(frozen=True)
class Reach:
    """How many promises there are, how many hold together all the way, and how many passed each step."""

    total: int
    whole: int
    steps: tuple[tuple[str, int], ...]


def reach(by, at, *, plan=None):
    """This will count how far the promises of all readable plans, or of one, have come."""
    shown = [plan] if plan is not None else list(plans.visible_plans(by, at).filter(withdrawn_at__isnull=True))
    ids = {row.provision_id: row.version.plan_id for row in _newest_texts(shown, by, at) if row.body}
    found = walk(by, at, provision_ids=ids)
    passed = (
        (_("Nogen bad om det"), {item for item in ids if any(theme in found.themes for theme in found.themes_of[item])}),
        (_("Været i høring"), {item for item in ids if found.remarks[item]}),
        (_("Vedtaget"), {item for item, plan_id in ids.items() if plan_id in found.decisions}),
        (_("Bliver gjort"), {item for item in ids if found.initiatives[item]}),
        (_("Bliver målt"), {item for item in ids if any(goal.indicator for goal in found.goals[item])}),
    )
    whole = set(ids).intersection(*(there for _word, there in passed))
    return Reach(len(ids), len(whole), tuple((word, len(there)) for word, there in passed))


def _newest_texts(shown, by, at):
    """The newest readable words of each provision that still stands in its plan's newest readable version."""
    versions = {}
    for row in plans.visible_versions(by, at).filter(plan__in=[item.pk for item in shown]).order_by("number"):
        versions[row.plan_id] = row.pk
    rows = ProvisionText.objects.filter(version__in=versions.values()).select_related("provision", "version__plan")
    return list(rows.order_by("version__plan__title", "order"))


def _themes_without_promise(by, at):
    tied = live_ties(kind="answered_by").values("from_thing")
    rows = list(dialogue.visible_themes(by, at).exclude(pk__in=tied))
    sizes = dialogue.theme_sizes([row.pk for row in rows])
    items = [(sum(sizes.get(row.pk, {}).values()), row) for row in rows]
    items.sort(key=lambda pair: (-pair[0], pair[1].name))
    return Gap(
        "themes",
        _("Temaer, der ikke førte til noget"),
        _("Folk har sagt det, men intet punkt svarer på det."),
        tuple(Item(row.name, "theme", row.pk, note=ngettext("%(n)s udsagn", "%(n)s udsagn", size) % {"n": size}) for size, row in items),
    )


def _words(row):
    return Item(f"{row.label} {row.heading}", "provision", row.provision_id, note=row.version.plan.title)


def _promises_nobody_asked_for(newest):
    ids = [row.provision_id for row in newest]
    asked = set(live_ties(kind="answered_by", to_thing__in=ids).values_list("to_thing", flat=True))
    asked |= set(live_ties(kind="required_by", from_thing__in=ids).values_list("from_thing", flat=True))
    return Gap(
        "provisions",
        _("Punkter, ingen har bedt om"),
        _("Hverken et tema eller en regel fører hertil."),
        tuple(_words(row) for row in newest if row.provision_id not in asked and row.body),
    )


def _remarks_without_verdict(shown, by, at):
    rows = consultations.without_verdict([item.pk for item in shown], by, at)
    return Gap(
        "remarks",
        _("Bemærkninger uden vurdering"),
        _("Nogen har svaret i høringen og venter på en begrundelse."),
        tuple(Item(row.text, "remark", row.pk, note=row.response.public_name) for row in rows),
    )


def _goals_nobody_measures(by, at, plan):
    rows = [row for row in plans.goals(by, at, plan=plan) if not row.indicator]
    return Gap(
        "goals",
        _("Mål, ingen måler"),
        _("Uden en indikator kan ingen se, om det hjælper."),
        tuple(Item(row.text, "goal", row.pk, note=row.plan.title) for row in rows),
    )


def _goals_not_measured_yet(by, at, plan):
    rows = [row for row in plans.goals(by, at, plan=plan) if row.indicator]
    measured = findings.measured_goals([row.pk for row in rows], by, at)
    return Gap(
        "figures",
        _("Mål, ingen har målt endnu"),
        _("Der er valgt en indikator, men der er ingen tal at se på."),
        tuple(Item(row.text, "goal", row.pk, note=row.indicator) for row in rows if row.pk not in measured),
    )


def _without_status(by, at):
    rows = plans_without_status(by, at)
    return Gap(
        "status",
        _("Planer uden status for sidste år"),
        _("De gælder, men ingen har fortalt, hvor langt de er nået."),
        tuple(Item(row.title, "plan", row.pk, note=_("Status for %(year)s mangler") % {"year": year}) for row, year in rows),
    )


def _promises_without_initiative(newest):
    done = set(live_ties(kind="done_by", from_thing__in=[row.provision_id for row in newest]).values_list("from_thing", flat=True))
    return Gap(
        "undone",
        _("Punkter uden indsats"),
        _("Det er lovet, men ingen har meldt, at de gør det."),
        tuple(_words(row) for row in newest if row.provision_id not in done and row.body),
    )


def _initiatives_without_promise():
    done = set(live_ties(kind="done_by").values_list("to_thing", flat=True))
    rows = [row for row in initiatives.initiatives() if row.pk not in done]
    return Gap(
        "initiatives",
        _("Indsatser uden løfte"),
        _("De bliver gjort, men intet punkt nævner dem."),
        tuple(Item(row.name, "initiative", row.pk) for row in rows),
    )


def _left_behind(at):
    day = local_day(at)
    first_of_next_year = day.replace(year=day.year + 1, month=1, day=1)
    rows = ending(first_of_next_year).goals
    return Gap(
        "ending",
        _("Løfter, hvis ejer ophører ved årsskiftet"),
        _("De skal have en ny ejer, ellers står de uden nogen."),
        tuple(Item(row.text, "goal", row.pk, note=row.owner.name) for row in rows),
    )
