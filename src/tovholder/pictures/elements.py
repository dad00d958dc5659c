"""SVG as strings: one small writer that escapes everything and never writes a style attribute."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

FONT = "IBM Plex Sans, sans-serif"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")


class Markup(str):
    """Finished markup: `element` leaves it as it is, and so do templates that ask for `__html__`."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Table:
    """The same content as the picture, for reading aloud, printing and copying."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A drawing with its words: whatever is in the SVG stands in the table."""

    svg: Markup
    title: str
    description: str
    table: Table


def escaped(text: str) -> Markup:
    """This will make any text safe between tags and inside quoted attributes."""
    clean = _NOT_XML.sub("", text)
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        clean = clean.replace(sign, entity)
    return Markup(clean)


def short(number: float) -> str:
    """This will write a coordinate with at most one decimal, as few signs as possible."""
    tenths = round(number * 10)
    sign = "-" if tenths < 0 else ""
    whole, tenth = divmod(abs(tenths), 10)
    if not tenth:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{tenth}"


def element(name: str, *children: str, **attributes: str | float | None) -> Markup:
    """This will write one element; `stroke_width` becomes stroke-width, and a None is left out. Raises ValueError."""
    written = [name]
    for key, value in attributes.items():
        if value is None:
            continue
        attribute = key.rstrip("_").replace("_", "-")
        if attribute == "style" or attribute.startswith("on"):
            raise ValueError(f"Attributten »{attribute}« er ikke tilladt i en tegning.")
        written.append(f'{attribute}="{escaped(value if isinstance(value, str) else short(value))}"')
    opening = " ".join(written)
    if not children:
        return Markup(f"<{opening}/>")
    return Markup(f"<{opening}>{joined(children)}</{name}>")


def joined(children: Iterable[str]) -> Markup:
    """This will put pieces after each other, escaping those that are plain text."""
    return Markup("".join(child if isinstance(child, Markup) else escaped(child) for child in children))


def checked_prefix(id_prefix: str) -> str:
    """This will return the prefix when ids can begin with it. Raises ValueError."""
    if not _PREFIX.match(id_prefix):
        raise ValueError(f"»{id_prefix}« kan ikke stå forrest i et id. Begynd med et bogstav fra a til z.")
    return id_prefix


def drawing(*children: str, width: float, height: float, title: str, description: str, id_prefix: str, kind: str) -> Markup:
    """This will frame a drawing with its title and description for those who cannot see it."""
    prefix = checked_prefix(id_prefix)
    return element(
        "svg",
        element("title", title or " ", id=f"{prefix}-title"),
        element("desc", description or " ", id=f"{prefix}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {short(width)} {short(height)}",
        width=width,
        height=height,
        class_=f"tov-picture tov-{kind}",
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-desc",
        font_family=FONT,
    )


def counted(number: int) -> str:
    """This will write a whole number in Danish: 5.200, and a true minus."""
    return f"{number:,}".replace(",", ".").replace("-", "−")


def decimal(number: float) -> str:
    """This will write a number in Danish with at most two decimals: 12,3."""
    text = f"{number:,.2f}".rstrip("0").rstrip(".")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".").replace("-", "−")
