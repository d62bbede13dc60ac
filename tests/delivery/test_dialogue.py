"""Servers that drip, flood or fall silent: each dialogue ends within its bounds."""

from __future__ import annotations

import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from typing import Self

import pytest
import trustme

from de06cli.delivery import dialogue, smtp
from de06cli.delivery.smtp import Connection, Parcel, Security, Server, Unanswered, Undelivered

Serve = Callable[[socket.socket], None]
SECONDS = 0.6  # for one answer
AMPLE = 20.0  # where it is the length that counts


class Serving:
    """Gives each connection to ``serve``, in a thread of its own."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve

    def __enter__(self) -> Self:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.connections = 0
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def _accept(self) -> None:
        while True:
            try:
                one, _where = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._served, args=(one,), daemon=True).start()

    def _served(self, one: socket.socket) -> None:
        with one:
            one.settimeout(20)
            with suppress(OSError):
                self._serve(one)

    def __exit__(self, *_error: object) -> None:
        self._listening.close()


def drip(one: socket.socket, data: bytes = b"2" * 1000) -> None:
    for byte in data:
        one.sendall(bytes([byte]))
        time.sleep(SECONDS / 4)


def flood(one: socket.socket, piece: bytes = b"250-more\r\n" * 1000) -> None:
    while True:
        one.sendall(piece)


def talk(one: socket.socket, command: str, then: Serve) -> None:
    """A right server until ``command`` comes; then ``then``."""
    stream = one.makefile("rb")
    one.sendall(b"220 mail.test\r\n")
    while line := stream.readline():
        verb = line[:4].decode().upper().strip()
        if verb == command:
            then(one)
            return
        one.sendall(b"354 go\r\n" if verb == "DATA" else b"250 OK\r\n")
        if verb == "DATA":
            while stream.readline() != b".\r\n":
                pass
            if command == "END":
                then(one)
                return
            one.sendall(b"250 taken\r\n")


def connection(port: int, security: Security = Security.NONE, seconds: float = SECONDS):
    return Connection(Server(security, "localhost", port, None, None, seconds), "example.vn")


def parcel(message: bytes = b"Subject: x\r\n\r\nx\r\n") -> Parcel:
    return Parcel("a@example.vn", ["b@example.vn"], message, lambda _accepted: None)


def failed(port: int, **options: object) -> Undelivered:
    """Why a letter could not be delivered.

    A server of these tests goes on for longer than any bound allows: the reason tells which bound held.
    """
    with connection(port, **options) as one, pytest.raises(Undelivered) as error:
        one.deliver(parcel())
    return error.value


class Left:
    """Whether the other side left while this one was still silent."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._seen = threading.Event()
        self.in_time = False

    def wait(self, _one: socket.socket) -> None:
        self.in_time = self._event.wait(30)
        self._seen.set()

    def tell(self) -> bool:
        self._event.set()
        return self._seen.wait(30) and self.in_time


COMMANDS = ["EHLO", "MAIL", "RCPT", "DATA", "END"]
SLOW = "máy chủ thư không trả lời trong 0.6 giây"
LONG = "máy chủ thư trả lời dài không dứt"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("then", [drip, lambda _one: time.sleep(10)], ids=["drip", "silence"])
def test_an_answer_has_its_time_however_it_is_spread(command, then):
    with Serving(lambda one: talk(one, command, then)) as server:
        error = failed(server.port)

    assert error.args[0].startswith(SLOW)
    assert isinstance(error, Unanswered) == (command in {"DATA", "END"})
    assert server.connections == 1


@pytest.mark.parametrize("greeting", [b"220-", b"2", b""])
def test_a_greeting_that_drips_is_no_greeting(greeting):
    with Serving(lambda one: (one.sendall(greeting), drip(one))) as server:
        error = failed(server.port)

    assert error.args[0] == SLOW


@pytest.mark.parametrize("command", COMMANDS)
def test_continuation_lines_without_end_are_cut_off(command):
    tracemalloc.start()
    with Serving(lambda one: talk(one, command, flood)) as server:
        error = failed(server.port, seconds=AMPLE)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert error.args[0].startswith(LONG)
    assert most < 5_000_000


