"""Answers in every encoding, pipe and terminal: nothing is lost, nothing ends in a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import support

from de06cli.cli import output

needs_full_disk = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="no /dev/full on this system"
)
ESCAPE = "\x1b"

# Encodings ----------------------------------------------------------------------------------------

ASCII_TABLE = """\
Mo hinh  STT  Nhiem vu                     Thoi han  Chu tri   Tien do  Tinh trang
      7    1  Cap the can cuoc luu dong  31/12/2023  CAX, VPX  *x 1/2   Chua hoan thanh - qua han 11 ngay
      3    2  So suc khoe dien tu        15/01/2024  TTYT      /o 0/2   Chua hoan thanh - trong han (sap den han, con 4 ngay)
      5    3  Thanh toan khong tien mat  30/10/2023  VPX       * 1/1    Hoan thanh qua han 10 ngay
      2    4  Tuyen truyen VNeID         30/12/2023  CAX       *- 2/2   Hoan thanh dung han
      8    5  Ra soat dan cu                         CAX       o 0/1    Thuong xuyen
"""  # noqa: E501

TABLE = """\
Mô hình  STT  Nhiệm vụ                     Thời hạn  Chủ trì   Tiến độ  Tình trạng
      7    1  Cấp thẻ căn cước lưu động  31/12/2023  CAX, VPX  ●✗ 1/2   Chưa hoàn thành – quá hạn 11 ngày
      3    2  Sổ sức khỏe điện tử        15/01/2024  TTYT      ◐○ 0/2   Chưa hoàn thành – trong hạn (sắp đến hạn, còn 4 ngày)
      5    3  Thanh toán không tiền mặt  30/10/2023  VPX       ● 1/1    Hoàn thành quá hạn 10 ngày
      2    4  Tuyên truyền VNeID         30/12/2023  CAX       ●– 2/2   Hoàn thành đúng hạn
      8    5  Rà soát dân cư                         CAX       ○ 0/1    Thường xuyên
