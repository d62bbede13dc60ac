"""The terminal's renderer: text wraps between words, nothing is lost, what people typed stays data."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import RenderableType
from samples import SHOWN, model, plan, step, task, tasks, texts, view
from support import MODELS_FILE

from de06cli import messages
from de06cli.plan.cache import lazy
from de06cli.plan.cache.lazy import LazyPlan
from de06cli.plan.file import reader
from de06cli.plan.findings import Finding, Location
from de06cli.plan.records import Plan
from de06cli.tracking import filters
from de06cli.tracking.assignments import entries
from de06cli.tracking.figures.statistics import figures, figures_by
from de06cli.tracking.states import overdue_steps, upcoming_steps
from de06cli.tracking.terms import By
from de06cli.views.contents import lateness, model_sheet, tables
from de06cli.views.text import terminal

WIDTHS = [40, 60, 80, 120, 200]
PLAN = lazy.whole(plan(model(1)))
Shown = Callable[..., str]


@pytest.fixture(autouse=True)
def a_terminal_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows Rich asks the console itself, which tests have none of, and would take it for an old one."""
    monkeypatch.setattr("rich.console.detect_legacy_windows", lambda: False)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shown:
    """What a terminal of a width shows, its colours left out, without the spaces that fill a line."""

    def show(width: int, *parts: Callable[[], RenderableType]) -> str:
        monkeypatch.setenv("COLUMNS", str(width))
        terminal.show(*(part() for part in parts))
        text = capsys.readouterr().out
        assert "\x1b" not in text
        return "".join(f"{line.rstrip()}\n" for line in text.splitlines())

    return show


def listing(*models):
    return terminal.table(tables.tasks(tasks(*models)), "Số liệu tính đến ngày 11/01/2024.")


def overdue(a_plan: Plan, *, upcoming: bool = False):
    seen = view(a_plan)
    listed = seen.tasks()
    soon = filters.upcoming(listed, 7) if upcoming else []
    steps = overdue_steps(listed)
    return terminal.digest(lateness.digest(seen, filters.overdue(listed), steps, soon))


def whole(a_model, of: LazyPlan = PLAN):
    return terminal.sheet(model_sheet.sheet(task(a_model), of, frozenset()))


# Whole screens ------------------------------------------------------------------------------------


def test_a_list_on_a_wide_terminal(shown):
    assert shown(110, lambda: listing(*SHOWN[3:], SHOWN[1])) == (
        """\
Mô hình  STT  Nhiệm vụ                       Thời hạn  Chủ trì  Tiến độ  Tình trạng
──────────────────────────────────────────────────────────────────────────────────────────────────────────
      8    3  Công chứng, chứng thực       30/12/2023  PC06     ● 1/1    Hoàn thành đúng hạn
     23       LED                          30/12/2023  CAH      ●– 2/2   Hoàn thành quá hạn 5 ngày
     25       Rà soát dân cư                           CSLT     ○ 0/1    Thường xuyên
     40   23  Phân tích tình hình du lịch  30/10/2023  PVHTT    ○ 0/1    Chưa hoàn thành – quá hạn 73 ngày
Số liệu tính đến ngày 11/01/2024.
"""
    )


def test_a_list_on_a_usual_terminal(shown):
    assert shown(80, lambda: listing(*SHOWN)) == (
        """\
  Mô                                              Chủ    Tiến
hình  STT  Nhiệm vụ                     Thời hạn  trì    độ    Tình trạng
────────────────────────────────────────────────────────────────────────────────
   9    4  Triển khai nền tảng quản   30/12/2023  CAH,   ●✗○   Chưa hoàn thành –
           lý lưu trú tại: Nhà trọ;               PVHTT  1/3   quá hạn 12 ngày
           Nhà nghỉ; Khách sạn 2-3*
  40   23  Phân tích tình hình du     30/10/2023  PVHTT  ○     Chưa hoàn thành –
           lịch                                          0/1   quá hạn 73 ngày
   6    2  Khám chữa bệnh bằng thẻ    15/01/2024  C06    ○     Chưa hoàn thành –
           CCCD                                          0/1   trong hạn (sắp
                                                               đến hạn, còn 4
                                                               ngày)
   8    3  Công chứng, chứng thực     30/12/2023  PC06   ●     Hoàn thành đúng
                                                         1/1   hạn
  23       LED                        30/12/2023  CAH    ●–    Hoàn thành quá
                                                         2/2   hạn 5 ngày
  25       Rà soát dân cư                         CSLT   ○     Thường xuyên
                                                         0/1
Số liệu tính đến ngày 11/01/2024.
"""
    )


