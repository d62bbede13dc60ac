"""Archives that are the same whenever they are written."""

from __future__ import annotations

from datetime import date
from zipfile import BadZipFile, ZipFile

import pytest

from de06cli.views.office import archive


@pytest.mark.parametrize(
    ("day", "stored"),
    [
        (date(2024, 1, 11), (2024, 1, 11, 0, 0, 0)),
        (date(1, 1, 2), (1980, 1, 2, 0, 0, 0)),  # the format knows no earlier year
        (date(9999, 12, 31), (2107, 12, 31, 0, 0, 0)),  # and no later one
    ],
)
def test_all_members_are_of_one_day(tmp_path, day, stored):
    path, source = tmp_path / "a.zip", tmp_path / "b.txt"
    source.write_text("b", "utf-8")

    with archive.Dated(path, "w") as written:
        written.day = day
        written.writestr("a.txt", "a")
        written.write(source, "b.txt")

    with ZipFile(path) as read:
        assert [(member.filename, member.date_time) for member in read.infolist()] == [
            ("a.txt", stored),
            ("b.txt", stored),
        ]
    assert archive.unpacked(path) == 2


def test_what_is_no_archive_unpacks_to_nothing(tmp_path):
    path = tmp_path / "a.zip"
    path.write_text("không phải", "utf-8")

    with pytest.raises(BadZipFile):
        archive.unpacked(path)
