"""Files that somebody has open in an office program."""

from __future__ import annotations

import os

import pytest


@pytest.mark.parametrize(
    ("file", "lock", "data", "who"),
    [
        ("plan.xlsx", "~$plan.xlsx", b"\x05Admin" + bytes(49), ", người dùng Admin"),
        (
            "plan.xlsx",
            ".~lock.plan.xlsx#",
            "Lê Hà,HA,may-1,01.01.2024 08:00,file:///;".encode(),
            ", người dùng Lê Hà",
        ),
        ("plan.xlsx", ".~lock.plan.xlsx#", b",HA,may-1,,;", ", người dùng HA"),
        ("plan.xlsx", "~$plan.xlsx", b"", ""),
        ("danh-muc.docx", "~$nh-muc.docx", b"\x02HA", ", người dùng HA"),
        ("muc.docx", "~$muc.docx", b"\x02HA", ", người dùng HA"),
        ("plan.csv", ".~lock.plan.csv#", b"\x1b[31m", ", người dùng \ufffd[31m"),
    ],
)
def test_an_export_over_a_file_that_is_open_says_so(small, call, tmp_path, file, lock, data, who):
    (tmp_path / lock).write_bytes(data)
    answer = call("export", file)

    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr == (f"Lưu ý: {file} đang mở ở nơi khác{who} ({lock}).\nĐã lưu {file}.\n")


def test_other_files_and_pipes_are_no_locks(small, call, tmp_path):
    (tmp_path / "~$other.xlsx").write_bytes(b"\x02HA")
    if os.name != "nt":  # which has no such pipes
        os.mkfifo(tmp_path / ".~lock.plan.xlsx#")

    assert call("export", "plan.xlsx").stderr == "Đã lưu plan.xlsx.\n"
