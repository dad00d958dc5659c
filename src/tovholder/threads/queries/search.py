"""Search over everything a person may see: the index says what answers, each room's own rule says who may find it, in one question."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.lookups import IsNull

from tovholder.base import finding
from tovholder.base.by import By
from tovholder.base.models import SearchRow
from tovholder.consultations import queries as consultations
from tovholder.consultations.queries import entries as answered
from tovholder.dialogue import queries as dialogue
from tovholder.dialogue.queries import entries as said
from tovholder.findings.queries import entries as measured
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
    "statement", "theme", "plan", "provision", "goal", "indicator", "status_report", "approval", "initiative", "programme",
    "consultation", "response", "remark", "verdict", "conference", "conference_series", "theme_group", "meeting", "topic", "party",
    "source", "passage",
)  # fmt: skip
A_PAGE = 20


def searchable():
    """This will return everything that can be found in any room, with the functions that give the entries."""
    rooms = (parties, intake, said, initiatives, promised, answered, measured)
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
    reader = Reader(by, at)
    way, hits = _first_that_answers(words, reader)
    instead = "" if hits or not words else finding.spelled_like(text, reader)
    if instead:
        words = finding.question(instead)
        way, hits = _first_that_answers(words, reader)
    elif not hits:
        way, hits = finding.WITHIN, finding.hits(words, reader, finding.WITHIN)
    is_capped = is_more = len(hits) >= finding.WEIGHED
    kinds = {}
    for hit in hits:
        kinds[hit.kind] = kinds.get(hit.kind, 0) + 1
    if kind and is_more:
        hits = finding.hits(words, reader, way, kind=kind)
        is_more = len(hits) >= finding.WEIGHED
    elif kind:
        hits = [hit for hit in hits if hit.kind == kind]
    page = max(1, min(page, -(-len(hits) // A_PAGE)))
    shown = hits[(page - 1) * A_PAGE : page * A_PAGE]
    return Result(words, way, len(hits), is_more, kinds, _read([hit.row for hit in shown]), page, instead, is_capped)


def _first_that_answers(words, reader):
    """Whole words first. Beginnings are asked for when that fills no page, and one of the words when no row has them all."""
    hits = finding.hits(words, reader, finding.WHOLE, titles_too=True, at_least=A_PAGE)
    if len(hits) >= A_PAGE:
        return finding.WHOLE, hits
    for way in (finding.WIDE, finding.ANY)[: len(words)]:
        wider = finding.hits(words, reader, way, titles_too=True)
        if wider:
            return way, wider
    return finding.WIDE, []


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


# Any moment and things that no reader asks about: what a room's rule asks of the moment and the things is put in their place.
_SOME_MOMENT = datetime(1, 1, 1, 1, 1, 1, 111111, tzinfo=UTC)
_SOME_THINGS = "\0"
# Fixed text: the things themselves are a parameter, one whatever their number, so that the database meets few different questions.
_AMONG = {"sqlite": "SELECT value FROM json_each(%s)", "postgresql": "SELECT UNNEST(string_to_array(%s, ','))"}


class Reader:
    """Someone who searches. Each rule is put together as SQL once for each set of mandates; only the moment and the things differ."""

    def __init__(self, by, at):
        self._who, self._at = By(person=by.person, mandates=by.mandates, contributor=by.contributor), at

    def condition(self):
        """This will return (SQL, params) over search rows: what everyone may find, and what each room's rule shows."""
        return self._asked(*_condition(self._who, connection.vendor), ())

    def sees(self, things):
        """This will return the (gate, thing) that may be seen of {gate: things}: each room's own rule is asked about its own."""
        parts = [self._asked(*_rule(self._who, connection.vendor, gate), ids) for gate, ids in things.items()]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(sql for sql, _params in parts), [param for _sql, params in parts for param in params])
            return set(cursor.fetchall())

    def _asked(self, sql, params, things):
        some_moment, moment = (connection.ops.adapt_datetimefield_value(one) for one in (_SOME_MOMENT, self._at))
        put = {some_moment: moment, _SOME_THINGS: json.dumps(things) if connection.vendor == "sqlite" else ",".join(things)}
        return sql, [put.get(param, param) for param in params]


@lru_cache(maxsize=512)
def _condition(reader, vendor):
    query = SearchRow.objects.filter(readable(reader, _SOME_MOMENT)).query
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.setup_query()
    sql, params = compiler.compile(query.where)
    return sql, tuple(params)


@lru_cache(maxsize=4096)
def _rule(reader, vendor, gate):
    rows = _GATES[gate](reader, _SOME_MOMENT).filter(pk__in=RawSQL(_AMONG[vendor], [_SOME_THINGS])).order_by()  # noqa: S611
    try:
        sql, params = rows.values_list(Value(gate), "pk").query.sql_with_params()
    except EmptyResultSet:
        sql, params = "SELECT NULL, NULL WHERE 1 = 0", ()
    return sql, tuple(params)
