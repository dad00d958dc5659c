"""Any document a person may hand in, read to numbered paragraphs. The type is told from the content, never from the name."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

from tovholder.confined import Stopped, run_limited
from tovholder.formats.reading_shapes import BODY, Piece, ReadDocument, ReadParagraph, Unreadable

__all__ = [
    "BODY",
    "Piece",
    "ReadDocument",
    "ReadParagraph",
    "Unreadable",
    "from_json",
    "kind_of",
    "read_as_json",
    "read_document",
    "read_safely",
]

_INVISIBLE = re.compile("[\0\u00ad\u200b-\u200f\u2060\ufeff]")
OFFICE_BYTES = 25 << 20
PDF_BYTES = 50 << 20
TEXT_BYTES = 10 << 20


def read_document(content: bytes, filename: str) -> ReadDocument:
    """This will read a text, Word, PDF or HTML file to paragraphs; raises Unreadable with a sentence for people."""
    if not content.strip():
        raise Unreadable("Filen er tom. Vælg en anden fil, og prøv igen.")
    kind = kind_of(content, filename)
    if kind == "pdf":
        from tovholder.formats.reading_pdf import read_pdf

        title, pieces, notices = read_pdf(_within(content, PDF_BYTES, "50 MB"))
    elif kind == "word":
        from tovholder.formats.reading_word import read_word

        title, pieces, notices = read_word(_within(content, OFFICE_BYTES, "25 MB"))
    elif kind == "html":
        from tovholder.formats.reading_html import read_html

        title, pieces, notices = read_html(_within(content, OFFICE_BYTES, "25 MB"))
    else:
        from tovholder.formats.reading_text import read_text

        title, pieces, notices = read_text(_within(content, PDF_BYTES, "50 MB"))
    paragraphs, cut = _numbered(pieces)
    if not paragraphs:
        raise Unreadable("Der er ingen tekst i filen.")
    return ReadDocument(kind, title, paragraphs, (*notices, *cut))


def kind_of(content: bytes, filename: str) -> str:
    """This will tell text, word, pdf or html from the first bytes; raises Unreadable when the content is none of them."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    named = filename.lower().rsplit(".", 1)[-1] if "." in filename else ""
    if content[:4] == b"PK\x03\x04":
        return "word"
    if start.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if b"E\0n\0c\0r\0y\0p\0t\0e\0d" in content:
            raise Unreadable("Filen er låst med adgangskode. Fjern koden i Word, og prøv igen.")
        raise Unreadable("Filen er i det gamle Word-format. Gem den som .docx, og prøv igen.")
    if named in ("docx", "docm", "dotx"):
        raise Unreadable("Filen er ikke et Word-dokument, selv om den hedder .docx. Gem den igen i Word, og prøv.")
    if named == "pdf":
        raise Unreadable("Filen er ikke en PDF, selv om den hedder .pdf. Gem den igen som PDF, og prøv.")
    if start.startswith(b"{\\rtf"):
        raise Unreadable("Filen er i RTF-format. Gem den som .docx, og prøv igen.")
    lowered = start.lower()
    if lowered.startswith((b"<!doctype html", b"<html")) or (
        lowered.startswith(b"<") and any(mark in content[:4096].lower() for mark in (b"<html", b"<body", b"<p", b"<h1", b"<div"))
    ):
        return "html"
    if named in ("html", "htm") and b"<" in start:
        return "html"
    if _looks_binary(content):
        raise Unreadable("Vi kan ikke læse den type fil. Brug Word, PDF, en webside eller ren tekst.")
    return "text"


def read_safely(content: bytes, filename: str) -> ReadDocument:
    """This will read the file in a limited child process; raises Unreadable when it cannot be read, dies or takes too long."""
    if len(content) > PDF_BYTES:
        raise Unreadable("Filen er større end 50 MB. Del den op, og prøv igen.")
    try:
        output = run_limited(["tovholder.formats", "read", filename.replace("\0", "")[:200]], content)
    except Stopped as stopped:
        if stopped.reason == "time":
            raise Unreadable("Filen tog for lang tid at læse. Gem den som ren tekst eller del den op, og prøv igen.") from None
        raise Unreadable("Filen kunne ikke læses uden fare. Gem den igen i det program, den kommer fra, og prøv.") from None
    return from_json(output)


def read_as_json(content: bytes, filename: str) -> bytes:
    """This will read a file and give the document, or the sentence that says why not, as JSON."""
    try:
        answer: dict[str, object] = asdict(read_document(content, filename))
    except Unreadable as sentence:
        answer = {"unreadable": str(sentence)}
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")


def from_json(output: bytes) -> ReadDocument:
    """This will turn the JSON of read_as_json back to a document; raises Unreadable when it carries a sentence instead."""
    answer = json.loads(output)
    if "unreadable" in answer:
        raise Unreadable(answer["unreadable"])
    paragraphs = tuple(ReadParagraph(**one) for one in answer["paragraphs"])
    return ReadDocument(answer["kind"], answer["title"], paragraphs, tuple(answer["notices"]))


def _within(content: bytes, limit: int, said: str) -> bytes:
    if len(content) > limit:
        raise Unreadable(f"Filen er større end {said}. Del den op, og prøv igen.")
    return content


def _looks_binary(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    sample = content[:8192]
    zeros = sample.count(0)
    if zeros and not (zeros > len(sample) * 0.3 and (sample[1::2].count(0) == zeros or sample[0::2].count(0) == zeros)):
        return True
    control = sum(1 for byte in sample if byte < 32 and byte not in (9, 10, 11, 12, 13, 0))
    return control > len(sample) * 0.02


def _numbered(pieces: list[Piece]) -> tuple[tuple[ReadParagraph, ...], tuple[str, ...]]:
    numbered: list[ReadParagraph] = []
    size = 0
    for piece in pieces:
        text = " ".join(_INVISIBLE.sub("", piece.text).split())
        if not text:
            continue
        size += len(text.encode("utf-8", "replace"))
        if size > TEXT_BYTES:
            return tuple(numbered), (f"Teksten er længere end 10 MB. De første {len(numbered)} afsnit er læst, resten er ikke.",)
        numbered.append(ReadParagraph(len(numbered) + 1, text, piece.style, piece.place))
    return tuple(numbered), ()
