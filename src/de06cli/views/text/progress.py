"""A progress bar for a person, on standard error, for what takes longer than a second."""

from __future__ import annotations

import time
from threading import Lock, Timer
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from de06cli.views.text.terminal import Bar

PATIENCE = 1.0  # seconds


class ProgressBar:
    """A bar, called ``label``, of ``total`` pieces of work; it appears after one second."""

    def __init__(self, label: str, total: int) -> None:
        self._label = label
        self._total = total
        self._done = 0
        self._began = time.monotonic()
        self._shown: Bar | None = None

    def advance(self) -> None:
        """Counts one more piece of work as done."""
        self._done += 1
        if self._shown is None and time.monotonic() - self._began > PATIENCE:
            from de06cli.views.text import terminal  # noqa: PLC0415 - brings Rich

            self._shown = terminal.Bar(self._label, self._total)
        if self._shown:
            self._shown.update(self._done)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        if self._shown:
            self._shown.stop()


class Working:
    """A moving bar, called ``label``, for work of unknown length; it appears after one second."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._shown: Bar | None = None
        self._left = False
        self._lock = Lock()
        self._timer = Timer(PATIENCE, self._show)
        self._timer.daemon = True

    def _show(self) -> None:
        from de06cli.views.text import terminal  # noqa: PLC0415 - brings Rich

        with self._lock:
            if not self._left:
                self._shown = terminal.Bar(self._label, None)

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._left = True
            if self._shown:
                self._shown.stop()
