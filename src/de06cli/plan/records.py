"""The records of a plan, declared once: validation, the JSON Schema and the docs read it from here.

A text in ``Annotated`` describes a field to the people who write the file. The records are named tuples:
nothing has to be validated where nothing has changed, and they cost a third of dataclasses to define and
to make. Their annotations are no strings (no ``from __future__ import annotations``), since
``NamedTuple`` compiles each of those.
"""

from datetime import date
from typing import Annotated

from de06cli.messages import N_
from de06cli.named_tuples import NamedTuple
from de06cli.plan.declaring import (
    AT_LEAST_ONE,
    BACKGROUND,
    DEADLINE,
    LIST,
    PRINTED,
    PROGRESS,
    ROLE,
    About,
    AgencyCode,
    Code,
    Codes,
    Day,
    DayOrPeriod,
    Leads,
    Level,
    ModelLabel,
    Number,
    OneOrMoreCodes,
    OneOrMoreTexts,
    OneOrMoreWords,
    Pairs,
    RowLabel,
    Text,
    Texts,
    Word,
)
from de06cli.plan.parts import (
    CLOSED_STEPS,
    Extension,
    Handover,
    PeriodProgress,
    Progress,
    Recurrence,
    Source,
    Step,
    Stop,
    Target,
)
from de06cli.plan.periods import Period

DEFAULT_TIMEZONE = "Asia/Ho_Chi_Minh"


