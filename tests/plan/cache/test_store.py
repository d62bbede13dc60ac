"""Whatever becomes of a snapshot – damaged, foreign, old, not to be written – the answer is that of the
file; a snapshot that is whole spares reading it."""

from __future__ import annotations

import marshal
import os
import stat
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from zlib import crc32

import pytest
import support
from samples import LODGING, OTHERS, extension, model, plan, step

from de06cli.errors import UnfitSnapshot
from de06cli.plan.cache import store as snapshot
from de06cli.plan.cache.index import of_plan
from de06cli.plan.cache.store import NOT_SEEN, Known, Seen, Store, look
from de06cli.plan.hashing import sha256
from de06cli.plan.records import Agency

DATA = b"the bytes of the file"
DIGEST = sha256(DATA)
PATH = "/srv/kế hoạch/models.yaml"
PYTHON = "py{}{}".format(*sys.version_info)
SECOND = 1_000_000_000  # ns
SEEN = Seen(size=21, modified=5 * SECOND, changed=6 * SECOND, inode=77, read_at=60 * SECOND)

# Of every kind of record one, and no more: each byte of its snapshot is tried.
PLAN = plan(
    model(
        9,
        step(1, "done 2023-11-20", "Mở lớp.", by="CAH", agencies=["CAH"]),
        step(2, text="Cấp.", due="2023-12-15"),
        extensions=(extension("2023-12-30", "2023-11-25"),),
    ),
    model(6, deadline=None, ongoing="liên tục"),
    agencies=(Agency("CAH", "Công an"),),
)
INDEX = of_plan(PLAN.models)
KNOWN = Known(PATH, SEEN, DIGEST, PLAN.plan, 2)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "bộ đệm" / "de06"


@pytest.fixture
def store(folder):
    return Store(folder, "1.0")


@pytest.fixture
def kept(store):
    """The store with the plan and what is known of its file."""
    store.keep_plan(DIGEST, PLAN, INDEX)
    store.keep_known([PATH], [KNOWN], INDEX)
    return store


@pytest.fixture(params=["read", "mapped"])
def reached(request, monkeypatch):
    """Both ways to a snapshot's content: that of small ones, and that of large ones."""
    if request.param == "mapped":
        monkeypatch.setattr(snapshot, "_MAP_FROM", 1)


def plan_file(folder):
    return folder / f"{DIGEST}.{PYTHON}.plan"


def set_file(folder):
    return next(folder.glob("*.set"))


class File:
    """The file that a plan is read from; counts how often it is read."""

    def __init__(self, plan=PLAN):
        self.plan = plan
        self.times_read = 0

    def __call__(self):
        self.times_read += 1
        return self.plan


def answers(store, file, known=KNOWN):
    """Everything that one can ask of a plan's snapshot."""
    found = store.plan(known, file)
    models = [found.load_model(position) for position in range(found.count)]
    return found.heading, found.load_agencies(), models, found.index, found.groups


WHOLE = (PLAN.plan, PLAN.agencies, list(PLAN.models), INDEX, PLAN.groups)


def assert_of_no_use(store):
    """Nothing is taken from the plan's snapshot, and the answer is that of the file, read once."""
    file = File()
    assert store.kept(PATH, SEEN, DIGEST) is None
    assert answers(store, file) == WHOLE
    assert file.times_read == 1


def assert_whole(store):
    """All is there, and nothing is read from the file."""
    file = File()
    assert store.known([PATH]) == ([KNOWN], INDEX)
    assert store.kept(PATH, SEEN, DIGEST) == KNOWN
    assert answers(store, file) == WHOLE
    assert file.times_read == 0


# Kept and found again ------------------------------------------------------------------------------


@pytest.mark.usefixtures("reached")
def test_what_is_kept_is_found_again(kept, folder):
    assert_whole(kept)
    assert_whole(Store(folder, "1.0"))


def test_nothing_is_known_of_what_was_never_kept(store, folder):
    assert store.known([PATH]) is None
    assert_of_no_use(store)


def test_a_plan_is_found_by_its_bytes_wherever_they_lie(kept):
    assert kept.kept("/other.yaml", NOT_SEEN, DIGEST) == Known(
        "/other.yaml", NOT_SEEN, DIGEST, PLAN.plan, 2
    )
    assert kept.kept(PATH, SEEN, sha256(DATA + b"\n")) is None


