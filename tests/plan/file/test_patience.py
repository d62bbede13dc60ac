"""Files that another program has open: tried again, then said."""

from __future__ import annotations

import errno

import pytest

from de06cli.plan.file import patience


class OpenElsewhere(PermissionError):
    """What Windows raises while a program lets nobody else have the file."""

    winerror = 32


OPEN = OpenElsewhere(errno.EACCES, "in use", "a.xlsx")


def test_an_action_is_tried_until_the_other_program_lets_go(monkeypatch):
    naps = []
    monkeypatch.setattr(patience.time, "sleep", naps.append)
    answers = iter([OPEN, OPEN, "read"])

    def read():
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    assert patience.patiently(read) == "read"
    assert len(naps) == 2


def test_in_the_end_the_refusal_is_said_in_our_words(monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr(patience.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(patience.time, "sleep", lambda _seconds: None)

    def refuse():
        raise OPEN

    with pytest.raises(OpenElsewhere):
        patience.patiently(refuse)
    assert patience.reason(OPEN) == "chương trình khác đang mở tệp này; hãy đóng rồi chạy lại"


def test_what_waiting_does_not_help_is_not_tried_again(tmp_path):
    tries = []

    def refuse():
        tries.append(1)
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path))

    with pytest.raises(PermissionError):
        patience.patiently(refuse)
    assert len(tries) == 1


@pytest.mark.parametrize("code", [errno.EACCES, errno.EISDIR], ids=["Windows", "elsewhere"])
def test_a_folder_in_place_of_a_file_is_called_so(tmp_path, code):
    error = OSError(code, "the system's words", str(tmp_path))

    assert patience.reason(error) == "đây là một thư mục, không phải tệp"
