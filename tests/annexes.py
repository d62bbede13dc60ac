"""Annexes in the forms of resolutions and plans of offices, with what a careful reader takes from each row.

The texts are made up; their forms are not: groups, two-level headings, merged cells, months, quarters and
years, duties, numbers that restart. Each row is written once, and put into a document by a builder.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import docx
import openpyxl

ASKED = "?"  # a time that nobody can read without asking


class Row(NamedTuple):
    """A row: ``time`` is its deadline in the plan's form, "thường xuyên", "=words", "every year" or ASKED."""

    number: str
    title: str
    printed_time: str
    time: str
    lead: str
    leads: tuple[str, ...]
    support: str = ""
    supports: tuple[str, ...] = ()
    output: str = ""
    note: str = ""
    steps: int = 0
    start: str = ""


class Annex(NamedTuple):
    name: str
    rows: list[Row]
    build: Callable[[Path], Path]


def names(*listed: str) -> tuple[str, ...]:
    return listed


# 1. A resolution of the Government: eight columns, groups, one numbering -----------------------------

RESOLUTION = [
    "I. NÂNG CAO NHẬN THỨC, ĐỘT PHÁ VỀ ĐỔI MỚI TƯ DUY",
    Row("1", "Xây dựng và tổ chức các chương trình tuyên truyền về khoa học, công nghệ", "Thường xuyên",
        "thường xuyên", "Bộ Khoa học và Công nghệ", names("Bộ Khoa học và Công nghệ"),
        "Bộ Văn hóa, Thể thao và Du lịch; các bộ, ngành, địa phương",
        names("Bộ Văn hóa, Thể thao và Du lịch", "các bộ, ngành, địa phương"), "Các chương trình, phóng sự"),
    Row("2", "Phát động phong trào học tập trên các nền tảng số", "Năm 2025", "2025", "Bộ Nội vụ",
        names("Bộ Nội vụ"), "Bộ Giáo dục và Đào tạo", names("Bộ Giáo dục và Đào tạo"), "Kế hoạch phát động"),
    Row("3", "Tổ chức Ngày Đổi mới sáng tạo quốc gia", "Hằng năm", "every year",
        "Bộ Khoa học và Công nghệ", names("Bộ Khoa học và Công nghệ"), "", (), "Sự kiện"),
    "II. HOÀN THIỆN THỂ CHẾ",
    Row("4", "Trình Quốc hội ban hành Luật Khoa học, công nghệ và đổi mới sáng tạo", "Tháng 5/2025",
        "2025-05", "Bộ Khoa học và Công nghệ", names("Bộ Khoa học và Công nghệ"),
        "Các bộ, cơ quan ngang bộ", names("Các bộ, cơ quan ngang bộ"), "Luật", "Quốc hội"),
    Row("5", "Sửa đổi Luật Ngân sách nhà nước", "Tháng 10/2025", "2025-10", "Bộ Tài chính",
        names("Bộ Tài chính"), "Bộ Tư pháp", names("Bộ Tư pháp"), "Luật", "Quốc hội"),
    Row("5a", "Ban hành Nghị định quy định chi tiết Luật Ngân sách nhà nước", "Quý IV/2025", "2025-Q4",
        "Bộ Tài chính", names("Bộ Tài chính"), "", (), "Nghị định", "Chính phủ"),
    Row("6", "Rà soát văn bản quy phạm pháp luật còn vướng mắc", "Quý II năm 2025", "2025-Q2",
        "Bộ Tư pháp", names("Bộ Tư pháp"), "Các bộ, ngành, địa phương",
        names("Các bộ, ngành, địa phương"), "Báo cáo", "Thủ tướng Chính phủ"),
    Row("7", "Xây dựng cơ chế thử nghiệm có kiểm soát", "2025-2026", "2026",
        "Bộ Khoa học và Công nghệ, Bộ Tài chính",
        names("Bộ Khoa học và Công nghệ", "Bộ Tài chính"), "", (), "Nghị định", "", 0, "2025"),
    Row("8", "Đề án phát triển nguồn nhân lực chất lượng cao", "6 tháng cuối năm 2025", "2025-H2",
        "Bộ Giáo dục và Đào tạo", names("Bộ Giáo dục và Đào tạo"), "Bộ Nội vụ", names("Bộ Nội vụ"),
        "Đề án"),
    "III. ĐẦU TƯ, HOÀN THIỆN HẠ TẦNG",
    Row("9", "Phát triển hạ tầng năng lượng cho trung tâm dữ liệu", "Giai đoạn 2025 - 2030", "2030",
        "Bộ Công Thương", names("Bộ Công Thương"), "Tập đoàn Điện lực Việt Nam",
        names("Tập đoàn Điện lực Việt Nam"), "Các công trình", "", 0, "2025"),
    Row("10", "Đầu tư cáp quang biển", "Năm 2030", "2030", "Bộ Khoa học và Công nghệ",
        names("Bộ Khoa học và Công nghệ"), "Các doanh nghiệp viễn thông",
        names("Các doanh nghiệp viễn thông"), "Các tuyến cáp"),
    Row("11", "Vận hành Trung tâm dữ liệu quốc gia", "Tháng 8 năm 2025", "2025-08", "Bộ Công an",
        names("Bộ Công an"), "", (), "Trung tâm dữ liệu"),
    Row("11.1", "Kết nối dữ liệu của các bộ về Trung tâm", "Theo tiến độ của Bộ Công an",
        "=Theo tiến độ của Bộ Công an", "Các bộ, ngành", names("Các bộ, ngành"), "Bộ Công an",
        names("Bộ Công an"), "Hệ thống"),
    Row("11.2", "Đồng bộ dữ liệu đất đai", "31/12/2025", "2025-12-31", "Bộ Nông nghiệp và Môi trường",
        names("Bộ Nông nghiệp và Môi trường"), "", (), "Cơ sở dữ liệu"),
    Row("12", "Phủ sóng 5G tại các khu công nghiệp", "Trước ngày 30/6/2025", "2025-06-30",
        "Bộ Khoa học và Công nghệ", names("Bộ Khoa học và Công nghệ"),
        "UBND các tỉnh, thành phố", names("UBND các tỉnh, thành phố"), "Trạm phát sóng"),
    Row("13", "Báo cáo tình hình thực hiện Nghị quyết", "Hằng quý", "every quarter",
        "Các bộ, ngành, địa phương", names("Các bộ, ngành, địa phương"), "", (), "Báo cáo"),
    Row("14", "Nghiên cứu chính sách thuế cho doanh nghiệp khởi nghiệp", "", ASKED, "Bộ Tài chính",
        names("Bộ Tài chính"), "", (), "Báo cáo nghiên cứu"),
    Row("15", "Xây dựng Chiến lược trí tuệ nhân tạo", "Quý III - Quý IV/2025", "2025-Q4", "", (),
        "Bộ Khoa học và Công nghệ", names("Bộ Khoa học và Công nghệ"), "Chiến lược", "", 0, "2025-Q3"),
    Row("16", "Thí điểm đặt hàng sản phẩm số", "Sau khi có hướng dẫn của Bộ Tài chính", ASKED,
        "Bộ Khoa học và Công nghệ", names("Bộ Khoa học và Công nghệ"), "", (), "Mô hình thí điểm"),
    Row("17", "Đánh giá chỉ số đổi mới sáng tạo cấp địa phương", "Năm 2025 và các năm tiếp theo", ASKED,
        "Bộ Khoa học và Công nghệ", names("Bộ Khoa học và Công nghệ"), "", (), "Bộ chỉ số"),
]  # fmt: skip


