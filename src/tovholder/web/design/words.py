"""Small parts of a sentence: icons, badges, sectors, quotes, keys, verdicts, differences."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Library, TemplateSyntaxError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tovholder.web.design.strictness import filled, finished, one_of

register = Library()

SPRITE = "vendor/dkfds/img/all-svg-icons.svg"
EMPTY = finished("")
BADGES = {
    "info": "badge-info",
    "success": "badge-success",
    "warning": "badge-warning",
    "error": "badge-error",
    "now": "tov-badge-now",
    "plain": "",
}
SECTORS = {
    "citizen": ("circle", gettext_lazy("Borger, patient, pårørende")),
    "municipality": ("square", gettext_lazy("Kommune")),
    "region": ("triangle", gettext_lazy("Region og sygehus")),
    "practice": ("diamond", gettext_lazy("Almen praksis")),
    "other": ("plus", gettext_lazy("Foreninger og andre")),
}
SECTOR_NAMES = {"hospital": "region", "general_practice": "practice", "association": "other"}
SHAPES = {
    "circle": finished('<circle cx="8" cy="8" r="7"/>'),
    "square": finished('<rect x="1.5" y="1.5" width="13" height="13"/>'),
    "triangle": finished('<path d="M8 1 15.5 14.5H.5z"/>'),
    "diamond": finished('<path d="M8 0l8 8-8 8-8-8z"/>'),
    "plus": finished('<path d="M5 1h6v4h4v6h-4v4H5v-4H1V5h4z"/>'),
}
VERDICTS = {
    "full": gettext_lazy("Imødekommet"),
    "partly": gettext_lazy("Delvist imødekommet"),
    "no": gettext_lazy("Ikke imødekommet"),
    "noted": gettext_lazy("Taget til efterretning"),
    "missing": gettext_lazy("Mangler svar"),
}
VERDICT_NAMES = {
    "accepted": "full",
    "partly_accepted": "partly",
    "partial": "partly",
    "not_accepted": "no",
    "rejected": "no",
    "none": "missing",
    "": "missing",
}
KNOTS = ("open", "now", "result", "gap", "withdrawn")
RUNS = {
    "same": "same",
    "equal": "same",
    "insert": "ins",
    "inserted": "ins",
    "new": "ins",
    "delete": "del",
    "deleted": "del",
    "gone": "del",
    "move": "move",
    "moved": "move",
}


@register.simple_tag
def asset(path: str) -> str:
    """This will give a fetched file's address, or nothing when the package was built without the design system."""
    return _asset(path)


@lru_cache(maxsize=16)
def _asset(path: str) -> str:
    return staticfiles_storage.url(path) if finders.find(path) else ""


def sector_code(tag: str, code: Any) -> str:
    """This will give the sector's one code, or raise TemplateSyntaxError."""
    return one_of(tag, "sector", SECTOR_NAMES.get(str(code), str(code)), SECTORS)


def shape(code: str) -> SafeString:
    """This will draw a sector's shape, silent for screen readers."""
    return format_html('<svg class="tov-shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>', SHAPES[SECTORS[code][0]])


def with_guillemets(text: Any) -> str:
    """This will put a person's words in »guillemets« once."""
    words = str(text).strip()
    if words.startswith("»") and words.endswith("«") and words.count("»") == 1:
        return words
    return f"»{words.replace('»', '›').replace('«', '‹')}«"


@register.simple_tag
def icon(name: str, *, label: str = "") -> SafeString:
    """This will show an icon from the design system's sprite."""
    filled("icon", name=name)
    address = _asset(SPRITE)
    if not address:
        return EMPTY
    speech = format_html('role="img" aria-label="{}"', label) if label else finished('aria-hidden="true"')
    return format_html('<svg class="icon-svg" focusable="false" {}><use href="{}#{}"></use></svg>', speech, address, name)


@register.simple_tag
def badge(text: str, *, kind: str = "info") -> SafeString:
    """This will show a short status word."""
    filled("badge", text=text)
    one_of("badge", "kind", kind, BADGES)
    return format_html('<span class="badge {}">{}</span>', BADGES[kind], text)


@register.simple_tag
def sector(code: str, *, text: str = "", word: bool = True) -> SafeString:
    """This will show a sector by shape, colour and word."""
    return _sector(code, text, word)


def _sector(code: str, text: str = "", word: bool = True) -> SafeString:
    code = sector_code("sector", code)
    return format_html(
        '<span class="tov-sector tov-sector-{}">{}<span{}>{}</span></span>',
        code,
        shape(code),
        EMPTY if word else finished(' class="sr-only"'),
        text or SECTORS[code][1],
    )


