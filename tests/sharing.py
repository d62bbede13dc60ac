"""What tests of sharing use: a bare repository, and clones with de06 in processes of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import support

SMALL = support.ROOT / "tests" / "data" / "small.yaml"


@dataclass
class Clone:
    """A person's copy: a home folder and in it the working tree ``root``."""

    home: Path
    name: str

    @property
    def root(self) -> Path:
        return self.home / "ke-hoach"

    @property
    def plan(self) -> Path:
        return self.root / "data" / "models.yaml"

    def variables(self, **changes: str | None) -> dict[str, str]:
        nobody = {
            f"GIT_{who}_{what}": None
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        return support.environment(self.home, **{**nobody, **changes})

    def de06(self, *arguments: str, **changes: str | None) -> support.Run:
        """Runs de06 in the working tree to its end, piped."""
        return subprocess.run(
            [sys.executable, "-m", "de06cli", *arguments],
            cwd=self.root,
            env=self.variables(**changes),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def git(self, *arguments: str) -> str:
        """What git prints in the working tree. Raises CalledProcessError."""
        return subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=self.variables(),
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout

    def edit(self, old: str, new: str) -> None:
        """Somebody's edit by hand."""
        text = self.plan.read_text("utf-8")
        assert old in text
        self.plan.write_text(text.replace(old, new, 1), "utf-8")

    def head(self) -> str:
        return self.git("rev-parse", "HEAD").strip()

    def committed(self, path: str = "data/models.yaml", revision: str = "HEAD") -> str:
        return self.git("show", f"{revision}:{path}")

    def changed(self) -> list[str]:
        """What is not as committed, as git lists it; lock files aside."""
        listed = self.git("status", "--porcelain").splitlines()
        return [line for line in listed if not line.endswith(".lock")]


@dataclass
class Office:
    """A shared repository and the people who have a copy of it."""

    folder: Path

    @property
    def hub(self) -> Path:
        return self.folder / "hub.git"

    def found(self, plan: Path = SMALL) -> None:
        """Makes the shared repository, with the plan in its first commit."""
        seed = self.folder / "seed"
        (seed / "data").mkdir(parents=True)
        shutil.copyfile(plan, seed / "data" / "models.yaml")
        (seed / "README.md").write_text("Kho kế hoạch\n", "utf-8")
        (seed / ".gitignore").write_text("data/models.yaml.lock*\n", "utf-8")
        support.git(self.folder, "init", "-q", "--bare", "-b", "main", str(self.hub))
        support.git(seed, "init", "-q", "-b", "main")
        support.git(seed, "add", "--all")
        support.git(seed, "commit", "-q", "-m", "Kế hoạch")
        support.git(seed, "push", "-q", str(self.hub), "main")

    def clone(self, name: str) -> Clone:
        home = self.folder / name
        home.mkdir()
        made = Clone(home, name)
        support.git(home, "clone", "-q", str(self.hub), str(made.root))
        made.git("config", "user.name", name)
        made.git("config", "user.email", f"{name}@example.vn")
        return made

    def shared(self) -> str:
        """The plan that everybody gets."""
        return support.git(self.hub, "show", "main:data/models.yaml")

    def hook(self, name: str, script: str) -> None:
        install_hook(self.hub / "hooks" / name, script)


def install_hook(path: Path, script: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


def python_path() -> str:
    """A PATH on which git and this Python are found."""
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def at_terminal(clone: Clone, *arguments: str, typed: str = "", **changes: str) -> support.Run:
    """de06 with a terminal at its three streams; ``typed`` is what the person types."""
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "de06cli", *arguments],
        cwd=clone.root,
        env=clone.variables(TERM="dumb", COLUMNS="200", **changes),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        while part := _read(ours):
            shown += part
        process.wait(timeout=120)
    os.close(ours)
    return support.Run(arguments, process.returncode, shown.decode().replace("\r\n", "\n"), "")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