def test_a_plan_that_had_to_be_read_again_is_kept(store):
    assert answers(store, File()) == WHOLE

    file = File()
    assert answers(store, file) == WHOLE
    assert file.times_read == 0


def test_files_read_together_are_known_together_only(kept):
    both = [KNOWN, KNOWN._replace(path="b.yaml")]
    kept.keep_known([PATH, "b.yaml"], both, INDEX)

    assert kept.known([PATH, "b.yaml"]) == (both, INDEX)
    assert kept.known(["b.yaml", PATH]) is None
    assert kept.known(["b.yaml"]) is None
    assert kept.known([PATH]) == ([KNOWN], INDEX)


def test_a_path_that_is_no_text_is_known_too(store):
    strange = "\udcff\udcfe.yaml"
    store.keep_known([strange], [KNOWN._replace(path=strange)], INDEX)

    found = store.known([strange])

    assert found == ([KNOWN._replace(path=strange)], INDEX)


def test_one_model_needs_no_other_part_of_its_file(kept, folder):
    """The second model's block is damaged, and nobody who asks for another part notices."""
    path = plan_file(folder)
    data = bytearray(path.read_bytes())
    at = data.index(b"M\xe1\xbb\x9f l\xe1\xbb\x9bp.")
    data[data.index(PLAN.models[1].title.encode())] ^= 1
    path.write_bytes(data)
    file = File()

    found = kept.plan(KNOWN, file)

    assert data[at : at + 3] == "Mở".encode()[:3]
    assert (found.load_model(0), file.times_read) == (PLAN.models[0], 0)
    assert (found.load_agency("CAH"), file.times_read) == (PLAN.agencies[0], 0)
    assert (found.load_model(1), file.times_read) == (PLAN.models[1], 1)
    assert (found.load_agencies(), found.index, file.times_read) == (PLAN.agencies, INDEX, 1)


def test_files_are_for_their_owner_alone(kept, folder):
    modes = {path.name: stat.filemode(path.stat().st_mode) for path in folder.iterdir()}

    assert set(modes) == {plan_file(folder).name, set_file(folder).name}  # and nothing beside
    if os.name != "nt":
        assert set(modes.values()) == {"-rw-------"}
        assert stat.filemode(folder.stat().st_mode) == "drwx------"


# Damaged -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("reached")
def test_a_flipped_byte_anywhere_is_noticed(kept, folder):
    plan_path, set_path = plan_file(folder), set_file(folder)
    for path in (plan_path, set_path):
        whole = path.read_bytes()
        for at in range(len(whole)):
            bits = [0xFF] if at % 16 else [1, 2, 4, 8, 16, 32, 64, 128, 0xFF]
            for bit in bits:
                damaged = bytearray(whole)
                damaged[at] ^= bit
                path.write_bytes(damaged)
                if path == set_path:
                    assert kept.known([PATH]) is None
                else:
                    file = File()
                    assert answers(kept, file) == WHOLE
                    assert file.times_read == 1
        path.write_bytes(whole)
    assert_whole(kept)


@pytest.mark.usefixtures("reached")
def test_a_file_cut_at_any_length_is_noticed(kept, folder):
    path = plan_file(folder)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert_of_no_use(kept)
    path = set_file(folder)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert kept.known([PATH]) is None


def test_a_longer_file_is_of_no_use(kept, folder):
    for path in (plan_file(folder), set_file(folder)):
        with path.open("ab") as file:
            file.write(b"\0")

    assert kept.known([PATH]) is None
    assert_of_no_use(kept)


def test_a_damaged_file_is_replaced(kept, folder):
    path = plan_file(folder)
    path.write_bytes(path.read_bytes()[:-1])

    assert_of_no_use(kept)

    assert_whole(kept)


# Foreign -------------------------------------------------------------------------------------------


