"""A workbook's file: which kind it really is, its parts, and their XML, all within limits."""

from __future__ import annotations

import re
import stat
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import NamedTuple, Self
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from de06cli.characters import visible_name
from de06cli.errors import UnreadableData
from de06cli.messages import _
from de06cli.plan.file.patience import patiently, reason
from de06cli.plan.file.reserved import why_refused
from de06cli.views.office import limits

_CHUNK = 1 << 16  # bytes that are unpacked at a time
_HEAD = 4096  # bytes by which a file that is no archive is known
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_UNREADABLE = (
    BadZipFile,
    zlib.error,
    EOFError,
    ArithmeticError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)

Attributes = dict[str, str]


class TooMuch(Exception):
    """A limit is exceeded; ``args[0]`` says which."""


class Relation(NamedTuple):
    """What a part refers to: the last word of the kind, and the name of the other part."""

    kind: str
    part: str


class Handlers(NamedTuple):
    """What is called for the elements of a part, with their local names, and for texts between them."""

    start: Callable[[str, Attributes], None]
    end: Callable[[str], None]
    text: Callable[[str], None] = lambda _text: None


class Package:
    """An open workbook, until the end of its block. ``path`` is the file as it was named."""

    def __init__(self, archive: ZipFile, path: Path) -> None:
        self.path = path
        self._archive = archive
        self._names = {name.lstrip("/").casefold(): name for name in archive.namelist()}
        self._elements = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_how: object) -> None:
        self._archive.close()

    @property
    def has_macros(self) -> bool:
        return any(name.endswith("vbaproject.bin") for name in self._names)

    def has(self, part: str) -> bool:
        return part.casefold() in self._names

    def relations(self, part: str) -> dict[str, Relation]:
        """What ``part`` refers to inside the file, by the names that it uses."""
        at = PurePosixPath(part)
        found: dict[str, Relation] = {}

        def start(name: str, attributes: Attributes) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                inside = target if target.startswith("/") else str(at.parent / target)
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = Relation(kind, normpath(inside).lstrip("/"))

        links = str(at.parent / "_rels" / f"{at.name}.rels").removeprefix("./")
        if self.has(links):
            self.walk(links, Handlers(start, lambda _name: None))
        return found

    def walk(self, part: str, handlers: Handlers, most: int = limits.PART_BYTES) -> None:
        """Reads a part to its end."""
        for _chunk in self.steps(part, handlers, most):
            pass

    def steps(self, part: str, handlers: Handlers, most: int = limits.PART_BYTES) -> Iterator[None]:
        """Reads a part, and stops after each piece of it, so that what came of it can be taken away.

        Raises UnreadableData where it is damaged or exceeds a limit.
        """
        try:
            parser = self._parser(handlers)
            size = 0
            with self._archive.open(self._names[part.casefold()]) as file:
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    if size > most:
                        raise TooMuch(_too_large(part, most))
                    parser.Parse(chunk, False)
                    yield
            parser.Parse(b"", True)
            yield
        except TooMuch as error:
            raise unreadable(self.path, str(error)) from None
        except expat.ExpatError as error:
            raise unreadable(self.path, _damaged(part, str(error))) from None
        except (*_UNREADABLE, OSError) as error:
            raise unreadable(
                self.path, _damaged(part, str(error) or type(error).__name__)
            ) from None

    def _parser(self, handlers: Handlers) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.ordered_attributes = False
        handle_start, handle_end = handlers.start, handlers.end
        local_names: dict[str, str] = {}
        depth = 0
        left = limits.XML_ELEMENTS - self._elements

        def start(name: str, attributes: Attributes) -> None:
            nonlocal depth, left
            depth += 1
            left -= 1
            if depth > limits.XML_DEPTH:
                raise TooMuch(_("phần tử XML lồng nhau quá {n} tầng").format(n=limits.XML_DEPTH))
            if left < 0:
                raise TooMuch(_("quá {n} phần tử XML").format(n=limits.XML_ELEMENTS))
            if name not in local_names:
                local_names[name] = name.rpartition(" ")[2]
            handle_start(local_names[name], attributes)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            if not depth:
                self._elements = limits.XML_ELEMENTS - left
            handle_end(local_names[name])

        def declared(*_how: object) -> None:
            raise TooMuch(_("có khai báo DTD, chỗ của thực thể tự nhân lên"))

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = handlers.text
        parser.StartDoctypeDeclHandler = declared
        return parser


