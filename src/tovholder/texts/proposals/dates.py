"""Dates as Danes write them, and the stamps that say when the document itself was published, created and updated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tovholder.texts.proposals.shapes import Stamp

MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december")
_SHORTER = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
MONTH = "(?:" + "|".join(MONTHS) + ")"
_LONG = re.compile(
    rf"\b(?P<d>[0-3]?\d)\.(?:\s*(?:-|–|og|til)\s*(?:den\s+)?[0-3]?\d\.)?\s*(?P<m>{MONTH}|(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|"
    rf"nov|dec)\.?)"
    r"(?:\s+(?P<y>(?:19|20)\d\d))?\b",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<![\d.])(?P<d>[0-3]?\d)[./-](?P<m>[01]?\d)[./ -](?P<y>(?:19|20)\d\d|\d\d)(?![\d])(?!\.\d)")
_ISO = re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)\b")
_ONLY = re.compile(r"^\W*(?:(?:man|tirs|ons|tors|fre|lør|søn)dag,?\s*)?(?:den\s+|d\.\s*)?$", re.IGNORECASE)
_TOWN = re.compile(r"^[A-ZÆØÅ][a-zæøå]+(?: [A-ZÆØÅ]\.?)?,?\s*(?:den|d\.)?\s*$")
_MEETS = re.compile(r"^\W*(?:sted|mødested|mødedato|mødetid|deltagere|til stede|afbud|lokale)\b ?:", re.IGNORECASE)
_MINUTES = re.compile(r"^\W*(?:\w+ )?(?:referat|dagsorden|beslutningsprotokol)\b", re.IGNORECASE)
_KINDS = (
    ("updated", re.compile(r"\b(?:sidst\s+)?(?:opdateret|ændret|redigeret|revideret)\b", re.IGNORECASE)),
    ("created", re.compile(r"^\W*oprettet\b", re.IGNORECASE)),
    ("published", re.compile(r"\b(?:publiceret|offentliggjort|udgivet|udsendt|pressemeddelelse|nyhed|dato)\b", re.IGNORECASE)),
)


def find_dates(text: str, on: date | None = None) -> Iterator[tuple[int, int, date]]:
    """This will give start, end and day of every date; one without a year gets the year of `on`, or is left out."""
    for pattern in (_LONG, _ISO, _NUMERIC):
        for match in pattern.finditer(text):
            year = match["y"]
            if year is None and on is None:
                continue
            month = match["m"].lower().rstrip(".")
            number = int(month) if month.isdigit() else _SHORTER[month[:3]]
            whole = on.year if year is None and on else int(year) + (2000 if len(year) == 2 else 0)
            try:
                yield match.start(), match.end(), date(whole, number, int(match["d"]))
            except ValueError:
                continue


def first_full_date(paragraphs: Sequence[str]) -> date | None:
    """This will give the first date with a year, from which days without one may take theirs."""
    return next((day for text in paragraphs for *_, day in find_dates(text)), None)


def find_stamps(paragraphs: Sequence[str]) -> list[Stamp]:
    """This will find the document's own dates: labelled ones, and a line near the top that is nothing but a date."""
    found: dict[str, Stamp] = {}
    # In minutes and programmes a date with a place beside it is the day people meet, not the day of the document.
    meets = any(_MEETS.match(text) for text in paragraphs[:12]) or any(_MINUTES.match(text) for text in paragraphs[:5])
    for number, text in enumerate(paragraphs, 1):
        if len(text) > 160:
            continue
        for start, end, day in find_dates(text):
            before = text[:start]
            label = before if before.strip(" :-–|") else paragraphs[number - 2] if number > 1 else ""
            kind = next((kind for kind, pattern in _KINDS if len(label) < 60 and pattern.search(label)), "")
            alone = _ONLY.match(before) and not text[end:].strip(" .,|-–").replace("kl", "").strip(" .:0123456789")
            if kind == "published" and len(before.split()) > 4:
                kind = ""
            if kind and not before.strip(" :-–|") and not alone:
                kind = ""
            if not kind and alone and number <= 8 and "published" not in found:
                kind = "published"
            if not kind and number <= 6 and _TOWN.match(before) and not text[end:].strip(" ."):
                kind = "published"
            if not kind and number <= 4 and len(before) < 60 and re.search(r"[–—|·,-]\s*$", before) and not text[end:].strip(" .|"):
                kind = "published"
            if kind == "published" and (meets or re.search(r"\bkl\. ?\d", text[end:])):
                kind = ""
            if kind and kind not in found:
                found[kind] = Stamp(paragraph=number, start=start, end=end, text=text[start:end], kind=kind, on=day)
    return list(found.values())
