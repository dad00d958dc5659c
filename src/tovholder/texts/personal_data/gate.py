"""The gate itself: every finder over one folded text, settled into finds that share no character."""

import re
from dataclasses import replace

from tovholder.texts.personal_data.addresses import address_spans
from tovholder.texts.personal_data.cpr import cpr_spans
from tovholder.texts.personal_data.emails import email_spans
from tovholder.texts.personal_data.find import Find, Span, fold, settle
from tovholder.texts.personal_data.names import name_spans
from tovholder.texts.personal_data.offices import office_spans
from tovholder.texts.personal_data.phones import phone_spans
from tovholder.texts.personal_data.signatures import promoted, signature_spans
from tovholder.texts.personal_data.surnames import is_surname
from tovholder.texts.personal_data.vocabulary import RELATIONS, TITLES, is_institution
from tovholder.texts.personal_data.words import given_status

METHOD = "rules: CPR by date and century, telephone and e-mail forms, Danish given names and surname forms, greetings, streets"
VERSION = "1"


def _with_offices(text: str, named: list[Span], official: list[Span]) -> list[Span]:
    """Join names with the offices they stand with; the same full name has the office everywhere."""
    offices: dict[str, str] = {}
    for span in official:
        offices.setdefault(text[span.start : span.end], span.office)
    covered = {position for span in official for position in range(span.start, span.end)}
    joined = [span for span in named if span.start not in covered and span.end - 1 not in covered]
    return official + [replace(span, office=offices.get(text[span.start : span.end], "")) for span in joined]


def _again(text: str, spans: list[Span]) -> list[Span]:
    """Further mentions of someone whose given name is in no list but who was named plainly once."""
    firsts = {text[span.start : span.end].split(" ")[0] for span in spans}
    unusual = {word for word in firsts if len(word) > 2 and word[0].isupper() and not given_status(word) and not is_institution(word)}
    unusual = {word for word in unusual if not is_surname(word) and word.casefold() not in TITLES | RELATIONS}
    if not unusual:
        return []
    mention = re.compile(rf"(?<![\w\-])(?:{'|'.join(map(re.escape, sorted(unusual)))})(?:s(?!\w))?(?![\w\-])")
    return [Span("name", found.start(), found.end()) for found in mention.finditer(text)]


def find_personal_data(text: str) -> tuple[Find, ...]:
    """This will give everything in a text that points to a person, sorted and without overlap."""
    folded = fold(text)
    plain = folded.text
    signed = list(signature_spans(plain))
    streets = list(address_spans(plain, (span.end for span in signed)))
    named = _with_offices(plain, list(name_spans(plain, streets)), list(office_spans(plain)))
    spans = [
        *cpr_spans(plain),
        *email_spans(plain),
        *phone_spans(plain),
        *signed,
        *promoted(plain, named),
        *named,
        *_again(plain, [*signed, *named]),
        *streets,
    ]
    return settle(text, folded, spans)