def resolution(path: Path) -> Path:
    document = docx.Document()
    for line in (
        "PHỤ LỤC",
        "DANH MỤC NHIỆM VỤ TRIỂN KHAI CHƯƠNG TRÌNH HÀNH ĐỘNG",
        "(Kèm theo Nghị quyết số 71/NQ-CP ngày 01 tháng 4 năm 2025 của Chính phủ)",
    ):
        document.add_paragraph(line)
    heads = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Cấp trình",
             "Thời gian hoàn thành", "Ghi chú"]  # fmt: skip
    table = document.add_table(1, len(heads))
    fill(table.rows[0], heads)
    for row in RESOLUTION:
        cells = table.add_row()
        if isinstance(row, str):
            cells.cells[0].merge(cells.cells[-1]).text = row
        else:
            fill(cells, [row.number, row.title, row.lead, row.support, row.output, row.note,
                         row.printed_time, ""])  # fmt: skip
    document.save(str(path))
    return path


def fill(row: object, texts: Sequence[str]) -> None:
    for cell, text in zip(row.cells, texts, strict=True):  # type: ignore[attr-defined]
        cell.text = text


# 2. A plan of a province as a workbook: two-level headings, merged cells, real days ------------------

PROVINCE = [
    ("A", "CẢI CÁCH HÀNH CHÍNH"),
    ("I", "Thể chế"),
    Row("1", "Ban hành Quy chế phối hợp giải quyết thủ tục hành chính", "15/03/2025", "2025-03-15",
        "Văn phòng UBND tỉnh", names("Văn phòng UBND tỉnh"), "Sở Tư pháp, Sở Nội vụ",
        names("Sở Tư pháp", "Sở Nội vụ"), "Quyết định", "", 0, "2025-01-15"),
    Row("2", "Rà soát, đơn giản hóa thủ tục hành chính nội bộ", "30/06/2025", "2025-06-30", "Sở Nội vụ",
        names("Sở Nội vụ"), "Các sở, ban, ngành", names("Các sở, ban, ngành"), "Báo cáo", "", 0,
        "2025-02-01"),
    ("II", "Tổ chức bộ máy"),
    Row("1", "Kiện toàn Ban Chỉ đạo chuyển đổi số cấp tỉnh", "28/02/2025", "2025-02-28", "Sở Nội vụ",
        names("Sở Nội vụ"), "Sở KH&CN", names("Sở KH&CN"), "Quyết định", "", 0, "2025-01-10"),
    Row("2", "Kiện toàn Tổ công nghệ số cộng đồng", "31/03/2025", "2025-03-31",
        "UBND các xã, phường", names("UBND các xã, phường"), "Sở KH&CN; Tỉnh đoàn",
        names("Sở KH&CN", "Tỉnh đoàn"), "Quyết định", "", 0, "2025-02-15"),
    ("B", "CHUYỂN ĐỔI SỐ"),
    ("I", "Hạ tầng số"),
    Row("1", "Phủ sóng băng rộng cáp quang đến thôn, ấp", "Quý IV/2025", "2025-Q4", "Sở KH&CN",
        names("Sở KH&CN"), "Viễn thông tỉnh, Công ty Viettel tỉnh",
        names("Viễn thông tỉnh", "Công ty Viettel tỉnh"), "100% thôn, ấp"),
    Row("2", "Nâng cấp Trung tâm dữ liệu của tỉnh", "12/2025", "2025-12", "Sở KH&CN",
        names("Sở KH&CN"), "Sở Tài chính", names("Sở Tài chính"), "Trung tâm dữ liệu"),
    ("II", "Dữ liệu"),
    Row("1", "Số hóa sổ hộ tịch", "Thường xuyên", "thường xuyên", "Sở Tư pháp", names("Sở Tư pháp"),
        "UBND cấp xã", names("UBND cấp xã"), "Dữ liệu hộ tịch"),
    Row("2", "Làm sạch dữ liệu đất đai", "T9/2025", "2025-09", "Sở Nông nghiệp và Môi trường",
        names("Sở Nông nghiệp và Môi trường"), "", (), "Dữ liệu đất đai"),
    Row("3", "Kết nối dữ liệu bảo hiểm", "Tháng 6", "2025-06", "BHXH tỉnh", names("BHXH tỉnh"),
        "Sở Y tế và Sở Nội vụ", names("Sở Y tế", "Sở Nội vụ"), "Kết nối"),
    Row("4", "Tạo lập kho dữ liệu dùng chung", "Từ tháng 3 đến tháng 9/2025", "2025-09", "Sở KH&CN",
        names("Sở KH&CN"), "", (), "Kho dữ liệu", "", 0, "2025-03"),
]  # fmt: skip