class Model(NamedTuple):
    """A model (mô hình) of the plan, with its steps in order.

    Its time is a ``deadline``, ``ongoing``, ``undated`` or ``recurs``; a rule of ``plan/checks`` asks for it.
    """

    model: Annotated[
        ModelLabel,
        About(
            N_("Số hiệu"), N_("Số hiệu của mô hình theo tên gọi: 9 là “Mô hình 9”; hoặc II-3, 1a.")
        ),
    ]
    title: Annotated[Text, About(N_("Tên"), N_("Nội dung nhiệm vụ, giữ nguyên bản gốc."))]
    lead: Annotated[
        Leads,
        About(N_("Chủ trì"), N_("Mã đơn vị chủ trì, theo thứ tự trong văn bản gốc."), part=ROLE),
    ]
    deadline: Annotated[
        DayOrPeriod | None,
        About(
            N_("Thời hạn"),
            N_("Thời hạn ban đầu: 2025-06-30, 2025-06, 2025-Q2, 2025-H1 hoặc 2025."),
            part=DEADLINE,
        ),
    ] = None
    steps: Annotated[
        Annotated[tuple[Step, ...], AT_LEAST_ONE],
        About(N_("Các bước"), N_("Các bước, theo thứ tự.")),
    ] = ()
    stt: Annotated[RowLabel | None, About(N_("STT"), N_("Số thứ tự trong phụ lục."))] = None
    organisation: Annotated[
        Texts,
        About(
            N_("Tổ chức thực hiện"),
            N_("Tổ chức thực hiện, giữ nguyên bản gốc."),
            section=PRINTED,
        ),
    ] = ()
    outcome: Annotated[
        Text | None, About(N_("Hiệu quả"), N_("Hiệu quả, giữ nguyên bản gốc."), section=PRINTED)
    ] = None
    extensions: Annotated[
        Annotated[tuple[Extension, ...], LIST],
        About(N_("Gia hạn"), N_("Các lần gia hạn, lần cũ trước, mỗi lần một dòng."), part=DEADLINE),
    ] = ()
    ongoing: Annotated[
        Word | None,
        About(
            N_("Duy trì"),
            N_("“thường xuyên” hoặc “liên tục”: hoàn thành trước thời hạn rồi duy trì."),
            part=DEADLINE,
        ),
    ] = None
    equipment: Annotated[
        Text | None, About(N_("Thiết bị"), N_("Thiết bị, giữ nguyên bản gốc."), section=PRINTED)
    ] = None
    support: Annotated[
        Codes,
        About(N_("Phối hợp"), N_("Mã đơn vị phối hợp, theo thứ tự trong văn bản gốc."), part=ROLE),
    ] = ()
    implementers: Annotated[
        Codes,
        About(
            N_("Lực lượng triển khai"),
            N_("Mã lực lượng triển khai, theo thứ tự trong văn bản gốc."),
            part=ROLE,
        ),
    ] = ()
    companies: Annotated[Texts, About(N_("Doanh nghiệp"), N_("Doanh nghiệp có giải pháp."))] = ()
    source: Annotated[
        Source | None, About(N_("Văn bản gốc"), N_("Các ô theo văn bản gốc."), searched=False)
    ] = None
    review: Annotated[
        Text | None, About(N_("Nội dung cần làm rõ"), N_("Nội dung cần làm rõ về bản gốc."))
    ] = None
    group: Annotated[
        Word | None, About(N_("Nhóm nhiệm vụ"), N_("Mã nhóm nhiệm vụ, một mã của groups."))
    ] = None
    assigned: Annotated[
        Day | None,
        About(
            N_("Ngày giao"),
            N_("Ngày giao nhiệm vụ; bỏ trống thì là ngày ban hành kế hoạch."),
            part=DEADLINE,
        ),
    ] = None
    start: Annotated[
        DayOrPeriod | None,
        About(N_("Thời gian bắt đầu"), N_("Ngày hoặc kỳ bắt đầu."), part=DEADLINE),
    ] = None
    undated: Annotated[
        Text | None,
        About(
            N_("Chưa xác định thời hạn"),
            N_("Lời của văn bản khi chưa có thời hạn, thay cho deadline."),
            part=DEADLINE,
        ),
    ] = None
    output: Annotated[
        Text | None,
        About(N_("Sản phẩm"), N_("Sản phẩm phải có, theo văn bản."), section=BACKGROUND),
    ] = None
    basis: Annotated[
        Text | None, About(N_("Căn cứ"), N_("Văn bản giao nhiệm vụ."), section=BACKGROUND)
    ] = None
    extra: Annotated[
        Pairs,
        About(
            N_("Nội dung khác"),
            N_("Các cột khác của văn bản, theo tên cột."),
            section=BACKGROUND,
        ),
    ] = ()
    handovers: Annotated[
        Annotated[tuple[Handover, ...], LIST],
        About(N_("Bàn giao"), N_("Các lần bàn giao, lần cũ trước, mỗi lần một dòng."), part=ROLE),
    ] = ()
    stopped: Annotated[
        Stop | None,
        About(N_("Dừng thực hiện"), N_("Văn bản cho dừng, một dòng ngay dưới dòng model.")),
    ] = None
    progress: Annotated[
        Progress | None,
        About(
            N_("Tiến độ"),
            N_("Tiến độ của nhiệm vụ không có bước, một dòng ngay dưới dòng model."),
            part=PROGRESS,
        ),
    ] = None
    recurs: Annotated[
        Recurrence | None,
        About(N_("Định kỳ"), N_("Nhiệm vụ định kỳ: {every: month, after: 5}."), part=DEADLINE),
    ] = None
    periods: Annotated[
        Annotated[tuple[PeriodProgress, ...], LIST],
        About(N_("Các kỳ"), N_("Tiến độ từng kỳ, kỳ cũ trước, mỗi kỳ một dòng."), part=PROGRESS),
    ] = ()
    targets: Annotated[
        Annotated[tuple[Target, ...], LIST],
        About(N_("Chỉ tiêu"), N_("Các chỉ tiêu, theo thứ tự.")),
    ] = ()

    @property
    def due_period(self) -> Period | None:
        """The last extension's deadline, else the first one; it counts by its last day."""
        return self.extensions[-1].to if self.extensions else self.deadline

    @property
    def due(self) -> date | None:
        """The last day on which the model is in time: of the last extension, else the deadline."""
        period = self.extensions[-1].to if self.extensions else self.deadline
        return period.last if period else None

    @property
    def first_due(self) -> date | None:
        """The last day of the first deadline."""
        return self.deadline.last if self.deadline else None

    @property
    def marks(self) -> list[Progress | None]:
        """The progress of each step, or of a model without steps its own."""
        return [step.progress for step in self.steps] or [self.progress]

    @property
    def completed_on(self) -> date | None:
        """The day of the last closing mark, when all are closed and at least one of them is done.

        For a model without steps the day on which it was done; such a one is stopped, not skipped. None
        too where no mark has a day, which is an error of the file.
        """
        marks = [mark for mark in self.marks if mark and mark.status in CLOSED_STEPS]
        closed = len(marks) == (len(self.steps) or 1)
        if not closed or not any(mark.status == "done" for mark in marks):
            return None
        return max((mark.date for mark in marks if mark.date), default=None)

    @property
    def agencies(self) -> tuple[str, ...]:
        """The codes of the agencies that its columns name, in their order, each as often as it is named."""
        return (*self.lead, *self.support, *self.implementers)

    @property
    def step_agencies(self) -> tuple[str, ...]:
        """The codes of the agencies that its steps name, in their order, each as often as it is named."""
        return tuple(code for step in self.steps for code in step.agencies)


