"""Letters go out once: of processes that run at once, that are ended midway, and whose output is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import support
from postbox import Postbox

from de06cli.plan.memory import mail_log
from de06cli.plan.memory.mail_log import Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and descriptors of POSIX")

NAMES = ("CAX", "VPX", "TTYT")


@pytest.fixture
def start(small: Path, tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Starts ``de06 mail`` in a process of its own, for a plan with one address for each agency."""
    text = small.read_text("utf-8").replace("[cax@example.vn, truc@example.vn]", "cax@example.vn")
    for code, name in (("vpx", "Văn phòng UBND xã"), ("ttyt", "Trung tâm Y tế")):
        text = text.replace(f'name: "{name}"', f'name: "{name}"\n    email: {code}@example.vn')
    small.write_text(text, "utf-8")

    def start(
        box: Postbox, *options: str, query: str = "", **more: object
    ) -> subprocess.Popen[str]:
        url = f"smtp://127.0.0.1:{box.port}{query}"
        return subprocess.Popen(
            [sys.executable, "-m", "de06cli", "mail", *options],
            cwd=tmp_path,
            env=support.environment(tmp_path, DE06_SMTP_URL=url, DE06_MAIL_FROM="de06@example.vn"),
            **{
                "stdin": subprocess.DEVNULL,
                "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE,
                "encoding": "utf-8",
                **more,
            },
        )

    return start


def taken(box: Postbox) -> Counter[str]:
    return Counter(
        address.partition("@")[0].upper() for one in box.received for address in one.recipients
    )


class Slow:
    """A server's answer to messages, which comes when ``go`` is set; ``got`` says that one is there."""

    def __init__(self, seconds: float = 30) -> None:
        self.got, self.go, self._seconds = threading.Event(), threading.Event(), seconds

    def __call__(self, _server: object, _received: object) -> str:
        self.got.set()
        self.go.wait(self._seconds)
        return "250 OK"


# Several at once ----------------------------------------------------------------------------------


def test_of_runs_at_the_same_time_each_letter_goes_out_once(start):
    with Postbox(at_data=Slow(0.2)) as box:
        runs = [start(box) for _ in range(4)]
        answers = [run.communicate(timeout=60) for run in runs]

    assert [run.returncode for run in runs] == [0] * 4
    assert taken(box) == dict.fromkeys(NAMES, 1)
    assert sum(out.count("Đã gửi ") for out, _err in answers) == 3
    assert sum("không gửi lại" in err for _out, err in answers) >= 3


def test_what_one_run_could_not_send_the_next_one_tries(start):
    waiting = Slow()

    def refused_once(server: object, received: object) -> str:
        first = not waiting.got.is_set()
        waiting(server, received)
        return "451 Later" if first else "250 OK"

    with Postbox(at_data=refused_once) as box:
        first = start(box)
        assert waiting.got.wait(20)
        second = start(box)
        time.sleep(1)  # it waits for its turn
        assert second.poll() is None
        waiting.go.set()
        first.communicate(timeout=60)
        second.communicate(timeout=60)

    assert (first.returncode, second.returncode) == (1, 0)
    assert taken(box) == dict.fromkeys(NAMES, 1)


# Ended midway -------------------------------------------------------------------------------------


signals = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


@signals
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_what_the_server_took_is_remembered_whatever_ends_the_process(start, name, code):
    number = getattr(signal, name)
    slow = Slow()
    with Postbox(at_data=slow) as box:
        run = start(box, preexec_fn=lambda: signal.signal(number, signal.default_int_handler))
        assert slow.got.wait(20)
        run.send_signal(number)
        time.sleep(0.5)
        assert run.poll() is None
        slow.go.set()
        out, err = run.communicate(timeout=20)
        assert (run.returncode, out, err) == (code, "Đã gửi CAX <cax@example.vn>.\n", "")
        assert taken(box) == {"CAX": 1}

        again = start(box)
        assert again.communicate(timeout=60)[1].startswith("Đã gửi trong ngày, không gửi lại: CAX.")

    assert again.returncode == 0
    assert taken(box) == dict.fromkeys(NAMES, 1)


@signals
def test_a_signal_between_letters_ends_the_process_at_once(start):
    waiting, ended = threading.Event(), threading.Event()
    in_time = []

    def silent(_server: object, address: str) -> str:
        if address.startswith("vpx"):
            waiting.set()
            in_time.append(ended.wait(30))
        return "250 OK"

    with Postbox(at_rcpt=silent) as box:
        run = start(box)
        assert waiting.wait(20)
        run.terminate()
        out, _err = run.communicate(timeout=60)
        ended.set()

    assert in_time == [True]

    assert (run.returncode, out) == (143, "Đã gửi CAX <cax@example.vn>.\n")


