"""``export``: the register as a file, in the form that its name or ``--format`` says."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import re
import subprocess
import sys
from datetime import date

import duckdb
import pytest
import support
from pyarrow import parquet as pq

from de06cli.cli.commands.send import export, output_file
from de06cli.views.office import parquet

NAMES = ("csv", "tsv", "json", "md")


def left_in(folder) -> list[str]:
    """Every file below the folder but the plans and de06's own records."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and not {".cache", ".local", "data", "tinh"} & {*path.relative_to(folder).parts}
    )


# Forms --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", NAMES)
def test_a_file_holds_what_list_prints(small, call, tmp_path, form):
    listed = call("list", "--format", form)

    written = call("export", f"xuat/viec.{form.upper()}")

    assert (written.returncode, written.stdout) == (0, "")
    assert written.stderr == f"Đã lưu xuat/viec.{form.upper()}.\n"
    assert (tmp_path / "xuat" / f"viec.{form.upper()}").read_bytes() == listed.stdout.encode()
    assert left_in(tmp_path) == [f"xuat/viec.{form.upper()}"]


@pytest.mark.parametrize("form", NAMES)
def test_a_dash_is_standard_output(small, call, tmp_path, form):
    answer = call("export", "-", "--format", form)

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == call("list", "--format", form).stdout
    assert left_in(tmp_path) == []


def test_a_spreadsheet_opens_the_file_and_runs_nothing(small, call, tmp_path):
    text = small.read_text("utf-8").replace('"Rà soát dân cư"', "'=cmd|\"/c calc\"!A1'")
    small.write_text(text, "utf-8")

    call("export", "viec.csv", "--model", "8")

    data = (tmp_path / "viec.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfplan,model,stt,title,")
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert (row["model"], row["title"]) == ("8", '\'=cmd|"/c calc"!A1')


def test_filters_choose_what_is_exported(small, call, tmp_path):
    call(
        "export", "viec.json", "--agency", "cong an xa", "--state", "ongoing", "--as-of", "1/1/2024"
    )

    told = json.loads((tmp_path / "viec.json").read_text("utf-8"))
    assert (told["as_of"], [model["model"] for model in told["models"]]) == ("2024-01-01", [8])


def test_several_plans_are_one_file(province, call, tmp_path):
    call("export", "viec.tsv", "--data", "tinh", "--model", "8")

    lines = (tmp_path / "viec.tsv").read_text("utf-8").splitlines()
    assert [line.split("\t")[:3] for line in lines] == [
        ["plan", "model", "stt"],
        ["ANKHUONG", "8", "5"],
        ["HONQUAN", "8", "3"],
        ["TANKHAI", "8", "5"],
    ]


@pytest.mark.parametrize("form", NAMES)
def test_a_file_is_the_same_in_every_locale(small, de06, tmp_path, form):
    here = de06("export", f"a.{form}")
    there = de06(
        *("export", f"b.{form}"),
        LANG="C",
        LC_ALL="C",
        PYTHONCOERCECLOCALE="0",
        PYTHONUTF8="0",
        PYTHONIOENCODING="utf-8",  # of what is printed alone
    )

    assert (here.returncode, there.returncode) == (0, 0)
    assert (tmp_path / f"a.{form}").read_bytes() == (tmp_path / f"b.{form}").read_bytes()


# Refusals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["viec.xyz", "viec", "-", ".csv", "viec.csv.", ""])
def test_an_unknown_ending_is_refused_with_the_known_ones(small, call, tmp_path, name):
    answer = call("export", name)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == (
        f"Lỗi: Không rõ định dạng tệp của {name}. Hãy thêm --format với: "
        f"{', '.join(export.ExportFormat)}.\n"
    )
    assert left_in(tmp_path) == []


def test_an_existing_file_is_only_overwritten_by_force(small, call, tmp_path):
    file = tmp_path / "viec.csv"
    file.write_text("của tôi", "utf-8")

    refused = call("export", "viec.csv")
    kept = file.read_text("utf-8")
    forced = call("export", "viec.csv", "--force")

    assert (refused.returncode, refused.stdout) == (4, "")
    assert refused.stderr == "Lỗi: viec.csv đã có. Thêm --force để ghi đè.\n"
    assert kept == "của tôi"
    assert forced.returncode == 0
    assert file.read_text("utf-8").startswith("\ufeffplan,")
    assert left_in(tmp_path) == ["viec.csv"]


