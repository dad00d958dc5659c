"""Search rows: what may be found about a thing, written in the transaction that made it so. The database keeps its index by itself."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tovholder.texts.danish import fold
from tovholder.texts.words import WORD, terms

from .models import Event, SearchRow, Thing
from .write import write

_WORD = re.compile(r"[^\W_]+")
# A word longer than this is no word, and PostgreSQL refuses a term of two kilobytes; a text longer than this is found by its beginning.
_LONGEST_TERM, _MOST_TERMS = 60, 30_000
_TOO_LONG = re.compile(r"[^\W_]{61,}")
_WORDS = ("kind", "gate", "gate_thing_id", "home_id", "title", "text", "at")
_UPDATED = ("kind", "gate", "gate_thing", "home", "title", "text", "at", "title_terms", "text_terms", "forms", "size")
# The written forms of so much of a title and a text are kept.
_TITLE_READ, _TEXT_READ = 200, 500
A_BATCH = 400
# Raised when the terms or the entries of a release differ from the one before: the rows are then written anew.
EDITION = 2


@dataclass(frozen=True)
class Entry:
    """One row of the search: the words of a thing that may be read where its gate lets the reader in. No gate: everyone may.

    `gate` names the kind of thing whose visibility decides, `gate_thing` which one; `home` is where the thing lives."""

    thing: str
    kind: str
    title: str = ""
    text: str = ""
    part: str = ""
    gate: str = ""
    gate_thing: str | None = None
    home: str | None = None
    at: datetime | None = None


def joined(*texts):
    """This will join the texts of a thing, leaving out the empty ones."""
    return "\n".join(filter(None, (str(text or "").strip() for text in texts)))


def terms_of(text):
    """This will return the terms a text is found by, as both databases can hold them."""
    text = _TOO_LONG.sub(lambda word: word.group()[:_LONGEST_TERM], text)
    found = [piece[:_LONGEST_TERM] for term in terms(text) for piece in _WORD.findall(term)]
    return found[:_MOST_TERMS]


def forms_of(title, text):
    """This will return the words a row's beginning is written with, folded, each once, in their own order."""
    return " ".join(dict.fromkeys(word[:_LONGEST_TERM] for word in WORD.findall(fold(f"{title[:_TITLE_READ]} {text[:_TEXT_READ]}"))))


def row_of(entry):
    """This will return the row that an entry becomes, not stored."""
    title, text = terms_of(entry.title), terms_of(entry.text)
    return SearchRow(
        thing_id=entry.thing, part=entry.part, kind=entry.kind, gate=entry.gate, gate_thing_id=entry.gate_thing, home_id=entry.home,
        title=entry.title, text=entry.text, title_terms=" ".join(title), text_terms=" ".join(text),
        forms=forms_of(entry.title, entry.text), size=len(title) + len(text), at=entry.at,
    )  # fmt: skip


def _is_kept(row, entry):
    return row is not None and tuple(getattr(row, name) for name in _WORDS) == (
        entry.kind, entry.gate, entry.gate_thing, entry.home, entry.title, entry.text, entry.at,
    )  # fmt: skip


def keep(entries_of, rows, *, anew=False):
    """This will let some things of one kind be found by exactly what their entries say, `anew` also where the words are the same.

    What is not among the entries can no longer be found, and its words have left the index when the transaction is over."""
    with write():
        things = list(rows.order_by().values_list("pk", flat=True)) if hasattr(rows, "values_list") else [row.pk for row in rows]
        if connection.features.has_select_for_update:
            # Whoever else changes what the entry is made of waits here, and then reads what we have written.
            list(Thing.objects.select_for_update(no_key=True).filter(pk__in=things).order_by("pk").values_list("pk"))
        _keep(things, entries_of(rows), anew)


def _keep(things, entries, anew):
    entries = {(entry.thing, entry.part): entry for entry in entries}
    rows = {(row.thing_id, row.part): row for row in SearchRow.objects.filter(thing__in=things)}
    stale = [row.pk for key, row in rows.items() if key not in entries]
    if stale:
        SearchRow.objects.filter(pk__in=stale).delete()
    changed = [row_of(entry) for key, entry in entries.items() if anew or not _is_kept(rows.get(key), entry)]
    if changed:
        SearchRow.objects.bulk_create(
            changed, batch_size=A_BATCH, update_conflicts=True, unique_fields=["thing", "part"], update_fields=_UPDATED
        )


def rebuild(sources):
    """This will write the rows of everything anew, in small transactions, and return how many there are.

    Each source is (queryset of things, function that gives the entries of such rows): the same the actions ask."""
    newest = SearchRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    known = set()
    for things, entries_of in sources:
        # The oldest first, as when they were written one by one.
        ids = list(things.order_by("thing__created_at", "pk").values_list("pk", flat=True))
        known.update(ids)
        for start in range(0, len(ids), A_BATCH):
            batch = ids[start : start + A_BATCH]
            keep(entries_of, things.filter(pk__in=batch).order_by("thing__created_at", "pk"), anew=True)
    with write():
        old = SearchRow.objects.filter(pk__lte=newest).values_list("pk", "thing_id")
        stale = [pk for pk, thing in old if thing not in known]
        for start in range(0, len(stale), A_BATCH):
            SearchRow.objects.filter(pk__in=stale[start : start + A_BATCH]).delete()
    return SearchRow.objects.count()


def is_current():
    """This will answer whether the rows were written as this release writes them."""
    last = Event.objects.filter(kind="search_rebuilt").order_by("-pk").values_list("payload__body", flat=True).first()
    return last is not None and f'"edition":{EDITION},' in last
