"""The one way to read a file, whatever office form it has: by what it holds, not by its name alone."""

from __future__ import annotations

import csv
from pathlib import Path

from de06cli.characters import visible_name
from de06cli.drafting.reading import delimited, markdown, pasted, web_page
from de06cli.drafting.reading.source_tables import SourceDocument, TooManyCells
from de06cli.errors import UnreadableData
from de06cli.messages import _
from de06cli.plan.checks import formats
from de06cli.plan.file.patience import reason

MOST_BYTES = 64 << 20
_WORD, _WORKBOOK, _PAGE, _PDF = (
    "một văn bản Word (.docx)", "một bảng tính Excel (.xlsx)", "một trang web (HTML)", "một tệp PDF",
)  # fmt: skip


def read(path: Path) -> SourceDocument:
    """The tables of a docx, xlsx, csv, tsv, md, html file or of a text.

    Raises UnreadableData for any other file, and for one that is damaged or beyond a limit;
    ModuleNotFoundError where a workbook needs a library that is missing.
    """
    data = _bytes(path)
    kind = None if formats.unicode_form(data) else formats.kind(data)
    try:
        if kind == _WORD:
            from de06cli.drafting.reading import word_file  # noqa: PLC0415

            return word_file.read(path)
        if kind == _WORKBOOK:
            from de06cli.drafting.reading import workbook  # noqa: PLC0415 - needs openpyxl

            return workbook.read(path)
        if kind and kind != _PAGE:
            raise _unfit(path, kind)
        return _of_text(_decoded(data, path), path.suffix.casefold(), is_page=kind == _PAGE)
    except TooManyCells:
        raise _failed(path, _("bảng có quá nhiều ô")) from None


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _failed(path, _("là một thư mục"))
        if not path.exists():
            raise UnreadableData(_("Không có tệp {path}.").format(path=visible_name(path)))
        if path.stat().st_size > MOST_BYTES:
            raise _failed(path, _("tệp lớn hơn {limit} MiB").format(limit=MOST_BYTES >> 20))
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise _failed(path, reason(error) if isinstance(error, OSError) else str(error)) from None
    if not data.strip():
        raise _failed(path, _("tệp rỗng"))
    return data


def _of_text(text: str, ending: str, *, is_page: bool) -> SourceDocument:
    try:
        if is_page or ending in {".html", ".htm"}:
            return web_page.read(text)
        if ending in {".md", ".markdown"} and "|" in text:
            return markdown.read(text)
        if ending == ".csv":
            return delimited.read(text)
        if ending == ".tsv":
            return delimited.read(text, tabs=True)
    except csv.Error as error:
        raise UnreadableData(_("Không đọc được bảng: {reason}.").format(reason=error)) from None
    return pasted.read(text)


def _decoded(data: bytes, path: Path) -> str:
    form = formats.unicode_form(data)
    try:
        text = data.decode(form or "utf-8-sig")
    except UnicodeDecodeError:
        raise _failed(
            path, _("chữ không ở bảng mã UTF-8; hãy lưu lại tệp với bảng mã UTF-8")
        ) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _unfit(path: Path, kind: str) -> UnreadableData:
    if kind == _PDF:
        advice = _(
            "là một tệp PDF; hãy mở ra, chọn bảng, dán vào Word hoặc Excel rồi lưu lại, "
            "hoặc dán vào một tệp .txt"
        )
        return _failed(path, advice)
    advice = _("là {kind}; hãy mở ra rồi lưu lại ở dạng .docx hoặc .xlsx").format(kind=_(kind))
    return _failed(path, advice)


def _failed(path: Path, why: str) -> UnreadableData:
    return UnreadableData(
        _("Không đọc được {path}: {reason}.").format(path=visible_name(path), reason=why)
    )
