"""Telephone numbers: eight Danish digits as people group them, foreign numbers, and torn ones after a word such as «mobil»."""

import re
from collections.abc import Iterator

from tovholder.texts.personal_data.find import Span

_CUE = re.compile(
    r"(?<![^\W_])(?:(?:mobil|telefon|tlf|tel|mob|phone|fax|sms|fastnet)(?:nummer|numre|nr|tlf|telefon)?\.?(?:nummer|nr\b\.?)?"
    r"|direkte|(?:tele)?f\.|nummeret|træffes på|ring(?:e|er|es)?(?: [\w]{1,10}){0,3} på)"
    r"(?:[ ]?nr\.?)?(?:[ ](?:er|på|privat|arbejde))?[ ]?[:.\-/]?[ \t]{0,3}(?:\n[ ]?)?(?=[+(\d])",
    re.IGNORECASE,
)
_STRONG_CUE = re.compile(r"\W*(?:mob|tel|tlf|phone|sms|fastnet)", re.IGNORECASE)
_PREFIXED = re.compile(r"(?:\([ ]?(?:\+|00)[ ]?45[ ]?\)|(?<![\w+])\+[ ]?45|(?<!\d)0045)[ .\-]{0,2}[1-9](?:[ .\-/]{0,2}\d){7}(?!\d)")
_FOREIGN = re.compile(r"(?<![\w+])(?<!\d[ ])(?:\+|00(?=[1-9]))[ ]?(?!45)(?:[1-9]\d{0,2})(?:[ .\-]?\(0\))?(?:[ .\-]?\d){6,11}(?!\d)")
_AFTER_CUE = re.compile(r"\(?(?:45[ ])?\d(?:[ .\-]{0,2}\d){7}(?!\d)(?![.,]\d)")
_TORN = re.compile(r"(?:\d{4}[ ]\d{1,3}|\d\d(?:[ ]\d\d){1,2}(?:[ ]\d)?|\d{4,7})(?![ .\-]?\d)(?![.,:]\d)")
_ALONE = re.compile(
    r"(?<![\d§#])(?:(?<!\d[.,/\-])|(?<=\d{8}/)|(?<=\d\d[ ]\d\d/))(?<![A-ZÆØÅ]-)(?:"
    r"45[ ][2-9]\d(?:[ ]\d\d){3}|[2-9]\d{7}"
    r"|[2-9]\d(?:[ ]{1,2}\d\d){3}|[2-9]\d(?:\.\d\d){3}|[2-9]\d(?:-\d\d){3}|[2-9]\d(?:/\d\d){3}"
    r"|[2-9]\d{3}[ \-.]{1,2}\d{4}"
    r"|[2-9]\d[ \-]\d{3}[ \-]\d{3}|[2-9]\d{2}[ ]\d{3}[ ]\d\d|[2-9]\d{2}[ ]\d\d[ ]\d{3}"
    r"|[2-9]\d{3}[ \-]\d\d[ \-]\d\d|[2-9]\d[ \-]\d\d[ \-]\d{4}|[2-9]\d[ \-]\d{6}|[2-9]\d{5}[ ]\d\d"
    r")(?!\d)(?![.,:\-]\d)(?!/\d{1,6}(?![\d ]))(?![ ]?%)"
)
_DATE = r"(?:0?[1-9]|[12]\d|3[01])[ ]?[./\-][ ]?(?:0?[1-9]|1[0-2])[ ]?[./\-][ ]?(?:(?:19|20)\d\d|\d\d)"
_OTHER_NUMBER = re.compile(
    rf"(?<![\d.])(?:{_DATE}(?!\d)(?:[ ]?-[ ]?{_DATE}(?!\d))?"
    r"|(?:0[1-9]|[12]\d|3[01])[ ](?:0[1-9]|1[0-2])[ ](?:19|20)\d\d"
    r"|(?:19|20)\d\d(?P<s>[./\-]?)(?:0[1-9]|1[0-2])(?P=s)(?:0[1-9]|[12]\d|3[01])(?=[_T]|(?!\d)(?<=\D\d\d))"
    r"|(?:[01]?\d|2[0-4])[.:][0-5]\d[ ]?-[ ]?(?:[01]?\d|2[0-4])[.:][0-5]\d"
    r"|(?:19|20)\d\d(?:[ ]?[/\-][ ]?|[ ])(?:19|20)\d\d(?:[ ](?:19|20)\d\d){0,20}"
    r"|\d{1,3}(?:\.\d{3})+(?:,\d+)?"
    r"|\d{1,3}(?:[ ]\d{3}){1,3}(?:,\d+)?(?=[ ]?(?:kr\b|kroner|dkk|mio|mia|borgere|indbygg|personer|patienter|danskere|euro|€|timer))"
    r"|(?:[2-9]0)(?:[ \-][2-9]0)+(?=[ ]?(?:år|pct|%))"
    r")(?!\d)"
)
_CASE = re.compile(
    r"(?<![^\W_])(?:sags?-?(?:nr|nummer|id)|sag|j\.?[ ]?nr|journal-?(?:nr|nummer)|jnr"
    r"|dok(?:ument)?(?:-?(?:nr|nummer|id))?|cvr(?:-?(?:nr|nummer))?"
    r"|se-?nr|p-?(?:nr|nummer)|ean(?:-?(?:nr|nummer))?|gln|sor(?:-?(?:kode|nr))?|issn|isbn|doi|kle|konto(?:-?(?:nr|nummer))?|reg\.?[ ]?nr"
    r"|ordre(?:-?(?:nr|nummer))?|faktura(?:-?(?:nr|nummer))?|kunde(?:-?(?:nr|nummer))?"
    r"|ref(?:erence)?\.?-?(?:nr|nummer|[ ]nr)?|versions?-?(?:nr|nummer)?"
    r"|matrikel-?(?:nr|nummer)?|varenr|id|løbe-?(?:nr|nummer)|lbk|bek|lov|vejl?|protokol-?(?:nr|nummer))"
    r"\b\.?[ ]?(?:nr\.?)?[ ]?[:.#]?[ ]{0,2}\d(?:[ ./\-]?\d){0,30}",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"[ ]?(?:kr\b|kroner|dkk|mio|mia|pct|%|borgere|indbygg|personer|patienter|danskere|gange|opkald|henvendelser|dage|minutter|timer|"
    r"sider|stk|svar|deltagere|medlemmer|km|euro|år\b)",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d[ \-]")
_AFTER_YEAR_WORD = re.compile(r"(?:\bi|fra|siden|år|inden|primo|ultimo|medio|efter|før)[ ]$", re.IGNORECASE)
_PUBLIC_SHORT = frozenset({"1813", "1818", "1811", "1812"})


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda found: "¤" * len(found[0]), text)