def province(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Phụ lục"
    sheet.append(["", "KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH VÀ CHUYỂN ĐỔI SỐ NĂM 2025"])
    sheet.merge_cells("B1:H1")
    sheet.append([])
    sheet.append(
        [
            "Số TT",
            "Nội dung",
            "Thời gian",
            "",
            "Phân công thực hiện",
            "",
            "Kết quả đầu ra",
            "Ghi chú",
        ]
    )
    sheet.append(["", "", "Bắt đầu", "Kết thúc", "Chủ trì", "Phối hợp", "", ""])
    for area in ("C3:D3", "E3:F3", "A3:A4", "B3:B4", "G3:G4", "H3:H4"):
        sheet.merge_cells(area)
    sheet.append(["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"])
    for row in PROVINCE:
        if not isinstance(row, Row):
            sheet.append([row[0], row[1]])
            sheet.merge_cells(f"B{sheet.max_row}:H{sheet.max_row}")
            continue
        sheet.append([
            int(row.number), row.title, _day(row.start), _day(row.time) or row.printed_time, row.lead,
            row.support, row.output, row.note,
        ])  # fmt: skip
        for cell in (sheet.cell(sheet.max_row, 3), sheet.cell(sheet.max_row, 4)):
            if isinstance(cell.value, date):
                cell.number_format = "dd/mm/yyyy"
    book.save(path)
    return path


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


# 3. A page with cells over several rows -------------------------------------------------------------

PAGE = [
    Row("1", "Cấp tài khoản định danh điện tử mức 2 cho công dân đủ điều kiện", "30/9/2025",
        "2025-09-30", "Công an xã", names("Công an xã"), "Các thôn", names("Các thôn")),
    Row("2", "Hướng dẫn người dân nộp hồ sơ trực tuyến", "Thường xuyên, liên tục", "thường xuyên, liên tục",
        "Trung tâm Phục vụ hành chính công xã", names("Trung tâm Phục vụ hành chính công xã"),
        "Tổ công nghệ số cộng đồng; Đoàn Thanh niên xã",
        names("Tổ công nghệ số cộng đồng", "Đoàn Thanh niên xã")),
    Row("3", "Lắp đặt camera an ninh", "Quý 3/2025", "2025-Q3", "Công an xã", names("Công an xã"),
        "Phòng Kinh tế", names("Phòng Kinh tế")),
    Row("4", "Lập hồ sơ sức khỏe điện tử", "Đến hết tháng 11/2025", "2025-11", "Trạm Y tế xã",
        names("Trạm Y tế xã"), "Công an xã, Phòng Văn hóa - Xã hội",
        names("Công an xã", "Phòng Văn hóa - Xã hội")),
    Row("5", "Chi trả an sinh xã hội qua tài khoản", "Hàng tháng", ASKED, "Phòng Văn hóa - Xã hội",
        names("Phòng Văn hóa - Xã hội"), "Ngân hàng Chính sách xã hội, các đơn vị liên quan",
        names("Ngân hàng Chính sách xã hội", "các đơn vị liên quan")),
    Row("6", "Thu học phí không dùng tiền mặt", "Năm học 2025-2026", ASKED,
        "Các trường học trên địa bàn", names("Các trường học trên địa bàn"),
        "Phòng Văn hóa - Xã hội", names("Phòng Văn hóa - Xã hội")),
    Row("7", "Rà soát dữ liệu hội viên", "15-7-2025", "2025-07-15",
        "Hội Nông dân xã, Hội Cựu chiến binh xã, Hội Liên hiệp Phụ nữ xã",
        names("Hội Nông dân xã", "Hội Cựu chiến binh xã", "Hội Liên hiệp Phụ nữ xã"), "Công an xã",
        names("Công an xã")),
    Row("8", "Tổng kết thực hiện Đề án 06", "ngày 20 tháng 12 năm 2025", "2025-12-20",
        "Văn phòng HĐND và UBND xã",
        names("Văn phòng HĐND và UBND xã"), "", ()),
]  # fmt: skip


def page(path: Path) -> Path:
    body = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>Kế hoạch</title></head><body>",
            "<h2>KẾ HOẠCH TRIỂN KHAI ĐỀ ÁN 06 NĂM 2025</h2><p>Gồm 8 nhiệm vụ sau:</p><table><thead>",
            "<tr><th rowspan=2>STT</th><th rowspan=2>Nội dung công việc</th><th colspan=2>Phân công</th>",
            "<th rowspan=2>Hoàn thành trước ngày</th></tr><tr><th>Đơn vị chủ trì</th>",
            "<th>Đơn vị phối hợp</th></tr></thead><tbody>"]  # fmt: skip
    body += [
        f"<tr><td>{row.number}.</td><td><p>{row.title}</p></td><td>{row.lead}</td>"
        f"<td>{row.support}</td><td>{row.printed_time}</td></tr>"
        for row in PAGE
    ]
    path.write_text("\n".join([*body, "</tbody></table></body></html>"]), "utf-8")
    return path


