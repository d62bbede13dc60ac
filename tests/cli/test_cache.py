"""With snapshots and without, every command says the same; they cost or spare time, and nothing else."""

from __future__ import annotations

import os
import random
import shutil
import stat
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from types import SimpleNamespace

import pytest
import support
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from de06cli import __version__
from de06cli.plan.cache import store
from de06cli.plan.file import reader
from de06cli.plan.file.edits import SetProgress, edited
from de06cli.plan.file.reader import read
from de06cli.plan.parts import Progress

COMMANDS = [
    ["list"],
    ["list", "--agency", "{agency}", "--sort", "due"],
    ["list", "--agency", "{agency}", "--role", "step", "--role", "lead", "--format", "ids"],
    ["list", "--state", "open", "--search", "tài khoản", "--format", "csv"],
    ["list", "--due-before", "2023-12-30", "--due-after", "1/11/2023", "--format", "md"],
    ["list", "--format", "json"],
    ["list", "--as-of", "2023-12-01", "--format", "json"],
    ["overdue"],
    ["overdue", "--as-of", "2023-12-20", "--format", "json"],
    ["upcoming", "--within", "30"],
    ["stats"],
    ["stats", "--by", "agency"],
    ["stats", "--by", "level", "--format", "json"],
    ["stats", "--by", "month"],
    ["show", "{model}", "stt:2"],
    ["show", "{model}.1", "--format", "json"],
    ["show", "999"],
    ["agencies"],
    ["agencies", "an", "--format", "json"],
    ["export", "-", "--format", "tsv"],
    ["list", "--agency", "nobody"],
]

SMALL = support.ROOT / "tests" / "data" / "small.yaml"
SMALL_PLAN = read(SMALL.read_bytes()).plan
assert SMALL_PLAN
STEPS = [(model.model, step.step) for model in SMALL_PLAN.models for step in model.steps]
VARIED = [
    ["list", "--format", "json"],
    ["list", "--agency", "CAX", "--state", "open"],
    ["overdue"],
    ["upcoming", "--within", "60"],
    ["stats", "--by", "agency"],
    ["list", "--as-of", "2023-12-10"],
]
marks = st.dictionaries(
    st.sampled_from(STEPS),
    st.none()
    | st.builds(
        Progress,
        st.sampled_from(["doing", "done", "blocked", "skipped"]),
        st.dates(date(2023, 11, 1), date(2024, 2, 1)),
        by=st.none(),
        evidence=st.none(),
        note=st.just("vì sao"),
    ),
    max_size=5,
)


@pytest.fixture
def cache(tmp_path):
    """The folder of snapshots of a user whose home is ``tmp_path``."""
    return tmp_path / (".local/de06/Cache" if os.name == "nt" else ".cache/de06")


@pytest.fixture
def uncached(call, monkeypatch):
    """A command's answer without snapshots."""

    def uncached(*arguments):
        with monkeypatch.context() as patch:
            patch.setenv("DE06_CACHE", "off")
            return call(*arguments)

    return uncached


@pytest.fixture
def times_read(monkeypatch):
    """A list with an entry for each time that a file was read as a plan."""
    times = []
    real = reader.read

    def counted(data, **how):
        times.append(len(data))
        return real(data, **how)

    monkeypatch.setattr(reader, "read", counted)
    return times


@pytest.fixture
def later(monkeypatch):
    """The clock goes a minute ahead of the files': none of them was changed just now."""
    monkeypatch.setattr(
        store,
        "time",
        SimpleNamespace(time=time.time, time_ns=lambda: time.time_ns() + 60_000_000_000),
    )


def said(answer):
    return answer.returncode, answer.stdout, answer.stderr


def described(folder):
    """Every snapshot as it lies there."""
    return {
        path.name: (path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes())
        for path in folder.iterdir()
    }


# The same answers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shipped", "agency", "model"),
    [(True, "CAH", "9"), (False, "CAX", "7")],
    ids=["shipped", "small"],
)
def test_every_command_says_the_same(
    request, call, uncached, cache, times_read, later, shipped, agency, model
):
    request.getfixturevalue("plan" if shipped else "small")
    for command in COMMANDS:
        arguments = [word.format(agency=agency, model=model) for word in command]
        shutil.rmtree(cache, ignore_errors=True)

        without, cold = said(uncached(*arguments)), said(call(*arguments))
        del times_read[:]
        warm = said(call(*arguments))

        assert (cold, warm) == (without, without), arguments
        assert times_read == [], arguments


