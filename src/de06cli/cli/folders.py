"""The user's own folders, where this system keeps such things."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def cache() -> Path | None:
    """For what may be deleted at any time; None for a user without a home."""
    import platformdirs  # noqa: PLC0415 - what needs no folder does not pay for it

    return _absolute(platformdirs.user_cache_path)


def state() -> Path | None:
    """For what is to be kept from one command to the next; None for a user without a home."""
    import platformdirs  # noqa: PLC0415

    return _absolute(platformdirs.user_state_path)


def _absolute(place: Callable[..., Path]) -> Path | None:
    with suppress(RuntimeError):
        folder = place("de06", appauthor=False)
        if folder.is_absolute():  # an older library leaves a "~" that nobody can resolve
            return folder
    return None
