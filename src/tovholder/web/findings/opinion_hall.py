"""The hall's second screen: where people agree, and the map of those who are alike, readable from ten metres."""

import textwrap
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from tovholder.findings import queries
from tovholder.web import qr

from . import across, groups, pictured
from .opinion import found_conference, unchanged

ON_SCREEN_FOR = timedelta(seconds=20)
SHOWN = 3
LONG, SHORT = 110, 64


@require_safe
def hall(request, code):
    """This will show the map and what all sectors agree about in turn; the same picture twice is answered as not changed."""
    conference = found_conference(request, code)
    return unchanged(request, screen(request, conference))


def screen(request, conference):
    """This will draw the screen as it is at this moment: the same moment always gives the same."""
    found = queries.drawn(conference)
    drawn, options = qr.drawn(conference.short_code, omitsize=True)
    context = {
        "conference": conference, "found": found, "host": urlsplit(settings.ADDRESS).netloc,
        "qr": mark_safe(drawn.svg_inline(**options)),  # noqa: S308 - drawn here, from an address of ours
    }  # fmt: skip
    if found is not None:
        picture = pictured.map_of(found, size="hall")
        turn = (request.at - conference.input_opens_at) // ON_SCREEN_FOR
        agreed = across.rows_of(found, "agreement")
        context |= {
            "map": picture, "is_map": bool(picture) and (turn % 2 == 0 or not agreed),
            "agreed": [(row, cut(row.text, LONG)) for row in agreed[:SHOWN]], "count": len(agreed),
            "groups": _said(groups.groups_of(found)), "groups_line": groups.line(found), "people": found.live["sectors"]["total"],
            "who": pictured.counts_of(found),
        }  # fmt: skip
    return render(request, "findings/opinion_hall.html", context)


def _said(found):
    most = LONG if len(found) <= 3 else SHORT
    return [(group, group.first and cut(group.first.text, most)) for group in found]


def cut(text, most):
    """This will shorten words for the screen, between two of them."""
    return textwrap.shorten(text, most, placeholder=" …")