# 4. Markdown, 5. csv with steps in cells ---------------------------------------------------------

NOTES = [
    Row("1", "Thành lập Tổ giúp việc", "20/01/2025", "2025-01-20", "Phòng Nội vụ", names("Phòng Nội vụ"),
        "Công an huyện", names("Công an huyện")),
    Row("2", "Tập huấn kỹ năng số", "Quý I/2025", "2025-Q1", "Phòng Văn hóa, Khoa học và Thông tin",
        names("Phòng Văn hóa, Khoa học và Thông tin"), "Huyện đoàn", names("Huyện đoàn")),
    Row("3", "Công bố thủ tục hành chính", "trước 30/12/2025 và duy trì thường xuyên", "2025-12-30",
        "Văn phòng HĐND-UBND huyện", names("Văn phòng HĐND-UBND huyện"), "Phòng Tư pháp, DN",
        names("Phòng Tư pháp", "DN")),
    Row("4", "Kiểm tra việc thực hiện", "6 tháng đầu năm", "2025-H1", "Thanh tra huyện",
        names("Thanh tra huyện"), "", ()),
    Row("5", "Sơ kết, tổng kết", "30/02/2025", ASKED, "Phòng Nội vụ", names("Phòng Nội vụ"), "", ()),
]  # fmt: skip


