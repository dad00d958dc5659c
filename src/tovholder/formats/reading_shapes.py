"""What a reader gives back: paragraphs with their style and place, and the sentence when nothing can be read."""

from __future__ import annotations

from dataclasses import dataclass

BODY = "body"


class Unreadable(ValueError):
    """The file cannot be read; the message is a sentence for the person who handed it in."""


@dataclass(frozen=True)
class ReadParagraph:
    """A paragraph: style is text, list, table, heading 1-6 or title; place is body, page 3, comment, deleted, footer, metadata ..."""

    number: int
    text: str
    style: str = "text"
    place: str = BODY


@dataclass(frozen=True)
class ReadDocument:
    """What was read: kind is text, word, pdf or html; notices say what was left out and what lay hidden."""

    kind: str
    title: str
    paragraphs: tuple[ReadParagraph, ...]
    notices: tuple[str, ...] = ()

    @property
    def visible(self) -> tuple[ReadParagraph, ...]:
        """This will give the paragraphs a reader of the document sees."""
        return tuple(one for one in self.paragraphs if one.place == BODY or one.place.startswith("side "))

    @property
    def hidden(self) -> tuple[ReadParagraph, ...]:
        """This will give the paragraphs that lie in comments, deletions, footers, metadata and other places one does not look."""
        return tuple(one for one in self.paragraphs if one.place != BODY and not one.place.startswith("side "))

    @property
    def lines(self) -> tuple[str, ...]:
        """This will give the visible paragraphs as lines of text, list items with their bullet, ready to propose from."""
        return tuple(f"• {one.text}" if one.style == "list" else one.text for one in self.visible)


@dataclass(frozen=True)
class Piece:
    """A paragraph before it has its number."""

    text: str
    style: str = "text"
    place: str = BODY
