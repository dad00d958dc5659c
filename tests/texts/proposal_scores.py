"""Recall and precision of proposals against a person's own reading of the same text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LISTS = (
    "organisations",
    "bodies",
    "documents",
    "events",
    "dates",
    "steps",
    "questions",
    "quotations",
    "people_with_office",
    "initiatives",
    "mottos",
    "themes",
    "empty_lists_to_report",
    "held_back",
    "held_back_unless_confirmed_as_contact_by_role",
    "page_furniture_to_ignore",
    "organisations_mentioned_in_other_words",
    "bodies_that_must_not_be_merged",
    "status",
)


@dataclass(frozen=True)
class Score:
    """One list of one document: what was expected, found, proposed, and what is missing or too much."""

    expected: int
    found: int
    proposed: int
    missing: tuple[Any, ...]
    surplus: tuple[Any, ...]


def same(name: str, expected: Any, proposed: Any) -> bool:
    """This will tell whether a proposal is the expected one: words without regard to case, quotations by their ends and their speaker."""
    if name == "quotations":
        text = proposed["text"].rstrip(" .!?,").casefold()
        worded = text.startswith(expected["begins"].casefold()) and text.endswith(expected["ends"].casefold())
        told = [key for key in ("speaker", "role", "party_letter") if key in expected and (expected["speaker"] or key == "speaker")]
        return worded and all(expected[key] == proposed[key] for key in told)
    if isinstance(expected, Mapping):
        return all(_folded(value) == _folded(proposed.get(key)) for key, value in expected.items())
    return _folded(expected) == _folded(proposed)


def score(name: str, expected: Any, proposed: Any) -> Score:
    """This will compare one list; a dictionary is compared by its pairs and a single value as a list of one."""
    wanted, given = _listed(expected), _listed(proposed)
    left = list(given)
    missing = []
    for one in wanted:
        match = next((other for other in left if same(name, one, other)), None)
        if match is None:
            missing.append(one)
        else:
            left.remove(match)
    return Score(len(wanted), len(wanted) - len(missing), len(given), tuple(missing), tuple(left))


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    return sorted(map(str, map(_folded, value))) if isinstance(value, list) else value


def _listed(value: Any) -> Sequence[Any]:
    if value is None:
        return []
    if isinstance(value, Mapping):
        return [[key, *(sorted(inner) if isinstance(inner, list) else [inner])] for key, inner in value.items()]
    return value if isinstance(value, list) else [value]
