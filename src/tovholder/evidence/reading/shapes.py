"""What every reader of a stranger's file shares: the sentence that says why not, and the checks on names, answers and moments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

LONGEST_NAME = 200
_FORMULA = re.compile("[=+\\-@\uff1d\uff0b\uff0d\uff20]")
_NEGATIVE_NUMBER = re.compile(r"-[0-9]{1,18}")
_ANSWER = re.compile(r"'?([+\-\u2212]?)([01])(?:[.,]0+)?")
_WORDS = {
    **dict.fromkeys(("enig", "agree"), 1),
    **dict.fromkeys(("ved ikke", "pass", "unsure", "hverken enig eller uenig"), 0),
    **dict.fromkeys(("uenig", "disagree"), -1),
}
_WHOLE = re.compile(r"[+\-\u2212]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+\-\u2212]?[0-9]{1,18}[.,][0-9]{1,12}")
_DANISH_DAY = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?:[ T](?:kl\. ?)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# One column of moments is read in one way; seconds, milliseconds and microseconds since 1970 are all whole numbers in order.
NUMBER, DECIMAL, CALENDAR = "number", "decimal", "calendar"


class Unreadable(Exception):
    """A sentence for people about what in the file cannot be used."""


def shown(text: str) -> str:
    """This will quote what stands in a file, short and without signs that a screen could obey."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text[:60])
    return f"»{plain[:40]}…«" if len(plain) > 40 else f"»{plain}«"


def place(row: int, column: str) -> str:
    """This will name a cell as a person finds it in a spreadsheet: the headings are row 1."""
    return f"Række {row}, kolonne {shown(column)}"


def listed(names: Iterable[str], most: int = 8) -> str:
    """This will quote the first names of a list for a sentence."""
    every = list(names)
    told = ", ".join(shown(name) for name in every[:most])
    return f"{told} og {len(every) - most} mere" if len(every) > most else told


def name_of(raw: str, thing: str) -> str:
    """This will give the name in a cell, one way of writing each letter; raises Unreadable with what is wrong, without the place."""
    name = unicodedata.normalize("NFC", raw).strip()
    if not name:
        raise Unreadable(f"feltet er tomt. Skriv {thing}.")
    if len(name) > LONGEST_NAME:
        raise Unreadable(f"{shown(name)} er på {len(name)} tegn. Skriv {thing} med højst {LONGEST_NAME}.")
    if not name.isprintable():
        raise Unreadable(f"{shown(name)} har et linjeskift eller et tegn, der ikke kan ses. Fjern det.")
    if _FORMULA.match(name) and not _NEGATIVE_NUMBER.fullmatch(name):
        raise Unreadable(f"{shown(name)} begynder som en formel i et regneark. Begynd med et bogstav eller et tal.")
    return name


def answer_of(raw: str) -> int | None:
    """This will give 1, 0 or -1, or None for an empty cell; raises Unreadable without the place."""
    text = raw.strip()
    if not text:
        return None
    found = _ANSWER.fullmatch(text)
    if found:
        return int(found[2]) * (1 if found[1] in ("", "+") else -1)
    if text.casefold() in _WORDS:
        return _WORDS[text.casefold()]
    raise Unreadable(f"{shown(text)} er ikke et svar. Skriv 1 for enig, 0 for ved ikke eller -1 for uenig.")


def moment_of(raw: str) -> tuple[str, float | int]:
    """This will give a moment and how it was written; raises Unreadable without the place. Moments without a zone are taken as UTC."""
    text = raw.strip().replace("\u2212", "-")
    if _WHOLE.fullmatch(text):
        return NUMBER, int(text)
    if _DECIMAL.fullmatch(text):
        return DECIMAL, float(text.replace(",", "."))
    moment = _calendar(text)
    if moment is None:
        raise Unreadable(f"{shown(raw)} er ikke et tidspunkt. Skriv det som 2026-11-24T11:12:00 eller som millisekunder siden 1970.")
    return CALENDAR, (moment - _BEGINNING) // _MICROSECOND


def _calendar(text: str) -> datetime | None:
    danish = _DANISH_DAY.fullmatch(text)
    try:
        if danish:
            day, month, year, hour, minute, second = (int(part or 0) for part in danish.groups())
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        moment = datetime.fromisoformat(text)
        # At the very edge of the calendar another zone has no date.
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def number_of(count: int) -> str:
    """This will write a count in Danish: 5.200."""
    return f"{count:,}".replace(",", ".")