@register.simple_tag
def quote(text: str, *, by: str = "", sector: str = "", url: str = "", size: str = "medium") -> SafeString:
    """This will show a person's words, larger than what the system says."""
    filled("quote", text=text)
    one_of("quote", "size", size, ("large", "medium", "small"))
    words: Any = with_guillemets(text)
    if url:
        words = format_html('<a href="{}">{}</a>', url, words)
    if sector:
        by_line = _sector(sector, by)
    else:
        by_line = format_html('<span class="tov-meta">{}</span>', by) if by else EMPTY
    return format_html(
        '<figure class="tov-quote tov-quote-{}"><blockquote>{}</blockquote>{}</figure>',
        size,
        words,
        format_html("<figcaption>{}</figcaption>", by_line) if by_line else EMPTY,
    )


@register.simple_tag
def key(letter: str) -> SafeString:
    """This will show a key cap."""
    filled("key", letter=letter)
    return format_html('<kbd class="tov-key">{}</kbd>', letter)


@register.simple_tag
def knot(state: str) -> SafeString:
    """This will draw a knot on the thread, beside a word that says the same."""
    one_of("knot", "state", state, KNOTS)
    return format_html('<span class="tov-knot tov-knot-{}" aria-hidden="true"></span>', state)


@register.simple_tag
def verdict(value: str, *, label: str = "") -> SafeString:
    """This will show how a remark was answered: a dot and a word."""
    code = VERDICT_NAMES.get(str(value or ""), str(value or ""))
    one_of("verdict", "value", code, VERDICTS)
    return format_html(
        '<span class="tov-verdict tov-verdict-{}"><span class="tov-dot" aria-hidden="true"></span>{}</span>', code, label or VERDICTS[code]
    )


@register.simple_tag
def number(value: Any, label: str, *, size: str = "medium") -> SafeString:
    """This will show a number and say what it counts."""
    filled("number", value=value, label=label)
    one_of("number", "size", size, ("medium", "huge"))
    return format_html('<p class="tov-number tov-number-{}"><strong>{}</strong> <span>{}</span></p>', size, value, label)


@register.simple_tag
def fingerprint(value: str) -> SafeString:
    """This will show a text's fingerprint shortened, the whole value kept for copying and print."""
    filled("fingerprint", value=value)
    signs = "".join(str(value).split()).upper()
    groups = [signs[at : at + 4] for at in range(0, len(signs), 4)]
    short = " ".join(groups) if len(groups) <= 4 else f"{groups[0]} {groups[1]} … {groups[-1]}"
    return format_html(
        '<span class="tov-fingerprint"><span>{}</span> <code data-full="{}">{}</code></span>', _("Aftryk"), " ".join(groups), short
    )


@register.simple_tag
def redacted(text: str) -> SafeString:
    """This will show that something was removed, and what kind of thing it was."""
    filled("redacted", text=text)
    return format_html('<span class="tov-redacted">[{}]</span>', str(text).strip("[]"))


@register.simple_tag
def marked_text(runs: Iterable[tuple[str, str]]) -> SafeString:
    """This will show a text with the places that look like personal data marked by a word."""
    return format_html_join("", "{}", ((_marked(text, why),) for text, why in runs))


def _marked(text: str, why: str) -> Any:
    if not why:
        return text
    return format_html('<mark class="tov-pd-mark">{} <span class="tov-pd-word">{}</span></mark>', text, why)


@register.simple_tag
def difference(runs: Iterable[Any]) -> SafeString:
    """This will show what is new and what is gone in a text, also to those who hear it."""
    return format_html_join("", "{}", ((_run(run),) for run in runs))


def _run(run: Any) -> Any:
    kind, text = (run.kind, run.text) if hasattr(run, "kind") else run
    name = getattr(kind, "value", kind)
    if name not in RUNS:
        raise TemplateSyntaxError(f"difference: {name!r} er ikke en slags ændring")
    if RUNS[name] == "same":
        return text
    if RUNS[name] == "move":
        return format_html('<span class="tov-move"><span class="sr-only">{} </span>{}</span>', _("flyttet:"), text)
    word = _("nyt:") if RUNS[name] == "ins" else _("udgår:")
    return format_html('<{0} class="tov-{0}"><span class="sr-only">{1} </span>{2}</{0}>', RUNS[name], word, text)
