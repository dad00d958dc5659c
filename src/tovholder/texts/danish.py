from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from zoneinfo import ZoneInfo

Language = Literal["da", "en"]

MONTHS: dict[str, tuple[str, ...]] = {
    "da": (
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
MONTH_NUMBERS = {
    name.casefold()[:length]: number for names in MONTHS.values() for number, name in enumerate(names, start=1) for length in (3, len(name))
} | {"sept": 9}

# ASCII signs right after z, so that plain byte order is Danish order in Python, SQLite and PostgreSQL's "C".
LAST_LETTERS = {"æ": "{", "ø": "|", "å": "}"}
EQUAL_LETTERS = {
    "ä": "æ",
    "ö": "ø",
    "ő": "ø",
    "œ": "ø",
    "ü": "y",
    "ű": "y",
    "ð": "d",
    "đ": "d",
    "ł": "l",
    "þ": "th",
    "ß": "ss",
}
FOLDED_LETTERS = {
    "æ": "ae",
    "ø": "oe",
    "å": "aa",
    "ä": "ae",
    "ö": "oe",
    "œ": "oe",
    "ð": "d",
    "đ": "d",
    "ł": "l",
    "þ": "th",
    "ß": "ss",
}
DASHES = "-‐‑‒–—−"


def sort_key(text: str) -> str:
    """This will give a key whose plain order is Danish alphabetical order, with numbers in their natural order."""
    composed = unicodedata.normalize("NFC", text)
    pieces: list[str] = []
    for piece in re.findall(r"[0-9]+|[^0-9]+", composed.casefold()):
        pieces.append(_number_key(piece) if piece[0] in "0123456789" else _letter_key(piece))
    # The text itself settles what the alphabet calls equal, so that the order is the same every time.
    return "".join(pieces).strip() + "\t" + composed


def _number_key(digits: str) -> str:
    digits = digits.lstrip("0") or "0"
    # The length goes first, so that 9 comes before 10; nine nines and on keep that true for any length.
    return "9" * (len(digits) // 9) + str(len(digits) % 9) + digits


def _letter_key(piece: str) -> str:
    key: list[str] = []
    composed = unicodedata.normalize("NFC", piece)
    equal = "".join(EQUAL_LETTERS.get(letter, letter) for letter in composed)
    for letter in equal.replace("aa", "å"):
        if letter in LAST_LETTERS:
            key.append(LAST_LETTERS[letter])
            continue
        plain = unicodedata.normalize("NFD", letter)[0] if letter.isalpha() else letter
        if "a" <= plain <= "z":
            key.append(plain)
        elif plain.isspace() or plain in DASHES:
            key.append(" ")
        elif plain.isalpha():
            key.append("~" + plain)
        elif not unicodedata.combining(plain):
            key.append("!")
    return "".join(key)


def day_and_month(day: date, *, language: str = "da") -> str:
    """This will write a day without its year: 11. december."""
    month = MONTHS[language][day.month - 1]
    return f"{day.day}. {month}" if language == "da" else f"{day.day} {month}"


def long_date(day: date, *, language: str = "da") -> str:
    """This will write a day with its year: 11. december 2026."""
    return f"{day_and_month(day, language=language)} {day.year}"


def clock(moment: time | datetime) -> str:
    """This will write a time of day with a point: 12.00."""
    if isinstance(moment, datetime):
        moment = in_denmark(moment).time()
    return f"{moment.hour:02d}.{moment.minute:02d}"


def date_and_time(moment: datetime, *, with_year: bool = False, language: str = "da") -> str:
    """This will write a moment in Danish time: 11. december kl. 12.00."""
    local = in_denmark(moment)
    day = long_date(local, language=language) if with_year else day_and_month(local, language=language)
    return f"{day} kl. {clock(local)}" if language == "da" else f"{day} {clock(local)}"


def in_denmark(moment: datetime) -> datetime:
    """This will turn a moment with a time zone into Danish time and leave one without as it is."""
    return moment if moment.tzinfo is None else moment.astimezone(ZoneInfo("Europe/Copenhagen"))


def period(first: date | None, last: date | None, *, language: str = "da") -> str:
    """This will write a period with both days in it: 5. oktober – 11. december 2026."""
    if first is None or last is None:
        since, until = ("fra", "til") if language == "da" else ("from", "until")
        if first is not None:
            return f"{since} {long_date(first, language=language)}"
        return f"{until} {long_date(last, language=language)}" if last is not None else ""
    end = long_date(last, language=language)
    if first == last:
        return end
    if first.year != last.year:
        return f"{long_date(first, language=language)} – {end}"
    if first.month != last.month:
        return f"{day_and_month(first, language=language)} – {end}"
    return f"{first.day}.–{end}" if language == "da" else f"{first.day}–{end}"


def number(value: int | float | Decimal, decimals: int | None = None, *, language: str = "da") -> str:
    """This will write a number with Danish signs: 1.942 and 12,3; raises ValueError when it is not a finite number."""
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError("Tallet kan ikke skrives: det er ikke et endeligt tal.")
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    elif exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    written = f"{abs(exact):,f}"
    if language == "da":
        written = written.translate({ord(","): ".", ord("."): ","})
    return f"−{written}" if exact < 0 else written


def percent(value: int | float | Decimal, decimals: int | None = None, *, language: str = "da") -> str:
    """This will write a share out of a hundred: 12,3 pct."""
    written = number(value, decimals, language=language)
    return f"{written} pct." if language == "da" else f"{written}%"


def list_of(words: Sequence[str], *, language: str = "da") -> str:
    """This will join words as people say them: a, b og c."""
    if len(words) < 2:
        return "".join(words)
    joint = "og" if language == "da" else "and"
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def count_of(count: int, one: str, many: str, *, language: str = "da") -> str:
    """This will write a count with its word in the right number: 1 høring, 1.942 høringer."""
    return f"{number(count, language=language)} {one if count == 1 else many}"


NUMERIC_DATE = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./ ]\s*(\d{4}|\d{2})")
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?")
WORDED_DATE = re.compile(r"(\d{1,2})\s*\.?\s*([a-zæøå]+)\.?,?\s+(\d{4}|\d{2})")
BEFORE_DATE = re.compile(
    r"(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r",?\s+|(?:den|d\.|the|on)\s*(?=\d)"
)


def parse_date(text: str, *, language: str = "da") -> date:
    """This will read a date as people write it and raise ValueError with a sentence for people when it cannot."""
    shown = " ".join(text.split())[:40]
    wanted = shown.casefold().rstrip(".")
    while (before := BEFORE_DATE.match(wanted)) is not None:
        wanted = wanted[before.end() :]
    if match := ISO_DATE.fullmatch(wanted):
        year, month, day = (int(part) for part in match.groups())
    elif match := NUMERIC_DATE.fullmatch(wanted):
        day, month, year = int(match[1]), int(match[2]), _whole_year(match[3])
    elif (match := WORDED_DATE.fullmatch(wanted)) and match[2] in MONTH_NUMBERS:
        day, month, year = int(match[1]), MONTH_NUMBERS[match[2]], _whole_year(match[3])
    elif language == "da":
        raise ValueError(f"Vi kan ikke læse datoen »{shown}«. Skriv den som 19-05-2017 eller 19. maj 2017.")
    else:
        raise ValueError(f"We cannot read the date “{shown}”. Write it as 19-05-2017 or 19 May 2017.")
    try:
        return date(year, month, day)
    except ValueError:
        sentence = f"Datoen »{shown}« findes ikke. Tjek dag og måned."
        if language != "da":
            sentence = f"The date “{shown}” does not exist. Check day and month."
        raise ValueError(sentence) from None


def _whole_year(written: str) -> int:
    year = int(written)
    if len(written) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def easter_sunday(year: int) -> date:
    """This will find Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int) -> dict[date, str]:
    """This will list the Danish public holidays of a year; store bededag is among them until 2023."""
    easter = easter_sunday(year)
    holidays = {
        date(year, 1, 1): "nytårsdag",
        easter - timedelta(days=3): "skærtorsdag",
        easter - timedelta(days=2): "langfredag",
        easter: "påskedag",
        easter + timedelta(days=1): "2. påskedag",
        easter + timedelta(days=39): "Kristi himmelfartsdag",
        easter + timedelta(days=49): "pinsedag",
        easter + timedelta(days=50): "2. pinsedag",
        date(year, 12, 25): "juledag",
        date(year, 12, 26): "2. juledag",
    }
    if year <= 2023:
        holidays[easter + timedelta(days=26)] = "store bededag"
    return dict(sorted(holidays.items()))


def is_working_day(day: date) -> bool:
    """This will say whether a day is neither in a weekend nor a Danish public holiday."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def working_days_between(start: date, end: date) -> int:
    """This will count the working days after start up to and with end, as deadlines are counted."""
    if end < start:
        return -working_days_between(end, start)
    weeks, rest = divmod((end - start).days, 7)
    days = weeks * 5 + sum((end - timedelta(days=back)).weekday() < 5 for back in range(rest))
    for year in range(start.year, end.year + 1):
        days -= sum(start < holiday <= end and holiday.weekday() < 5 for holiday in public_holidays(year))
    return days


def working_day_after(start: date, working_days: int) -> date:
    """This will find the day on which so many working days have passed since start."""
    day = start
    while working_days > 0:
        day += timedelta(days=1)
        working_days -= is_working_day(day)
    return day


def fold(text: str) -> str:
    """This will write a text in small letters without accents: æ as ae, ø as oe, å as aa, for search and comparison."""
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    spelled = "".join(FOLDED_LETTERS.get(letter, letter) for letter in small)
    return "".join(sign for sign in unicodedata.normalize("NFD", spelled) if not unicodedata.combining(sign))


def slug(text: str, max_length: int = 80) -> str:
    """This will make a short name for an address out of a text: Ærø får én plan becomes aeroe-faar-en-plan."""
    whole = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    if len(whole) <= max_length:
        return whole
    cut = whole[:max_length]
    return (cut.rsplit("-", 1)[0] if whole[max_length] != "-" and "-" in cut else cut).strip("-")
