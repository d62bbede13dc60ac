"""de06 as one folder that needs no Python, for the system that this runs on.

python scripts/executable/make.py [FOLDER]   makes FOLDER/de06 with the program de06 in it (FOLDER: dist)

An environment of its own is made, de06 and PyInstaller are installed in it, and what de06 reads at run time
(its plan, its words, templates) and imports by name goes along.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DATA_OF = ("docxtpl", "tzdata")  # libraries that read files of their own


def main(arguments: list[str]) -> int:
    target = Path(arguments[0] if arguments else ROOT / "dist").absolute()
    with tempfile.TemporaryDirectory() as temporary:
        environment = Path(temporary) / "environment"
        venv.create(environment, with_pip=True)
        programs = environment / ("Scripts" if sys.platform == "win32" else "bin")
        python = str(programs / "python")
        _run(python, "-m", "pip", "install", "--quiet", f"{ROOT}[data]", "pyinstaller>=6.10")
        _run(
            *(python, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"),
            *("--name", "de06", "--distpath", str(target)),
            *("--workpath", str(Path(temporary) / "work"), "--specpath", temporary),
            *("--collect-all", "de06cli", "--copy-metadata", "de06cli"),
            *(argument for name in DATA_OF for argument in ("--collect-data", name)),
            *("--additional-hooks-dir", str(HERE / "hooks")),
            str(HERE / "entry.py"),
        )
    print(target / "de06")
    return 0


def _run(*command: str) -> None:
    """Runs a program. Raises CalledProcessError."""
    subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