def written_by(folder, version="1.0", **others):
    """Both snapshots as another de06 or another Python writes them."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in others.items():
            patch.setattr(*{
                "format": (snapshot, "FORMAT", value),
                "layout": (snapshot.packing, "LAYOUT", value),
                "python": (snapshot, "sys", SimpleNamespace(version_info=value)),
            }[name])  # fmt: skip
        store = Store(folder, version)
    store.keep_plan(DIGEST, PLAN, INDEX)
    store.keep_known([PATH], [KNOWN], INDEX)
    return store


@pytest.mark.parametrize(
    "other",
    [
        {"version": "1.0.1"},
        {"version": "1"},
        {"format": 99},
        {"layout": 99},
        {"python": (3, 99, 0)},
    ],
    ids=str,
)
def test_what_another_version_wrote_is_of_no_use(store, folder, other):
    assert_whole(written_by(folder, **other))

    assert store.known([PATH]) is None
    assert_of_no_use(store)
    store.keep_known([PATH], [KNOWN], INDEX)
    assert_whole(store)
    assert Store(folder, "1.0.1").known([PATH]) is None


FOREIGN = {
    "empty": b"",
    "zeros": bytes(4096),
    "text": "Kế hoạch\n".encode(),
    "an archive": b"PK\x03\x04" + bytes(range(256)),
    "a module": b"\xa7\r\r\n" + bytes(12) + marshal.dumps(compile("1/0", "x", "exec")),
    "its first bytes": b"\x89de06\r\n\n",
    "its first bytes and zeros": b"\x89de06\r\n\n" + bytes(4096),
}


@pytest.mark.usefixtures("reached")
@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_foreign_content_is_of_no_use(kept, folder, content):
    for path in (plan_file(folder), set_file(folder)):
        path.write_bytes(content)

    assert kept.known([PATH]) is None
    assert_of_no_use(kept)


def test_a_snapshot_under_another_name_is_of_no_use(kept, folder):
    """Whole, but that of another plan, or of other files."""
    other = sha256(b"others")
    shipped = plan(LODGING, *OTHERS)
    kept.keep_plan(other, shipped, of_plan(shipped.models))
    (folder / f"{other}.{PYTHON}.plan").replace(plan_file(folder))
    before = set_file(folder)
    kept.keep_known(["b.yaml"], [KNOWN._replace(path="b.yaml")], INDEX)
    one, another = folder.glob("*.set")
    (another if one == before else one).replace(before)

    assert kept.known([PATH]) is None
    assert_of_no_use(kept)


def in_place_of(path, what, tmp_path):
    """Puts something else where a snapshot is expected."""
    path.unlink()
    if what == "a folder":
        path.mkdir()
    elif what == "a full folder":
        (path / "a").mkdir(parents=True)
    elif what == "a link to nothing":
        support.symlink(path, tmp_path / "nothing")
    elif what == "a link to itself":
        support.symlink(path, path)
    elif what == "a link to a folder":
        support.symlink(path, tmp_path)


@pytest.mark.parametrize(
    "what",
    ["nothing", "a folder", "a full folder", "a link to nothing", "a link to itself", "a link to a folder"],
)  # fmt: skip
def test_something_else_in_a_snapshots_place_is_of_no_use(kept, folder, tmp_path, what):
    for path in (plan_file(folder), set_file(folder)):
        in_place_of(path, what, tmp_path)

    assert kept.known([PATH]) is None
    assert_of_no_use(kept)
    kept.keep_known([PATH], [KNOWN], INDEX)
    assert list(folder.glob("*.new")) == []
    if "folder" not in what or "link" in what:
        assert_whole(kept)


@pytest.mark.skipif(os.name == "nt", reason="Windows does not tell whose a file is")
def test_what_somebody_else_wrote_is_of_no_use(kept, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 4242)

    assert kept.known([PATH]) is None
    assert_of_no_use(kept)


def test_two_versions_of_python_evict_nothing_of_each_other(store, folder):
    store.keep_plan(DIGEST, PLAN, INDEX)
    store.keep_known([PATH], [KNOWN], INDEX)
    other = written_by(folder, python=(3, 99, 0))

    assert_whole(store)
    assert_whole(other)


@pytest.mark.skipif(os.name == "nt", reason="no such pipes on Windows")
def test_a_pipe_in_a_snapshots_place_is_not_waited_for(kept, folder):
    for path in (plan_file(folder), set_file(folder)):
        path.unlink()
        os.mkfifo(path)

    assert kept.known([PATH]) is None
    assert_of_no_use(kept)


# Right checksums, odd content ----------------------------------------------------------------------


def nested(depth):
    value = ()
    for _level in range(depth):
        value = (value,)
    return value


ODD = [
    (),
    (None,),
    (1, 2),
    ("x",) * 17,
    ((),) * 17,
    nested(900),
    ({}, [], b"", 1.5, 2j),
    (1 << 70,) * 8,
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_blocks_are_of_no_use(kept, odd):
    facts = (snapshot.packing.pack(PLAN.plan), 2)
    kept._write(plan_file(kept._folder).name, DIGEST, facts, [odd] * 5)

    assert answers(kept, File()) == WHOLE


ODD_FACTS = [*ODD, (None, 2), (("K",), "2"), (("K", "T"), -1), (("K", "T"), 1 << 60)]


@pytest.mark.parametrize("facts", ODD_FACTS, ids=range(len(ODD_FACTS)))
def test_odd_facts_are_of_no_use(kept, facts):
    kept._write(plan_file(kept._folder).name, DIGEST, facts, [(1,)] * 5)
    kept._write(set_file(kept._folder).name, (PATH,), facts, [((),)] * len(INDEX.PARTS))

    assert kept.kept(PATH, SEEN, DIGEST) is None
    known = kept.known([PATH])
    assert known is None or known[0] == []  # which are no files that anybody asked about


@pytest.mark.parametrize("starts", [b"", b"x", bytes(8), b"\xff" * 16], ids=repr)
def test_odd_lengths_are_of_no_use(kept, folder, starts):
    for path, key in ((plan_file(folder), DIGEST), (set_file(folder), (PATH,))):
        directory = marshal.dumps((key, (), starts))
        begin = (len(kept._start) + 8 + len(directory)).to_bytes(4, "little")
        path.write_bytes(kept._start + begin + crc32(directory).to_bytes(4, "little") + directory)

    assert kept.known([PATH]) is None
    assert_of_no_use(kept)


@pytest.mark.parametrize(
    "part", [None, "x", [99], [-1], ["x"], {"CAH": [99]}, {1.5: [0]}, {"CAH": 1}], ids=repr
)
def test_odd_parts_of_an_index_are_made_anew(kept, folder, part):
    facts = ((PATH, tuple(SEEN), DIGEST, snapshot.packing.pack(PLAN.plan), 2),)
    kept._write(set_file(folder).name, (PATH,), facts, [(part,)] * len(INDEX.PARTS))
    known, index = kept.known([PATH])

    whole = index.otherwise(lambda: INDEX)

    assert known == [KNOWN]
    for name in INDEX.PARTS:
        if name == "dues" and part in ([99], [-1]):
            continue  # these may be days
        assert getattr(whole, name) == getattr(INDEX, name), name


@pytest.mark.parametrize("count", [1, 3, 1000])
def test_a_count_that_is_not_the_plans_is_reported_to_whoever_can_read_again(kept, folder, count):
    forged = KNOWN._replace(models=count)
    kept.keep_known([PATH], [forged], INDEX)
    found = kept.plan(forged, File())

    with pytest.raises(UnfitSnapshot):
        found.load_model(0)


def test_an_agency_that_the_plan_does_not_have_is_reported_too(kept):
    with pytest.raises(UnfitSnapshot):
        kept.plan(KNOWN, File()).load_agency("PC06")


# Nothing runs --------------------------------------------------------------------------------------


@pytest.fixture
def code(tmp_path):
    """A compiled program that leaves a trace when it runs."""
    return compile(f"open({str(tmp_path / 'ran')!r}, 'w')", "x", "exec")


def test_a_program_in_a_block_is_not_run(kept, folder, tmp_path, code):
    blocks = [code, code, code, code]
    facts = (snapshot.packing.pack(PLAN.plan), 2)
    kept._write(f"{DIGEST}.{PYTHON}.plan", DIGEST, facts, blocks)
    file = File()

    assert kept.kept(PATH, SEEN, DIGEST) == KNOWN  # its checksums and its head are right
    assert answers(kept, file) == WHOLE
    assert file.times_read == 1
    assert not (tmp_path / "ran").exists()


def test_a_program_in_the_place_of_the_directory_is_not_run(kept, folder, tmp_path, code):
    path = plan_file(folder)
    data = marshal.dumps(code)
    start = path.read_bytes()[: len(kept._start)]
    length = (len(start) + 8 + len(data)).to_bytes(4, "little")
    path.write_bytes(start + length + crc32(data).to_bytes(4, "little") + data)

    assert_of_no_use(kept)
    assert not (tmp_path / "ran").exists()


# Not to be written ---------------------------------------------------------------------------------


def unwritable(how, tmp_path):
    """A folder in which nothing can be written."""
    if how == "a file":
        path = tmp_path / "de06"
        path.write_text("đây là tệp", "utf-8")
        return path
    if how == "below a file":
        return unwritable("a file", tmp_path) / "de06"
    if how == "a link to itself":
        path = tmp_path / "de06"
        support.symlink(path, path)
        return path
    if how == "too long a name":
        return tmp_path / ("x" * 300)
    if not Path("/proc/self").is_dir():
        pytest.skip("a folder in which not even root can write is Linux's")
    return Path("/proc/self/de06")


@pytest.mark.parametrize(
    "how", ["a file", "below a file", "a link to itself", "too long a name", "read-only"]
)
def test_where_no_folder_can_be_there_are_no_snapshots(tmp_path, how):
    store = Store(unwritable(how, tmp_path), "1.0")

    store.keep_plan(DIGEST, PLAN, INDEX)
    store.keep_known([PATH], [KNOWN], INDEX)

    assert store.known([PATH]) is None
    assert_of_no_use(store)


class FullDisk:
    """A disk that takes some bytes and no more."""

    def __init__(self, file, room):
        self._file = file
        self._room = room

    def writelines(self, parts):
        data = b"".join(parts)
        self._file.write(data[: self._room])
        if len(data) > self._room:
            raise OSError(28, "No space left on device")

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._file.close()


@pytest.mark.parametrize("room", [0, 1, 400])
def test_on_a_full_disk_the_old_snapshot_stays_and_nothing_beside_it(
    kept, folder, monkeypatch, room
):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    real = open
    monkeypatch.setattr(
        snapshot, "open", lambda *given: FullDisk(real(*given), room), raising=False
    )

    kept.keep_plan(DIGEST, plan(LODGING, *OTHERS), INDEX)
    kept.keep_known([PATH], [KNOWN._replace(seen=NOT_SEEN)] * 9, INDEX)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert_whole(kept)


def test_two_that_write_at_once_leave_one_whole_snapshot(kept, folder, monkeypatch):
    """Both have the same process number, as in containers that share a home."""
    real = os.open

    def meanwhile(*given):
        monkeypatch.setattr(os, "open", real)
        Store(folder, "1.0").keep_plan(DIGEST, PLAN, INDEX)
        return real(*given)

    monkeypatch.setattr(os, "open", meanwhile)
    kept.keep_plan(DIGEST, PLAN, INDEX)

    assert_whole(kept)
    assert len(list(folder.iterdir())) == 2


def test_what_an_interrupted_process_left_is_in_nobodys_way(kept, folder, monkeypatch):
    """Not even in that of a process with the same number."""

    def interrupted(_path, _target):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            kept.keep_plan(DIGEST, PLAN, INDEX)
    plan_file(folder).unlink()

    kept.keep_plan(DIGEST, PLAN, INDEX)

    assert len(list(folder.glob("*.new"))) == 1
    assert_whole(kept)


def test_a_file_that_waits_under_the_name_to_be_written_is_not_followed(
    kept, folder, tmp_path, monkeypatch
):
    """In a folder that others may write to, a link could lead to a file of the user's."""
    victim = tmp_path / "victim"
    victim.write_text("whole")
    monkeypatch.setattr(snapshot, "time", SimpleNamespace(time=time.time, time_ns=lambda: 255))
    beside = folder / f"{DIGEST}.plan.{os.getpid()}-ff.new"
    support.symlink(beside, victim)

    kept.keep_plan(DIGEST, PLAN, INDEX)

    assert victim.read_text() == "whole"
    assert_whole(kept)


