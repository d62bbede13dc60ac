"""The workbook as other programs open it: what its sheets say, show, print and keep as text."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import filling
import pytest
import samples
import support
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from de06cli import messages
from de06cli.plan import portfolio
from de06cli.plan.cache import lazy
from de06cli.plan.records import Model, Plan
from de06cli.tracking.filled import Filled
from de06cli.tracking.states import Situation, as_of
from de06cli.tracking.terms import State
from de06cli.views.office.xlsx import reading, workbook

HOSTILE = [
    '=HYPERLINK("http://example.vn";"xem")',
    "=1+1",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "'nháy",
    "#N/A",
    "TRUE",
    "00123",
    "12/5",
    "1e10",
    "<script>alert(1)</script> &amp; ]]>",
    "_x000D_ _x0041_",
    "שלום مرحبا",
    "dòng 1\n\tdòng 2",
    "😀 \U0001f1fb\U0001f1f3",
    '"; "',
]


def view(*plans: Plan, today: date = samples.TODAY) -> Situation:
    files = [portfolio.Located(f"{number}.yaml", f"{number}.yaml") for number in range(len(plans))]
    return as_of(portfolio.of(files, [lazy.whole(plan) for plan in plans]), (today,) * len(plans))


def written(path: Path, *models: Model, today: date = samples.TODAY) -> Workbook:
    """The workbook of one plan, opened again."""
    return opened(path, view(samples.plan(*models), today=today))


def opened(path: Path, seen: Situation) -> Workbook:
    workbook.write(seen, seen.tasks(), path)
    return load_workbook(path)


def texts(cells: Iterable[Any]) -> list[Any]:
    """What cells show; days as they are formatted."""
    return [
        cell.value.strftime("%d/%m/%Y") if isinstance(cell.value, datetime) else cell.value
        for cell in cells
    ]


def grid(sheet: Worksheet, area: str) -> list[list[Any]]:
    return [texts(row) for row in sheet[area]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plan.xlsx"


# The appendix ---------------------------------------------------------------------------------------


def test_the_appendix_has_the_columns_of_the_printed_one_and_what_is_tracked(path):
    sheet = written(path, samples.LODGING)["Phụ lục"]

    assert grid(sheet, "A1:A3") == [["Kế hoạch"], ["1 nhiệm vụ"], ["11/01/2024"]]
    assert sheet["A3"].number_format == r'"Số liệu tính đến ngày "dd\/mm\/yyyy'
    assert grid(sheet, "A5:P6") == [
        [
            "STT", "NHIỆM VỤ", "THỜI GIAN HOÀN THÀNH", "CÁC BƯỚC THỰC HIỆN", "THIẾT BỊ",
            "PHÂN CÔNG THỰC HIỆN", None, None, "CÁC DOANH NGHIỆP CÓ GIẢI PHÁP TRIỂN KHAI",
            "THEO DÕI", None, None, None, None, None, None,
        ],
        [
            None, None, None, None, None, "Chủ trì", "Phối hợp", "Lực lượng triển khai", None,
            "Thời hạn", "Số lần gia hạn", "Tiến độ", "Ngày hoàn thành", "Số ngày quá hạn",
            "Tình trạng", "Cập nhật gần nhất",
        ],
    ]  # fmt: skip
    assert texts(sheet[7][:16]) == [
        4,
        (
            "Mô hình 9: Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3*\n"
            "Tổ chức thực hiện:\n"
            "- Công an huyện: Chủ trì tổ chức triển khai.\n"
            "- Phòng VH TT khai thác dữ liệu.\n"
            "Hiệu quả: Quản lý khách lưu trú; kịp thời phát hiện đối tượng truy nã."
        ),
        "30/11/2023",
        (
            "Bước 1: Công an huyện phối hợp Phòng Văn hóa thông tin tuyên truyền và hướng dẫn các cơ "
            "sở lưu trú.\n"
            "Bước 2: Công an huyện phối hợp PC06 tạo tài khoản cho cơ sở lưu trú và hướng dẫn thực "
            "hiện.\n"
            "Bước 3: Các cơ sở lưu trú đăng ký hằng ngày."
        ),
        "Miễn phí trong năm 2023",
        "CAH, Phòng VH&TT",
        "PC06",
        "CAH, các cơ sở lưu trú",
        "VNPT",
        "30/12/2023",
        1,
        pytest.approx(1 / 3),
        None,
        12,
        "Chưa hoàn thành – quá hạn",
        "05/12/2023",
    ]
    assert [sheet[cell].number_format for cell in ("C7", "J7", "L7")] == [
        r"dd\/mm\/yyyy",
        r"dd\/mm\/yyyy",
        "0%",
    ]


@pytest.mark.parametrize(
    ("printed", "details", "shown"),
    [
        ("30/12/2023.", {}, "30/12/2023"),
        (
            "Triển khai trước 30/12/2023 và duy trì liên tục",
            {"ongoing": "liên tục"},
            "Triển khai trước 30/12/2023 và duy trì liên tục",
        ),
        (None, {}, "30/12/2023"),
        (None, {"ongoing": "liên tục"}, "30/12/2023, sau đó duy trì liên tục"),
        (None, {"ongoing": "liên tục", "deadline": None}, "liên tục"),
    ],
)
def test_a_deadline_is_a_day_unless_the_printed_cell_says_more(path, printed, details, shown):
    source = samples.Source(deadline=printed) if printed else None
    sheet = written(path, samples.model(1, source=source, **details))["Phụ lục"]

    assert texts([sheet["C7"]]) == [shown]


def test_the_appendix_prints_as_the_office_does(path):
    sheet = written(path, *samples.SHOWN)["Phụ lục"]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$5:$6"
    assert sheet.print_area == "'Phụ lục'!$A$1:$I$12"
    assert sheet.freeze_panes == "B7"
    assert sheet.auto_filter.ref == "A6:Q12", "the hidden seals are sorted too"
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"A1:I1", "F5:H5", "A5:A6", "J5:P5"}
    assert (sheet["B7"].font.name, sheet["B7"].alignment.wrap_text) == ("Times New Roman", True)


def test_rows_are_as_high_as_their_texts_until_somebody_edits_them(path):
    long = samples.model(1, samples.step(1, text="Tập huấn cho cán bộ. " * 20))
    sheet = written(path, long, samples.model(2))["Phụ lục"]
    heights = [sheet.row_dimensions[row].height for row in (7, 8)]

    assert heights == [131.25, 31.5], "nine lines, and the two of the state"
    with ZipFile(path) as archive:
        assert (
            'customHeight="1"'
            not in archive.read("xl/worksheets/sheet1.xml").decode().split('<row r="7"')[1]
        )


# Late rows ------------------------------------------------------------------------------------------


def test_late_rows_are_marked_against_the_day_in_the_sheet(path):
    book = written(path, *samples.SHOWN)
    rules = {
        title: [
            (str(cells.sqref), rule.formula)
            for cells in book[title].conditional_formatting
            for rule in cells.rules
        ]
        for title in ("Phụ lục", "Các bước", "Tổng hợp")
    }

    assert rules == {
        "Phụ lục": [("A7:P12", ['AND(ISNUMBER($J7),$M7="",$J7<$A$3)'])],
        "Các bước": [
            (
                "A8:I16",
                [
                    (
                        'AND($J8<>"Hoàn thành",$J8<>"Không thực hiện",'
                        "OR(AND(ISNUMBER($H8),$H8<$A$3),AND(ISNUMBER($I8),$I8<$A$3)))"
                    )
                ],
            )
        ],
        "Tổng hợp": [("D7", ["$D$7>0"]), ("G14:G19", ["$G14>0"])],
    }


def test_what_is_marked_is_what_is_late(path):
    """LibreOffice works out the formulas of the marks, put into cells beside the rows."""
    book = written(path, *samples.SHOWN)
    for title, formula, rows in (
        ("Phụ lục", "$J7", range(7, 13)),
        ("Các bước", "$J8", range(8, 17)),
    ):
        sheet = book[title]
        (rule,) = next(iter(sheet.conditional_formatting)).rules
        first = formula[2:]
        for row in rows:
            told = re.sub(rf"(\$[A-Z]){first}\b", rf"\g<1>{row}", rule.formula[0])
            sheet.cell(row, 30).value = f"={told}"
    book.save(path)
    book = load_workbook(filling.saved_by_libreoffice(path), data_only=True)
    marked = [bool(cell.value) for cell in book["Phụ lục"]["AD"][6:12]]
    steps = [(row[0], row[3]) for row in grid(book["Các bước"], "A8:AD16") if row[29]]

    assert marked == [
        task.state is State.OPEN_OVERDUE for task in view(samples.plan(*samples.SHOWN)).tasks()
    ]
    assert steps == [(9, 2), (9, 3), (40, 1)]


# The steps ------------------------------------------------------------------------------------------


def test_the_steps_stand_a_row_each_with_cells_to_be_filled_in(path):
    sheet = written(path, samples.LODGING)["Các bước"]

    assert grid(sheet, "A6:O7") == [
        [
            "Mô hình", "STT", "Nhiệm vụ", "Bước", "Nội dung bước", "Chủ trì", "Đơn vị thực hiện",
            "Thời hạn", "Thời hạn của bước", "PHẦN ĐƠN VỊ CẬP NHẬT", None, None, None, None, "Kế hoạch",
        ],
        [
            None, None, None, None, None, None, None, None, None,
            "Tình trạng", "Ngày", "Đơn vị thực hiện", "Minh chứng (số, ký hiệu)", "Ghi chú", None,
        ],
    ]  # fmt: skip
    assert [row[3:4] + row[6:] for row in grid(sheet, "A8:O10")] == [
        [
            1, "CAH, PVHTT", "30/12/2023", None, "Hoàn thành", "20/11/2023", "CAH", "45/BC-CAH",
            None, "HONQUAN",
        ],
        [
            2, None, "30/12/2023", "15/12/2023", "Vướng mắc", "05/12/2023", None, None,
            "chờ kinh phí", "HONQUAN",
        ],
        [3, "CSLT", "30/12/2023", None, "Chưa thực hiện", None, None, None, None, "HONQUAN"],
    ]  # fmt: skip


def test_agencies_have_their_short_names_where_nothing_is_to_be_filled_in(path):
    made = samples.plan(samples.LODGING)
    agencies = tuple(
        one._replace(short="CA huyện") if one.code == "CAH" else one for one in made.agencies
    )
    book = opened(path, view(made._replace(agencies=agencies)))

    assert [row[0] for row in grid(book["Các bước"], "F8:F10")] == ["CA huyện, PVHTT"] * 3
    assert grid(book["Các bước"], "G8:L8")[0][0] == "CA huyện, PVHTT"
    assert grid(book["Các bước"], "L8:L8") == [["CAH"]]  # who did it, as `import` reads it back


def test_only_the_cells_to_be_filled_in_can_be_changed(path):
    sheet = written(path, samples.LODGING)["Các bước"]
    at = filling.columns(sheet)

    assert sheet.protection.sheet
    assert {
        sheet.cell(8, column).column
        for column in range(1, sheet.max_column + 1)
        if not sheet.cell(8, column).protection.locked
    } == {at[field] for field in ("status", "date", "by", "evidence", "note")}
    assert [sheet.cell(8, at[field]).number_format for field in ("date", "evidence")] == [
        r"dd\/mm\/yyyy",
        "@",
    ]


def test_the_columns_that_a_program_needs_are_hidden(path):
    sheet = written(path, samples.LODGING)["Các bước"]
    hidden = [name for name, dimension in sheet.column_dimensions.items() if dimension.hidden]

    assert sheet.row_dimensions[5].hidden
    assert hidden[0] == "O", "the plan, where there is only one"
    assert len([cell for cell in sheet[5] if cell.value and cell.column >= 15]) == 8


def test_statuses_days_and_agencies_are_offered(path):
    sheet = written(path, samples.LODGING)["Các bước"]
    offered = {
        str(rule.sqref): (rule.type, rule.formula1, rule.showErrorMessage)
        for rule in sheet.data_validations.dataValidation
    }

    assert offered == {
        "J8:J10": (
            "list",
            '"Chưa thực hiện,Đang thực hiện,Hoàn thành,Vướng mắc,Không thực hiện"',
            True,
        ),
        "K8:K10": ("date", "36526", True),
        "L8:L10": ("list", "'Đơn vị'!$A$2:$A$6", False),
    }


def test_the_agencies_can_be_looked_up(path):
    sheet = written(path, samples.LODGING)["Đơn vị"]

    assert grid(sheet, "A1:C3") == [
        ["Mã", "Tên", "Cấp"],
        ["C06", "Cục C06", "Trung ương"],
        ["PC06", "Phòng PC06, Công an tỉnh", "Tỉnh"],
    ]


# The figures ----------------------------------------------------------------------------------------


def test_the_summary_counts_in_numbers(path):
    sheet = written(path, *samples.SHOWN)["Tổng hợp"]

    assert grid(sheet, "B5:E11") == [
        [None, "Trong hạn", "Quá hạn", "Tổng số"],
        ["Hoàn thành", 1, 1, 2],
        ["Chưa hoàn thành", 1, 2, 3],
        ["Thường xuyên", None, None, 1],
        ["Tổng số", None, None, 6],
        ["Tỷ lệ hoàn thành trên số đến hạn", None, None, 0.5],
        ["Tỷ lệ hoàn thành trên số được giao", None, None, 0.4],
    ]
    assert grid(sheet, "A13:J19") == [
        [
            "Đơn vị", "Tên", "Tổng số", "HT đúng hạn", "HT quá hạn", "Chưa HT trong hạn",
            "Chưa HT quá hạn", "Thường xuyên", "Tỷ lệ HT trên số đến hạn", "Tỷ lệ HT trên số được giao",
        ],
        ["PVHTT", "Phòng Văn hóa và Thông tin", 2, 0, 0, 0, 2, 0, 0, 0],
        ["CAH", "Công an huyện Hớn Quản", 2, 0, 1, 0, 1, 0, 0.5, 0.5],
        ["PC06", "Phòng PC06, Công an tỉnh", 1, 1, 0, 0, 0, 0, 1, 1],
        ["C06", "Cục C06", 1, 0, 0, 1, 0, 0, "–", 0],
        ["CSLT", "Các cơ sở lưu trú", 1, 0, 0, 0, 0, 1, "–", "–"],
        ["Tổng số", None, 6, 1, 1, 1, 2, 1, 0.5, 0.4],
    ]  # fmt: skip


def test_the_chart_shows_the_agencies_in_the_order_of_the_table(path):
    sheet = written(path, *samples.SHOWN)["Tổng hợp"]
    chart = sheet._charts[0]

    assert [series.val.numRef.f for series in chart.series] == [
        f"'Tổng hợp'!${column}$14:${column}$18" for column in "DEFGH"
    ]
    assert chart.series[0].cat.numRef.f == "'Tổng hợp'!$A$14:$A$18"
    assert (chart.grouping, chart.x_axis.scaling.orientation) == ("stacked", "maxMin")
    assert [series.dLbls.showVal for series in chart.series] == [True] * 5
    assert {series.dLbls.numFmt for series in chart.series} == {"0;;;"}, "no number where no bar is"


# Several plans, none, English -----------------------------------------------------------------------


def test_several_plans_stand_together_with_their_codes(path):
    other = samples.plan(samples.model(9))._replace(
        plan=samples.plan().plan._replace(code="LOCNINH", place="huyện Lộc Ninh"),
    )
    book = opened(path, view(samples.plan(samples.model(1)), other))

    assert texts(book["Phụ lục"]["A"][6:]) == ["HONQUAN", "LOCNINH"]
    assert texts(book["Phụ lục"]["A"][:2]) == ["Danh mục nhiệm vụ", "2 kế hoạch – 2 nhiệm vụ"]
    assert texts(book["Các bước"]["A"][7:]) == ["HONQUAN", "LOCNINH"]
    assert not book["Các bước"].column_dimensions["A"].hidden
    assert [row[:3] for row in grid(book["Tổng hợp"], "A13:C17")] == [
        ["Kế hoạch", "Tên", "Tổng số"],
        ["HONQUAN", "Kế hoạch", 1],
        ["LOCNINH", "huyện Lộc Ninh", 1],
        ["Tổng số", None, 2],
        [None, None, None],
    ]
    assert texts(book["Tổng hợp"]["A"][18:20]) == ["HONQUAN:CAH", "LOCNINH:CAH"]
    assert grid(book["Đơn vị"], "A1:B2") == [["Kế hoạch", "Mã"], ["HONQUAN", "C06"]]


def test_a_selection_without_models_is_a_workbook_too(path):
    seen = view(samples.plan(samples.LODGING))
    workbook.write(seen, [], path)
    book = load_workbook(path)

    assert book.sheetnames == ["Phụ lục", "Các bước", "Tổng hợp", "Đơn vị"]
    assert book["Phụ lục"].max_row == 6
    assert reading.read(path) == Filled([], [])


def test_in_english_the_sheets_speak_english(path):
    messages.use("en")
    book = written(path, samples.LODGING)

    assert book.sheetnames == ["Appendix", "Steps", "Summary", "Agency"]
    assert book["Appendix"]["A3"].number_format == r'"Figures as of "[$-809]d\ mmm\ yyyy'
    assert texts(book["Steps"][8])[9:12] == ["Done", "20/11/2023", "CAH"]
    assert book["Agency"]["B4"].value == "Hon Quan District Police"


# What people typed is text --------------------------------------------------------------------------


def hostile() -> Plan:
    """A plan in which every field holds the same odd texts."""
    models = [
        samples.model(
            number,
            samples.step(
                1, "done 2023-11-20", text, by="CAH", evidence=text, note=text, agencies=("CAH",)
            ),
            title=text,
            organisation=(text,),
            outcome=text,
            equipment=text,
            companies=(text,),
            source=samples.Source(text, text, text, text),
        )
        for number, text in enumerate(HOSTILE, start=1)
    ]
    plan = samples.plan(*models)
    agencies = (*plan.agencies, samples.Agency(code="=X", name=HOSTILE[0]))
    heading = plan.plan._replace(title=HOSTILE[0], place=HOSTILE[1])
    return plan._replace(plan=heading, agencies=agencies)


def said(value: object) -> str:
    """A cell's text as Excel shows it."""
    return str(value).replace("_x005F_", "_")


