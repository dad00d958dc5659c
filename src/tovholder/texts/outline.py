from __future__ import annotations

import re
from typing import NamedTuple

from tovholder.texts.fingerprint import canonical

LONGEST_HEADING = 140
LARGEST_STEP = 3

MARKED = re.compile(r"(#{1,6})\s+(\S.*)")
NAMED = re.compile(r"(kapitel|afsnit|del|bilag|tillæg)\s+(\d+|[IVX]+|[A-Z])\b\s*[.:–-]?\s*(.*)", re.IGNORECASE)
SECTION = re.compile(r"§\s*(\d+(?:\s?[a-z])?)(?=[\s.:]|$)[.:]?\s*(.*)")
NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)(\.?)\s+(\S.*)")
CONTENTS_LINE = re.compile(r".*\S(?:\s*[.…]{4,}\s*|\s*\t\s*)\d{1,4}")
CONTENTS_TITLE = re.compile(r"indhold(?:sfortegnelse)?|contents", re.IGNORECASE)


class Section(NamedTuple):
    level: int
    label: str
    heading: str
    body: str


class _Reader:
    def __init__(self) -> None:
        self.found: list[tuple[int, str, str, list[str]]] = []
        self.numbers: tuple[int, ...] = ()
        self.chapter_level = 0
        self.chapter = ""
        self.list_number = 0
        self.marked_level = 0

    def start(self, level: int, label: str, heading: str, first_line: str = "") -> None:
        self.found.append((level, label, heading.strip(), [first_line] if first_line else []))
        self.list_number = 0

    def take(self, line: str, *, after_blank: bool) -> None:
        stripped = line.strip()
        if match := MARKED.fullmatch(stripped):
            self.take_marked(len(match[1]), match[2].rstrip("# "))
        elif (match := NAMED.fullmatch(stripped)) and _is_chapter(match):
            self.chapter_level, self.chapter, self.numbers = 1, match[2], ()
            self.start(1, f"{match[1].capitalize()} {match[2]}", match[3])
        elif (match := SECTION.fullmatch(stripped)) and not match[2][:1].islower():
            heading, text = ("", match[2]) if not _is_heading(match[2]) else (match[2], "")
            self.start(self.chapter_level + 1, f"§ {match[1]}", heading, text)
        elif (match := NUMBERED.fullmatch(stripped)) and self.is_numbered_heading(match, after_blank=after_blank):
            self.take_numbered(match)
        elif stripped or self.found:
            self.take_text(line)

    def take_numbered(self, match: re.Match[str]) -> None:
        self.numbers = _numbers(match[1])
        # In "Kapitel 2" the sections 2.1 and 2.2 carry the chapter's own number, while 1 and 2 start anew.
        if len(self.numbers) == 1:
            self.chapter = ""
        above = self.chapter_level if str(self.numbers[0]) != self.chapter else 0
        self.start(len(self.numbers) + above + self.marked_level, match[1], match[3])

    def take_marked(self, level: int, heading: str) -> None:
        match = NUMBERED.fullmatch(heading)
        if match:
            self.numbers = _numbers(match[1])
            self.start(level, match[1], match[3])
            return
        self.marked_level, self.numbers = level, ()
        self.start(level, "", heading)

    def take_text(self, line: str) -> None:
        if not self.found:
            self.start(0, "", "")
        level, label, heading, lines = self.found[-1]
        text = line.strip()
        if text and label and not heading and not lines and not label.startswith("§") and _is_heading(text):
            self.found[-1] = (level, label, text, lines)
        else:
            lines.append(line)

    def is_numbered_heading(self, match: re.Match[str], *, after_blank: bool) -> bool:
        """Whether a numbered line is the next heading, and not a point in a list, a date or a year."""
        numbers = _numbers(match[1])
        if not _is_heading(match[3]) or not match[3][0].isupper() or numbers[-1] == 0:
            return False
        if len(numbers) == 1:
            goes_on_in_list = self.list_number and numbers[0] == self.list_number + 1
            if goes_on_in_list and match[2] and not after_blank:
                self.list_number = numbers[0]
                return False
            if self.numbers and numbers[0] == 1 and match[2]:
                self.list_number = 1
                return False
            return self.follows(numbers)
        return self.follows(numbers)

    def follows(self, numbers: tuple[int, ...]) -> bool:
        if not self.numbers:
            return len(numbers) > 1 or numbers[0] <= LARGEST_STEP or self.chapter_level > 0
        parent, last = numbers[:-1], numbers[-1]
        known = self.numbers[: len(numbers)]
        if len(self.numbers) >= len(numbers) and known[:-1] == parent:
            return 0 < last - known[-1] <= LARGEST_STEP
        if self.numbers == parent:
            return last <= LARGEST_STEP
        # A parent without a heading of its own: 4.1 straight after 3.2.
        return self.follows(parent) if parent else False


def outline(text: str) -> list[Section]:
    """This will find the sections of a plan pasted as plain text; text before the first heading has level 0."""
    reader = _Reader()
    after_blank = True
    lines = canonical(text).split("\n")
    for number, line in enumerate(lines):
        # A table of contents would give every heading twice; every other line is kept.
        if CONTENTS_LINE.fullmatch(line) or _is_contents_title(lines, number):
            continue
        reader.take(line, after_blank=after_blank)
        after_blank = not line.strip()
    return [Section(level, label, heading, canonical("\n".join(body))) for level, label, heading, body in reader.found]


def _is_contents_title(lines: list[str], number: int) -> bool:
    if not CONTENTS_TITLE.fullmatch(lines[number].strip()):
        return False
    following = next((line for line in lines[number + 1 :] if line.strip()), "")
    return CONTENTS_LINE.fullmatch(following) is not None


def _is_chapter(match: re.Match[str]) -> bool:
    heading = match[3]
    return match[1][0].isupper() and (not heading or (_is_heading(heading) and not heading[0].islower()))


def _is_heading(text: str) -> bool:
    return bool(text) and len(text) <= LONGEST_HEADING and text.rstrip()[-1] not in ".;,"


def _numbers(label: str) -> tuple[int, ...]:
    return tuple(int(part) for part in label.split("."))
