"""Signals that end a process: they become exceptions, and wait while a step has to be finished."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

_ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


class Interrupts:
    """Inside the block SIGINT raises KeyboardInterrupt, SIGTERM and SIGHUP raise SystemExit.

    A signal that was ignored before, as nohup and a shell's background do, stays ignored.
    """

    def __init__(self) -> None:
        self._before: dict[int, Any] = {}
        self._at_once: Callable[[], None] | None = None  # what a signal does while it is held back
        self.arrived: int | None = None  # the signal that was held back

    def __enter__(self) -> Self:
        for number in _ENDING:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._arrive)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[Callable[[Callable[[], None]], None]]:
        """Yields a function that begins to hold signals back; they are raised when the block ends.

        The function takes a callback, which a signal calls at once.
        """

        def hold(at_once: Callable[[], None]) -> None:
            self._at_once = at_once

        try:
            yield hold
        finally:
            self._at_once = None
            if self.arrived is not None:
                _raise(self.arrived)

    def _arrive(self, number: int, _frame: FrameType | None) -> None:
        if self._at_once is None:
            _raise(number)
        self.arrived = self.arrived or number
        if self._at_once is not None:
            self._at_once()


def _raise(number: int) -> None:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)
