"""The pictures of the documentation: terminals, workbook, Word documents, page.

python docs/pictures.py           makes those that README.md shows, in docs/
python docs/pictures.py FOLDER    makes all of them, in FOLDER

They show the shipped plan on 26 December 2023, with progress that is made up: the plan itself has none.

A terminal's picture is a text that changes only when de06 does; scripts/docs.py keeps these up to date.
The others look a little different with other fonts and programs, so nothing compares them; they need
LibreOffice, Chromium, poppler and Pillow.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
DAY = "2023-12-26"
COLUMNS = 100
EDGE = 24  # pixels around what a picture shows
LARGEST = 150_000  # bytes of a picture that is kept

EXAMPLE = """\
done 25 --yes --date 2023-10-25 --by STTTT --evidence 312/BC-STTTT
done 24 --yes --date 2023-10-28 --by STTTT --evidence 318/BC-STTTT
done 21 --yes --date 2023-10-27 --by PGDDT --evidence 205/BC-PGDDT
done 8 --yes --date 2023-11-09 --by PTP --evidence 61/BC-PTP
done 6.1 6.2 --date 2023-10-12 --by TTYT --evidence 77/BC-TTYT
block 6.3 --date 2023-12-05 --by TTYT --note "chờ đầu đọc thẻ CCCD gắn chíp"
done 9.1 --date 2023-11-20 --by CAH --evidence 45/BC-CAH
start 9.2 --date 2023-12-18 --by CAH
done 10 --yes --date 2023-11-24 --by CAH --evidence 52/BC-CAH
done 11.1 11.2 --date 2023-11-22 --by CAH --evidence 49/BC-CAH
done 12.1 --date 2023-11-10 --by CAH --evidence 41/BC-CAH
block 12.2 --date 2023-11-28 --by PKTHT --note "nhà xe chưa thống nhất"
done 29 --yes --date 2023-11-12 --by CAH --evidence 43/BC-CAH
done 26 --yes --date 2023-12-15 --by PVHTT --evidence 88/BC-PVHTT
done 1.1 1.2 --date 2023-11-30 --by PVHTT --evidence 80/BC-PVHTT
done 39.1 39.2 --date 2023-12-08 --by PVHTT --evidence 86/BC-PVHTT
extend 16 2024-01-31 --decided 2023-11-28 --document 145/UBND-VX --reason "chờ thiết bị"
extend 39 2023-12-29 --decided 2023-10-27 --document 131/UBND-VX --reason "chờ số liệu"
"""

LEAD = ("--agency", "CAH", "--role", "lead")

TERMINALS = {
    "list": "list --agency CAH --role lead",
    "overdue": "overdue --agency CAH --role lead",
    "show": "show 9",
    "stats": "stats --by agency",
    "timeline": "timeline",
}


class Missing(Exception):
    """What a picture needs is not installed; ``args[0]`` is a sentence that names it."""


# The plan -----------------------------------------------------------------------------------------

# One process for all commands; most of what a command costs is its start.
_EVERY = """
import json, sys
from de06cli.cli import main
sys.exit(max(map(main.run, json.loads(sys.argv[1]))))
"""


@contextmanager
def example() -> Iterator[Path]:
    """A folder with the shipped plan in it, in which the example's progress is marked."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        shutil.copy(ROOT / "data" / "models.yaml", folder / "data")
        marks = [_words(line) for line in EXAMPLE.splitlines()]
        subprocess.run(
            [sys.executable, "-c", _EVERY, json.dumps(marks)],
            cwd=folder,
            env=environment(folder),
            capture_output=True,
            check=True,
        )
        yield folder


def _words(line: str) -> list[str]:
    return [quoted or word for quoted, word in re.findall(r'"([^"]*)"|(\S+)', line)]


def environment(folder: Path) -> dict[str, str]:
    """The environment without what would change an answer, and with a home below ``folder``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DE06_")}
    return kept | {
        "DE06_TODAY": DAY,
        "DE06_CACHE": "off",
        "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
        "PYTHONIOENCODING": "utf-8",
    }


def _de06(folder: Path, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "de06cli", *arguments],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        check=True,
    )


# Terminals ----------------------------------------------------------------------------------------

_FONT_FACES = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def terminals(names: set[str]) -> dict[str, str]:
    """The pictures of terminals among ``names``, as SVG."""
    with example() as folder:
        return {
            f"{name}.svg": _terminal(line, folder)
            for name, line in TERMINALS.items()
            if f"{name}.svg" in names
        }


def _terminal(line: str, folder: Path) -> str:
    """A real terminal's content after a command line."""
    shown = Text.from_ansi(_on_a_terminal(line.split(), folder))
    screen = Console(width=COLUMNS, record=True, file=io.StringIO(), color_system="truecolor")
    screen.print(shown)
    svg = screen.export_svg(title=f"de06 {line}", unique_id="de06")
    # Without fonts fetched from elsewhere: the reader's own monospaced one does.
    svg = _FONT_FACES.sub("", svg).replace("Fira Code", "monospace")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def _on_a_terminal(arguments: list[str], folder: Path) -> str:
    """What de06 writes to a terminal of COLUMNS columns, escape sequences and all."""
    changes = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    kept = {
        name: value
        for name, value in environment(folder).items()
        if name not in {"COLUMNS", "NO_COLOR"}
    }
    with subprocess.Popen(
        [sys.executable, "-m", "de06cli", *arguments],
        cwd=folder,
        env=kept | changes,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    ):
        os.close(theirs)
        written = bytearray()
        try:
            while chunk := os.read(ours, 65536):
                written += chunk
        except OSError:  # Linux says so at the end of a terminal's output
            pass
        os.close(ours)
    return written.decode("utf-8").replace("\r\n", "\n")


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
    "page.png": screen(1280, 1262),
    "page-phone.png": screen(390, 752, 2),
    "page-print.png": printed_page,
}


def make(names: set[str], target: Path) -> None:
    """Makes the pictures of these names in the folder ``target``. Raises Missing."""
    for name, svg in terminals(names).items():
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
    """The pictures that README.md shows."""
    return set(re.findall(r"docs/([\w-]+\.(?:svg|png))", (ROOT / "README.md").read_text("utf-8")))


def main(arguments: list[str]) -> int:
    every = {*DRAWN, *(f"{name}.svg" for name in TERMINALS)}
    target = Path(arguments[0]).absolute() if arguments else ROOT / "docs"
    names = every if arguments else shown()
    target.mkdir(parents=True, exist_ok=True)
    try:
        make(names, target)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    sizes = {name: (target / name).stat().st_size for name in sorted(names)}
    for name, size in sizes.items():
        print(f"{size:>8,}  {target / name}")
    if large := [name for name, size in sizes.items() if size > LARGEST]:
        print(f"Larger than {LARGEST:,} bytes: {', '.join(large)}.", file=sys.stderr)
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
