"""What went out on which day, as it is remembered in the user's state directory."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from de06cli.plan.memory import mail_log
from de06cli.plan.memory.mail_log import Delivery, Stage, alone, stages

DAY = date(2024, 1, 11)
CAX = Delivery(DAY, "CAX", "cax@example.vn")
ALL = Delivery(DAY, "", "chu-tich@example.vn")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data" / "models.yaml"


def record(folder: Path, data: Path, *deliveries: Delivery, stage: Stage = Stage.SENT) -> None:
    mail_log.record(folder, data, deliveries, stage)


def deliveries(folder: Path, data: Path, day: date) -> set[Delivery]:
    return {one for one, stage in stages(folder, data, day).items() if stage is Stage.SENT}


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
    assert os.name == "nt" or state.stat().st_mode & 0o777 == 0o700


def test_lines_that_make_no_sense_are_passed_over(tmp_path, data):
    record(tmp_path, data, CAX)
    torn = b'\n["2024-01-11", "V\n\xff\n[1]\n["2024-13-45", "a", "b"]\n{"a": 1}\nnull'
    kept(tmp_path).write_bytes(kept(tmp_path).read_bytes() + torn)
    record(tmp_path, data, ALL)

    assert deliveries(tmp_path, data, DAY) == {CAX, ALL}


def test_what_cannot_be_read_is_nothing(tmp_path, data):
    assert deliveries(tmp_path / "nowhere", data, DAY) == set()


def test_what_cannot_be_written_is_reported(tmp_path, data):
    (tmp_path / "state").write_text("")

    with pytest.raises(OSError, match="state"):
        record(tmp_path / "state", data, CAX)


def test_the_file_is_shortened_from_its_beginning(tmp_path, data, monkeypatch):
    monkeypatch.setattr(mail_log, "KEPT", 3)
    for number in range(7):
        record(tmp_path, data, CAX._replace(about=str(number)))

    assert {found.about for found in deliveries(tmp_path, data, DAY)} == {"3", "4", "5", "6"}
    assert len(list(tmp_path.iterdir())) == 1


def test_how_far_a_message_came_is_what_was_written_last(tmp_path, data):
    record(tmp_path, data, CAX, ALL, stage=Stage.HANDED_OVER)
    assert stages(tmp_path, data, DAY) == {CAX: Stage.HANDED_OVER, ALL: Stage.HANDED_OVER}

    record(tmp_path, data, CAX, stage=Stage.SENT)
    record(tmp_path, data, ALL, stage=Stage.REFUSED)
    assert stages(tmp_path, data, DAY) == {CAX: Stage.SENT, ALL: Stage.REFUSED}


def test_a_stage_that_is_not_known_is_passed_over(tmp_path, data):
    record(tmp_path, data, CAX)
    with kept(tmp_path).open("a") as file:
        file.write('\n["2024-01-11", "CAX", "cax@example.vn", "lost"]')

    assert stages(tmp_path, data, DAY) == {CAX: Stage.SENT}


def test_one_at_a_time_is_alone_with_a_plan(tmp_path, data):
    other, third = tmp_path / "other.yaml", tmp_path / "third.yaml"
    with (
        alone(tmp_path, [data, data]) as first,
        alone(tmp_path, [other, data]) as second,
        alone(tmp_path, [third]) as of_another,
    ):
        assert (first, second, of_another) == (True, False, True)
    with alone(tmp_path, [other, data]) as again:
        assert again


def test_a_folder_without_locks_is_reported(tmp_path, data):
    (tmp_path / "state").write_text("")

    with pytest.raises(OSError, match="state"), alone(tmp_path / "state", [data]):
        pass