in_other_words = pytest.mark.skipif(os.name == "nt", reason="Windows has other words for it")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("data/models.yaml/viec.csv", "File exists", marks=in_other_words),
        pytest.param("x" * 300 + ".csv", "File name too long", marks=in_other_words),
        ("xuat", "đây là một thư mục, không phải tệp"),
        (".", "đây là một thư mục, không phải tệp"),
    ],
)
def test_what_can_not_be_written_is_reported(small, call, tmp_path, name, reason):
    (tmp_path / "xuat").mkdir()
    before = small.read_bytes()

    answer = call("export", name, "--format", "csv", "--force")

    assert (answer.returncode, answer.stdout) == (5, "")
    assert answer.stderr == f"Không lưu được kết quả: {name}: {reason}.\n"
    assert left_in(tmp_path) == []
    assert small.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="limits of another kind")
@pytest.mark.parametrize("form", ["json", "parquet"])
def test_where_the_disk_is_full_the_file_is_as_it_was(small, tmp_path, form):
    old = tmp_path / "xuat.json"
    if form == "json":
        old.write_text("của tôi", "utf-8")
    target = old.name if form == "json" else "kho"

    def small_files_only():
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    answer = subprocess.run(
        [sys.executable, "-m", "de06cli", "export", target, "--format", form, "--force"],
        cwd=tmp_path,
        env=support.environment(tmp_path, DE06_CACHE="off", PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        encoding="utf-8",
        preexec_fn=small_files_only,
        check=False,
    )

    assert (answer.returncode, answer.stdout) == (5, "")
    assert re.fullmatch("Không lưu được kết quả: .*File too large.*\n", answer.stderr)
    assert left_in(tmp_path) == (["xuat.json"] if form == "json" else [])
    assert form != "json" or old.read_text("utf-8") == "của tôi"


# Parquet ------------------------------------------------------------------------------------------


@pytest.fixture
def warehouse(province, call, tmp_path):
    """The province as parquet in ``kho``, with a broken file beside it that is left out."""
    (province / "hong.yaml").write_text("plan:\n", "utf-8")
    answer = call("export", "kho", "--format", "parquet", "--data", "tinh")
    assert (answer.returncode, answer.stdout) == (0, "")
    assert answer.stderr.endswith("Đã lưu 3 kế hoạch vào kho.\n")
    return tmp_path / "kho"


def test_each_plan_is_a_file_of_models_and_one_of_steps(warehouse):
    assert left_in(warehouse) == [
        "models/ANKHUONG.parquet",
        "models/HONQUAN.parquet",
        "models/TANKHAI.parquet",
        "steps/ANKHUONG.parquet",
        "steps/HONQUAN.parquet",
        "steps/TANKHAI.parquet",
    ]
    rows = pq.read_table(warehouse / "models" / "TANKHAI.parquet").to_pylist()
    assert [(row["plan"], row["model"]) for row in rows] == [
        ("TANKHAI", n) for n in (7, 3, 5, 2, 8)
    ]


def test_a_query_over_the_folder_says_what_stats_says(warehouse, call, monkeypatch):
    monkeypatch.setenv("DE06_DATA", "tinh")
    by_plan = json.loads(call("stats", "--by", "plan", "--format", "json").stdout)["rows"]
    by_state = ", ".join(
        f"count(*) filter (state = '{state}')"
        for state in ("done_on_time", "done_late", "open_in_time", "open_overdue", "ongoing")
    )
    found = duckdb.sql(
        f"select plan, count(*), {by_state}, count(*) filter (due_soon),"
        " count(*) filter (due < as_of) from 'kho/models/*.parquet' group by plan order by plan"
    ).fetchall()

    keys = ["key", "total", "done_on_time", "done_late", "open_in_time", "open_overdue", "ongoing",
            "due_soon", "rate_due_of"]  # fmt: skip
    assert found == [tuple(row[key] for key in keys) for row in by_plan]
    assert [row[5] for row in found] == [1, 24, 1]


@pytest.mark.parametrize("name", ["lap-trinh.md", "lap-trinh.en.md"])
def test_the_query_of_the_guide_runs_as_written(name, province, call, monkeypatch):
    text = (support.ROOT / "docs" / "huong-dan" / name).read_text("utf-8")
    view, _view_of_spark, query = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    monkeypatch.setenv("DE06_DATA", "tinh")
    for day in ("31/12/2023", "30/11/2023"):
        month = f"kho/month={day[6:]}-{day[3:5]}"
        assert call("export", month, "--format", "parquet", "--as-of", day).returncode == 0

    duckdb.sql(view)
    try:
        found = duckdb.sql(query).fetchall()
    finally:
        duckdb.sql("DROP VIEW models")

    said = call("stats", "--by", "plan", "--format", "json", "--as-of", "31/12/2023").stdout
    late = {row["key"]: row["open_overdue"] for row in json.loads(said)["rows"]}
    assert {row[0]: row[1] for row in found} == late
    assert {row[2] for row in found} == {date(2023, 12, 31)}
    assert found[0][0] == "HONQUAN"


def test_models_and_steps_join(warehouse):
    (joined,) = duckdb.sql(
        "select count(*), count(distinct (m.plan, m.model)) from 'kho/steps/*.parquet' s"
        " join 'kho/models/*.parquet' m using (plan, model)"
    ).fetchall()

    assert joined == (82 + 8 + 8, 24 + 5 + 5)


def test_a_plan_without_anything_that_matches_is_an_empty_table(province, call, tmp_path):
    call("export", "kho.parquet", "--data", "tinh", "--agency", "CAH")

    counted = duckdb.sql(
        "select (select count(*) from 'kho.parquet/models/TANKHAI.parquet'),"
        " (select count(*) from 'kho.parquet/models/HONQUAN.parquet')"
    ).fetchall()
    assert counted == [(0, 12)]


def test_existing_tables_are_only_overwritten_by_force(warehouse, call):
    (warehouse / "models" / "ANKHUONG.parquet").unlink()
    before = {path: path.stat().st_mtime_ns for path in warehouse.rglob("*.parquet")}

    refused = call("export", "kho", "--format", "parquet", "--data", "tinh/tankhai.yaml")
    unchanged = {path: path.stat().st_mtime_ns for path in warehouse.rglob("*.parquet")}
    forced = call("export", "kho", "--format", "parquet", "--data", "tinh/tankhai.yaml", "--force")

    assert (refused.returncode, unchanged) == (4, before)
    assert refused.stderr.replace(os.sep, "/") == (
        "Lỗi: kho/models/TANKHAI.parquet đã có. Thêm --force để ghi đè.\n"
    )
    assert forced.returncode == 0
    assert forced.stderr.replace(os.sep, "/") == (
        "Đã lưu 1 kế hoạch vào kho.\n"
        "Lưu ý: kho/models/HONQUAN.parquet là của một lần xuất khác.\n"
        "Lưu ý: kho/steps/ANKHUONG.parquet là của một lần xuất khác.\n"
        "Lưu ý: kho/steps/HONQUAN.parquet là của một lần xuất khác.\n"
    )


def test_a_plans_code_is_a_name_on_every_disk(small, call, tmp_path):
    other = tmp_path / "b.yaml"
    text = small.read_text("utf-8")
    small.write_text(text.replace("code: TANKHAI", 'code: "A.B"'), "utf-8")
    other.write_text(text.replace("code: TANKHAI", 'code: "Hớn-Quản.."'), "utf-8")

    answer = call("export", "kho", "--format", "parquet", "--data", "data", "--data", "b.yaml")

    assert answer.returncode == 0
    assert sorted(path.name for path in (tmp_path / "kho" / "models").iterdir()) == [
        "A%2EB.parquet",
        "Hớn-Quản%2E%2E.parquet",
    ]
    assert sorted(path.name for path in tmp_path.glob("[!.]*")) == ["b.yaml", "data", "kho"]


def test_tables_are_not_written_to_standard_output(small, call):
    answer = call("export", "-", "--format", "parquet")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "Lỗi: Parquet gồm nhiều tệp: cần tên một thư mục.\n"


def test_csv_in_a_file_has_the_delimiter_that_was_typed(small, call, tmp_path):
    call("export", "viec.csv", "--delimiter", ";")
    printed = call("export", "-", "--format", "csv", "--delimiter", ";")
    refused = call("export", "viec.xlsx", "--delimiter", ";")

    assert (tmp_path / "viec.csv").read_text("utf-8") == printed.stdout
    assert printed.stdout.startswith("\ufeffplan;model;stt;")
    assert (refused.returncode, refused.stderr) == (2, "Lỗi: --delimiter chỉ dùng với csv.\n")
    assert left_in(tmp_path) == ["viec.csv"]


def test_without_pyarrow_the_install_that_brings_it_is_named(small, call, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, parquet.__name__)
    monkeypatch.delattr(importlib.import_module("de06cli.views.office"), "parquet")

    answer = call("export", "kho", "--format", "parquet")
    others = call("export", "viec.csv")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == f"Lỗi: Cần thêm thư viện: {output_file.installing('data')}.\n"
    assert others.returncode == 0
    assert left_in(tmp_path) == ["viec.csv"]


def test_the_install_that_is_named_brings_it():
    import tomllib

    project = tomllib.loads((support.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["name"] == "de06cli"
    assert [name.partition(">")[0] for name in project["optional-dependencies"]["data"]] == [
        "pyarrow"
    ]
