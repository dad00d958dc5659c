"""Questions to themes: what is left to gather, what each theme is about, and who said it."""

from collections import defaultdict
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Count, Q

from tovholder.base.rows import one
from tovholder.parties.models import Sector
from tovholder.parties.rules import PLANNER
from tovholder.texts.danish import sort_key

from ..models import Statement, Theme, Theming
from .conferences import visible_conferences
from .statements import is_public


def public_statements(at):
    """This will return the statements that everyone may read; nothing else is shown or counted on public pages."""
    return Statement.objects.filter(is_public())


def public_statement(statement_id, at):
    """This will return one public statement; raises LookupError for what is not shown, whoever asks."""
    return one(public_statements(at).select_related("question", "conference", "group"), pk=statement_id)


def statements_at(conference, at, *, question=None, kind="", sector="", words=""):
    """This will return what was said at a conference and may be read, the newest first, narrowed by what is asked for."""
    rows = public_statements(at).filter(conference=conference).select_related("question")
    chosen = {"question": question, "kind": kind, "sector": sector, "text__icontains": words.strip()}
    return rows.filter(**{name: value for name, value in chosen.items() if value}).order_by("-written_at", "-number", "pk")


def statement_kinds():
    """This will return the kinds of statements with their words."""
    return Statement.Kind.choices


def sector_words():
    """This will return the five sectors with their words."""
    return Sector.choices


def readable_themes(by, at):
    """This will return the themes whose conference may be read, withdrawn ones too: what was public stays readable."""
    rows = Theme.objects.filter(Q(conference__isnull=True) | Q(conference__in=visible_conferences(by, at)))
    return rows.select_related("conference", "group", "owner")


def visible_themes(by, at):
    """This will return the themes that may be read and are not withdrawn."""
    return readable_themes(by, at).filter(withdrawn_at__isnull=True)


def themes(by, at, *, conference=None, group=None):
    """This will return the themes that may be read, in Danish order."""
    rows = visible_themes(by, at)
    if conference is not None:
        rows = rows.filter(conference=conference)
    if group is not None:
        rows = rows.filter(group=group)
    return sorted(rows, key=lambda row: (sort_key(row.name), row.pk))


def theme(theme_id, by, at):
    """This will return one theme, withdrawn or not; raises LookupError."""
    return one(readable_themes(by, at), pk=theme_id)


def theme_sizes(theme_ids):
    """This will return {theme id: {sector: how many public statements}} for many themes; an unknown sector is an empty name."""
    rows = Theming.objects.filter(theme__in=theme_ids, statement__in=Statement.objects.filter(is_public()))
    rows = rows.values_list("theme", "statement__sector").annotate(n=Count("pk")).order_by()
    sizes = defaultdict(dict)
    for theme_id, sector, count in rows:
        sizes[theme_id][sector] = count
    return {theme_id: dict(sizes[theme_id]) for theme_id in theme_ids}


@dataclass(frozen=True)
class Sized:
    """A theme and how many public statements it gathers, by sector."""

    theme: Theme
    counts: MappingProxyType

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def by_sector(self):
        """This will return the counts as pictures want them: five sectors, the unsaid one among the others."""
        known = {sector: count for sector, count in self.counts.items() if sector and sector != "other"}
        rest = self.counts.get("", 0) + self.counts.get("other", 0)
        return known | ({"other": rest} if rest else {})


def sized_themes(found):
    """This will return themes with their sizes, in the order they came."""
    sizes = theme_sizes([row.pk for row in found])
    return [Sized(row, MappingProxyType(sizes[row.pk])) for row in found]


def statements_under(found, at):
    """This will return the public statements under a theme, the newest first."""
    return public_statements(at).filter(themings__theme=found).select_related("question", "conference").order_by("-written_at", "pk")


def themes_of_statement(found, by, at):
    """This will return the themes a statement stands under, in Danish order."""
    rows = visible_themes(by, at).filter(themings__statement=found)
    return sorted(rows, key=lambda row: sort_key(row.name))


def unthemed_statements(conference, by, at, words=""):
    """This will return the public statements of a conference that no theme gathers yet, the oldest first; none for strangers."""
    if not by.holds(PLANNER, conference.organiser_id):
        return Statement.objects.none()
    gathered = Theming.objects.filter(theme__conference=conference, theme__withdrawn_at__isnull=True).values("statement")
    return statements_at(conference, at, words=words).exclude(pk__in=gathered).order_by("written_at", "number", "pk")


def statements_by_ids(conference, ids, at):
    """This will return the statements of a conference with these ids, whatever their state, for the rule to judge."""
    return list(Statement.objects.filter(conference=conference, pk__in=ids).order_by("written_at", "pk"))


def may_gather_for(by):
    """This will return the ids of the parties for which the actor names themes."""
    return by.parties_as(PLANNER)
