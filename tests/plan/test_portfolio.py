"""Plans read as one: in the order of their files, each read again only where it may have changed."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import AGENCIES, LODGING, OTHERS, models

from de06cli.errors import UnreadableData
from de06cli.plan import portfolio
from de06cli.plan.cache import lazy, store
from de06cli.plan.cache.index import of_plan
from de06cli.plan.cache.store import Store
from de06cli.plan.file import locate
from de06cli.plan.file.edits import SetProgress, after, edited
from de06cli.plan.file.locate import Located
from de06cli.plan.file.reader import read
from de06cli.plan.parts import Progress
from de06cli.plan.portfolio import Broken, open_files
from de06cli.plan.records import Heading, Plan

TEXT = """\
plan: {{code: {code}, title: Kế hoạch}}
agencies:
  - {{code: CAH, name: Công an huyện}}
  - {{code: C06, name: Cục C06}}
models:
  - model: 9
    stt: 1
    title: {title}
    deadline: 2023-12-30
    lead: [{lead}]
    steps:
      - step: 1
        text: Mở lớp
      - step: 2
        text: Cấp thẻ
  - model: {number}
    title: Lưu trú
    deadline: 2024-01-30
    lead: [C06]
    steps:
      - step: 1
        text: Rà soát
        agencies: [CAH]
"""


class Files:
    """Plans on the disk, opened through snapshots; tells how many files were opened and read as plans."""

    def __init__(self, folder):
        self.folder = folder
        self.store = Store(str(folder / "cache"), "1.0")
        self.opened = 0
        self.read = 0

    def write(self, name, code, title="Cấp sổ 1", number=6, lead="CAH"):
        text = TEXT.format(code=code, title=title, number=number, lead=lead)
        (self.folder / name).write_text(text, "utf-8")

    def located(self, *names):
        return [Located(str(self.folder / name), name) for name in names]

    def open(self, *names):
        """The plans as one, and the broken files; counts from 0."""
        self.opened = self.read = 0
        return open_files(self.located(*names), self.store, self.count)

    def count(self):
        self.read += 1

    def plain(self, *names):
        """The same without snapshots."""
        return open_files(self.located(*names), None)


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Three plans, none of them opened yet."""
    files = Files(tmp_path)
    real = locate.read_bytes

    def counted(file):
        files.opened += 1
        return real(file)

    monkeypatch.setattr(locate, "read_bytes", counted)
    for name, code in [("a.yaml", "ANKHUONG"), ("b.yaml", "BUNHO"), ("c.yaml", "CHONTHANH")]:
        files.write(name, code)
    return files


@pytest.fixture
def later(monkeypatch):
    """The clock goes a minute ahead of the files': none of them was changed just now."""
    monkeypatch.setattr(
        store,
        "time",
        SimpleNamespace(time=time.time, time_ns=lambda: time.time_ns() + 60_000_000_000),
    )


ALL = ("a.yaml", "b.yaml", "c.yaml")
records_changes = pytest.mark.skipif(
    os.name == "nt",
    reason="Windows does not record when a file was changed: its bytes are compared",
)


def content(found):
    """Everything that a portfolio and its broken files say."""
    whole, broken = found
    if whole is None:
        return None, broken
    return [plan.plan() for plan in whole.plans], whole.files, whole.firsts, whole.index, broken


def codes(found):
    return [plan.heading.code for plan in found[0].plans]


def titles(found):
    return [model.title for plan in found[0].plans for model in plan.models()]


# Read as one ---------------------------------------------------------------------------------------


def a_plan(number, models):
    return Plan(Heading(f"K{number}", "Kế hoạch"), AGENCIES, tuple(models))


some_models = st.lists(st.sampled_from([LODGING, *OTHERS]) | models(7), min_size=1, max_size=3)


