"""The generated documents say what de06 says now."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pages
import pytest
import support
from markdown_it import MarkdownIt

from de06cli import messages
from de06cli.plan.findings import REMEDIES


@pytest.mark.skipif(sys.platform == "win32", reason="the picture is taken from a pseudo-terminal")
def test_the_generated_documents_are_up_to_date() -> None:
    checked = subprocess.run(
        [sys.executable, "scripts/docs.py", "--check"],
        cwd=support.ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


# The findings -------------------------------------------------------------------------------------

FINDINGS = (support.ROOT / "docs" / "findings.md").read_text("utf-8")
FINDINGS_EN = (support.ROOT / "docs" / "findings.en.md").read_text("utf-8")
SAMPLES = support.ROOT / "tests" / "data" / "invalid"


@pytest.mark.parametrize("code", REMEDIES)
def test_the_page_of_findings_says_what_each_finding_means_and_shows_it(code: str) -> None:
    parts = FINDINGS.split('\n## <a id="')
    part = next(part for part in parts if part.startswith(code.lower()))
    remedy = REMEDIES[code]
    assert f"{code} – {remedy.title}\n" in part
    assert f". {remedy.advice}\n" in part
    assert re.search(r"^Nội dung báo:\n\n- `+ ?\S", part, re.MULTILINE)
    assert re.search(rf"^(?:→ )?\d+:\d+ {code} \S", part, re.MULTILINE)


@pytest.mark.parametrize("code", REMEDIES)
def test_the_english_page_of_findings_says_the_same_in_english(code: str) -> None:
    parts = FINDINGS_EN.split('\n## <a id="')
    part = next(part for part in parts if part.startswith(code.lower()))
    title, advice = (messages.in_every_language(text)[1] for text in REMEDIES[code])
    assert f"{code} – {title}\n" in part
    assert f". {advice}\n" in part
    assert re.search(r"^What it says:\n\n- `+ ?[ -~–—“”’]+`", part, re.MULTILINE)
    assert re.search(rf"^(?:→ )?\d+:\d+ {code} \S", part, re.MULTILINE)


def test_the_page_of_findings_has_the_sentences_with_their_placeholders() -> None:
    assert "- `Khóa “{key}” đã có ở dòng {line}.`\n" in FINDINGS
    assert "- `Gợi ý: {codes}.`\n" in FINDINGS
    assert "- `The key “{key}” is already on line {line}.`\n" in FINDINGS_EN


def test_the_examples_of_the_page_of_findings_are_those_of_the_samples() -> None:
    shown = re.findall(r"`([\w-]+)\.yaml`:\n\n```text\n(?:.*\n)?→ (.+)\n```", FINDINGS)
    assert len(shown) >= len(REMEDIES) - 2  # a file of 64 MiB and two files are no samples
    for sample, answer in shown:
        expected = (SAMPLES / f"{sample}.findings").read_text("utf-8").splitlines()
        assert answer in expected


# The pages ----------------------------------------------------------------------------------------

MARKDOWN = MarkdownIt("commonmark").enable("table")


def name_of(page: Path) -> str:
    return page.relative_to(support.ROOT).as_posix()


def rendered_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of the tables as a git host shows them: the number of the line, and the cells."""
    for token in MARKDOWN.parse(text):
        if token.type == "tr_open" and token.map:
            row = (token.map[0], list[str]())
        elif token.type == "inline" and token.level == 4:
            row[1].append(token.content)
        elif token.type == "tr_close":
            yield row


@pytest.mark.parametrize("page", pages.all_pages(), ids=name_of)
def test_no_table_loses_a_cell(page):
    """A bar that is not escaped ends a cell, in code too; a host leaves out what is too much in a row."""
    text = page.read_text("utf-8")
    lines = text.splitlines()

    for number, cells in rendered_rows(text):
        written = re.split(r"(?<!\\)\|", lines[number].strip().removeprefix("|").removesuffix("|"))
        assert cells == [cell.strip().replace("\\|", "|") for cell in written]


LINK = re.compile(r"""\]\(([^)\s]+)\)|(?:src|href)="([^"]+)\"""")


@pytest.mark.parametrize("page", pages.all_pages(), ids=name_of)
def test_links_lead_to_files_that_are_there(page):
    """Within the documentation mkdocs looks at anchors too; this is for all other pages as well."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = [one or other for one, other in LINK.findall(text)]
    local = [link.split("#")[0] for link in links if not link.startswith(("http", "#"))]

    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_page_is_in_the_navigation():
    settings = (support.ROOT / "mkdocs.yml").read_text("utf-8")
    listed = set(re.findall(r"[\w/-]+\.md", settings[settings.index("\nnav:") :]))
    kept = {page.relative_to(pages.DOCS).as_posix() for page in pages.DOCS.rglob("*.md")}

    assert listed == {name for name in kept if not name.endswith(pages.ENGLISH)} - {
        "captures/README.md"
    }


# The pictures -------------------------------------------------------------------------------------

TOOLS = ("soffice", "chromium", "pdftoppm", "pdftotext")


def pictures(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "docs/pictures.py", *arguments],
        cwd=support.ROOT,
        env=os.environ | changes,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_pictures_that_are_kept_are_those_that_the_pages_show_and_small():
    text = "\n".join(page.read_text("utf-8") for page in pages.written_pages())
    shown = sorted(set(re.findall(r"""[("/]([\w-]+\.(?:svg|png))[)"]""", text)))

    kept = [path for ending in ("svg", "png") for path in pages.DOCS.glob(f"*.{ending}")]
    assert sorted(path.name for path in kept) == shown
    assert [path.name for path in kept if path.stat().st_size > 150_000] == []


@pytest.mark.skipif(sys.platform == "win32", reason="the pictures are made on POSIX systems")
def test_a_program_that_the_pictures_need_is_named(tmp_path):
    (tmp_path / "git").symlink_to(shutil.which("git") or "git")
    made = pictures(str(tmp_path / "out"), PATH=str(tmp_path))

    assert made.returncode == 1
    assert made.stderr == "soffice is not installed; it comes with LibreOffice.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="the pictures are made on POSIX systems")
def test_the_captures_need_git(tmp_path):
    made = pictures(str(tmp_path / "out"), PATH=str(tmp_path))

    assert (made.returncode, made.stderr) == (1, "git is not installed; it comes with Git.\n")


def test_the_captures_are_as_low_as_promised() -> None:
    page = (pages.DOCS / "captures" / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `de06 (\w+)` \| \d+ → \d+ \| (\d+) → (\d+) \|", page, re.MULTILINE)
    at_80 = {command: (int(before), int(now)) for command, before, now in rows}

    assert at_80["list"][1] <= 60
    assert all(2 * now < before for before, now in map(at_80.get, ("list", "overdue", "upcoming")))


@pytest.mark.slow
@pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}")
def test_every_picture_can_be_made_again(tmp_path):
    made = pictures(str(tmp_path))

    assert (made.returncode, made.stderr) == (0, "")
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir() if path.is_file()}
    assert {path.name for path in (tmp_path / "views").iterdir()} >= {
        f"page-{width}-{scheme}.png" for width in (390, 820, 1440) for scheme in ("light", "dark")
    }
    assert sizes.keys() >= {path.name for path in pages.DOCS.glob("*.png")}
    assert all(5_000 < size < 150_000 for size in sizes.values()), sizes