def test_a_letter_of_a_run_that_was_killed_is_reported_and_sent_again_only_when_asked_for(start):
    slow = Slow()
    with Postbox(at_data=slow) as box:
        killed = start(box)
        assert slow.got.wait(20)
        killed.kill()
        killed.communicate()
        slow.go.set()

        second = start(box)
        out, err = second.communicate(timeout=60)
        assert (second.returncode, out.count("Đã gửi ")) == (1, 2)
        assert err == (
            "Chưa rõ CAX <cax@example.vn> đã nhận được thư hay chưa: lần gửi trước bị ngắt giữa chừng."
            " Không gửi lại; muốn gửi lại thì thêm --again.\n"
        )

        third = start(box, "--agency", "CAX", "--again")
        assert third.communicate(timeout=60)[0] == "Đã gửi CAX <cax@example.vn>.\n"
        fourth = start(box)
        fourth.communicate(timeout=60)

    assert (third.returncode, fourth.returncode) == (0, 0)
    assert taken(box) == {"CAX": 2, "VPX": 1, "TTYT": 1}


def test_a_run_that_was_killed_before_the_server_had_the_letter_keeps_nobody_from_it(start):
    waiting, go = threading.Event(), threading.Event()

    def slow(_server: object, _address: str) -> str:
        waiting.set()
        go.wait(20)
        return "250 OK"

    with Postbox(at_rcpt=slow) as box:
        killed = start(box)
        assert waiting.wait(20)
        killed.kill()
        killed.communicate()
        go.set()
        second = start(box)
        second.communicate(timeout=60)

    assert second.returncode == 0
    assert taken(box) == dict.fromkeys(NAMES, 1)


@signals
def test_what_was_under_way_when_the_process_had_to_end_is_left_as_not_known(
    start, small, tmp_path, monkeypatch
):
    slow = Slow()
    with Postbox(at_data=slow) as box:
        run = start(box, query="?timeout=1")
        assert slow.got.wait(20)
        run.terminate()
        out, err = run.communicate(timeout=20)
        slow.go.set()

    assert (run.returncode, out) == (143, "")
    assert "thư có thể đã đến" in err
    [file] = tmp_path.rglob("mail-*.jsonl")
    day = mail_log.date(2024, 1, 11)
    assert list(mail_log.stages(file.parent, small, day).values()) == [Stage.HANDED_OVER]


# Nobody to tell -----------------------------------------------------------------------------------


def broken_pipe() -> int:
    reading, writing = os.pipe()
    os.close(reading)
    return writing


FULL = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no /dev/full")
GONE = {
    "closed pipe": broken_pipe,
    "full disk": lambda: os.open("/dev/full", os.O_WRONLY),
}


@pytest.mark.parametrize(
    ("gone", "sent_to_all"), [("closed pipe", 0), pytest.param("full disk", 5, marks=FULL)]
)
def test_refused_recipients_are_an_answer_even_where_output_is_gone(start, gone, sent_to_all):
    def refused(_server: object, address: str) -> str:
        return "550 No such box" if address.startswith("vpx") else "250 OK"

    with Postbox(at_rcpt=refused) as box:
        run = start(box, stdout=GONE[gone]())
        _out, err = run.communicate(timeout=60)
        assert (run.returncode, taken(box)) == (1, {"CAX": 1, "TTYT": 1})
        assert "Chưa gửi được VPX <vpx@example.vn>: 550 No such box.\n" in err

        box.at_rcpt = lambda *_: "250 OK"
        run = start(box, stdout=GONE[gone]())
        run.communicate(timeout=60)
    assert (run.returncode, taken(box)) == (sent_to_all, dict.fromkeys(NAMES, 1))


@pytest.mark.parametrize("gone", ["closed pipe", pytest.param("full disk", marks=FULL)])
@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_an_address_that_is_none_is_an_answer_even_where_output_is_gone(
    start, small, gone, options
):
    with Postbox() as box:
        small_text = small.read_text("utf-8").replace("vpx@example.vn", "vpx")
        small.write_text(small_text, "utf-8")
        run = start(box, *options, stdout=GONE[gone]())
        run.communicate(timeout=60)

    assert run.returncode == 1
