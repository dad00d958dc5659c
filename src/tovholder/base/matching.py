"""Which search rows match a question, the newest first, and which of them a reader may see. Each database is asked in its own words.

To plan every room's rule takes a database longer than to answer it. So the newest rows that match are looked up first, and then the reader
is asked about the gates these rows have. Where too few of them may be seen, all is asked in one question."""

from functools import partial
from typing import Protocol

from django.db import connection

# How a text may answer: with every word, also with words that begin as the asked ones, with one of them, or with words that hold them.
WHOLE, WIDE, ANY, WITHIN = "whole", "wide", "any", "within"
WAYS = (WHOLE, WIDE, ANY, WITHIN)
# So many of the newest hits the reader may see are weighed; whoever asks for a word that thousands of texts hold gets the best of these.
WEIGHED = 200
# So many are looked up, since some may be hidden.
_AT_FIRST = 250
# Looking for words within words reads every row: the newest are enough for a last attempt.
_LOOKED_THROUGH = 3_000
_ROW = "base_searchrow.id, base_searchrow.kind, base_searchrow.gate, base_searchrow.gate_thing_id"
_FORMS = "' ' || base_searchrow.forms || ' '"
# What can be asked of a row: its terms for weighing, its words as they are written for guessing.
WEIGHING = f"base_searchrow.size, ' ' || base_searchrow.title_terms || ' ', ' ' || base_searchrow.text_terms || ' ', {_FORMS}"
WRITTEN = f"base_searchrow.title, base_searchrow.text, {_FORMS}"
_NEEDED = "id, thing_id, kind, size, title, text, title_terms, text_terms, forms, gate, gate_thing_id"
_EVERYBODYS = ("1 = 1", [])


class Reader(Protocol):
    """Someone who searches, as the index asks about them."""

    def condition(self):
        """This will return (SQL, params) over search rows: those the reader may see."""

    def sees(self, things):
        """This will return the (gate, thing) a reader may see of {gate: things}."""


def newest(words, way, columns, reader, *, kind="", titles_too=False, at_least=1):
    """This will return (id, kind, *columns) of the newest rows that match and that a reader may see, at most WEIGHED.

    `titles_too` adds rows whose title matches where more match than are weighed. Where fewer than `at_least` match, nobody's right to
    see them is asked about, and nothing is returned."""
    places = [_match(words, way, False, kind, columns)]
    looked_up = [_rows(places[0], _EVERYBODYS, _AT_FIRST)]
    if len(looked_up[0]) < at_least:
        return []
    if titles_too and way != WITHIN and len(looked_up[0]) > WEIGHED:
        places.append(_match(words, way, True, kind, columns))
        looked_up.append(_rows(places[1], _EVERYBODYS, _AT_FIRST))
    seen, found = _seen(looked_up, reader), {}
    for place, rows in zip(places, looked_up, strict=True):
        readable = [row for row in rows if not row[2] or row[2:4] in seen]
        if len(rows) == _AT_FIRST and len(readable) < WEIGHED:
            readable = _rows(place, reader.condition(), WEIGHED)
        found.update((row[0], row[:2] + row[4:]) for row in readable[:WEIGHED])
    return list(found.values())


def _rows(match, condition, most):
    sql, params = match(condition)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {most}", params)
        return cursor.fetchall()


def _seen(looked_up, reader):
    things = {}
    for rows in looked_up:
        for row in rows:
            if row[2]:
                things.setdefault(row[2], {})[row[3]] = True
    return reader.sees({gate: list(things[gate]) for gate in sorted(things)}) if things else set()


def _match(words, way, in_titles, kind, columns):
    """A question that lacks the condition of who may see what."""
    rows = _within if way == WITHIN else _ROWS[connection.vendor]
    return partial(rows, words, way, in_titles, kind, f"{_ROW}, {columns}")


def _sqlite(words, way, in_titles, kind, columns, condition):
    """The index gives its rows newest first, and is asked for no more than are wanted."""
    asked = _asked(words, way, '"{}"', '"{}" *', " AND ", " OR ")
    index, places = ("base_searchtitles", "title_terms") if in_titles else ("base_searchindex", "{title_terms text_terms}")
    asked = f"{places} : ({asked})" + (f" AND kind : {kind}" if kind else "")
    sql = (
        f"SELECT {columns} FROM {index} JOIN base_searchrow ON base_searchrow.id = {index}.rowid"  # noqa: S608
        f" WHERE {index} MATCH %s AND {condition[0]} ORDER BY {index}.rowid DESC"
    )
    return sql, [asked, *condition[1]]


def _postgresql(words, way, in_titles, kind, columns, condition):
    """OFFSET 0 keeps the two steps apart: first the rows that answer, newest first, then who may find them, until there are enough."""
    asked = _asked(words, way, "'{}'", "'{}':*", " & ", " | ")
    # Asked twice over: PostgreSQL thinks little of what a comparison costs, and would else read all the newest rows to find some hundreds.
    matches, params = "{0} @@ %s::tsquery AND ({0} @@ %s::tsquery) IS TRUE".format("title_index" if in_titles else "all_index"), [asked] * 2
    if kind:
        matches, params = f"{matches} AND kind = %s", [*params, kind]
    answers = f"SELECT {_NEEDED} FROM base_searchrow WHERE {matches} ORDER BY id DESC OFFSET 0"  # noqa: S608
    return f"SELECT {columns} FROM ({answers}) base_searchrow WHERE {condition[0]}", [*params, *condition[1]]  # noqa: S608


_ROWS = {"sqlite": _sqlite, "postgresql": _postgresql}


def _asked(words, way, whole, beginning, all_of, one_of):
    """The question as the index reads it. Terms hold letters and digits alone, so that nothing in them can be read as a sign."""
    answers = []
    for word in words:
        forms = [whole.format(term) for term in (word.stem, *word.others)]
        if word.parts:
            forms.append("(" + all_of.join(whole.format(part) for part in word.parts) + ")")
        if way == WIDE:
            forms.append(beginning.format(word.beginning))
        answers.append("(" + one_of.join(dict.fromkeys(forms)) + ")")
    return (one_of if way == ANY else all_of).join(answers)


def _within(words, way, in_titles, kind, columns, condition):
    """No index helps here: asked only when nothing else was found."""
    matches = " AND ".join("(title_terms || ' ' || text_terms) LIKE %s" for _word in words)
    params = [f"%{word.beginning}%" for word in words]
    if kind:
        matches, params = f"{matches} AND kind = %s", [*params, kind]
    newest = f"SELECT * FROM base_searchrow WHERE id > (SELECT MAX(id) FROM base_searchrow) - {_LOOKED_THROUGH}"  # noqa: S608
    sql = f"SELECT {columns} FROM ({newest}) base_searchrow WHERE {matches} AND {condition[0]} ORDER BY id DESC"  # noqa: S608
    return sql, [*params, *condition[1]]
