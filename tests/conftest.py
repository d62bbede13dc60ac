"""Fixtures that more than one folder of tests uses."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import support
from hypothesis import HealthCheck, settings

from de06cli import messages
from de06cli.cli import main

# No test measures time, however slow or busy the machine is.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

SMALL = support.ROOT / "tests" / "data" / "small.yaml"


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """Each test begins and ends in Vietnamese, whatever language it spoke in between."""
    messages.use("vi")
    yield
    messages.use("vi")


# What a mark holds back; Windows has no SIGHUP.
HELD = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the shipped plan, at ``data/models.yaml`` below ``tmp_path``."""
    path = tmp_path / "data" / "models.yaml"
    path.parent.mkdir()
    path.write_bytes(support.MODELS_FILE.read_bytes())
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small plan, at ``data/models.yaml`` below ``tmp_path``."""
    path = tmp_path / "data" / "models.yaml"
    path.parent.mkdir()
    path.write_bytes(SMALL.read_bytes())
    return path


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., support.Run]:
    """de06 in this process, its output piped, with ``tmp_path`` as home and working directory."""
    variables = support.environment(tmp_path)
    for name in os.environ.keys() - variables.keys():
        if name.startswith(("DE06_", "_DE06_", "XDG_")):
            monkeypatch.delenv(name)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> support.Run:
        # A mark holds signals back until its process ends, which here goes on.
        handlers = {number: signal.getsignal(number) for number in HELD}
        code = main.run(list(arguments))
        for number, handler in handlers.items():
            signal.signal(number, handler)
        out, err = capsys.readouterr()
        return support.Run(arguments, code, out, err)

    return call


@pytest.fixture
def de06(tmp_path: Path) -> Callable[..., support.Run]:
    """de06 in a process of its own with ``tmp_path`` as home and working directory."""
    return partial(support.run, home=tmp_path)


@pytest.fixture
def repository(plan: Path) -> Path:
    """A git repository that holds a copy of the shipped plan, committed once."""
    root = plan.parents[1]
    support.git(root, "init", "-q", "-b", "main")
    support.git(root, "add", "data")
    support.git(root, "commit", "-q", "-m", "Kế hoạch")
    return root
