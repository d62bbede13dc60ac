"""Annexes in forms that offices use and no rule of `draft` was written for, made of known rows.

Each form is another kind of file with other headings, groups, numbers and breaks; each row knows what a
careful reader takes it for. `benchmarks/drafting.py` measures how many rows `draft` gets wrong without a
question.
"""

from __future__ import annotations

import csv
import html
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl

# A printed deadline, and what it is in the plan; None where only a question is right.
TIMES: list[tuple[str, str | None]] = [
    ("30/6/2025", "2025-06-30"),
    ("Quý III/2025", "2025-Q3"),
    ("Tháng 9/2025", "2025-09"),
    ("Trước ngày 15/10/2025", "2025-10-15"),
    ("Thường xuyên", "ongoing"),
    ("Hằng quý", "every quarter"),
    ("Năm 2025", "2025"),
    ("6 tháng đầu năm 2025", "2025-H1"),
    ("30.11.2025", "2025-11-30"),
    ("Ngày 01 tháng 12 năm 2025", "2025-12-01"),
    ("Trong quý IV năm 2025", "2025-Q4"),
    ("Hoàn thành trong tháng 8/2025", "2025-08"),
    ("Cuối năm", None),
    ("Theo tiến độ của Bộ Công an", "undated"),
    ("", None),
    ("Chậm nhất ngày 20/9/2025", "2025-09-20"),
    ("10/2025", "2025-10"),
    ("Ngay sau khi có hướng dẫn", "undated"),
    ("Xong trước 25/12/2025", "2025-12-25"),
    ("Đến hết năm 2026", "2026"),
    ("QUÝ 2 - 2025", "2025-Q2"),
    ("05/02/2025 (đã gia hạn)", None),
    ("Liên tục", "ongoing"),
    ("Hàng tháng", "every month"),
    ("31-12-2025", "2025-12-31"),
    ("Năm 2025 - 2026", "2026"),
    ("32/13/2025", None),
    ("Tháng 3, tháng 9 hằng năm", None),
    ("Trước 17 giờ ngày 12/6/2025", "2025-06-12"),
]  # fmt: skip
TITLES = [
    "Rà soát thủ tục hành chính đủ điều kiện cung cấp dịch vụ công toàn trình",
    "Số hóa kết quả giải quyết thủ tục hành chính còn hiệu lực",
    "Lắp đặt hệ thống camera an ninh tại trung tâm xã",
    "Cấp chữ ký số cho cán bộ, công chức; lãnh đạo phòng, ban",
    "Tổ chức tập huấn kỹ năng số (02 lớp, 120 học viên)",
    "Kết nối, chia sẻ dữ liệu hộ tịch với Cơ sở dữ liệu quốc gia về dân cư",
    "Xây dựng mô hình “Chợ 4.0 – thanh toán không dùng tiền mặt”",
    "Kiểm tra an toàn thông tin theo Nghị định số 85/2016/NĐ-CP",
    "Làm sạch dữ liệu người có công: đối khớp 1.250 hồ sơ",
    "Bố trí kinh phí năm 2025 cho chuyển đổi số",
    "Triển khai sổ sức khỏe điện tử trên ứng dụng VNeID",
]
# Printed agencies, and the names that they mean.
AGENCIES: list[tuple[str, tuple[str, ...]]] = [
    ("Công an xã", ("Công an xã",)),
    ("Văn phòng HĐND và UBND", ("Văn phòng HĐND và UBND",)),
    ("Phòng Văn hóa - Xã hội", ("Phòng Văn hóa - Xã hội",)),
    ("Trạm Y tế; Công an xã", ("Trạm Y tế", "Công an xã")),
    ("Phòng Kinh tế, Văn phòng HĐND và UBND", ("Phòng Kinh tế", "Văn phòng HĐND và UBND")),
    ("- Trung tâm Hành chính công\n- Công an xã", ("Trung tâm Hành chính công", "Công an xã")),
    ("Hội Liên hiệp Phụ nữ xã", ("Hội Liên hiệp Phụ nữ xã",)),
]  # fmt: skip
GROUPS = ["Hoàn thiện thể chế", "Phát triển hạ tầng số", "Phát triển dữ liệu số"]


