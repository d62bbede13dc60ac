"""git's merge driver for plans: what it joins, and how a copy of a repository comes to use it.

git calls ``de06 merge-driver`` with the base, ours and theirs. Where de06 is not found, where one of them
is no valid plan and where the two sides contradict, the line falls back to git's own merge, whose markers
stand in the file as always; without that git would keep one side and say nothing.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from de06cli.errors import De06Error
from de06cli.plan.committed.git import root_of
from de06cli.plan.committed.git_call import Git
from de06cli.plan.file.locate import RELATIVE
from de06cli.plan.sharing import plans

COMMAND = "merge-driver"
NAME = "de06"
OTHERWISE = "git merge-file -L HEAD -L base -L incoming %A %O %B"
ATTRIBUTES = f"{RELATIVE.as_posix()} text eol=lf merge={NAME}"


def merge(base: Path, ours: Path, theirs: Path, variables: Mapping[str, str]) -> bool:
    """Whether the three versions were joined; ``ours`` holds the result then, else it is as it was.

    Raises OSError where a file can't be read or written.
    """
    try:
        texts = [path.read_bytes().decode("utf-8") for path in (base, ours, theirs)]
    except UnicodeDecodeError:
        return False
    git = Git(variables)

    def by_lines(*versions: str) -> str:
        with tempfile.TemporaryDirectory(prefix="de06-") as folder:
            names = [Path(folder, name) for name in ("base", "ours", "theirs")]
            for name, text in zip(names, versions, strict=True):
                name.write_bytes(text.encode("utf-8"))
            own, old, other = str(names[1]), str(names[0]), str(names[2])
            return git.run(Path(folder), "merge-file", "-p", "-q", own, old, other).stdout.decode(
                "utf-8", "replace"
            )

    found = plans.merge(texts[0], texts[1], texts[2], by_lines)
    if found is None or found.text is None:
        return False
    ours.write_bytes(found.text.encode("utf-8"))
    return True


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
        lines = [f"{path.replace(os.sep, '/')} merge={NAME}" for path in named if _is_plain(path)]
        asked = [line.partition(" ")[0] for line in lines]
        known = git.run(root, "check-attr", "merge", "--", *asked).stdout.decode("utf-8", "replace")
        missing = [
            line
            for line, path in zip(lines, asked, strict=True)
            if f"{path}: merge: {NAME}" not in known.splitlines()
        ]
        if missing:
            answer = git.run(root, "rev-parse", "--git-path", "info/attributes")
            _add(root / os.fsdecode(answer.stdout).strip(), missing)


def _is_plain(path: str) -> bool:
    """Whether a path means itself in a file of attributes, and lies within the copy."""
    return not path.startswith("..") and not any(char in path for char in ' \t"*?[]\\#!')


def _add(path: Path, lines: list[str]) -> None:
    """Adds lines to a text file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text("utf-8") if path.exists() else ""
    separator = "" if not text or text.endswith("\n") else "\n"
    path.write_text(f"{text}{separator}" + "".join(f"{line}\n" for line in lines), "utf-8")