def notes(path: Path) -> Path:
    lines = ["# Kế hoạch cải cách hành chính năm 2025", "",
             "| Số TT | Tên nhiệm vụ | Chủ trì | Phối hợp | Thời hạn |", "|---|---|---|---|---|"]  # fmt: skip
    lines += [
        f"| {row.number} | **{row.title}** | {row.lead} | {row.support} | {row.printed_time} |"
        for row in NOTES
    ]
    path.write_text("\n".join([*lines, ""]), "utf-8")
    return path


LISTED = [
    Row("1", "Triển khai hóa đơn điện tử", "31/3/2025", "2025-03-31", "Thuế cơ sở 3", names("Thuế cơ sở 3"),
        "", (), "a) Rà soát hộ kinh doanh; b) Tập huấn; c) Đăng ký sử dụng", "", 3),
    Row("2", "Chợ không dùng tiền mặt", "30/4/2025", "2025-04-30", "Phòng Kinh tế", names("Phòng Kinh tế"),
        "", (), "(1) Khảo sát tiểu thương (2) Cấp mã QR (3) Ra quân (4) Đánh giá", "", 4),
    Row("3", "Tuyến đường camera", "Tháng 7/2025", "2025-07", "Công an xã", names("Công an xã"), "", (),
        "- Khảo sát\n- Vận động xã hội hóa\n- Lắp đặt, nghiệm thu", "", 3),
    Row("4", "Thôn thông minh", "2026", "2026", "UBND xã", names("UBND xã"), "", (),
        "Bước 1: Chọn thôn Bước 2: Lắp đặt wifi Bước 3: Sơ kết", "", 3),
    Row("5", "Trang thông tin điện tử", "Chậm nhất 15/5/2025", "2025-05-15", "Phòng VH-XH",
        names("Phòng VH-XH"), "", (), "Nâng cấp trang hiện có", "", 1),
    Row("6", "Chữ ký số cá nhân", "quý I, quý II/2025", "2025-Q2", "Văn phòng", names("Văn phòng"), "", (),
        "1. Lập danh sách\n2. Cấp chữ ký số", "", 2, "2025-Q1"),
]  # fmt: skip