def check_hostile(book: Workbook) -> None:
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= set(
        "snd"
    )
    assert book["Phụ lục"]["A1"].value == HOSTILE[0]
    appendix = [row[:9] for row in grid(book["Phụ lục"], f"A7:I{6 + len(HOSTILE)}")]
    steps = book["Các bước"]
    at = filling.columns(steps)
    for number, text in enumerate(HOSTILE, start=1):
        row = list(map(said, appendix[number - 1]))
        assert row[1] == (
            f"Mô hình {number}: {text}\nTổ chức thực hiện:\n- {text}\nHiệu quả: {text}"
        )
        assert [row[2], *row[4:]] == [text] * 6
        assert row[3] == f"Bước 1: {text}"
        filled = [steps.cell(7 + number, at[field]).value for field in ("evidence", "note")]
        assert list(map(said, filled)) == [text, text]
    assert book["Đơn vị"]["A7"].value == "=X"


def test_hostile_texts_are_the_texts_that_they_are(path):
    book = opened(path, view(hostile()))

    check_hostile(book)
    assert book["Các bước"]["M8"].quotePrefix, "editing the cell makes no formula of it"
    assert reading.read(path) == Filled([], [])


def test_libreoffice_reads_and_saves_them_unchanged(path):
    opened(path, view(hostile()))
    saved = filling.saved_by_libreoffice(path)

    check_hostile(load_workbook(saved))
    assert reading.read(saved) == Filled([], [])


