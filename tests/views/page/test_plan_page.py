"""The page for leaders: what it holds, and how it answers in a real browser, with scripts and without."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import browsing
import pytest
import samples
import support
from samples import TODAY, model, step

from de06cli import messages
from de06cli.plan import portfolio
from de06cli.plan.cache import lazy
from de06cli.plan.file import reader
from de06cli.plan.records import Agency, Model, Plan
from de06cli.tracking.states import Situation, as_of
from de06cli.views.contents import model_sheet
from de06cli.views.page import plan_page as page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

PHONE = {"viewport": {"width": 360, "height": 800}, "is_mobile": True, "has_touch": True}


def of_view(view: Situation) -> str:
    return page.page(view, view.tasks())


def made(*models: Model, plan: Plan | None = None) -> str:
    return of_view(samples.view(plan or samples.plan(*(models or samples.SHOWN))))


def shipped() -> Situation:
    plan = reader.read(support.MODELS_FILE.read_bytes()).plan
    assert plan
    return as_of(portfolio.single(plan), (TODAY,))


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


# The file -----------------------------------------------------------------------------------------


def test_the_same_day_of_a_plan_gives_the_same_bytes_and_asks_for_nothing():
    text = made()

    assert text == made()
    assert re.findall(r'(?:src|href)="(?!#)|url\((?!#)|@import|https?://', text) == []
    assert "Số liệu tính đến ngày 11/01/2024" in text


def test_it_tells_all_that_show_tells():
    view = samples.view(samples.plan(*samples.SHOWN))
    text = Read(of_view(view)).text

    for task in view.tasks():
        for section in model_sheet.sheet(
            task, lazy.whole(samples.plan(samples.model(1))), frozenset()
        ).sections:
            assert section.title in text
            for field in section.fields:
                assert field.text in text


def test_it_speaks_english_and_names_the_language_of_the_plan():
    messages.use("en")
    text = made()

    assert '<html lang="en">' in text
    assert "Search (with or without diacritics)" in text
    assert '<h1 lang="vi">Kế hoạch</h1>' in text
    assert "Hon Quan District Police" in text


def test_several_plans_have_a_table_of_their_own_and_addresses_that_name_them():
    text = of_view(samples.several(LOCNINH=[model(9)], HONQUAN=[model(9), model(40)]))

    assert "<h1>2 kế hoạch</h1>" in text
    assert re.findall(r'<tbody id="([^"]+)"', text) == [
        "MHLOCNINH:9",
        "MHHONQUAN:9",
        "MHHONQUAN:40",
    ]
    assert re.findall(r'<th scope="row"><a href="#([^"]+)"', text) == [
        "agency=HONQUAN%3ACAH",  # the first screen, then the tables: the worst first
        "agency=LOCNINH%3ACAH",
        "plan=HONQUAN",
        "plan=LOCNINH",
        "agency=HONQUAN%3ACAH",
        "agency=LOCNINH%3ACAH",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</script><img src=x onerror=alert(1)>",
        "</style><style>*{display:none}",
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


def luminance(colour: str) -> float:
    """How light a colour is, as WCAG 2 counts it."""
    return sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def palettes() -> list[dict[str, str]]:
    """The colours by their names, on a light and on a dark screen; the dark ones replace the light."""
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#\w{6})", rules))
        for rules in made().partition("prefers-color-scheme: dark")[::2]
    )
    return [light, light | dark]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", palettes(), ids=["light", "dark"])
def test_what_is_drawn_stands_out_and_its_numbers_can_be_read(colours):
    """Three to one is what WCAG 2 asks of pictures, four and a half of texts, here those inside of bars."""
    fills = [name for name in colours if name.startswith("fill-")]
    on_light = {"fill-open", "fill-beside"}

    assert len(fills) == 5
    assert [name for name in fills if contrast(colours[name], colours["paper"]) < 3] == []
    for name in set(fills) - {"fill-soon"}:  # nothing is written on that one
        written = colours["on-light" if name in on_light else "on-dark"]
        assert contrast(colours[name], written) > 4.5, name


# What is left of red, green and blue without the cones for red, and without those for green: Machado,
# Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency (2009).
NO_RED = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
NO_GREEN = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def lab(rgb: list[float]) -> list[float]:
    """CIE L*a*b* of linear red, green and blue, for white of D65."""
    weights = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    x, y, z = (
        sum(w * max(0, part) for w, part in zip(row, rgb, strict=True)) / of
        for row, of in zip(weights, white, strict=True)
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


@pytest.mark.parametrize("colours", palettes(), ids=["light", "dark"])
@pytest.mark.parametrize("seen", [NO_RED, NO_GREEN], ids=["no red", "no green"])
def test_overdue_and_done_are_apart_for_whom_red_and_green_are_one(colours, seen):
    """A difference of 20 is one between colours that nobody takes for one another."""

    def simulated(name: str) -> list[float]:
        rgb = linear(colours[name])
        return lab([sum(w * part for w, part in zip(row, rgb, strict=True)) for row in seen])

    late = simulated("fill-overdue")
    for name in ("fill-done", "fill-open", "fill-beside"):
        assert math.dist(late, simulated(name)) > 20, name


def test_nothing_to_show_is_a_page_too():
    view = samples.view(samples.plan(model(9)))
    text = page.page(view, [])

    assert "Số liệu tính đến ngày 11/01/2024" in text
    assert "<tbody id=" not in text


# In a browser -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing.chromium() as found:
        yield found


Opening = Callable[..., Any]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Opening:
    """Opens the page of ``view``, else of the plan with all states, as a file by itself."""

    def opening(hash: str = "", view: Situation | None = None, **options: Any) -> Any:  # noqa: A002
        path = tmp_path / "plan.html"
        path.write_text(of_view(view) if view else made(), "utf-8")
        return browsing.opened(browser, path, hash, **options)

    return opening


def shown(page: Page) -> list[str]:
    """The models in the register, from the top."""
    return page.locator("#models > tbody:visible > tr > th").all_inner_texts()


def column(page: Page, name: str) -> Locator:
    """The button that puts the register in the order of a column."""
    return page.locator("#models").get_by_role("columnheader", name=name).get_by_role("button")


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name)


ALL = ["9", "40", "6", "8", "23", "25"]


def test_no_request_leaves_the_page(opened):
    with opened() as page:
        page.get_by_role("searchbox").fill("cong an")

        assert page.evaluate("performance.getEntriesByType('resource').length") == 0


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("NEN TANG quan ly luu tru", ["9"]),
        ("nền tảng", ["9"]),  # typed with accents apart
        ("45/bc", ["9"]),  # evidence
        ("du lich!", ["40"]),
        ("MIỄN PHÍ", ["9"]),
        ("CA huyen", ["9", "23"]),  # another name of an agency
        ("Cục C06", ["6"]),
        ("qua han 73 ngay", ["40"]),
        ("Lực lượng", []),  # a label is nobody's text
        ("  ", ALL),
        ("zzz", []),
    ],
)
def test_search_needs_no_diacritics(opened, typed, found):
    with opened() as page:
        page.get_by_role("searchbox").fill(typed)

        assert shown(page) == found
        assert (
            page.get_by_role("status").inner_text().startswith(f"Hiển thị {len(found)}/6 nhiệm vụ")
        )


def test_filters_narrow_one_another_and_say_so(opened):
    with opened() as page:
        state, lead = choice(page, "Tình trạng"), choice(page, "Chủ trì")
        state.select_option("Chưa hoàn thành – quá hạn")
        assert shown(page) == ["9", "40"]
        lead.select_option("CAH")
        assert shown(page) == ["9"]
        page.get_by_role("searchbox").fill("phân tích")
        assert shown(page) == []
        assert page.get_by_role("status").inner_text() == (
            "Hiển thị 0/6 nhiệm vụ; CAH – Công an huyện Hớn Quản; Chưa hoàn thành – quá hạn; “phân tích”"
        )
        page.get_by_role("button", name="Xóa bộ lọc").click()
        page.locator("#MH25").wait_for()  # the fields are empty only after the click
        assert shown(page) == ALL
        state.select_option("Sắp đến hạn")
        assert shown(page) == ["6"]
        lead.select_option("PVHTT")
        state.select_option("Tất cả")
        assert shown(page) == ["9", "40"]


def test_a_figure_and_an_agency_lead_to_their_models(opened):
    with opened() as page:
        page.get_by_role("link", name="Chưa hoàn thành – quá hạn: 2").click()
        assert shown(page) == ["9", "40"]
        page.locator(".figures").get_by_role("link", name="PC06").click()
        assert shown(page) == ["8"]
        page.get_by_role("link", name="Hoàn thành đúng hạn: 1").click()
        assert shown(page) == ["8"]


def test_what_is_shown_stands_in_the_address_and_opens_from_it(opened):
    with opened() as page:
        choice(page, "Tình trạng").select_option("Có bước vướng mắc")
        page.get_by_role("searchbox").fill("lưu trú")
        column(page, "Thời hạn").click()
        column(page, "Thời hạn").click()
        address = page.url.partition("#")[2]
        page.get_by_role("button", name="Xóa bộ lọc").click()
        page.locator("#MH25").wait_for()
        assert page.url.partition("#")[2] == "sort=-due"

    assert address == "search=l%C6%B0u+tr%C3%BA&state=blocked&sort=-due"
    with opened(f"#{address}") as page:
        assert shown(page) == ["9"]
        assert page.get_by_role("searchbox").input_value() == "lưu trú"
        assert page.locator("#models [aria-sort=descending]").inner_text().strip() == "Thời hạn"
    with opened("#waiting=CAH&state=open_overdue&agency=NOBODY") as page:
        assert shown(page) == ["9"]
    with opened("#waiting=PVHTT") as page:
        assert shown(page) == ["9", "40"]


def codes(table: Locator) -> list[str]:
    return [name.partition(" ")[0] for name in table.locator("tbody th").all_inner_texts()]


def test_agencies_and_timeline_are_put_in_order_too(opened):
    with opened() as page:
        table = page.locator(".figures")
        assert codes(table) == ["PVHTT", "CAH", "PC06", "C06", "CSLT"]
        table.get_by_role("button", name="Đơn vị").click()
        assert codes(table) == ["C06", "CAH", "CSLT", "PC06", "PVHTT"]
        timeline = page.locator(".timeline")
        timeline.get_by_role("button", name="Nhiệm vụ").click()
        shown = [text.partition(".")[0] for text in timeline.locator("tbody th").all_inner_texts()]
        assert shown == ["6", "8", "9", "23", "25", "40"]


def test_several_plans_are_filtered_by_plan(opened):
    view = samples.several(LOCNINH=[model(9)], HONQUAN=[model(9), model(40)])
    with opened(view=view) as page:
        choice(page, "Kế hoạch").select_option("HONQUAN")
        assert shown(page) == ["HONQUAN:9", "HONQUAN:40"]
        choice(page, "Chủ trì").select_option("LOCNINH:CAH")
        assert shown(page) == []
        page.get_by_role("row", name="LOCNINH – Kế hoạch").get_by_role("link").click()
        assert shown(page) == ["LOCNINH:9"]


@pytest.mark.parametrize(
    ("heading", "upward", "downward"),
    [
        ("Mô hình", "6 8 9 23 25 40", "40 25 23 9 8 6"),
        ("STT", "23 25 6 8 9 40", "40 9 8 6 23 25"),
        ("Nhiệm vụ", "8 6 23 40 25 9", "9 25 40 23 6 8"),
        ("Thời hạn", "40 9 8 23 6 25", "25 6 9 8 23 40"),
        ("Chủ trì", "6 23 9 25 8 40", "40 8 25 9 23 6"),
        ("Tiến độ", "40 6 25 9 8 23", "8 23 9 40 6 25"),
        ("Tình trạng", "40 9 6 23 8 25", "25 8 23 6 9 40"),
    ],
)
def test_a_heading_sorts_up_down_and_back_to_the_printed_order(opened, heading, upward, downward):
    with opened() as page:
        column = page.locator(".register").get_by_role("columnheader", name=heading)
        seen = []
        for _ in range(3):
            column.get_by_role("button").click()
            seen.append((column.get_attribute("aria-sort"), shown(page)))

    assert seen == [
        ("ascending", upward.split()),
        ("descending", downward.split()),
        (None, ALL),
    ]


def test_details_open_on_a_click_one_or_all_that_are_shown(opened):
    with opened() as page:
        details, reason = (
            page.locator("#models details"),
            page.locator("#MH9 .more").get_by_text("– chờ kinh phí"),
        )
        assert not reason.is_visible()
        page.locator("#MH9 summary").click()
        assert reason.is_visible()
        choice(page, "Chủ trì").select_option("PVHTT")
        everything = page.get_by_role("button", name="Mở/đóng tất cả chi tiết")
        everything.click()
        assert [each.get_attribute("open") for each in details.all()] == ["", "", *[None] * 4]
        everything.click()
        assert [each.get_attribute("open") for each in details.all()] == [None] * 6


def test_a_line_of_the_timeline_opens_its_model_even_one_that_is_filtered_out(opened):
    with opened() as page:
        page.get_by_role("searchbox").fill("du lịch")
        page.get_by_role("link", name="8. Công chứng, chứng thực").click()

        page.locator("#MH8 details[open]").wait_for()
        assert 0 <= page.locator("#MH8").bounding_box()["y"] < 720
        assert shown(page) == ALL


def test_an_address_with_a_model_opens_it(opened):
    with opened("#MH23") as page:
        page.locator("#MH23 details[open]").wait_for()


def test_the_keyboard_reaches_everything_in_order_and_is_seen(opened):
    with opened() as page:
        reached = []
        for _ in range(90):
            page.keyboard.press("Tab")
            name, seen = page.evaluate(
                "[document.activeElement.name || document.activeElement.textContent.trim(),"
                " getComputedStyle(document.activeElement).outlineStyle]"
            )
            assert seen == "solid"
            reached.append(name)
            if name == "search":
                page.keyboard.type("lưu trú")
            elif name == "state":
                page.keyboard.press("ArrowDown")  # done on time
                page.keyboard.press("End")  # due soon
                page.keyboard.press("Home")
            elif name == "Tình trạng":
                page.keyboard.press("Enter")
            elif name.startswith("Triển khai nền tảng"):
                page.keyboard.press("Enter")
                break

        assert page.locator("[aria-sort]").inner_text().strip() == "Tình trạng"
        assert (shown(page), page.locator("#MH9 details[open]").count()) == (["9", "25"], 1)
        assert reached == [
            *("Mô hình 9, bước 2", "2 nhiệm vụ", "mô hình 9", "40"),
            "PVHTT – Phòng Văn hóa và Thông tin",
            *("CAH – Công an huyện Hớn Quản", "3 đơn vị chủ trì khác không có nhiệm vụ quá hạn"),
            *("Chưa hoàn thành – quá hạn: 2", "Chưa hoàn thành – trong hạn: 1", "Thường xuyên: 1"),
            *("Hoàn thành quá hạn: 1", "Hoàn thành đúng hạn: 1"),
            *("Tiến độ theo đơn vị chủ trì", "Biểu đồ tiến độ", "Danh mục nhiệm vụ"),
            *("Đơn vị", "Tổng số", "HT đúng hạn", "HT quá hạn", "Còn trong hạn", "Đang quá hạn"),
            *("Thường xuyên", "Tỷ lệ HT trên số đến hạn", "Tỷ lệ HT trên số được giao"),
            *("PVHTT – Phòng Văn hóa và Thông tin", "CAH – Công an huyện Hớn Quản"),
            *("PC06 – Phòng PC06, Công an tỉnh", "C06 – Cục C06", "CSLT – Các cơ sở lưu trú"),
            *("Nhiệm vụ", "Chủ trì", "Tiến độ", "Thời hạn"),
            "40. Phân tích tình hình du lịch",
            "9. Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3*",
            *("8. Công chứng, chứng thực", "23. LED", "6. Khám chữa bệnh bằng thẻ CCCD"),
            "25. Rà soát dân cư",
            *("search", "agency", "waiting", "state", "Xóa bộ lọc", "Mở/đóng tất cả chi tiết"),
            *("Mô hình", "STT", "Nhiệm vụ", "Thời hạn", "Chủ trì", "Tiến độ", "Tình trạng"),
            "Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3*",
        ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 820, 360])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_rule_of_accessibility_is_broken(opened, width, language, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    messages.use(language)
    with opened(viewport={"width": width, "height": 800}, color_scheme=scheme) as page:
        page.locator("#unfold").click()
        page.locator(".register button").first.click()

        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.get_by_role("row").count() >= 6


@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_is_wider_than_a_phone(opened, language):
    messages.use(language)
    with opened(view=shipped(), **PHONE) as page:
        page.locator("#unfold").click()

        assert page.evaluate("document.documentElement.scrollWidth") == 360
        beyond = """() => [...document.querySelectorAll("main *:not(svg *)")]
            .filter((each) => each.getBoundingClientRect().right > 361).map((each) => each.outerHTML)"""
        assert page.evaluate(beyond) == []


@pytest.mark.parametrize("width", [820, 1440])
def test_a_table_takes_the_whole_width_and_so_do_the_details_of_a_task(opened, width):
    with opened("#MH9", viewport={"width": width, "height": 900}) as page:
        page.locator("#MH9 details[open]").wait_for()
        table, last, details = (
            page.locator(selector).bounding_box()
            for selector in ("#models", "#models thead th:last-child", "#MH9 .more")
        )

        assert last["x"] + last["width"] == pytest.approx(table["x"] + table["width"], abs=1)
        assert details["width"] == pytest.approx(table["width"], abs=1)
        assert page.locator("#MH9 .task").bounding_box()["width"] > 200


def test_everything_is_there_without_scripts(opened):
    with opened(java_script_enabled=False) as page:
        assert shown(page) == ALL
        assert not page.get_by_role("search").is_visible()
        assert page.locator(".timeline tbody tr:visible").count() == 6
        page.locator("summary").first.click()
        assert page.locator(".trend").is_visible()
        assert page.get_by_text("đến 30/12/2023, quyết định 25/11/2023").is_visible()


# On paper -----------------------------------------------------------------------------------------


def test_the_page_is_printed_on_a4_with_headings_on_each_sheet_and_no_row_cut(opened, tmp_path):
    names = ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy")
    a_plan = samples.plan(
        *(model(number, lead=names) for number in range(1, 31)),
        agencies=tuple(Agency(name, name, short=f"Đơn vị {name}") for name in names),
    )
    with opened(view=samples.view(a_plan)) as page:
        paper = browsing.Printed(page, tmp_path / "plan.pdf")

    assert paper.sizes == [(210, 297), *[(297, 210)] * (len(paper.pages) - 1)]
    assert re.match(r" *Kế hoạch +Số liệu tính đến ngày 11/01/2024\n", paper.pages[0])
    assert all(text.startswith(paper.pages[0][:20].lstrip()[:8]) for text in paper.pages)
    at = next(at for at, text in enumerate(paper.pages) if "Danh mục nhiệm vụ" in text)
    timeline = paper.pages[1:at]
    assert all(re.search(r"Nhiệm vụ +Chủ trì", text) for text in timeline)
    drawn = re.findall(r"\d+\. Nhiệm vụ \d+ .* 30/12/2023", "".join(paper.pages[1 : at + 1]))
    assert len(drawn) == 30
    register = [text.rpartition("Danh mục nhiệm vụ")[2] for text in paper.pages[at:]]
    assert len(register) > 3
    for text in register:
        assert re.search(r"STT +Nhiệm vụ +Thời hạn +Chủ trì +Tiến độ +Tình trạng", text)
        rows = len(re.findall(r"Nhiệm vụ \d+ ", text))
        assert [
            text.count(f"Đơn vị {name}\n") + text.count(f"Đơn vị {name} ") for name in names
        ] == [rows] * 7


def test_the_summary_and_the_agencies_are_one_sheet(opened, tmp_path):
    with opened(view=shipped()) as page:
        paper = browsing.Printed(page, tmp_path / "plan.pdf")

    first, second = paper.pages[:2]
    assert "nhiệm vụ quá hạn" in first
    assert re.search(r"Tổng số +24 ", first)
    assert "Biểu đồ tiến độ" in second
    assert re.match(
        r" *Tiến độ Đề án 06 – huyện Hớn Quản +Số liệu tính đến ngày 11/01/2024\n", second
    )


def test_what_is_printed_is_what_is_seen(opened, tmp_path):
    with opened() as page:
        whole = browsing.Printed(page, tmp_path / "whole.pdf")
        choice(page, "Tình trạng").select_option("Chưa hoàn thành – quá hạn")
        page.locator("#MH9 summary").click()
        part = browsing.Printed(page, tmp_path / "part.pdf")

    told, narrowed = "".join(whole.pages), "".join(part.pages)
    assert "Tìm (không cần gõ dấu)" not in told
    assert "Hiện 6 trên 6" not in told
    assert "12/CV-UBND" not in told
    assert "Hiển thị 2/6 nhiệm vụ; Chưa hoàn thành – quá hạn" in narrowed
    assert "12/CV-UBND" in narrowed
