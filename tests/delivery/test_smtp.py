"""Handing messages to mail servers: encrypted or not, with a password, and when they are difficult."""

from __future__ import annotations

import os
import socket
import ssl
import threading
from base64 import b64encode
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest
import trustme
from postbox import Postbox

from de06cli.delivery import smtp
from de06cli.errors import RefusedValue

NAMES = ("CAX", "VPX", "TTYT")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def certificate(authority, tmp_path, monkeypatch) -> ssl.SSLContext:
    """A server's certificate for this computer, from an authority that de06 trusts."""
    trusted = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(trusted)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


@pytest.fixture
def addressed(small: Path) -> Path:
    """The small plan with one address for each of its three agencies."""
    text = small.read_text("utf-8").replace("[cax@example.vn, truc@example.vn]", "cax@example.vn")
    for code, name in (("vpx", "Văn phòng UBND xã"), ("ttyt", "Trung tâm Y tế")):
        text = text.replace(f'name: "{name}"', f'name: "{name}"\n    email: {code}@example.vn')
    small.write_text(text, "utf-8")
    return small


@pytest.fixture
def mail(addressed, call, monkeypatch):
    """Sends over ``url``, in which PORT is the server's, with further variables."""

    def mail(box, url="smtp://127.0.0.1:PORT", *options, **variables):
        monkeypatch.setenv("DE06_SMTP_URL", url.replace("PORT", str(getattr(box, "port", box))))
        monkeypatch.setenv("DE06_MAIL_FROM", "de06@example.vn")
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return call("mail", *options)

    return mail


def told(*names: str) -> str:
    return "".join(f"Đã gửi {name} <{name.lower()}@example.vn>.\n" for name in names)


def untold(reason: str, *names: str) -> str:
    return "".join(
        f"Chưa gửi được {name} <{name.lower()}@example.vn>: {reason}.\n" for name in names
    )


def got(box: Postbox) -> list[str]:
    return [address.partition("@")[0].upper() for one in box.received for address in one.recipients]


# Encrypted, and with a password -------------------------------------------------------------------


def with_password(box: Postbox, **settings: object) -> Postbox:
    box.settings |= {"authenticator": box.authenticate, "auth_required": True, **settings}
    return box


def test_starttls_with_a_password(certificate, mail):
    with with_password(
        Postbox(settings={"tls_context": certificate}), require_starttls=True
    ) as box:
        box.password = "p@ss/wörd"  # not even ASCII
        answer = mail(box, "smtp+starttls://de06:p%40ss%2Fw%C3%B6rd@localhost:PORT")

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, told(*NAMES), "")
    assert (got(box), box.logins) == (list(NAMES), ["PLAIN"])


def test_tls_from_the_first_byte(certificate, mail):
    with with_password(Postbox(tls=certificate), auth_require_tls=False) as box:
        box.password = "secret"
        answer = mail(box, "smtps://de06:secret@127.0.0.1:PORT")

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, told(*NAMES), "")
    assert len(box.logins) == 1


@pytest.mark.parametrize("where", ["DE06_SMTP_PASSWORD", "DE06_SMTP_PASSWORD_FILE"])
def test_the_password_may_stand_beside_the_url(mail, tmp_path, where):
    file = tmp_path / "password"
    file.write_text("mật khẩu\n", "utf-8")
    value = {"DE06_SMTP_PASSWORD": "mật khẩu", "DE06_SMTP_PASSWORD_FILE": str(file)}[where]
    with with_password(Postbox(), auth_require_tls=False) as box:
        answer = mail(box, "smtp://de06@localhost:PORT", **{where: value})

    assert (answer.returncode, got(box)) == (0, list(NAMES))


