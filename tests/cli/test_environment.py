"""What surrounds a process: the user's own folders are the system's; a user without a home has none."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from de06cli.cli import environment

LIBRARY = {
    "XDG_CACHE_HOME": platformdirs.user_cache_path,
    "XDG_STATE_HOME": platformdirs.user_state_path,
}


def no_home(*_arguments: object, **_options: object) -> Path:
    raise RuntimeError("could not determine the home directory")


@pytest.mark.skipif(sys.platform != "linux", reason="each system has places of its own")
@pytest.mark.parametrize(
    ("folder", "variable", "usual"),
    [
        (environment.cache_folder, "XDG_CACHE_HOME", ".cache"),
        (environment.state_folder, "XDG_STATE_HOME", ".local/state"),
    ],
)
def test_the_folders_are_where_the_system_keeps_such_things(
    folder: Callable[[], str | Path],
    variable: str,
    usual: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv(variable, raising=False)
    assert Path(folder()) == tmp_path / usual / "de06"
    monkeypatch.setenv(variable, str(tmp_path / "khác"))
    assert Path(folder()) == tmp_path / "khác" / "de06"
    for odd in ("khác", "", " ", " /khác"):
        monkeypatch.setenv(variable, odd)
        assert Path(folder()) == LIBRARY[variable]("de06", appauthor=False), odd
    assert [*tmp_path.iterdir()] == []  # the module that needs a folder makes it


@pytest.mark.parametrize("place", [no_home, lambda *_, **__: Path("~/.cache/de06")])
def test_a_user_without_a_home_has_none(
    place: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("platformdirs.user_cache_path", place)
    monkeypatch.setattr("platformdirs.user_state_path", place)
    assert environment.cache_folder() is None
    with pytest.raises(FileNotFoundError):
        environment.state_folder()


@pytest.mark.parametrize(
    ("value", "kept"), [("off", False), ("OFF", False), ("", True), ("on", True)]
)
def test_only_off_forbids_snapshots(
    value: str, kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DE06_CACHE", value)
    assert environment.keeps_snapshots() is kept


def test_the_sender_is_named_without_the_spaces_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DE06_MAIL_FROM", " de06@example.vn ")
    assert environment.sender() == "de06@example.vn"
    monkeypatch.delenv("DE06_MAIL_FROM")
    assert environment.sender() == ""
