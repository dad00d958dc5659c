"""Expressions of time in running Danish: a date, a season, a quarter, a holiday, a year."""

from __future__ import annotations

import re

from tovholder.texts.proposals.dates import MONTH

_SEASON = r"(?:forår|sommer|efterår|vinter)"
_YEAR = r"(?: (?:19|20)\d\d)?"
TIME = re.compile(
    rf"(?P<lead>(?:til|i løbet af|inden udgangen af|inden|senest|allerede|først|fra og med|fra|den|d\.|pr\.|ved|efter|før|i|på) )*"
    rf"(?P<when>(?:(?:man|tirs|ons|tors|fre|lør|søn)dag (?:den |d\. )?)?\d{{1,2}}\.(?: ?{MONTH}{_YEAR})?(?: ?[-–] ?|"
    rf" til (?:og med )?(?:den )?)\d{{1,2}}\. ?{MONTH}{_YEAR}|"
    rf"(?:(?:man|tirs|ons|tors|fre|lør|søn)dag (?:den |d\. )?)?\d{{1,2}}\. ?{MONTH}{_YEAR}|(?:19|20)\d\d-\d\d-\d\d|"
    rf"\d{{1,2}}[./-]\d{{1,2}}[./-](?:20)?\d\d|"
    rf"(?:{MONTH}{_YEAR})(?: måned)?|{_SEASON}(?:et|en)?(?: (?:i|af))?{_YEAR}|(?:sommer|jule|påske|efterårs)ferien|"
    rf"(?:års)skiftet(?: 20\d\d(?:[/-](?:20)?\d\d)?)?|"
    rf"(?:1|2|3|4|første|andet|tredje|fjerde)\.? (?:kvartal|halvår){_YEAR}|uge \d{{1,2}}(?: ?[-–] ?\d{{1,2}})?{_YEAR}|(?:primo|medio|"
    rf"ultimo) (?:{MONTH} ?)?(?:20\d\d)?|"
    rf"(?:begyndelsen|starten|midten|slutningen|udgangen|løbet) af (?:{MONTH}|året|20\d\d|{_SEASON}(?:et|en)){_YEAR}|næste (?:år|måned|"
    rf"forår|efterår|sommer|uge)|"
    r"(?:(?<=i )|(?<=fra )|(?<=udgangen af )|(?<=for ))20\d\d(?! ?(?:kr|mio|borgere|personer))|årets udgang|nytår)(?![\w-])",
    re.IGNORECASE,
)


def said(match: re.Match[str]) -> str:
    """This will give the time as the document says it, without the preposition before it."""
    return match["when"].strip()
