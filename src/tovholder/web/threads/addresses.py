"""Where each kind of thing can be read, and a thread's items as the page's components want them."""

from django.urls import reverse
from django.utils.translation import gettext as _

PAGES = {
    "statement": "threads:statement",
    "theme": "threads:theme",
    "conference": "dialogue:conference",
    "conference_series": "dialogue:series",
    "theme_group": "dialogue:group",
    "meeting": "dialogue:meeting",
    "plan": "plans:plan",
    "plan_version": "plans:version",
    "provision": "plans:provision",
    "approval": "plans:approval",
    "goal": "findings:goal",
    "indicator": "findings:indicator",
    "finding": "opinion:finding",
    "status_report": "findings:status",
    "consultation": "consultations:consultation",
    "response": "consultations:response",
    "remark": "consultations:remark",
    "initiative": "initiatives:initiative",
    "programme": "initiatives:programme",
    "party": "parties:party",
}


def address_of(kind, thing_id):
    """This will return where a thing is read, or nothing when it has no page of its own."""
    return reverse(PAGES[kind], args=[thing_id]) if kind in PAGES and thing_id else ""


def _lead(kind):
    return {
        "theme": _("hører til temaet"),
        "provision": _("førte til"),
        "initiative": _("udføres af"),
        "goal": _("måles af"),
        "remark": _("bemærkning fra"),
    }.get(kind, "")


def told(items):
    """This will return a thread's nested items as the text component wants them: a lead, a link, a note."""
    return [_told(item) for item in items]


def _told(item):
    lead, url = item.lead or _lead(item.kind), address_of(item.kind, item.id)
    note = "" if item.kind == "initiative" else item.note
    after = f"({note})" if note else ""
    if url and lead:
        return {"text": lead, "url": url, "link_label": item.text, "after": after, "children": told(item.children)}
    return {"text": f"{lead} {item.text}".strip(), "url": url, "after": after, "children": told(item.children)}
