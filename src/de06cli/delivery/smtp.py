"""Messages handed to a mail server: where it is, and one connection for many messages.

The message about a failure never holds the password, whatever the server answered.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from de06cli.characters import beginning, one_line, visible
from de06cli.delivery.dialogue import FAREWELL, GRACE, PATIENCE, TIMEOUT, Clock, Dialogue, TooLong
from de06cli.errors import RefusedValue
from de06cli.messages import _

_SAID = 200  # characters of a server's own words
_CLOSING = 421


class Security(StrEnum):
    NONE = "smtp"
    STARTTLS = "smtp+starttls"
    TLS = "smtps"


_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}


class Server(NamedTuple):
    security: Security
    host: str
    port: int
    user: str | None
    password: str | None
    timeout: float  # seconds

    def __repr__(self) -> str:
        return f"<Server {self.security}://{self.host}:{self.port}>"


# What stays wrong however often it is tried; a wrong password may even lock the account.
_LASTING = (
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
    ssl.SSLCertVerificationError,
)


class Undelivered(Exception):
    """A message that no recipient got; ``args[0]`` says why."""


class Unanswered(Undelivered):
    """A message that was handed over, and nobody knows whether the server took it."""


class _Dropped(Exception):
    """The connection broke before the message was under way; ``args[0]`` says how."""

    def __init__(self, reason: str, *, slow: bool = False) -> None:
        """``slow``: the server hung on rather than up, and would do so again."""
        super().__init__(reason)
        self.slow = slow


def server(environment: Mapping[str, str]) -> Server:
    """The server that ``DE06_SMTP_URL`` names, with the password that stands there or beside it.

    Raises RefusedValue, which never repeats the variable.
    """
    url = _split(environment.get("DE06_SMTP_URL", ""))
    security = Security(url.scheme)
    user = unquote(url.username) if url.username else None
    password = unquote(url.password) if url.password else _password_beside(environment)
    host = str(url.hostname)
    if user and password is None:
        raise RefusedValue(
            _(
                "DE06_SMTP_URL có tên đăng nhập nhưng thiếu mật khẩu: đặt "
                "DE06_SMTP_PASSWORD hoặc DE06_SMTP_PASSWORD_FILE."
            )
        )
    if user and security is Security.NONE and not _is_here(host):
        raise RefusedValue(
            _("Không gửi mật khẩu qua kết nối không mã hóa: dùng smtp+starttls:// hoặc smtps://.")
        )
    return Server(
        security,
        host,
        url.port or _PORTS[security],
        user,
        password if user else None,
        _timeout(url),
    )


def _split(url: str) -> SplitResult:
    """The parts of an URL that names a server."""
    try:
        parts = urlsplit(url.strip())
        right = (
            parts.scheme in set(Security)
            and parts.hostname
            and parts.hostname.encode("idna")
            and parts.port != 0
            # A password with one of /?# in it that is not written as %2F ends the host too early.
            and parts.path in {"", "/"}
            and not parts.fragment
            and 0 < _timeout(parts) < 3600
        )
    except ValueError:  # an impossible port or host, which the error would repeat
        right = False
    if not right:
        raise RefusedValue(
            _("DE06_SMTP_URL phải có dạng {example} (hoặc smtps://, smtp://).").format(
                example="smtp+starttls://ten:mat-khau@mail.example.vn:587"
            )
        )
    return parts


def _timeout(url: SplitResult) -> float:
    """What the URL says after its question mark. Raises ValueError for anything but a timeout."""
    if not url.query:
        return TIMEOUT
    [(name, value)] = parse_qsl(url.query, strict_parsing=True)
    return float(value) if name == "timeout" else -1


def _password_beside(environment: Mapping[str, str]) -> str | None:
    if password := environment.get("DE06_SMTP_PASSWORD"):
        return password
    file = environment.get("DE06_SMTP_PASSWORD_FILE")
    if not file:
        return None
    try:
        return Path(file).read_text("utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or _("không phải văn bản UTF-8")
        raise RefusedValue(
            _("Không đọc được DE06_SMTP_PASSWORD_FILE: {reason}.").format(reason=reason)
        ) from None


def _is_here(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


class Parcel(NamedTuple):
    """A message, and what goes on its envelope."""

    sender: str
    recipients: Sequence[str]
    message: bytes
    # Called with the recipients that the server accepts, right before it gets the message itself: until
    # then it can't have been delivered.
    handing_over: Callable[[list[str]], None]


class Connection:
    """Hands over messages; connects when there is one, and again after the server hung up."""

    def __init__(self, server: Server, name: str) -> None:
        """``name`` is what this computer calls itself, a domain."""
        self._server = server
        self._name = name
        self._clock = Clock(server.timeout)
        self._smtp: Dialogue | None = None
        self._failed = 0  # letters in a row
        self._given_up: str | None = None

    def deliver(self, parcel: Parcel) -> dict[str, str]:
        """Hands over one message; returns the recipients that were refused, each with the reason.

        Raises Undelivered where nobody got it.
        """
        if self._given_up:
            raise Undelivered(self._given_up)
        self._clock.begin()
        try:
            refused = self._tried_twice(parcel)
        except _Dropped as dropped:
            self._fails(dropped.args[0])
            raise Undelivered(dropped.args[0]) from None
        except Unanswered as error:
            self._fails(error.args[0])
            raise
        except Undelivered:
            self._failed = 0
            raise
        self._failed = 0
        return refused

    def _fails(self, reason: str) -> None:
        """There was no server to say yes or no: after some letters the rest is not tried."""
        self._drop()
        self._failed += 1
        if self._failed >= PATIENCE:
            self._given_up = reason

    def hurry(self) -> None:
        """The process is to end: what is under way gets a few seconds more."""
        self._clock.hurry(GRACE)

    def _tried_twice(self, parcel: Parcel) -> dict[str, str]:
        for last in (False, True):
            used = self._smtp is not None  # a server may close a connection that it finds old
            smtp = self._smtp or self._connected()
            try:
                return self._handed_over(smtp, parcel)
            except _Dropped as dropped:
                self._drop()
                if last or (dropped.slow and not used):
                    raise
        raise AssertionError  # the last try has returned or raised

    def _handed_over(self, smtp: Dialogue, parcel: Parcel) -> dict[str, str]:
        refused: dict[str, str] = {}
        try:
            self._asked(smtp.mail(parcel.sender))
            for recipient in parcel.recipients:
                try:
                    self._asked(smtp.rcpt(recipient))
                except Undelivered as error:
                    refused[recipient] = error.args[0]
        except OSError as error:
            slow = isinstance(error.__context__, TimeoutError | TooLong)
            raise _Dropped(self._reason(error), slow=slow) from None
        except Undelivered:
            self._reset(smtp)
            raise
        accepted = [recipient for recipient in parcel.recipients if recipient not in refused]
        if not accepted:
            self._reset(smtp)
            return refused
        parcel.handing_over(accepted)
        try:
            self._asked(smtp.data(parcel.message))
        except smtplib.SMTPDataError as error:
            self._reset(smtp)
            raise Undelivered(self._reason(error)) from None
        except (OSError, _Dropped) as error:
            reason = _("{reason} khi đang nhận thư; thư có thể đã đến")
            why = error.args[0] if isinstance(error, _Dropped) else self._reason(error)
            raise Unanswered(reason.format(reason=why)) from None
        return refused

    def _asked(self, answer: tuple[int, bytes]) -> None:
        """What the server answered has to be a yes."""
        code, said = answer
        if code == _CLOSING:
            raise _Dropped(self._said(code, said))
        if not 200 <= code < 300:
            raise Undelivered(self._said(code, said))

    def _connected(self) -> Dialogue:
        """A new connection. Raises _Dropped where there can't be any."""
        try:
            self._smtp = self._connect()
        except (OSError, ValueError) as error:  # ValueError: what the library can't decode
            reason = self._reason(error)
            if isinstance(error, _LASTING):
                self._given_up = reason
            raise _Dropped(reason) from None
        return self._smtp

    def _connect(self) -> Dialogue:
        where = self._server
        context = ssl.create_default_context()
        at_once = context if where.security is Security.TLS else None
        smtp = Dialogue(where.host, where.port, self._name, self._clock, at_once)
        try:
            smtp.ehlo_or_helo_if_needed()
            if where.security is Security.STARTTLS:
                smtp.starttls(context=context)
                smtp.ehlo_or_helo_if_needed()
            if where.user:
                _log_in(smtp, where.user, where.password or "")
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _reset(self, smtp: Dialogue) -> None:
        """The message is not to be; the connection is good for the next one."""
        try:
            smtp.rset()
        except OSError:
            self._drop()

    def _drop(self) -> None:
        if self._smtp:
            self._smtp.close()
            self._smtp = None

    def _reason(self, error: Exception) -> str:
        """What went wrong, for people."""
        cause = error.__context__ if isinstance(error, smtplib.SMTPServerDisconnected) else error
        match cause if isinstance(cause, OSError) else error:
            case smtplib.SMTPAuthenticationError(smtp_code=code):
                return _("máy chủ thư từ chối tên đăng nhập hoặc mật khẩu ({code})").format(
                    code=code
                )
            case smtplib.SMTPResponseException(smtp_code=code, smtp_error=said):
                return self._said(code, said)
            case TimeoutError():
                return _("máy chủ thư không trả lời trong {n} giây").format(
                    n=f"{self._server.timeout:g}"
                )
            case TooLong():
                return _("máy chủ thư trả lời dài không dứt")
            case ssl.SSLCertVerificationError(verify_message=why):
                return _("chứng thư số của máy chủ thư không đáng tin cậy: {why}").format(why=why)
            case ssl.SSLError():
                return _("không lập được kết nối mã hóa với máy chủ thư")
            case socket.gaierror():
                return _("không tìm thấy máy chủ thư {host}").format(host=self._server.host)
            case smtplib.SMTPServerDisconnected() | ConnectionResetError() | BrokenPipeError():
                return _("máy chủ thư ngắt kết nối")
            case smtplib.SMTPException():
                return _("máy chủ thư không có STARTTLS hoặc cách đăng nhập dùng được")
            case OSError(strerror=why) if why:
                return _("không kết nối được với máy chủ thư: {why}").format(why=why)
        return _("máy chủ thư trả lời không đúng giao thức")

    def _said(self, code: int, said: bytes | str) -> str:
        """The server's own words as a line, unless they hold the password."""
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        secret = self._server.password
        if secret and secret in text:
            text = ""
        line = visible(one_line(text))
        return f"{code} {beginning(line, _SAID)}".rstrip()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        if self._smtp and not kind:
            self._clock.hurry(FAREWELL)
            with suppress(OSError):
                self._smtp.quit()
        self._drop()


def _log_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    """Logs in; the library knows no letters beyond ASCII, and the mechanism PLAIN does."""
    if (user + password).isascii():
        smtp.login(user, password)
        return
    if not re.search(r"\bPLAIN\b", smtp.esmtp_features.get("auth", "")):
        raise smtplib.SMTPNotSupportedError
    encoded = b64encode(f"\0{user}\0{password}".encode()).decode()  # RFC 4616
    code, said = smtp.docmd("AUTH", f"PLAIN {encoded}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, said)