@pytest.mark.parametrize("command", COMMANDS)
def test_a_line_without_end_is_cut_off(command):
    with Serving(lambda one: talk(one, command, lambda one: flood(one, b"x" * 10_000))) as server:
        error = failed(server.port, seconds=AMPLE)

    assert "500 Line too long." in error.args[0]


def test_a_letter_has_its_time_however_many_answers_it_takes():
    """Each answer comes just in time."""

    def late(one: socket.socket) -> None:
        stream = one.makefile("rb")
        for _ in range(100):
            time.sleep(SECONDS * 0.8)
            one.sendall(b"220 mail.test\r\n" if _ == 0 else b"250 OK\r\n")
            stream.readline()

    recipients = [f"b{number}@example.vn" for number in range(50)]
    with (
        Serving(late) as server,
        connection(server.port) as one,
        pytest.raises(Undelivered, match="không trả lời"),
    ):
        one.deliver(parcel()._replace(recipients=recipients))


def test_a_server_that_does_not_take_the_message_is_left():
    left = Left()

    def deaf(one: socket.socket) -> None:
        one.sendall(b"354 go\r\n")
        left.wait(one)

    with Serving(lambda one: talk(one, "DATA", deaf)) as server, connection(server.port) as one:
        with pytest.raises(Unanswered, match="thư có thể đã đến"):
            one.deliver(parcel(b"x" * 78 + b"\r\n" + b"y" * 50_000_000))
        assert left.tell()


def test_three_letters_without_an_answer_are_enough():
    with Serving(lambda one: talk(one, "MAIL", drip)) as server, connection(server.port) as one:
        for _ in range(10):
            with pytest.raises(Undelivered, match=SLOW):
                one.deliver(parcel())

    assert server.connections == dialogue.PATIENCE


def test_a_farewell_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(smtp, "FAREWELL", 0.3)
    left = Left()
    with Serving(lambda one: talk(one, "QUIT", left.wait)) as server:
        with connection(server.port, seconds=60) as one:
            assert one.deliver(parcel()) == {}
        assert left.tell()


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_handshake_has_its_time(security):
    def serve(one: socket.socket) -> None:
        if security is Security.STARTTLS:
            one.sendall(b"220 mail.test\r\n")
            one.recv(1000)
            one.sendall(b"250-mail.test\r\n250 STARTTLS\r\n")
            one.recv(1000)
            one.sendall(b"220 go\r\n")
        one.recv(1000)
        drip(one, b"\x16\x03\x03\x40\x00" + b"\x02" * 1000)

    with Serving(serve) as server:
        error = failed(server.port, security=security)

    assert error.args[0] == SLOW


def test_what_is_said_before_the_handshake_is_not_heard_behind_it(monkeypatch, tmp_path):
    """Somebody between adds answers in the clear."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    heard = []

    def serve(one: socket.socket) -> None:
        one.sendall(b"220 mail.test\r\n")
        one.recv(1000)
        one.sendall(b"250-mail.test\r\n250 STARTTLS\r\n")
        one.recv(1000)
        one.sendall(b"220 go\r\n250 injected\r\n")
        with context.wrap_socket(one, server_side=True) as encrypted:
            heard.append(encrypted.recv(1000))
            encrypted.sendall(b"550 not you\r\n")
            encrypted.recv(1000)
            encrypted.sendall(b"250 mail.test\r\n")
            heard.append(encrypted.recv(1000))
            encrypted.sendall(b"550 nobody\r\n")
            encrypted.recv(1000)

    with Serving(serve) as server:
        error = failed(server.port, security=Security.STARTTLS, seconds=5)

    assert [words.split()[0] for words in heard] == [b"ehlo", b"mail"]
    assert error.args[0] == "550 nobody"


def test_each_address_of_a_name_has_a_part_of_the_time(monkeypatch):
    now = [0.0]
    nowhere = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 9))] * 50

    def hang(sock: socket.socket, _address: object) -> None:
        now[0] += sock.gettimeout()
        raise TimeoutError

    monkeypatch.setattr(dialogue, "monotonic", lambda: now[0])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: nowhere)
    monkeypatch.setattr(socket.socket, "connect", hang)
    error = failed(9)

    assert error.args[0] == SLOW
    assert now[0] <= (dialogue.LETTER + 1) * SECONDS
