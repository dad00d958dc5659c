from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tovholder.base.written import long_date, number
from tovholder.dialogue import queries as dialogue
from tovholder.initiatives.models import Initiative
from tovholder.parties.queries import local_day
from tovholder.plans import queries as plans
from tovholder.texts.danish import sort_key

from .walk import live_ties, walk

ACCEPTED = ("accepted", "partly")


@dataclass(frozen=True)
class Item:
    """One thing on the way: its words, and where it can be read. `lead` says how it belongs to what it stands under."""

    text: str
    kind: str = ""
    id: str = ""
    note: str = ""
    children: tuple["Item", ...] = ()
    lead: str = ""


@dataclass(frozen=True)
class Step:
    """One of the seven steps. A gap says in a sentence what is missing."""

    code: str
    title: str
    state: str
    on: date | None = None
    items: tuple[Item, ...] = ()
    sentence: str = ""
    sizes: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Thread:
    """A walk from what was said to what came of it."""

    words: str
    steps: tuple[Step, ...]
    not_taken: tuple[Item, ...]
    nested: tuple[Item, ...]
    sector: str = ""

    @property
    def reach(self):
        """How many of the seven steps hold something."""
        return sum(step.state != "gap" for step in self.steps)


def thread_of_statement(statement, by, at):
    """This will walk from one statement through its themes to what was promised, decided, done and measured."""
    theme_ids = [theme.pk for theme in dialogue.visible_themes(by, at).filter(statements=statement)]
    found = walk(by, at, theme_ids=theme_ids)
    said = Step(
        code="said",
        title=_("Nogen sagde det"),
        state="result",
        on=local_day(statement.written_at),
        items=(Item(statement.text, "statement", statement.pk, note=_where(statement)),),
    )
    return _thread(statement.text, said, found, theme_ids, at, sector=statement.sector)


def thread_of_theme(theme, by, at):
    """This will walk from a theme, with how many said it."""
    found = walk(by, at, theme_ids=[theme.pk])
    said = _said_by_many(found, [theme.pk], by, at)
    return _thread(theme.name, said, found, [theme.pk], at)


def _said_by_many(found, theme_ids, by, at):
    """The first step of a thread that begins with more than one voice: how many, and a few of them."""
    size = sum(sum(found.sizes[theme_id].values()) for theme_id in theme_ids)
    rows = dialogue.visible_statements(by, at).filter(state="published", themes__in=theme_ids).distinct().order_by("number", "pk")[:3]
    return Step(
        code="said",
        title=ngettext("%(n)s sagde det", "%(n)s sagde det", size) % {"n": size} if size else _("Nogen sagde det"),
        state="result" if size else "gap",
        items=tuple(Item(row.text, "statement", row.pk, note=_where(row)) for row in rows),
        sentence="" if size else _("Ingen har bedt om dette."),
    )


def thread_of_provision(provision, by, at):
    """This will walk a provision both ways: who asked for it, and what came of it."""
    found = walk(by, at, provision_ids=[provision.pk])
    theme_ids = [theme_id for theme_id in found.themes_of[provision.pk] if theme_id in found.themes]
    said = _said_by_many(found, theme_ids, by, at)
    row = found.words.get(provision.pk)
    only = {theme_id: [item for item in found.provisions_of[theme_id] if item == provision.pk] for theme_id in theme_ids}
    found.provisions_of.update(only)
    return _thread(f"{row.label} {row.heading}" if row else provision.permalink, said, found, theme_ids, at, provisions=[provision.pk])


def thread_of_initiative(initiative, by, at):
    """This will walk from an initiative back to the promises it fulfils."""
    ids = [tie.from_thing_id for tie in live_ties(kind="done_by", to_thing=initiative.pk)]
    moved = live_ties(kind="aims_at", from_thing=initiative.pk).values("to_thing")
    ids += [pk for pk in plans.goals(by, at).filter(pk__in=moved).values_list("provision", flat=True) if pk and pk not in ids]
    found = walk(by, at, provision_ids=ids)
    theme_ids = sorted({theme_id for item in ids for theme_id in found.themes_of[item] if theme_id in found.themes})
    said = _said_by_many(found, theme_ids, by, at)
    return _thread(initiative.name, said, found, theme_ids, at, provisions=ids)


def threads_now(by, at, *, words="", limit=None):
    """This will return (theme, size, which of the seven steps hold something), furthest first; `words` searches names and what was said."""
    rows = dialogue.visible_themes(by, at)
    if words:
        said = dialogue.visible_statements(by, at).filter(state="published", text__icontains=words)
        rows = rows.filter(Q(name__icontains=words) | Q(pk__in=said.values("themes")))
    themes = list(rows)
    found = walk(by, at, theme_ids=[theme.pk for theme in themes])
    rows = []
    for theme in themes:
        steps = _steps(found, [theme.pk], at)
        size = sum(found.sizes[theme.pk].values())
        rows.append((theme, size, (bool(size), *(step.state != "gap" for step in steps))))
    rows.sort(key=lambda row: (-sum(row[2]), -row[1], sort_key(row[0].name)))
    return rows[:limit] if limit else rows


