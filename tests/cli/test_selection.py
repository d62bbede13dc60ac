"""What is typed for an agency, and what it means."""

from __future__ import annotations

import pytest


def test_an_unknown_agency_is_refused_with_the_nearest(plan, call):
    answer = call("list", "--agency", "XYZ")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert (
        answer.stderr
        == """\
Lỗi: Không có đơn vị nào mang mã hoặc tên “XYZ”. Gợi ý:
  TTYT  Trung tâm Y tế huyện Hớn Quản
  BHXH  Bảo hiểm xã hội huyện Hớn Quản
  UBNDX  UBND cấp xã
"""
    )


@pytest.mark.parametrize(
    "command", [["list"], ["overdue"], ["upcoming"], ["stats"]], ids=lambda command: command[0]
)
def test_a_part_of_a_name_is_refused_with_the_candidates(plan, call, command):
    answer = call(*command, "--agency", "công an", "--lang", "en")

    assert (answer.returncode, answer.stdout) == (2, "")
    lines = answer.stderr.splitlines()
    assert lines[0] == "Error: No agency has the code or name “công an”. Did you mean:"
    assert {"CAH", "CAT"} <= {line.split()[0] for line in lines[1:]}


@pytest.mark.parametrize(
    "typed",
    ["CAH", "cah", "Công an huyện", "cong an huyen", "CÔNG  AN HUYỆN", "Co\u0302ng an huye\u0323\u0302n",
     "Công an huyện Hớn Quản"],
)  # fmt: skip
def test_an_agency_is_typed_in_many_ways(plan, call, typed):
    answer = call("list", "--agency", typed, "--role", "lead", "--format", "ids")

    assert answer.stdout.split() == ["9", "10", "11", "12", "16", "28", "29"]


PRINTED = ["CAH – Công an huyện Hớn Quản", "Công an huyện (CAH)", "honquan:cah - cong an huyen"]


@pytest.mark.parametrize("typed", PRINTED)
def test_an_agency_is_understood_as_it_is_printed(plan, call, typed):
    whole = call("list", "--agency", "CAH", "--format", "ids")
    answer = call("list", "--agency", typed, "--format", "ids")

    assert (answer.returncode, answer.stdout) == (0, whole.stdout)


@pytest.mark.parametrize("typed", PRINTED)
def test_who_did_it_is_understood_as_it_is_printed(plan, call, monkeypatch, typed):
    monkeypatch.setenv("DE06_AGENCY", typed)
    assert "by: CAH" in call("done", "9.1", "--dry-run").stdout
    monkeypatch.delenv("DE06_AGENCY")
    assert "by: CAH" in call("done", "9.1", "--by", typed, "--dry-run").stdout


@pytest.mark.parametrize("command", [["list"], ["done", "9.1", "--dry-run"]])
def test_a_code_with_the_name_of_another_agency_is_refused_with_both(plan, call, command):
    option = "--agency" if command == ["list"] else "--by"
    answer = call(*command, option, "CAH – Công an tỉnh Bình Phước")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert (
        answer.stderr
        == """\
Lỗi: “CAH – Công an tỉnh Bình Phước” có thể là nhiều đơn vị, chưa rõ đơn vị nào:
  CAH  Công an huyện Hớn Quản
  CAT  Công an tỉnh Bình Phước
"""
    )


def test_of_several_plans_the_one_that_has_the_printed_name_is_meant(province, call):
    """In An Khương CAX has another name."""
    answer = call("list", "--data", "tinh", "--agency", "CAX – Công an xã", "--format", "ids")
    own = call("list", "--data", "tinh", "--agency", "TANKHAI:CAX", "--format", "ids")

    assert answer.stdout == own.stdout != ""
