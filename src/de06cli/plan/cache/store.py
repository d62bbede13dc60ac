"""Validated plans kept in the user's cache folder, so that an unchanged file is not read again.

Two kinds of files lie there. ``NAME.plan`` holds one plan, under the hash of the bytes it was read from,
each model and each agency a block of its own that is loaded when somebody asks for it. ``NAME.set`` says
of the files of one command which bytes they held when they were last read, and holds the index of their
models, each part a block.

Everything is checked by its owner, its version, its length and checksum before it is used, and nothing
that is read is ever run. Whatever is missing, damaged, foreign, odd in its content or not to be written
costs time only: the answer is that of the file. Each version of Python has files of its own, since none
reads those of another.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from stat import S_ISREG
from typing import TYPE_CHECKING, Any, TypeVar
from zlib import crc32

from de06cli.errors import UnfitSnapshot
from de06cli.named_tuples import NamedTuple
from de06cli.plan.cache import packing
from de06cli.plan.cache.index import Index, Unsound, made_of, of_plan, sound_part
from de06cli.plan.cache.lazy import LazyPlan
from de06cli.plan.records import Agency, Group, Heading, Model, Plan

if TYPE_CHECKING:
    from mmap import mmap

# Another one for another index or another layout of the files; fields count by themselves.
FORMAT = 6
MAX_AGE_DAYS = 60
MAX_UNFINISHED_HOURS = 1
MAX_BYTES = 1 << 30

_Part = TypeVar("_Part")
_Values = tuple[Any, ...]  # of a block, as marshal gave them
_Key = str | tuple[str, ...]  # the digest of a plan's bytes, or the paths of a command's files
_MAGIC = b"\x89de06\r\n\n"
_NEW = ".new"
_OWN = r"([0-9a-f]{64}|[0-9a-f]{8}-[0-9]+)(\.py[0-9]+)?\.(plan|set)(\..+\.new)?"
_MAP_FROM = 1 << 18  # a larger file is mapped, so that only what is used of it is read
# A file changed so shortly before it was read may change again and look the same; FAT counts in 2 s.
_RACY_NS = 2_000_000_000
# Windows gives the day of creation in its place: a copy laid over the file may look the same.
_RECORDS_CHANGES = os.name != "nt"


class Seen(NamedTuple):
    """A file as the system described it just before its content was read."""

    size: int
    modified: int  # ns
    changed: int  # ns
    inode: int
    read_at: int  # ns

    def still(self, now: Seen) -> bool:
        """Whether a file that looks like ``now`` surely holds the bytes it held then."""
        return self[:4] == now[:4] and max(self.modified, self.changed) < self.read_at - _RACY_NS


def look(path: str) -> Seen:
    """How the file looks now; what is no ordinary file is never the same again, nor is any where the
    system does not record changes: there, its bytes are compared."""
    if not _RECORDS_CHANGES:
        return NOT_SEEN
    try:
        found = os.stat(path)
    except OSError:
        return NOT_SEEN
    if not S_ISREG(found.st_mode):
        return NOT_SEEN
    return Seen(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, time.time_ns())


NOT_SEEN = Seen(0, 0, 0, 0, 0)


class Known(NamedTuple):
    """A file at its last reading: its state on the disk, its plan's heading and number of models."""

    path: str
    seen: Seen
    digest: str  # SHA-256 of its bytes
    heading: Heading
    models: int