def test_a_list_on_a_narrow_terminal(shown):
    assert shown(40, lambda: listing(SHOWN[0], SHOWN[5])) == (
        """\
Mô hình 9 (STT 4) Triển khai nền tảng
  quản lý lưu trú tại: Nhà trọ; Nhà
  nghỉ; Khách sạn 2-3*
  Thời hạn: 30/12/2023
  Chủ trì: CAH, PVHTT · Tiến độ: ●✗○ 1/3
  Tình trạng: Chưa hoàn thành – quá hạn
  12 ngày
Mô hình 25 Rà soát dân cư
  Chủ trì: CSLT · Tiến độ: ○ 0/1
  Tình trạng: Thường xuyên
Số liệu tính đến ngày 11/01/2024.
"""
    )


def test_a_model_whole(shown):
    assert shown(60, lambda: whole(SHOWN[0])) == (
        """\
Mô hình 9 (STT 4)
Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ;
Khách sạn 2-3*

Tình trạng            Chưa hoàn thành – quá hạn 12 ngày
Thời hạn              30/12/2023 (đã gia hạn 1 lần, hạn ban
                      đầu 30/11/2023)
Gia hạn               đến 30/12/2023, quyết định 25/11/2023,
                      12/CV-UBND, chờ kinh phí
Tiến độ               ●✗○ 1/3
Cập nhật gần nhất     05/12/2023
Chủ trì               CAH – Công an huyện Hớn Quản
                      PVHTT – Phòng Văn hóa và Thông tin
Phối hợp              PC06 – Phòng PC06, Công an tỉnh
Lực lượng triển khai  CAH – Công an huyện Hớn Quản
                      CSLT – Các cơ sở lưu trú
Doanh nghiệp          VNPT

Bước 1  ● Hoàn thành 20/11/2023 – CAH – 45/BC-CAH
  Công an huyện phối hợp Phòng Văn hóa thông tin tuyên
  truyền và hướng dẫn các cơ sở lưu trú.
  Đơn vị thực hiện  CAH, PVHTT
Bước 2  ✗ Vướng mắc 05/12/2023 – chờ kinh phí
  Công an huyện phối hợp PC06 tạo tài khoản cho cơ sở lưu
  trú và hướng dẫn thực hiện.
  Thời hạn của bước  15/12/2023 (quá hạn 27 ngày)
Bước 3  ○ Chưa thực hiện
  Các cơ sở lưu trú đăng ký hằng ngày.
  Đơn vị thực hiện  CSLT

Nội dung theo kế hoạch
  Tổ chức thực hiện  Công an huyện: Chủ trì tổ chức triển
                     khai.
                     Phòng VH TT khai thác dữ liệu.
  Hiệu quả           Quản lý khách lưu trú; kịp thời phát
                     hiện đối tượng truy nã.
  Thiết bị           Miễn phí trong năm 2023

Theo văn bản gốc
  Thời hạn: 30/11/2023 · Chủ trì: CAH, Phòng VH&TT
  Phối hợp: PC06
  Lực lượng triển khai: CAH, các cơ sở lưu trú

Nội dung cần làm rõ
  Thiết bị “Miễn phí trong năm 2023”: từ năm 2024 trả phí
  thế nào?

"""
    )


