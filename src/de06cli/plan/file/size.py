"""How large the file of a plan may be."""

from __future__ import annotations

from de06cli.messages import _

MAX_BYTES = 64 << 20


def too_large() -> str:
    return _("Tệp lớn hơn {limit} MiB, giới hạn của một kế hoạch.").format(limit=MAX_BYTES >> 20)
