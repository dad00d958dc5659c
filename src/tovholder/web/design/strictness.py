"""A component refuses what it does not know, so a wrong page fails in a test and not in front of people."""

from collections.abc import Collection, Mapping
from typing import Any

from django.template import TemplateSyntaxError
from django.utils.safestring import SafeString, mark_safe

REQUIRED = object()


def finished(markup: str) -> SafeString:
    """This will pass on markup that a template or a component has already escaped."""
    return mark_safe(markup)  # noqa: S308 - the only place; what comes in was rendered with escaping on


def filled(tag: str, **texts: Any) -> None:
    """This will raise TemplateSyntaxError when a required text is empty."""
    for name, text in texts.items():
        if text is None or not str(text).strip():
            raise TemplateSyntaxError(f"{tag}: »{name}« mangler")


def one_of(tag: str, name: str, value: Any, allowed: Collection[Any]) -> str:
    """This will give the value back, or raise TemplateSyntaxError when it is not among those allowed."""
    if value not in allowed:
        raise TemplateSyntaxError(f"{tag}: {name}={value!r} findes ikke. Vælg {', '.join(sorted(str(each) for each in allowed))}")
    return str(value)


def whole(tag: str, **numbers: Any) -> None:
    """This will raise TemplateSyntaxError when something is not a whole number from 0 and up."""
    for name, number in numbers.items():
        if not isinstance(number, int) or number < 0:
            raise TemplateSyntaxError(f"{tag}: {name}={number!r} er ikke et antal")


def part(tag: str, item: Any, name: str, default: Any = REQUIRED) -> Any:
    """This will read a named part of a mapping or an object, and raise TemplateSyntaxError when a required one is missing."""
    found = item.get(name, default) if isinstance(item, Mapping) else getattr(item, name, default)
    if found is REQUIRED:
        raise TemplateSyntaxError(f"{tag}: »{name}« mangler i {item!r}")
    return found


def rows(tag: str, items: Any, width: int) -> list[tuple[Any, ...]]:
    """This will give the items as rows of a fixed width, or raise TemplateSyntaxError."""
    found = [tuple(item) for item in items or ()]
    if any(len(row) != width for row in found):
        raise TemplateSyntaxError(f"{tag}: hver række skal have {width} dele")
    return found