"""  # noqa: E501


# Without it no process of Windows starts.
NEEDED = {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if os.name == "nt" else {}
of_locales = pytest.mark.skipif(os.name == "nt", reason="Windows has code pages instead of locales")


def raw(*arguments: str, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    """de06 in a process of its own, in exactly this environment, its output as bytes.

    Only the snapshots of the user who runs the tests are left alone.
    """
    return subprocess.run(
        [sys.executable, "-m", "de06cli", *arguments],
        cwd=cwd,
        env={"DE06_CACHE": "off", **NEEDED, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )


def text(data: bytes, encoding: str = "utf-8") -> str:
    return data.decode(encoding).replace(os.linesep, "\n")


@pytest.mark.parametrize(
    "env",
    [
        {},
        {"LANG": "C"},
        {"LANG": "vi_VN.UTF-8"},
        pytest.param({"LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"}, marks=of_locales),
    ],
    ids=["no environment", "LANG=C", "a locale that is not installed", "PYTHONUTF8=0"],
)
def test_vietnamese_is_written_in_utf_8(small, env):
    answer = raw("list", "--as-of", "2024-01-11", cwd=small.parents[1], env=env)

    assert (answer.returncode, text(answer.stdout), answer.stderr) == (0, TABLE, b"")


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "1"},
        pytest.param(
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, marks=of_locales
        ),
    ],
    ids=["PYTHONIOENCODING", "strict", "the C locale as it is"],
)
def test_ascii_gets_the_letters_without_their_marks(small, env):
    answer = raw("list", "--as-of", "2024-01-11", cwd=small.parents[1], env=env)

    assert (answer.returncode, text(answer.stdout, "ascii"), answer.stderr) == (
        0,
        ASCII_TABLE,
        b"",
    )


def test_the_vietnamese_code_page_of_windows_loses_no_letter(small):
    env = {"PYTHONIOENCODING": "cp1258"}
    answer = raw("list", "--as-of", "2024-01-11", cwd=small.parents[1], env=env)

    shown = unicodedata.normalize("NFC", text(answer.stdout, "cp1258"))
    symbols = str.maketrans("●✗◐○", "*x/o")
    assert (answer.returncode, shown, answer.stderr) == (0, TABLE.translate(symbols), b"")


@pytest.mark.parametrize(
    ("encoding", "begin"),
    [
        ("cp1252", "Mô hình 7 (STT 1): Câp the can cuóc luu dông"),
        ("latin-1", "Mô hình 7 (STT 1): Câp the can cuóc luu dông"),
        ("cp437", "Mô hình 7 (STT 1): Câp the can cuóc luu dông"),
        ("utf-16", "Mô hình 7 (STT 1): Cấp thẻ căn cước lưu động"),
        ("utf-8-sig", "Mô hình 7 (STT 1): Cấp thẻ căn cước lưu động"),
    ],
)
def test_other_encodings_keep_what_they_can(small, encoding, begin):
    env = {"PYTHONIOENCODING": encoding}
    answer = raw("show", "7", "--as-of", "2024-01-11", cwd=small.parents[1], env=env)

    assert (answer.returncode, answer.stderr) == (0, b"")
    assert text(answer.stdout, encoding).startswith(f"{begin}\n")


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        (
            "ascii",
            'Loi: Khong co lenh "lst". Goi y: list, stop, steps. Xem tat ca: de06 --help.',
        ),
        (
            "cp1258",
            "Lỗi: Không có lệnh “lst”. Gợi ý: list, stop, steps. Xem tất cả: de06 --help.",
        ),
    ],
)
def test_errors_are_written_in_any_encoding_too(small, encoding, said):
    answer = raw("lst", cwd=small.parents[1], env={"PYTHONIOENCODING": encoding})

    assert (answer.returncode, answer.stdout) == (2, b"")
    assert unicodedata.normalize("NFC", text(answer.stderr, encoding)) == f"{said}\n"


@pytest.mark.parametrize(
    ("variables", "windows", "encoding"),
    [
        ({}, True, "utf-8"),
        ({}, False, "cp1252"),
        ({"PYTHONIOENCODING": "cp1252"}, True, "cp1252"),
        ({"PYTHONUTF8": "0"}, True, "cp1252"),
    ],
)
def test_a_file_or_pipe_of_windows_gets_utf_8_unless_another_is_asked_for(
    tmp_path, monkeypatch, variables, windows, encoding
):
    for name in ("PYTHONIOENCODING", "PYTHONUTF8"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(output, "IS_WINDOWS", windows)
    with (tmp_path / "out").open("w", encoding="cp1252") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        output.prepare()
        assert stream.encoding == encoding
        monkeypatch.undo()


def test_json_keeps_every_letter_in_any_encoding(small):
    asked = ["list", "--as-of", "2024-01-11", "--format", "json"]
    as_ascii = raw(*asked, cwd=small.parents[1], env={"PYTHONIOENCODING": "ascii"})
    as_utf8 = raw(*asked, cwd=small.parents[1], env={})

    assert json.loads(as_ascii.stdout.decode("ascii")) == json.loads(as_utf8.stdout.decode("utf-8"))
    assert "Sổ sức khỏe điện tử".encode() in as_utf8.stdout


def test_csv_is_utf_8_whatever_the_channel_is(small):
    asked = ["list", "--as-of", "2024-01-11", "--format", "csv"]
    as_ascii = raw(*asked, cwd=small.parents[1], env={"PYTHONIOENCODING": "ascii"})

    assert "\nTANKHAI,2,4,Tuyên truyền VNeID,CAX," in as_ascii.stdout.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("encoding", "text", "written"),
    [
        ("ascii", "Đề án 06 – “sổ”…", 'De an 06 - "so"...'),
        ("ascii", "日本 ờ\u0323", "?? o"),
        ("cp1258", "Đ ờ ệ ữ ă", "Đ ơ\u0300 ê\u0323 ư\u0303 ă"),
        ("cp1252", "ờ ệ á", "ò ê á"),
        ("cp437", "Đ ● é", "D * é"),
    ],
)
def test_a_letter_is_written_as_near_as_the_encoding_can(tmp_path, encoding, text, written):
    path = tmp_path / "out"
    with path.open("w", encoding=encoding) as stream, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        patch.setattr(sys, "stderr", None)
        patch.setattr(output, "IS_WINDOWS", False)  # where a file is UTF-8 in any case
        output.prepare()
        stream.write(text)

    assert path.read_text(encoding) == written


# Pipes and full disks -----------------------------------------------------------------------------

COMMANDS = ["list", "show 7", "overdue", "stats --format csv", "check", "schema", "--help",
            "list --help", "--version", "--show-completion bash", ""]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_went_away_is_no_error(small, tmp_path, command):
    theirs, ours = os.pipe()
    os.close(theirs)
    answer = subprocess.run(
        [sys.executable, "-m", "de06cli", *command.split()],
        cwd=tmp_path,
        env=support.environment(tmp_path),
        stdout=ours,
        stderr=subprocess.PIPE,
        timeout=120,
        check=False,
    )
    os.close(ours)

    said = [line for line in answer.stderr.decode().splitlines() if not line.startswith("data/")]
    assert (answer.returncode, said) == (0, [])


def test_head_gets_its_line_and_nobody_complains(plan, shell):
    """The JSON is larger than a pipe holds, so that head is gone before it is written."""
    answer = shell('de06 list --format json | head -n 1; echo "${PIPESTATUS[0]}"')

    assert (answer.stdout, answer.stderr) == ("{\n0\n", "")


@needs_full_disk
def test_a_full_disk_is_reported(small, shell):
    lines = [f'de06 {command} >/dev/full; echo "$?"' for command in COMMANDS]
    answer = shell(f"({'; '.join(lines)}) 2>errors; grep -v '^data/' errors >&2")

    assert answer.stdout.split() == ["5"] * len(COMMANDS)
    told = "Không lưu được kết quả: No space left on device."
    assert answer.stderr.splitlines() == [told] * len(COMMANDS)


def test_a_closed_output_is_reported(small, shell):
    asked = ["list", "--help", "show 7 --help", "stats --format csv"]
    lines = [f'de06 {command} >&-; echo "$?"' for command in asked]
    answer = shell("; ".join(lines))

    assert answer.stdout.split() == ["5"] * len(asked)
    told = "Không lưu được kết quả: Bad file descriptor."
    assert answer.stderr.splitlines() == [told] * len(asked)


def test_errors_that_nobody_hears_keep_their_code(small, shell):
    answer = shell(
        'de06 list --format ids 2>&-; echo "$?"; de06 show 99 2>&-; echo "$?"; '
        'de06 list >&- 2>&-; echo "$?"'
    )

    assert (answer.stdout, answer.stderr) == ("7\n3\n5\n2\n8\n0\n2\n5\n", "")


@needs_full_disk
def test_errors_that_do_not_fit_on_the_disk_keep_their_code(small, shell):
    answer = shell('de06 show 99 2>/dev/full; echo "$?"; de06 list >/dev/full 2>&1; echo "$?"')

    assert (answer.stdout, answer.stderr) == ("2\n5\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are tested on POSIX systems")
def test_a_terminal_that_is_gone_is_reported(small, tmp_path):
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "de06cli", "list"],
        cwd=tmp_path,
        env=support.environment(tmp_path, TERM="xterm"),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(theirs)
        os.close(ours)
        _nothing, said = process.communicate(timeout=120)

    assert (process.returncode, said.decode()) == (
        5,
        "Không lưu được kết quả: Input/output error.\n",
    )


# Terminals ----------------------------------------------------------------------------------------


def words(text: str) -> set[str]:
    return set(re.sub(r"\x1b\[[0-9;]*m", "", text).split())


def test_columns_do_not_matter_in_a_pipe(small, de06):
    narrow = de06("list", COLUMNS="40")

    assert (narrow.returncode, narrow.stdout, narrow.stderr) == (0, TABLE, "")


@pytest.mark.parametrize(
    ("columns", "changes"),
    [(40, {}), (80, {}), (160, {}), (40, {"TERM": "dumb"}), (120, {"COLUMNS": "50"})],
)
def test_a_table_fits_the_terminal_and_nothing_is_lost(small, terminal, columns, changes):
    answer = terminal("list", columns=columns, **changes)

    width = int(changes.get("COLUMNS", columns))
    bare = re.sub(r"\x1b\[[0-9;]*m", "", answer.stdout)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert max(map(len, bare.splitlines())) <= width
    told = {word for word in words(TABLE) if re.search(r"[\d●○◐✗]|^[A-Z]{3,}$", word)}
    assert told - words(bare.replace(",", "")) - {"4)", "STT"} == set()
    titles = ["Cấp thẻ căn cước lưu động", "Sổ sức khỏe điện tử", "Thanh toán không tiền mặt"]
    assert {word for title in titles for word in title.split()} <= words(bare)


def test_a_terminal_gets_colours(small, terminal):
    assert f"{ESCAPE}[1;38;5;160m" in terminal("list", columns=160).stdout


@pytest.mark.parametrize("command", ["list", "overdue", "show", "check"])
def test_a_dumb_terminal_gets_no_escape_sequences(small, terminal, command):
    arguments = ["show", "7"] if command == "show" else [command]
    answer = terminal(*arguments, TERM="dumb")

    assert answer.stdout
    assert ESCAPE not in answer.stdout


def test_no_color_is_obeyed(small, terminal):
    shown = terminal("overdue", NO_COLOR="1").stdout

    styles = {
        style for found in re.findall(r"\x1b\[([0-9;]*)m", shown) for style in found.split(";")
    }
    assert styles <= {"0", "1", "2"}  # plain, bold, dim
    assert "Cấp thẻ căn cước" in shown


def test_an_ascii_terminal_gets_ascii(small, terminal):
    shown = terminal("list", columns=160, PYTHONIOENCODING="ascii", TERM="dumb").stdout

    assert shown.isascii()
    assert "Cap the can cuoc luu dong" in shown


@pytest.mark.parametrize(
    "typed",
    ["[red]Chữ đỏ[/red] :smile:", "[link=https://example.vn]x[/link]", "=cmd|' /C calc'!A0"],
)
def test_what_people_typed_is_never_markup(small, terminal, call, typed):
    small.write_text(small.read_text("utf-8").replace("Sổ sức khỏe điện tử", typed), "utf-8")

    assert typed in terminal("list", "--model", "3", columns=200, TERM="dumb").stdout
    assert typed in terminal("show", "3", columns=200, TERM="dumb").stdout
    assert typed in call("list", "--model", "3").stdout