def test_a_server_that_nobody_vouches_for_gets_nothing(certificate, mail, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with with_password(Postbox(settings={"tls_context": certificate})) as box:
        answer = mail(box, "smtp+starttls://de06:secret@localhost:PORT")

    reason = (
        "chứng thư số của máy chủ thư không đáng tin cậy: unable to get local issuer certificate"
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr == untold(reason, *NAMES)
    assert (got(box), box.connections, box.logins) == ([], 1, [])


def test_a_certificate_of_another_name_is_not_trusted(authority, certificate, mail):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("mail.example.vn").configure_cert(context)
    with Postbox(tls=context) as box:
        answer = mail(box, "smtps://localhost:PORT")

    assert answer.returncode == 1
    assert "chứng thư số của máy chủ thư không đáng tin cậy: Hostname mismatch" in answer.stderr
    assert got(box) == []


def test_without_the_starttls_asked_for_nothing_is_said(mail):
    """Somebody between may have taken it out of the server's answer."""
    with with_password(Postbox(), auth_require_tls=False) as box:
        answer = mail(box, "smtp+starttls://de06:secret@localhost:PORT")

    reason = "máy chủ thư không có STARTTLS hoặc cách đăng nhập dùng được"
    assert (answer.returncode, answer.stderr) == (1, untold(reason, *NAMES))
    assert (got(box), box.connections) == ([], 1)


def test_tls_to_a_server_without_it(mail):
    with Postbox() as box:
        answer = mail(box, "smtps://localhost:PORT?timeout=5")

    assert (answer.returncode, got(box)) == (1, [])
    assert answer.stderr == untold("không lập được kết nối mã hóa với máy chủ thư", *NAMES)


@pytest.mark.parametrize("password", ["not it", "không phải"])
def test_a_wrong_password_is_tried_once_and_never_shown(mail, password):
    with with_password(Postbox(), auth_require_tls=False) as box:
        answer = mail(box, "smtp://de06@127.0.0.1:PORT", DE06_SMTP_PASSWORD=password)

    reason = "máy chủ thư từ chối tên đăng nhập hoặc mật khẩu (535)"
    assert (answer.returncode, answer.stdout, answer.stderr) == (1, "", untold(reason, *NAMES))
    assert box.connections == 1


def test_a_server_without_logins_is_reported(mail):
    with Postbox() as box:
        answer = mail(box, "smtp://de06:secret@127.0.0.1:PORT")

    assert answer.returncode == 1
    assert "STARTTLS hoặc cách đăng nhập" in answer.stderr
    assert box.connections == 1


def test_a_server_that_repeats_the_password_is_not_quoted(mail):
    def repeated(server, _address):
        return "550 You are de06 with the password secret word"

    with with_password(Postbox(at_rcpt=repeated), auth_require_tls=False) as box:
        box.password = "secret word"
        answer = mail(box, "smtp://de06:secret%20word@127.0.0.1:PORT")

    assert (answer.returncode, answer.stderr) == (1, untold("550", *NAMES))


@pytest.mark.parametrize(
    "reply",
    [
        f"535 5.7.8 {b64encode(b'%cde06%csecret' % (0, 0)).decode()} is wrong",
        "535 secret",
        "454-secret\r\n454 secret",
        "334 !!!",
    ],
)
def test_whatever_a_server_answers_to_the_password_stays_hidden(mail, reply):
    with talking(["250-mail.test\r\n250 AUTH PLAIN", reply, reply, reply]) as server:
        answer = mail(server, "smtp://de06:secret@127.0.0.1:PORT?timeout=5")

    assert answer.returncode == 1
    assert "secret" not in answer.stderr
    assert b64encode(b"secret").decode()[:6] not in answer.stderr
    assert answer.stderr.count("Chưa gửi được") == 3


# Difficult servers --------------------------------------------------------------------------------


def test_a_refused_recipient_is_reported_and_the_others_get_theirs(mail):
    def refused(_server, address):
        return "550 5.1.1 No such\x1b[31m box" if address.startswith("vpx") else "250 OK"

    with Postbox(at_rcpt=refused) as box:
        answer = mail(box)
        box.at_rcpt = lambda *_: "250 OK"
        again = mail(box)

    assert (answer.returncode, answer.stdout) == (1, told("CAX", "TTYT"))
    assert answer.stderr == untold("550 5.1.1 No such�[31m box", "VPX")
    assert box.connections == 2
    assert (again.returncode, again.stdout) == (0, told("VPX"))
    assert again.stderr.startswith("Đã gửi trong ngày, không gửi lại: CAX, TTYT.")


def test_one_of_two_recipients_may_be_refused(mail, addressed):
    text = addressed.read_text("utf-8")
    addressed.write_text(
        text.replace("cax@example.vn", "[cax@example.vn, truc@example.vn]"), "utf-8"
    )
    refused = {"cax@example.vn": "550 No such box"}
    with Postbox(at_rcpt=lambda _server, address: refused.get(address, "250 OK")) as box:
        answer = mail(box)
        refused.clear()
        again = mail(box)

    assert (answer.returncode, answer.stderr) == (1, untold("550 No such box", "CAX"))
    assert answer.stdout.startswith("Đã gửi CAX <truc@example.vn>.\n")
    assert again.stdout == "Đã gửi CAX <cax@example.vn>.\n"


def test_a_refused_message_is_reported_and_the_others_go_out(mail):
    def refused(_server, received):
        return "554 Spam" if "vpx@example.vn" in received.recipients else "250 OK"

    with Postbox(at_data=refused) as box:
        answer = mail(box)

    assert (answer.returncode, answer.stdout) == (1, told("CAX", "TTYT"))
    assert (answer.stderr, box.connections) == (untold("554 Spam", "VPX"), 1)


def test_a_refused_sender_is_reported(mail):
    with Postbox(settings={"data_size_limit": 10}) as box:
        answer = mail(box)

    assert (answer.returncode, answer.stdout, got(box)) == (1, "", [])
    assert answer.stderr.count("552") == 3


def dropping(first: str, times: int):
    """Hangs up on a recipient, or a message to it, so many times."""
    left = [times]

    def drop(server, about):
        address = about if isinstance(about, str) else about.recipients[0]
        if address.startswith(first) and left[0]:
            left[0] -= 1
            server.transport.abort()
        return "250 OK"

    return drop


def test_a_connection_dropped_before_a_message_is_made_again(mail):
    with Postbox(at_rcpt=dropping("vpx", 1)) as box:
        answer = mail(box)

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, told(*NAMES), "")
    assert (got(box), box.connections) == (list(NAMES), 2)


def test_a_recipient_on_whom_the_server_always_hangs_up_keeps_nobody_else_from_theirs(mail):
    with Postbox(at_rcpt=dropping("vpx", 99)) as box:
        answer = mail(box)

    assert (answer.returncode, answer.stdout) == (1, told("CAX", "TTYT"))
    assert answer.stderr == untold("máy chủ thư ngắt kết nối", "VPX")
    assert box.connections == 3


def test_a_connection_dropped_midway_through_a_message_is_reported_and_not_tried_again(mail):
    with Postbox(at_data=dropping("vpx", 99)) as box:
        answer = mail(box)

    assert (answer.returncode, answer.stdout) == (1, told("CAX", "TTYT"))
    assert answer.stderr == untold(
        "máy chủ thư ngắt kết nối khi đang nhận thư; thư có thể đã đến", "VPX"
    )
    assert box.connections == 2


def test_a_server_that_takes_one_message_a_connection_gets_all_of_them(mail):
    def closing(server, _address):
        if server.envelope.mail_from and getattr(server, "used", False):
            server.transport.close()
            return "421 Enough"
        server.used = True
        return "250 OK"

    with Postbox(at_rcpt=closing) as box:
        answer = mail(box)

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, told(*NAMES), "")
    assert (got(box), box.connections) == (list(NAMES), 3)


