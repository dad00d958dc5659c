"""The shapes of what is proposed. Each carries its paragraph (counted from 1) and its place in that paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class KnownParty:
    """A party the reader may recognise; valid_until is the first day it no longer is."""

    name: str
    kind: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    aliases: tuple[str, ...] = ()

    def is_valid(self, on: date | None) -> bool:
        """This will tell whether the party exists on the day; always when no day is known."""
        if on is None:
            return True
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_until is None or on < self.valid_until)


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A place in the text: paragraph from 1, start and end in characters of that paragraph."""

    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Organisation(Passage):
    """An organisation; kind is municipality, region or other, valid is None when no list of parties was given."""

    name: str
    kind: str
    valid: bool | None = None


@dataclass(frozen=True, kw_only=True)
class OtherWords(Passage):
    """An organisation or a group of them said with other words, such as a town's mayor or the municipalities of a region."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Body(Passage):
    """A council, committee, board or group."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Document(Passage):
    """A plan, agreement, strategy, report or other document that is talked about."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Event(Passage):
    """A conference, meeting or other thing that takes place."""

    what: str
    place: str | None = None
    on: date | None = None
    series: str | None = None


@dataclass(frozen=True, kw_only=True)
class Stamp(Passage):
    """A date of the document itself: published, created or updated."""

    kind: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Step(Passage):
    """A step of a process and when it happens, in the document's own words."""

    what: str
    when: str
    by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Question(Passage):
    """A question the document asks."""


@dataclass(frozen=True, kw_only=True)
class Quotation(Passage):
    """What a person is quoted as saying; the speaker is held back unless a public office is stated."""

    speaker: str | None = None
    role: str | None = None
    party_letter: str | None = None
    speaker_held_back: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonWithOffice(Passage):
    """A named person with a stated public office."""

    name: str
    role: str
    party_letter: str | None = None


@dataclass(frozen=True, kw_only=True)
class Phrase(Passage):
    """An initiative, a motto, a theme, a status, an empty list or a piece of page furniture, in its own words."""


@dataclass(frozen=True, kw_only=True)
class HeldBack(Passage):
    """Something personal that no one sees before a person has decided: kind is phone, email, cpr, address or name."""

    kind: str


@dataclass(frozen=True)
class Proposals:
    """Everything one document lets us propose."""

    organisations: tuple[Organisation, ...] = ()
    other_words: tuple[OtherWords, ...] = ()
    bodies: tuple[Body, ...] = ()
    bodies_not_to_merge: tuple[tuple[str, str], ...] = ()
    documents: tuple[Document, ...] = ()
    events: tuple[Event, ...] = ()
    dates: tuple[Stamp, ...] = ()
    steps: tuple[Step, ...] = ()
    questions: tuple[Question, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    people_with_office: tuple[PersonWithOffice, ...] = ()
    initiatives: tuple[Phrase, ...] = ()
    mottos: tuple[Phrase, ...] = ()
    themes: tuple[Phrase, ...] = ()
    status: Phrase | None = None
    empty_lists_to_report: tuple[Phrase, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    contact_roles: tuple[Phrase, ...] = ()
    page_furniture: tuple[Phrase, ...] = ()