def test_the_overdue_report_has_one_set_of_columns(shown):
    assert shown(80, lambda: overdue(plan(*SHOWN), upcoming=True)) == (
        """\
2 nhiệm vụ quá hạn tính đến ngày 11/01/2024

PVHTT – Phòng Văn hóa và Thông tin (2)
40  Phân tích tình hình du lịch                                  Quá hạn 73 ngày
    30/10/2023 · ○ 0/1 · STT 23 · Cập nhật gần nhất: chưa cập nhật
    Bước tiếp theo: 1. Tập huấn.
 9  Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ;  Quá hạn 12 ngày
    Khách sạn 2-3*
    30/12/2023 (gia hạn) · ●✗○ 1/3 · STT 4 · Cùng chủ trì: CAH
    Cập nhật gần nhất: 05/12/2023
    Bước vướng mắc (từ ngày 05/12/2023): 2. Công an huyện phối hợp PC06 tạo tài
    khoản cho cơ sở lưu trú và hướng dẫn thực hiện. (chờ kinh phí)

CAH – Công an huyện Hớn Quản (1)
  Cùng chủ trì, xem ở PVHTT: Mô hình 9

Đến hạn trong 7 ngày tới
6  Khám chữa bệnh bằng thẻ CCCD                                       Còn 4 ngày
   15/01/2024 · C06 · ○ 0/1 · STT 2
"""
    )


def test_the_overdue_report_on_a_narrow_terminal_in_english(shown):
    messages.use("en")

    assert shown(50, lambda: overdue(plan(*SHOWN[1:3]))) == (
        """\
1 task overdue as of 11 Jan 2024

PVHTT – Phòng Văn hóa và Thông tin (1)
40  Phân tích tình hình du lịch
    73 days overdue
    30 Oct 2023 · ○ 0/1 · row 23
    Last update: not updated yet
    Next step: 1. Tập huấn.
"""
    )


def test_steps_with_their_own_deadline(shown):
    listed = tasks(
        model(9, step(1, due="2024-01-11"), step(2, due="2024-01-12"), deadline="2024-02-01"),
        model(8, step(1, text=SHOWN[0].steps[1].text, due="2024-01-05"), deadline="2024-02-01"),
    )

    text = shown(
        60,
        lambda: terminal.steps(upcoming_steps(listed, within=14)),
        lambda: terminal.steps(overdue_steps(listed)),
    )

    assert text == (
        """\

Bước sắp đến hạn
– Mô hình 9, bước 1: Tập huấn. – hạn 11/01/2024, đến hạn hôm
  nay
– Mô hình 9, bước 2: Tập huấn. – hạn 12/01/2024, còn 1 ngày

Bước quá hạn
– Mô hình 8, bước 1: Công an huyện phối hợp PC06 tạo tài
  khoản cho cơ sở lưu trú và hướng dẫn thực hiện. – hạn
  05/01/2024, quá hạn 6 ngày
"""
    )


def test_the_two_by_two_table(shown):
    total = figures(tasks(*SHOWN))

    assert shown(80, lambda: terminal.table(tables.two_by_two(total), "Số liệu.")) == (
        """\
                                    Trong hạn  Quá hạn      Tổng số
───────────────────────────────────────────────────────────────────
Hoàn thành                                  1        1            2
Chưa hoàn thành                             1        2            3
Thường xuyên                                                      1
Tổng số                                                           6
Tỷ lệ hoàn thành trên số đến hạn                        50,0% (2/4)
Tỷ lệ hoàn thành trên số được giao                      40,0% (2/5)
Số liệu.
"""
    )


def test_the_register_of_agencies(shown):
    table = tables.agencies(entries(view(plan(*SHOWN)), ""))

    assert shown(60, lambda: terminal.table(table, "Số liệu.")) == (
        """\
C06 – Cục C06 · Cấp: Trung ương · Chủ trì: 6
PC06 – Phòng PC06, Công an tỉnh · Cấp: Tỉnh · Chủ trì: 8
  Phối hợp: 9
CAH – Công an huyện Hớn Quản · Cấp: Huyện · Chủ trì: 9, 23
  Lực lượng triển khai: 9
PVHTT – Phòng Văn hóa và Thông tin · Cấp: Huyện
  Chủ trì: 9, 40
CSLT – Các cơ sở lưu trú · Chủ trì: 25
  Lực lượng triển khai: 9
Số liệu.
"""
    )


