"""The commands, a line each: where each lives, and what it does."""

from __future__ import annotations

from typing import NamedTuple

from de06cli.messages import N_


class Entry(NamedTuple):
    """A command of the table."""

    module: str  # below de06cli.cli.commands; its function "run" is the command
    summary: str  # in one line; a message, translated where it is shown


COMMANDS = {
    name: Entry(*entry)
    for name, entry in {
        "list": ("see.list", N_("Liệt kê các mô hình, mỗi mô hình một dòng.")),
        "show": ("see.show", N_("Xem một mô hình đầy đủ, hoặc một bước của nó.")),
        "overdue": ("see.overdue", N_("Việc quá hạn, theo đơn vị chủ trì.")),
        "upcoming": ("see.upcoming", N_("Việc sắp đến hạn.")),
        "stats": (
            "see.stats",
            N_("Bảng tổng hợp: hoàn thành hay chưa, đúng hạn hay quá hạn."),
        ),
        "timeline": ("see.timeline", N_("Các mô hình theo tháng, với vạch hôm nay.")),
        "agencies": ("see.agencies", N_("Danh sách đơn vị và việc của từng đơn vị.")),
        "start": ("mark.start", N_("Ghi các bước đang thực hiện.")),
        "done": ("mark.done", N_("Ghi các bước hoàn thành.")),
        "block": ("mark.block", N_("Ghi các bước gặp vướng mắc.")),
        "skip": ("mark.skip", N_("Ghi các bước không thực hiện.")),
        "reset": ("mark.reset", N_("Đưa các bước về chưa thực hiện.")),
        "extend": ("mark.extend", N_("Ghi gia hạn của một mô hình.")),
        "undo": ("mark.undo", N_("Lấy lại lần ghi cuối của bạn.")),
        "log": ("history.log", N_("Những gì đã đổi, theo lịch sử git.")),
        "diff": ("history.diff", N_("Những gì khác nhau giữa hai phiên bản.")),
        "export": (
            "send.export",
            N_("Xuất các mô hình ra tệp: csv, tsv, json, md, parquet, xlsx, ics, html, docx."),
        ),
        "import": (
            "send.import_",
            N_("Ghi tiến độ mà đơn vị điền vào tệp xlsx đã xuất."),
        ),
        "report": ("send.report", N_("Báo cáo định kỳ: trên màn hình, docx hoặc html.")),
        "mail": ("send.mail", N_("Gửi thư cho từng đơn vị: việc quá hạn và sắp đến hạn.")),
        "check": ("plan.check", N_("Kiểm tra tệp kế hoạch.")),
        "schema": ("plan.schema", N_("In JSON Schema của tệp kế hoạch.")),
        "init": ("plan.init", N_("Tạo thư mục kế hoạch mới từ kế hoạch đang dùng.")),
    }.items()
}
