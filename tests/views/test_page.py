"""The page for leaders: what it holds, and how it answers in a real browser, with scripts and without."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
import samples
from samples import TODAY, model, step

from de06cli import messages
from de06cli.plan import portfolio
from de06cli.plan.records import Agency, Model, Plan
from de06cli.tracking.states import as_of
from de06cli.views import page


def made(*models: Model, plan: Plan | None = None) -> str:
    view = as_of(portfolio.single(plan or samples.plan(*(models or samples.SHOWN))), (TODAY,))
    return page.page(view, view.tasks())


class Read(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_same_day_of_a_plan_gives_the_same_bytes_and_asks_for_nothing():
    text = made()

    assert text == made()
    assert re.findall(r'(?:src|href)="(?!#)|url\(|@import|https?://', text) == []
    assert "Số liệu tính đến 11/01/2024" in text


def test_the_page_speaks_english():
    messages.use("en")
    text = made()

    assert '<html lang="en">' in text
    assert "Search (diacritics not needed)" in text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</script><img src=x onerror=alert(1)>",
        "{{ 7*7 }}",
        '" onload="x',
        "a\u05d0[red]=1+1",
    ],
)
def test_what_people_typed_stays_text(text):
    plain = Read(made(model(9)))
    a_plan = samples.plan(
        model(9, step(1, text=text), title=text, lead=(text,)), agencies=(Agency(text, text),)
    )
    read = Read(made(plan=a_plan))

    assert read.tags == plain.tags
    assert read.text.count(text) >= 4


@pytest.fixture(scope="module", params=[True, False], ids=["scripts", "no scripts"])
def browser(request: pytest.FixtureRequest) -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("no chromium with chromedriver here")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    if not request.param:
        options.add_experimental_option(
            "prefs", {"profile.managed_default_content_settings.javascript": 2}
        )
    found = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    found.scripts = request.param
    yield found
    found.quit()


def test_search_filter_and_order_in_a_browser_or_everything_without_scripts(browser, tmp_path):
    path = tmp_path / "plan.html"
    path.write_text(made(), "utf-8")
    browser.get(path.as_uri())

    def find(selector: str) -> Any:
        return browser.find_element("css selector", selector)

    def shown() -> list[str]:
        rows = browser.find_elements("css selector", "#models > tr")
        return [row.find_element("css selector", "th").text for row in rows if row.is_displayed()]

    assert shown() == ["9", "40", "6", "8", "23", "25"]
    assert find(".controls").is_displayed() == browser.scripts
    find("#m0 summary").click()
    assert "chờ kinh phí" in find("#m0 details").text
    if not browser.scripts:
        return
    find("#search").send_keys("NEN TANG quan ly luu tru")
    assert shown() == ["9"]
    assert find("#count").text == "Hiện 1 trên 6 mô hình"
    find("#search").clear()
    find("#state option[value=open_overdue]").click()
    assert shown() == ["9", "40"]
    find("#agency option[value=CAH]").click()
    assert shown() == ["9"]
    find("#agency option[value='']").click()
    find("#state option[value='']").click()
    find("#order option[value=number]").click()
    assert shown() == ["6", "8", "9", "23", "25", "40"]
