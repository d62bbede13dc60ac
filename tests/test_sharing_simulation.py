"""Three people mark, extend, edit by hand and share at random, and some of it is killed: nothing is lost.

Real clones of a bare repository, real processes; each person works in a thread of their own. What each
mark that said yes wrote is noted, and at the end compared with what everybody has.
"""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
import support
from sharing import Clone, Office

from de06cli.plan.file.reader import read
from de06cli.plan.parts import Extension, Progress
from de06cli.plan.periods import Period
from de06cli.plan.records import Plan

TODAY = "2026-12-31"
BASE = read(support.MODELS_FILE.read_bytes()).plan
STEPS = [(model.model, step.step) for model in BASE.models for step in model.steps]
DATED = [model.model for model in BASE.models if model.deadline]
NAMES = ["an", "binh", "chi"]


@dataclass
class Said:
    """What was said yes to: the last progress of each step, the extensions of each model, texts."""

    progress: dict[tuple[int, int], Progress] = field(default_factory=dict)
    extensions: dict[int, list[Extension]] = field(default_factory=dict)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    days: count = field(default_factory=count)

    def next_day(self) -> int:
        with self.lock:
            return next(self.days)


class Person:
    """Somebody with a copy, who marks steps of their own and extends any model."""

    def __init__(self, clone: Clone, own: list[tuple[int, int]], said: Said, seed: str) -> None:
        self.clone, self.own, self.said = clone, own, said
        self.random = random.Random(seed)

    def work(self, marks: int, *, killed: bool) -> None:
        while marks:
            match self.random.choices(["mark", "extend", "edit", "sync"], [6, 2, 1, 4])[0]:
                case "mark":
                    marks -= self._mark()
                case "extend":
                    marks -= self._extend()
                case "edit":
                    self._edit()
                case "sync":
                    self.sync(killed=killed and self.random.random() < 0.4)

    def _mark(self) -> int:
        model, step = self.random.choice(self.own)
        n = self.said.next_day()
        day = date(2024, 1, 1) + timedelta(n)
        verb, status = self.random.choice(
            [("done", "done"), ("start", "doing"), ("block", "blocked")]
        )
        note = [] if verb != "block" else ["--note", f"lý do {n}"]
        run = self._de06(
            verb, f"{model}.{step}", "--date", day.isoformat(), "--by", "CAH", "--yes",
            "--evidence", f"{n}/BC-CAH", *note,
        )  # fmt: skip
        if run.returncode:
            return 0
        self.said.progress[model, step] = Progress(
            status,
            day,
            "CAH",
            f"{n}/BC-CAH",
            f"lý do {n}" if note else self._kept(model, step, status),
        )
        self.said.numbers["marks"] += 1
        return 1

    def _kept(self, model: int, step: int, status: str) -> str | None:
        """The note of an earlier mark, which the same status keeps."""
        before = self.said.progress.get((model, step))
        return before.note if before and before.status == status else None

    def _extend(self) -> int:
        model = self.random.choice(DATED)
        with self.said.lock:  # so that later ones are later in both days
            n = next(self.said.days)
            decided = date(2024, 1, 1) + timedelta(n)
            to = date(2027, 1, 1) + timedelta(n)
            run = self._de06(
                "extend", str(model), to.isoformat(), "--decided", decided.isoformat(),
                "--document", f"{n}/UBND-VX",
            )  # fmt: skip
            if run.returncode == 0:
                listed = self.said.extensions.setdefault(model, [])
                listed.append(Extension(Period("day", to), decided, f"{n}/UBND-VX"))
        self.said.numbers["marks"] += run.returncode == 0
        return int(run.returncode == 0)

    def _edit(self) -> None:
        """A text changed by hand, as an editor does it: between two commands of the same person."""
        model, step = self.random.choice(self.own)
        text = self.clone.plan.read_text("utf-8")
        begin = re.search(rf"^  - model: {model}$", text, re.MULTILINE).end()
        place = re.compile(
            r"^      - step: " + str(step) + r"\b.*?^        text: ", re.MULTILINE | re.DOTALL
        )
        found = place.search(text, begin)
        sign = f"[sửa {self.said.next_day()}] "
        after = found.end()
        if text[after] == ">":  # a folded text
            after = text.index("\n", after) + 1 + 10
        elif text[after] == '"':
            after += 1
        else:
            return
        known = re.match(r"\[sửa \d+\] ", text[after:])
        rest = text[after + (known.end() if known else 0) :]
        self.clone.plan.write_text(text[:after] + sign + rest, "utf-8")
        self.said.texts[model, step] = sign
        self.said.numbers["edits"] += 1

    def sync(self, *, killed: bool = False) -> int:
        self.said.numbers["syncs"] += 1
        process = subprocess.Popen(
            [sys.executable, "-m", "de06cli", "sync"],
            cwd=self.clone.root,
            env=self.clone.variables(DE06_TODAY=TODAY),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
        try:
            out, err = process.communicate(timeout=self.random.uniform(0.1, 1.5) if killed else 120)
        except subprocess.TimeoutExpired:
            self._kill(process)
            return -1
        if process.returncode == 4 and (lock := re.search(r"xóa tệp (\S+\.lock)", err)):
            Path(lock[1]).unlink(missing_ok=True)  # what the message says
        elif process.returncode:
            self.said.numbers["refused"] += 1
            if "chưa gửi được" not in err:
                raise AssertionError(f"{process.returncode}: {out}{err}")
        return process.returncode

    def _kill(self, process: subprocess.Popen[str]) -> None:
        self.said.numbers["killed"] += 1
        number = self.random.choice([signal.SIGKILL, signal.SIGTERM])
        if self.random.random() < 0.5:
            import os

            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        process.communicate()  # what git was doing by then comes to its end too

    def _de06(self, *arguments: str) -> support.Run:
        return self.clone.de06(*arguments, DE06_TODAY=TODAY)


def expected(said: Said) -> Plan:
    """The plan after everything that was said yes to."""

    def of_model(model):
        steps = tuple(
            step._replace(
                progress=said.progress.get((model.model, step.step), step.progress),
                text=said.texts.get((model.model, step.step), "") + step.text,
            )
            for step in model.steps
        )
        extensions = sorted(said.extensions.get(model.model, []), key=lambda one: one.decided)
        return model._replace(steps=steps, extensions=(*model.extensions, *extensions))

    return BASE._replace(models=tuple(map(of_model, BASE.models)))


def simulated(folder: Path, marks: int, *, killed: bool, seed: str) -> Said:
    office = Office(folder)
    office.found(support.MODELS_FILE)
    said = Said()
    people = [
        Person(office.clone(name), STEPS[n::3], said, f"{seed}-{name}")
        for n, name in enumerate(NAMES)
    ]
    with ThreadPoolExecutor(len(people)) as at_once:
        works = [at_once.submit(one.work, marks // 3, killed=killed) for one in people]
    for work in works:
        work.result()
    for person in [*people, *people, *people]:  # a lock that git left may take the first
        person.sync()

    plans = [one.clone.plan.read_bytes() for one in people]
    assert plans[0] == plans[1] == plans[2] == office.shared().encode("utf-8")
    for one in people:
        assert one.clone.changed() == []
    reading = read(plans[0])
    assert reading.errors == ()
    wanted = expected(said)
    for model, found in zip(wanted.models, reading.plan.models, strict=True):
        assert found == model
    assert reading.plan == wanted
    comments = re.compile(r"^ *#.*", re.MULTILINE)
    assert comments.findall(plans[0].decode()) == comments.findall(support.MODELS_TEXT)
    merges = support.git(office.hub, "rev-list", "--merges", "--count", "main")
    said.numbers["merges"] += int(merges)
    return said


def report(said: Said, capsys: pytest.CaptureFixture[str], runs: int = 1) -> None:
    with capsys.disabled():
        numbers = {
            name: said.numbers[name] for name in ("marks", "edits", "syncs", "killed", "merges")
        }
        print(f"\n{runs} runs, {numbers}, questions 0, lost 0")


def test_thirty_marks_of_three_people_arrive(tmp_path):
    said = simulated(tmp_path, 30, killed=True, seed="short")

    assert said.numbers["marks"] == 30


@pytest.mark.slow
@pytest.mark.parametrize("killed", [False, True], ids=["undisturbed", "killed"])
def test_three_hundred_marks_of_three_people_arrive(tmp_path, capsys, killed):
    said = simulated(tmp_path, 300, killed=killed, seed="long")

    assert said.numbers["marks"] == 300
    report(said, capsys)