def test_nobody_there(mail):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        answer = mail(free.getsockname()[1])

    reason = "không kết nối được với máy chủ thư: Connection refused"
    assert (answer.returncode, answer.stdout, answer.stderr) == (1, "", untold(reason, *NAMES))


def test_a_name_that_leads_nowhere(mail):
    answer = mail(25, "smtp://khong-co.invalid:PORT")

    assert answer.returncode == 1
    assert answer.stderr == untold("không tìm thấy máy chủ thư khong-co.invalid", *NAMES)


def test_after_three_connections_that_fail_the_rest_is_not_tried(mail, addressed):
    text = addressed.read_text("utf-8")
    more = "".join(f'  - {{code: X{n}, name: "X {n}", email: x{n}@x.vn}}\n' for n in range(3))
    text = text.replace("agencies:\n", f"agencies:\n{more}", 1)
    addressed.write_text(text.replace("support: [TTYT]", "support: [TTYT, X0, X1, X2]"), "utf-8")
    with talking([], silent=True) as server:
        answer = mail(server, "smtp://127.0.0.1:PORT?timeout=2")

    assert answer.returncode == 1
    assert answer.stderr.count("máy chủ thư không trả lời trong 2 giây.\n") == 6
    assert len(server.connections) == 3


@pytest.mark.parametrize(
    "replies", [["\x00\xff"], ["250 OK", "xyz"], ["250-" + "x" * 9000], ["500 no", "500 no"]]
)
def test_a_server_that_talks_nonsense_ends_in_a_sentence(mail, replies):
    with talking(replies) as server:
        answer = mail(server, "smtp://127.0.0.1:PORT?timeout=1")

    assert answer.returncode == 1
    assert answer.stderr.count("Chưa gửi được") == 3
    assert "Traceback" not in answer.stderr


