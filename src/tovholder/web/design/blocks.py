"""Larger parts: page heads, boxes, alerts, tables, folded text, provisions, pictures, empty states."""

import re
from typing import Any

from django.template import Library
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tovholder.base import written
from tovholder.web.design.filters import paragraphs
from tovholder.web.design.strictness import filled, finished, one_of, rows
from tovholder.web.design.words import SECTORS, VERDICT_NAMES, VERDICTS, sector_code, with_guillemets

register = Library()

ALERTS = ("info", "success", "warning", "error")
LEVELS = (1, 2, 3, 4)
MARGIN = finished("<!--tov-margin-->")
WIDTH = re.compile(r'\bwidth="(\d+)')


def headline(level: int, text: Any, css: str = "") -> SafeString:
    """This will write a heading of a level from 1 to 4."""
    one_of("headline", "level", level, LEVELS)
    return format_html("<h{0}{1}>{2}</h{0}>", level, format_html(' class="{}"', css) if css else "", text)


@register.simple_block_tag
def page_head(content: str, title: str, *, eyebrow: str = "", lead: str = "", quote: bool = False) -> SafeString:
    """This will open a page: what it is about, in one heading, and what can be done."""
    filled("page_head", title=title)
    return render_to_string(
        "design/page_head.html",
        {
            "content": finished(content.strip()),
            "eyebrow": eyebrow,
            "lead": lead,
            "quote": quote,
            "title": with_guillemets(title) if quote else title,
        },
    )


@register.simple_block_tag
def alert(content: str, kind: str, heading: str, *, live: bool = False) -> SafeString:
    """This will say that something happened, what it means and what to do."""
    one_of("alert", "kind", kind, ALERTS)
    filled("alert", content=f"{heading}{content}")
    return render_to_string("design/alert.html", {"content": finished(content.strip()), "kind": kind, "heading": heading, "live": live})


@register.inclusion_tag("design/empty.html")
def empty(heading: str, text: str, *, action_label: str = "", action_url: str = "", level: int = 2) -> dict[str, Any]:
    """This will say that nothing is here yet, when it comes and what to do now."""
    filled("empty", heading=heading, text=text)
    if bool(action_label) != bool(action_url):
        filled("empty", action_label=action_label, action_url=action_url)
    return {"heading": headline(level, heading, "tov-empty-heading"), "text": text, "action_label": action_label, "action_url": action_url}


@register.inclusion_tag("design/waiting.html")
def waiting(text: str, *, note: str = "") -> dict[str, Any]:
    """This will say what is being worked on, with a number that moves."""
    filled("waiting", text=text)
    return {"text": text, "note": note}


@register.simple_block_tag
def data_table(content: str, caption: str, *, hidden_caption: bool = False, dense: bool = False) -> SafeString:
    """This will put rows in a named region that can be scrolled from the keyboard."""
    filled("data_table", caption=caption)
    return render_to_string("design/data_table.html", {"content": content, "caption": caption, "hidden": hidden_caption, "dense": dense})


@register.simple_block_tag
def fold(content: str, summary: str, *, open: bool = False) -> SafeString:
    """This will fold a part away until it is asked for."""
    filled("fold", summary=summary)
    return format_html(
        '<details class="details tov-fold"{}><summary class="details-summary">{}</summary><div class="details-text">{}</div></details>',
        finished(" open") if open else "",
        summary,
        content,
    )


@register.inclusion_tag("design/long_text.html")
def long_text(text: str, *, words: int = 80) -> dict[str, Any]:
    """This will show the start of a long text and fold the rest with its word count."""
    found = str(text or "").split()
    if len(found) <= words + 20:
        return {"whole": paragraphs(text)}
    return {"start": " ".join(found[:words]), "rest": paragraphs(text), "count": written.number(len(found))}


@register.inclusion_tag("design/facts.html")
def facts(items: Any) -> dict[str, Any]:
    """This will show terms and what they are here."""
    return {"items": [row for row in rows("facts", items, 2) if row[1] not in ("", None)]}


@register.inclusion_tag("design/copy_code.html")
def copy_code(code: str) -> dict[str, Any]:
    """This will show a claim code the only time it is shown."""
    filled("copy_code", code=code)
    return {"code": code}


@register.inclusion_tag("design/receipt.html")
def receipt(heading: str, text: str) -> dict[str, Any]:
    """This will say that something is stored, and when."""
    filled("receipt", heading=heading, text=text)
    return {"heading": heading, "text": text}


