"""One page: what a person may see that answers some words."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from tovholder.base import snippets
from tovholder.threads import queries
from tovholder.web.threads.addresses import address_of

from .words import kind_words, page_of

_LONGEST = 200
_FEWEST_LETTERS = 2


@dataclass(frozen=True)
class Shown:
    """A hit as the page shows it."""

    kind: str
    url: str
    title: list
    text: list
    by: str
    home: str
    home_url: str
    at: object
    is_draft: bool


def results(request):
    """This will show what the reader may see that answers the words in the address."""
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())
    text, kind = asked[:_LONGEST], request.GET.get("slags", "")
    kind = kind if kind in queries.KINDS else ""
    context = {"words": text, "is_cut": len(asked) > _LONGEST, "why": _why_not(text), "kind": kind}
    if not context["why"]:
        found = queries.search(text, request.by, request.at, kind=kind, page=_number(request.GET.get("side")))
        names = kind_words()
        context |= {
            "result": found,
            "hits": [_shown(hit, found.words, names) for hit in found.found],
            "page": Paginator(range(found.total), queries.A_PAGE).page(found.page),
            "filters": _filters(text, found, kind, names),
        }
    response = render(request, "search/results.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _why_not(text):
    """Why nothing is searched for: nothing written, too short, or words that stand everywhere."""
    if not text:
        return "empty"
    if sum(letter.isalnum() for letter in text) < _FEWEST_LETTERS:
        return "short"
    return "" if queries.says_something(text) else "everywhere"


def _number(written):
    return int(written) if (written or "").isascii() and (written or "").isdigit() and len(written) < 5 else 1


def _shown(hit, words, names):
    title, text = snippets.runs(hit.title, words), snippets.runs(hit.text, words)
    # What has no name of its own is shown by its words; who said it stands below.
    is_said = hit.kind in ("statement", "remark", "verdict", "passage")
    return Shown(
        kind=_called(hit, names), url=page_of(hit), title=text if is_said else title, text=[] if is_said else text,
        by=hit.title if is_said else "", home=hit.home_title, home_url=address_of(hit.home_kind, hit.home), at=hit.at,
        is_draft=hit.part == "draft",
    )  # fmt: skip


def _called(hit, names):
    """A provision with nothing below its heading promises nothing by itself: it opens a chapter."""
    return _("Kapitel") if hit.kind == "provision" and not hit.text else names[hit.kind][0]


def _filters(text, found, kind, names):
    """Links that narrow the hits to one kind, each with how many there are when all are counted."""
    if len(found.kinds) < 2 and not kind:
        return []
    shown = [("", None)] + [(name, found.kinds.get(name)) for name in names if name in found.kinds or name == kind]
    return [(name and names[name][1], "" if found.is_capped else count, _address(text, name), name == kind) for name, count in shown]


def _address(text, kind):
    query = QueryDict(mutable=True)
    query["q"] = text
    if kind:
        query["slags"] = kind
    return f"?{query.urlencode()}"
