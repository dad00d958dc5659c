"""How far something has come: bars, cells, threads, boards, counters."""

from collections.abc import Mapping
from typing import Any

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tovholder.web.design.strictness import filled, one_of, part, rows, whole
from tovholder.web.design.words import KNOTS, SECTORS, sector_code, shape

register = Library()

TILES = {
    "approved": ("check", gettext_lazy("Godkendt")),
    "reservation": ("edit", gettext_lazy("Med forbehold")),
    "on_way": ("calendar-month", gettext_lazy("På vej")),
    "opened": ("visibility", gettext_lazy("Brevet er åbnet")),
    "silent": ("warning", gettext_lazy("Tavs")),
    "declined": ("close", gettext_lazy("Sagde nej")),
    "none": ("", gettext_lazy("Ikke spurgt endnu")),
}
LEGEND = ("approved", "reservation", "on_way", "silent")


@register.inclusion_tag("design/sector_bar.html")
def sector_bar(counts: Any, *, label: str = "") -> dict[str, Any]:
    """This will show how many of each sector, as a bar and as shapes with numbers."""
    pairs = counts.items() if isinstance(counts, Mapping) else rows("sector_bar", counts, 2)
    found: dict[str, int] = {}
    for name, count in pairs:
        whole("sector_bar", count=count)
        found[sector_code("sector_bar", name)] = found.get(sector_code("sector_bar", name), 0) + count
    there = [(code, found[code]) for code in SECTORS if found.get(code)]
    total = sum(count for _code, count in there)
    parts, start = [], 0.0
    for code, count in there:
        width = 100 * count / total
        gap = 0.6 if len(parts) < len(there) - 1 else 0
        parts.append(
            {
                "code": code,
                "x": f"{start:.2f}",
                "width": f"{max(width - gap, 0.4):.2f}",
                "count": count,
                "shape": shape(code),
                "word": SECTORS[code][1],
            }
        )
        start += width
    return {"parts": parts, "total": total, "label": label}


@register.inclusion_tag("design/cells.html")
def cells(done: int, total: int, label: str) -> dict[str, Any]:
    """This will show n of m as squares with a sentence that says it."""
    whole("cells", done=done, total=total)
    filled("cells", label=label)
    return {"cells": [at < done for at in range(total)], "label": label}


@register.inclusion_tag("design/progress_bar.html")
def progress_bar(done: int, total: int, label: str) -> dict[str, Any]:
    """This will show how far one is: words, numbers and a bar."""
    whole("progress_bar", done=done, total=total)
    filled("progress_bar", label=label)
    return {"done": min(done, total), "total": total, "label": label}


@register.simple_tag
def bar_row(label: str, count: int, of: int) -> SafeString:
    """This will show one line of a bar list; the number is written, the bar only repeats it."""
    filled("bar_row", label=label)
    whole("bar_row", count=count, of=of)
    width = f"{100 * count / of:.1f}" if of else "0"
    return format_html(
        '<li><span class="tov-bar-label">{}</span><svg class="tov-bar" viewBox="0 0 100 10" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false"><rect width="{}" height="10"/></svg><strong>{}</strong></li>',
        label,
        width,
        count,
    )


@register.inclusion_tag("design/equation.html")
def equation(steps: Any) -> dict[str, Any]:
    """This will show counters that must be equal, and between them whether they are."""
    found = rows("equation", steps, 3)
    parts = []
    for at, (count, label, url) in enumerate(found):
        whole("equation", count=count)
        filled("equation", label=label)
        missing = found[at - 1][0] - count if at else 0
        parts.append({"count": count, "label": label, "url": url, "missing": missing, "first": not at})
    return {"parts": parts}


@register.inclusion_tag("design/strip.html")
def strip(steps: Any, *, label: str = "") -> dict[str, Any]:
    """This will show the year as a thread, with what happens now filled in."""
    return {"steps": rows("strip", steps, 4), "label": label or _("Årets gang")}


@register.simple_block_tag
def step(content: str, when: str, title: str, *, state: str = "open", url: str = "") -> SafeString:
    """This will show one knot of a thread with what happened there."""
    filled("step", title=title)
    one_of("step", "state", state, KNOTS)
    heading = format_html('<a href="{}">{}</a>', url, title) if url else title
    date = format_html("<s>{}</s>", when) if state == "withdrawn" else when
    return format_html(
        '<li class="tov-step tov-step-{}"><span class="tov-knot tov-knot-{}" aria-hidden="true"></span>'
        '<p class="tov-step-when">{}</p><h3 class="tov-step-title">{}</h3><div class="tov-step-body">{}</div></li>',
        state,
        state,
        date,
        heading,
        content,
    )


def _step(item: Any) -> SafeString:
    text, link = part("timeline", item, "text", ""), part("timeline", item, "link_label", "")
    url = part("timeline", item, "url", "")
    body = format_html("<p>{}</p>", text) if text else ""
    if url and link:
        body = format_html('{}<p><a href="{}">{}</a></p>', body, url, link)
    return step(
        body,
        part("timeline", item, "when"),
        part("timeline", item, "title"),
        state=part("timeline", item, "state", "open"),
        url="" if link else url,
    )


@register.simple_tag
def timeline(steps: Any, *, label: str) -> SafeString:
    """This will show a thread from the first word to the last result."""
    filled("timeline", label=label)
    return format_html(
        '<ol class="tov-timeline" aria-label="{}">{}</ol>', label, format_html_join("", "{}", ((_step(item),) for item in steps))
    )


@register.simple_tag
def nested(items: Any) -> SafeString:
    """This will write a thread as text, each step inside the one that led to it."""
    return format_html('<ul class="tov-nested">{}</ul>', format_html_join("", "{}", ((_nested(item),) for item in items)))


def _nested(item: Any) -> SafeString:
    url, after = part("nested", item, "url", ""), part("nested", item, "after", "")
    text, link = part("nested", item, "text"), part("nested", item, "link_label", "")
    line = format_html('{} <a href="{}">{}</a>', text, url, link) if url and link else text
    if url and not link:
        line = format_html('<a href="{}">{}</a>', url, text)
    children = part("nested", item, "children", ())
    return format_html("<li><span>{}{}{}</span>{}</li>", line, " " if after else "", after, nested(children) if children else "")


@register.inclusion_tag("design/board.html")
def board(tiles: Any, *, label: str = "") -> dict[str, Any]:
    """This will show who has answered what, each in its own place."""
    found = []
    for tile in tiles:
        state = one_of("board", "state", part("board", tile, "state"), TILES)
        mark, word = TILES[state]
        found.append(
            {
                "name": part("board", tile, "name"),
                "state": state,
                "icon": mark,
                "word": part("board", tile, "state_label", "") or word,
                "date_text": part("board", tile, "date_text", ""),
                "url": part("board", tile, "url", ""),
                "wide": part("board", tile, "wide", False),
            }
        )
    return {"tiles": found, "label": label or _("Hvem har svaret hvad")}


@register.inclusion_tag("design/legend.html")
def legend() -> dict[str, Any]:
    """This will say what the tiles' fills mean."""
    return {"states": [(state, TILES[state][1]) for state in LEGEND]}