@pytest.mark.parametrize(
    "command", [["list"], ["stats", "--by", "plan"], ["show", "TANKHAI:7"]], ids=str
)
def test_over_several_plans_too(plan, call, uncached, times_read, command):
    other = plan.with_name("other.yaml")  # in no repository, so that git has nothing to be asked
    other.write_bytes(SMALL.read_bytes())
    data = ["--data", "data/models.yaml", "--data", "data/other.yaml"]
    call("list", *data)
    del times_read[:]

    answer = said(call(*command, *data))

    assert times_read == []
    assert answer == said(uncached(*command, *data))
    assert answer[0] == 0


@given(marks=marks)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_marked(small, call, uncached, marks):
    edits = [SetProgress(*step, progress) for step, progress in marks.items()]
    small.write_bytes(edited(SMALL.read_bytes(), edits))

    for command in VARIED:
        assert said(call(*command)) == said(uncached(*command))


# What fills it, and what does not ------------------------------------------------------------------


@pytest.mark.parametrize("value", ["off", "OFF", "Off"])
def test_off_means_that_nothing_is_kept_and_nothing_used(
    small, call, cache, monkeypatch, times_read, value
):
    monkeypatch.setenv("DE06_CACHE", value)
    for command in (["list"], ["done", "3.2"], ["overdue"]):
        del times_read[:]

        assert call(*command).returncode == 0

        assert times_read != []
    assert not cache.exists()


@pytest.mark.parametrize("value", ["", "on", "1"])
def test_anything_else_does_not(small, call, cache, monkeypatch, value):
    monkeypatch.setenv("DE06_CACHE", value)

    call("list")

    assert sorted(path.suffix for path in cache.iterdir()) == [".plan", ".set"]