# Pruning -------------------------------------------------------------------------------------------

DAY = 86400.0


def made(folder, name, days_ago, size=10):
    """A file of that age."""
    path = folder / name
    path.write_bytes(bytes(size))
    os.utime(path, (time.time() - days_ago * DAY,) * 2)
    return path


def name(letter, ending=".plan"):
    return letter * 64 + ending


def left(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def empty(store, folder):
    folder.mkdir(parents=True)
    return folder


def test_what_is_old_is_dropped_and_what_is_fresh_stays(store, empty):
    made(empty, name("a"), days_ago=61)
    made(empty, name("b"), days_ago=59)
    made(empty, "01234567-31.set", days_ago=61)
    made(empty, "89abcdef-7.set", days_ago=0)
    made(empty, name("c", ".plan.7-16f.new"), days_ago=0.5 / 24)
    made(empty, name("d", ".plan.7-16f.new"), days_ago=1.5 / 24)
    made(empty, "89abcdef-7.set.12.new", days_ago=1.5 / 24)

    store._prune()

    assert left(empty) == ["89abcdef-7.set", name("b"), name("c", ".plan.7-16f.new")]


def test_the_oldest_goes_when_it_is_too_much(store, empty, monkeypatch):
    monkeypatch.setattr(snapshot, "MAX_BYTES", 100)
    for letter, days_ago in zip("abcd", [3, 4, 1, 2], strict=True):
        made(empty, name(letter), days_ago, size=40)

    store._prune()

    assert left(empty) == [name("c"), name("d")]


def test_as_much_as_there_may_be_stays(store, empty, monkeypatch):
    monkeypatch.setattr(snapshot, "MAX_BYTES", 120)
    for letter in "abc":
        made(empty, name(letter), days_ago=1, size=40)

    store._prune()

    assert left(empty) == [name("a"), name("b"), name("c")]


def test_what_de06_did_not_write_stays_however_old(store, empty):
    names = ["models.plan", "ghi chú.txt", name("a", ".plan.bak"), name("G"), "x.new", "1-1.set"]
    for each in names:
        made(empty, each, days_ago=999)

    store._prune()

    assert left(empty) == sorted(names)


def test_what_can_not_be_dropped_keeps_nothing_else_from_being_dropped(store, empty):
    for letter in "bdf":
        (empty / name(letter)).mkdir()
        os.utime(empty / name(letter), (0, 0))
    for letter in "ace":
        made(empty, name(letter), days_ago=100)

    store._prune()

    assert left(empty) == [name("b"), name("d"), name("f")]


def test_keeping_prunes(kept, folder):
    made(folder, name("a"), days_ago=61)

    kept.keep_known([PATH], [KNOWN], INDEX)

    assert left(folder) == sorted([plan_file(folder).name, set_file(folder).name])


# Seen ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "still"),
    [
        ({}, True),
        ({"read_at": 0}, True),  # what counts is when it was read first
        ({"size": 22}, False),
        ({"modified": 5 * SECOND + 1}, False),
        ({"changed": 6 * SECOND + 1}, False),
        ({"inode": 78}, False),
    ],
)
def test_a_file_that_looks_otherwise_may_hold_something_else(change, still):
    assert SEEN.still(SEEN._replace(**change)) is still


