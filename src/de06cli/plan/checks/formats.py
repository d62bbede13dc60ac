"""The format of a file that is no text, recognised by its first bytes."""

from __future__ import annotations

import re

from de06cli.messages import N_

_ZIP = b"PK\x03\x04"
_KINDS: list[tuple[bytes, str]] = [
    (b"%PDF-", N_("một tệp PDF")),
    (b"\0GITCRYPT\0", N_("một tệp đã mã hóa bằng git-crypt")),
    (b"age-encryption.org/", N_("một tệp đã mã hóa bằng age")),
    (b"-----BEGIN AGE ENCRYPTED FILE-----", N_("một tệp đã mã hóa bằng age")),
    (b"-----BEGIN PGP MESSAGE-----", N_("một tệp đã mã hóa bằng PGP")),
    (b"version https://git-lfs.github.com/spec/", N_("một con trỏ Git LFS")),
    (b"\x1f\x8b", N_("một tệp nén gzip")),
    (b"BZh", N_("một tệp nén bzip2")),
    (b"\xfd7zXZ\0", N_("một tệp nén xz")),
    (b"\x28\xb5\x2f\xfd", N_("một tệp nén zstd")),
    (b"7z\xbc\xaf\x27\x1c", N_("một tệp nén 7z")),
    (b"Rar!\x1a\x07", N_("một tệp nén RAR")),
    (b"PK\x05\x06", N_("một tệp zip trống")),
    (b"\x89PNG\r\n\x1a\n", N_("một tệp ảnh PNG")),
    (b"\xff\xd8\xff", N_("một tệp ảnh JPEG")),
    (b"GIF87a", N_("một tệp ảnh GIF")),
    (b"GIF89a", N_("một tệp ảnh GIF")),
    (b"II*\0", N_("một tệp ảnh TIFF")),
    (b"MM\0*", N_("một tệp ảnh TIFF")),
    (b"SQLite format 3\0", N_("một cơ sở dữ liệu SQLite")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        N_("một tệp Office dạng cũ (.doc, .xls) hoặc có mật khẩu"),
    ),
    (b"{\\rtf", N_("một tệp văn bản RTF")),
    (b"\x7fELF", N_("một chương trình")),
    (b"PAR1", N_("một tệp Parquet")),
    (b"PACK\0", N_("một gói của git")),
    (b"# v2 git bundle", N_("một gói của git")),
    (b"# v3 git bundle", N_("một gói của git")),
]
# What a zip holds says which program wrote it.
_ZIPPED = [
    (b"xl/", N_("một bảng tính Excel (.xlsx)")),
    (b"word/", N_("một văn bản Word (.docx)")),
    (b"ppt/", N_("một tệp trình chiếu PowerPoint (.pptx)")),
    (b"mimetypeapplication/vnd.oasis.opendocument", N_("một tệp OpenDocument (.odt, .ods)")),
]
_WEB_PAGE = re.compile(
    rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body|table|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\s*<\?xml\s")
_IMAGE_BLOCKS = {b"WEBP": N_("một tệp ảnh WebP"), b"WAVE": N_("một tệp âm thanh")}
_LOOKED_AT = 4096
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind(data: bytes) -> str | None:
    """The name of the bytes' format, a message; None if they may be a text."""
    head = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(_ZIP):
        return next((name for sign, name in _ZIPPED if _holds(data, sign)), N_("một tệp nén zip"))
    for sign, name in _KINDS:
        if head.startswith(sign):
            return name
    if head[:4] == b"RIFF" and head[8:12] in _IMAGE_BLOCKS:
        return _IMAGE_BLOCKS[head[8:12]]
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return N_("một tệp ảnh BMP")
    if head[4:12] in {b"ftypheic", b"ftypmif1", b"ftypavif"}:
        return N_("một tệp ảnh HEIC hoặc AVIF")
    if head[257:262] == b"ustar":
        return N_("một tệp nén tar")
    if _WEB_PAGE.match(head):
        return N_("một trang web (HTML)")
    if _XML.match(head):
        return N_("một tệp XML")
    if len(_BINARY.findall(head)) * 10 > len(head):
        return N_("một tệp nhị phân")
    return None


def _holds(data: bytes, sign: bytes) -> bool:
    """Whether a zip has the sign among its first names, or in the list of names at its end."""
    return sign in data[:_LOOKED_AT] or sign in data[-65536:]


def unicode_form(data: bytes) -> str | None:
    """The name of the Unicode form other than UTF-8 that the bytes are in, None for none of these.

    Its byte order mark says it, or zeros beside the first letters: three of four bytes in UTF-32.
    """
    if data[:4] in {b"\xff\xfe\0\0", b"\0\0\xfe\xff"}:
        return "UTF-32"
    if re.match(rb"(?:\0\0\0[^\0]){2}|(?:[^\0]\0\0\0){2}", data):
        return "UTF-32"
    if re.match(rb"\xff\xfe|\xfe\xff|(?:\0[^\0]){2}|(?:[^\0]\0){2}", data):
        return "UTF-16"
    return None
