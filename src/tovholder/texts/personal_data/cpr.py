"""Personal identification numbers (CPR): a valid date and four digits. Never modulus 11: numbers without it are issued."""

import datetime
import re
from collections.abc import Iterator

from tovholder.texts.personal_data.find import Span, fold

_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_IN_DATE = r"[ \t.\-/]{0,3}"
_BEFORE_SERIAL = r"(?:[ \t]{0,2}[.\-/_*+|]{1,3}[ \t]{0,2}\r?\n?[ \t]{0,2}|[ \t]{0,3}\r?\n[ \t]{0,3}[.\-/]?[ \t]{0,2}|[:,]|[ \t]{0,4})"

_USUAL = re.compile(rf"(?<!\d){_DAY}{_IN_DATE}{_MONTH}{_IN_DATE}\d\d{_BEFORE_SERIAL}\d{{4}}(?!\d)")
_SPLIT_SERIAL = re.compile(
    rf"(?<!\d)(?<!\d[ .\-/]){_DAY}[ .\-]?{_MONTH}[ .\-]?\d\d[ .\-]{{1,3}}"
    r"(?:\d\d[ .\-]\d\d|\d[ .\-]\d{3}|\d{3}[ .\-]\d|\d[ .\-]\d[ .\-]\d[ .\-]\d)(?![ .\-]?\d)"
)
_LETTERED_OUT = re.compile(r"(?<!\d)(?<!\d[ .\-])\d(?:[ .]\d){5}[ .]?[ \-]{0,3}\d(?:[ .]\d){3}(?![ .\-]?\d)")
_FULL_YEAR = re.compile(rf"(?<!\d){_DAY}(?:[ .\-/]?){_MONTH}(?:[ .\-/]?)(?:18|19|20)\d\d(?:-|[ ]-[ ]|\r?\n-)\d{{4}}(?!\d)")
_LAST_FOUR = re.compile(
    rf"(?<!\d){_DAY}[ .\-/]?{_MONTH}[ .\-/]?(?:19|20)?\d\d(?!\d)"
    r"[^\d\n]{1,40}(?:sidste|fire)[ ](?:fire[ ]|sidste[ ]|4[ ])?(?:cifre[ ]|tal[ ])?[^\d\n]{0,12}\d{4}(?!\d)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:cpr|personnummer|person-?nr|p\.?nr)[^\d\n]{0,20}\n?[ ]{0,3}(\d(?:[ .\-/]{0,3}\d){8,9})(?![ .\-]?\d)", re.IGNORECASE
)
_NOT_A_SERIAL = re.compile(r"[ ]\d|[ ]?(?:kr\b|mio|mia|pct|%|dkk|personer|borgere|patienter|deltagere|stk)", re.IGNORECASE)
_NAMED_BEFORE = re.compile(r"(?:cpr|person-?n)[^\d\n]{0,20}$", re.IGNORECASE)
_DATE_THEN_BLANK = re.compile(r"\d\d[./\-]\d\d[./\-]\d\d\s+\d{4}")
_STARTS_LIKE_YEAR = re.compile(r"(?:19|20)\d\d[ .\-/]")


def _century(serial_first: int, year: int) -> int:
    if serial_first <= 3:
        return 1900
    if serial_first in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800


def _is_date(day: int, month: int, year: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def is_cpr(digits: str) -> bool:
    """This will tell whether ten digits hold a valid date of birth by the rule of the seventh digit."""
    year = int(digits[4:6])
    return _is_date(int(digits[:2]), int(digits[2:4]), _century(int(digits[6]), year) + year)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _is_usual(text: str, found: re.Match[str]) -> bool:
    if not is_cpr(_digits(found[0])):
        return False
    shape_unsure = _DATE_THEN_BLANK.fullmatch(found[0]) or re.search(r"[ ]\d{4}$", found[0])
    if not shape_unsure and not _STARTS_LIKE_YEAR.match(found[0]):
        return True
    if _NAMED_BEFORE.search(text, max(0, found.start() - 32), found.start()):
        return True
    return not _STARTS_LIKE_YEAR.match(found[0]) and not _NOT_A_SERIAL.match(text, found.end())


def _is_named(digits: str) -> bool:
    padded = digits.rjust(10, "0")
    # Administrative numbers carry the day plus sixty.
    return is_cpr(padded) or ("6" <= padded[0] <= "9" and is_cpr(f"{int(padded[0]) - 6}{padded[1:]}"))


def cpr_spans(text: str) -> Iterator[Span]:
    """This will give every CPR number in a folded text, however it is grouped."""
    for found in _USUAL.finditer(text):
        if _is_usual(text, found):
            yield Span("cpr", found.start(), found.end())
    for pattern in (_SPLIT_SERIAL, _LETTERED_OUT):
        for found in pattern.finditer(text):
            if is_cpr(_digits(found[0])):
                yield Span("cpr", found.start(), found.end())
    for found in _FULL_YEAR.finditer(text):
        digits = _digits(found[0])
        year = int(digits[4:8])
        if _is_date(int(digits[:2]), int(digits[2:4]), year) and _century(int(digits[8]), year % 100) + year % 100 == year:
            yield Span("cpr", found.start(), found.end())
    for found in _LAST_FOUR.finditer(text):
        digits = _digits(found[0])
        if is_cpr(digits[:4] + digits[-6:] if len(digits) == 10 else digits[:4] + digits[6:8] + digits[-4:]):
            yield Span("cpr", found.start(), found.end())
    for found in _NAMED.finditer(text):
        if _is_named(_digits(found[1])):
            yield Span("cpr", found.start(1), found.end(1))


def contains_cpr(text: str) -> bool:
    """This will tell whether a text holds a CPR number."""
    return next(cpr_spans(fold(text).text), None) is not None
