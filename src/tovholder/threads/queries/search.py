"""Search over everything a person may see: the index says what answers, each room's own rule says who may find it, in one question."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from tovholder.base import finding
from tovholder.base.by import By
from tovholder.base.models import SearchRow
from tovholder.consultations import queries as consultations
from tovholder.consultations.queries import entries as answered
from tovholder.dialogue import queries as dialogue
from tovholder.dialogue.queries import entries as said
from tovholder.initiatives import queries as initiatives
from tovholder.intake import queries as intake
from tovholder.parties import queries as parties
from tovholder.plans import queries as plans
from tovholder.plans.queries import entries as promised

_GATES = {
    "statement": lambda by, at: dialogue.visible_statements(by, at),
    "theme": dialogue.visible_themes,
    "conference": dialogue.visible_conferences,
    "plan": plans.visible_plans,
    "plan_version": plans.visible_versions,
    "consultation": consultations.visible_consultations,
    "response": consultations.readable_responses,
    "source": lambda by, at: intake.visible_sources(by),
}
KINDS = (
    "statement", "theme", "plan", "provision", "goal", "approval", "initiative", "programme", "consultation", "response", "remark",
    "verdict", "conference", "conference_series", "theme_group", "meeting", "topic", "party", "source", "passage",
)  # fmt: skip
A_PAGE = 20


def searchable():
    """This will return everything that can be found in any room, with the functions that give the entries."""
    rooms = (parties, intake, said, initiatives, promised, answered)
    return [source for room in rooms for source in room.searchable()]


def readable(by, at):
    """This will return the condition over search rows that lets a reader in: what everyone may find, and what each room's rule shows."""
    condition = Q(gate="")
    for gate, visible in _GATES.items():
        shown = visible(by, at).filter(pk=OuterRef("gate_thing")).order_by().values("pk")[:1]
        # A value that is there, not EXISTS: PostgreSQL would else gather all that may be read before it looks at the first hit.
        condition |= Q(gate=gate) & Q(IsNull(Subquery(shown), False))
    return condition


@dataclass(frozen=True)
class Found:
    """One hit as a page shows it: only words from the row the reader may find."""

    thing: str
    kind: str
    part: str
    title: str
    text: str
    home: str
    home_kind: str
    home_title: str
    at: datetime | None


@dataclass(frozen=True)
class Result:
    """What a search gave: a page of hits, how many the reader may see, and of which kinds. `is_more` says that there are still more,
    `is_capped` that the kinds are those of the weighed hits alone.

    `way` says how they answer; `instead` is what was asked in place of words that nothing answers."""

    words: tuple
    way: str
    total: int
    is_more: bool
    kinds: dict
    found: tuple
    page: int = 1
    instead: str = ""
    is_capped: bool = False


def says_something(text):
    """This will answer whether a text holds a word that carries a subject."""
    return bool(finding.terms(text))


def search(text, by, at, *, kind="", page=1):
    """This will return what a person may see that answers a text, the best first."""
    words = finding.question(text)
    condition = _compiled(by, at)
    way, hits = _first_that_answers(words, condition)
    instead = "" if hits or not words else finding.spelled_like(text, condition)
    if instead:
        words = finding.question(instead)
        way, hits = _first_that_answers(words, condition)
    elif not hits:
        way, hits = finding.WITHIN, finding.hits(words, condition, finding.WITHIN)
    is_capped = is_more = len(hits) >= finding.WEIGHED
    if is_more:
        hits = _with_titles(words, condition, way, hits, "")
    kinds = {}
    for hit in hits:
        kinds[hit.kind] = kinds.get(hit.kind, 0) + 1
    if kind and is_more:
        hits = finding.hits(words, condition, way, kind=kind)
        is_more = len(hits) >= finding.WEIGHED
    elif kind:
        hits = [hit for hit in hits if hit.kind == kind]
    page = max(1, min(page, -(-len(hits) // A_PAGE)))
    shown = hits[(page - 1) * A_PAGE : page * A_PAGE]
    return Result(words, way, len(hits), is_more, kinds, _read([hit.row for hit in shown]), page, instead, is_capped)


def _first_that_answers(words, condition):
    """Whole words first. Beginnings are asked for when that fills no page, and one of the words when no row has them all."""
    hits = finding.hits(words, condition, finding.WHOLE)
    if len(hits) >= A_PAGE:
        return finding.WHOLE, hits
    for way in (finding.WIDE, finding.ANY)[: len(words)]:
        wider = finding.hits(words, condition, way)
        if wider:
            return way, wider
    return finding.WIDE, []


def _with_titles(words, condition, way, hits, kind):
    """Among thousands of hits the newest are weighed; those that carry the words in their title are weighed too, however old."""
    known = {hit.row: hit for hit in hits}
    known.update((hit.row, hit) for hit in finding.hits(words, condition, way, kind=kind, in_titles=True))
    return finding.in_order(known.values())


_READ = """
SELECT r.id, r.thing_id, r.kind, r.part, r.title, r.text, h.thing_id, h.kind, h.title, r.at
FROM base_searchrow r LEFT JOIN base_searchrow h ON h.thing_id = r.home_id AND h.part = '' WHERE r.id IN ({})
"""


def _read(ids):
    """The rows the reader has just been let in to. Where a thing lives may be seen by everyone who may see the thing."""
    if not ids:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_READ.format(", ".join(["%s"] * len(ids))), ids)
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    return tuple(Found(*(cell or "" for cell in rows[pk][:-1]), _moment(rows[pk][-1])) for pk in ids if pk in rows)


def _moment(value):
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value


# Any moment that no reader has: what a room's rule asks of the moment is put in its place.
_SOME_MOMENT = datetime(1, 1, 1, 1, 1, 1, 111111, tzinfo=UTC)


def _compiled(by, at):
    """The condition as SQL. It is put together once for each set of mandates; only the moment differs from question to question."""
    reader = By(person=by.person, mandates=by.mandates, contributor=by.contributor)
    sql, params = _for_reader(reader, connection.vendor)
    some_moment, moment = (connection.ops.adapt_datetimefield_value(one) for one in (_SOME_MOMENT, at))
    return sql, [moment if param == some_moment else param for param in params]


@lru_cache(maxsize=512)
def _for_reader(reader, vendor):
    query = SearchRow.objects.filter(readable(reader, _SOME_MOMENT)).query
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.setup_query()
    sql, params = compiler.compile(query.where)
    return sql, tuple(params)
