"""A mail server on this computer, for as long as a test lasts, that can be as difficult as real ones."""

from __future__ import annotations

import asyncio
import email
import email.policy
import ssl
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, NamedTuple, Self

from aiosmtpd.smtp import SMTP, AuthResult

OK = "250 OK"


class Received(NamedTuple):
    """A message that the server took."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes

    @property
    def message(self) -> EmailMessage:
        made = email.message_from_bytes(self.data, policy=email.policy.default)
        assert isinstance(made, EmailMessage)
        assert made.defects == []
        return made


@dataclass
class Postbox:
    """Serves until it is left. ``settings`` are the library's: tls_context, authenticator and others.

    ``at_rcpt`` and ``at_data`` answer in the server's place; they get the library's server and the
    recipient, or the message.
    """

    tls: ssl.SSLContext | None = None  # from the first byte on
    settings: dict[str, Any] = field(default_factory=dict)
    user: str = "de06"
    password: str = "mật khẩu"
    at_rcpt: Callable[[Any, str], str] = lambda _server, _address: OK
    at_data: Callable[[Any, Received], str] = lambda _server, _received: OK
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    logins: list[str] = field(default_factory=list)  # the mechanisms of those that succeeded

    # The library's hooks

    async def handle_RCPT(self, server, _session, envelope, address, _options) -> str:  # noqa: N802
        answer = self.at_rcpt(server, address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, _session, envelope) -> str:  # noqa: N802
        got = Received(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content)
        answer = self.at_data(server, got)
        if answer.startswith("250"):
            self.received.append(got)
        return answer

    def authenticate(self, _server, _session, _envelope, mechanism, data) -> AuthResult:
        right = (data.login.decode(), data.password.decode()) == (self.user, self.password)
        if right:
            self.logins.append(mechanism)
        return AuthResult(success=right, handled=right)

    # A thread of its own

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)
        return self

    def _serve(self, ready: threading.Event) -> None:
        loop = self._loop
        asyncio.set_event_loop(loop)
        self._server = loop.run_until_complete(
            loop.create_server(self._protocol, "127.0.0.1", 0, ssl=self.tls)
        )
        self.port = self._server.sockets[0].getsockname()[1]
        ready.set()
        loop.run_forever()
        self._server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0.01))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    def _protocol(self) -> SMTP:
        self.connections += 1
        with warnings.catch_warnings():  # that a password may go over a loopback as it is
            warnings.simplefilter("ignore")
            return SMTP(self, hostname="mail.test", loop=self._loop, **self.settings)

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
