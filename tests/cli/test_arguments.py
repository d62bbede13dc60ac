"""Arguments as they were typed, whatever the terminal's encoding."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from de06cli.cli.arguments import decoded
from de06cli.errors import RefusedValue

as_bytes = pytest.mark.skipif(os.name == "nt", reason="Windows passes arguments as Unicode")
AS_IT_IS = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def run(
    *arguments: bytes, cwd, env: dict[str, str] | dict[str, bytes]
) -> subprocess.CompletedProcess[bytes]:
    """de06 with arguments of these bytes, without the snapshots of the user who runs the tests."""
    return subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"de06cli", *arguments],
        cwd=cwd,
        env={b"DE06_CACHE": b"off", **{os.fsencode(k): os.fsencode(v) for k, v in env.items()}},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_arguments_in_utf_8_are_left_alone():
    given = ["list", "--agency", "Công an huyện", "日本"]

    assert decoded(given) == given


@as_bytes
def test_utf_8_typed_under_a_locale_without_it_is_understood(plan):
    asked = [
        b"list",
        b"--role",
        b"lead",
        b"--format",
        b"ids",
        b"--agency",
        "Công an huyện".encode(),
    ]
    answer = run(*asked, cwd=plan.parents[1], env=AS_IT_IS)

    assert (answer.returncode, answer.stderr) == (0, b"")
    assert answer.stdout.split() == [b"9", b"10", b"11", b"12", b"16", b"28", b"29"]


@as_bytes
def test_utf_8_typed_under_a_latin_1_locale_is_understood(monkeypatch):
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "iso8859-1")
    monkeypatch.setattr(os, "fsencode", lambda text: text.encode("latin-1"))

    assert decoded(["PhÃ²ng", "Phòng", "CAH"]) == ["Phòng", "Phòng", "CAH"]


@as_bytes
@pytest.mark.parametrize("env", [{}, AS_IT_IS], ids=["UTF-8", "ASCII"])
def test_bytes_that_no_encoding_explains_are_refused(plan, env):
    answer = run(b"list", b"--agency", b"C\xf4ng an", cwd=plan.parents[1], env=env)

    assert (answer.returncode, answer.stdout) == (2, b"")
    assert b"'C\\udcf4ng an'" in answer.stderr
    assert b"Traceback" not in answer.stderr


def test_the_refusal_says_what_to_do():
    with pytest.raises(RefusedValue) as refused:
        decoded(["C\udcf4ng an"])

    assert str(refused.value) == (
        "Không đọc được nội dung đã gõ: 'C\\udcf4ng an'. "
        "Hãy đặt bảng mã của terminal là UTF-8 rồi gõ lại."
    )


@as_bytes
@pytest.mark.parametrize("env", [{}, AS_IT_IS], ids=["UTF-8", "ASCII"])
@pytest.mark.parametrize("by_option", [True, False], ids=["--data", "DE06_DATA"])
def test_files_may_have_vietnamese_names(plan, env, by_option):
    plan.rename(plan.with_name("kế hoạch.yaml"))
    name = "data/kế hoạch.yaml"
    named = [b"--data", name.encode()] if by_option else []
    changes = {} if by_option else {"DE06_DATA": name.encode()}
    answer = run(
        b"list", b"--model", b"9", b"--format", b"ids", *named,
        cwd=plan.parents[1],
        env={**{key: value.encode() for key, value in env.items()}, **changes},
    )  # fmt: skip

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, b"9\n", b"")
