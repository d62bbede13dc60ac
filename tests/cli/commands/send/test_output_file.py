"""Files that commands write: their forms by name, and what goes with which form.

That they are whole or not there, ``test_exporting`` shows with all of them.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import pytest
import support

from de06cli.cli.commands.send import output_file
from de06cli.errors import ChangeRefused, RefusedValue


class Form(StrEnum):
    CSV = "csv"
    DOCX = "docx"


@pytest.mark.parametrize("file", ["a.docx", "A.DOCX", "b/c.d.DocX"])
def test_the_ending_of_a_name_says_the_form(file):
    assert output_file.by_ending(file, Form) is Form.DOCX


@pytest.mark.parametrize("file", ["docx", ".docx", "a.doc", "a.docx.", "-", ""])
def test_another_ending_is_refused_with_the_known_ones(file):
    with pytest.raises(RefusedValue) as refused:
        output_file.by_ending(file, Form)

    assert str(refused.value) == (
        f"Không rõ định dạng tệp của {file}. Hãy thêm --format với: csv, docx."
    )


def test_a_template_is_for_word_alone_and_not_to_be_written_at_the_same_time():
    assert output_file.given_template(None, False, of_word=False) is None
    assert output_file.given_template(None, True, of_word=True) is None
    assert output_file.given_template("a.docx", False, of_word=True) == Path("a.docx")
    for template, as_template, of_word in (
        ("a", False, False),
        (None, True, False),
        ("a", True, True),
    ):
        with pytest.raises(RefusedValue):
            output_file.given_template(template, as_template, of_word=of_word)


def test_a_module_that_is_not_there_is_a_bug_of_de06_itself():
    with pytest.raises(ModuleNotFoundError, match=r"de06cli\.views\.nothing"):
        output_file.optional(lambda: import_module("de06cli.views.nothing"), "office")


@pytest.mark.parametrize(
    ("files", "python", "line"),
    [
        ({}, "/opt/de06/bin/python", "/opt/de06/bin/python -m pip install pyarrow"),
        ({}, r"C:\Tổ 06\python.exe", r'"C:\Tổ 06\python.exe" -m pip install pyarrow'),
        (
            {"pyvenv.cfg": "home = /usr/bin\nuv = 0.5.1\n"},
            "/a/python",
            "uv pip install --python /a/python pyarrow",
        ),
        ({"pyvenv.cfg": "home = /usr/bin\n"}, "/a/python", "/a/python -m pip install pyarrow"),
        ({"pipx_metadata.json": "{}"}, "/a/python", "pipx inject de06cli pyarrow"),
    ],
    ids=["pip", "a space", "uv", "venv", "pipx"],
)
def test_a_missing_library_is_named_with_the_line_that_installs_it_where_de06_is(
    tmp_path, monkeypatch, files, python, line
):
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "executable", python)

    with pytest.raises(RefusedValue) as refused:
        output_file.optional(lambda: import_module("a_library_of_nobody"), "data")

    assert str(refused.value) == f"Cần thêm thư viện: {line}."


def test_the_libraries_that_a_line_installs_are_those_of_the_project():
    project = tomllib.loads((support.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {
        "office": project["dependencies"],
        "data": project["optional-dependencies"]["data"],
    }

    for extra, libraries in output_file.LIBRARIES.items():
        assert {*libraries.split()} <= {re.split("[<>=]", line)[0] for line in declared[extra]}


def test_an_answer_goes_into_a_file_in_utf_8_and_over_none_that_is_there(tmp_path):
    output_file.answer("Tổ 06\n", str(tmp_path / "a.txt"), force=False)

    assert (tmp_path / "a.txt").read_bytes() == "Tổ 06\n".encode()
    with pytest.raises(ChangeRefused):
        output_file.answer("", str(tmp_path / "a.txt"), force=False)


def test_what_is_there_is_given_as_it_is():
    assert output_file.optional(lambda: import_module("json").dumps, "office") is json.dumps


def test_a_file_is_written_where_nobody_can_put_a_link(tmp_path):
    seen = []

    def fill(path):
        folder = path.parent.stat()
        seen.append((path.parent.name, folder.st_mode & 0o777, [*path.parent.iterdir()]))
        path.write_bytes(b"x")

    for _time in range(2):
        output_file.write_whole(tmp_path / "a.csv", fill, force=True)

    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]
    assert seen[0][0] != seen[1][0]
    assert [each[2] for each in seen] == [[], []]
    assert os.name == "nt" or [each[1] for each in seen] == [0o700, 0o700]


def test_a_link_is_replaced_and_not_followed(tmp_path):
    (tmp_path / "other").write_bytes(b"other")
    support.symlink(tmp_path / "a.csv", "other")

    output_file.write_whole(tmp_path / "a.csv", lambda path: path.write_bytes(b"x"), force=True)

    assert (tmp_path / "a.csv").read_bytes() == b"x"
    assert (tmp_path / "other").read_bytes() == b"other"


def test_a_file_that_a_link_waits_for_is_not_written_without_force(tmp_path):
    support.symlink(tmp_path / "a.csv", "nowhere")

    with pytest.raises(ChangeRefused):
        output_file.write_whole(
            tmp_path / "a.csv", lambda path: path.write_bytes(b"x"), force=False
        )


def test_what_fails_half_written_leaves_nothing(tmp_path):
    def fill(path):
        path.write_bytes(b"half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        output_file.write_whole(tmp_path / "a.csv", fill, force=False)

    assert [*tmp_path.iterdir()] == []
