"""Asking the index: which rows answer a question, the newest first, and how well. Both databases give the same rows in the same order."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from django.db import connection

from tovholder.texts.danish import FOLDED_LETTERS, fold
from tovholder.texts.words import WORD, QueryTerm, query_terms, terms

# So many of the newest hits the reader may see are weighed; whoever asks for a word that thousands of texts hold gets the best of these.
WEIGHED = 200
MOST_WORDS = 8
_SHORTEST_WITHIN = 3
# Looking for words within words reads every row: the newest are enough for a last attempt.
_LOOKED_THROUGH = 3_000
_SHORTEST_GUESSED, _LONG, _ALIKE = 4, 7, 0.78
_TITLE_WEIGHS, _WHOLE_WEIGHS = 3, 2
# Okapi BM25 with its usual k1 and b, but without the rarity of words: the rarity would tell of texts the reader may not see.
_K1, _B, _USUAL_SIZE = 1.2, 0.75, 16
_PER_WORD = 100.0
# A word as it was asked for stands before its other forms and before other words of the same stem: kost before koster.
_AS_ASKED = 1.0
# So much of a row is looked at for that.
_TITLE_READ, _TEXT_READ = 200, 500
_FOLDED = str.maketrans(FOLDED_LETTERS)

# How a text may answer: with every word, also with words that begin as the asked ones, with one of them, or with words that hold them.
WHOLE, WIDE, ANY, WITHIN = "whole", "wide", "any", "within"
WAYS = (WHOLE, WIDE, ANY, WITHIN)


@dataclass(frozen=True)
class Hit:
    """One row that answers, and how well."""

    row: int
    kind: str
    score: float


def question(text):
    """This will return the words a text asks for, at most eight; those that carry no subject are left out when others do."""
    return tuple(query_terms(text)[:MOST_WORDS])


def hits(words, readable, way=WHOLE, *, kind="", in_titles=False):
    """This will return the newest hits among the rows a reader may see, the best first; `readable` is (SQL, params) over search rows."""
    words = [word for word in words if way != WITHIN or len(word.beginning) >= _SHORTEST_WITHIN]
    if not words:
        return []
    rows, params = (_within if way == WITHIN else _ROWS[connection.vendor])(words, way, in_titles, kind, readable)
    counted, counts = _counted(words, way)
    sql = f"SELECT id, kind, size, said, {counted} FROM ({rows} LIMIT {WEIGHED}) newest"  # noqa: S608
    params = [*counts, *params]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    forms = [re.compile(rf"(?<![^\W_]){word.beginning}(?![^\W_])") for word in words]
    return in_order(Hit(row[0], row[1], _score(row[2], row[4:]) + _as_asked(forms, row[3])) for row in rows)


def in_order(found):
    """This will sort hits: the best first, the newest first among equals."""
    return sorted(found, key=lambda hit: (-hit.score, -hit.row))


def _score(size, counts):
    """Each word's weight in title and text, saturated and set against the row's length; a row that holds more of the words is first."""
    length = _K1 * (1 - _B + _B * size / _USUAL_SIZE)
    score = 0.0
    for place in range(0, len(counts), 2):
        weight = _TITLE_WEIGHS * counts[place] + counts[place + 1]
        if weight:
            score += _PER_WORD + weight * (_K1 + 1) / (weight + length)
    return score


def _as_asked(forms, said):
    """What the words add that stand in the row as they were asked for."""
    said = said.casefold().translate(_FOLDED)
    return _AS_ASKED * sum(form.search(said) is not None for form in forms)


def _counted(words, way):
    """For each word what it weighs in title and text: how often each needle stands there, from how much shorter the place is without it."""
    columns, params = [], []
    for word in words:
        needles = _needles(word, way)
        for place in ("title", "words"):
            sums = " + ".join(f"{w} * ((LENGTH({place}) - LENGTH(REPLACE({place}, %s, ''))) / {len(n)})" for n, w in needles)
            columns.append(f"CASE WHEN LENGTH({place}) < 3 THEN 0 ELSE {sums} END")
            params += [needle for needle, _weight in needles]
    return ", ".join(columns), params


def _needles(word, way):
    """Whole words weigh most; other forms, parts of a compound and beginnings less."""
    if way == WITHIN:
        return [(word.beginning, 1)]
    whole = {f" {word.stem} ": _WHOLE_WEIGHS} | {f" {term} ": 1 for term in (*word.others, *word.parts)}
    return [*whole.items(), *([(f" {word.beginning}", 1)] if way == WIDE else [])]


_WRITTEN = "base_searchrow.title AS title, base_searchrow.text AS words"
_SAID = f"SUBSTR(base_searchrow.title, 1, {_TITLE_READ}) || ' ' || SUBSTR(base_searchrow.text, 1, {_TEXT_READ}) AS said"
_COLUMNS = f"base_searchrow.id, base_searchrow.kind, base_searchrow.size, {_SAID}"
_PLACES = "' ' || base_searchrow.title_terms || ' ' AS title, ' ' || base_searchrow.text_terms || ' ' AS words"


_NEEDED = "id, thing_id, kind, size, title, text, title_terms, text_terms, gate, gate_thing_id"


def _sqlite(words, way, in_titles, kind, readable):
    """The index gives its rows newest first, and is asked for no more than are wanted."""
    asked = _asked(words, way, '"{}"', '"{}" *', " AND ", " OR ")
    index, places = ("base_searchtitles", "title_terms") if in_titles else ("base_searchindex", "{title_terms text_terms}")
    asked = f"{places} : ({asked})" + (f" AND kind : {kind}" if kind else "")
    sql = (
        f"SELECT {_COLUMNS}, {_PLACES} FROM {index} JOIN base_searchrow ON base_searchrow.id = {index}.rowid"  # noqa: S608
        f" WHERE {index} MATCH %s AND {readable[0]} ORDER BY {index}.rowid DESC"
    )
    return sql, [asked, *readable[1]]


def _postgresql(words, way, in_titles, kind, readable):
    """OFFSET 0 keeps the two steps apart: first the rows that answer, newest first, then who may find them, until there are enough."""
    asked = _asked(words, way, "'{}'", "'{}':*", " & ", " | ")
    # Asked twice over: PostgreSQL thinks little of what a comparison costs, and would else read all the newest rows to find some hundreds.
    matches, params = "{0} @@ %s::tsquery AND ({0} @@ %s::tsquery) IS TRUE".format("title_index" if in_titles else "all_index"), [asked] * 2
    if kind:
        matches, params = f"{matches} AND kind = %s", [*params, kind]
    answers = f"SELECT {_NEEDED} FROM base_searchrow WHERE {matches} ORDER BY id DESC OFFSET 0"  # noqa: S608
    return f"SELECT {_COLUMNS}, {_PLACES} FROM ({answers}) base_searchrow WHERE {readable[0]}", [*params, *readable[1]]  # noqa: S608


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


def _within(words, way, in_titles, kind, readable):
    """No index helps here: asked only when nothing else was found."""
    matches = " AND ".join("(title_terms || ' ' || text_terms) LIKE %s" for _word in words)
    params = [f"%{word.beginning}%" for word in words]
    if kind:
        matches, params = f"{matches} AND kind = %s", [*params, kind]
    newest = f"SELECT * FROM base_searchrow WHERE id > (SELECT MAX(id) FROM base_searchrow) - {_LOOKED_THROUGH}"  # noqa: S608
    sql = f"SELECT {_COLUMNS}, {_PLACES} FROM ({newest}) base_searchrow WHERE {matches} AND {readable[0]} ORDER BY id DESC"  # noqa: S608
    return sql, [*params, *readable[1]]


def spelled_like(text, readable):
    """This will return a text with each word that nothing answers changed to the likeliest one in rows the reader may see, or nothing."""
    changes, asked = {}, [word for word in dict.fromkeys(WORD.findall(text.casefold())) if terms(word)]
    for written in asked:
        # A question of one word has just been asked.
        if len(written) < _SHORTEST_GUESSED or (len(asked) > 1 and hits(query_terms(written), readable, WIDE)):
            continue
        near = get_close_matches(written, sorted(_words_like(written, readable)), n=1, cutoff=_ALIKE)
        if not near:
            return ""
        changes[written] = near[0]
    return " ".join(changes.get(word, word) for word in WORD.findall(text.casefold())) if changes else ""


def _words_like(written, readable):
    """The words in readable rows that begin alike; the rows are found by that beginning, so nothing else can be suggested."""
    start = fold(written)[: 3 if len(written) < _LONG else 4]
    rows, params = _ROWS[connection.vendor]([QueryTerm(start, (), (), start)], WIDE, False, "", readable)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT title, words FROM ({rows.replace(_PLACES, _WRITTEN)} LIMIT {WEIGHED}) newest", params)  # noqa: S608
        found = cursor.fetchall()
    there = {word for row in found for place in row for word in WORD.findall(place.casefold())}
    return {word for word in there if fold(word).startswith(start)}