def test_figures_by_agency_end_with_the_total(shown):
    listed = tasks(*SHOWN)
    plans = view(plan(*SHOWN)).portfolio
    rows = figures_by(listed, By.AGENCY, plans)
    table = tables.statistics(rows, figures(listed), By.AGENCY, plans)

    assert shown(80, lambda: terminal.table(table)) == (
        """\
                                                                           Tỷ lệ
                                                                   Tỷ lệ      HT
                                              Chưa  Chưa              HT    trên
                                    HT   HT     HT    HT            trên      số
                            Tổng  đúng  quá  trong   quá  Thường  số đến    được
Đơn vị                        số   hạn  hạn    hạn   hạn   xuyên     hạn    giao
────────────────────────────────────────────────────────────────────────────────
C06 – Cục C06                  1     0    0      1     0       0       –    0,0%
                                                                           (0/1)
PC06 – Phòng PC06, Công an     1     1    0      0     0       0  100,0%  100,0%
tỉnh                                                               (1/1)   (1/1)
CAH – Công an huyện Hớn        2     0    1      0     1       0   50,0%   50,0%
Quản                                                               (1/2)   (1/2)
PVHTT – Phòng Văn hóa và       2     0    0      0     2       0    0,0%    0,0%
Thông tin                                                          (0/2)   (0/2)
CSLT – Các cơ sở lưu trú       1     0    0      0     0       1       –       –
────────────────────────────────────────────────────────────────────────────────
Tổng số                        6     1    1      1     2       1   50,0%   40,0%
                                                                   (2/4)   (2/5)
"""
    )


def test_a_total_too_wide_for_a_row_is_a_block_of_its_own(shown):
    seen = view(plan(*SHOWN[1:3]))
    listed, plans = seen.tasks(), seen.portfolio
    by_level = figures_by(listed, By.LEVEL, plans)
    table = tables.statistics(by_level, figures(listed), By.LEVEL, plans)

    assert shown(40, lambda: terminal.table(table)) == (
        """\
Trung ương · Tổng số: 1
  Chưa HT trong hạn: 1
  Tỷ lệ HT trên số đến hạn: –
  Tỷ lệ HT trên số được giao: 0,0% (0/1)
Huyện · Tổng số: 1 · Chưa HT quá hạn: 1
  Tỷ lệ HT trên số đến hạn: 0,0% (0/1)
  Tỷ lệ HT trên số được giao: 0,0% (0/1)
Tổng số · Tổng số: 2
  Chưa HT trong hạn: 1
  Chưa HT quá hạn: 1
  Tỷ lệ HT trên số đến hạn: 0,0% (0/1)
  Tỷ lệ HT trên số được giao: 0,0% (0/2)
"""
    )


SOURCE = [
    "plan:",
    "  declared_models: 23   # văn bản ghi 23",
    "  - code: \tUBNDH\x1b",
    "    title: " + "x" * 200 + "HERE" + "y" * 200,
]


def found(*listed: Finding):
    return terminal.findings(listed, "data/models.yaml", lambda number: SOURCE[number - 1])


