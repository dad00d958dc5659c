"""One pass over a document's paragraphs: everything that may be proposed from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tovholder.texts.proposals.bodies import find_bodies, not_to_merge
from tovholder.texts.proposals.dates import find_stamps, first_full_date
from tovholder.texts.proposals.documents import find_documents
from tovholder.texts.proposals.events import find_events
from tovholder.texts.proposals.gaps import find_empty_lists, find_furniture, find_status
from tovholder.texts.proposals.held import find_held_back
from tovholder.texts.proposals.organisations import find_organisations
from tovholder.texts.proposals.people import People, find_people
from tovholder.texts.proposals.phrases import find_initiatives, find_mottos, find_themes
from tovholder.texts.proposals.questions import find_questions
from tovholder.texts.proposals.quotations import find_quotations
from tovholder.texts.proposals.shapes import KnownParty, Passage, PersonWithOffice, Proposals
from tovholder.texts.proposals.steps import find_steps

_LONGEST = 2_500
_ENDLESS = re.compile(r"\S{200,}")


def propose(paragraphs: Sequence[str], parties: Sequence[KnownParty] = (), on: date | None = None) -> Proposals:
    """This will propose what a document says of parties, plans, gatherings, questions and quotations; nothing is decided by it."""
    pieces = [(number, start, piece) for number, text in enumerate(paragraphs, 1) for start, piece in _pieces(text)]
    proposals = _read([piece for *_, piece in pieces], parties, on)
    if len(pieces) == len(paragraphs):
        return proposals
    origins = [(number, start) for number, start, _ in pieces]
    moved = {name: _moved(value, origins) for name, value in vars(proposals).items()}
    return replace(proposals, **moved)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A paragraph longer than any person writes is read in parts, so that no text can make the reader slow."""
    text = _ENDLESS.sub(lambda word: " " * len(word[0]), text.replace("\u00a0", " "))
    start = 0
    while len(text) - start > _LONGEST:
        window = text[start : start + _LONGEST]
        cut = max(window.rfind(". ") + 2, window.rfind("? ") + 2)
        cut = cut if cut > _LONGEST // 4 else window.rfind(" ") + 1 or _LONGEST
        yield start, text[start : start + cut]
        start += cut
    yield start, text[start:]


def _moved(value: Any, origins: Sequence[tuple[int, int]]) -> Any:
    if isinstance(value, Passage):
        number, start = origins[value.paragraph - 1]
        return replace(value, paragraph=number, start=value.start + start, end=value.end + start)
    return tuple(_moved(one, origins) for one in value) if isinstance(value, tuple) else value


def _read(lines: list[str], parties: Sequence[KnownParty], on: date | None) -> Proposals:
    stamps = find_stamps(lines)
    furniture = find_furniture(lines)
    apart = {one.text.casefold() for one in furniture}
    lines = ["" if line.strip().casefold() in apart else line for line in lines]
    day = on or next((stamp.on for kind in ("published", "created", "updated") for stamp in stamps if stamp.kind == kind), None)
    people = find_people(lines)
    organisations, other_words = find_organisations(lines, parties, day)
    bodies = find_bodies(lines)
    quotations = find_quotations(lines, people)
    initiatives = find_initiatives(lines)
    documents = find_documents(lines)
    events = find_events(lines, day or first_full_date(lines))
    taken = [
        *(one.text for one in initiatives),
        *(one.name for one in bodies),
        *(one.name for one in organisations),
        *(one.name for one in documents),
        *(one.what for one in events),
    ]
    held_back, contact_roles = find_held_back(lines, people)
    mottos = find_mottos(lines, quotations, taken)
    said = {one.text.casefold() for one in mottos}
    return Proposals(
        organisations=tuple(organisations),
        other_words=tuple(other_words),
        bodies=tuple(bodies),
        bodies_not_to_merge=tuple(not_to_merge(bodies)),
        documents=tuple(documents),
        events=tuple(events),
        dates=tuple(stamps),
        steps=tuple(find_steps(lines)),
        questions=tuple(find_questions(lines)),
        quotations=tuple(quotations),
        people_with_office=tuple(_with_office(people)),
        initiatives=tuple(one for one in initiatives if one.text.casefold() not in said),
        mottos=tuple(mottos),
        themes=tuple(find_themes(lines)),
        status=find_status(lines),
        empty_lists_to_report=tuple(find_empty_lists(lines)),
        held_back=tuple(held_back),
        contact_roles=tuple(contact_roles),
        page_furniture=tuple(furniture),
    )


def _with_office(people: People) -> list[PersonWithOffice]:
    found: dict[str, PersonWithOffice] = {}
    for mention in people.mentions:
        roles = people.roles(mention.name)
        if roles and mention.name not in found and not re.search(r"\d", mention.name):
            found[mention.name] = PersonWithOffice(
                paragraph=mention.paragraph,
                start=mention.name_start,
                end=mention.name_end,
                text=mention.name,
                name=mention.name,
                role="; ".join(roles),
                party_letter=people.letter(mention.name),
            )
    return list(found.values())