def _after_cue(text: str, cue: re.Match[str]) -> Span | None:
    start = cue.end()
    full = _AFTER_CUE.match(text, start)
    other = _OTHER_NUMBER.match(text, start)
    is_other = full and other and other.end() >= full.end() and " " not in other[0] and not other[0].isdigit()
    if full and not is_other and not _COUNTED.match(text, full.end()):
        return Span("phone", start, full.end())
    if not _STRONG_CUE.match(cue[0]) or other and not other[0].replace(" ", "").isdigit():
        return None
    torn = _TORN.match(text, start)
    if torn is None or torn[0] in _PUBLIC_SHORT or _COUNTED.match(text, torn.end()):
        return None
    return Span("phone", start, torn.end())


def phone_spans(text: str) -> Iterator[Span]:
    """This will give every telephone number in a folded text."""
    uncased = _blank(text, _CASE)
    for pattern in (_PREFIXED, _FOREIGN):
        for found in pattern.finditer(uncased):
            yield Span("phone", found.start(), found.end())
    for cue in _CUE.finditer(text):
        span = _after_cue(text, cue)
        if span:
            yield span
    rest = _blank(uncased, _OTHER_NUMBER)
    for found in _ALONE.finditer(rest):
        before = rest[found.start() - 1] if found.start() else " "
        if before.isalpha() and rest[max(0, found.start() - 12) : found.start()].rsplit(" ", 1)[-1].isupper():
            continue
        if before == "_" or _COUNTED.match(rest, found.end()):
            continue
        if _YEAR_FIRST.match(found[0]) and _AFTER_YEAR_WORD.search(rest, max(0, found.start() - 8), found.start()):
            continue
        if found[0].endswith("000") and " " in found[0] and found[0].count("0") >= 6:
            continue
        yield Span("phone", found.start(), found.end())
