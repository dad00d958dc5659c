"""What a hit shows of its text: a piece around the first words that answer, those words marked."""

from tovholder.texts.danish import fold
from tovholder.texts.words import WORD, terms

LENGTH = 240
_BEFORE = 60


def runs(text, words, *, length=LENGTH):
    """This will cut a text to a piece around the first answer and return it as (words, whether they answer); dots show where it is cut."""
    places = [found.span() for found in WORD.finditer(text) if _answers(found.group(), words)]
    start, end = _window(text, places[0][0] if places else 0, length)
    parts, reached = [("… ", False)] if start else [], start
    for first, last in places:
        if start <= first and last <= end:
            parts += [(text[reached:first], False), (text[first:last], True)]
            reached = last
    parts.append((text[reached:end] + (" …" if end < len(text) else ""), False))
    return [(piece, is_hit) for piece, is_hit in parts if piece]


def _answers(written, words):
    """A word of the text answers when it shares a term with the question, or begins as it does."""
    small = written.casefold()
    own = terms(small)
    return any(
        word.stem in own or fold(small).startswith(word.beginning) or any(term in own for term in (*word.others, *word.parts))
        for word in words
    )


def _window(text, place, length):
    """Where the piece begins and ends, between words."""
    if len(text) <= length:
        return 0, len(text)
    start = max(0, min(place - _BEFORE, len(text) - length))
    if start:
        start = text.find(" ", start, place) + 1 or start
    end = start + length
    if end < len(text):
        end = text.rfind(" ", start + length // 2, end) if " " in text[start + length // 2 : end] else end
    return start, min(end, len(text))