class Row(NamedTuple):
    """A row as printed, and what it means: ``time`` as in TIMES, ``lead`` the agencies' names."""

    group: str
    title: str
    deadline: str
    time: str | None
    printed: str
    lead: tuple[str, ...]
    output: str


def rows(shift: int) -> list[Row]:
    """A row for each printed deadline, the other cells in another order for each ``shift``."""
    titles, agencies = cycle(TITLES), cycle(AGENCIES)
    for _skipped in range(shift):
        next(titles), next(agencies)
    made = []
    for number, (deadline, time) in enumerate(TIMES):
        printed, lead = next(agencies)
        group = GROUPS[number * len(GROUPS) // len(TIMES)]
        title = f"{next(titles)} (đợt {number + 1})"
        made.append(Row(group, title, deadline, time, printed, lead, f"Báo cáo số {number + 1}"))
    return made


def in_groups(made: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    return [(group, [row for row in made if row.group == group]) for group in GROUPS]


def word(path: Path, made: Sequence[Row]) -> None:
    """Word: headings in two levels, group rows merged over the table, numbers that restart."""
    document = docx.Document()
    document.add_paragraph("DANH MỤC NHIỆM VỤ CHUYỂN ĐỔI SỐ NĂM 2025")
    document.add_paragraph("(Kèm theo Quyết định số 11/QĐ-UBND ngày 20/01/2025)")
    table = document.add_table(2, 5)
    top = ["TT", "Tên công việc, nhiệm vụ", "Thời gian hoàn thành", "Trách nhiệm", "Kết quả đầu ra"]
    for column, text in enumerate(top):
        table.cell(0, column).text = text
        if column != 3:
            table.cell(0, column).merge(table.cell(1, column))
    table.cell(1, 3).text = "Cơ quan chủ trì"
    for number, (group, of_group) in enumerate(in_groups(made)):
        cells = table.add_row().cells
        cells[0].text = "ABC"[number]
        cells[1].merge(cells[4]).text = group
        for at, row in enumerate(of_group, start=1):
            texts = [f"{at}.", row.title, row.deadline, row.printed, row.output]
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
    document.save(str(path))


def sheet(path: Path, made: Sequence[Row]) -> None:
    """Excel: a title over merged cells, columns in another order, the group in a column of its own, merged
    over its rows."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["PHỤ LỤC PHÂN CÔNG NHIỆM VỤ NĂM 2025"])
    page.merge_cells("A1:F1")
    page.append([])
    top = ["Số TT", "Nhóm nhiệm vụ", "Đơn vị chủ trì", "Nội dung công việc", "Sản phẩm dự kiến"]
    page.append([*top, "Hạn hoàn thành"])
    number = 0
    for group, of_group in in_groups(made):
        begin = page.max_row + 1
        for row in of_group:
            number += 1
            page.append([number, group, row.printed, row.title, row.output, row.deadline])
        for at in range(begin + 1, page.max_row + 1):
            page.cell(at, 2).value = None
        page.merge_cells(f"B{begin}:B{page.max_row}")
    book.save(path)  # fmt: skip


def page(path: Path, made: Sequence[Row]) -> None:
    """A web page: rowspan and colspan, breaks inside cells, numbers 1.1, 1.2 below Roman groups."""
    lines = [
        "<html><meta charset=utf-8><body><h2>KẾ HOẠCH HÀNH ĐỘNG NĂM 2025</h2><table>",
        "<tr><th rowspan=2>STT</th><th rowspan=2>Nhiệm vụ, giải pháp</th>",
        "<th colspan=2>Tổ chức thực hiện</th><th rowspan=2>Sản phẩm đầu ra</th></tr>",
        "<tr><th>Chủ trì</th><th>Thời hạn</th></tr>",
    ]
    for number, (group, of_group) in enumerate(in_groups(made), start=1):
        lines.append(f"<tr><td>{number}</td><td colspan=4><b>{group.upper()}</b></td></tr>")
        for at, row in enumerate(of_group, start=1):
            cells = [f"{number}.{at}", row.title, row.printed, row.deadline, row.output]
            shown = (html.escape(cell).replace("\n", "<br>") for cell in cells)
            lines.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in shown) + "</tr>")
    path.write_text("\n".join([*lines, "</table></body></html>"]), "utf-8")


def pasted(path: Path, made: Sequence[Row]) -> None:
    """Text pasted from a PDF: tabs, the headings again on each page, and a page break inside a row."""
    heading = "STT\tNội dung\tThời gian thực hiện\tCơ quan chủ trì\tKết quả"
    lines = ["BIỂU PHÂN CÔNG NHIỆM VỤ NĂM 2025", heading]
    for number, row in enumerate(made, start=1):
        printed = row.printed.replace("\n", " ")
        words = row.title.split()
        if number % 7 == 0:  # the page ends within this row
            lines.append(
                "\t".join([str(number), " ".join(words[:4]), row.deadline, printed, row.output])
            )
            lines += [heading, "\t".join(["", " ".join(words[4:]), "", "", ""])]
        else:
            lines.append("\t".join([str(number), row.title, row.deadline, printed, row.output]))
    path.write_text("\n".join(lines) + "\n", "utf-8")


def separated(path: Path, made: Sequence[Row]) -> None:
    """CSV with semicolons, line ends inside cells, capitals in the headings and groups of their own rows."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(
            ["STT", "CÔNG VIỆC", "CƠ QUAN, ĐƠN VỊ CHỦ TRÌ", "THỜI ĐIỂM HOÀN THÀNH", "SẢN PHẨM"]
        )
        number = 0
        for roman, (group, of_group) in zip(("I", "II", "III"), in_groups(made), strict=True):
            writer.writerow([roman, group, "", "", ""])
            for row in of_group:
                number += 1
                writer.writerow([number, row.title, row.printed, row.deadline, row.output])


def marked_down(path: Path, made: Sequence[Row]) -> None:
    """Markdown: a table a group under a heading of its own, numbers 01, 02 that restart."""
    lines = ["# CHƯƠNG TRÌNH CÔNG TÁC NĂM 2025", ""]
    for number, (group, of_group) in enumerate(in_groups(made), start=1):
        lines += [f"## Phần {number}. {group}", ""]
        lines.append(
            "| TT | Nội dung công việc | Đơn vị chủ trì | Thời hạn hoàn thành | Sản phẩm |"
        )
        lines.append("|:-:|---|---|---|---|")
        for at, row in enumerate(of_group, start=1):
            printed = row.printed.replace("\n", "<br>")
            lines.append(f"| {at:02} | {row.title} | {printed} | {row.deadline} | {row.output} |")
        lines.append("")
    path.write_text("\n".join(lines), "utf-8")


def broken(path: Path, made: Sequence[Row]) -> None:
    """Word: a table a page with the headings again, a row that goes on there, leads merged over two rows."""
    top = ["STT", "Nhiệm vụ cụ thể", "Chủ trì thực hiện", "Thời hạn", "Sản phẩm, kết quả"]
    document = docx.Document()
    document.add_paragraph("PHỤ LỤC – NHIỆM VỤ NĂM 2025")
    begun = ""
    for start in range(0, len(made), 10):
        of_page = made[start : start + 10]
        table = document.add_table(1, len(top))
        for cell, text in zip(table.rows[0].cells, top, strict=True):
            cell.text = text
        if begun:
            table.add_row().cells[1].text = begun
        for at, row in enumerate(of_page):
            words = row.title.split()
            last = at == len(of_page) - 1 and start + 10 < len(made)
            begun = " ".join(words[5:]) if last else ""
            title = " ".join(words[:5]) if last else row.title
            texts = [str(start + at + 1), title, row.printed, row.deadline, row.output]
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
            if at and of_page[at - 1].printed == row.printed:
                table.cell(len(table.rows) - 1, 2).text = ""
                table.cell(len(table.rows) - 2, 2).merge(table.cell(len(table.rows) - 1, 2))
        document.add_page_break()
    document.save(str(path))


def in_pairs(made: Sequence[Row]) -> list[Row]:
    """The rows, every second one with the lead of the one before."""
    return [
        row._replace(printed=made[at - at % 2].printed, lead=made[at - at % 2].lead)
        for at, row in enumerate(made)
    ]


FORMS: dict[str, Callable[[Path, Sequence[Row]], None]] = {
    "phan-cong.docx": word,
    "phan-cong.xlsx": sheet,
    "phan-cong.html": page,
    "phan-cong.txt": pasted,
    "phan-cong.csv": separated,
    "phan-cong.md": marked_down,
    "hai-trang.docx": broken,
}