@pytest.mark.skipif(os.name == "nt", reason="each system has places of its own")
def test_the_folder_is_where_the_user_keeps_such_things(small, call, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kho"))

    call("list")

    assert len(list((tmp_path / "kho" / "de06").iterdir())) == 2
    assert not (tmp_path / ".cache").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_snapshots_are_for_their_user_alone(small, call, cache):
    before = os.umask(0)
    try:
        call("list")
    finally:
        os.umask(before)

    modes = {stat.filemode(path.stat().st_mode) for path in cache.iterdir()}
    assert (stat.filemode(cache.stat().st_mode), modes) == ("drwx------", {"-rw-------"})


def test_another_day_is_no_reason_to_touch_it(plan, call, cache, monkeypatch, times_read, later):
    call("list")
    before = described(cache)
    del times_read[:]

    for today in ("2023-06-01", "2024-01-12", "2030-01-01", ""):
        monkeypatch.setenv("DE06_TODAY", today)
        for command in ("list", "overdue", "upcoming", "stats"):
            assert call(command, "--as-of", "2023-11-30").returncode == 0
            assert call(command).returncode == 0

    assert (described(cache), times_read) == (before, [])


def test_it_serves_from_every_folder_below(small, call, cache, tmp_path, monkeypatch, times_read):
    call("list")
    below = tmp_path / "data"
    monkeypatch.chdir(below)

    assert call("list", "--format", "ids").stdout == "7\n3\n5\n2\n8\n"
    assert len(times_read) == 1


def test_a_command_that_fails_keeps_nothing(small, call, cache):
    small.write_text("plan: [", "utf-8")

    assert call("list").returncode == 3
    assert not cache.exists()


# What became of the file ---------------------------------------------------------------------------


def test_a_file_that_was_removed_is_missed(small, call, uncached, later):
    call("list")
    small.unlink()

    answer = call("list", "--data", "data/models.yaml")

    assert answer.returncode == 3
    assert said(answer) == said(uncached("list", "--data", "data/models.yaml"))


def test_a_link_to_another_file_is_followed(small, call, tmp_path, later):
    link = tmp_path / "link.yaml"
    for target in (small, support.MODELS_FILE, small):
        link.unlink(missing_ok=True)
        support.symlink(link, target)

        linked = call("list", "--data", "link.yaml")

        assert linked.stdout == call("list", "--data", str(target)).stdout


def test_what_comes_through_a_pipe_is_what_is_answered(small, shell):
    other = small.read_text("utf-8").replace("Sổ sức khỏe điện tử", "Sổ sức khỏe mới")
    small.with_name("other.yaml").write_text(other, "utf-8")

    piped = shell(
        "for file in models other models; do"
        " de06 list --agency TTYT --role lead --format tsv --data /dev/stdin < data/$file.yaml"
        " | cut -f4 | tail -1; done; "
        "cat data/other.yaml | de06 show 3 --data /dev/stdin | head -1"
    )

    assert piped.stderr == ""
    assert piped.stdout == (
        "Sổ sức khỏe điện tử\nSổ sức khỏe mới\nSổ sức khỏe điện tử\n"
        "Mô hình 3 (STT 2): Sổ sức khỏe mới\n"
    )


# After a mark --------------------------------------------------------------------------------------

CHANGES = [
    ["start", "9.2"],
    ["done", "9.2", "--evidence", "45/BC “khẩn”: 1", "--by", "CAH", "--date", "2023-12-29"],
    ["done", "9.2"],
    ["block", "9.3", "--note", " chờ kinh phí "],
    ["skip", "6", "--note", "thừa", "--yes"],
    ["extend", "9", "30/6/2024", "--document", "12/CV-UBND", "--reason", "#chờ"],
    ["undo"],
    ["reset", "9.2"],
]


def test_after_every_mark_the_next_reader_finds_the_plan_as_it_is_now(
    plan, call, uncached, cache, times_read
):
    for command in CHANGES:
        assert call(*command).returncode == 0
        del times_read[:]

        for shown in (["list", "--format", "json"], ["overdue"]):
            answer = call(*shown)

            assert times_read == [], command
            assert said(answer) == said(uncached(*shown))
            del times_read[:]


def test_a_mark_with_snapshots_is_the_one_without_and_reads_nothing_before_it(
    plan, call, uncached, times_read
):
    call("list")
    del times_read[:]
    written = []
    for command in CHANGES:
        assert call(*command).returncode == 0
        written.append(plan.read_bytes())
        assert len(times_read) == (command == ["undo"]), command  # the proof is not among these
        del times_read[:]

    plan.write_bytes(support.MODELS_FILE.read_bytes())
    for command, data in zip(CHANGES, written, strict=True):
        assert uncached(*command).returncode == 0
        assert plan.read_bytes() == data
    assert len(times_read) >= len(CHANGES)


def test_a_mark_with_damaged_snapshots_is_the_one_without(plan, call, uncached, cache, later):
    chance = random.Random(7)
    assert uncached("done", "9.2").returncode == 0
    marked = plan.read_bytes()
    for _time in range(12):
        plan.write_bytes(support.MODELS_FILE.read_bytes())
        call("list")
        for path in cache.iterdir():
            if chance.random() < 0.7:
                path.write_bytes(damaged(path.read_bytes(), chance))
        assert call("done", "9.2").returncode == 0
        assert plan.read_bytes() == marked


def test_a_refused_mark_touches_nothing(plan, call, cache, later):
    call("list")
    before = described(cache)

    assert call("done", "9.2", "--date", "2024-02-01").returncode == 2
    assert call("done", "9.2", "--dry-run").returncode == 0

    assert described(cache) == before


WHAT_IT_NEEDED = """\
import sys
from de06cli.cli.main import run
code = run(sys.argv[1:])
print(*sorted({"yaml", "pydantic", "de06cli.plan.file.reader"} & sys.modules.keys()), file=sys.stderr)
sys.exit(code)
"""


def test_a_process_after_a_mark_imports_no_reader(plan, de06, tmp_path):
    assert de06("done", "9.2").returncode == 0

    asked = subprocess.run(
        [sys.executable, "-c", WHAT_IT_NEEDED, "list", "--agency", "CAH"],
        cwd=tmp_path,
        env=support.environment(tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert asked.stderr == "\n"
    assert asked.stdout == de06("list", "--agency", "CAH", DE06_CACHE="off").stdout


# What may become of it -----------------------------------------------------------------------------


def damaged(data, chance):
    """The bytes with one changed, or cut, or others in their place."""
    at = chance.randrange(len(data))
    return chance.choice([
        data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :],
        data[:at],
        chance.randbytes(at),
    ])  # fmt: skip


def test_whatever_happens_to_the_snapshots_nobody_notices(plan, call, uncached, cache, later):
    chance = random.Random(6)
    commands = [["list"], ["show", "9"], ["list", "--agency", "CAH"], ["agencies", "công an"]]
    answers = [said(uncached(*command)) for command in commands]
    call("list")
    for _time in range(12):
        for path in cache.iterdir():
            if chance.random() < 0.7:
                path.write_bytes(damaged(path.read_bytes(), chance))
        for command, answer in zip(commands, answers, strict=True):
            assert said(call(*command)) == answer


@pytest.mark.parametrize("count", [1, 23, 25, 10_000])
@pytest.mark.parametrize("command", [["list"], ["show", "9"], ["export", "-", "--format", "csv"]])
def test_a_wrong_number_of_models_costs_only_speed(plan, call, uncached, cache, command, count):
    answer = said(uncached(*command))
    for _time in range(2):  # the second time from what the first one knows
        call("list")
    kept = store.Store(cache, __version__)
    paths = [str(plan)]
    (known,), index = kept.known(paths)
    kept.keep_known(paths, [known._replace(models=count)], index)

    assert said(call(*command)) == answer


def left_in(folder):
    """What lies in the home but for what belongs there."""
    return {path.name for path in folder.iterdir()} - {".local", ".cache"}


@pytest.mark.parametrize("place", ["a relative one", "a file", "/dev/null", "/proc/self", "~", "."])
def test_where_it_can_not_be_kept_nobody_notices(
    small, call, uncached, tmp_path, monkeypatch, place
):
    """A relative place is none, as the XDG specification has it: the usual one may serve."""
    before = left_in(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(small) if place == "a file" else place)
    for command in COMMANDS[:3]:
        asked = [word.format(agency="CAX") for word in command]
        for _time in range(2):
            assert said(call(*asked)) == said(uncached(*asked))
    marked = call("done", "3.1", "--evidence", "45/BC")

    assert (marked.returncode, marked.stderr) == (0, "")
    assert left_in(tmp_path) == before


@pytest.mark.parametrize("home", ["known", "unknown"])
def test_a_user_without_a_home_in_the_environment(
    small, call, uncached, tmp_path, monkeypatch, home
):
    pwd = pytest.importorskip("pwd")

    def entry(_uid):
        if home == "unknown":
            raise KeyError
        return SimpleNamespace(pw_dir=str(tmp_path / "home"))

    monkeypatch.setattr(pwd, "getpwuid", entry)
    monkeypatch.delenv("HOME")

    answer = call("list")

    assert said(answer) == said(uncached("list"))
    assert (answer.returncode, answer.stderr) == (0, "")
    kept = {"known": ["data", "home"], "unknown": ["data"]}[home]
    assert sorted(path.name for path in tmp_path.iterdir()) == kept


@pytest.fixture
def bound():
    """What stands before a command that is to be bound by the modes of folders, even as root."""
    if os.name == "nt":
        pytest.skip("Windows has no modes")
    if os.geteuid():
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("without setpriv, root can write everywhere")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"]


@pytest.mark.parametrize("mode", [0o555, 0o000], ids=["read-only", "shut"])
def test_in_a_home_that_is_not_to_be_written_the_answer_is_the_same(
    small, de06, tmp_path, bound, mode
):
    """Nor, in the second case, to be looked into."""
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(mode)

    for _time in range(2):
        answer = subprocess.run(
            [*bound, sys.executable, "-m", "de06cli", "list"],
            cwd=tmp_path,
            env=support.environment(home),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert said(answer) == said(de06("list", DE06_CACHE="off"))
    home.chmod(0o700)

    assert list(home.iterdir()) == []


@pytest.mark.parametrize("room", [0, 300, 3000])
def test_on_a_full_disk_the_answer_is_the_same(small, de06, tmp_path, cache, room):
    resource = pytest.importorskip("resource", reason="limits of another kind")
    asked = ["list", "--format", "json"]

    answer = subprocess.run(
        [sys.executable, "-B", "-m", "de06cli", *asked],
        cwd=tmp_path,
        env=support.environment(tmp_path),
        capture_output=True,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        check=False,
    )

    assert said(answer) == said(de06(*asked, DE06_CACHE="off"))
    kept = {0: [], 300: [], 3000: [".plan", ".set"]}[room]
    assert sorted(path.suffix for path in cache.iterdir()) == kept


def test_twenty_at_once_and_an_editor_that_saves_meanwhile(small, de06, tmp_path, cache):
    """On a cold cache. Each process tells one of the two versions, whole; the end is that of the file."""
    old = small.read_bytes()
    new = old.replace("Sổ sức khỏe".encode(), "Hồ sơ khỏe!".encode())
    assert new != old
    command = [sys.executable, "-m", "de06cli", "list", "--format", "json"]
    answers = []
    for data in (old, new):
        small.write_bytes(data)
        answers.append(de06(*command[3:], DE06_CACHE="off").stdout)

    processes = []
    for number in range(20):
        with (tmp_path / f"{number}.json").open("wb") as out:  # a pipe of Windows holds less
            processes.append(
                subprocess.Popen(
                    command,
                    cwd=tmp_path,
                    env=support.environment(tmp_path),
                    stdout=out,
                    stderr=subprocess.PIPE,
                    encoding="utf-8",
                )
            )
    beside = tmp_path / "saved"
    saves = 0
    while any(process.poll() is None for process in processes):
        beside.write_bytes([old, new][saves % 2])
        with suppress(PermissionError):  # Windows, while one of them is reading
            beside.replace(small)
            saves += 1
        time.sleep(0.01)

    for number, process in enumerate(processes):
        _out, err = process.communicate()
        assert (process.returncode, err) == (0, "")
        assert (tmp_path / f"{number}.json").read_text("utf-8") in answers
    assert saves > 1
    last = [old, new].index(small.read_bytes())
    assert de06(*command[3:]).stdout == answers[last]
    assert [path.name for path in cache.iterdir() if path.suffix == ".new"] == []
