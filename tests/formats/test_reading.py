"""Plain text, web pages and PDF, and the child process they are read in."""

from __future__ import annotations

import io
import subprocess
import sys

import pypdf
import pytest

from tovholder.confined import Stopped, run_limited
from tovholder.formats.reading import ReadDocument, Unreadable, from_json, read_as_json, read_document, read_safely

WORDS = "Ærø og Åbenrå øver sig på blåbærgrød."


def pdf(*pages: tuple[str, ...]) -> bytes:
    """A PDF with one line of text for each string."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        drawn = b"".join(
            b"BT /F1 11 Tf 50 %d Td (%s) Tj ET\n" % (780 - 14 * row, line.encode("cp1252").replace(b"(", b"\\("))
            for row, line in enumerate(lines)
        )
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % (len(objects) + 2)
        )
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(drawn), drawn))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def written(writer: pypdf.PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"])
def test_text_is_read_whatever_its_letters_are_stored_as(encoding: str) -> None:
    document = read_document(f"{WORDS}\r\n\r\nNæste afsnit.".encode(encoding), "svar.txt")
    assert [one.text for one in document.paragraphs] == [WORDS, "Næste afsnit."]
    assert document.kind == "text"
    assert bool(document.notices) == (encoding in ("cp1252", "latin-1"))


def test_text_wrapped_to_a_column_is_joined_and_short_lines_are_not() -> None:
    wrapped = "\n".join(
        [
            "Kommunen har i dag besluttet at gå sammen med regionen om at lave",
            "en fælles indsats for borgere, der har brug for hjælp fra begge,",
            "og som ellers ville falde mellem to stole i det lange forløb fra",
            "sygehus til eget hjem.",
            "",
            "Kontakt",
            "Lone Bach",
            "- et punkt",
            "- et andet punkt",
        ]
    )
    assert [one.text for one in read_document(wrapped.encode(), "a.txt").paragraphs][1:] == [
        "Kontakt",
        "Lone Bach",
        "- et punkt",
        "- et andet punkt",
    ]


def test_a_text_over_the_limit_is_cut_and_says_so() -> None:
    document = read_document(("a" * 999 + "\n").encode() * 11_000, "lang.txt")
    assert len(document.paragraphs) < 11_000
    assert "længere end 10 MB" in document.notices[-1]


@pytest.mark.parametrize(
    ("content", "filename", "says"),
    [
        (b"  \n ", "a.txt", "tom"),
        (bytes(range(256)) * 20, "a.txt", "ikke læse den type"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a.png", "ikke læse den type"),
        (b"tekst", "a.pdf", "ikke en PDF"),
        (b"%PDF-1.4 ikke mere", "a.pdf", "beskadiget"),
        (b"{\\rtf1 a}", "a.rtf", "RTF"),
        (b"<html><body><script>x</script></body></html>", "a.html", "ingen tekst"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(content: bytes, filename: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_document(content, filename)


def test_a_web_page_is_read_without_menu_and_scripts() -> None:
    page = f"""<!doctype html><html><head><title>Nyhed</title><meta charset="utf-8">
    <meta name="author" content="Ib (eksempel)"><style>p</style></head>
    <body><nav><a>Forside</a></nav><h1>Overskrift</h1><script>alert(1)</script><p>Et <b>fedt</b> afsnit.<br>Ny linje.</p>
    <ul><li>Punkt {WORDS}</li><li>To</li></ul><table><tr><td>Celle</td></tr></table><div>Løs <span>tekst</span></div>
    <p style="display: none">Skjult 010147-0001</p><img alt="Et billede"><!-- bemærkning --><footer>Bund</footer></body></html>"""
    document = read_document(page.encode(), "side.html")
    assert [(one.text, one.style) for one in document.visible] == [
        ("Overskrift", "heading 1"),
        ("Et fedt afsnit.", "text"),
        ("Ny linje.", "text"),
        (f"Punkt {WORDS}", "list"),
        ("To", "list"),
        ("Celle", "table"),
        ("Løs tekst", "text"),
    ]
    assert {(one.place, one.text) for one in document.hidden} == {
        ("hidden", "Skjult 010147-0001"),
        ("alt", "Et billede"),
        ("comment", "bemærkning"),
        ("metadata", "author: Ib (eksempel)"),
    }
    assert document.title == "Nyhed"
    assert document.notices


def test_a_pdf_is_read_with_its_pages() -> None:
    document = read_document(pdf(("Første side",), ("Anden side: sundhedsplan for alle på Ærø",)), "plan.pdf")
    assert [(one.text, one.place) for one in document.visible] == [
        ("Første side", "side 1"),
        ("Anden side: sundhedsplan for alle på Ærø", "side 2"),
    ]


def test_a_pdf_tells_what_lies_behind_the_pages() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(("Synlig tekst",))))
    writer.add_metadata({"/Author": "Ib 010147-0001"})
    writer.add_attachment("bilag.txt", b"vedlagt 010147-0002")
    document = read_document(written(writer), "plan.pdf")
    hidden = " ".join(one.text for one in document.hidden)
    assert "0001" in hidden
    assert "0002" in hidden
    assert any("vedhæftet" in one for one in document.notices)


def test_a_pdf_that_cannot_be_read_says_why() -> None:
    with pytest.raises(Unreadable, match="ingen tekst"):
        read_document(pdf(()), "skannet.pdf")
    with pytest.raises(Unreadable, match=r"2\.000 sider"):
        read_document(pdf(*[("x",)] * 2001), "lang.pdf")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(("Hemmeligt",))))
    writer.encrypt("kode", algorithm="RC4-128")
    with pytest.raises(Unreadable, match="adgangskode"):
        read_document(written(writer), "laast.pdf")


def test_the_child_gives_the_same_document_and_the_same_sentence() -> None:
    content = f"{WORDS}\nTo.".encode()
    assert read_safely(content, "a.txt") == read_document(content, "a.txt") == from_json(read_as_json(content, "a.txt"))
    with pytest.raises(Unreadable, match="Word-dokument, selv om"):
        read_safely(b"tekst", "a.docx")


def test_a_child_that_takes_too_long_or_too_much_is_ended() -> None:
    with pytest.raises(Stopped) as slow:
        run_limited(["timeit", "-n1", "-r1", "while True: pass"], b"", wall=1)
    assert slow.value.reason == "time"
    with pytest.raises(Stopped) as busy:
        run_limited(["timeit", "-n1", "-r1", "while True: pass"], b"", processor=1, wall=30)
    assert busy.value.reason == "time"
    with pytest.raises(Stopped) as big:
        run_limited(["timeit", "-n1", "-r1", "bytearray(1 << 30)"], b"", memory=300 << 20)
    assert big.value.reason == "memory"


def test_the_child_has_no_network() -> None:
    with pytest.raises(Stopped) as stopped:
        run_limited(["timeit", "-n1", "-r1", "import socket; socket.create_connection(('127.0.0.1', 9), 1)"], b"")
    assert "PermissionError" in stopped.value.errors


def test_the_reader_runs_at_the_command_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tovholder.formats", "read", "a.txt"], input=WORDS.encode(), capture_output=True, check=True
    )
    assert isinstance(from_json(done.stdout), ReadDocument)
    assert subprocess.run([sys.executable, "-m", "tovholder.formats", "nonsens"], capture_output=True, check=False).returncode == 2