class Group(NamedTuple):
    """A group of tasks (nhóm nhiệm vụ), as the document heads them."""

    code: Annotated[Code, About(N_("Mã"), N_("Mã nhóm, theo văn bản: I, A."))]
    title: Annotated[Text, About(N_("Tên"), N_("Tên nhóm nhiệm vụ."))]


class Ended(NamedTuple):
    """An agency no longer exists from a day on, and who follows it."""

    on: Annotated[Day, About(N_("Từ ngày"), N_("Ngày đầu tiên đơn vị không còn hoạt động."))]
    successor: Annotated[
        OneOrMoreCodes,
        About(N_("Đơn vị tiếp nhận"), N_("Mã đơn vị tiếp nhận, hoặc một danh sách mã.")),
    ] = ()
    document: Annotated[
        Text | None, About(N_("Số, ký hiệu văn bản"), N_("Số, ký hiệu văn bản."))
    ] = None


class Agency(NamedTuple):
    """An agency (đơn vị) of the plan's register."""

    code: Annotated[Code, About(N_("Mã"), N_("Mã đơn vị, viết liền."))]
    name: Annotated[Text, About(N_("Tên gọi"), N_("Tên đầy đủ."))]
    level: Annotated[
        Level | None,
        About(N_("Cấp"), N_("Cấp: trung ương, tỉnh, huyện, xã, doanh nghiệp hoặc nhóm đơn vị.")),
    ] = None
    short: Annotated[
        Text | None,
        About(
            N_("Tên viết tắt"), N_("Tên viết tắt, dùng trong các bảng: “CA huyện”, “Phòng VH-TT”.")
        ),
    ] = None
    name_en: Annotated[
        Text | None, About(N_("Tên tiếng Anh"), N_("Tên tiếng Anh, hiện ra với --lang en."))
    ] = None
    aliases: Annotated[Texts, About(N_("Tên gọi khác"), N_("Các tên gọi khác."))] = ()
    email: Annotated[
        OneOrMoreWords, About(N_("Thư điện tử"), N_("Một hoặc nhiều địa chỉ thư điện tử."))
    ] = ()
    ended: Annotated[
        Ended | None,
        About(
            N_("Kết thúc hoạt động"),
            N_("Đơn vị không còn hoạt động: {on: 2025-03-01, successor: CAX}."),
        ),
    ] = None
    members: Annotated[Codes, About(N_("Thành viên"), N_("Mã các đơn vị của một nhóm."))] = ()


class Nouns(NamedTuple):
    """What a single model and a single step are called."""

    model: Annotated[Text | None, About(N_("Tên gọi nhiệm vụ"), N_("“Nhiệm vụ”, “Mô hình”."))] = (
        None
    )
    step: Annotated[Text | None, About(N_("Tên gọi bước"), N_("“Bước”, “Việc”."))] = None