def _where(statement):
    place = statement.conference.title if statement.conference_id else ""
    return ", ".join(filter(None, (statement.speaker, statement.place, place)))


def _thread(words, said, found, theme_ids, at, *, provisions=None, sector=""):
    later = _steps(found, theme_ids, at, provisions=provisions)
    # A plan can hold what somebody says again later; its older date beside the words would turn the order around.
    steps = (said, *(replace(step, on=None) if said.on and step.on and step.on < said.on else step for step in later))
    ids = provisions if provisions is not None else _provisions(found, theme_ids)
    return Thread(
        words=words,
        steps=steps,
        not_taken=_not_taken(found, theme_ids, ids),
        nested=_nested(found, theme_ids, ids),
        sector=sector,
    )


def _provisions(found, theme_ids):
    ids = dict.fromkeys(item for theme_id in theme_ids for item in found.provisions_of[theme_id])
    return [item for item in ids if item in found.words]


def _steps(found, theme_ids, at, *, provisions=None):
    ids = [item for item in provisions if item in found.words] if provisions is not None else _provisions(found, theme_ids)
    return (
        _gathered(found, theme_ids),
        _promised(found, theme_ids, ids),
        _consulted(found, ids),
        _decided(found, ids),
        _done(found, ids),
        _measured(found, ids),
    )


def _gathered(found, theme_ids):
    shown = [found.themes[item] for item in theme_ids if item in found.themes]
    size = sum(sum(found.sizes[theme.pk].values()) for theme in shown)
    if not shown:
        return Step("gathered", _("Et tema"), "gap", sentence=_("Her stopper tråden – endnu. Udsagnet er ikke lagt under et tema."))
    sizes = {}
    for theme in shown:
        for sector, count in found.sizes[theme.pk].items():
            sizes[sector] = sizes.get(sector, 0) + count
    title = ngettext("%(n)s skrev om det", "%(n)s skrev om det", size) % {"n": size}
    return Step("gathered", title, "open", items=tuple(Item(theme.name, "theme", theme.pk) for theme in shown), sizes=sizes)


def _promised(found, theme_ids, ids):
    if not ids:
        is_gathered = any(item in found.themes for item in theme_ids)
        sentence = _("Her stopper tråden – endnu. Ingen har taget temaet op.") if is_gathered else _("Intet løfte endnu.")
        return Step("promised", _("Et løfte"), "gap", sentence=sentence)
    rows = [found.words[item] for item in ids]
    items = tuple(
        Item(f"{row.label} {row.heading}", "provision", row.provision_id, note=f"{row.version.plan.title}, {row.version.name}")
        for row in rows
    )
    adopted = [found.promised_on[item] for item in ids if item in found.promised_on]
    if adopted:
        return Step("promised", _("Det blev et løfte"), "open", on=min(adopted), items=items)
    first = [found.first_words[item].version for item in ids]
    days = [local_day(version.published_at or version.made_at) for version in first]
    return Step("promised", _("Det står i en plan"), "open", on=min(days), items=items)


def _consulted(found, ids):
    remarks = [remark for item in ids for remark in found.remarks[item]]
    changed = {remark_id for item in ids for remark_id in found.changed_by[item]}
    if not remarks:
        return Step("consulted", _("Svar fra andre"), "gap", sentence=_("Ingen bemærkninger endnu."))
    title = _("Høringen gjorde det skarpere") if changed else _("Andre svarede på det")
    accepted = sum(remark.verdict in ACCEPTED for remark in remarks)
    sentence = ngettext(
        "%(n)s bemærkning, %(yes)s imødekommet helt eller delvist.",
        "%(n)s bemærkninger, %(yes)s imødekommet helt eller delvist.",
        len(remarks),
    )
    first = sorted(remarks, key=lambda remark: (remark.pk not in changed, remark.verdict not in ACCEPTED, remark.pk))
    items = tuple(Item(remark.text, "remark", remark.pk, note=remark.response.public_name) for remark in first[:2])
    return Step("consulted", title, "open", items=items, sentence=sentence % {"n": len(remarks), "yes": accepted})


def _decided(found, ids):
    rows = {found.words[item].version.plan_id: found.decisions.get(found.words[item].version.plan_id) for item in ids}
    adopted = [row for row in rows.values() if row]
    if not adopted:
        return Step("decided", _("En beslutning"), "gap", sentence=_("Ikke besluttet endnu."))
    items = []
    for row in adopted:
        deciding = [item for item in row.version.approvals.all() if item.step.part == "decides"]
        yes = sum(item.outcome in ("approved", "reserved") for item in deciding)
        note = _("%(yes)s af %(all)s sagde ja") % {"yes": yes, "all": len(deciding)} if len(deciding) > 1 else row.version.plan.owner.name
        items.append(Item(row.version.plan.title, "plan_version", row.version_id, note=note))
    return Step("decided", _("Det blev besluttet"), "open", on=max(row.adopted_on for row in adopted), items=tuple(items))


