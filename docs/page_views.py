"""Every view of the page as a picture: on screens of several widths, light and dark, and on paper.

They are looked at before a release and not kept. They need the packages of the tests and Chromium.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal

SCREENS = {390: 844, 820: 1180, 1440: 900}  # widths and heights, pixels: a phone, a tablet, a desk
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PRINTED = "print.pdf"

# Parts of an address, and what the page then shows.
VIEWS = {
    "blocked": "#state=blocked&sort=-due",
    "model": "#MH9",
}


def draw(page: Path, target: Path) -> None:
    """Draws the first screen, the whole page and VIEWS for each screen, and prints the page as a PDF."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - other pictures do without

    target.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--disable-gpu"]
        )
        for width, height in SCREENS.items():
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme
                )
                window = context.new_page()
                window.goto(page.as_uri())
                window.screenshot(path=target / f"first-{width}-{scheme}.png")
                window.screenshot(path=target / f"page-{width}-{scheme}.png", full_page=True)
                for name, address in VIEWS.items():
                    window.goto("about:blank")
                    window.goto(page.as_uri() + address)
                    window.wait_for_load_state("load")
                    window.screenshot(path=target / f"{name}-{width}-{scheme}.png")
                context.close()
        window = browser.new_page()
        window.goto(page.as_uri())
        window.pdf(path=target / PRINTED, prefer_css_page_size=True)
        browser.close()
