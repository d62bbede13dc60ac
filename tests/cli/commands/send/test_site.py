"""``export FOLDER --format site``: what lies in the folder, and what is left as it is."""

from __future__ import annotations

import json
import os
import shutil

import icalendar
import pytest
import support

SITE = ("export", "web", "--format", "site", "--as-of", "2024-01-11")
LONG_AGO = 1_600_000_000


@pytest.fixture
def web(call, tmp_path):
    """The folder with the site of the shipped plan, all of whose files are old."""
    (tmp_path / "data").mkdir()
    shutil.copy(support.MODELS_FILE, tmp_path / "data")
    answer = call(*SITE)
    assert (answer.returncode, answer.stdout) == (0, "")
    folder = tmp_path / "web"
    for path in folder.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    return folder


def files(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def fresh(folder):
    """The files that were written since they were made old."""
    return [name for name in files(folder) if (folder / name).stat().st_mtime > LONG_AGO]


def of_agency(web, code):
    return icalendar.Calendar.from_ical((web / "calendars" / f"{code}.ics").read_bytes())


def test_the_folder_holds_the_page_the_data_and_a_calendar_for_each_agency_with_tasks(web, call):
    listed = json.loads(call("list", "--format", "json", "--as-of", "2024-01-11").stdout)
    roles = ("lead", "support", "implementers")
    named = {code for model in listed["models"] for role in roles for code in model[role]}

    assert files(web) == [
        *sorted(f"calendars/{code}.ics" for code in named),
        "index.html",
        "plan.json",
    ]
    assert json.loads((web / "plan.json").read_bytes()) == listed
    for code in named:
        own = [model for model in listed["models"] if any(code in model[role] for role in roles)]
        due = {f"HONQUAN.{model['model']}@de06" for model in own if model["due"]}
        if len(due) > 1 and any(model["state"] == "open_overdue" for model in own):
            due.add("HONQUAN.late@de06")  # the note of what is late today
        assert {str(event["UID"]) for event in of_agency(web, code).walk("VEVENT")} == due
    page = (web / "index.html").read_text("utf-8")
    for name in files(web):
        assert name == "index.html" or f'href="{name}"' in page


def test_what_says_the_same_keeps_its_time(web, call):
    again = call(*SITE)

    assert again.stderr.endswith(
        f"web: {len(files(web))} tệp, trong đó 0 tệp mới hoặc có thay đổi.\n"
    )
    assert fresh(web) == []


def test_only_what_has_changed_is_written(web, call):
    """A mark shows on the page, in the data and in the calendars of the agencies of its model."""
    listed = json.loads((web / "plan.json").read_bytes())["models"]
    model = next(one for one in listed if one["state"] == "open_overdue")
    step = next(one["step"] for one in model["steps"] if one["status"] == "todo")
    call("block", f"{model['model']}.{step}", "--note", "chờ kinh phí", "--date", "2024-01-10")

    call(*SITE)

    concerned = {*model["lead"], *model["support"], *model["implementers"]}
    calendars = sorted(f"calendars/{code}.ics" for code in concerned)
    assert fresh(web) == [*calendars, "index.html", "plan.json"]
    assert "chờ kinh phí" in (web / "index.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["index.html", "plan.json", "calendars/CAH.ics"])
def test_a_foreign_file_is_refused_before_anything_is_written(web, call, name):
    (web / name).write_text("của cơ quan", "utf-8")
    os.utime(web / name, (LONG_AGO, LONG_AGO))

    refused = call(*SITE)

    assert refused.returncode == 4
    assert refused.stderr.replace(os.sep, "/").endswith(
        f"Lỗi: web/{name} không phải do de06 lưu. Thêm --force để ghi đè.\n"
    )
    assert (web / name).read_text("utf-8") == "của cơ quan"
    assert fresh(web) == []
    assert call(*SITE, "--force").returncode == 0
    assert fresh(web) == [name]


def test_foreign_files_beside_stay_and_a_calendar_of_nobody_is_named(web, call):
    (web / "logo.png").write_bytes(b"png")
    (web / "calendars" / "CU.ics").write_bytes(b"BEGIN:VCALENDAR")

    answer = call(*SITE)

    assert "Lưu ý: web/calendars/CU.ics là của một lần xuất khác." in answer.stderr.replace(
        os.sep, "/"
    )
    assert (web / "logo.png").read_bytes() == b"png"
    assert (web / "calendars" / "CU.ics").read_bytes() == b"BEGIN:VCALENDAR"


def test_an_agency_that_has_lost_its_tasks_keeps_an_empty_calendar(web, call):
    listed = json.loads((web / "plan.json").read_bytes())["models"]
    call(*SITE, "--model", str(listed[0]["model"]))

    lost = {path.stem for path in (web / "calendars").iterdir()}.difference(
        *(listed[0][role] for role in ("lead", "support", "implementers"))
    )
    assert lost
    assert all(of_agency(web, code).walk("VEVENT") == [] for code in lost)


def test_a_site_is_a_folder(small, call):
    answer = call("export", "-", "--format", "site")

    assert answer.returncode == 2
    assert answer.stderr.endswith("Trang web gồm nhiều tệp: cần tên một thư mục.\n")
