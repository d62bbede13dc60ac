"""docs/first-plan.md: its commands, run one after another as a shell runs them, give what it says."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import support

PAGE = (support.ROOT / "docs" / "first-plan.md").read_text("utf-8")
SAMPLES = support.ROOT / "tests" / "data" / "drafting"
BLOCKS = re.findall(r"^```(bash|text)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("ke-hoach.docx", "ke-hoach-sua-doi.docx"):
        shutil.copy(SAMPLES / name, tmp_path)
    return tmp_path


def test_the_way_from_a_word_file_to_what_is_overdue(folder: Path) -> None:
    said = ""
    for kind, text in BLOCKS:
        if kind == "text":
            assert text in said, text
            continue
        for line in text.splitlines():
            answer = support.run(*arguments(line), home=folder, DE06_TODAY=today(line))
            assert answer.returncode == 0, f"{line}\n{answer.stderr}"
            said += answer.stdout + answer.stderr
    assert "Quá hạn 11 ngày (thời hạn: 30/03/2025)" in said
    assert support.run("check", home=folder).returncode == 0
    shown = support.run("show", "I-1", home=folder, DE06_TODAY="2025-05-20").stdout
    assert "30/06/2025" in shown
    assert "12/BC-CAX" in shown


def arguments(line: str) -> list[str]:
    """The words behind ``de06``; where the page lets a person confirm, all is confirmed."""
    program, *words = shlex.split(line)
    assert program == "de06"
    return [*words, "--yes"] if "--update" in words else words


def today(line: str) -> str:
    return "2025-05-20" if "sua-doi" in line else "2025-04-10"


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_the_sample_is_what_libreoffice_makes_of_its_page(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "ke-hoach.html", tmp_path)
    subprocess.run(
        [
            "soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML", "ke-hoach.html",
        ],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    fresh = support.run("draft", "ke-hoach.docx", home=tmp_path)
    kept = support.run("draft", str(SAMPLES / "ke-hoach.docx"), home=tmp_path)

    assert (fresh.returncode, fresh.stdout) == (0, kept.stdout)
