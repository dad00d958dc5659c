"""Forms: every input has its label, its hint and its error tied to it; without a label nothing is rendered."""

from collections.abc import Iterator
from typing import Any

from django.forms import BaseForm, widgets
from django.forms.boundfield import BoundField
from django.template import Context, Library, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tovholder.web.design.strictness import filled, finished, one_of, rows
from tovholder.web.design.words import EMPTY, SECTORS, icon, key, shape
from tovholder.web.design.words import SECTOR_NAMES as OTHER_NAMES

register = Library()

BUTTONS = ("primary", "secondary", "tertiary")
NOT_ALONE = (widgets.MultiWidget, widgets.SelectDateWidget)


def _bound(tag: str, found: Any) -> BoundField:
    if not isinstance(found, BoundField):
        raise TemplateSyntaxError(f"{tag}: {found!r} er ikke et felt i en formular")
    return found


def _choices(bound: BoundField) -> Iterator[dict[str, Any]]:
    for choice in bound.subwidgets:
        data = choice.data
        value = str(data.get("value", ""))
        code = OTHER_NAMES.get(value, value)
        yield {
            "id": choice.id_for_label,
            "value": value,
            "label": data["label"],
            "checked": data.get("selected", False),
            "sector": code if code in SECTORS else "",
            "shape": shape(code) if code in SECTORS else EMPTY,
            "disabled": bool(data.get("attrs", {}).get("disabled")),
        }


def _kind(bound: BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, NOT_ALONE):
        raise TemplateSyntaxError(f"field: {bound.name} har flere felter i ét. Del det, så hvert får sin ledetekst")
    if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, widgets.CheckboxInput):
        return "checkbox"
    if isinstance(widget, widgets.Textarea):
        return "textarea"
    return "select" if isinstance(widget, widgets.Select) else "input"


def _attributes(bound: BoundField, kind: str, ids: list[str], extra: dict[str, Any]) -> dict[str, Any]:
    widget = bound.field.widget
    css = {"select": "form-select", "checkbox": "form-checkbox"}.get(kind, "form-input")
    if isinstance(widget, widgets.FileInput):
        css = "tov-file"
    given = widget.attrs.get("class", "")
    found = {
        "class": f"{css} {given}".strip(),
        "aria-describedby": " ".join(ids) or False,
        **({"aria-invalid": "true"} if bound.errors else {}),
        **{name: value for name, value in extra.items() if value},
    }
    if kind == "textarea":
        found["maxlength"] = False  # a text that is too long is answered with a sentence, never cut while typing
    return found


@register.simple_tag
def field(
    bound: Any,
    *,
    label: str = "",
    hint: str = "",
    limit: int | None = None,
    rows: int | None = None,
    tiles: bool = False,
    optional: bool = False,
    autocomplete: str = "",
    inputmode: str = "",
    hidden_label: bool = False,
    narrow: bool = False,
    placeholder: str = "",
) -> SafeString:
    """This will show one field of a form with label, hint and error."""
    bound = _bound("field", bound)
    if bound.is_hidden:
        return finished(str(bound))
    label = label or bound.label
    filled("field", label=label)
    kind = _kind(bound)
    widget = bound.field.widget
    if tiles and not isinstance(widget, widgets.RadioSelect):
        raise TemplateSyntaxError(f"field: tiles hører til valg med ét svar, og {bound.name} er noget andet")
    hint = hint or bound.help_text
    if not hint and isinstance(widget, widgets.DateInput) and widget.input_type == "text":
        hint = _("Fx 11-12-2026")
    if kind == "textarea" and limit is None:
        limit = getattr(bound.field, "max_length", None)
    auto = bound.auto_id
    ids = [f"{auto}_{end}" for end, there in (("helptext", hint), ("error", bound.errors), ("limit", limit)) if there]
    extra = {"rows": rows, "autocomplete": autocomplete, "inputmode": inputmode, "placeholder": placeholder}
    choices = list(_choices(bound)) if kind == "choices" else []
    return render_to_string(
        "design/field.html",
        {
            "kind": kind,
            "label": label,
            "hint": hint,
            "limit": limit,
            "tiles": tiles,
            "optional": optional,
            "narrow": narrow,
            "hidden_label": hidden_label,
            "errors": bound.errors,
            "id": auto,
            "for": bound.id_for_label,
            "name": bound.html_name,
            "described": " ".join(ids),
            "choices": choices,
            "many": isinstance(widget, widgets.CheckboxSelectMultiple),
            "required": bound.field.required and bound.form.use_required_attribute,
            "input": EMPTY if choices else bound.as_widget(attrs=_attributes(bound, kind, ids, extra)),
        },
    )


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """This will show every field of a simple form, hidden ones last."""
    return finished("\n".join([*(field(one) for one in form.visible_fields()), *(str(one) for one in form.hidden_fields())]))


