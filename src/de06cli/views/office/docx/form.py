"""The doorway to python-docx: documents in the form of Nghị định 30/2020/NĐ-CP, with tags to be filled.

A form holds words and tags, no data: an office may take it as it is, change it in Word and have it filled
again. Lengths are millimetres, sizes of letters points.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from de06cli.messages import _, language
from de06cli.views.contents.field_lists import ListField
from de06cli.views.office import measure

FONT = "Times New Roman"
_SHORT, _LONG = 210, 297  # of A4
_TOP, _BOTTOM, _LEFT, _RIGHT = 20, 20, 30, 15
_HEAD, _TEXT, _SMALL = 12, 13, 11
_WIDE, _UPRIGHT = 12, 11  # of lists, on paper laid across and upright
_POINT = 25.4 / 72
_EDGES = 4  # what a cell leaves free at both of its sides
_CENTRE, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_BODY, _CELL, _CELL_HEADING = "de06 body", "de06 cell", "de06 cell heading"
_ON_UPRIGHT = " upright"  # of a style's name: on upright paper


def new(*, landscape: bool = False) -> Document:
    """A blank document on A4."""
    document = docx.Document()
    _clean(document)
    _make_styles(document)
    _lay_out(document.sections[0], landscape=landscape)
    _number_pages(document.sections[0])
    return document


def _clean(document: Document) -> None:
    """Takes away what the library's own blank document brings: a picture of itself, and old ways of
    laying out a page."""
    relations = document.part.package.rels
    for key in [
        key for key, relation in relations.items() if relation.reltype.endswith("thumbnail")
    ]:
        del relations[key]
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # of Word 2013 and later


def room(document: Document) -> float:
    """The width of the text on the present page, in millimetres."""
    section = document.sections[-1]
    upright = section.orientation == WD_ORIENT.PORTRAIT
    return (_SHORT if upright else _LONG) - _LEFT - _RIGHT


# Pages and styles --------------------------------------------------------------------------------


def _lay_out(section: Section, *, landscape: bool) -> None:
    wide, high = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def _number_pages(section: Section) -> None:
    """The page's number, centred above the text; the first page, which has a header of its own, has
    none."""
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Normal"
    paragraph.alignment = _CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001 - the library has no fields
    section.first_page_header.paragraphs[0].style = "Normal"


def _make_styles(document: Document) -> None:
    styles = document.styles
    normal = styles["Normal"]
    _use_letters(normal, _TEXT)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), "vi-VN" if language() == "vi" else "en-GB")
    normal.element.get_or_add_rPr().append(tongue)
    for name in ("Heading 1", "Heading 2"):
        _use_letters(styles[name], _TEXT, bold=True)
        spaced = styles[name].paragraph_format
        spaced.space_before, spaced.space_after = Pt(4), Pt(2)
        spaced.first_line_indent = Mm(10)
        spaced.keep_with_next = True
    body = styles.add_style(_BODY, WD_STYLE_TYPE.PARAGRAPH)
    body.base_style = normal
    body.paragraph_format.alignment = _BOTH
    body.paragraph_format.first_line_indent = Mm(10)
    body.paragraph_format.space_after = Pt(6)
    for (name, bold), (paper, size) in product(_CELLS, _SIZES):
        style = styles.add_style(f"{name}{paper}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size, style.font.bold = Pt(size), bold
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0.5)
        if bold:
            style.paragraph_format.alignment = _CENTRE


_CELLS = ((_CELL, False), (_CELL_HEADING, True))
_SIZES = (("", _WIDE), (_ON_UPRIGHT, _UPRIGHT))


def _use_letters(style: Any, size: int, *, bold: bool | None = None) -> None:
    """Black Times New Roman, whatever kind of letters, and whatever the theme says."""
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)


# The head and the foot of a document -------------------------------------------------------------


def head(document: Document, number: str) -> None:
    """The issuing body, the document's number as far as it is known, quốc hiệu and tiêu ngữ, the place
    and the day."""
    widths = (68, room(document) - 68)
    table = _grid(document, 2, widths)
    issuer, state = table.rows[0].cells
    for text in ("{%p if upper %}", "{{ upper }}", "{%p endif %}"):
        _line(issuer, text, _HEAD)
    _line(issuer, "{{ signer }}", _HEAD, bold=True)
    _rule(issuer.add_paragraph(), widths[0] - _EDGES, 22)
    motto = _("Độc lập - Tự do - Hạnh phúc")
    _line(state, _("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), _HEAD, bold=True)
    _line(state, motto, _TEXT, bold=True)
    length = measure.width(motto, bold=True) * _TEXT * _POINT
    _rule(state.add_paragraph(), widths[1] - _EDGES, length)
    below, day = table.rows[1].cells
    _line(below, number, _TEXT)
    _line(day, "{{ locality }}, {{ made_on }}", _TEXT, italic=True)


def heading(document: Document, name: str, *about: str, under: str = "") -> None:
    """The kind of the document, what it is about, and a line about its figures."""
    for number, text in enumerate((name.upper(), *about)):
        paragraph = _centred(document.add_paragraph(), text, bold=True)
        paragraph.paragraph_format.space_before = Pt(0 if number else 12)
    _rule(document.add_paragraph(), room(document), 40)
    if under:
        paragraph = _centred(document.add_paragraph(), under)
        paragraph.runs[0].italic = True
        paragraph.paragraph_format.space_before = Pt(4)
        paragraph.paragraph_format.space_after = Pt(6)


def foot(document: Document) -> None:
    """Whom it goes to, and the place for the signature, which the office fills in."""
    table = _grid(document, 1, (75, room(document) - 75))
    recipients, signature = table.rows[0].cells
    _line(recipients, _("Nơi nhận:"), _HEAD, bold=True, italic=True, centred=False)
    for text in ("- ……………………;", _("- Lưu: VT.")):
        _line(recipients, text, _SMALL, centred=False)
    _line(signature, _BLANK, _TEXT, bold=True)
    for _space in range(4):
        signature.add_paragraph()
    _line(signature, _BLANK, _TEXT, bold=True)


_BLANK = "………………………………"


def appendix(document: Document, name: str, *about: str, landscape: bool = False) -> None:
    """A new section with page numbers of its own."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _lay_out(section, landscape=landscape)
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:cols")).addprevious(numbers)  # noqa: SLF001 - the library has none
    for text in (name, *about):
        _centred(document.add_paragraph(), text, bold=True)
    attached = _("(Kèm theo Báo cáo số ……/BC-…… {day} của {issuer})")
    text = attached.format(day="{{ made_on }}", issuer="{{ signer_name }}")
    paragraph = _centred(document.add_paragraph(), text)
    paragraph.runs[0].italic = True
    _rule(document.add_paragraph(), room(document), 40)


