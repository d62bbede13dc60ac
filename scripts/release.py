"""A release: its version is written, the packages are built and checked.

python scripts/release.py 1.0.0            on a clean tree; leaves the packages in dist/
python scripts/release.py --try            builds and checks the tree as it is, in a folder that goes away

It writes the version into ``src/de06cli/__init__.py`` and, with the day, over what ``CHANGELOG.md`` has under
"Unreleased". It commits, tags and uploads nothing. It needs ``pip install --group release``.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
_VERSION = re.compile(r"\d+\.\d+\.\d+(rc\d+)?")
_UNRELEASED = "## Unreleased\n"
_DECLARED = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)


class Refused(Exception):
    """No release can be made; ``args[0]`` is a sentence that says why."""


def dated_changelog(text: str, version: str, day: date) -> str:
    """The changelog with what was unreleased under ``version``, and nothing unreleased.

    Raises Refused where nothing is unreleased, or where the version is there already.
    """
    if f"## {version} " in text:
        raise Refused(f"CHANGELOG.md has {version} already.")
    before, found, after = text.partition(_UNRELEASED)
    if not found or not after.split("\n## ")[0].strip():
        raise Refused("CHANGELOG.md has nothing under Unreleased.")
    return f"{before}{_UNRELEASED}\n## {version} – {day.isoformat()}\n{after}"


def with_version(source: str, version: str) -> str:
    """The source of the package with ``version``. Raises Refused where it is not a later one."""
    declared = _DECLARED.search(source)
    if declared is None:
        raise Refused("src/de06cli/__init__.py has no __version__.")
    if _order(version) <= _order(declared[1]):
        raise Refused(f"{version} is not later than {declared[1]}.")
    return _DECLARED.sub(f'__version__ = "{version}"', source)


def _order(version: str) -> tuple[int, ...]:
    """What versions are ordered by; a candidate comes before its release."""
    if not _VERSION.fullmatch(version):
        raise Refused(f"{version} is no version such as 1.0.0 or 1.0.0rc1.")
    numbers, _mark, candidate = version.partition("rc")
    return (*map(int, numbers.split(".")), int(candidate) if candidate else sys.maxsize)


def build(target: Path) -> None:
    """Builds the packages into the folder ``target`` and checks them. Raises CalledProcessError."""
    _run("build", "--outdir", str(target))
    packages = sorted(map(str, target.iterdir()))
    _run("twine", "check", "--strict", *packages)
    _run("check_wheel_contents", *(name for name in packages if name.endswith(".whl")))


def _run(module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, check=True)


def _release(version: str) -> None:
    changed = subprocess.run(
        ["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    if changed:
        raise Refused(f"These files are not committed:\n{changed.rstrip()}")
    target = ROOT / "dist"
    if target.exists():
        raise Refused("dist/ is there already.")
    changelog, source = ROOT / "CHANGELOG.md", ROOT / "src" / "de06cli" / "__init__.py"
    texts = {
        source: with_version(source.read_text("utf-8"), version),
        changelog: dated_changelog(changelog.read_text("utf-8"), version, date.today()),  # noqa: DTZ011
    }
    for path, text in texts.items():
        path.write_text(text, "utf-8", newline="\n")
    build(target)
    print(f"dist/ has {version}. Next: git commit -am 'Version {version}', git tag v{version}")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description="Makes a release, or tries whether one could be made."
    )
    parser.add_argument("version", nargs="?")
    parser.add_argument("--try", dest="trying", action="store_true", help="build and check only")
    asked = parser.parse_args(arguments)
    if (asked.version is None) != asked.trying:
        parser.error("either a version or --try")
    try:
        if asked.trying:
            with TemporaryDirectory() as folder:
                build(Path(folder))
        else:
            _release(asked.version)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"{error.cmd[2]} failed.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
