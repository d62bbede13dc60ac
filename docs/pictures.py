"""The pictures of the documentation: terminals, workbook, Word documents, page.

python docs/pictures.py            makes those that the pages show in docs/, and docs/captures/
python docs/pictures.py --captures makes docs/captures/ alone, which needs nothing but git
python docs/pictures.py FOLDER     makes all of them, in FOLDER, and what is looked at before a release: every
                                   view of the page on screens of 390, 820 and 1440 pixels, light, dark and
                                   printed, and terminals of 60, 80 and 120 columns
python docs/pictures.py --at REV   makes the captures of the de06 of that revision, docs/captures/before/

They show the shipped plan on 26 December 2023, with progress that is made up: the plan itself has none.

What a terminal shows changes only when de06 or the plan does; scripts/docs.py keeps it up to date. The
captures before are those of the release before the terminal was rewritten, of its own plan. They were
made once, with

    python docs/pictures.py --at "$(git log --format=%h --fixed-strings --grep "Merge branch 'findings'")^"

(the parent of the merge with that subject). ``--at`` unpacks the sources of the revision beside the
repository and runs them; no other checkout is needed.

The other pictures look a little different with other fonts and programs, so nothing compares them; they
need LibreOffice, Chromium, poppler and Pillow.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import captures_page
import page_views
import terminals
from terminals import ROOT, TERMINALS, environment, example

EDGE = 24  # pixels around what a picture shows
LARGEST = 150_000  # bytes of a picture that is kept
CAPTURES = ROOT / "docs" / "captures"

LEAD = ("--agency", "CAH", "--role", "lead")


class Missing(Exception):
    """What a picture needs is not installed; ``args[0]`` is a sentence that names it."""


def _de06(folder: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "de06cli", *arguments],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        check=True,
    )


# Documents ----------------------------------------------------------------------------------------


def _tool(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Missing(f"{name} is not installed; it comes with {package}.")
    return found


def _run(*command: str) -> str:
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=180, check=True
    ).stdout


def _printed(document: Path) -> Path:
    """An office document as LibreOffice prints it, a PDF beside it."""
    office = _tool("soffice", "LibreOffice")
    profile = (document.parent / "profile").as_uri()
    _run(
        office, f"-env:UserInstallation={profile}", "--headless",
        "--convert-to", "pdf", "--outdir", str(document.parent), str(document),
    )  # fmt: skip
    return document.with_suffix(".pdf")


def _page_with(pdf: Path, text: str) -> int:
    """The first page that says ``text``, from 1."""
    pages = _run(_tool("pdftotext", "poppler"), str(pdf), "-").split("\f")
    return next(number for number, page in enumerate(pages, start=1) if text in page)


def _drawn(pdf: Path, page: int, picture: Path) -> None:
    _run(
        _tool("pdftoppm", "poppler"), "-png", "-r", "110", "-singlefile",
        "-f", str(page), "-l", str(page), str(pdf), str(picture.with_suffix("")),
    )  # fmt: skip


def sheet(text: str, *filters: str) -> Callable[[Path, Path], None]:
    """Draws the sheet of the workbook on whose first page ``text`` stands."""

    def draw(folder: Path, picture: Path) -> None:
        book = folder / f"plan{len(filters)}.xlsx"
        if not book.exists():
            _de06(folder, "export", book.name, *filters)
            _printed(book)
        pdf = book.with_suffix(".pdf")
        _drawn(pdf, _page_with(pdf, text), picture)

    return draw


def document(*arguments: str) -> Callable[[Path, Path], None]:
    """Draws the first page of the Word document that a command writes."""

    def draw(folder: Path, picture: Path) -> None:
        written = folder / f"{picture.stem}.docx"
        _de06(folder, *arguments, written.name)
        _drawn(_printed(written), 1, picture)

    return draw


# The page -----------------------------------------------------------------------------------------


def _browse(folder: Path, *arguments: str) -> None:
    _run(
        _tool("chromium", "Chromium"), "--headless=new", "--no-sandbox", "--disable-gpu",
        "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--hide-scrollbars",
        f"--user-data-dir={folder / 'browser'}", *arguments,
    )  # fmt: skip


def _page(folder: Path) -> Path:
    page = folder / "page.html"
    if not page.exists():
        _de06(folder, "export", page.name)
    return page


def screen(width: int, height: int, scale: float = 1) -> Callable[[Path, Path], None]:
    """Draws the top of the page on a screen of so many pixels, each drawn ``scale`` times as large."""

    def draw(folder: Path, picture: Path) -> None:
        # A window is never as narrow as a phone, but a frame in it is.
        frame = folder / "frame.html"
        frame.write_text(
            f'<body style="margin:0"><iframe src="{_page(folder).name}" width="{width}" height="{height}" '
            'style="border:0" scrolling="no"></iframe>',
            "utf-8",
        )
        _browse(
            folder, f"--window-size={width},{height}", f"--force-device-scale-factor={scale}",
            f"--screenshot={picture}", frame.as_uri(),
        )  # fmt: skip

    return draw


def printed_page(folder: Path, picture: Path) -> None:
    pdf = folder / "page.pdf"
    _browse(folder, f"--print-to-pdf={pdf}", "--no-pdf-header-footer", _page(folder).as_uri())
    _drawn(pdf, 1, picture)


# Every picture ------------------------------------------------------------------------------------

DRAWN: dict[str, Callable[[Path, Path], None]] = {
    "xlsx.png": sheet("Phụ lục I", *LEAD),
    "xlsx-steps.png": sheet("Tiến độ các bước", *LEAD),
    "xlsx-summary.png": sheet("Tổng hợp tình hình thực hiện"),
    "xlsx-agencies.png": sheet("UBND huyện Hớn Quản (gồm Chủ tịch UBND huyện)"),
    "docx.png": document("export"),
    "report.png": document("report", "--from", "2023-11-26"),
    "page.png": screen(1280, 900),
    "page-phone.png": screen(390, 844, 2),
    "page-print.png": printed_page,
}


def make(names: set[str], target: Path) -> None:
    """Makes the pictures of these names in the folder ``target``. Raises Missing."""
    _tool("git", "Git")
    for name, svg in terminals.pictures(names).items():
        (target / name).write_text(svg, "utf-8", newline="\n")
    with example() as folder:
        for name, draw in DRAWN.items():
            if name in names:
                draw(folder, target / name)
                _reduce(target / name)


def _reduce(picture: Path) -> None:
    """Cuts off the empty edges, draws a frame, and makes the file as small as its few colours allow."""
    try:
        from PIL import Image, ImageChops, ImageOps  # noqa: PLC0415
    except ModuleNotFoundError:
        raise Missing("Pillow is not installed: pip install pillow.") from None
    with Image.open(picture) as image:
        drawn = image.convert("RGB")
    left, top, right, bottom = ImageChops.invert(drawn).getbbox() or (0, 0, *drawn.size)
    drawn = ImageOps.expand(drawn.crop((left, top, right, bottom)), EDGE, "white")
    framed = ImageOps.expand(drawn, 2, "#d0d7de")
    few = framed.quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


def shown() -> set[str]:
    """The pictures that the pages show."""
    pages = [*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/huong-dan/*.md")]
    text = "\n".join(path.read_text("utf-8") for path in pages)
    return set(re.findall(r"""[("/]([\w-]+\.(?:svg|png))[)"]""", text))


# Captures -----------------------------------------------------------------------------------------


def captures() -> dict[str, str]:
    """The texts, the pictures and the page of docs/captures, but not those of before."""
    screens = terminals.screens()
    now = terminals.captures(screens)
    before = {path.name: path.read_text("utf-8") for path in (CAPTURES / "before").glob("*.txt")}
    page = captures_page.page(terminals.heights(now), terminals.heights(before))
    return now | terminals.drawn(screens) | {"README.md": page}


@contextmanager
def sources(revision: str) -> Iterator[Path]:
    """A folder with the sources and the plan of a revision."""
    packed = subprocess.run(
        ["git", "archive", revision, "src", "data"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    with TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
        yield Path(folder)


def _write(texts: dict[str, str], target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (target / name).write_text(text, "utf-8", newline="\n")


def _write_before(revision: str) -> None:
    with sources(revision) as folder:
        _write(terminals.captures(terminals.screens(folder)), CAPTURES / "before")
    _write(captures(), CAPTURES)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Makes the pictures of the documentation.")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--captures", action="store_true", help="docs/captures alone")
    parser.add_argument("--at", metavar="REV", help="the captures of an older de06")
    asked = parser.parse_args(arguments)
    if asked.at:
        _write_before(asked.at)
        return 0
    if asked.folder is None:
        _write(captures(), CAPTURES)
    if asked.captures:
        return 0
    return _make_all(asked.folder)


def _draw_views(target: Path) -> None:
    """What there is to be looked at before a release: every view of the page, and terminals."""
    screens = terminals.screens(widths=terminals.LOOKED_AT, more=terminals.FIGURES)
    _write(terminals.drawn(screens, every=True), target / "captures")
    with example() as plan:
        page_views.draw(_page(plan), target / "views")
        for number in range(1, _pages(target / "views" / page_views.PRINTED) + 1):
            _drawn(
                target / "views" / page_views.PRINTED,
                number,
                target / "views" / f"print-{number}.png",
            )


def _pages(pdf: Path) -> int:
    return _run(_tool("pdftotext", "poppler"), str(pdf), "-").count("\f")


def _make_all(folder: Path | None) -> int:
    """The pictures of the pages, or in a folder all of them with every capture as a picture."""
    target = folder.absolute() if folder else ROOT / "docs"
    names = {*DRAWN, *(f"{name}.svg" for name in TERMINALS)} if folder else shown()
    target.mkdir(parents=True, exist_ok=True)
    try:
        make(names, target)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    if folder:
        _draw_views(target)
    sizes = {name: (target / name).stat().st_size for name in sorted(names)}
    for name, size in sizes.items():
        print(f"{size:>8,}  {target / name}")
    if large := [name for name, size in sizes.items() if size > LARGEST]:
        print(f"Larger than {LARGEST:,} bytes: {', '.join(large)}.", file=sys.stderr)
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
