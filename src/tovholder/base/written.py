"""Dates, numbers and lists in the language the page is read in; what is sent or kept uses texts.danish and stays Danish."""

from django.utils.translation import get_language

from tovholder.texts import danish

_COUNTS = {
    "da": ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
}


def language():
    """This will return the language of the page: da or en."""
    return "en" if (get_language() or "da").startswith("en") else "da"


def long_date(day):
    """This will write a day with its year: 11. december 2026."""
    return danish.long_date(day, language=language())


def day_and_month(day):
    """This will write a day without its year: 11. december."""
    return danish.day_and_month(day, language=language())


def date_and_time(moment, *, with_year=False):
    """This will write a moment in Danish time: 11. december kl. 12.00."""
    return danish.date_and_time(moment, with_year=with_year, language=language())


def period(first, last):
    """This will write a period with both days in it: 5. oktober – 11. december 2026."""
    return danish.period(first, last, language=language())


def number(value, decimals=None):
    """This will write a number: 1.942 and 12,3."""
    return danish.number(value, decimals, language=language())


def list_of(words):
    """This will join words as people say them: a, b og c."""
    return danish.list_of(words, language=language())


def parse_date(text):
    """This will read a date as people write it; raises ValueError with a sentence for people."""
    return danish.parse_date(text, language=language())


def short_day(day):
    """This will write a day where there is little room: 10. nov."""
    count, month = day_and_month(day).split(" ")
    return f"{count} {month if len(month) <= 4 else month[:3] + '.' * (language() == 'da')}"


def in_words(count):
    """This will write a count in letters up to twelve."""
    return _COUNTS[language()][count] if 0 <= count <= 12 else number(count)


def month_names():
    """This will return the names of the twelve months."""
    return danish.MONTHS[language()]


def name_of(row):
    """This will return what a kind or a role is called."""
    return row.name_en if language() == "en" else row.name


def plural_name_of(kind):
    """This will return what several of a kind of party are called."""
    if language() == "da":
        return kind.name_plural
    if kind.name == kind.name_plural and not kind.is_body:
        return kind.name_en
    return kind.name_en.removesuffix("y") + ("ies" if kind.name_en.endswith("y") else "s")
