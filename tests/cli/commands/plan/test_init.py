"""``init``: a plan folder of one's own, and nothing that was there is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import support
from samples import filled

from de06cli.plan.file.skeleton import SKELETON

CREATED = "Đã tạo data/models.yaml. Kiểm tra: de06 check. Xem: de06 list.\n"
ANOTHER_FOLDER = "đã có; không ghi đè. Hãy chạy de06 init trong một thư mục khác."
SCHEMA = (support.ROOT / "data" / "models.schema.json").read_bytes()


def files(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_init_copies_the_plan_in_use(call, tmp_path):
    answer = call("init")

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, CREATED, "")
    assert files(tmp_path) == {
        "data/models.yaml": support.MODELS_FILE.read_bytes(),
        "data/models.schema.json": SCHEMA,
        ".gitattributes": b"data/models.yaml text eol=lf merge=de06\n",
        ".gitignore": b"data/models.yaml.lock\ndata/models.yaml.lock.held\n",
    }
    assert call("check").returncode == 0


def test_init_copies_the_plan_that_is_named(call, tmp_path):
    other = tmp_path / "khac.yaml"
    other.write_bytes(b"\xef\xbb\xbf" + filled().replace("\n", "\r\n").encode())

    assert call("init", "--data", "khac.yaml").returncode == 0
    assert (tmp_path / "data" / "models.yaml").read_bytes() == other.read_bytes()


def test_an_empty_plan_is_a_skeleton_that_has_to_be_filled_in(call, tmp_path):
    assert call("init", "--empty").stdout == CREATED
    assert (tmp_path / "data" / "models.yaml").read_text("utf-8") == SKELETON

    checked = call("check")
    assert (checked.returncode, checked.stdout.count("\n")) == (1, 8)
    (tmp_path / "data" / "models.yaml").write_text(filled(), "utf-8")
    checked = call("check")
    assert (checked.returncode, checked.stdout) == (0, "")


def test_git_files_keep_what_they_say(call, tmp_path):
    (tmp_path / ".gitignore").write_bytes(b"*.bak\r\n*.tmp")
    (tmp_path / ".gitattributes").write_bytes(b"data/models.yaml text eol=lf\n* text=auto\n")

    call("init")

    assert (tmp_path / ".gitignore").read_bytes() == (
        b"*.bak\r\n*.tmp\ndata/models.yaml.lock\ndata/models.yaml.lock.held\n"
    )
    assert (tmp_path / ".gitattributes").read_bytes() == (
        b"data/models.yaml text eol=lf\n* text=auto\n"
    )


@pytest.mark.parametrize("arguments", [[], ["--empty"]])
def test_init_refuses_where_a_plan_exists(small, call, tmp_path, arguments):
    before = files(tmp_path)

    answer = call("init", *arguments)

    assert (answer.returncode, answer.stdout) == (4, "")
    assert answer.stderr == f"Lỗi: data/models.yaml {ANOTHER_FOLDER}\n"
    assert files(tmp_path) == before


def test_init_refuses_where_a_link_waits_for_a_plan(call, tmp_path):
    (tmp_path / "data").mkdir()
    support.symlink(tmp_path / "data" / "models.yaml", tmp_path / "elsewhere.yaml")

    assert call("init").returncode == 4
    assert not (tmp_path / "elsewhere.yaml").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("name", ["data", ".gitattributes", ".gitignore"])
@pytest.mark.parametrize("there", [True, False], ids=["leads outside", "leads nowhere"])
def test_init_follows_no_link(call, tmp_path, name, there):
    outside = tmp_path / "outside"
    if there:
        outside.mkdir() if name == "data" else outside.write_bytes(b"x\n")
    (tmp_path / name).symlink_to(outside)

    answer = call("init", "--empty")

    assert (answer.returncode, answer.stdout) == (4, "")
    assert answer.stderr.startswith(f"Lỗi: {name} là một liên kết; ")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [name, *(["outside"] if there else [])]
    )
    if there:
        assert [*outside.iterdir()] == [] if name == "data" else outside.read_bytes() == b"x\n"


@pytest.mark.parametrize("link", [True, False])
def test_init_writes_over_no_schema_and_through_no_link_to_one(call, tmp_path, link):
    (tmp_path / "data").mkdir()
    path, other = tmp_path / "data" / "models.schema.json", tmp_path / "other"
    other.write_bytes(b"{}")
    support.symlink(path, other) if link else path.write_bytes(b"{}")

    answer = call("init")

    assert (answer.returncode, answer.stdout) == (4, "")
    assert answer.stderr == f"Lỗi: data/models.schema.json {ANOTHER_FOLDER}\n"
    assert (path.read_bytes(), other.read_bytes()) == (b"{}", b"{}")
    assert not (tmp_path / "data" / "models.yaml").exists()


def test_init_can_be_run_again_where_only_the_schema_was_written(call, tmp_path):
    call("init")
    (tmp_path / "data" / "models.yaml").unlink()

    assert call("init").returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="no pipes of this kind on Windows")
def test_init_waits_for_no_pipe(call, tmp_path):
    os.mkfifo(tmp_path / ".gitignore")

    answer = call("init")

    assert answer.returncode == 4
    assert not (tmp_path / "data" / "models.yaml").exists()


@pytest.mark.parametrize("in_the_way", ["data", ".gitignore/x"])
def test_init_that_fails_leaves_no_plan_behind(call, tmp_path, in_the_way):
    obstacle = tmp_path / in_the_way
    obstacle.parent.mkdir(exist_ok=True)
    obstacle.touch()

    answer = call("init")

    assert (answer.returncode, answer.stdout) == (4, "")
    assert answer.stderr.startswith("Lỗi: Không tạo được ")
    assert not (tmp_path / "data" / "models.yaml").exists()


def test_init_copies_no_broken_plan(call, tmp_path):
    (tmp_path / "hong.yaml").write_bytes(b"plan: [\n")

    answer = call("init", "--data", "hong.yaml")

    assert (answer.returncode, answer.stdout) == (3, "")
    assert files(tmp_path) == {"hong.yaml": b"plan: [\n"}


def test_init_in_a_folder_below_a_plan_copies_that_plan(small, call, tmp_path, monkeypatch):
    below = tmp_path / "xa"
    below.mkdir()
    monkeypatch.chdir(below)

    assert call("init").returncode == 0
    assert (below / "data" / "models.yaml").read_bytes() == small.read_bytes()


def test_a_plan_that_was_made_counts_even_if_nobody_can_be_told(shell, tmp_path):
    made = shell("de06 init >/dev/full")

    assert (made.returncode, made.stdout, made.stderr) == (0, "", CREATED)
    assert (tmp_path / "data" / "models.yaml").is_file()


def test_init_from_a_document_is_its_draft_in_a_plan_folder(call, tmp_path):
    source = support.ROOT / "tests" / "data" / "source" / "phu-luc-1.txt"
    answer = call("init", "--from", str(source))

    assert (answer.returncode, answer.stdout) == (0, CREATED)
    assert "24 nhiệm vụ, 82 bước, " in answer.stderr
    made = (tmp_path / "data" / "models.yaml").read_text("utf-8")
    assert made == call("draft", str(source), "-o", "-").stdout
    assert (tmp_path / ".gitignore").exists()
    assert call("check").returncode == 0
    again = call("init", "--from", str(source))
    assert (again.returncode, "đã có" in again.stderr) == (4, True)


def test_init_from_what_is_no_plan_leaves_the_folder_as_it_was(call, tmp_path):
    (tmp_path / "trang.csv").write_text("a,b\n1,2\n", "utf-8")
    answer = call("init", "--from", "trang.csv")

    assert answer.returncode == 2
    assert "Không thấy bảng nhiệm vụ nào" in answer.stderr
    assert list(files(tmp_path)) == ["trang.csv"]
    assert call("init", "--from", "trang.csv", "--empty").returncode == 2
    assert call("init", "--from", "khong-co.docx").returncode == 3
