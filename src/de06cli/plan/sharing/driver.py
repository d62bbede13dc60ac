"""git's merge driver for plans: what it joins, and how a copy of a repository comes to use it.

git calls ``de06 merge-driver`` with the base, ours and theirs. Where the two sides contradict, de06 writes
git's markers into ours, at nothing else. Where de06 is not found, and where one of the three is no valid
plan, the line falls back to git's own merge, whose markers stand in the file as always; without that git
would keep one side and say nothing.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import IntEnum
from pathlib import Path

from de06cli.errors import De06Error
from de06cli.plan.committed.git import root_of
from de06cli.plan.committed.git_call import Git
from de06cli.plan.file.locate import RELATIVE
from de06cli.plan.sharing import plans

COMMAND = "merge-driver"
NAME = "de06"
_LABELS = ("-L", "HEAD", "-L", "base", "-L", "incoming")


class Outcome(IntEnum):
    """What became of a merge, as the exit code of the command."""

    JOINED = 0
    LEFT = 1  # nothing was done: git is to merge
    MARKED = 9  # the markers of the contradictions stand in the file


OTHERWISE = f"{{ [ $? -ne {Outcome.MARKED:d} ] && git merge-file {' '.join(_LABELS)} %A %O %B; }}"


def merge(base: Path, ours: Path, theirs: Path, variables: Mapping[str, str]) -> Outcome:
    """Joins the three versions into ``ours``, which is as it was where nothing was done.

    Raises OSError where a file can't be read or written.
    """
    try:
        texts = [path.read_bytes().decode("utf-8") for path in (base, ours, theirs)]
    except UnicodeDecodeError:
        return Outcome.LEFT
    git = Git(variables)

    def by_lines(*versions: str) -> str:
        with tempfile.TemporaryDirectory(prefix="de06-") as folder:
            names = [Path(folder, name) for name in ("base", "ours", "theirs")]
            for name, text in zip(names, versions, strict=True):
                name.write_bytes(text.encode("utf-8"))
            own, old, other = str(names[1]), str(names[0]), str(names[2])
            joined = git.run(Path(folder), "merge-file", "-p", "-q", *_LABELS, own, old, other)
            return joined.stdout.decode("utf-8", "replace")

    found = plans.merge(texts[0], texts[1], texts[2], by_lines)
    if found is None:
        return Outcome.LEFT
    text = found.marked() if found.text is None else found.text
    ours.write_bytes(text.encode("utf-8"))
    return Outcome.MARKED if found.text is None else Outcome.JOINED


def attributes(folder: Path, variables: Mapping[str, str]) -> str:
    """The line of ``.gitattributes`` for the plan of a folder; how it is merged is left to whoever has
    set that already."""
    line = f"{RELATIVE} text eol=lf"
    with suppress(De06Error, OSError):
        if not _unset(folder, [RELATIVE], Git(variables)):
            return line
    return f"{line} merge={NAME}"


def install(
    folder: Path, files: Iterable[Path], variables: Mapping[str, str], program: str
) -> None:
    """Has git use the driver for these plans in the copy that holds ``folder``, if there is one.

    The repository's own attributes are asked first; where they name no driver for a plan, a line in the
    copy's own attributes does, which is shared with nobody. What fails leaves git as it was.
    ``program`` is how a shell runs de06.
    """
    git = Git(variables)
    line = f"{program} {COMMAND} %O %A %B || {OTHERWISE}"
    with suppress(De06Error, OSError):
        root = root_of(folder, git)
        if git.run(root, "config", "--get", f"merge.{NAME}.driver").stdout.decode().strip() != line:
            git.run(root, "config", f"merge.{NAME}.name", "plans of de06")
            git.run(root, "config", f"merge.{NAME}.driver", line)
        named = [os.path.relpath(file.resolve(), root.resolve()) for file in files]
        within = [path.replace(os.sep, "/") for path in named if not path.startswith("..")]
        lines = [f"{_pattern(path)} merge={NAME}" for path in _unset(root, within, git)]
        if lines:
            answer = git.run(root, "rev-parse", "--git-path", "info/attributes")
            _add(root / os.fsdecode(answer.stdout).strip(), lines)


def _unset(folder: Path, paths: list[str], git: Git) -> list[str]:
    """Those of the paths for which nobody has said how they are merged."""
    if not paths:
        return []
    answer = git.run(folder, "check-attr", "-z", "merge", "--", *paths)
    if answer.returncode:  # no repository yet
        return paths
    said = os.fsdecode(answer.stdout).split("\0")
    return [
        path for path, value in zip(said[::3], said[2::3], strict=False) if value == "unspecified"
    ]


def _pattern(path: str) -> str:
    """The path as a file of attributes writes it, so that it means itself alone."""
    anchored = path if "/" in path else f"/{path}"
    pattern = re.sub(r"([*?\[\]\\!#])", r"\\\1", anchored)
    if not re.search(r'[\s"\\\x00-\x1f]', pattern):
        return pattern
    quoted = pattern.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + quoted.replace("\t", "\\t").replace("\n", "\\n") + '"'


def _add(path: Path, lines: list[str]) -> None:
    """Adds lines to a text file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_bytes() if path.exists() else b""
    separator = b"" if not text or text.endswith(b"\n") else b"\n"
    path.write_bytes(text + separator + b"".join(os.fsencode(f"{line}\n") for line in lines))