def _centred(paragraph: Paragraph, text: str, *, bold: bool = False) -> Paragraph:
    paragraph.alignment = _CENTRE
    paragraph.add_run(text).bold = bold
    return paragraph


def _line(
    cell: _Cell,
    text: str,
    size: int,
    *,
    bold: bool = False,
    italic: bool = False,
    centred: bool = True,
) -> None:
    """A line of its own in a cell, in the paragraph that each cell begins with or in a new one."""
    last = cell.paragraphs[-1]
    paragraph = cell.add_paragraph() if last.runs else last
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    if centred:
        paragraph.alignment = _CENTRE


def _rule(paragraph: Paragraph, wide: float, length: float) -> None:
    """Makes the paragraph, so many millimetres wide, a line of that length in its middle."""
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(max((wide - length) / 2, 0))
    shape.space_before, shape.line_spacing = Pt(3), Pt(4)
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 - the library has no borders
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


# The text ----------------------------------------------------------------------------------------


def chapter(document: Document, text: str, level: int = 1) -> None:
    document.add_paragraph(text, style=f"Heading {level}")


def count_from_one(document: Document) -> None:
    """Begins the numbers of ``numbered_chapter`` anew: a filled document counts those that stand in it."""
    document.add_paragraph("{%p set number = 0 %}")