def _done(found, ids):
    rows = {initiative.pk: initiative for item in ids for initiative in found.initiatives[item]}
    if not rows:
        return Step("done", _("En indsats"), "gap", sentence=_("Intet endnu. Ingen har meldt en indsats."))
    items = []
    for row in rows.values():
        others = found.reuses[row.pk]
        note = ngettext("%(n)s gør det også", "%(n)s gør det også", others) % {"n": others} if others else ""
        items.append(Item(row.name, "initiative", row.pk, note=note))
    return Step("done", _("Det blev gjort"), "open", items=tuple(items))


def _measured(found, ids):
    goals = {goal.pk: goal for item in ids for goal in found.goals[item]}
    measured = [goal for goal in goals.values() if goal.indicator]
    if not measured:
        return Step("measured", _("En måling"), "gap", sentence=_("Ingen måler det endnu."))
    items = tuple(Item(goal.text, "goal", goal.pk, note=told_of(goal, found.followed.get(goal.pk))) for goal in measured)
    if not any(has_figures(found.followed.get(goal.pk)) for goal in measured):
        return Step("measured", _("Det skal måles"), "open", items=items, sentence=_("Ingen har målt endnu."))
    return Step("measured", _("Det bliver målt"), "result", items=items)


def has_figures(followed):
    """This will answer whether a goal's first indicator has a latest figure."""
    return followed is not None and bool(followed.summary) and followed.summary["latest"] is not None


def told_of(goal, followed):
    """This will say what measures a goal, and how far it has come where there are figures: 14,2 → 12,3 pct."""
    if not has_figures(followed):
        return goal.indicator
    pair = (followed.summary["baseline"], followed.summary["latest"])
    numbers = " → ".join(number(value, followed.decimals) for value in pair if value is not None)
    return f"{followed.target.indicator.label}: {numbers} {followed.unit}"


def _not_taken(found, theme_ids, ids):
    items = [
        Item(found.themes[item].name, "theme", item, note=_("Ingen har taget temaet op."))
        for item in theme_ids
        if item in found.themes and not any(other in found.words for other in found.provisions_of[item])
    ]
    for item in ids:
        items += [Item(row.text, "remark", row.pk, note=row.reason) for row in found.remarks[item] if row.verdict == "not_accepted"]
    return tuple(items)


def _nested(found, theme_ids, ids):
    shown = [item for item in theme_ids if item in found.themes]
    if not shown:
        return _promise_items(found, ids)
    nested = []
    for item in shown:
        theme = found.themes[item]
        size = sum(found.sizes[item].values())
        own = [other for other in found.provisions_of[item] if other in found.words and other in ids]
        note = ngettext("%(n)s udsagn", "%(n)s udsagn", size) % {"n": size}
        nested.append(Item(theme.name, "theme", item, note=note, children=_promise_items(found, own)))
    return tuple(nested)


def _goal_item(found, goal):
    movers = tuple(
        Item(row.name, "initiative" if isinstance(row, Initiative) else "programme", row.pk, lead=_("skal rykkes af"))
        for row in found.movers.get(goal.pk, ())
    )
    return Item(goal.text, "goal", goal.pk, note=told_of(goal, found.followed.get(goal.pk)), children=movers)


def _promise_items(found, ids):
    items = []
    for item in ids:
        row = found.words.get(item)
        if row is None:
            continue
        children = []
        remarks = found.remarks[item]
        if remarks:
            accepted = sum(remark.verdict in ACCEPTED for remark in remarks)
            text = ngettext(
                "fik %(n)s bemærkning, %(yes)s imødekommet helt eller delvist",
                "fik %(n)s bemærkninger, %(yes)s imødekommet helt eller delvist",
                len(remarks),
            )
            children.append(Item(text % {"n": len(remarks), "yes": accepted}))
            changed = set(found.changed_by[item])
            children += [
                Item(remark.response.public_name, "remark", remark.pk, note=_("ændrede teksten"))
                for remark in remarks
                if remark.pk in changed
            ]
        adoption = found.decisions.get(row.version.plan_id)
        if adoption:
            children.append(Item(_("vedtaget"), "plan_version", adoption.version_id, note=long_date(adoption.adopted_on)))
        children += [Item(initiative.name, "initiative", initiative.pk, note=_("udfører det")) for initiative in found.initiatives[item]]
        children += [_goal_item(found, goal) for goal in found.goals[item]]
        items.append(Item(f"{row.label} {row.heading}", "provision", item, note=row.version.plan.title, children=tuple(children)))
    return tuple(items)
