"""Which texts are mail addresses that a message can go to, and nothing else can be slipped into."""

from __future__ import annotations

import pytest

from de06cli.plan.mailboxes import mailbox


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("cah@example.vn", "cah@example.vn"),
        (" cah@example.vn\n", "cah@example.vn"),
        ("to.cong-tac+de06@mail.honquan.example.vn", "to.cong-tac+de06@mail.honquan.example.vn"),
        ("root@localhost", "root@localhost"),
        ("cah@hớn-quản.vn", "cah@xn--hn-qun-fd8bsr.vn"),
    ],
)
def test_an_address_is_given_in_ascii(text, address):
    assert mailbox(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cah",
        "cah@",
        "@example.vn",
        "cah@example..vn",
        "cah@-example.vn",
        "cah@example.vn.",
        "công-an@example.vn",
        "a..b@example.vn",
        ".a@example.vn",
        "a@b@example.vn",
        "cah @example.vn",
        "cah@example.vn, vpx@example.vn",
        "cah@example.vn;vpx@example.vn",
        "Công an <cah@example.vn>",
        '"a b"@example.vn',
        "cah@example.vn\nBcc: x@example.vn",
        "cah\r\nRCPT TO:<x@example.vn>@example.vn",
        "cah@example.vn\x00",
        "cah@[127.0.0.1]",
        "a" * 65 + "@example.vn",
        "cah@" + ".".join(["a" * 60] * 5),
        "cah@" + "a" * 64 + ".vn",
    ],
)
def test_anything_else_is_none(text):
    assert mailbox(text) is None
