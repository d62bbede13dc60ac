"""The zip for an office without a network: its sums hold, and de06 installs from it with no index."""

from __future__ import annotations

import hashlib
import importlib.util
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
import support

SCRIPT = support.ROOT / "scripts" / "bundle.py"


@pytest.fixture
def bundle():
    spec = importlib.util.spec_from_file_location("bundle", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _wheel(path: Path, *needs: str) -> Path:
    lines = ["Metadata-Version: 2.1", "Name: mau", "Version: 1", *needs]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mau-1.dist-info/METADATA", "\n".join(lines))
    return path


def test_the_same_wheels_give_the_same_bytes_and_sums_that_hold(bundle, tmp_path):
    wheel = _wheel(tmp_path / "mau-1-py3-none-any.whl")
    for name in ("a.zip", "b.zip"):
        bundle._write(tmp_path / name, {"CAI-DAT.txt": "một\n"}, [wheel])
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        sums = dict(
            reversed(line.split("  ")) for line in archive.read("SHA256SUMS").decode().splitlines()
        )
        assert set(sums) == {"CAI-DAT.txt", f"wheels/{wheel.name}"}
        assert all(
            hashlib.sha256(archive.read(name)).hexdigest() == digest
            for name, digest in sums.items()
        )
        assert archive.read("CAI-DAT.txt") == b"\xef\xbb\xbf" + "một\r\n".encode()


def test_the_text_says_what_comes_after_the_installation_and_every_guide_is_there(bundle):
    text = bundle.GUIDE.format(version="1")
    guides = bundle._guides()
    named = re.findall(r"[\w.-]+\.txt", text)
    assert {"can-bo.txt", "can-bo.en.txt"} <= set(named)
    assert {f"huong-dan/{name}" for name in named} <= guides.keys()
    assert "huong-dan/sync.txt" in guides
    assert re.findall(r"^ {4}de06 (.+)", text, re.MULTILINE) == ["init"]


@pytest.mark.skipif(sys.platform == "win32", reason="pip asks for that there without its name")
def test_what_only_windows_needs_is_asked_for_by_name(bundle, tmp_path, monkeypatch):
    own = _wheel(
        tmp_path / "mau-1-py3-none-any.whl",
        'Requires-Dist: colorama>=0.4; platform_system == "Windows"',
        'Requires-Dist: pyarrow; extra == "data"',
    )
    asked = []
    monkeypatch.setattr(bundle, "_pip", lambda *arguments: asked.append(arguments))
    bundle._download(own, tmp_path, "Windows", "3.13")
    bundle._download(own, tmp_path, "Linux", "3.13")
    assert [("colorama>=0.4" in arguments) for arguments in asked] == [False, True, False]
    assert not any("pyarrow" in arguments for arguments in asked)


@pytest.mark.slow
def test_de06_installs_from_the_zip_alone(tmp_path):
    subprocess.run([sys.executable, str(SCRIPT), str(tmp_path)], check=True, timeout=900)
    (made,) = tmp_path.glob("de06cli-*-offline.zip")
    with zipfile.ZipFile(made) as archive:
        archive.extractall(tmp_path / "unpacked")
    names = {path.name for path in (tmp_path / "unpacked" / "wheels").iterdir()}
    for python in ("cp311", "cp312", "cp313", "cp314"):
        for system in ("win_amd64", "manylinux"):
            assert [name for name in names if f"-{python}-" in name and system in name]
    venv.create(tmp_path / "de06", with_pip=True)
    pip = [tmp_path / "de06" / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-index"]
    wheels = tmp_path / "unpacked" / "wheels"
    subprocess.run([*pip, "--find-links", wheels, "de06cli"], check=True, timeout=300)
    listed = subprocess.run(
        [tmp_path / "de06" / "bin" / "de06", "list", "--format", "ids"],
        cwd=tmp_path,
        env=support.environment(tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert len(listed.stdout.split()) == 24