def listed(path: Path) -> Path:
    lines = ["Stt;Mô hình;Các bước thực hiện;Đơn vị thực hiện;Tiến độ"]
    for row in LISTED:
        cells = [row.number, row.title, row.output, row.lead, row.printed_time]
        lines.append(
            ";".join(f'"{cell}"' if "\n" in cell or ";" in cell else cell for cell in cells)
        )
    path.write_text("\n".join([*lines, ""]), "utf-8-sig")
    return path


# 6. A document of two annexes, numbered by Word itself -------------------------------------------

FIRST_ANNEX = [
    Row("1", "Hoàn thiện Cổng dịch vụ công", "Tháng 3/2025", "2025-03", "Sở KH&CN", names("Sở KH&CN"),
        "Văn phòng UBND tỉnh", names("Văn phòng UBND tỉnh")),
    Row("2", "Cung cấp dịch vụ công toàn trình", "Quý II/2025", "2025-Q2", "Các sở, ban, ngành",
        names("Các sở, ban, ngành"), "Sở KH&CN", names("Sở KH&CN")),
    Row("3", "Miễn, giảm phí trực tuyến", "Kỳ họp giữa năm 2025", ASKED, "Sở Tài chính",
        names("Sở Tài chính"), "", ()),
]  # fmt: skip
SECOND_ANNEX = [
    Row("1", "Ứng dụng chữ ký số", "Năm 2025", "2025", "Các sở, ban, ngành; UBND các xã, phường",
        names("Các sở, ban, ngành", "UBND các xã, phường"), "", ()),
    Row("2", "Hệ thống họp trực tuyến", "10/2025", "2025-10", "Văn phòng UBND tỉnh",
        names("Văn phòng UBND tỉnh"), "VNPT", names("VNPT")),
    Row("3", "Bồi dưỡng cán bộ", "hằng năm", ASKED, "Trường Chính trị tỉnh", names("Trường Chính trị tỉnh"),
        "Sở Nội vụ", names("Sở Nội vụ")),
]  # fmt: skip