class Escalation(NamedTuple):
    """From so many days late on, a task is reported to an agency."""

    late: Annotated[Number, About(N_("Số ngày quá hạn"), N_("Từ ngày quá hạn thứ mấy."))]
    to: Annotated[AgencyCode, About(N_("Báo cáo đơn vị"), N_("Mã đơn vị được báo cáo."))]


class Heading(NamedTuple):
    """What the plan as a whole says of itself."""

    code: Annotated[
        Code,
        About(N_("Mã"), N_("Mã kế hoạch, đứng trước địa chỉ khi có nhiều kế hoạch: HONQUAN:9.2.")),
    ]
    title: Annotated[Text, About(N_("Tên"), N_("Tên kế hoạch."))]
    place: Annotated[Text | None, About(N_("Địa phương"), N_("Địa phương."))] = None
    declared_models: Annotated[
        Number | None,
        About(N_("Tổng số nhiệm vụ ghi trong văn bản"), N_("Tổng số nhiệm vụ ghi trong văn bản.")),
    ] = None
    timezone: Annotated[Word, About(N_("Múi giờ"), N_("Múi giờ của kế hoạch."))] = DEFAULT_TIMEZONE
    due_soon_days: Annotated[
        Number,
        About(
            N_("Số ngày báo trước hạn"),
            N_("Số ngày trước hạn mà một nhiệm vụ được coi là sắp đến hạn."),
        ),
    ] = 7
    programme: Annotated[
        Text | None,
        About(N_("Chương trình"), N_("Tên chương trình, dùng trong tiêu đề: “Chuyển đổi số”.")),
    ] = None
    nouns: Annotated[
        Nouns | None,
        About(N_("Tên gọi"), N_("Một nhiệm vụ (model), một bước (step) gọi là gì.")),
    ] = None
    issuer: Annotated[
        OneOrMoreTexts,
        About(
            N_("Cơ quan ban hành"),
            N_("Cơ quan chủ quản và cơ quan ký văn bản; một dòng cũng được."),
        ),
    ] = ()
    locality: Annotated[
        Text | None, About(N_("Địa danh"), N_("Địa danh ghi trước ngày tháng trong văn bản."))
    ] = None
    issued: Annotated[
        Day | None, About(N_("Ngày ban hành"), N_("Ngày ban hành; nhiệm vụ tính từ ngày này."))
    ] = None
    stale_days: Annotated[
        Number,
        About(
            N_("Số ngày chưa cập nhật"),
            N_("Sau bao nhiêu ngày không cập nhật thì nhắc."),
        ),
    ] = 30
    evidence_folder: Annotated[
        Word | None,
        About(N_("Thư mục minh chứng"), N_("Thư mục có các văn bản minh chứng, cạnh tệp này.")),
    ] = None
    escalate: Annotated[
        Annotated[tuple[Escalation, ...], LIST],
        About(
            N_("Báo cáo cấp trên"),
            N_("Quá hạn bao nhiêu ngày thì báo cáo ai: [{late: 15, to: VP}]."),
        ),
    ] = ()


class Plan(NamedTuple):
    """One file, one plan."""

    plan: Annotated[Heading, About(N_("Kế hoạch"), N_("Thông tin chung của kế hoạch."))]
    agencies: Annotated[
        Annotated[tuple[Agency, ...], AT_LEAST_ONE],
        About(N_("Đơn vị thực hiện"), N_("Danh sách đơn vị.")),
    ]
    models: Annotated[
        Annotated[tuple[Model, ...], AT_LEAST_ONE],
        About(N_("Nhiệm vụ"), N_("Các nhiệm vụ.")),
    ]
    groups: Annotated[
        Annotated[tuple[Group, ...], LIST],
        About(N_("Các nhóm nhiệm vụ"), N_("Các nhóm nhiệm vụ, theo thứ tự trong văn bản.")),
    ] = ()
