"""The places in a Word document nobody looks: changes, comments, footers, metadata, charts, embedded workbooks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tovholder.formats.reading_shapes import Piece, Unreadable
from tovholder.formats.reading_word_runs import FALLBACK, W, is_vanished, visible_text
from tovholder.formats.reading_zip import Package

if TYPE_CHECKING:
    from lxml import etree

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_SILENT = re.compile(
    r"(?:styles|settings|webSettings|fontTable|numbering|theme\d*|stylesWithEffects)\.xml$|/theme/|\.rels$|"
    r"^\[Content_Types\]"
)
_PLACES = (
    (re.compile(r"/comments\w*\.xml$"), "comment"),
    (re.compile(r"/header\d*\.xml$"), "header"),
    (re.compile(r"/footer\d*\.xml$"), "footer"),
    (re.compile(r"/footnotes\.xml$"), "footnote"),
    (re.compile(r"/endnotes\.xml$"), "endnote"),
    (re.compile(r"^docProps/"), "metadata"),
    (re.compile(r"^customXml/"), "metadata"),
    (re.compile(r"/charts?/|/diagrams/|/embeddings/|/drawings/"), "embedded"),
)


def main_part(package: Package) -> str:
    """This will name the part with the text; raises Unreadable when the package is something else than a Word document."""
    types = package.tree("[Content_Types].xml")
    if types is None:
        if "mimetype" in package.names and package.read("mimetype").startswith(b"application/vnd.oasis"):
            raise Unreadable("Filen er et OpenDocument. Gem den som .docx, og prøv igen.")
        raise Unreadable("Filen er ikke et Word-dokument, selv om den hedder .docx. Gem den igen i Word, og prøv.")
    for override in types.iterfind(f"{_TYPES}Override"):
        kind = override.get("ContentType") or ""
        name = (override.get("PartName") or "").lstrip("/")
        if kind.endswith("main+xml") and ("wordprocessingml" in kind or "ms-word" in kind) and name in package.names:
            return name
    if "xl/workbook.xml" in package.names:
        raise Unreadable("Filen er et regneark. Gem teksten som Word-dokument, og prøv igen.")
    if "ppt/presentation.xml" in package.names:
        raise Unreadable("Filen er en præsentation. Gem teksten som Word-dokument, og prøv igen.")
    raise Unreadable("Filen er ikke et Word-dokument, selv om den hedder .docx. Gem den igen i Word, og prøv.")


def hidden_pieces(package: Package, main: str, document: etree._Element) -> tuple[list[Piece], list[str]]:
    """This will give the text of every hidden place, and a sentence for each thing that is left out; raises Unreadable."""
    pieces = list(_in_text(document))
    notices: list[str] = []
    for name in package.names:
        if name == main or _SILENT.search(name):
            continue
        if name.endswith((".xml", ".vml")):
            pieces.extend(_part(package, name))
        else:
            pieces.extend(_binary(package, name, notices))
    pieces.extend(_relations(package, notices))
    for place, sentence in (
        ("deleted", "Der er slettet tekst i ændringssporingen."),
        ("comment", "Der er kommentarer i dokumentet."),
        ("hidden", "Der er skjult tekst i dokumentet."),
        ("embedded", "Der ligger data bag et diagram eller en indlejret fil."),
    ):
        if any(piece.place == place for piece in pieces):
            notices.append(sentence)
    return pieces, list(dict.fromkeys(notices))


def _in_text(document: etree._Element) -> Iterator[Piece]:
    for tag, place in (("del", "deleted"), ("moveFrom", "deleted"), ("ins", "inserted"), ("moveTo", "inserted")):
        for change in document.iter(f"{W}{tag}"):
            yield Piece(_words(change), "text", place)
    for run in document.iter(f"{W}r"):
        if is_vanished(run):
            yield Piece(_words(run), "text", "hidden")
    for box in document.iter(f"{W}txbxContent"):
        if not any(ancestor.tag == FALLBACK for ancestor in box.iterancestors()):
            for paragraph in box.iter(f"{W}p"):
                yield Piece(visible_text(paragraph), "text", "textbox")
    for field in document.iter(f"{W}instrText", f"{W}default", f"{W}statusText", f"{W}helpText", f"{W}tag", f"{W}alias"):
        yield Piece((field.text or "") or (field.get(f"{W}val") or ""), "text", "field")
    for element in document.iter():
        for attribute in ("descr", "title", "alt"):
            if isinstance(element.tag, str) and (said := element.get(attribute)):
                yield Piece(said, "text", "alt")


def _words(element: etree._Element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{W}t", f"{W}delText"))


def _part(package: Package, name: str) -> Iterator[Piece]:
    place = next((place for pattern, place in _PLACES if pattern.search(name)), "hidden")
    tree = package.tree(name)
    if tree is None:
        return
    paragraphs = list(tree.iter(f"{W}p"))
    if paragraphs:
        for paragraph in paragraphs:
            yield Piece(_words(paragraph), "text", place)
        for comment in tree.iter(f"{W}comment"):
            yield Piece(comment.get(f"{W}author") or "", "text", "metadata")
        yield from (piece for piece in _in_text(tree) if piece.place in ("alt", "field"))
        return
    texts = (
        [" ".join(str(text) for text in element.itertext()) for element in tree]
        if place == "metadata"
        else [str(text) for text in tree.itertext()]
    )
    for text in dict.fromkeys(texts):
        yield Piece(text, "text", place)
    if name.startswith("customXml/") or place in ("hidden", "metadata"):
        for element in tree.iter():
            for value in element.attrib.values() if isinstance(element.tag, str) else ():
                if " " in str(value) or re.search(r"\d{6}", str(value)):
                    yield Piece(str(value), "text", place)


def _binary(package: Package, name: str, notices: list[str]) -> Iterator[Piece]:
    lowered = name.lower()
    if "vbaproject" in lowered or "vbadata" in lowered:
        notices.append("Dokumentet har makroer. De er ikke læst og kommer ikke med.")
    elif "/embeddings/" in lowered and package.begins(name).startswith(b"PK\x03\x04"):
        for text in _workbook_texts(Package(package.read(name), package.room)):
            yield Piece(text, "text", "embedded")
        notices.append("Dokumentet har en indlejret fil. Den kommer ikke med i den offentlige udgave.")
    elif package.is_archive(name):
        raise Unreadable("Filen har en pakket fil inden i sig. Tag den ud, og prøv igen.")
    elif "/embeddings/" in lowered or "activex" in lowered or package.begins(name).startswith(b"\xd0\xcf\x11\xe0"):
        notices.append("Dokumentet har et indlejret objekt. Det er ikke læst og kommer ikke med.")
    elif "thumbnail" in lowered:
        notices.append("Dokumentets miniaturebillede er ikke læst og kommer ikke med.")
    elif lowered.endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg", ".webp")):
        notices.append("Billeder er ikke læst. Tjek selv, om der står personoplysninger på dem.")
    else:
        notices.append("En del af filen har et format, vi ikke kender. Den er ikke læst og kommer ikke med.")


def _workbook_texts(workbook: Package) -> Iterator[str]:
    for name in workbook.names:
        if name.endswith(".xml") and not name.startswith(("xl/theme", "xl/styles", "[Content")):
            tree = workbook.tree(name)
            if tree is None:
                continue
            for element in tree.iter():
                if isinstance(element.tag, str):
                    if element.text and element.text.strip():
                        yield element.text
                    if element.tag.endswith(("}sheet", "}definedName")) and element.get("name"):
                        yield str(element.get("name"))
        elif workbook.is_archive(name):
            raise Unreadable("Filen har en pakket fil inden i sig. Tag den ud, og prøv igen.")


def _relations(package: Package, notices: list[str]) -> Iterator[Piece]:
    for name in package.names:
        if not name.endswith(".rels"):
            continue
        tree = package.tree(name)
        for relation in tree.iterfind(f"{_RELATIONS}Relationship") if tree is not None else ():
            target = relation.get("Target") or ""
            kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
            if relation.get("TargetMode") == "External":
                if kind != "hyperlink":
                    notices.append("Dokumentet henter indhold udefra. Det er ikke hentet og kommer ikke med.")
                yield Piece(target, "text", "link")
            elif _leaves(name, target):
                raise Unreadable("Filen er bygget på en måde, vi ikke stoler på. Gem den igen i Word, og prøv.")


def _leaves(name: str, target: str) -> bool:
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/")).startswith("..")
    folder = posixpath.dirname(posixpath.dirname(name))
    return posixpath.normpath(posixpath.join(folder, target)).startswith("..")
