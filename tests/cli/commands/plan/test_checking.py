"""``check`` and ``schema``: every finding in one run, for people, programs and git hosts."""

from __future__ import annotations

import json

import jsonschema
import support

INVALID = support.ROOT / "tests" / "data" / "invalid"
BROKEN = """\
plan:
  code: X
  title: "Kế hoạch"
agencies:
  - code: CAH
    name: "Công an huyện"
models:
  - model: 1
    title: "Nhiệm vụ"
    deadline: 30/12/2023
    lead: [CAH, CAX]
    steps:
      - step: 1
        text: "Một."
      - step: 1
        text: "Hai."
"""
FINDINGS = [
    (10, 15, "E205"),
    (11, 17, "E305"),
    (15, 15, "E303"),
]


def test_a_sound_plan_has_warnings_and_notes_at_most(plan, call):
    answer = call("check")

    assert answer.returncode == 0
    assert answer.stdout.splitlines() == [
        "data/models.yaml:39:20 W406 Văn bản ghi 23 nhiệm vụ, tệp có 24.",
        "data/models.yaml: 25 ghi chú; xem bằng de06 check --notes",
    ]
    assert answer.stderr == "data/models.yaml: 0 lỗi, 1 cảnh báo, 25 ghi chú\n"


def test_notes_are_listed_for_who_asks(plan, call):
    answer = call("check", "--notes")

    assert answer.returncode == 0
    assert answer.stdout.splitlines()[:2] == [
        "data/models.yaml:39:20 W406 Văn bản ghi 23 nhiệm vụ, tệp có 24.",
        "data/models.yaml:176:11 N501 Không có nhiệm vụ nào giao cho UBNDH.",
    ]
    assert answer.stdout.count("\n") == 26


def test_every_finding_comes_in_one_run(small, call):
    small.write_text(BROKEN, "utf-8")

    answer = call("check")

    assert answer.returncode == 1
    assert (
        answer.stdout
        == """\
data/models.yaml:10:15 E205 “30/12/2023” không phải là ngày hoặc kỳ hợp lệ. Viết 2023-12-30.
data/models.yaml:11:17 E305 Không có đơn vị mang mã “CAX”. Gợi ý: CAH.
data/models.yaml:15:15 E303 Số 1 đã có ở trên trong steps của nhiệm vụ này. Hãy sửa một trong hai.
"""
    )
    assert answer.stderr == "data/models.yaml: 3 lỗi, 0 cảnh báo, 0 ghi chú\n"


def test_other_commands_tell_every_finding_too(small, call):
    small.write_text(BROKEN, "utf-8")

    answer = call("list")

    assert (answer.returncode, answer.stdout) == (3, "")
    assert (
        answer.stderr
        == """\
Lỗi: data/models.yaml còn lỗi nên chưa sử dụng được. Các lỗi cần sửa:
data/models.yaml:10:15 E205 “30/12/2023” không phải là ngày hoặc kỳ hợp lệ. Viết 2023-12-30.
data/models.yaml:11:17 E305 Không có đơn vị mang mã “CAX”. Gợi ý: CAH.
data/models.yaml:15:15 E303 Số 1 đã có ở trên trong steps của nhiệm vụ này. Hãy sửa một trong hai.
"""
    )


def test_a_syntax_error_is_found_by_check_and_stops_other_commands(small, call):
    small.write_text("plan: [\n", "utf-8")

    checked, listed = call("check"), call("list")

    assert (checked.returncode, listed.returncode) == (1, 3)
    assert checked.stdout.startswith("data/models.yaml:")
    assert " E106 " in checked.stdout
    assert checked.stdout in listed.stderr
    assert listed.stdout == ""


def test_findings_in_english(small, call):
    small.write_text(BROKEN, "utf-8")

    answer = call("check", "--lang", "en")

    assert answer.stdout.splitlines()[1] == (
        "data/models.yaml:11:17 E305 There is no agency with the code “CAX”. Did you mean CAH?"
    )
    assert answer.stderr == "data/models.yaml: 3 errors, 0 warnings, 0 notes\n"


