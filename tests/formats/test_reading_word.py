"""Word documents, with what one sees, what lies hidden, and what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
import pytest

from tovholder.formats.reading import ReadDocument, Unreadable, read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOT_WORD = "Filen er ikke et Word-dokument, selv om den hedder .docx. Gem den igen i Word, og prøv."


def plain() -> bytes:
    document = docx.Document()
    document.add_heading("Sundhedsplan", 1)
    document.add_paragraph("Et afsnit.")
    document.add_paragraph("Et punkt", style="List Bullet")
    document.add_table(1, 2).rows[0].cells[1].text = "En celle"
    document.sections[0].footer.paragraphs[0].text = "Sidefod 010147-1111"
    document.sections[0].header.paragraphs[0].text = "Sidehoved"
    document.core_properties.author = "Lone Bach (eksempel)"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def changed(parts: Mapping[str, bytes], body: str = "", base: bytes | None = None) -> bytes:
    """The plain document with parts added or replaced and XML put first in its body."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base or plain())) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml" and body:
                content = content.replace(b"<w:body>", b"<w:body>" + body.encode(), 1)
            if name not in parts:
                out.writestr(name, content)
        for name, content in parts.items():
            out.writestr(name, content)
    return target.getvalue()


def at(document: ReadDocument, place: str) -> str:
    return " | ".join(one.text for one in document.paragraphs if one.place == place)


