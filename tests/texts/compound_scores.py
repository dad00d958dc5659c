"""The gold list of compounds and whole words, and how well the splitter does on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tovholder.texts import words

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Scores:
    """Counts over the gold list, and the words that went wrong."""

    compounds: int
    wholes: int
    right: int
    split: int
    wrong: tuple[str, ...]

    @property
    def recall(self) -> float:
        """The share of the compounds that are taken apart exactly as in the list."""
        return self.right / self.compounds

    @property
    def precision(self) -> float:
        """The share of the words taken apart that are compounds taken apart exactly as in the list."""
        return self.right / self.split


def gold(half: int | None = None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """This will give each word with its parts: all of them, or every second (half 0 or 1)."""
    rows: list[tuple[str, tuple[str, ...]]] = []
    for line in (DATA / "compounds.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, _, pieces = line.partition(" = ")
            rows.append((word, tuple(pieces.split())))
    for line in (DATA / "whole_words.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            rows.extend((word, (word,)) for word in line.split())
    yield from (row for number, row in enumerate(rows) if half is None or number % 2 == half)


def measure(rows: Iterator[tuple[str, tuple[str, ...]]]) -> Scores:
    """This will split every word and count; parts are compared by stem, so that børn and barn are the same part."""
    compounds = wholes = right = split = 0
    wrong: list[str] = []
    for word, wanted in rows:
        found = words.parts(word)
        compounds += len(wanted) > 1
        wholes += len(wanted) == 1
        split += len(found) > 1
        same = len(found) == len(wanted) and (
            len(wanted) == 1 or [words.stem(part) for part in found] == [words.stem(part) for part in wanted]
        )
        right += same and len(wanted) > 1
        if not same:
            wrong.append(f"{word}: {'+'.join(found)} (ventet {'+'.join(wanted)})")
    return Scores(compounds, wholes, right, split, tuple(wrong))
