from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from hashlib import sha256

FORM = "tovholder-text-1"
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
BLANK_LINES = re.compile(r"\n{3,}")


def canonical(text: str) -> str:
    """This will write a text in the one form that every way of saving it shares, with each word and sign kept."""
    # A byte order mark and a no-break space are not seen by a reader; they come and go with the program used.
    visible = LINE_ENDS.sub("\n", text).replace("\ufeff", "").replace("\u00a0", " ")
    lines = unicodedata.normalize("NFC", visible).split("\n")
    return BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")


def canonical_line(text: str) -> str:
    """This will write a label or a heading on one line with single spaces."""
    return " ".join(canonical(text).split())


def canonical_document(title: str, provisions: Sequence[tuple[str, str, str]], *, levels: Sequence[int] | None = None) -> bytes:
    """This will give the exact bytes a fingerprint is made of; raises ValueError when the levels do not match."""
    if levels is None:
        levels = [0] * len(provisions)
    rows = [
        [level, canonical_line(label), canonical_line(heading), canonical(body)]
        for level, (label, heading, body) in zip(levels, provisions, strict=True)
    ]
    written = json.dumps([FORM, canonical_line(title), rows], ensure_ascii=False, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")


def fingerprint(title: str, provisions: Sequence[tuple[str, str, str]], *, levels: Sequence[int] | None = None) -> str:
    """This will give the SHA-256 of a text as (label, heading, body) rows; the same words give the same answer."""
    return sha256(canonical_document(title, provisions, levels=levels)).hexdigest()


def short(fingerprint: str) -> str:
    """This will write a fingerprint so that two people can compare it aloud: 7F3A 91C2 … E04B."""
    signs = fingerprint.upper()
    return f"{signs[:4]} {signs[4:8]} … {signs[-4:]}" if len(signs) > 12 else signs
