"""The table of commands by groups: the module of each, its summary, and examples; and the options of de06."""

from __future__ import annotations

from importlib import import_module

from de06cli.cli.parsing.declared import HELP, CommandFunction, Option, parameter
from de06cli.messages import N_
from de06cli.named_tuples import NamedTuple

# The groups of help, in its order: the folders of de06cli.cli.commands.
GROUPS = {
    "see": N_("Xem"),
    "mark": N_("Ghi nhận"),
    "send": N_("Gửi và xuất"),
    "plan": N_("Tệp kế hoạch"),
    "history": N_("Đồng bộ và lịch sử"),
}


class Entry(NamedTuple):
    """A command of the table."""

    module: str  # below de06cli.cli.commands; its function "run" is the command
    summary: str  # in one line; a message, translated where it is shown
    examples: tuple[str, ...] = ()  # what may be typed behind "de06"; a test runs them all

    @property
    def group(self) -> str:
        """The key of GROUPS under which help lists it."""
        return self.module.partition(".")[0]


COMMANDS = {
    "list": Entry(
        "see.list",
        N_("Liệt kê nhiệm vụ, mỗi nhiệm vụ một dòng."),
        (
            "list --agency CAH --role lead",
            "list --state open --sort due",
            "list --search VNeID",
        ),
    ),
    "show": Entry(
        "see.show",
        N_("Xem đầy đủ một nhiệm vụ, hoặc một bước của nhiệm vụ."),
        ("show 9", "show 9.2", "show stt:4"),
    ),
    "overdue": Entry(
        "see.overdue",
        N_("Nhiệm vụ quá hạn, theo đơn vị chủ trì."),
        ("overdue", "overdue --agency PVHTT", "overdue --as-of 05/02/2024 --upcoming"),
    ),
    "upcoming": Entry(
        "see.upcoming",
        N_("Nhiệm vụ sắp đến hạn."),
        ("upcoming", "upcoming --within 30 --agency CAH"),
    ),
    "steps": Entry(
        "see.steps",
        N_("Liệt kê từng bước: đơn vị thực hiện, bước tiếp theo, bước chưa chuyển biến."),
        (
            "steps --agency PC06 --status open",
            "steps --next",
            "steps --stale 30",
            "steps --evidence missing --format csv",
        ),
    ),
    "stats": Entry(
        "see.stats",
        N_("Bảng tổng hợp: hoàn thành, chưa hoàn thành, đúng hạn, quá hạn."),
        (
            "stats",
            "stats --by agency --sort overdue",
            "stats --by waiting",
            "stats --every week",
            "stats --compare previous",
            "stats --by month --format csv",
        ),
    ),
    "timeline": Entry(
        "see.timeline",
        N_("Biểu đồ tiến độ theo tháng, với vạch hôm nay."),
        ("timeline", "timeline --agency CAH --state open"),
    ),
    "agencies": Entry(
        "see.agencies",
        N_("Danh sách đơn vị và nhiệm vụ của từng đơn vị."),
        ("agencies", "agencies PVHTT"),
    ),
    "start": Entry(
        "mark.start",
        N_("Ghi nhận bước đang thực hiện."),
        ("start 9.2", "start 9.1 --date 01/11/2023 --by CAH"),
    ),
    "done": Entry(
        "mark.done",
        N_("Ghi nhận bước đã hoàn thành."),
        (
            "done 9.2 --date 20/11/2023 --evidence 45/BC-CAH",
            "done 9.1 9.3 --by CAH",
            "done 9 --yes --dry-run",
        ),
    ),
    "block": Entry(
        "mark.block",
        N_("Ghi nhận bước có vướng mắc."),
        (N_('block 9.2 --note "chưa có kinh phí"'),),
    ),
    "skip": Entry(
        "mark.skip",
        N_("Ghi nhận bước không thực hiện (kèm lý do)."),
        (N_('skip 9.3 --evidence 12/UBND-VX --note "đã có phần mềm của tỉnh"'),),
    ),
    "reset": Entry(
        "mark.reset",
        N_("Chuyển bước về tình trạng “Chưa thực hiện”."),
        ("reset 9.2",),
    ),
    "extend": Entry(
        "mark.extend",
        N_("Ghi nhận gia hạn của một nhiệm vụ."),
        (
            "extend 9 31/03/2024 --document 12/UBND-VX",
            N_('extend 9 30/06/2024 --document 15/UBND-VX --reason "chờ kinh phí"'),
        ),
    ),
    "stop": Entry(
        "mark.stop",
        N_("Ghi nhận nhiệm vụ dừng thực hiện."),
        (N_('stop 9 --document "12/UBND-VX" --reason "trùng nhiệm vụ khác"'),),
    ),
    "record": Entry("mark.record", N_("Ghi số liệu của một chỉ tiêu.")),
    "handover": Entry(
        "mark.handover",
        N_("Ghi nhận đơn vị bàn giao nhiệm vụ cho đơn vị khác."),
        ("handover CAH PC06 --model 9 --on 01/03/2024", "handover CAH PC06 --on 01/03/2025"),
    ),
    "undo": Entry(
        "mark.undo",
        N_("Hoàn tác lần ghi nhận gần nhất của chính mình."),
        ("undo --dry-run", "undo"),
    ),
    "export": Entry(
        "send.export",
        N_("Xuất nhiệm vụ ra tệp: csv, tsv, json, md, parquet, xlsx, ics, html, docx, site."),
        (
            "export tien-do.xlsx",
            "export tien-do-CAH.xlsx --agency CAH --force",
            "export phu-luc.docx",
            "export trang-web --format site",
        ),
    ),
    "import": Entry(
        "send.import_",
        N_("Nhập tiến độ do đơn vị cập nhật trong tệp xlsx đã xuất."),
        ("import tien-do.xlsx --dry-run",),
    ),
    "report": Entry(
        "send.report",
        N_("Báo cáo định kỳ: trên màn hình, docx hoặc html."),
        (
            "report",
            "report --period quarter --compare previous",
            "report bao-cao.docx --from 01/12/2023 --to 31/12/2023",
        ),
    ),
    "mail": Entry(
        "send.mail",
        N_("Gửi thư cho từng đơn vị: nhiệm vụ quá hạn và sắp đến hạn."),
        ("mail --dry-run", "mail --to vanthu@example.vn --summary --dry-run"),
    ),
    "check": Entry(
        "plan.check",
        N_("Kiểm tra tệp kế hoạch."),
        ("check", "check --notes"),
    ),
    "schema": Entry("plan.schema", N_("In JSON Schema của tệp kế hoạch.")),
    "init": Entry(
        "plan.init",
        N_("Tạo thư mục kế hoạch mới từ kế hoạch đang dùng."),
        ("init", "init --empty", "init --from phu-luc.docx"),
    ),
    "draft": Entry(
        "plan.draft",
        N_("Lập bản nháp kế hoạch từ bảng trong docx, xlsx, csv, md, html hoặc đoạn chữ đã dán."),
        (
            "draft phu-luc.docx -o data/moi.yaml",
            N_('draft bang.xlsx --columns "Ghi chú=basis" -o data/moi.yaml'),
        ),
    ),
    "add": Entry(
        "plan.add",
        N_("Thêm một nhiệm vụ, bước, đơn vị hoặc nhóm vào đúng chỗ."),
        (
            N_('add model --title "Lắp camera" --lead CAH --deadline 30/06/2024'),
            N_('add step 9 --title "Nghiệm thu" --after 1 --dry-run'),
            N_('add agency TTVH --title "Trung tâm Văn hóa" --level district'),
            N_('add group A --title "Hạ tầng số"'),
        ),
    ),
    "rename": Entry(
        "plan.rename",
        N_("Đổi mã một đơn vị ở mọi chỗ trong kế hoạch; mã cũ vẫn tra cứu được."),
        ("rename CAH CAX --dry-run", "rename CAH CAX"),
    ),
    "sync": Entry(
        "history.sync",
        N_("Gửi các ghi nhận cho đồng nghiệp và nhận của họ, qua git."),
        ("sync --dry-run", "sync"),
    ),
    "log": Entry(
        "history.log",
        N_("Các thay đổi, theo lịch sử git."),
        ("log", "log 9 --since 01/11/2023", "log --agency CAH --author An"),
    ),
    "diff": Entry(
        "history.diff",
        N_("So sánh hai phiên bản."),
        ("diff", "diff --since 01/11/2023", "diff HEAD~1 HEAD"),
    ),
}

# What stands before a command or without one.
SUMMARY = N_("Theo dõi kế hoạch triển khai Đề án 06 trên một tệp YAML.")
VERSION = parameter("version", bool, False, Option("--version", help=N_("In phiên bản rồi thoát.")))
LANGUAGE = parameter(
    "lang",
    str | None,
    None,
    Option("--lang", metavar="vi|en", help=N_("Ngôn ngữ: vi (mặc định) hoặc en.")),
)
SHOW_COMPLETION = parameter(
    "show_completion",
    str | None,
    None,
    Option(
        "--show-completion",
        metavar="SHELL",
        help=N_("In tập lệnh gợi ý (phím Tab) cho bash, zsh, fish hoặc powershell."),
    ),
)
OPTIONS = [VERSION, LANGUAGE, SHOW_COMPLETION, HELP]


def command(name: str) -> CommandFunction:
    """The command of this name, whose module is imported now."""
    found: CommandFunction = import_module(f"de06cli.cli.commands.{COMMANDS[name].module}").run
    return found