def test_a_finding_points_at_its_place(shown):
    listed = [
        Finding("W406", Location(2, 20), "Văn bản ghi 23 nhiệm vụ, tệp có 24."),
        Finding("N501", Location(3, 11), "Không có nhiệm vụ nào giao cho UBNDH."),
        Finding("E104", Location(3, 17), "de06 không nhận ký tự điều khiển U+001B.", "Hãy xóa."),
    ]

    assert shown(80, lambda: found(*listed)) == (
        """\
data/models.yaml:2:20 W406 Văn bản ghi 23 nhiệm vụ, tệp có 24.
      declared_models: 23   # văn bản ghi 23
                       ^
data/models.yaml:3:11 N501 Không có nhiệm vụ nào giao cho UBNDH.
data/models.yaml:3:17 E104 de06 không nhận ký tự điều khiển U+001B. Hãy xóa.
      - code:  UBNDH
                    ^
"""
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_a_long_line_is_clipped_around_the_place(shown, width):
    finding = Finding("E206", Location(4, 212), "“HERE” không dùng được.")

    *_, quoted, caret = shown(width, lambda: found(finding)).splitlines()

    assert len(quoted) <= width
    assert quoted[caret.index("^") :].startswith("HERE")


# Every width --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> Plan:
    found = reader.read(MODELS_FILE.read_bytes()).plan
    assert found is not None
    return found


def words_of(text: str) -> set[str]:
    return set(text.split())


@pytest.mark.parametrize("width", WIDTHS)
def test_the_shipped_list_fits_and_loses_no_word(shown, shipped, width):
    text = shown(width, lambda: listing(*shipped.models))

    assert max(map(cell_len, text.splitlines())) <= width
    assert words_of(" ".join(each.title for each in shipped.models)) <= words_of(text)


@pytest.mark.parametrize("width", WIDTHS)
def test_each_shipped_model_fits_and_loses_no_word(shown, shipped, width):
    of = lazy.whole(shipped)
    for each in shipped.models:
        text = shown(width, lambda each=each: whole(each, of))

        assert max(map(cell_len, text.splitlines())) <= width
        told = [each.title, *each.organisation, each.outcome, each.equipment, each.review]
        told += [one.text for one in each.steps]
        told += [each.source.deadline, each.source.lead, each.source.support]
        told += [of.register.by_code[code].name for code in (*each.lead, *each.support)]
        assert words_of(" ".join(filter(None, told))) <= words_of(text)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_shipped_overdue_report_fits_and_loses_no_word(shown, shipped, width):
    text = shown(width, lambda: overdue(shipped))

    assert max(map(cell_len, text.splitlines())) <= width
    told = [f"{each.title} {each.steps[0].text}" for each in shipped.models]
    assert words_of(" ".join(told)) <= words_of(text)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_shipped_agencies_and_figures_fit_and_lose_no_word(shown, shipped, width):
    seen = view(shipped)
    listed, plans = seen.tasks(), seen.portfolio
    total = figures(listed)
    every = [tables.agencies(entries(seen, "")), tables.two_by_two(total)]
    for by in By:
        rows = figures_by(listed, by, plans)
        every.append(tables.statistics(rows, total, by, plans))
    for table in every:
        text = shown(width, lambda table=table: terminal.table(table))

        assert max(map(cell_len, text.splitlines())) <= width
        # Where a row is a block, its name has no title, and zeros are left out with theirs.
        cells = [cell.text for row in table.rows for cell in row if cell.text != "0"]
        titles = [
            column.title
            for at, column in enumerate(table.columns[1:], 1)
            if column.title != "Tên" and any(row[at].text != "0" for row in table.rows)
        ]
        assert words_of(" ".join(cells)) <= words_of(text)
        assert words_of(" ".join(titles)) <= words_of(text.replace(":", ""))


# What people typed --------------------------------------------------------------------------------

LONG = "Đường-dẫn-rất-dài-" * 12  # one word of 216 letters
HOSTILE = [
    "[red]đỏ[/red] [bold]đậm[/] [link=https://example.vn]đây[/link] [/]",
    ":smile: :heart: :warning:",
    r"\x1b[31m \u202e \n {0} %s \[red]",
    "中文字幕 日本語 한국어 ｆｕｌｌ",
    "👨‍👩‍👧 👍🏽 🇻🇳 ☎️",
    "a\u200bb\u200dc\u00add\u2060e f\u00a0g",
    "e\u0302\u0301 NFD: tie\u0302\u0301ng Vie\u0323\u0302t",
    LONG,
    "中" * 150,
    "https://dichvucong.gov.vn/p/home/dvc-tthc-thu-tuc-hanh-chinh-chi-tiet.html?ma_thu_tuc=2.000815",
]
STEERING = [
    "a\x1b[31mđỏ\x1b[0m",
    "a\x07b",
    "a\x9b31mb",
    "a\u202edcb\u202c",
    "\u2066a\u2069",
    "a\x08b",
]


def close(text: str) -> str:
    """The text without any white space: a word that no line can hold is folded, not cut."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_stays_as_it_is(shown, width, text):
    held_up = step(1, "blocked", text, note=text)
    a_plan = plan(model(9, held_up, title=text, equipment=text))
    for screen in (
        lambda: listing(*a_plan.models),
        lambda: overdue(a_plan),
        lambda: whole(a_plan.models[0]),
    ):
        output = shown(width, screen)

        assert max(map(cell_len, output.splitlines())) <= width
        folded = [word for word in text.split() if word not in " ".join(output.split())]
        assert all(cell_len(word) > width - 20 and word in close(output) for word in folded)


@pytest.mark.parametrize("text", STEERING)
def test_what_would_steer_the_terminal_is_shown_as_a_sign(shown, text):
    a_plan = plan(model(9, step(1, "blocked", text, note=text), title=text, review=text))
    for screen in (
        lambda: listing(*a_plan.models),
        lambda: overdue(a_plan),
        lambda: whole(a_plan.models[0]),
        lambda: found(Finding("E206", Location(1, 1), text, text)),
    ):
        output = shown(80, screen)

        assert "�" in output
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", output)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(texts, max_size=4), st.integers(30, 140))
def test_whatever_a_title_holds_it_fits_and_no_word_is_lost(shown, titles, width):
    listed = [model(number, title=title) for number, title in enumerate(titles)]

    output = shown(width, lambda: listing(*listed))

    assert max(map(cell_len, output.splitlines())) <= width
    assert all(word in output for word in " ".join(titles).split() if cell_len(word) < 16)


# Colours ------------------------------------------------------------------------------------------


@pytest.fixture
def coloured(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shown:
    """What a terminal is sent, its colours too."""

    def show(part: Callable[[], RenderableType], width: int = 100) -> str:
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm-256color")
        terminal.show(part())
        return capsys.readouterr().out

    return show


def test_what_is_late_is_red_what_is_soon_yellow_what_is_done_green(coloured, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)

    text = coloured(lambda: listing(*SHOWN[1:4]))

    assert "\x1b[1;38;5;160m30/10/2023\x1b[0m" in text
    assert "\x1b[38;5;130m15/01/2024\x1b[0m" in text
    assert "\x1b[38;5;28m30/12/2023\x1b[0m" in text


def test_a_block_has_the_colours_of_a_row(coloured, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)

    text = coloured(lambda: listing(SHOWN[1]), 40)

    assert "\x1b[1mMô hình 40 (STT 23) Phân tích tình\x1b[0m" in text
    assert "\x1b[38;5;243mThời hạn: \x1b[0m\x1b[1;38;5;160m30/10/2023\x1b[0m" in text


def test_a_sheet_shows_what_is_held_up_done_and_still_asked(coloured, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)

    text = coloured(lambda: whole(SHOWN[0]))

    assert "\x1b[1;38;5;160mChưa hoàn thành – quá hạn 12 ngày" in text
    assert "\x1b[38;5;28mBước 1  ● Hoàn thành 20/11/2023 – CAH – 45/BC-CAH\x1b[0m" in text
    assert "\x1b[1;38;5;160mBước 2  ✗ Vướng mắc 05/12/2023 – chờ kinh phí\x1b[0m" in text
    assert "\x1b[1mBước 3  ○ Chưa thực hiện\x1b[0m" in text
    assert "\x1b[38;5;130mNội dung cần làm rõ\x1b[0m" in text


@pytest.mark.parametrize(
    ("code", "colour"),
    [("E206", "\x1b[1;38;5;160m"), ("W406", "\x1b[38;5;130m"), ("N501", "\x1b[38;5;31m")],
)
def test_a_findings_colour_is_its_severity(coloured, monkeypatch, code, colour):
    monkeypatch.delenv("NO_COLOR", raising=False)

    assert f"{colour}{code}\x1b[0m" in coloured(
        lambda: found(Finding(code, Location(1, 1), "Sai."))
    )


@pytest.mark.parametrize(
    ("due", "told"),
    [
        ("2024-01-10", "\x1b[1;38;5;160mhạn 10/01/2024, quá hạn 1 ngày\x1b[0m"),
        ("2024-01-11", "\x1b[38;5;130mhạn 11/01/2024, đến hạn hôm nay\x1b[0m"),
    ],
)
def test_a_steps_own_deadline_is_red_once_it_is_past(coloured, monkeypatch, due, told):
    monkeypatch.delenv("NO_COLOR", raising=False)
    listed = tasks(model(9, step(1, due=due), deadline="2024-02-01"))
    late = overdue_steps(listed) or upcoming_steps(listed, within=0)

    assert told in coloured(lambda: terminal.steps(late))


def test_no_color_leaves_the_colours_out(coloured, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")

    text = coloured(lambda: listing(*SHOWN[1:4]))

    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", text)
    assert "30/10/2023" in text