class Store:
    """The snapshots of one version of de06 in ``folder``. No method raises OSError."""

    def __init__(self, folder: str, version: str) -> None:
        self._folder = folder
        python = sys.version_info[:2]
        stamp = f"{FORMAT} {packing.LAYOUT:x} {version} {python} {marshal.version}\n"
        self._python = "py{}{}".format(*python)
        self._start = _MAGIC + stamp.encode()

    def known(self, paths: Sequence[str]) -> tuple[list[Known], Index] | None:
        """What was last known of the files at ``paths``, without the broken ones, and their index."""
        content = self._blocks(self._set_name(paths), (*paths,))
        if content is None or not all(map(content.sound, range(len(Index.PARTS)))):
            return None
        try:
            files = [
                Known(path, _seen(seen), digest, packing.unpack(Heading, heading), count)
                for path, seen, digest, heading, count in content.facts
            ]
            total = sum(file.models for file in files)
            if not all(file.models > 0 and isinstance(file.digest, str) for file in files):
                return None
        except Exception:
            return None

        def part(name: str) -> object:
            try:
                return sound_part(name, content.part_of_index(name), total)
            except Exception:
                raise Unsound(name) from None

        return files, Index(part)

    def keep_known(self, paths: Sequence[str], files: Sequence[Known], index: Index) -> None:
        rows = [
            (path, tuple(seen), digest, packing.pack(heading), count)
            for path, seen, digest, heading, count in files
        ]
        self._write(
            self._set_name(paths), (*paths,), tuple(rows), [(part,) for part in index.parts()]
        )
        self._prune()

    def kept(self, path: str, seen: Seen, digest: str) -> Known | None:
        """The plan that was read from these bytes, wherever they lay; None where it was not kept."""
        content = self.content_of(digest)
        if content is None:
            return None
        try:
            heading, count = content.facts
            if not 0 < count < len(content.starts) - 1:  # there are other blocks too
                return None
            return Known(path, seen, digest, packing.unpack(Heading, heading), count)
        except Exception:
            return None

    def content_of(self, digest: str) -> _Blocks | None:
        """The snapshot of the plan that was read from these bytes."""
        return self._blocks(self._plan_name(digest), digest)

    def plan(self, known: Known, read_again: Callable[[], Plan]) -> LazyPlan:
        """The plan that was read from a known file.

        Where it, or a part of it, is not there or damaged, ``read_again`` gives it from the file itself;
        it is kept then. A part raises UnfitSnapshot where the file holds another plan than is known.
        """
        kept = _KeptPlan(self, known, read_again)
        return LazyPlan(
            known.heading,
            known.models,
            kept.model,
            kept.agency,
            kept.agencies,
            kept.index,
            kept.groups,
            known.digest,
        )

    def keep_plan(self, digest: str, plan: Plan, index: Index) -> None:
        blocks = [
            index.parts(),
            *map(packing.pack, plan.models),
            tuple(agency.code for agency in plan.agencies),
            *map(packing.pack, plan.agencies),
            tuple(map(packing.pack, plan.groups)),
        ]
        facts = (packing.pack(plan.plan), len(plan.models))
        self._write(self._plan_name(digest), digest, facts, blocks)

    def _blocks(self, name: str, key: _Key) -> _Blocks | None:
        """A file of the folder; None where there is none of this version under ``key``, whole in its
        outline."""
        try:
            content = _content_of(os.path.join(self._folder, name))
            return None if content is None else self._outlined(content, key)
        except Exception:
            return None

    def _outlined(self, content: bytes | mmap, key: _Key) -> _Blocks | None:
        at = len(self._start)
        if content[:at] != self._start:
            return None
        begin = int.from_bytes(content[at : at + 4], "little")
        directory = _checked(content[at + 8 : begin], content[at + 4 : at + 8])
        if directory is None:
            return None
        written_for, facts, starts = directory
        starts = array("Q", starts)
        if written_for != key or len(content) != begin + starts[-1]:
            return None
        return _Blocks(content, facts, begin, starts)

    def _set_name(self, paths: Sequence[str]) -> str:
        joined = "\0".join(paths).encode("utf-8", "surrogatepass")
        return f"{crc32(joined):08x}-{len(joined)}.{self._python}.set"

    def _plan_name(self, digest: str) -> str:
        return f"{digest}.{self._python}.plan"

    def _write(self, name: str, key: _Key, facts: _Values, blocks: Sequence[_Values]) -> None:
        """Writes a file beside and renames it, readable for its owner alone; where that fails, none."""
        parts, starts = [], array("Q", [0])
        for block in blocks:
            data = marshal.dumps(block)
            parts += [crc32(data).to_bytes(4, "little"), data]
            starts.append(starts[-1] + 4 + len(data))
        directory = marshal.dumps((key, facts, starts.tobytes()))
        begin = (len(self._start) + 8 + len(directory)).to_bytes(4, "little")
        head = [self._start, begin, crc32(directory).to_bytes(4, "little"), directory]
        # A process of another container may have the same number and the same folder.
        path = os.path.join(self._folder, name)
        beside = f"{path}.{os.getpid()}-{time.time_ns():x}{_NEW}"
        try:
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with open(os.open(beside, flags, 0o600), "wb") as file:
                file.writelines([*head, *parts])
            os.replace(beside, path)
        except OSError:
            with suppress(OSError):
                os.unlink(beside)

    def _prune(self) -> None:
        """Drops what is old, what a process left unfinished, and the oldest of what is too much."""
        now = time.time()
        files = sorted(self._own_files())
        size = sum(own for _changed, own, _path in files)
        for changed, own, path in files:
            hours = MAX_UNFINISHED_HOURS if path.endswith(_NEW) else MAX_AGE_DAYS * 24
            if size > MAX_BYTES or now - changed > hours * 3600:
                with suppress(OSError):
                    os.unlink(path)
                size -= own

    def _own_files(self) -> Iterator[tuple[float, int, str]]:
        """When each snapshot in the folder was written, its size and path; the folder may hold more."""
        with suppress(OSError), os.scandir(self._folder) as entries:
            for entry in entries:
                if re.fullmatch(_OWN, entry.name):
                    with suppress(OSError):  # another process may have dropped it just now
                        found = entry.stat(follow_symlinks=False)
                        yield found.st_mtime, found.st_size, entry.path


