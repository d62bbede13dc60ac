"""``draft``: a plan file out of an office's document, and what it says about it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import annexes
import pytest
import support

from de06cli.plan.file.reader import read

SOURCE = support.ROOT / "tests" / "data" / "source" / "phu-luc-1.txt"


def test_the_appendix_is_drafted_and_its_summary_says_where_to_begin(tmp_path: Path) -> None:
    answer = support.run(
        "draft", str(SOURCE), "--register", str(support.MODELS_FILE), "-o", "data/models.yaml",
        home=tmp_path,
    )  # fmt: skip
    assert (answer.returncode, answer.stdout) == (0, "")
    said = answer.stderr.splitlines()
    assert said[0] == "Đã lưu data/models.yaml."
    assert said[1].startswith("24 nhiệm vụ, 82 bước, 0 đơn vị mới, ")
    assert "de06 show 28 --data data/models.yaml" in said[2]

    checked = support.run("check", home=tmp_path)
    assert (checked.returncode, "0 lỗi" in checked.stderr) == (0, True)
    assert support.run("show", "28", home=tmp_path).returncode == 0
    listed = support.run("list", "--format", "ids", home=tmp_path).stdout.split()
    assert len(listed) == 24


def test_without_a_target_the_plan_is_the_answer(call, tmp_path):
    first, second = call("draft", str(SOURCE)), call("draft", str(SOURCE))
    assert first.stdout == second.stdout
    assert read(first.stdout.encode()).plan
    assert call("draft", str(SOURCE), "--lang", "en").stdout == first.stdout
    assert list(tmp_path.rglob("*.yaml")) == []


def test_a_file_that_is_there_is_left_alone(call, tmp_path):
    target = tmp_path / "data" / "models.yaml"
    target.parent.mkdir()
    target.write_text("của tôi", "utf-8")

    answer = call("draft", str(SOURCE), "-o", "data/models.yaml")
    assert (answer.returncode, target.read_text("utf-8")) == (4, "của tôi")
    assert "--force" in answer.stderr
    assert call("draft", str(SOURCE), "-o", "data/models.yaml", "--force").returncode == 0
    assert read(target.read_bytes()).plan


def test_columns_that_de06_does_not_know_are_named_by_hand(call, tmp_path):
    sheet = "Đầu việc cần làm,Người nhận,Mốc\nLắp camera,Công an xã,30/6/2025\n"
    (tmp_path / "viec.csv").write_text(sheet, "utf-8")
    refused = call("draft", "viec.csv")
    assert refused.returncode == 2
    assert "Đầu việc cần làm; Người nhận; Mốc" in refused.stderr

    named = ["Đầu việc cần làm=title", "nguoi nhan=lead", "Mốc=deadline"]
    options = [part for each in named for part in ("--columns", each)]
    text = call("draft", "viec.csv", *options).stdout
    plan = read(text.encode()).plan
    assert plan
    assert [(model.title, str(model.deadline), model.lead) for model in plan.models] == [
        ("Lắp camera", "2025-06-30", ("CAX",))
    ]


@pytest.mark.parametrize("typed", ["title", "Mốc=", "Mốc=han", "=title"])
def test_a_column_for_a_key_that_there_is_not_is_refused(call, typed):
    answer = call("draft", str(SOURCE), "--columns", typed)
    assert answer.returncode == 2
    assert "title" in answer.stderr or "Gợi ý" in answer.stderr


def test_a_column_that_the_document_does_not_have_is_refused(call):
    answer = call("draft", str(SOURCE), "--columns", "Cột lạ=basis")
    assert answer.returncode == 2
    assert "Cột lạ" in answer.stderr


def test_tables_without_tasks_are_named(call, tmp_path):
    annexes.two_annexes(tmp_path / "hai.docx")
    answer = call("draft", "hai.docx")
    assert "không lấy nhiệm vụ từ bảng 1, bảng 4" in answer.stderr


UNREADABLE: dict[str, bytes] = {
    "rong.docx": b"",
    "cu.doc": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
    "anh.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    "cu.csv": "STT;Nhiệm vụ".encode("utf-16-le") + b"\xff",
    "latin.csv": "STT,Nhi\xeam v\xf9".encode("latin-1"),
    "hong.docx": b"PK\x03\x04word/document.xml" + b"\0" * 100,
    "van-ban.pdf": b"%PDF-1.7\n",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_a_clear_error(call, tmp_path, name):
    (tmp_path / name).write_bytes(UNREADABLE[name])
    answer = call("draft", name, "-o", "moi.yaml")
    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr.startswith("Lỗi: ")
    assert not (tmp_path / "moi.yaml").exists()


def test_a_missing_file_a_folder_and_a_text_without_a_table(call, tmp_path):
    (tmp_path / "thu.txt").write_text("Kính gửi: UBND xã\nĐề nghị báo cáo.\n", "utf-8")
    assert call("draft", "khong-co.docx").returncode == 3
    assert call("draft", ".").returncode == 3
    answer = call("draft", "thu.txt")
    assert (answer.returncode, "không có bảng nào" in answer.stderr) == (2, True)


def test_an_archive_that_unpacks_without_end_is_refused(call, tmp_path):
    with zipfile.ZipFile(tmp_path / "to.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * (170 << 20))
    answer = call("draft", "to.docx")
    assert (answer.returncode, "Traceback" in answer.stderr) == (3, False)


def test_words_that_steer_a_terminal_or_break_yaml_stay_words(call, tmp_path):
    odd = ['a: b # c', "- x", '"', "\\", "'", "{n}", "[x]", "|", ">", "%", "&a *b", "\x1b[31m", "\u202e",
           "\ufeff", "null", "~", "\u2028", "1e5", "=1+1", "<b>&amp;",
           "a\u00a0b", "!!x", "@", "`", "? k", "---"]  # fmt: skip
    rows = "".join(
        f"{n}\t{text} {n}\t{text}{n}\tNăm 2025\t{text}\n" for n, text in enumerate(odd, start=1)
    )
    heads = 'STT\tNhiệm vụ\tChủ trì\tThời hạn\tGhi chú: # "x"\n'
    (tmp_path / "la.txt").write_text(heads + rows, "utf-8")
    answer = call("draft", "la.txt")
    reading = read(answer.stdout.encode())
    assert [finding.message for finding in reading.errors] == []
    assert reading.plan
    assert len(reading.plan.models) == len(odd)
    assert "\x1b" not in answer.stdout + answer.stderr
    assert reading.plan.models[0].title == "a: b # c 1"
    assert reading.plan.models[3].title == "\\ 4"