def test_findings_as_json(small, call):
    small.write_text(BROKEN, "utf-8")

    answer = call("check", "--format", "json")

    assert answer.returncode == 1
    document = json.loads(answer.stdout)
    assert list(document) == [
        "version", "as_of", "plans", "findings", "findings_left_out",
    ]  # fmt: skip
    assert (document["version"], document["as_of"], document["plans"]) == (1, "2024-01-11", [])
    assert json.dumps(document["findings"][0]) == json.dumps(
        {
            "data": "data/models.yaml",
            "line": 10,
            "column": 15,
            "code": "E205",
            "severity": "error",
            "message": "“30/12/2023” không phải là ngày hoặc kỳ hợp lệ.",
            "advice": "Viết 2023-12-30.",
            "more": 0,
        }
    )
    found = [(one["line"], one["column"], one["code"]) for one in document["findings"]]
    assert found == FINDINGS
    assert answer.stderr == ""


def test_findings_for_github(small, call):
    answer = call("check", "--format", "github")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == (
        "::notice file=data/models.yaml::1 ghi chú; xem bằng de06 check --notes\n"
    )

    answer = call("check", "--format", "github", "--notes")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == (
        "::notice file=data/models.yaml,line=43,col=5,title=de06 N502::"
        "Mô hình 7 có nội dung cần làm rõ: Cấp cho người già trước? Xem đủ: de06 show 7.\n"
    )


def test_errors_for_github_fail_the_run(small, call):
    small.write_text(BROKEN, "utf-8")

    answer = call("check", "--format", "github")

    assert answer.returncode == 1
    assert [line.split(",title")[0] for line in answer.stdout.splitlines()] == [
        f"::error file=data/models.yaml,line={line},col={column}" for line, column, _ in FINDINGS
    ]


def test_nothing_found_is_an_empty_list(small, call):
    text = small.read_text("utf-8").replace('    review: "Cấp cho người già trước?"\n', "")
    small.write_text(text, "utf-8")

    as_text, as_json = call("check"), call("check", "--format", "json")

    assert (as_text.returncode, as_text.stdout) == (0, "")
    assert as_text.stderr == "data/models.yaml: 0 lỗi, 0 cảnh báo, 0 ghi chú\n"
    assert json.loads(as_json.stdout)["findings"] == []


def test_several_files_are_checked_each(small, call):
    second = small.with_name("hai.yaml")
    second.write_text(BROKEN, "utf-8")

    answer = call("check", "data/models.yaml", "data/hai.yaml")

    assert answer.returncode == 1
    assert [line.split(" ")[0] for line in answer.stdout.splitlines()] == [
        "data/models.yaml:",
        *(f"data/hai.yaml:{line}:{column}" for line, column, _ in FINDINGS),
    ]
    assert answer.stderr == (
        "data/models.yaml: 0 lỗi, 0 cảnh báo, 1 ghi chú\n"
        "data/hai.yaml: 3 lỗi, 0 cảnh báo, 0 ghi chú\n"
    )


def test_a_missing_file_cannot_be_checked(small, call):
    answer = call("check", "thieu.yaml")

    assert (answer.returncode, answer.stdout) == (3, "")
    assert answer.stderr.startswith("Lỗi: Không có tệp thieu.yaml. Nơi đã tìm: ")


def test_beside_a_missing_file_the_others_are_checked(small, call):
    answer = call("check", "thieu.yaml", "data/models.yaml", "mat.yaml")

    assert answer.returncode == 3
    assert answer.stdout == ("data/models.yaml: 1 ghi chú; xem bằng de06 check --notes\n")
    counted, first, second = answer.stderr.splitlines()
    assert counted == "data/models.yaml: 0 lỗi, 0 cảnh báo, 1 ghi chú"
    assert first.startswith("Lỗi: Không có tệp thieu.yaml. Nơi đã tìm: ")
    assert second.startswith("Không có tệp mat.yaml. Nơi đã tìm: ")


def test_a_terminal_shows_the_line_with_a_caret_under_the_place(small, terminal):
    small.write_text(BROKEN, "utf-8")

    answer = terminal("check", columns=120, TERM="dumb")

    assert answer.returncode == 1
    assert answer.stdout.splitlines()[3:6] == [
        "data/models.yaml:11:17 E305 Không có đơn vị mang mã “CAX”. Gợi ý: CAH.",
        "        lead: [CAH, CAX]",
        "                    ^",
    ]
    assert answer.stderr == "data/models.yaml: 3 lỗi, 0 cảnh báo, 0 ghi chú\n"