class talking:  # noqa: N801 - reads as a verb
    """A server that says its replies in order, one to each line, and hangs up after them."""

    def __init__(self, replies: list[str], *, silent: bool = False) -> None:
        self._replies, self._silent = replies, silent

    def __enter__(self) -> Self:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.connections: list[socket.socket] = []
        self.port = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def _serve(self) -> None:
        while True:
            try:
                one, _where = self._listening.accept()
            except OSError:
                return
            self.connections.append(one)
            if self._silent:
                continue
            try:
                with one, one.makefile("rwb") as stream:
                    stream.write(b"220 mail.test\r\n")
                    stream.flush()
                    for reply in self._replies:
                        if not stream.readline():
                            break
                        stream.write(reply.encode("latin-1") + b"\r\n")
                        stream.flush()
            except OSError:
                pass

    def __exit__(self, *_error: object) -> None:
        with suppress(OSError):  # on Windows the thread is woken by the end of the socket
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)
        for one in self.connections:
            one.close()


# The variables ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.vn", (smtp.Security.NONE, "mail.example.vn", 25, None, None, 30)),
        (" smtps://mail.example.vn/ ", (smtp.Security.TLS, "mail.example.vn", 465, None, None, 30)),
        (
            "smtp+starttls://de06%40x.vn:a%3Ab@mail.example.vn",
            (smtp.Security.STARTTLS, "mail.example.vn", 587, "de06@x.vn", "a:b", 30),
        ),
        (
            "smtps://de06:b@[::1]:4650?timeout=2.5",
            (smtp.Security.TLS, "::1", 4650, "de06", "b", 2.5),
        ),
        ("smtp://de06:b@localhost:25", (smtp.Security.NONE, "localhost", 25, "de06", "b", 30)),
    ],
)
def test_a_server_is_named_by_an_url(url, server):
    found = smtp.server({"DE06_SMTP_URL": url})

    assert tuple(found) == server
    assert "a:b" not in repr(found)


def test_a_password_in_the_url_comes_before_the_one_beside_it():
    beside = {"DE06_SMTP_PASSWORD": "b", "DE06_SMTP_PASSWORD_FILE": "/nowhere"}

    assert smtp.server({"DE06_SMTP_URL": "smtps://u:a@x.vn", **beside}).password == "a"
    assert smtp.server({"DE06_SMTP_URL": "smtps://u@x.vn", **beside}).password == "b"
    assert smtp.server({"DE06_SMTP_URL": "smtps://x.vn", **beside}).password is None


FORM = "DE06_SMTP_URL phải có dạng smtp+starttls://ten:mat-khau@mail.example.vn:587 (hoặc smtps://, smtp://)."


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.vn",
        "mail.example.vn:25",
        "http://mail.example.vn",
        "smtp://",
        "smtp://u:secret@:25",
        "smtp://u:secret@host:secret",
        "smtp://u:secret@host:0",
        "smtp://u:secret@host:99999",
        "smtp://u:secret@[::1",
        "smtp://u:secret@host..vn",
        "smtp://u:25#secret@host",
        "smtp://u:25/secret@host",
        "smtp://u:25?secret@host",
        "smtps://host?timeout=0",
        "smtps://host?timeout=nan",
        "smtps://host?timeout=5&x=secret",
        "smtps://host?tls=secret",
    ],
)
def test_an_url_that_names_no_server_is_refused_without_being_repeated(url):
    with pytest.raises(RefusedValue) as refused:
        smtp.server({"DE06_SMTP_URL": url})

    assert str(refused.value) == FORM
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_no_password_goes_out_in_the_clear():
    with pytest.raises(RefusedValue, match="không mã hóa"):
        smtp.server({"DE06_SMTP_URL": "smtp://de06:secret@mail.example.vn"})


def test_a_user_needs_a_password():
    with pytest.raises(RefusedValue, match="thiếu mật khẩu"):
        smtp.server({"DE06_SMTP_URL": "smtps://de06@mail.example.vn"})


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file or directory"), (b"\xff\n", "không phải văn bản UTF-8")],
)
def test_a_password_file_that_cannot_be_read_is_reported(tmp_path, content, reason):
    file = tmp_path / "password"
    if content:
        file.write_bytes(content)
    with pytest.raises(RefusedValue) as refused:
        smtp.server(
            {"DE06_SMTP_URL": "smtps://de06@x.vn", "DE06_SMTP_PASSWORD_FILE": os.fspath(file)}
        )

    assert str(refused.value) == f"Không đọc được DE06_SMTP_PASSWORD_FILE: {reason}."


def test_without_a_server_nothing_is_opened(addressed, call, monkeypatch):
    monkeypatch.setenv("DE06_MAIL_FROM", "de06@example.vn")
    answer = call("mail")

    assert (answer.returncode, answer.stdout, answer.stderr) == (2, "", f"Lỗi: {FORM}\n")
