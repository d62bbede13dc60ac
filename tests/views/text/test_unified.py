"""Unified diffs: what ``git apply`` and ``patch`` make of them is the new file, byte for byte."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import support
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from de06cli.views.text.unified import unified

TEXT = "".join(f"dòng {n}\n" for n in range(1, 21)).encode()


def test_a_change_is_shown_with_three_lines_around_it():
    after = TEXT.replace("dòng 7\n".encode(), "dòng 7\nthêm\n".encode())

    assert unified(TEXT, after, "data/models.yaml") == (
        "--- a/data/models.yaml\n"
        "+++ b/data/models.yaml\n"
        "@@ -5,6 +5,7 @@\n"
        " dòng 5\n"
        " dòng 6\n"
        " dòng 7\n"
        "+thêm\n"
        " dòng 8\n"
        " dòng 9\n"
        " dòng 10\n"
    )


def test_changes_close_to_each_other_are_shown_together_others_apart():
    after = TEXT
    for n in (1, 8, 20):
        after = after.replace(f"dòng {n}\n".encode(), f"câu {n}\n".encode())

    heads = [line for line in unified(TEXT, after, "x").splitlines() if line.startswith("@")]
    assert heads == ["@@ -1,11 +1,11 @@", "@@ -17,4 +17,4 @@"]


def test_the_same_file_has_no_difference():
    assert unified(TEXT, TEXT, "x") == ""


def test_a_file_without_a_final_newline_says_so():
    assert unified(b"a\nb", b"a\nb\nc", "x") == (
        "--- a/x\n"
        "+++ b/x\n"
        "@@ -1,2 +1,3 @@\n"
        " a\n"
        "-b\n"
        "\\ No newline at end of file\n"
        "+b\n"
        "+c\n"
        "\\ No newline at end of file\n"
    )


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("data/models.yaml", "data/models.yaml"),
        ("./data/models.yaml", "data/models.yaml"),
        ("../../data/models.yaml", "data/models.yaml"),
        ("/srv/plan/models.yaml", "srv/plan/models.yaml"),
        ("kế hoạch.yaml", "kế hoạch.yaml"),
    ],
)
def test_a_patch_does_not_lead_out_of_its_folder(path, name):
    assert unified(b"a\n", b"b\n", path).splitlines()[:2] == [f"--- a/{name}", f"+++ b/{name}"]


def applied(folder: Path, before: bytes, patch: str, *command: str) -> bytes:
    path = folder / "models.yaml"
    path.write_bytes(before)
    subprocess.run(
        command, cwd=folder, input=patch.encode(), capture_output=True, check=True,
        env=support.environment(folder),
    )  # fmt: skip
    return path.read_bytes()


GIT = ("git", "apply", "--whitespace=nowarn", "-")

lines = st.sampled_from(["a\n", "b\n", "c\r\n", "\n", "\u2028x\n", " d\n"])
files = st.tuples(st.sampled_from(["", "\ufeff"]), st.lists(lines, max_size=30)).map(
    lambda parts: parts[0] + "".join(parts[1])
)


@support.needs_git
@given(files, files, st.booleans(), st.booleans())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_git_makes_the_new_file_of_any_diff(tmp_path, before, after, old_end, new_end):
    old, new = (
        text if end else text.removesuffix("\n")
        for text, end in ((before, old_end), (after, new_end))
    )
    if old == new or not old or not new:  # an empty file looks different in a diff
        return
    patch = unified(old.encode(), new.encode(), "models.yaml")

    assert applied(tmp_path, old.encode(), patch, *GIT) == new.encode()


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch is not installed")
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_patch_makes_the_new_file_too(tmp_path, bom, end):
    before = bom + TEXT.replace(b"\n", end)
    after = before.replace("dòng 7".encode(), b"x").removesuffix(end)
    patch = unified(before, after, "models.yaml")

    assert applied(tmp_path, before, patch, "patch", "--binary", "-p1") == after


def test_a_large_file_with_changes_far_apart_takes_no_search():
    text = "".join(f"dòng {n % 40}\n" for n in range(400_000))

    patch = unified(text.encode(), f"đầu\n{text}cuối\n".encode(), "x")

    assert [line for line in patch.splitlines() if line[0] in "+-@"][2:] == [
        "@@ -1,3 +1,4 @@",
        "+đầu",
        "@@ -399998,3 +399999,4 @@",
        "+cuối",
    ]
