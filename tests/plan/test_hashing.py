"""A digest is SHA-256, whoever computes it; what is small does not load OpenSSL."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from de06cli.plan import hashing


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1])
def test_it_is_the_sha_256_of_the_bytes(size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    assert hashing.sha256(data[:size]) == hashlib.sha256(data[:size]).hexdigest()


def test_a_python_that_is_built_without_the_small_one_takes_openssl(monkeypatch) -> None:
    for name in ("_sha2", "_sha256"):
        monkeypatch.setitem(sys.modules, name, None)  # as if there were none
    assert hashing.sha256(b"a") == hashlib.sha256(b"a").hexdigest()


def test_what_is_small_does_not_load_openssl() -> None:
    asked = (
        "import sys; from de06cli.plan.hashing import sha256; sha256(b'a'); "
        "assert '_hashlib' not in sys.modules; sha256(bytes(1 << 20)); assert '_hashlib' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", asked], check=True, timeout=60)
