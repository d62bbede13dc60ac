"""The user's own folders are the system's; a user without a home has none."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from de06cli.cli import folders


def no_home(*_arguments: object, **_options: object) -> Path:
    raise RuntimeError("could not determine the home directory")


@pytest.mark.skipif(sys.platform != "linux", reason="each system has places of its own")
@pytest.mark.parametrize(
    ("folder", "variable", "usual"),
    [
        (folders.cache, "XDG_CACHE_HOME", ".cache"),
        (folders.state, "XDG_STATE_HOME", ".local/state"),
    ],
)
def test_the_folders_are_where_the_system_keeps_such_things(
    folder: Callable[[], Path | None],
    variable: str,
    usual: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv(variable, raising=False)
    assert folder() == tmp_path / usual / "de06"
    monkeypatch.setenv(variable, str(tmp_path / "khác"))
    assert folder() == tmp_path / "khác" / "de06"
    assert [*tmp_path.iterdir()] == []  # whoever needs one makes it


@pytest.mark.parametrize("place", [no_home, lambda *_, **__: Path("~/.cache/de06")])
@pytest.mark.parametrize(
    ("folder", "name"), [(folders.cache, "user_cache_path"), (folders.state, "user_state_path")]
)
def test_a_user_without_a_home_has_none(
    folder: Callable[[], Path | None],
    name: str,
    place: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(f"platformdirs.{name}", place)
    assert folder() is None