def test_progress_after_the_day_asked_for_is_reported(small, call):
    answer = call("check", "--as-of", "2023-12-25", "--format", "json")

    codes = [finding["code"] for finding in json.loads(answer.stdout)["findings"]]
    assert codes == ["W402", "N502"]


def test_every_broken_sample_ends_in_findings(call, tmp_path):
    """None of them ends in a traceback, and each finding is on one line."""
    samples = sorted(INVALID.glob("*.yaml"))
    answer = call("check", *map(str, samples))

    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert answer.stderr.count("\n") == len(samples) > 100
    for line in answer.stdout.split("\n")[:-1]:
        assert line.startswith(str(INVALID))


def test_the_schema_goes_into_a_file_in_utf_8_in_any_locale(tmp_path):
    answer = support.run("schema", "--output", "s.json", home=tmp_path, PYTHONIOENCODING="ascii")

    assert (answer.returncode, answer.stdout) == (0, "")
    shipped = support.ROOT / "data" / "models.schema.json"
    assert (tmp_path / "s.json").read_bytes() == shipped.read_bytes()


def test_the_schema_fits_the_plan_and_is_the_file_beside_it(call):
    answer = call("schema")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == (support.ROOT / "data" / "models.schema.json").read_text("utf-8")
    jsonschema.Draft202012Validator.check_schema(json.loads(answer.stdout))


# Bounds -------------------------------------------------------------------------------------------


def with_unknown(count):
    """A plan with as many unknown codes, each somewhere else."""
    codes = ", ".join(f"KHONG{number}" for number in range(count))
    return BROKEN.replace("[CAH, CAX]", f"[CAH, {codes}]")


def test_of_very_many_findings_only_the_number_follows(small, call):
    small.write_text(with_unknown(1500), "utf-8")

    as_text, listed = call("check"), call("list")
    as_json, github = call("check", "--format", "json"), call("check", "--format", "github")

    assert as_text.stdout.count("\n") == 201
    assert as_text.stdout.splitlines()[-1] == (
        "data/models.yaml: còn 1.302 phát hiện nữa, không in ra"
    )
    assert all(len(line.encode()) <= 400 for line in as_text.stdout.splitlines())
    assert as_text.stderr == "data/models.yaml: 1.502 lỗi, 0 cảnh báo, 0 ghi chú\n"
    assert as_text.stdout in listed.stderr
    document = json.loads(as_json.stdout)
    assert (len(document["findings"]), document["findings_left_out"]) == (1000, 502)
    assert github.stdout.count("\n") == 201


def test_a_code_of_640_kilobytes_and_keys_without_end_stay_small(small, call):
    endless = "x: {" + "a," * 100_000 + "}\n"
    small.write_text(BROKEN.replace("CAX", "X" * 640_000) + endless, "utf-8")

    answer = call("check")

    assert answer.returncode == 1
    assert [line.split()[1] for line in answer.stdout.splitlines()] == [
        "E205", "E305", "E303", "E201", "E114", "E114", "E114",
    ]  # fmt: skip
    assert "(và 99.996 chỗ khác)" in answer.stdout or "(và 99996 chỗ khác)" in answer.stdout
    assert len(answer.stdout.encode()) < 3_000


def test_a_terminal_gets_200_lines_and_a_clipped_source_line(small, terminal):
    small.write_text(with_unknown(300), "utf-8")

    answer = terminal("check", columns=80, TERM="dumb")

    lines = answer.stdout.splitlines()
    assert 150 < len(lines) <= 201
    assert lines[-1].startswith("data/models.yaml: còn ")
    assert any(line.startswith("    …") and line.endswith("…") for line in lines)
    assert all(len(line) <= 80 for line in lines)


def test_a_terminal_counts_in_colour(small, terminal):
    small.write_text(BROKEN, "utf-8")

    assert "\x1b[" in terminal("check", columns=80, TERM="xterm-256color").stdout
