"""Dates, numbers and quotation marks as people write them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.template import Library
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tovholder.web.design.words import with_guillemets

register = Library()


def _language() -> str:
    return (get_language() or "da")[:2]


@register.filter
def danish_date(day: date | None) -> str:
    """This will write a day: 11. december 2026."""
    from tovholder.texts import danish

    if not day:
        return ""
    return danish.long_date(danish.in_denmark(day) if isinstance(day, datetime) else day, language=_language())


@register.filter
def danish_datetime(moment: datetime | None) -> str:
    """This will write a moment in Danish time: 11. december 2026 kl. 12.00."""
    from tovholder.texts import danish

    return danish.date_and_time(moment, with_year=True, language=_language()) if moment else ""


@register.filter
def clock(moment: datetime | None) -> str:
    """This will write a time of day: 11.12."""
    from tovholder.texts import danish

    return danish.clock(moment) if moment else ""


@register.filter
def danish_number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """This will write a number: 5.200 or 12,3."""
    from tovholder.texts import danish

    return "" if value is None or value == "" else danish.number(value, decimals, language=_language())


@register.filter
def guillemets(text: Any) -> str:
    """This will put words in »guillemets«."""
    return with_guillemets(text) if text else ""


@register.filter
def paragraphs(text: Any) -> SafeString:
    """This will turn blank lines into paragraphs and keep everything else as text."""
    pieces = [piece.strip() for piece in str(text or "").replace("\r\n", "\n").split("\n\n")]
    return format_html_join("\n", "<p>{}</p>", ((piece,) for piece in pieces if piece))