def local(attributes: Attributes, name: str) -> str:
    """An attribute by its local name, whatever its namespace; empty where there is none."""
    for key, value in attributes.items():
        if key.rpartition(" ")[2] == name and " " in key:
            return value
    return ""


def opened(path: Path) -> Package:
    """The workbook. Raises UnreadableData with the reason where the file is none, or exceeds a limit."""
    _look(path)
    try:
        archive = patiently(lambda: ZipFile(path))
    except PermissionError as error:
        raise unreadable(path, reason(error)) from None
    except (*_UNREADABLE, OSError) as error:
        raise unreadable(path, _no_archive(path) or str(error)) from None
    try:
        return _checked(archive, path)
    except BaseException:
        archive.close()
        raise


def unreadable(path: Path, reason: str) -> UnreadableData:
    return UnreadableData(
        _("Không đọc được {path}: {reason}.").format(path=visible_name(path), reason=reason)
    )


def _too_large(part: str, most: int) -> str:
    return _("{part} lớn hơn {limit} MiB khi mở nén").format(part=part, limit=most // limits.MIB)


def _damaged(part: str, why: str) -> str:
    return _(
        "tệp bị hỏng ở {part} ({why}); hãy đề nghị đơn vị gửi lại tệp, hoặc mở bằng Excel rồi lưu lại"
    ).format(part=part, why=why)


def _look(path: Path) -> None:
    """Raises UnreadableData for faults that show before the file is opened as an archive."""
    if why := why_refused(path):
        raise unreadable(path, why)
    try:
        about = path.stat()
    except FileNotFoundError:
        raise UnreadableData(_("Không có tệp {path}.").format(path=visible_name(path))) from None
    except (OSError, ValueError) as error:
        raise unreadable(path, getattr(error, "strerror", None) or str(error)) from None
    if path.name.startswith(("~$", ".~lock.")):
        raise unreadable(
            path,
            _(
                "là tệp khóa mà Excel hoặc LibreOffice để lại khi mở sổ; hãy nhập chính "
                "tệp này: {name}"
            ).format(name=path.name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")),
        )
    if stat.S_ISDIR(about.st_mode):
        raise unreadable(path, _("là một thư mục"))
    if not stat.S_ISREG(about.st_mode):
        raise unreadable(path, _("không phải là tệp thông thường"))
    if about.st_size == 0:
        raise unreadable(path, _("tệp rỗng (0 byte); hãy đề nghị đơn vị gửi lại tệp"))
    if about.st_size > limits.WORKBOOK_BYTES:
        limit = limits.WORKBOOK_BYTES // limits.MIB
        raise unreadable(path, _("tệp lớn hơn {limit} MiB").format(limit=limit))


# What a file is that is no workbook --------------------------------------------------------------


def _save_as() -> str:
    return _("hãy mở bằng Excel hoặc LibreOffice rồi lưu lại ở dạng .xlsx")


def _no_archive(path: Path) -> str:
    """Why a file can't be opened as an archive; empty where the system gives the reason."""
    try:
        data = path.read_bytes()
    except OSError:
        return ""
    head = data[:_HEAD]
    if head.startswith(_OLE):
        return _old_office(data)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _(
            "tệp bị cắt cụt hoặc hỏng (tải về hay chép chưa xong); hãy đề nghị đơn vị gửi lại tệp"
        )
    if head.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")):
        return _("là tệp Excel đời cũ (.xls); ") + _save_as()
    if head.startswith(b"%PDF"):
        return _("là tệp PDF; hãy đề nghị đơn vị gửi lại tệp .xlsx đã điền")
    if not head.strip(b"\0"):
        return _(
            "tệp chỉ toàn byte 0 (chép hoặc đồng bộ chưa xong); hãy đề nghị đơn vị gửi lại tệp"
        )
    text = _as_text(head)
    if text is None:
        return _("không phải là một tệp xlsx; ") + _save_as()
    return _text_file(text)


def _as_text(head: bytes) -> str | None:
    """The beginning of a file as text; None where it is none."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if b"\0" in head:
        return None
    return head.decode("utf-8-sig", "replace")


def _text_file(text: str) -> str:
    start = text.lstrip().casefold()
    if "urn:schemas-microsoft-com:office:spreadsheet" in start:
        return _("là bảng tính XML 2003; ") + _save_as()
    if "urn:oasis:names:tc:opendocument" in start:
        return _("là bảng tính OpenDocument (.fods); ") + _save_as()
    if start.startswith(
        ("<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<div")
    ) or (start.startswith("<") and "<html" in start):
        return _("là một trang web (HTML) mang tên .xlsx; ") + _save_as()
    if start.startswith("mime-version:"):
        return _("là một trang web (MHTML) mang tên .xlsx; ") + _save_as()
    return _(
        "là tệp văn bản (ví dụ csv), không phải là sổ xlsx; hãy điền vào chính tệp .xlsx đã xuất"
    )


def _old_office(data: bytes) -> str:
    """An OLE compound file: its directory names its streams in UTF-16."""

    def names(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if names("EncryptedPackage") or names("EncryptionInfo"):
        return _(
            "tệp có mật khẩu; hãy bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ làm việc) rồi lưu lại"
        )
    if names("Workbook") or names("Book"):
        return _("là tệp Excel đời cũ (.xls); ") + _save_as()
    if names("WordDocument"):
        return _("là tệp Word đời cũ (.doc), không phải là sổ xlsx")
    return _("là tệp Office đời cũ; ") + _save_as()


def _checked(archive: ZipFile, path: Path) -> Package:
    """The package, if the archive is a workbook and within the limits. Raises UnreadableData."""
    members = archive.infolist()
    if len(members) > limits.PARTS:
        raise unreadable(path, _("tệp nén có quá {n} phần").format(n=limits.PARTS))
    if sum(member.file_size for member in members) > limits.WORKBOOK_UNPACKED:
        raise unreadable(path, _too_large(path.name, limits.WORKBOOK_UNPACKED))
    package = Package(archive, path)
    other = _other_archive(archive, package)
    if other:
        raise unreadable(path, other)
    if any(member.flag_bits & 1 for member in members):
        raise unreadable(path, _("tệp nén có mật khẩu; hãy bỏ mật khẩu rồi lưu lại"))
    return package


def _other_archive(archive: ZipFile, package: Package) -> str:
    """The kind of an archive that is no workbook; empty for a workbook."""
    names = {name.casefold() for name in archive.namelist()}
    if "mimetype" in names and "content.xml" in names:
        kind = _first_bytes(archive, "mimetype")
        if b"spreadsheet" in kind:
            return _("là bảng tính OpenDocument (.ods); ") + _save_as()
        return _("là tệp OpenDocument ({kind}), không phải là sổ xlsx").format(
            kind=re.sub(r"[^\w./+-]", "", kind.decode("ascii", "replace"))[:80]
        )
    if "xl/workbook.bin" in names:
        return _("là sổ Excel nhị phân (.xlsb); ") + _save_as()
    if any(name.startswith("word/") for name in names):
        return _("là tệp Word, không phải là sổ xlsx; hãy điền vào chính tệp .xlsx đã xuất")
    if any(name.startswith("ppt/") for name in names):
        return _("là tệp PowerPoint, không phải là sổ xlsx")
    if any(name.endswith(".iwa") for name in names):
        return _("là bảng tính Numbers; hãy xuất ra dạng .xlsx rồi gửi lại")
    if not package.has("[Content_Types].xml") and not package.has("xl/workbook.xml"):
        nested = [name for name in archive.namelist() if name.casefold().endswith(".xlsx")][:3]
        if nested:
            return _("là tệp nén chứa {names}; hãy giải nén rồi nhập từng tệp").format(
                names=", ".join(nested)
            )
        return _("là tệp nén (zip), không phải là sổ xlsx; ") + _save_as()
    return ""


def _first_bytes(archive: ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as file:
            return file.read(200)
    except (*_UNREADABLE, OSError):
        return b""
