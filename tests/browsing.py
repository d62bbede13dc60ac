"""A real browser for the tests of pages: Chromium without a window, as it is installed here."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium; the test is skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium here")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--disable-gpu"])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, path: Path, hash: str = "", **options: Any) -> Iterator[Page]:  # noqa: A002
    """The page in a file, in a window of its own; ``options`` are those of a browser's context.

    Whatever it asks for besides itself, and whatever it complains of, fails the test.
    """
    with browser.new_context(**options) as context:
        page = context.new_page()
        page.set_default_timeout(10_000)
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path.as_uri() + hash)
        yield page
        assert {url.partition("#")[0] for url in asked} == {path.as_uri()}
        assert said == []


class Printed:
    """What Chromium prints of a page: the text of each sheet, and how large each is, in millimetres."""

    def __init__(self, page: Page, path: Path) -> None:
        if shutil.which("pdftotext") is None:
            pytest.skip("no pdftotext here")
        page.pdf(path=path, prefer_css_page_size=True)
        self.pages = _run("pdftotext", "-layout", str(path), "-").split("\f")[:-1]
        found = re.findall(r"size: +([\d.]+) x ([\d.]+)", _run("pdfinfo", "-l", "-1", str(path)))
        self.sizes = [tuple(round(float(side) * 25.4 / 72) for side in size) for size in found]


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
