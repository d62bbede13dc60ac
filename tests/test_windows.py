"""de06 as Windows runs it: files that somebody holds open, code pages, names of devices.

``scripts/windows.sh`` runs these under Wine.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filling
import pytest
import support

pytestmark = pytest.mark.skipif(os.name != "nt", reason="of Windows alone")

HELD = "chương trình khác đang mở tệp này; hãy đóng rồi chạy lại"
# Holds the file of its argument, shared with nobody, until its standard input ends.
HOLDER = """
import ctypes, sys
kernel = ctypes.WinDLL("kernel32")
kernel.CreateFileW.restype = ctypes.c_void_p
handle = kernel.CreateFileW(ctypes.c_wchar_p(sys.argv[1]), 0x80000000, 0, None, 3, 0, None)
print("held" if handle != ctypes.c_void_p(-1).value else "free", flush=True)
sys.stdin.readline()
"""


@contextmanager
def held(path: Path) -> Iterator[subprocess.Popen[str]]:
    """While it lasts, another process has the file open and shares it with nobody."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout.readline().strip() == "held"
        yield holder
    finally:
        holder.communicate("\n", timeout=60)


def raw(*arguments: str, home: Path, **changes: str | None) -> bytes:
    return subprocess.run(
        [sys.executable, "-m", "de06cli", *arguments],
        cwd=home,
        env=support.environment(home, **changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=True,
    ).stdout


def test_a_pipe_gets_utf_8_unless_another_encoding_is_asked_for(small, tmp_path):
    assert "Cấp thẻ căn cước" in raw("list", home=tmp_path).decode("utf-8")
    asked = raw("list", home=tmp_path, PYTHONIOENCODING="cp1258")
    assert "th\u1ebb" not in asked.decode("cp1258")
    assert b"C\xe2\xec" in asked  # the tone stands behind its letter


def test_a_plan_is_marked_checked_and_the_mark_taken_back(small, tmp_path):
    before = small.read_bytes()
    made = support.run("done", "7.2", "--by", "CAX", "--evidence", "46/BC-CAX", home=tmp_path)
    assert (made.returncode, made.stderr) == (0, ""), made.stderr
    assert small.read_bytes() != before
    assert support.run("check", home=tmp_path).returncode == 0
    back = support.run("undo", "--yes", home=tmp_path)

    assert (back.returncode, small.read_bytes()) == (0, before), back.stderr


def test_a_workbook_goes_out_and_comes_back(small, tmp_path):
    assert support.run("export", "ra.xlsx", home=tmp_path).returncode == 0
    filling.fill(tmp_path / "ra.xlsx", {(3, 2): {"status": "Đang thực hiện"}})
    back = support.run("import", "ra.xlsx", "--yes", home=tmp_path)

    assert back.returncode == 0, back.stderr
    assert small.read_text("utf-8").count("status: doing") == 2


def test_of_two_writers_at_once_neither_is_lost(small, tmp_path):
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "de06cli", "start", step, "--yes"],
            cwd=tmp_path,
            env=support.environment(tmp_path),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for step in ("3.2", "8.1")
    ]
    for writer in both:
        _out, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err.decode("utf-8", "replace")

    assert small.read_text("utf-8").count("status: doing") == 3


def test_a_file_that_somebody_holds_is_called_so_and_stays(small, tmp_path):
    before = small.read_bytes()
    with held(small):
        read = support.run("list", home=tmp_path, DE06_CACHE="off")
        written = support.run("start", "8.1", "--yes", home=tmp_path)

    assert (read.returncode, HELD in read.stderr) == (3, True), read.stderr
    assert (written.returncode != 0, HELD in written.stderr) == (True, True), written.stderr
    assert small.read_bytes() == before


def test_a_file_that_somebody_lets_go_of_is_read(small, tmp_path):
    with held(small) as holder:
        reading = subprocess.Popen(
            [sys.executable, "-m", "de06cli", "list", "--format", "ids"],
            cwd=tmp_path,
            env=support.environment(tmp_path, DE06_CACHE="off"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        holder.stdin.write("\n")
        holder.stdin.flush()
        out, _err = reading.communicate(timeout=120)

    assert out.split() == [b"7", b"3", b"5", b"2", b"8"]


def test_a_workbook_that_excel_has_open_is_called_so(small, tmp_path):
    assert support.run("export", "ra.xlsx", home=tmp_path).returncode == 0
    with held(tmp_path / "ra.xlsx"):
        written = support.run("export", "ra.xlsx", "--force", home=tmp_path)
        read = support.run("import", "ra.xlsx", "--yes", home=tmp_path)

    assert (written.returncode, HELD in written.stderr) == (5, True), written.stderr
    assert (read.returncode, HELD in read.stderr) == (3, True), read.stderr
    assert [path.name for path in tmp_path.glob(".de06-*")] == []


@pytest.mark.parametrize("name", ["aux.xlsx", "con.csv", "a.csv.", "gio 12:30.csv"])
def test_a_name_that_windows_does_not_allow_is_refused(small, tmp_path, name):
    answer = support.run("export", name, "--format", "csv", home=tmp_path)

    assert answer.returncode == 2
    assert "Windows" in answer.stderr


def test_a_folder_in_place_of_a_file_is_called_so(small, tmp_path):
    (tmp_path / "thu-muc.docx").mkdir()
    (tmp_path / "thu-muc.xlsx").mkdir()
    written = support.run("export", "thu-muc.docx", "--force", home=tmp_path)
    read = support.run("import", "thu-muc.xlsx", home=tmp_path)

    assert (written.returncode, "thư mục" in written.stderr) == (5, True), written.stderr
    assert (read.returncode, "thư mục" in read.stderr) == (3, True), read.stderr


def test_what_shells_spoil_goes_into_a_file(small, tmp_path):
    assert support.run("schema", "--output", "s.json", home=tmp_path).returncode == 0
    shipped = support.ROOT / "data" / "models.schema.json"

    assert (tmp_path / "s.json").read_bytes() == shipped.read_bytes()