@register.inclusion_tag("design/undo.html", takes_context=True)
def undo(context: Any, text: str, url: str, *, key: str = "", name: str = "", value: Any = "") -> dict[str, Any]:
    """This will say what was just done and offer to take it back."""
    filled("undo", text=text, url=url)
    return {"text": text, "url": url, "key": key, "name": name, "value": value, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("design/gap.html")
def gap(heading: str, *, text: str = "", action_label: str = "", action_url: str = "") -> dict[str, Any]:
    """This will show that something is missing, and who can mend it."""
    filled("gap", heading=heading)
    return {"heading": heading, "text": text, "action_label": action_label, "action_url": action_url}


@register.inclusion_tag("design/gap_row.html")
def gap_row(count: int, title: str, text: str, *, action_label: str = "", action_url: str = "") -> dict[str, Any]:
    """This will show one kind of gap, how many there are, and the task."""
    filled("gap_row", count=count, title=title)
    return {"count": count, "title": title, "text": text, "action_label": action_label, "action_url": action_url}


@register.simple_block_tag
def card(content: str, title: str, *, eyebrow: str = "", url: str = "", level: int = 3) -> SafeString:
    """This will frame something that can be acted on as a unit."""
    filled("card", title=title)
    line = format_html('<a href="{}">{}</a>', url, title) if url else title
    above = format_html('<p class="tov-eyebrow">{}</p>', eyebrow) if eyebrow else ""
    return format_html('<article class="tov-card">{}{}{}</article>', above, headline(level, line, "tov-card-title"), content)


@register.simple_block_tag
def live_card(content: str, question: str, *, eyebrow: str = "", status: str = "", place: str = "") -> SafeString:
    """This will show what is live now, with its question in full."""
    filled("live_card", question=question)
    return render_to_string(
        "design/live_card.html", {"content": content, "question": question, "eyebrow": eyebrow, "status": status, "place": place}
    )


@register.simple_block_tag
def ends_box(content: str, title: str, *, level: int = 2) -> SafeString:
    """This will frame what begins or ends on a date."""
    filled("ends_box", title=title)
    return format_html('<section class="tov-ends">{}{}</section>', headline(level, title), content)


@register.simple_tag
def margin() -> SafeString:
    """This will part a provision's text from its margin."""
    return MARGIN


@register.simple_block_tag
def provision(content: str, number: str, code: str, title: str = "", *, url: str = "", level: int = 3) -> SafeString:
    """This will show a provision with its number, its lifelong id and what led to it."""
    filled("provision", code=code)
    text, _found, beside = content.partition(MARGIN)
    return render_to_string(
        "design/provision.html",
        {
            "number": number,
            "code": code,
            "url": url,
            "text": finished(text),
            "margin": finished(beside) if beside.strip() else "",
            "heading": headline(level, title, "tov-provision-title") if title else "",
        },
    )


@register.simple_block_tag
def margin_part(content: str, title: str, *, state: str = "open") -> SafeString:
    """This will show one knot in a provision's margin."""
    filled("margin_part", title=title)
    one_of("margin_part", "state", state, ("open", "now", "result", "gap"))
    return format_html(
        '<div class="tov-margin-part tov-margin-{}"><span class="tov-knot tov-knot-{}" aria-hidden="true"></span>'
        '<p class="tov-margin-title">{}</p>{}</div>',
        state,
        state,
        title,
        content,
    )


@register.simple_block_tag
def cause(content: str, title: str, *, sector: str = "", by: str = "", quote: str = "", verdict: str = "", url: str = "") -> SafeString:
    """This will show who asked for a change, in their words, and how it was answered."""
    filled("cause", title=title)
    if verdict:
        one_of("cause", "verdict", VERDICT_NAMES.get(verdict, verdict), VERDICTS)
    return render_to_string(
        "design/cause.html",
        {
            "content": finished(content.strip()),
            "title": title,
            "sector": sector_code("cause", sector) if sector else "",
            "by": by or (SECTORS[sector_code("cause", sector)][1] if sector else ""),
            "quote": with_guillemets(quote) if quote else "",
            "verdict": verdict,
            "url": url,
        },
    )


@register.inclusion_tag("design/picture.html")
def picture(found: Any, *, level: int = 2, folded: bool = True, method: str = "") -> dict[str, Any]:
    """This will show a picture with its sentence, and the same figures as a table."""
    filled("picture", title=found.title)
    width = WIDTH.search(str(found.svg))
    return {
        "heading": headline(level, found.title, "tov-figure-title"),
        "title": found.title,
        "description": found.description,
        "svg": finished(str(found.svg)),
        "table": found.table,
        "folded": folded,
        "method": method,
        "wide": bool(width and int(width.group(1)) > 480),
        "label": _("Tegning: %(title)s") % {"title": found.title},
    }
