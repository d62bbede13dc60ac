"""An SMTP dialogue within bounds: whatever the server does, it comes to an end and takes little memory.

A server that drips its answer, a byte now and then, gets no more time than one that is silent; one that
never comes to the end of an answer is cut off.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any, TypeVar

TIMEOUT = (
    30.0  # seconds for one answer, from its question to its last byte; the URL may say otherwise
)
LETTER = (
    4.0  # times as long for all that is said about one letter, connecting and logging in included
)
FAREWELL = 5.0  # seconds for QUIT, when all has been said
GRACE = 8.0  # seconds for the answer to a letter under way, once the process has been asked to end
TURN = 60.0  # seconds at least, until another run that is sending has to be done with a letter
REPLY = 65_536  # bytes of one answer, with all its lines
PATIENCE = (
    3  # letters in a row that found no server to answer for them, until the rest is not tried
)
_SLICE = 0.25  # seconds after which it is seen that there is less time now
_CHUNK = 16_384  # bytes handed over at once

_Got = TypeVar("_Got")


class TooLong(OSError):
    """An answer without end."""


class Clock:
    """How much time is left for a letter."""

    def __init__(self, answer: float) -> None:
        """``answer`` is how many seconds one answer may take."""
        self.answer = answer
        self._end = 0.0
        self.begin()

    def begin(self) -> None:
        """Another letter."""
        self._end = monotonic() + LETTER * self.answer

    def hurry(self, seconds: float) -> None:
        """Leaves no more than these."""
        self._end = min(self._end, monotonic() + seconds)

    def left(self) -> float:
        """Seconds for the next answer. Raises TimeoutError where there are none."""
        left = min(self.answer, self._end - monotonic())
        if left <= 0:
            raise TimeoutError
        return left


class Dialogue(smtplib.SMTP):
    """The library's client, whose every wait has an end; TLS from the first byte on where asked for."""

    def __init__(
        self, host: str, port: int, name: str, clock: Clock, context: ssl.SSLContext | None
    ) -> None:
        """Connects. ``context`` is that of a connection which is encrypted from its beginning.

        Raises OSError.
        """
        self._clock = clock
        self._context = context
        super().__init__(host, port, name, timeout=clock.answer)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """The library would give each address of a name as much time as all of them have."""
        failed: OSError = TimeoutError()
        for family, kind, protocol, _name, address in socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        ):
            opened = socket.socket(family, kind, protocol)
            try:
                opened.settimeout(min(timeout, self._clock.left()))
                opened.connect(address)
                if self._context is None:
                    return opened
                opened.settimeout(self._clock.left())
                return self._context.wrap_socket(opened, server_hostname=host)
            except ssl.SSLError:
                opened.close()
                raise
            except OSError as error:
                opened.close()
                failed = error
        raise failed

    def getreply(self) -> tuple[int, bytes]:
        """As the library reads it, within the time and the length that an answer may have."""
        if self.file is None:
            self.file = _Lines(self._received)
        self.file.begin()
        self._answered_by = monotonic() + self._clock.answer
        reply = super().getreply()
        if self.sock:
            with suppress(TimeoutError):  # no time is left, but this answer came in time
                self.sock.settimeout(self._clock.left())  # for a handshake that follows
        return reply

    def _received(self) -> bytes:
        return self._in_time(self._answered_by, lambda sock: sock.recv(4096))

    def send(self, s: Any) -> None:
        """Sends text or bytes, as fast as the server takes them within the time of the letter."""
        data = s.encode("ascii") if isinstance(s, str) else bytes(s)
        try:
            while data:
                data = data[self._sent(data[:_CHUNK]) :]
        except OSError:
            self.close()
            raise smtplib.SMTPServerDisconnected from None

    def _sent(self, piece: bytes) -> int:
        """How much of the piece the server took."""
        return self._in_time(monotonic() + self._clock.answer, lambda sock: sock.send(piece))

    def _in_time(self, end: float, act: Callable[[socket.socket], _Got]) -> _Got:
        """What ``act`` gives; it is tried until ``end``, or until the letter's time is up."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected
        while True:
            left = min(end - monotonic(), self._clock.left())
            if left <= 0:
                raise TimeoutError
            self.sock.settimeout(min(left, _SLICE))
            try:
                return act(self.sock)
            except TimeoutError:  # a slice of the time is over
                continue


class _Lines:
    """What a server says, line by line, as far as the library reads from a file."""

    def __init__(self, receive: Callable[[], bytes]) -> None:
        self._receive = receive
        self._rest = b""
        self._allowed = REPLY

    def begin(self) -> None:
        """Another answer."""
        self._allowed = REPLY

    def readline(self, limit: int) -> bytes:
        while b"\n" not in self._rest and len(self._rest) < limit:
            more = self._receive()
            if not more:
                break
            self._rest += more
        end = self._rest.find(b"\n") + 1 or len(self._rest)
        line, self._rest = self._rest[: min(end, limit)], self._rest[min(end, limit) :]
        self._allowed -= len(line)
        if self._allowed < 0:
            raise TooLong
        return line

    def close(self) -> None:
        self._rest = b""
