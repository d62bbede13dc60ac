"""What the page of a large plan costs a browser: until its first screen is painted, and until all is there.

    python benchmarks/page.py [--models 2400] [--rounds 5]

Chromium without a window opens the page as a file. "painted" is the moment of the first paint with
content, as the browser itself notes it (Paint Timing); "whole" is the end of the load event, after which
every row can be searched. Needs Chromium and the packages of the tests.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import plans
import timing
from playwright.sync_api import Browser, sync_playwright

DAY = "2023-12-20"
GOAL = 1000  # ms until the first screen is painted

_TIMES = """() => ({
    painted: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    whole: performance.getEntriesByType("navigation")[0].loadEventEnd,
})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=int, choices=plans.SIZES, default=2_400)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    print(timing.machine())
    with tempfile.TemporaryDirectory(prefix="de06-page-") as scratch:
        page = exported(Path(scratch), plans.SIZES[given.models])
        times = opened(page, given.rounds)
        size = page.stat().st_size / 1_000_000
    rows = [
        [
            f"{given.models:,}",
            f"{size:.1f}",
            *(f"{statistics.median(of):,.0f}" for of in times),
            str(GOAL),
        ]
    ]
    print(
        timing.markdown(["models", "MB", "painted, ms", "whole, ms", "goal, painted"], rows), end=""
    )


def exported(folder: Path, districts: int) -> Path:
    """The page of a plan of so many districts."""
    plan, page = folder / "plan.yaml", folder / "plan.html"
    plan.write_text(plans.one_file(districts), "utf-8", newline="\n")
    subprocess.run(
        [*timing.DE06, "export", "--data", plan, "--as-of", DAY, page],
        env=timing.environment(folder),
        check=True,
        capture_output=True,
    )
    return page


def opened(page: Path, rounds: int) -> tuple[list[float], list[float]]:
    """When the page was painted and when it was whole, ms, in each round."""
    program = shutil.which("chromium")
    if program is None:
        sys.exit("chromium is not installed.")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--disable-gpu"])
        found = [_times(browser, page) for _round in range(rounds)]
        browser.close()
    return [one["painted"] for one in found], [one["whole"] for one in found]


def _times(browser: Browser, page: Path) -> dict[str, float]:
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        window = context.new_page()
        window.goto(page.as_uri())
        window.wait_for_timeout(200)
        return window.evaluate(_TIMES)


if __name__ == "__main__":
    main()