def numbered_chapter(document: Document, text: str, counted: str = "") -> None:
    """A heading with the next number, and with how many rows the list ``counted`` has."""
    document.add_paragraph("{%p set number = number + 1 %}")
    rows = f": {{{{ count.{counted} }}}}" if counted else ""
    chapter(document, f"{{{{ number }}}}. {text}{rows}", 2)


def sentence(document: Document, text: str) -> None:
    document.add_paragraph(text, style=_BODY)


def abbreviations(document: Document, key: str = "agencies") -> None:
    """Explains the codes in the list ``key``, if there are any."""
    only_if(document, key)
    each = f"{{% for one in {key} %}}{{{{ one.code }}}}: {{{{ one.name }}}}"
    between = "{% if not loop.last %}; {% endif %}{% endfor %}"
    paragraph = document.add_paragraph(style=_CELL)
    paragraph.paragraph_format.space_before = Pt(2)
    paragraph.add_run(_("Chữ viết tắt:")).italic = True
    paragraph.add_run(f" {each}{between}.").font.size = Pt(_SMALL)
    end(document)


def only_if(document: Document, condition: str) -> None:
    """Begins a part that a filled document has only if the condition holds; ``end`` ends it."""
    document.add_paragraph(f"{{%p if {condition} %}}")


def end(document: Document) -> None:
    document.add_paragraph("{%p endif %}")


def listing(document: Document, key: str, fields: Sequence[ListField], total: str = "") -> None:
    """A table with a row for each in the list ``key``, as wide as the page; its heading is repeated.

    ``total`` names the values of a last row.
    """
    paper = _ON_UPRIGHT if document.sections[-1].orientation == WD_ORIENT.PORTRAIT else ""
    wide = room(document) / sum(field.width for field in fields)
    widths = [field.width * wide for field in fields]
    table = _grid(document, 4 + bool(total), widths)
    table.style = document.styles["Table Grid"]
    _repeat(table)
    first, begin, row, done = table.rows[:4]
    for cell, field in zip(first.cells, fields, strict=True):
        _put(cell, field.title, _CELL_HEADING + paper)
    begin.cells[0].paragraphs[0].add_run(f"{{%tr for row in {key} %}}")
    done.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    for cell, field in zip(row.cells, fields, strict=True):
        _put(cell, f"{{{{ row.{field.key} }}}}", _CELL + paper, centred=field.centred)
        if field.below:
            cell.paragraphs[0].runs[0].bold = True
        if field.behind:
            cell.paragraphs[0].add_run(
                f"{{% if row.{field.below} %}} – {{{{ row.{field.below} }}}}{{% endif %}}"
            )
        elif field.below:
            below = f"{{%p if row.{field.below} %}}", f"{{{{ row.{field.below} }}}}", "{%p endif %}"
            for text in below:
                cell.add_paragraph(text, style=_CELL + paper)
    for cell, field in zip(table.rows[4].cells if total else (), fields, strict=bool(total)):
        _put(cell, f"{{{{ {total}.{field.key} }}}}", _CELL_HEADING + paper, centred=field.centred)


def _put(cell: _Cell, text: str, style: str, *, centred: bool = True) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.alignment = _CENTRE if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.add_run(text)


def _grid(document: Document, rows: int, widths: Sequence[float]) -> Table:
    """A table without lines, whose columns have these widths."""
    table: Table = document.add_table(rows, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    for row in table.rows:
        _mark(row, "w:cantSplit")
    return table


def _repeat(table: Table) -> None:
    _mark(table.rows[0], "w:tblHeader")


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - the library has none of it