@given(st.lists(some_models, min_size=1, max_size=4))
@settings(max_examples=30)
def test_models_are_counted_through_all_plans(lists):
    plans = [a_plan(number, models) for number, models in enumerate(lists)]
    together = [
        (number, plan.plan, model) for number, plan in enumerate(plans) for model in plan.models
    ]

    whole = portfolio.of((), [lazy.whole(plan) for plan in plans])

    positions = range(len(whole))
    assert [
        (whole.plan_at(position), whole.heading_at(position), whole.model(position))
        for position in positions
    ] == together
    every = of_plan(model for _number, _heading, model in together)
    assert whole.index.columns == every.columns
    assert whole.index.due_at == every.due_at
    assert whole.index.numbers == every.numbers
    assert len(whole.index.recorded) == len(plans)


def test_a_plan_is_found_by_its_code_and_agencies_by_theirs(files):
    whole, _broken = files.open(*ALL)

    assert whole.plan_coded("BUNHO") is whole.plans[1]
    assert whole.agency("CHONTHANH", "C06").name == "Cục C06"


def test_a_part_is_one_plan_with_its_file(files):
    whole, _broken = files.open(*ALL)

    part = whole.part(1)

    assert part.files == files.located("b.yaml")
    assert (content((part, [])), len(part)) == (content(files.plain("b.yaml")), 2)


def test_one_loaded_plan_is_a_portfolio():
    plan = a_plan(1, [LODGING, *OTHERS])

    whole = portfolio.single(plan)

    assert (len(whole), whole.model(0), whole.plans[0].plan()) == (6, LODGING, plan)
    assert whole.index == of_plan(plan.models)


@pytest.mark.parametrize("order", [ALL, ALL[::-1], ("b.yaml", "a.yaml")])
def test_plans_stand_in_the_order_of_their_files(files, order):
    for _time in range(2):
        found = files.open(*order)

        assert [file.given for file in found[0].files] == list(order)
        assert [code[0].lower() for code in codes(found)] == [name[0] for name in order]
        assert content(found) == content(files.plain(*order))


def test_without_a_store_nothing_is_kept(files):
    assert codes(files.plain(*ALL)) == ["ANKHUONG", "BUNHO", "CHONTHANH"]
    assert sorted(path.name for path in files.folder.iterdir()) == list(ALL)


# Broken --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("broken_one", ALL)
def test_a_broken_file_among_others_is_left_out(files, broken_one):
    (files.folder / broken_one).write_text("plan: [", "utf-8")
    rest = [name for name in ALL if name != broken_one]
    errors = read(b"plan: [").errors

    for times_read in (3, 1):  # the broken one is read each time
        found = files.open(*ALL)

        assert found[1] == [Broken(files.located(broken_one)[0], None, errors)]
        assert content((found[0], [])) == content(files.plain(*rest))
        assert files.read == times_read


def test_a_file_that_was_mended_is_back(files):
    (files.folder / "b.yaml").write_text("plan: [", "utf-8")
    files.open(*ALL)
    files.write("b.yaml", "BUNHO", "Cấp lại", number=7)

    found = files.open(*ALL)

    assert content(found) == content(files.plain(*ALL))
    assert (found[1], files.read) == ([], 1)


def test_a_file_that_broke_is_out(files, later):
    files.open(*ALL)
    (files.folder / "b.yaml").write_text("plan: [", "utf-8")

    found = files.open(*ALL)

    assert (codes(found), len(found[1]), files.read) == (["ANKHUONG", "CHONTHANH"], 1, 1)
    assert content(found) == content(files.plain(*ALL))


@pytest.mark.parametrize("before", [True, False])
def test_a_missing_file_among_others_is_reported(files, later, before):
    if before:
        files.open(*ALL)
    (files.folder / "b.yaml").unlink()

    whole, broken = files.open(*ALL)

    assert content((whole, [])) == content(files.plain("a.yaml", "c.yaml"))
    [(file, error, findings)] = broken
    assert (file.given, findings) == ("b.yaml", ())
    assert str(error).startswith("Không có tệp b.yaml.")


