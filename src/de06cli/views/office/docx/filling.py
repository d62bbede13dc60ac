"""The doorway to docxtpl: Word templates filled with texts, and the file that comes of it."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docxtpl import DocxTemplate

from de06cli.characters import visible_name
from de06cli.errors import RefusedValue
from de06cli.messages import _, language, use
from de06cli.plan.file.patience import patiently, reason
from de06cli.views import words
from de06cli.views.contents.register import Texts
from de06cli.views.office import archive, limits
from de06cli.views.office.docx import apart, evidence_links
from de06cli.views.page import templating

_REASON = 1000  # characters of why a template is refused
_QUOTED = 120  # characters of a broken template that the message quotes


def write(
    template: Path | Document,
    texts: Texts,
    day: date,
    path: Path,
    title: str,
    links: dict[str, str] | None = None,
) -> None:
    """Fills ``template`` with ``texts`` and writes it, as of ``day``. ``title`` is the file's own, where
    the template is de06's, and ``links`` tells there where evidence opens.

    Raises OSError, and RefusedValue for a template of an office that can't be filled.
    """
    if isinstance(template, Path):
        path.write_bytes(_filled_by_office(template, texts, day))
    else:
        filled = _filled(_saved(template), texts)
        evidence_links.add(filled, links or {})
        _describe(filled, title)
        _save(filled, day, path)


def write_form(form: Document, path: Path, title: str) -> None:
    """Writes a form with its tags. Raises OSError."""
    _describe(form, title)
    _save(form, _NO_DAY, path)


_NO_DAY = date(2024, 1, 1)  # a form is of no day; its file has to say one
_FIRST = date(1601, 1, 1)  # that Windows knows


class _Template(DocxTemplate):  # type: ignore[misc]  # the library has no types
    """A template whose filling has to be a document: the library would mend what is not, and lose some
    of it."""

    def fix_tables(self, xml: str) -> Any:
        parse_xml(xml.encode())
        return super().fix_tables(xml)

    def render_properties(self, *_how: object) -> None:
        """The file's own title and author are no places for tags."""


def _filled(source: BytesIO, texts: Texts) -> Document:
    template = _Template(source)
    template.render(dict(texts), templating.sandbox())
    document: Document = template.docx
    return document


def _filled_by_office(path: Path, texts: Texts, day: date) -> bytes:
    """The document that an office's template comes to, made where it can do no harm."""
    source = _read(path)
    entries = sum(len(value) for value in texts.values() if isinstance(value, list))
    most = apart.Limits(
        limits.FILLING_SECONDS + entries * limits.FILLING_SECONDS_A_TASK,
        limits.FILLING_MEMORY + entries * limits.FILLING_MEMORY_A_TASK,
    )
    asked = _Asked(source, dict(texts), day, language())
    try:
        return apart.run(f"{__name__}:fill", asked, most)
    except apart.Refused as refused:
        raise _refused(path, str(refused) or _no_document()) from None
    except apart.TookTooMuch as error:
        reason = (
            _("điền mẫu quá {n} giây; hãy bỏ các vòng lặp lồng nhau").format(n=round(most.seconds))
            if error.args[0] == "time"
            else _("điền mẫu cần quá nhiều bộ nhớ; hãy bỏ các vòng lặp và phép lặp chữ quá lớn")
        )
        raise _refused(path, reason) from None


class _Asked(NamedTuple):
    """The work that the other process gets."""

    template: bytes
    texts: Texts
    day: date
    language: str


def fill(asked: _Asked) -> bytes:
    """The other process: the filled document. Raises Refused with the reason."""
    use(asked.language)
    source = BytesIO(asked.template)
    try:
        docx.Document(source)
    except MemoryError:
        raise
    except Exception:  # whatever a file that is none makes of the library
        raise apart.Refused(_no_document()) from None
    try:
        written = BytesIO()
        _save(_filled(source, asked.texts), asked.day, written)
    except templating.UnknownName as error:
        names = {error.message or ""} | _Template(source).get_undeclared_template_variables(
            templating.sandbox(), asked.texts
        )
        reason = _("không có giá trị tên {names}; các giá trị dùng được: {known}").format(
            names=", ".join(sorted(names)), known=", ".join(sorted(asked.texts))
        )
    except templating.BadTemplate as error:
        why = error.message or type(error).__name__
        place = _place(error)
        reason = (
            _("thẻ viết sai ở “{place}” ({why})").format(place=place, why=why)
            if place
            else _not_worked_out(why)
        )
    except SyntaxError:  # of the XML that came of it
        reason = _(
            "các thẻ cắt ngang một bảng hay một đoạn; dùng {row} cho dòng của bảng, {paragraph} "
            "cho cả đoạn"
        ).format(row="{%tr … %}", paragraph="{%p … %}")
    except MemoryError:
        raise
    except Exception as error:  # whatever the template asks for
        reason = _not_worked_out(f"{type(error).__name__}: {error}")
    else:
        return written.getvalue()
    raise apart.Refused(reason[:_REASON])


def _read(path: Path) -> bytes:
    """The bytes of a template, after a look at its size."""
    try:
        if not path.is_file() and path.exists() and not path.is_dir():
            raise _refused(path, _("không phải là tệp thông thường"))
        if path.exists() and path.is_file() and path.stat().st_size > limits.TEMPLATE_BYTES:
            raise _refused(path, _("tệp quá lớn"))
        if patiently(lambda: archive.unpacked(path)) > limits.TEMPLATE_UNPACKED:
            raise _refused(path, _("tệp quá lớn"))
        return patiently(path.read_bytes)
    except FileNotFoundError:
        raise RefusedValue(_("Không có tệp {path}.").format(path=visible_name(path))) from None
    except OSError as error:
        raise _refused(path, reason(error)) from None
    except (BadZipFile, ValueError, NotImplementedError):
        raise _refused(path, _no_document()) from None


def _no_document() -> str:
    return _("không phải là một tệp Word; hãy lưu lại ở dạng .docx")


def _refused(path: Path, reason: str) -> RefusedValue:
    return RefusedValue(
        _("Mẫu {path} không hợp lệ: {reason}.").format(
            path=visible_name(path), reason=words.visible(reason)
        )
    )


def _not_worked_out(why: str) -> str:
    return _("một thẻ không tính được ({why})").format(why=why)


def _place(error: templating.BadTemplate) -> str:
    """The text around the tag that can't be read; nothing where only its value is wrong."""
    around = [words.one_line(text) for text in getattr(error, "docx_context", ())]
    line = getattr(error, "lineno", None) or 1
    return words.beginning(around[min(line, 4) - 1], _QUOTED) if around else ""


# The file ----------------------------------------------------------------------------------------


def _saved(document: Document) -> BytesIO:
    written = BytesIO()
    document.save(written)
    written.seek(0)
    return written


def _describe(document: Document, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, "de06", language()
    properties.comments = properties.keywords = properties.last_modified_by = ""


def _save(document: Document, day: date, path: Path | BytesIO) -> None:
    """Writes the document as if on ``day``, so that the same one gives the same bytes."""
    properties = document.core_properties
    moment = datetime.combine(max(day, _FIRST), time())
    properties.created = properties.modified = moment
    with ZipFile(_saved(document)) as members, archive.Dated(path, "w") as written:
        written.day = day
        for member in members.infolist():
            written.writestr(member.filename, members.read(member))
