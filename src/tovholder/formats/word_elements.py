from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tovholder.texts import danish
from tovholder.texts.difference import Run
from tovholder.texts.fingerprint import short

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

FONT = "IBM Plex Sans"
FALLBACK = "Arial"
INK, FJORD, GREY, WARM = "1A1A1A", "06364B", "5B5248", "F8F6F2"
NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NO_DATE = (1980, 1, 1, 0, 0, 0)
LANGUAGES = {"da": "da-DK", "en": "en-GB"}


def cleaned(text: str) -> str:
    """This will take out the signs that XML cannot hold and keep every sign a person can read."""
    return NOT_IN_XML.sub("", re.sub("\r\n?|[\x0b\x0c\u2028\u2029]", "\n", text))


class Paper:
    """One Word document being written from top to bottom."""

    def __init__(self, *, title: str, author: str, made_at: datetime | None, language: str = "da") -> None:
        from docx import Document as new_document

        self.document: Document = new_document()
        self.headings: list[tuple[int, str, str]] = []
        self.contents_at: Any = None
        self.contents_depth = 2
        self.title = " ".join(cleaned(title).split())
        self.made_at = made_at
        self._describe(author, LANGUAGES[language])
        self._style()
        self._upright(self.document.sections[0])

    def _describe(self, author: str, language: str) -> None:
        from docx.oxml.ns import qn

        core = self.document.core_properties
        core.title, core.author, core.last_modified_by = self.title[:255], cleaned(author)[:255], cleaned(author)[:255]
        core.language, core.comments, core.revision = language, "", 1
        for name in ("created", "modified"):
            element = core._element.find(qn(f"dcterms:{name}"))
            if element is not None:
                core._element.remove(element)
        if self.made_at is not None:
            core.created = core.modified = self.made_at.astimezone(UTC)
        defaults = self.document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        spoken = defaults.find(qn("w:lang"))
        spoken.set(qn("w:val"), language)
        self._element(self.document.settings.element, "w:themeFontLang", reuse=True).set(qn("w:val"), language)

    def _style(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        styles = self.document.styles
        for name in ("toc 1", "toc 2", "Table Text"):
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
        sizes = {"Normal": 10.5, "Title": 24, "Subtitle": 13, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11}
        for name, size in (sizes | {"Table Text": 9, "Quote": 10.5, "Footer": 8, "toc 1": 10.5, "toc 2": 10.5}).items():
            style: Any = styles[name]
            style.font.size, style.font.name, style.font.italic = Pt(size), FONT, False
            style.font.color.rgb = RGBColor.from_string(INK)
            fonts = style.element.rPr.rFonts
            for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{script}"), None)
            fonts.set(qn("w:cs"), FONT)
            style.paragraph_format.space_after = Pt(3 if name in ("Table Text", "toc 1", "toc 2") else 6)
        styles["toc 2"].paragraph_format.left_indent = styles["Quote"].paragraph_format.left_indent = Pt(18)
        inserted: Any = styles.add_style("Inserted Text", WD_STYLE_TYPE.CHARACTER)
        inserted.font.bold = inserted.font.underline = True
        inserted.font.color.rgb = RGBColor.from_string(FJORD)
        deleted: Any = styles.add_style("Deleted Text", WD_STYLE_TYPE.CHARACTER)
        deleted.font.strike = True
        deleted.font.color.rgb = RGBColor.from_string(GREY)
        self._name_fallback_font()

    def _name_fallback_font(self) -> None:
        entry = (
            f'<w:font w:name="{FONT}"><w:altName w:val="{FALLBACK}"/><w:family w:val="swiss"/>'
            '<w:pitch w:val="variable"/></w:font></w:fonts>'
        ).encode()
        for part in self.document.part.package.iter_parts():
            if str(part.partname) == "/word/fontTable.xml":
                part._blob = part.blob.replace(b"</w:fonts>", entry)

    @staticmethod
    def _upright(section: Section) -> None:
        from docx.shared import Cm

        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.2)

    def sideways(self) -> None:
        """This will begin a new section on A4 paper turned on its side."""
        from docx.enum.section import WD_ORIENT, WD_SECTION
        from docx.shared import Cm

        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.left_margin = section.right_margin = Cm(2)

    @staticmethod
    def _element(parent: Any, tag: str, /, *, reuse: bool = False, **attributes: str) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        element = parent.find(qn(tag)) if reuse else None
        if element is None:
            element = OxmlElement(tag)
            parent.append(element)
        for key, value in attributes.items():
            element.set(qn(f"w:{key}"), value)
        return element

    def _fill(self, paragraph: Any, text: str) -> None:
        run = self._element(paragraph, "w:r")
        for number, line in enumerate(text.split("\n")):
            if number:
                self._element(run, "w:br")
            for place, piece in enumerate(line.split("\t")):
                if place:
                    self._element(run, "w:tab")
                if piece:
                    element = self._element(run, "w:t")
                    element.text = piece
                    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _field(self, paragraph: Any, instruction: str, shown: str) -> None:
        self._begin_field(paragraph, instruction)
        self._fill(paragraph, shown)
        self._element(self._element(paragraph, "w:r"), "w:fldChar", fldCharType="end")

    def _begin_field(self, paragraph: Any, instruction: str) -> None:
        self._element(self._element(paragraph, "w:r"), "w:fldChar", fldCharType="begin")
        element = self._element(self._element(paragraph, "w:r"), "w:instrText")
        element.text = f" {instruction} "
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        self._element(self._element(paragraph, "w:r"), "w:fldChar", fldCharType="separate")

    def heading(self, text: str, level: int = 1) -> None:
        """This will write a heading that Word's navigation and the table of contents know."""
        line = " ".join(cleaned(text).split())
        level = max(1, min(level, 9))
        paragraph = self.document.add_paragraph(style=f"Heading {level}")
        if level > 2:
            self._fill(paragraph._p, line)
            return
        number = len(self.headings) + 1
        name = f"_Toc{number:08d}"
        self._element(paragraph._p, "w:bookmarkStart", id=str(number), name=name)
        self._fill(paragraph._p, line)
        self._element(paragraph._p, "w:bookmarkEnd", id=str(number))
        self.headings.append((level, line, name))

    def text(self, text: str, style: str = "Normal") -> None:
        """This will write running text: an empty line begins a paragraph, a dash or dot begins a point in a list."""
        for block in re.split(r"\n\s*\n", cleaned(text).strip("\n")):
            points = [line.strip() for line in block.split("\n")]
            if all(re.match(r"[-–•*]\s", point) for point in points):
                for point in points:
                    self._fill(self.document.add_paragraph(style="List Bullet")._p, point[1:].strip())
            elif block.strip():
                self._fill(self.document.add_paragraph(style=style)._p, block)

    def paragraph(self, text: str, style: str = "Normal") -> None:
        """This will write one paragraph as it is, whatever signs it begins with."""
        self._fill(self.document.add_paragraph(style=style)._p, cleaned(text))

    def shade(self, style: Any) -> None:
        """This will give the paragraphs of a style the warm paper behind them."""
        self._element(style.element.get_or_add_pPr(), "w:shd", val="clear", color="auto", fill=WARM)

    def difference(self, runs: Sequence[Run]) -> None:
        """This will write a comparison: new words bold and underlined, words that go out struck through."""
        styles = {"same": None, "inserted": "Inserted Text", "deleted": "Deleted Text"}
        paragraph = self.document.add_paragraph(style="Quote")
        for run in runs:
            for number, piece in enumerate(re.split(r"\n\s*\n", cleaned(run.text))):
                if number:
                    paragraph = self.document.add_paragraph(style="Quote")
                if piece:
                    written = paragraph.add_run(piece)
                    if name := styles[run.kind]:
                        written.style = name

    def facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """This will write names with what they are, one pair a line and not as a table."""
        from docx.shared import Cm, Pt

        for number, (name, what) in enumerate(pairs, start=1):
            paragraph = self.document.add_paragraph(style="Normal")
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(3.5))
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(3.5), Cm(-3.5)
            paragraph.paragraph_format.space_after = Pt(10 if number == len(pairs) else 2)
            paragraph.add_run(cleaned(name)).bold = True
            self._fill(paragraph._p, "\t" + cleaned(what))

    def picture(self, png: bytes, alt: str, *, width: float) -> None:
        """This will place a picture, its width in centimetres, with words for those who cannot see it."""
        from docx.shared import Cm

        shape = self.document.add_picture(io.BytesIO(png), width=Cm(width))
        told = shape._inline.docPr
        told.set("descr", cleaned(alt))
        told.set("name", f"Tegning {told.get('id')}")
        self.document.paragraphs[-1].paragraph_format.keep_with_next = False

    def table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        right: Sequence[bool] = (),
        caption: str = "",
    ) -> None:
        """This will write a table whose headings come again on every page; widths are in centimetres, `right` tells where numbers stand."""
        table = self.document.add_table(0, len(widths), style="Table Grid")
        table.autofit = False
        twips = [round(width * 567) for width in widths]
        for column, width in zip(table.columns, twips, strict=True):
            column._gridCol.set(next(iter(column._gridCol.keys()), "w"), str(width))
        if caption:
            self._element(table._tbl.tblPr, "w:tblCaption", val=cleaned(caption))
        to_right = right or [False] * len(widths)
        if headers:
            self._row(table._tbl, headers, twips, to_right, is_header=True)
        for row in rows:
            self._row(table._tbl, row, twips, to_right, is_header=False)
        self.document.add_paragraph()

    def _row(self, table: Any, cells: Sequence[str], twips: Sequence[int], to_right: Sequence[bool], *, is_header: bool) -> None:
        row = self._element(table, "w:tr")
        if is_header:
            properties = self._element(row, "w:trPr")
            self._element(properties, "w:cantSplit")
            self._element(properties, "w:tblHeader")
        for text, width, is_right in zip(cells, twips, to_right, strict=True):
            cell = self._element(row, "w:tc")
            properties = self._element(cell, "w:tcPr")
            self._element(properties, "w:tcW", w=str(width), type="dxa")
            if is_header:
                self._element(properties, "w:shd", val="clear", color="auto", fill=WARM)
            paragraph = self._element(cell, "w:p")
            style = self._element(paragraph, "w:pPr")
            self._element(style, "w:pStyle", val="TableText")
            if is_right:
                self._element(style, "w:jc", val="right")
            self._fill(paragraph, cleaned(text).strip())
            if is_header:
                properties = self._element(paragraph[-1], "w:rPr")
                self._element(properties, "w:b")
                paragraph[-1].insert(0, properties)

    def contents(self, heading: str, *, depth: int = 2) -> None:
        """This will keep the place where the table of contents goes once every heading is written; depth is 1 or 2."""
        self.contents_depth = depth
        paragraph = self.document.add_paragraph()
        paragraph.add_run(heading).bold = True
        self.contents_at = self.document.add_paragraph(style="toc 1")

    def _write_contents(self) -> None:
        place = self.contents_at._p
        self._begin_field(place, rf'TOC \o "1-{self.contents_depth}" \h \z \u')
        paragraph = self.contents_at
        shown = [heading for heading in self.headings if heading[0] <= self.contents_depth]
        for number, (level, line, name) in enumerate(shown):
            if number:
                following = self.document.add_paragraph(style=f"toc {level}")
                paragraph._p.addnext(following._p)
                paragraph = following
            link = self._element(paragraph._p, "w:hyperlink", anchor=name, history="1")
            self._fill(link, line)
        self._element(self._element(paragraph._p, "w:r"), "w:fldChar", fldCharType="end")

    def footer(self, fingerprint: str) -> None:
        """This will put fingerprint, date and page number at the foot of every page."""
        day = danish.long_date(danish.in_denmark(self.made_at)) if self.made_at is not None else ""
        marks = [f"Fingeraftryk {short(fingerprint)}" if fingerprint else "", day]
        self.foot_line(" · ".join(mark for mark in marks if mark))

    def foot_line(self, line: str) -> None:
        """This will put a line and the page number at the foot of every page."""
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Cm

        style: Any = self.document.styles["Footer"]
        style.paragraph_format.tab_stops.clear_all()
        style.paragraph_format.tab_stops.add_tab_stop(Cm(16), WD_TAB_ALIGNMENT.RIGHT)
        paragraph = self.document.sections[0].footer.paragraphs[0]
        self._fill(paragraph._p, cleaned(line) + "\tSide ")
        self._field(paragraph._p, "PAGE", "1")
        self._fill(paragraph._p, " af ")
        self._field(paragraph._p, "NUMPAGES", "1")

    def as_bytes(self) -> bytes:
        """This will close the document and give the same bytes for the same content every time."""
        if self.contents_at is not None:
            self._write_contents()
        written, result = io.BytesIO(), io.BytesIO()
        self.document.save(written)
        with zipfile.ZipFile(written) as made, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as kept:
            for name in made.namelist():
                kept.writestr(zipfile.ZipInfo(name, NO_DATE), made.read(name), zipfile.ZIP_DEFLATED)
        return result.getvalue()
