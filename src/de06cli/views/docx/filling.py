"""The doorway to docxtpl: Word templates filled with texts, and the file that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docxtpl import DocxTemplate

from de06cli.errors import RefusedValue
from de06cli.messages import _, language
from de06cli.plan.characters import visible_name
from de06cli.views import archive, templating, words

_LARGEST = 256 * 1024 * 1024  # bytes that a template may unpack to
_QUOTED = 120  # characters of a broken template that are told


def write(
    template: Path | Document, texts: Mapping[str, Any], day: date, path: Path, title: str
) -> None:
    """Fills ``template`` with ``texts`` and writes it, as of ``day``. ``title`` is the file's own, where
    the template is de06's.

    Raises OSError, and RefusedValue for a template of an office that can't be filled.
    """
    if isinstance(template, Path):
        filled = _filled_by_office(template, texts)
    else:
        filled = _filled(_saved(template), texts)
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

    def render_properties(self, *_how: Any) -> None:
        """The file's own title and author are no places for tags."""


def _filled(source: BytesIO, texts: Mapping[str, Any]) -> Document:
    template = _Template(source)
    template.render(dict(texts), templating.sandbox())
    document: Document = template.docx
    return document


def _filled_by_office(path: Path, texts: Mapping[str, Any]) -> Document:
    source = _read(path)
    try:
        return _filled(source, texts)
    except templating.UnknownName as error:
        names = {error.message or ""} | _Template(source).get_undeclared_template_variables(
            templating.sandbox(), texts
        )
        reason = _("không biết {names}; có: {known}").format(
            names=", ".join(sorted(names)), known=", ".join(sorted(texts))
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
    except Exception as error:  # whatever the template asks for
        reason = _not_worked_out(f"{type(error).__name__}: {error}")
    raise _refused(path, reason)


def _read(path: Path) -> BytesIO:
    """The bytes of a template, after a look at whether it is a document at all."""
    try:
        if archive.unpacked(path) > _LARGEST:
            raise _refused(path, _("tệp quá lớn"))
        source = BytesIO(path.read_bytes())
        docx.Document(source)
    except FileNotFoundError:
        raise RefusedValue(_("Không có tệp {path}.").format(path=visible_name(path))) from None
    except OSError as error:
        raise _refused(path, error.strerror or str(error)) from None
    except RefusedValue:
        raise
    except Exception:  # whatever a file that is none makes of the library
        raise _refused(path, _("không phải là một tệp Word; hãy lưu lại ở dạng .docx")) from None
    return source


def _refused(path: Path, reason: str) -> RefusedValue:
    return RefusedValue(
        _("Không dùng được mẫu {path}: {reason}.").format(
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


def _save(document: Document, day: date, path: Path) -> None:
    """Writes the document as if on ``day``, so that the same one gives the same bytes."""
    properties = document.core_properties
    moment = datetime.combine(max(day, _FIRST), time())
    properties.created = properties.modified = moment
    with ZipFile(_saved(document)) as members, archive.Dated(path, "w") as written:
        written.day = day
        for member in members.infolist():
            written.writestr(member.filename, members.read(member))
