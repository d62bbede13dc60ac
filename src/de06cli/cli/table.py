"""The commands, a line each: where each lives, and what it does."""

from __future__ import annotations

from typing import NamedTuple

from de06cli.messages import N_


class Entry(NamedTuple):
    """A command of the table."""

    module: str  # below de06cli.cli
    function: str
    summary: str  # in one line; a message, translated where it is shown


COMMANDS = {
    name: Entry(*entry)
    for name, entry in {
        "list": ("listing", "list_tasks", N_("Liệt kê các mô hình, mỗi mô hình một dòng.")),
        "show": ("showing", "show", N_("Xem một mô hình đầy đủ, hoặc một bước của nó.")),
        "overdue": ("deadlines", "overdue", N_("Việc quá hạn, theo đơn vị chủ trì.")),
        "upcoming": ("deadlines", "upcoming", N_("Việc sắp đến hạn.")),
        "stats": (
            "figures",
            "stats",
            N_("Bảng tổng hợp: hoàn thành hay chưa, đúng hạn hay quá hạn."),
        ),
        "timeline": ("timelines", "timeline", N_("Các mô hình theo tháng, với vạch hôm nay.")),
        "agencies": ("figures", "agencies", N_("Danh sách đơn vị và việc của từng đơn vị.")),
        "start": ("marking", "start", N_("Ghi các bước đang thực hiện.")),
        "done": ("marking", "done", N_("Ghi các bước hoàn thành.")),
        "block": ("marking", "block", N_("Ghi các bước gặp vướng mắc.")),
        "skip": ("marking", "skip", N_("Ghi các bước không thực hiện.")),
        "reset": ("marking", "reset", N_("Đưa các bước về chưa thực hiện.")),
        "extend": ("marking", "extend", N_("Ghi gia hạn của một mô hình.")),
        "undo": ("marking", "undo", N_("Lấy lại lần ghi cuối của bạn.")),
        "log": ("history", "log", N_("Những gì đã đổi, theo lịch sử git.")),
        "diff": ("history", "diff", N_("Những gì khác nhau giữa hai phiên bản.")),
        "export": (
            "exporting",
            "export",
            N_("Xuất các mô hình ra tệp: csv, tsv, json, md, parquet, xlsx, ics, html, docx."),
        ),
        "import": (
            "importing",
            "import_file",
            N_("Ghi tiến độ mà đơn vị điền vào tệp xlsx đã xuất."),
        ),
        "report": ("reporting", "report", N_("Báo cáo định kỳ: trên màn hình, docx hoặc html.")),
        "mail": ("mailing", "mail", N_("Gửi thư cho từng đơn vị: việc quá hạn và sắp đến hạn.")),
        "check": ("checking", "check", N_("Kiểm tra tệp kế hoạch.")),
        "schema": ("checking", "schema", N_("In JSON Schema của tệp kế hoạch.")),
        "init": ("starting", "init", N_("Tạo thư mục kế hoạch mới từ kế hoạch đang dùng.")),
    }.items()
}
