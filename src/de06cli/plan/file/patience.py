"""Files that another program has open, as Windows forbids: most programs let go of them soon."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from contextlib import suppress
from stat import S_ISDIR
from typing import TypeVar

from de06cli.messages import _

SECONDS = 5.0
_OPEN_ELSEWHERE = {5, 32, 33}  # access denied, a sharing violation, a lock violation

_Result = TypeVar("_Result")


def patiently(action: Callable[[], _Result]) -> _Result:
    """What ``action`` gives, tried again for ``SECONDS`` while another program has its file open.

    Raises what ``action`` raised last.
    """
    until = time.monotonic() + SECONDS
    while True:
        try:
            return action()
        except PermissionError as error:
            if not _is_open_elsewhere(error) or time.monotonic() >= until:
                raise
        time.sleep(0.05)


def reason(error: OSError) -> str:
    """Why the system refused, in its own words; a folder, or a file that is open elsewhere, in ours."""
    if is_folder(error):
        return _("đây là một thư mục, không phải tệp")
    if _is_open_elsewhere(error):
        return _("chương trình khác đang mở tệp này; hãy đóng rồi chạy lại")
    return error.strerror or str(error)


def _is_open_elsewhere(error: OSError) -> bool:
    code = getattr(error, "winerror", None)  # which opening a file does not give
    if code is None and os.name == "nt":
        return error.errno == errno.EACCES and not is_folder(error)
    return code in _OPEN_ELSEWHERE


def is_folder(error: OSError) -> bool:
    """Whether a folder was opened as a file, which Windows calls a lack of permission."""
    if error.errno == errno.EISDIR:
        return True
    if error.errno != errno.EACCES or error.filename is None or error.filename2 is not None:
        return False
    with suppress(OSError):
        return S_ISDIR(os.stat(error.filename).st_mode)
    return False