def test_where_all_are_broken_there_is_no_portfolio(files):
    for name in ALL:
        (files.folder / name).write_bytes(b"")

    whole, broken = files.open(*ALL)

    assert whole is None
    assert [one.file.given for one in broken] == list(ALL)
    assert not (files.folder / "cache").exists()


@pytest.mark.parametrize("code", ["ANKHUONG", "AnKhuong"])
def test_a_code_that_two_files_claim_is_usable_in_neither(files, code):
    files.write("b.yaml", code, "Trùng")

    for _time in range(2):
        found = files.open(*ALL)

        assert codes(found) == ["CHONTHANH"]
        assert content(found) == content(files.plain(*ALL))
        assert [(one.file.given, one.error) for one in found[1]] == [
            ("a.yaml", None),
            ("b.yaml", None),
        ]
        messages = [one.findings[0].message for one in found[1]]
        assert messages == [
            "Mã kế hoạch “ANKHUONG” cũng là của b.yaml.",
            f"Mã kế hoạch “{code}” cũng là của a.yaml.",
        ]
        assert found[1][1].findings[0].place[:2] == (1, 14)
        with pytest.raises(UnreadableData, match=r"ANKHUONG.*: a\.yaml, b\.yaml"):
            found[0].refuse_claimed("ankhuong")
        with pytest.raises(UnreadableData):
            found[0].refuse_claimed()
        found[0].refuse_claimed("CHONTHANH")


def test_where_the_claim_ends_the_plan_is_back(files):
    files.write("b.yaml", "ANKHUONG")
    files.open(*ALL)
    (files.folder / "b.yaml").unlink()

    assert codes(files.open("a.yaml", "c.yaml")) == ["ANKHUONG", "CHONTHANH"]


def test_a_plan_with_anothers_code_that_is_gone_when_it_is_to_be_quoted_is_reported(
    files, monkeypatch
):
    files.write("b.yaml", "ANKHUONG")
    counted = locate.read_bytes

    def gone_the_second_time(file):
        data = counted(file)
        if file.given == "b.yaml":
            file.path.unlink()
        return data

    monkeypatch.setattr(locate, "read_bytes", gone_the_second_time)

    found = files.open(*ALL)

    assert codes(found) == ["CHONTHANH"]
    assert str(found[1][1].error).startswith("Không có tệp b.yaml.")


# Read again, or not --------------------------------------------------------------------------------


@records_changes
def test_what_did_not_change_is_not_even_opened(files, later):
    first = content(files.open(*ALL))
    assert (files.opened, files.read) == (3, 3)

    assert content(files.open(*ALL)) == first
    assert (files.opened, files.read) == (0, 0)


def test_where_nothing_changed_no_snapshot_is_written(files, later):
    files.open(*ALL)
    cache = files.folder / "cache"
    before = {path.name: path.stat().st_ino for path in cache.iterdir()}

    files.open(*ALL)

    assert {path.name: path.stat().st_ino for path in cache.iterdir()} == before


def test_what_changed_just_now_is_compared_by_its_bytes(files):
    first = content(files.open(*ALL))

    assert content(files.open(*ALL)) == first
    assert (files.opened, files.read) == (3, 0)


@records_changes
def test_only_the_one_that_changed_is_read_again(files, later):
    files.open(*ALL)
    files.write("b.yaml", "BUNHO", "Cấp lại", number=3, lead="C06")

    found = files.open(*ALL)

    assert titles(found)[2] == "Cấp lại"
    assert (files.opened, files.read) == (1, 1)
    assert content(found) == content(files.plain(*ALL))
    assert content(files.open(*ALL)) == content(found)
    assert files.read == 0


def test_the_index_of_the_others_is_not_made_again(files, later, monkeypatch):
    files.open(*ALL)
    files.write("b.yaml", "BUNHO", "Cấp lại", number=3, lead="C06")
    merged = []
    real = portfolio.merged
    monkeypatch.setattr(portfolio, "merged", lambda *given: merged.append(given) or real(*given))

    found = files.open(*ALL)

    assert merged == []
    assert found[0].index == files.plain(*ALL)[0].index


