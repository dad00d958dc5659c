"""Dates, numbers and quotation marks as people write them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.template import Library
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from tovholder.base import written
from tovholder.texts import danish
from tovholder.web.design.words import with_guillemets

register = Library()


@register.filter
def danish_date(day: date | None) -> str:
    """This will write a day: 11. december 2026."""
    if not day:
        return ""
    return written.long_date(danish.in_denmark(day) if isinstance(day, datetime) else day)


@register.filter
def danish_datetime(moment: datetime | None) -> str:
    """This will write a moment in Danish time: 11. december 2026 kl. 12.00."""
    return written.date_and_time(moment, with_year=True) if moment else ""


@register.filter
def short_day(moment: datetime | None) -> str:
    """This will write a day where there is little room: 10. nov."""
    return written.short_day(danish.in_denmark(moment)) if moment else ""


@register.filter
def clock(moment: datetime | None) -> str:
    """This will write a time of day: 11.12."""
    return danish.clock(moment) if moment else ""


@register.filter
def danish_number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """This will write a number: 5.200 or 12,3."""
    return "" if value is None or value == "" else written.number(value, decimals)


@register.filter
def guillemets(text: Any) -> str:
    """This will put words in »guillemets«."""
    return with_guillemets(text) if text else ""


@register.filter
def paragraphs(text: Any) -> SafeString:
    """This will turn blank lines into paragraphs and keep everything else as text."""
    pieces = [piece.strip() for piece in str(text or "").replace("\r\n", "\n").split("\n\n")]
    return format_html_join("\n", "<p>{}</p>", ((piece,) for piece in pieces if piece))
