"""What is held back until a person decides: numbers, addresses, and names without a stated public office."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tovholder.texts.given_names import GIVEN_NAMES
from tovholder.texts.proposals.offices import offices
from tovholder.texts.proposals.organisations import named_spans, organisation_spans
from tovholder.texts.proposals.people import People
from tovholder.texts.proposals.sentences import LOWER, UPPER, is_short_line
from tovholder.texts.proposals.shapes import HeldBack, Phrase

_CONTACT_LINE = re.compile(r"\b(?:telefon|tlf|mobil|mob|tel|e-?mail|mail)\b|@|(?:\+45 ?)?(?:\d{2} ?){4}", re.IGNORECASE)
_LABEL = re.compile(r"^\W*(?:organisation|telefon|tlf\.?|mobil|e-?mail|mail|adresse|kontakt\w*)\W*$", re.IGNORECASE)
_TITLE = re.compile(
    rf"(?:\b(?:konsulent|chefkonsulent|projektleder|sygeplejerske|overlæge|læge|koordinator|medarbejder|leder|chef|sekretær|"
    rf"fysioterapeut|pædagog|"
    rf"pressechef|rådgiver|planlægger|specialist|forsker|professor|lektor|referent|kontaktperson|underskriver|borger|patient|pårørende|"
    rf"frivillig|"
    rf"[{LOWER}]+(?:konsulent|leder|chef|plejerske|læge|koordinator|medarbejder|rådgiver|planlægger|terapeut|assistent|sekretær|hjælper|"
    rf"forsker))(?:en)?,? |"
    rf"(?:^|\W)(?:kontakt|referent|kontaktperson|ordstyrer|mvh|hilsen|underskrevet af|afbud(?: fra)?|deltagere|til stede|fraværende|"
    rf"fra forvaltningen)\s*:?\s+)(?P<name>[{UPPER}][{LOWER}-]+(?: [{UPPER}]\.| [{UPPER}][{LOWER}-]+){{1,3}})",
    re.IGNORECASE,
)
_CAPITALS = re.compile(
    rf"[{UPPER}][{LOWER}]+(?:-[{UPPER}][{LOWER}]+)*(?: (?:[{UPPER}]\.|[{UPPER}][{LOWER}]+(?:-[{UPPER}][{LOWER}]+)*)){{1,4}}"
)
_NEAR = 6


def find_held_back(paragraphs: Sequence[str], people: People) -> tuple[list[HeldBack], list[Phrase]]:
    """This will find what is held back, each thing once, and the titles that say by which role someone is a contact."""
    from tovholder.texts.personal_data import find_personal_data

    found: dict[tuple[str, str], HeldBack] = {}
    roles: dict[str, Phrase] = {}

    def hold(kind: str, number: int, start: int, end: int) -> None:
        text = paragraphs[number - 1][start:end].strip(" ,.")
        key = (kind, text.casefold() if kind == "name" else re.sub(r"\W", "", text))
        overlaps = kind == "name" and any(
            one.kind == "name" and one.paragraph == number and one.start < end and start < one.end for one in found.values()
        )
        if text and key not in found and not overlaps:
            found[key] = HeldBack(paragraph=number, start=start, end=end, text=text, kind=kind)

    for number, text in enumerate(paragraphs, 1):
        if _is_contact_name(paragraphs, number) and not people.has_office(text.strip()):
            hold("name", number, 0, len(text))
            for at, title in _titles(paragraphs, number):
                roles.setdefault(title.casefold(), Phrase(paragraph=at, start=0, end=len(paragraphs[at - 1]), text=title))
        for mention in people.mentions:
            if mention.paragraph == number and not people.has_office(mention.name) and (mention.sure or _is_said(text, mention.name_start)):
                hold("name", number, mention.name_start, mention.name_end)
        for match in _TITLE.finditer(text):
            name = match["name"]
            if (
                name[0].isupper()
                and not people.has_office(name)
                and not _is_named_thing(text, match.start("name"), match.end("name"))
                and _CAPITALS.fullmatch(name)
            ):
                hold("name", number, match.start("name"), match.end("name"))
        for find in find_personal_data(text):
            kind = "name" if find.kind == "signed_name" else find.kind
            if kind == "name" and (
                _belongs_to_office(find.text, people)
                or len(find.text.split()) < 2
                or find.office is not None
                and _is_public(str(find.office))
            ):
                continue
            if kind == "name" and any(
                held.paragraph == number and held.kind == "name" and held.start < find.end and find.start < held.end
                for held in found.values()
            ):
                continue
            if kind == "name" and _is_named_thing(text, find.start, find.end):
                continue
            hold(kind, number, find.start, find.end)
    return sorted(found.values(), key=lambda held: (held.paragraph, held.start)), list(roles.values())


def _is_said(text: str, start: int) -> bool:
    from tovholder.texts.proposals.quotations import VERB

    return bool(re.search(rf"\b{VERB} (?:[{LOWER}-]+ ){{0,4}}$", text[:start]))


def _belongs_to_office(name: str, people: People) -> bool:
    words = set(name.split())
    return any(mention.roles and words <= {*mention.name.split(), "Formand", "Borgmester"} for mention in people.mentions)


def _is_public(office: str) -> bool:
    return bool(offices(office))


def _is_named_thing(text: str, start: int, end: int) -> bool:
    return any(begin < end and start < finish for begin, finish in named_spans(text))


def _is_contact_name(paragraphs: Sequence[str], number: int) -> bool:
    """A line that is nothing but capitalised words and is followed closely by a telephone number or the like is a contact's name."""
    text = paragraphs[number - 1].strip()
    if not _CAPITALS.fullmatch(text) or _is_named_thing(text, 0, len(text)):
        return False
    if number > 1 and paragraphs[number - 2].strip(" :").lower() in ("organisation", "sted", "adresse"):
        return False
    near = paragraphs[number : number + _NEAR]
    marked = next((place for place, line in enumerate(near) if _CONTACT_LINE.search(line)), None)
    if marked is None or any(len(line.split()) > 10 for line in near[:marked]):
        return False
    return text.split()[0].casefold().split("-")[0] in GIVEN_NAMES or len(text.split()) <= 4


def _titles(paragraphs: Sequence[str], number: int) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for at in range(number + 1, min(number + 3, len(paragraphs)) + 1):
        line = paragraphs[at - 1].strip()
        if _LABEL.match(line) or _CONTACT_LINE.search(line) or not is_short_line(line):
            break
        spans = [(start, end) for start, end, *_ in organisation_spans(line)]
        if not any(start == 0 and end >= len(line) for start, end in spans) and not _is_contact_name(paragraphs, at):
            found.append((at, line))
    return found
