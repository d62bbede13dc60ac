"""What went out on which day, as it is remembered in the user's state directory."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from de06cli.plan import sent
from de06cli.plan.sent import Delivery, deliveries, record

DAY = date(2024, 1, 11)
CAX = Delivery(DAY, "CAX", "cax@example.vn")
ALL = Delivery(DAY, "", "chu-tich@example.vn")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data" / "models.yaml"


def kept(folder: Path) -> Path:
    [file] = folder.iterdir()
    return file


def test_deliveries_are_those_of_the_day_and_the_file(tmp_path, data):
    state = tmp_path / "state"
    for delivery in (CAX, ALL, CAX._replace(day=date(2024, 1, 10))):
        record(state, data, delivery)
    record(state, tmp_path / "other.yaml", CAX._replace(about="VPX"))

    assert deliveries(state, data, DAY) == {CAX, ALL}
    assert deliveries(state, data, date(2024, 1, 12)) == set()


def test_a_delivery_is_a_line_in_a_folder_of_the_users_own(tmp_path, data):
    state = tmp_path / "a" / "state"
    record(state, data, CAX)

    assert kept(state).read_text() == '\n["2024-01-11", "CAX", "cax@example.vn"]'
    assert state.stat().st_mode & 0o777 == 0o700


def test_lines_that_make_no_sense_are_passed_over(tmp_path, data):
    record(tmp_path, data, CAX)
    torn = b'\n["2024-01-11", "V\n\xff\n[1]\n["2024-13-45", "a", "b"]\n{"a": 1}\nnull'
    kept(tmp_path).write_bytes(kept(tmp_path).read_bytes() + torn)
    record(tmp_path, data, ALL)

    assert deliveries(tmp_path, data, DAY) == {CAX, ALL}


def test_what_cannot_be_read_is_nothing(tmp_path, data):
    assert deliveries(tmp_path / "nowhere", data, DAY) == set()


def test_what_cannot_be_written_is_told(tmp_path, data):
    (tmp_path / "state").write_text("")

    with pytest.raises(OSError, match="state"):
        record(tmp_path / "state", data, CAX)


def test_the_file_is_shortened_from_its_beginning(tmp_path, data, monkeypatch):
    monkeypatch.setattr(sent, "KEPT", 3)
    for number in range(7):
        record(tmp_path, data, CAX._replace(about=str(number)))

    assert {found.about for found in deliveries(tmp_path, data, DAY)} == {"3", "4", "5", "6"}
    assert len(list(tmp_path.iterdir())) == 1