@pytest.mark.parametrize("stamp", ["modified", "changed"])
@pytest.mark.parametrize(("before", "still"), [(-1, False), (0, False), (2, False), (2.1, True)])
def test_a_file_read_soon_after_a_change_may_have_changed_again(stamp, before, still):
    """Within two seconds, and where the stamp lies in the future."""
    seen = SEEN._replace(**{stamp: SEEN.read_at - int(before * SECOND)})

    assert seen.still(seen) is still


@pytest.mark.skipif(os.name == "nt", reason="Windows does not record when a file was changed")
def test_a_file_is_seen_as_the_system_describes_it(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("12345")
    link = tmp_path / "b.yaml"
    link.symlink_to(path)
    found = path.stat()

    before = time.time_ns()
    seen = look(link)

    assert seen[:4] == (5, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    assert before <= seen.read_at <= time.time_ns()


@pytest.mark.parametrize(
    "what",
    [
        "nothing",
        "a folder",
        pytest.param(
            "a pipe",
            marks=pytest.mark.skipif(os.name == "nt", reason="no such pipes on Windows"),
        ),
    ],
)
def test_what_is_no_ordinary_file_is_never_the_same_again(tmp_path, what):
    path = tmp_path / "a.yaml"
    if what == "a folder":
        path.mkdir()
    elif what == "a pipe":
        os.mkfifo(path)

    assert look(path) == NOT_SEEN
    assert not NOT_SEEN.still(look(path))


def test_where_the_system_does_not_tell_of_changes_bytes_are_compared(tmp_path, monkeypatch):
    path = tmp_path / "a.yaml"
    path.write_text("12345")
    monkeypatch.setattr(snapshot, "_RECORDS_CHANGES", False)

    assert not look(path).still(look(path))