def test_what_a_cell_does_not_hold_is_cut_and_reported(path):
    long = "Dài " * 8191 + "😀😀"
    book = written(
        path, samples.model(1, samples.step(1, "blocked 2023-11-20", long, note=long), title=long)
    )
    note = filling.columns(book["Các bước"])["note"]
    for cell in (
        book["Các bước"].cell(8, note),
        book["Phụ lục"]["B7"],
        book["Phụ lục"]["D7"],
    ):
        text = cell.value
        assert len(text.encode("utf-16-le")) // 2 <= 32_767
        assert text.endswith("… [đã lược bớt; xem đầy đủ trong tệp kế hoạch]")
        assert len(text) > 32_700
    assert reading.read(path) == Filled([], [])


def test_characters_that_xml_does_not_take_are_shown_as_such(path):
    sheet = written(path, samples.model(1, title="a\x1b[31m\x00\ufffe\u202eb"))["Phụ lục"]

    assert sheet["B7"].value == "Mô hình 1: a\ufffd[31m\ufffd\ufffd\ufffdb"


def test_days_before_excels_are_shown_as_text(path):
    early = samples.model(1, samples.step(1, "done 1899-12-31"), deadline="0001-01-01")
    book = written(path, early)

    assert texts([book["Phụ lục"]["C7"]]) == ["0001-01-01"]
    assert texts([book["Các bước"]["K8"]]) == ["1899-12-31"]
    assert reading.read(path) == Filled([], [])


# The same bytes -------------------------------------------------------------------------------------


def test_the_same_plan_and_day_give_the_same_bytes_whenever_and_wherever(plan, tmp_path):
    made = []
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        subprocess.run(
            [sys.executable, "-m", "de06cli", "export", f"{seed}.xlsx", "--as-of", "2024-01-11"],
            cwd=tmp_path,
            env=support.environment(
                tmp_path, PYTHONHASHSEED=seed, TZ=zone, DE06_TODAY=None, DE06_CACHE="off"
            ),
            capture_output=True,
            check=True,
        )
        path = tmp_path / f"{seed}.xlsx"
        os.utime(path, (0, 0))
        made.append(path.read_bytes())

    assert made[0] == made[1]
    with ZipFile(tmp_path / "1.xlsx") as archive:
        assert {member.date_time for member in archive.infolist()} == {(2024, 1, 11, 0, 0, 0)}
    assert load_workbook(tmp_path / "1.xlsx").properties.modified.isoformat() == (
        "2024-01-11T00:00:00"
    )


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(2200, 1, 1)])
def test_days_that_an_archive_does_not_know_do_no_harm(path, day):
    assert written(path, samples.LODGING, today=day)["Phụ lục"]["A3"].value.date() == day