def workbook(text: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as out:
        out.writestr("xl/sharedStrings.xml", f"<sst><si><t>{text}</t></si></sst>")
        out.writestr("xl/worksheets/sheet1.xml", "<worksheet><row><c><v>42</v></c></row></worksheet>")
    return target.getvalue()


def test_headings_lists_and_tables_come_in_order() -> None:
    document = read_document(plain(), "plan.docx")
    assert [(one.text, one.style) for one in document.visible] == [
        ("Sundhedsplan", "heading 1"),
        ("Et afsnit.", "text"),
        ("Et punkt", "list"),
        ("En celle", "table"),
    ]
    assert document.kind == "word"
    assert document.title == "Sundhedsplan"
    assert document.lines[2] == "• Et punkt"
    assert [one.number for one in document.paragraphs] == list(range(1, len(document.paragraphs) + 1))


def test_every_hidden_place_is_listed_with_its_place() -> None:
    body = (
        '<w:p><w:r><w:t>Ny </w:t></w:r><w:ins w:id="1" w:author="x"><w:r><w:t>indsat 010147-0001</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="x"><w:r><w:delText>slettet 010147-0002</w:delText></w:r></w:del>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult 010147-0003</w:t></w:r>"
        '<w:r><w:instrText>HYPERLINK "mailto:a@b.example"</w:instrText></w:r>'
        '<w:r><w:drawing><x:docPr xmlns:x="urn:x" id="9" descr="billede 010147-0004"/></w:drawing></w:r>'
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>boks 010147-0005</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    parts = {
        "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="Ib (eksempel)"><w:p><w:r><w:t>kommentar '
        f"010147-0006</w:t></w:r></w:p></w:comment></w:comments>",
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1"><w:p><w:r><w:t>fodnote '
        f"010147-0007</w:t></w:r></w:p></w:footnote></w:footnotes>",
        "word/charts/chart1.xml": '<c:chart xmlns:c="urn:c"><c:v>diagram 010147-0008</c:v></c:chart>',
        "customXml/item1.xml": "<root><a>metadata 010147-0009</a></root>",
        "docProps/custom.xml": "<Properties><property><v>egenskab 010147-0010</v></property></Properties>",
    }
    content = changed(
        {
            **{name: text.encode() for name, text in parts.items()},
            "word/embeddings/Microsoft_Excel_Sheet1.xlsx": workbook("regneark 010147-0011"),
        },
        body,
    )
    document = read_document(content, "plan.docx")
    assert document.visible[0].text == "Ny indsat 010147-0001"
    for place, text in (
        ("inserted", "0001"),
        ("deleted", "0002"),
        ("hidden", "0003"),
        ("field", "mailto"),
        ("alt", "0004"),
        ("textbox", "0005"),
        ("comment", "0006"),
        ("footnote", "0007"),
        ("embedded", "0008"),
        ("metadata", "0009"),
        ("metadata", "0010"),
        ("embedded", "0011"),
        ("footer", "1111"),
        ("header", "Sidehoved"),
        ("metadata", "Lone Bach"),
        ("metadata", "Ib"),
    ):
        assert text in at(document, place), place
    assert any("slettet tekst" in one for one in document.notices)
    assert any("diagram" in one for one in document.notices)


def test_macros_objects_and_outside_templates_are_left_out_and_said() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://x/attachedTemplate" Target="http://ond.example/skabelon.dotm" TargetMode="External"/></Relationships>'
    )
    document = read_document(
        changed(
            {
                "word/vbaProject.bin": b"\xd0\xcf\x11\xe0makro",
                "word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0ole",
                "word/_rels/settings.xml.rels": relations.encode(),
            }
        ),
        "plan.docx",
    )
    assert {"makroer", "objekt", "udefra"} <= {word for one in document.notices for word in one.replace(".", "").split()}
    assert "ond.example" in at(document, "link")


def test_what_is_called_docx_and_is_not() -> None:
    with pytest.raises(Unreadable) as told:
        read_document(b"Bare tekst", "svar.docx")
    assert str(told.value) == NOT_WORD
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as out:
        out.writestr("a.txt", "tekst")
    with pytest.raises(Unreadable) as told:
        read_document(target.getvalue(), "svar.docx")
    assert str(told.value) == NOT_WORD


def test_the_content_tells_the_type_and_the_name_does_not() -> None:
    assert read_document(plain(), "notat.txt").kind == "word"
    assert read_document(b"%PDF-1.4"[:0] + b"Bare tekst", "notat").kind == "text"


@pytest.mark.parametrize(
    ("name", "parts", "says"),
    [
        ("bomb", {"word/media/x.xml": b"0" * (40 << 20)}, "pakker ud"),
        ("many entries", {f"word/e{number}.xml": b"<a/>" for number in range(5001)}, "pakker ud"),
        ("path", {"../../etc/passwd": b"x"}, "stoler"),
        ("backslash", {"word\\..\\x.xml": b"x"}, "stoler"),
        ("nested archive", {"word/media/inner.zip": workbook("x")}, "pakket fil"),
        ("entities", {"word/comments.xml": b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'}, "stoler"),
        ("outside file", {"word/comments.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}, "stoler"),
        ("broken part", {"word/comments.xml": b"<a><b></a>"}, "beskadiget"),
        (
            "relation outside",
            {
                "word/_rels/x.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                b'<Relationship Id="a" Type="t" Target="../../../x"/></Relationships>'
            },
            "stoler",
        ),
    ],
)
def test_hostile_packages_are_refused_with_a_sentence(name: str, parts: dict[str, bytes], says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_document(changed(parts), "plan.docx")


def test_locked_and_damaged_files_are_refused_with_a_sentence() -> None:
    content = bytearray(plain())
    place = content.rindex(b"PK\x01\x02")
    content[place + 8] |= 1
    with pytest.raises(Unreadable, match="adgangskode"):
        read_document(bytes(content), "plan.docx")
    with pytest.raises(Unreadable, match="beskadiget"):
        read_document(plain()[:400], "plan.docx")
    with pytest.raises(Unreadable, match="adgangskode"):
        read_document(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "plan.docx")
    with pytest.raises(Unreadable, match="gamle Word-format"):
        read_document(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "plan.doc")


def test_a_header_that_lies_about_its_size_is_still_counted() -> None:
    content = bytearray(changed({"word/comments.xml": b"<a>" + b" " * (30 << 20) + b"</a>"}))
    for mark, offset in ((b"PK\x01\x02", 24),):
        place = content.rindex(mark)
        content[place + offset : place + offset + 4] = (100).to_bytes(4, "little")
    with pytest.raises(Unreadable):
        read_document(bytes(content), "plan.docx")