def two_annexes(path: Path) -> Path:
    document = docx.Document()
    head = document.add_table(1, 2)
    fill(
        head.rows[0],
        ["UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"],
    )
    for title, rows in (
        ("PHỤ LỤC I. DỊCH VỤ CÔNG", FIRST_ANNEX),
        ("PHỤ LỤC II. CHÍNH QUYỀN SỐ", SECOND_ANNEX),
    ):
        document.add_paragraph(title)
        table = document.add_table(1, 5)
        fill(table.rows[0], ["STT", "Nhiệm vụ, giải pháp", "Cơ quan, đơn vị chủ trì", "Cơ quan phối hợp",
                             "Thời gian"])  # fmt: skip
        for row in rows:
            cells = table.add_row()
            fill(cells, ["", row.title, row.lead, row.support, row.printed_time])
            paragraph = cells.cells[0].paragraphs[0]
            paragraph.style = document.styles["List Number"]
        if title.endswith("SỐ"):  # counts from 1 again
            restart(document, table)
    sign = document.add_table(1, 2)
    fill(sign.rows[0], ["Nơi nhận:\n- Như trên;", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"])
    document.save(str(path))
    return path


def restart(document: object, table: object) -> None:
    """Has the numbers of a table be of a list of its own."""
    numbering = document.part.numbering_part.element  # type: ignore[attr-defined]
    style = document.styles["List Number"].element  # type: ignore[attr-defined]
    old = style.pPr.numPr.numId.val
    abstract = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == old)
    num = numbering.add_num(abstract)
    num.add_lvlOverride(ilvl=0).add_startOverride(1)
    for row in table.rows[1:]:  # type: ignore[attr-defined]
        properties = row.cells[0].paragraphs[0]._p.get_or_add_pPr()
        numbers = properties.get_or_add_numPr()
        numbers.get_or_add_ilvl().val = 0
        numbers.get_or_add_numId().val = num.numId


# 7. Pasted text whose rows are broken into lines ------------------------------------------------

PASTED = [
    Row("1", "Xây dựng cơ sở dữ liệu cán bộ, công chức", "30/8/2025", "2025-08-30", "Sở Nội vụ",
        names("Sở Nội vụ"), "Các cơ quan, đơn vị", names("Các cơ quan, đơn vị")),
    Row("2", "Kết nối, liên thông văn bản điện tử bốn cấp", "Tháng 6/2025", "2025-06",
        "Văn phòng UBND tỉnh", names("Văn phòng UBND tỉnh"), "Văn phòng Tỉnh ủy, Sở KH&CN",
        names("Văn phòng Tỉnh ủy", "Sở KH&CN")),
    Row("3", "Đánh giá an toàn thông tin theo cấp độ", "Hoàn thành trong tháng 11/2025", "2025-11",
        "Công an tỉnh", names("Công an tỉnh"), "", ()),
    Row("4", "Diễn tập an toàn thông tin", "Ít nhất 01 lần/năm", ASKED, "Công an tỉnh",
        names("Công an tỉnh"), "Bộ Chỉ huy Quân sự tỉnh", names("Bộ Chỉ huy Quân sự tỉnh")),
]  # fmt: skip


def pasted(path: Path) -> Path:
    heads = "TT\tNội dung nhiệm vụ\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời hạn hoàn thành"
    lines = ["PHỤ LỤC NHIỆM VỤ NĂM 2025", "", heads]
    for row in PASTED:
        first, _space, rest = row.title.partition(" ")
        broken = f"{first}\n{rest}" if row.number in "24" else row.title
        lines.append(f"{row.number}\t{broken}\t{row.lead}\t{row.support}\t{row.printed_time}")
        if row.number == "2":
            lines += ["", heads]
    path.write_text("\n".join([*lines, ""]), "utf-8")
    return path


def rows_of(listed_rows: Sequence[object]) -> list[Row]:
    return [row for row in listed_rows if isinstance(row, Row)]


ANNEXES = [
    Annex("nghi-quyet.docx", rows_of(RESOLUTION), resolution),
    Annex("tinh.xlsx", rows_of(PROVINCE), province),
    Annex("xa.html", PAGE, page),
    Annex("huyen.md", NOTES, notes),
    Annex("mo-hinh.csv", LISTED, listed),
    Annex("hai-phu-luc.docx", [*FIRST_ANNEX, *SECOND_ANNEX], two_annexes),
    Annex("dan.txt", PASTED, pasted),
]

__all__ = ["ANNEXES", "ASKED", "Annex", "Row"]