@register.inclusion_tag("design/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """This will list what must be corrected, with a link to each field; nothing when nothing is wrong."""
    if not isinstance(form, BaseForm):
        raise TemplateSyntaxError(f"error_summary: {form!r} er ikke en formular")
    links = []
    for bound in form.visible_fields():
        first = f"{bound.auto_id}_0" if _kind(bound) == "choices" else bound.id_for_label
        links += [(first, bound.label, error) for error in bound.errors]
    told = [error for _target, _label, error in links]
    links = [(target, f"{label}: {error}" if told.count(error) > 1 else error) for target, label, error in links]
    return {"form": form, "links": links, "others": form.non_field_errors(), "there": bool(form.errors)}


@register.simple_block_tag
def field_set(content: str, legend: str, *, hint: str = "", error: str = "") -> SafeString:
    """This will gather fields that answer one question."""
    filled("field_set", legend=legend)
    return render_to_string("design/field_set.html", {"content": content, "legend": legend, "hint": hint, "error": error})


def _classes(kind: str, wide: bool) -> str:
    return f"button button-{kind}{' tov-wide' if wide else ''}"


def _inside(text: str, icon_name: str, letter: str) -> SafeString:
    cap = format_html('<span aria-hidden="true">{}</span>', key(letter)) if letter else EMPTY
    return format_html("{}<span>{}</span>{}", icon(icon_name) if icon_name else EMPTY, text, cap)


def _when(**attributes: Any) -> SafeString:
    pairs = [format_html(' {}="{}"', name.replace("_", "-"), value) for name, value in attributes.items() if value not in ("", None)]
    return finished("".join(pairs))


@register.simple_tag
def button(
    text: str,
    *,
    kind: str = "primary",
    icon: str = "",
    name: str = "",
    value: Any = "",
    key: str = "",
    type: str = "submit",
    wide: bool = False,
    formaction: str = "",
    described_by: str = "",
) -> SafeString:
    """This will show a button in a form: verb and object."""
    filled("button", text=text)
    one_of("button", "kind", kind, BUTTONS)
    one_of("button", "type", type, ("submit", "button"))
    rest = _when(name=name, value=value, formaction=formaction, aria_describedby=described_by, data_tov_key=key, aria_keyshortcuts=key)
    return format_html('<button type="{}" class="{}"{}>{}</button>', type, _classes(kind, wide), rest, _inside(text, icon, key))


@register.simple_tag
def link_button(
    text: str,
    url: str,
    *,
    kind: str = "secondary",
    icon: str = "",
    download: bool = False,
    wide: bool = False,
    key: str = "",
) -> SafeString:
    """This will show a link that looks like a button."""
    filled("link_button", text=text, url=url)
    one_of("link_button", "kind", kind, BUTTONS)
    rest = _when(data_tov_key=key, aria_keyshortcuts=key) + (finished(" download") if download else EMPTY)
    return format_html('<a href="{}" class="{}"{}>{}</a>', url, _classes(kind, wide), rest, _inside(text, icon, key))


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    text: str,
    url: str,
    *,
    kind: str = "tertiary",
    icon: str = "",
    name: str = "",
    value: Any = "",
    key: str = "",
    wide: bool = False,
) -> SafeString:
    """This will show a form of one button, for an act that needs no other answer."""
    filled("post_button", text=text, url=url)
    one_of("post_button", "kind", kind, BUTTONS)
    token = context.get("csrf_token")
    secret = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token) if token else EMPTY
    rest = _when(name=name, value=value, data_tov_key=key, aria_keyshortcuts=key)
    return format_html(
        '<form method="post" action="{}" class="tov-post">{}<button type="submit" class="{}"{}>{}</button></form>',
        url,
        secret,
        _classes(kind, wide),
        rest,
        _inside(text, icon, key),
    )


@register.inclusion_tag("design/search_form.html")
def search_form(url: str, *, label: str, value: str = "", name: str = "q") -> dict[str, Any]:
    """This will show a search that works as a link with the words in it."""
    filled("search_form", url=url, label=label, name=name)
    return {"url": url, "label": label, "value": value or "", "name": name}


@register.inclusion_tag("design/filter_form.html")
def filter_form(form: BaseForm, url: str) -> dict[str, Any]:
    """This will show a form that narrows a list, kept in the address."""
    filled("filter_form", url=url)
    return {"form": form, "url": url}


def _ways(tag: str, items: Any) -> list[tuple[Any, ...]]:
    found = rows(tag, items, 3)
    for label, url, _now in found:
        filled(tag, label=label, url=url)
    return found


@register.inclusion_tag("design/tabs.html")
def tabs(items: Any, *, label: str) -> dict[str, Any]:
    """This will show ways to see the same thing, the present one marked."""
    filled("tabs", label=label)
    return {"items": _ways("tabs", items), "label": label}


@register.inclusion_tag("design/date_switch.html")
def date_switch(items: Any, *, label: str = "") -> dict[str, Any]:
    """This will show joined buttons between dates, the present one marked."""
    return {"items": _ways("date_switch", items), "label": label or _("Vælg dato")}


@register.inclusion_tag("design/version_bar.html")
def version_bar(items: Any, *, label: str = "") -> dict[str, Any]:
    """This will show a text's versions in time, the present one marked."""
    return {"items": rows("version_bar", items, 4), "label": label or _("Versioner")}


@register.inclusion_tag("design/breadcrumbs.html")
def breadcrumbs(items: Any) -> dict[str, Any]:
    """This will show the way down to this page; the last one is the page itself."""
    return {"items": rows("breadcrumbs", items, 2)}


@register.inclusion_tag("design/pagination.html", takes_context=True)
def pagination(context: Context, page: Any, *, param: str = "side") -> dict[str, Any]:
    """This will show the way to the next and the previous page of a list, the rest of the address kept."""
    query = context["request"].GET.copy() if "request" in context else None

    def address(number: int) -> str:
        if query is None:
            return f"?{param}={number}"
        query[param] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }
