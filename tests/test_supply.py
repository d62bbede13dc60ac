"""What the project is made of: declared dependencies, the lock file, types, and how a release is made."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date

import pytest
import support
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from de06cli import __version__

sys.path.insert(0, str(support.ROOT / "scripts"))
import release

SETTINGS = tomllib.loads((support.ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (support.ROOT / "requirements" / "dev.txt").read_text("utf-8")


def declared() -> Iterator[Requirement]:
    """Everything that the project, its extras and its groups name, itself aside."""
    project, groups = SETTINGS["project"], SETTINGS["dependency-groups"]
    listed = [project["dependencies"], *project["optional-dependencies"].values(), *groups.values()]
    yield from (
        wanted
        for lines in listed
        for wanted in map(Requirement, lines)
        if canonicalize_name(wanted.name) != "de06cli"
    )


def locked() -> dict[str, list[str]]:
    """The versions of each package of the lock file: more than one where platforms differ."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK, re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


@pytest.mark.parametrize("wanted", [*declared()], ids=str)
def test_what_is_declared_is_locked_in_a_version_that_fits(wanted):
    versions = locked()[canonicalize_name(wanted.name)]

    assert [version for version in versions if version not in wanted.specifier] == []


def test_everything_locked_has_hashes_and_nothing_an_address():
    entries = re.split(r"\n(?=\S)", LOCK.strip())

    assert len(entries) > 80
    assert [one for one in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", one)] == []
    assert "://" not in LOCK
    assert "index" not in LOCK


def test_programs_that_import_the_package_get_its_types():
    assert (support.ROOT / "src" / "de06cli" / "py.typed").is_file()
    assert "Typing :: Typed" in SETTINGS["project"]["classifiers"]


# A release ----------------------------------------------------------------------------------------

CHANGELOG = "# Changelog\n\n## Unreleased\n\n- New.\n\n## 0.1.0 – 2026-01-05\n\n- Old.\n"
SOURCE = '"""A tracker."""\n\n__version__ = "0.1.0"\n'
DAY = date(2026, 2, 3)


def test_a_release_dates_what_was_unreleased():
    assert release.dated_changelog(CHANGELOG, "0.2.0", DAY) == (
        "# Changelog\n\n## Unreleased\n\n## 0.2.0 – 2026-02-03\n\n- New.\n\n"
        "## 0.1.0 – 2026-01-05\n\n- Old.\n"
    )
    assert release.with_version(SOURCE, "0.2.0") == SOURCE.replace("0.1.0", "0.2.0")


@pytest.mark.parametrize(
    ("text", "version", "reason"),
    [
        (CHANGELOG, "0.1.0", "CHANGELOG.md has 0.1.0 already."),
        (CHANGELOG.replace("- New.\n", ""), "0.2.0", "CHANGELOG.md has nothing under Unreleased."),
        (
            CHANGELOG.replace("Unreleased", "Next"),
            "0.2.0",
            "CHANGELOG.md has nothing under Unreleased.",
        ),
    ],
)
def test_a_release_without_news_is_refused(text, version, reason):
    with pytest.raises(release.Refused, match=f"^{re.escape(reason)}$"):
        release.dated_changelog(text, version, DAY)


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9", "0.1.0rc1", "1.0", "v1.0.0", "1.0.0-rc1"])
def test_a_version_that_is_none_or_not_later_is_refused(version):
    with pytest.raises(release.Refused):
        release.with_version(SOURCE, version)


def test_candidates_come_before_their_release():
    assert release.with_version(SOURCE.replace("0.1.0", "1.0.0rc2"), "1.0.0")
    assert release.with_version(SOURCE.replace("0.1.0", "1.0.0rc2"), "1.0.0rc10")


def test_the_changelog_of_the_project_can_be_released():
    """The next version is, as soon as there is anything in it."""
    text = (support.ROOT / "CHANGELOG.md").read_text("utf-8")
    text = text.replace("## Unreleased\n\n## ", "## Unreleased\n\n- New.\n\n## ")

    assert "## 99.0.0 – 2026-02-03\n" in release.dated_changelog(text, "99.0.0", DAY)


def test_the_changelog_has_this_version():
    text = (support.ROOT / "CHANGELOG.md").read_text("utf-8")

    assert f"\n## {__version__} – 20" in text


def test_the_reader_that_benchmarks_compare_with_reads_the_shipped_plan():
    program = support.ROOT / "benchmarks" / "usual.py"
    asked = subprocess.run(
        [sys.executable, program, support.MODELS_FILE],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert asked.stdout == "24\n"