def test_what_changed_back_is_not_read_as_a_plan_again(files):
    first = content(files.open(*ALL))
    files.write("b.yaml", "BUNHO", "Cấp lại")
    files.open(*ALL)
    files.write("b.yaml", "BUNHO")

    assert content(files.open(*ALL)) == first
    assert files.read == 0


def test_files_known_from_another_command_are_not_read_as_plans_again(files):
    files.open(*ALL)

    assert content(files.open("c.yaml", "a.yaml")) == content(files.plain("c.yaml", "a.yaml"))
    assert files.read == 0


@records_changes
def test_a_file_that_was_only_touched_is_opened_once_more(files, later):
    first = content(files.open(*ALL))
    os.utime(files.folder / "b.yaml", (1, 1))

    for opened in (1, 0):
        assert content(files.open(*ALL)) == first
        assert (files.opened, files.read) == (opened, 0)


def test_another_content_of_the_same_size_and_time_is_noticed(files, later):
    path = files.folder / "b.yaml"
    files.open(*ALL)
    before = path.stat()
    files.write("b.yaml", "BUNHO", "Cấp sổ 2")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    now = path.stat()
    assert (now.st_size, now.st_mtime_ns, now.st_ino) == (
        before.st_size, before.st_mtime_ns, before.st_ino,
    )  # fmt: skip

    assert titles(files.open(*ALL))[2] == "Cấp sổ 2"


