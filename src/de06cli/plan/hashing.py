"""Digests of what is kept, without OpenSSL for what is small.

``hashlib`` loads OpenSSL's library, which takes a quarter of the interpreter's own start. The module of the
standard library that ``hashlib`` falls back to, and ``random`` uses in the same way, does without.
"""

from __future__ import annotations

import sys
from contextlib import suppress

_LARGE = 1 << 20  # bytes that OpenSSL hashes sooner, even with its loading


def sha256(data: bytes) -> str:
    """The SHA-256 of ``data``: 64 hexadecimal digits."""
    if len(data) < _LARGE:
        with suppress(ImportError):  # a Python may be built without it
            if sys.version_info >= (3, 12):
                from _sha2 import sha256 as own  # noqa: PLC0415 - see above
            else:
                from _sha256 import sha256 as own  # noqa: PLC0415 - see above
            return str(own(data).hexdigest())
    from hashlib import sha256 as openssl  # noqa: PLC0415 - see above

    return openssl(data).hexdigest()
