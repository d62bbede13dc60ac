"""``export plan.ics``: the calendar as a file, again and again."""

from __future__ import annotations

import importlib
import sys

import vobject


def test_the_ending_asks_for_a_calendar_of_what_has_a_deadline(small, call, tmp_path):
    answer = call("export", "plan.ics")

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "Đã lưu plan.ics.\n")
    whole = vobject.readOne((tmp_path / "plan.ics").read_text("utf-8"))
    assert [(found.uid.value, found.status.value) for found in whole.vevent_list] == [
        ("TANKHAI.7@de06", "CONFIRMED"),
        ("TANKHAI.3@de06", "CONFIRMED"),
        ("TANKHAI.5@de06", "CANCELLED"),
        ("TANKHAI.2@de06", "CANCELLED"),
        ("TANKHAI.late@de06", "CONFIRMED"),
    ]


def test_the_filters_choose_the_events(plan, call, tmp_path):
    call("export", "--agency", "CAH", "plan.ics")

    whole = vobject.readOne((tmp_path / "plan.ics").read_text("utf-8"))
    listed = call("list", "--agency", "CAH", "--format", "ids").stdout.split()
    assert [found.uid.value for found in whole.vevent_list] == [
        *(f"HONQUAN.{number}@de06" for number in listed),
        "HONQUAN.late@de06",
    ]


def test_the_same_plan_on_the_same_day_is_the_same_file_from_any_process(small, de06, tmp_path):
    for name, seed in (("a.ics", "1"), ("b.ics", "2")):
        run = de06("export", name, "--as-of", "2024-01-10", DE06_TODAY=None, PYTHONHASHSEED=seed)
        assert run.returncode == 0

    first, second = ((tmp_path / name).read_bytes() for name in ("a.ics", "b.ics"))
    assert first == second
    assert b"DTSTAMP:20240109T170000Z\r\n" in first


def test_each_plan_has_its_own_events_in_one_calendar(small, call, tmp_path):
    other = small.with_name("other.yaml")
    other.write_text(small.read_text("utf-8").replace("code: TANKHAI", "code: MINHDUC"), "utf-8")
    call("export", "plan.ics", "--data", "data")

    whole = vobject.readOne((tmp_path / "plan.ics").read_text("utf-8"))
    uids = [found.uid.value for found in whole.vevent_list]
    assert len(uids) == len(set(uids)) == 10
    assert whole.vevent_list[0].summary.value == (
        "CAX +1: Mô hình TANKHAI:7 – Cấp thẻ căn cước lưu động (1/2)"
    )


def test_without_its_library_the_command_says_what_brings_it(small, call, monkeypatch, tmp_path):
    monkeypatch.delitem(sys.modules, "de06cli.views.office.calendar", raising=False)
    monkeypatch.delattr(importlib.import_module("de06cli.views.office"), "calendar", raising=False)
    monkeypatch.setitem(sys.modules, "icalendar", None)
    answer = call("export", "plan.ics")

    assert answer.returncode == 2
    assert " pip install docxtpl icalendar jinja2 openpyxl python-docx.\n" in answer.stderr
    assert not (tmp_path / "plan.ics").exists()