def test_a_file_renamed_over_another_is_noticed(files, later):
    path = files.folder / "b.yaml"
    files.write("new.yaml", "BUNHO", "Cấp sổ 2")
    files.open(*ALL)
    before = path.stat()
    (files.folder / "new.yaml").replace(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert titles(files.open(*ALL))[2] == "Cấp sổ 2"


def test_two_files_that_change_places_are_noticed(files, later):
    files.open(*ALL)
    for old, new in [("a", "x"), ("b", "a"), ("x", "b")]:
        (files.folder / f"{old}.yaml").rename(files.folder / f"{new}.yaml")

    assert codes(files.open(*ALL)) == ["BUNHO", "ANKHUONG", "CHONTHANH"]
    assert files.read == 0


def test_a_change_that_the_clock_is_too_coarse_for_is_noticed(files, monkeypatch):
    """The file looks the same to the nanosecond, since it was read right after it was written."""
    now = store.Seen(500, 10**18, 10**18, 7, 10**18 + 1_000_000_000)
    monkeypatch.setattr(portfolio, "look", lambda _path: now)
    for title in ("Cấp sổ 1", "Cấp sổ 2", "Cấp sổ 3"):
        files.write("b.yaml", "BUNHO", title)

        assert titles(files.open("b.yaml"))[0] == title


def test_changes_in_quick_succession_are_all_noticed(files):
    for number in range(100, 120):
        files.write("b.yaml", "BUNHO", f"Lần {number}")

        assert titles(files.open(*ALL))[2] == f"Lần {number}"
        assert titles(files.open(*ALL))[2] == f"Lần {number}"


# A snapshot that fails in between -------------------------------------------------------------------


def damage(files):
    for path in (files.folder / "cache").glob("*.plan"):
        path.write_bytes(b"")


@records_changes
def test_where_the_plan_itself_is_damaged_it_is_read_again(files, later):
    first = content(files.open(*ALL))
    damage(files)

    assert content(files.open(*ALL)) == first
    assert files.opened == 3
    assert content(files.open(*ALL)) == first
    assert files.opened == 0


@records_changes
def test_a_file_changed_while_its_damaged_snapshot_is_looked_at_is_reported(files, later):
    files.open("b.yaml")
    damage(files)
    whole, _broken = files.open("b.yaml")
    files.write("b.yaml", "BUNHO", "Cấp lại")

    with pytest.raises(UnreadableData) as caught:
        whole.model(0)

    assert str(caught.value) == "b.yaml vừa được sửa trong khi đọc. Hãy chạy lại lệnh."


@pytest.mark.skipif(os.name == "nt", reason="no such pipes on Windows")
def test_bytes_that_were_read_already_are_not_read_from_a_pipe_a_second_time(files):
    first = content(files.open("b.yaml"))
    damage(files)

    for _time in range(2):
        ours, theirs = os.pipe()  # of the same numbers each time
        os.write(theirs, (files.folder / "b.yaml").read_bytes())
        os.close(theirs)
        whole, broken = open_files([Located(f"/dev/fd/{ours}", "b.yaml")], files.store)
        os.close(ours)
        assert ([plan.plan() for plan in whole.plans], broken) == (first[0], [])
        damage(files)


# After a mark --------------------------------------------------------------------------------------


def mark(files, name, status="done"):
    """Marks a step, as the commands do it; returns the plan afterwards."""
    path = files.folder / name
    data = path.read_bytes()
    edits = [SetProgress(9, 2, Progress(status, note="vì sao"))]
    written = edited(data, edits)
    path.write_bytes(written)
    plan = after(read(data).plan, edits)
    portfolio.remember(written, plan, files.store)
    return plan


def test_who_reads_after_a_mark_need_not_read_the_plan(files):
    files.open("b.yaml")

    plan = mark(files, "b.yaml", "blocked")

    for names in (["b.yaml"], ALL[1:2]):
        found = files.open(*names)
        assert [each.plan() for each in found[0].plans] == [plan]
        assert content(found) == content(files.plain(*names))
        assert files.read == 0


def test_after_a_mark_in_one_of_several_plans_none_need_be_read(files):
    files.open(*ALL)

    mark(files, "b.yaml", "blocked")

    found = files.open(*ALL)
    assert files.read == 0
    assert content(found) == content(files.plain(*ALL))
    assert found[0].model(2).steps[1].progress == Progress("blocked", note="vì sao")


def test_the_plan_of_some_bytes_is_the_one_that_was_read_from_them_or_marked_in_them(files):
    data = (files.folder / "b.yaml").read_bytes()
    assert portfolio.remembered(data, files.store) is None
    files.open("b.yaml")
    assert portfolio.remembered(data, files.store) == read(data).plan

    plan = mark(files, "b.yaml", "blocked")

    assert portfolio.remembered((files.folder / "b.yaml").read_bytes(), files.store) == plan
    assert portfolio.remembered(data, files.store) == read(data).plan
    assert portfolio.remembered(data + b"\n", files.store) is None


def test_the_plan_that_was_opened_is_remembered_for_the_bytes_that_say_it(files):
    data = (files.folder / "b.yaml").read_bytes()
    for _time in ("read", "from its snapshot"):
        (opened,) = files.open("b.yaml")[0].plans
        assert portfolio.remembered(data, files.store, opened) is opened.plan()
        assert portfolio.remembered(data + b"\n", files.store, opened) is None

    marked = mark(files, "b.yaml", "blocked")

    now = (files.folder / "b.yaml").read_bytes()
    assert portfolio.remembered(now, files.store, opened) == marked != opened.plan()
    (plain,) = files.plain("b.yaml")[0].plans
    assert portfolio.remembered(b"", files.store, plain) is None


def test_of_a_snapshot_with_one_damaged_part_no_plan_is_remembered(files):
    data = (files.folder / "b.yaml").read_bytes()
    files.open("b.yaml")
    (snapshot,) = (files.folder / "cache").glob("*.plan")
    whole = snapshot.read_bytes()
    for at in range(len(whole)):
        snapshot.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert portfolio.remembered(data, files.store) in (None, read(data).plan)
    assert portfolio.remembered(data, files.store) is None  # the last one belongs to the groups


def test_what_somebody_wrote_right_after_a_mark_counts(files, later):
    """Between the mark and what is remembered of it."""
    path = files.folder / "b.yaml"
    data = path.read_bytes()
    plan = read(data).plan
    files.write("b.yaml", "BUNHO", "Người khác")

    portfolio.remember(data, plan, files.store)

    assert titles(files.open("b.yaml"))[0] == "Người khác"
