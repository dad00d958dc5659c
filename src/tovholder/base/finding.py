"""Asking the index: which rows answer a question, the newest first, and how well. Both databases give the same rows in the same order."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from tovholder.texts.danish import fold
from tovholder.texts.words import WORD, QueryTerm, query_terms, terms

from .matching import ANY, WAYS, WEIGHED, WEIGHING, WHOLE, WIDE, WITHIN, WRITTEN, newest

__all__ = ["ANY", "WAYS", "WEIGHED", "WHOLE", "WIDE", "WITHIN", "Hit", "hits", "question", "spelled_like", "terms"]

MOST_WORDS = 8
_SHORTEST_WITHIN = 3
_SHORTEST_GUESSED, _LONG, _ALIKE = 4, 7, 0.78
_TITLE_WEIGHS, _WHOLE_WEIGHS = 3, 2
# Okapi BM25 with its usual k1 and b, but without the rarity of words: the rarity would tell of texts the reader may not see.
_K1, _B, _USUAL_SIZE = 1.2, 0.75, 16
_PER_WORD = 100.0
# A word as it was asked for stands before its other forms and before other words of the same stem: kost before koster.
_AS_ASKED = 1.0


@dataclass(frozen=True)
class Hit:
    """One row that answers, and how well."""

    row: int
    kind: str
    score: float


def question(text):
    """This will return the words a text asks for, at most eight; those that carry no subject are left out when others do."""
    return tuple(query_terms(text)[:MOST_WORDS])


def hits(words, reader, way=WHOLE, *, kind="", titles_too=False, at_least=1):
    """This will return the newest hits among the rows a reader may see, the best first.

    Where more answer than are weighed, `titles_too` adds those that carry the words in their title, however old. Fewer than `at_least`
    are not wanted."""
    words = [word for word in words if way != WITHIN or len(word.beginning) >= _SHORTEST_WITHIN]
    if not words:
        return []
    weighed = [(f" {word.beginning} ", _needles(word, way)) for word in words]
    rows = newest(words, way, WEIGHING, reader, kind=kind, titles_too=titles_too, at_least=at_least)
    scored = [Hit(pk, kind, _score(weighed, *written)) for pk, kind, *written in rows]
    return sorted(scored, key=lambda hit: (-hit.score, -hit.row))


def _score(weighed, size, title, text, forms):
    """Each word's weight in title and text, saturated and set against the row's length; a row that holds more of the words is first."""
    length = _K1 * (1 - _B + _B * size / _USUAL_SIZE)
    score = 0.0
    for as_asked, needles in weighed:
        if as_asked in forms:
            score += _AS_ASKED
        weight = 0
        for needle, worth in needles:
            weight += worth * (_TITLE_WEIGHS * title.count(needle) + text.count(needle))
        if weight:
            score += _PER_WORD + weight * (_K1 + 1) / (weight + length)
    return score


def _needles(word, way):
    """Whole words weigh most; other forms, parts of a compound and beginnings less."""
    if way == WITHIN:
        return [(word.beginning, 1)]
    whole = {f" {word.stem} ": _WHOLE_WEIGHS} | {f" {term} ": 1 for term in (*word.others, *word.parts)}
    return [*whole.items(), *([(f" {word.beginning}", 1)] if way == WIDE else [])]


def spelled_like(text, reader):
    """This will return a text with each word that nothing answers changed to the likeliest one in rows the reader may see, or nothing."""
    changes, asked = {}, [word for word in dict.fromkeys(WORD.findall(text.casefold())) if terms(word)]
    for written in asked:
        # A question of one word has just been asked.
        if len(written) < _SHORTEST_GUESSED or (len(asked) > 1 and hits(query_terms(written), reader, WIDE)):
            continue
        near = _word_like(written, reader)
        if not near:
            return ""
        changes[written] = near
    return " ".join(changes.get(word, word) for word in WORD.findall(text.casefold())) if changes else ""


def _word_like(written, reader):
    """The word most like it in readable rows that begin alike; the rows are found by that beginning, so nothing else can be suggested."""
    whole = fold(written)
    start = whole[: 3 if len(written) < _LONG else 4]
    rows = newest([QueryTerm(start, (), (), start)], WIDE, WRITTEN, reader)
    beginning = re.compile(rf"(?<= ){start}[^ ]*")
    there = sorted({form for *_, forms in rows for form in beginning.findall(forms)})
    near = get_close_matches(whole, there, n=1, cutoff=_ALIKE)
    if not near:
        return ""
    said = next(f"{title} {text}" for *_, title, text, forms in rows if f" {near[0]} " in forms)
    return next((word for word in WORD.findall(said.casefold()) if fold(word) == near[0]), near[0])