class _KeptPlan:
    """The parts of a plan as its snapshot has them, else as its file has them."""

    def __init__(self, store: Store, known: Known, read_again: Callable[[], Plan]) -> None:
        self._store = store
        self._known = known
        self._read_again = read_again

    def model(self, position: int) -> Model:
        found = self._unpacked(1 + position, partial(packing.unpack, Model))
        return found or self._recovered.models[position]

    def agency(self, code: str) -> Agency:
        found = self._kept_agency(code)
        if found:
            return found
        for agency in self._recovered.agencies:
            if agency.code == code:
                return agency
        raise UnfitSnapshot(code)

    def agencies(self) -> tuple[Agency, ...]:
        found = [*map(self._kept_agency, self._codes)]
        return tuple(filter(None, found)) if all(found) else self._recovered.agencies

    def groups(self) -> tuple[Group, ...]:
        def unpacked(rows: _Values) -> tuple[Group, ...]:
            return tuple(packing.unpack(Group, row) for row in rows)

        found = self._unpacked(2 + self._known.models + len(self._codes), unpacked)
        return self._recovered.groups if found is None else found

    def _kept_agency(self, code: str) -> Agency | None:
        number = self._codes.get(code)
        if number is None:
            return None
        found = self._unpacked(2 + self._known.models + number, partial(packing.unpack, Agency))
        return found if found and found.code == code else None

    def index(self) -> Index:
        def sound(parts: _Values) -> Index:
            named = zip(Index.PARTS, parts, strict=True)
            return made_of(*(sound_part(*one, self._known.models) for one in named))

        return self._unpacked(0, sound) or of_plan(self._recovered.models, self._recovered.agencies)

    @cached_property
    def _codes(self) -> dict[str, int]:
        def coded(listed: _Values) -> dict[str, int]:
            if not {*map(type, listed)} <= {str}:
                raise TypeError(listed)
            return {code: number for number, code in enumerate(listed)}

        listed = self._unpacked(1 + self._known.models, coded)
        return listed or coded(tuple(agency.code for agency in self._recovered.agencies))

    def _unpacked(self, number: int, unpack: Callable[[_Values], _Part]) -> _Part | None:
        """The contents of a block; None if it is missing, damaged, or another one."""
        try:
            block = self._content and self._content.block(number)
            return None if block is None else unpack(block)
        except Exception:
            return None

    @cached_property
    def _content(self) -> _Blocks | None:
        content = self._store.content_of(self._known.digest)
        known = (packing.pack(self._known.heading), self._known.models)
        return content if content and content.facts == known else None

    @cached_property
    def _recovered(self) -> Plan:
        plan = self._read_again()
        self._store.keep_plan(self._known.digest, plan, of_plan(plan.models, plan.agencies))
        if (plan.plan, len(plan.models)) != (self._known.heading, self._known.models):
            raise UnfitSnapshot(self._known.path)
        return plan


class _Blocks(NamedTuple):
    """A file of blocks, each checked when it is asked for."""

    content: bytes | mmap
    facts: _Values
    begin: int
    starts: array[int]

    def block(self, number: int) -> _Values | None:
        """The values of a block; None where it is damaged, or missing."""
        return None if number >= len(self.starts) - 1 else _checked(*self._written(number))

    def sound(self, number: int) -> bool:
        """Whether a block is as it was written."""
        return number < len(self.starts) - 1 and _is_sound(*self._written(number))

    def part_of_index(self, name: str) -> object:
        """A part of the index, whose blocks were found sound."""
        (part,) = self.block(Index.PARTS.index(name)) or ()
        return part

    def _written(self, number: int) -> tuple[bytes, bytes]:
        """A block as it lies in the file, and its checksum."""
        first, end = self.begin + self.starts[number], self.begin + self.starts[number + 1]
        return self.content[first + 4 : end], self.content[first : first + 4]


def _seen(row: _Values) -> Seen:
    """A file as it was seen. Raises TypeError where the row is of something else."""
    if not all(type(value) is int for value in row):
        raise TypeError(row)
    return Seen(*row)


def _is_sound(data: bytes, checksum: bytes) -> bool:
    return bool(data) and crc32(data) == int.from_bytes(checksum, "little")


def _checked(data: bytes, checksum: bytes) -> _Values | None:
    """The tuple in ``data``; None where it is damaged or something else."""
    if not _is_sound(data, checksum):
        return None
    value = marshal.loads(data)  # noqa: S302 - checked, and nothing runs what it holds
    return value if type(value) is tuple else None


def _is_own(found: os.stat_result) -> bool:
    """Whether nobody else wrote the file, where the system records that."""
    return os.name == "nt" or found.st_uid == os.geteuid()


def _content_of(path: str) -> bytes | mmap | None:
    """The bytes of an own file. Raises OSError where there is none."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:  # without a file object, which costs as much as the bytes of a small file
        found = os.fstat(descriptor)
        if not (S_ISREG(found.st_mode) and _is_own(found)):
            return None
        size = found.st_size
        return os.read(descriptor, size) if size < _MAP_FROM else _mapped(descriptor)
    finally:
        os.close(descriptor)


def _mapped(descriptor: int) -> mmap:
    from mmap import ACCESS_READ, mmap  # noqa: PLC0415 - for large plans only

    return mmap(descriptor, 0, access=ACCESS_READ)
