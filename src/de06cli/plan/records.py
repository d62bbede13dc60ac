"""The records of a plan, declared once: validation, the JSON Schema and the docs read it from here.

A text in ``Annotated`` describes a field to the people who write the file. The records are named tuples:
nothing has to be validated where nothing has changed, and they cost a third of dataclasses to define and
to make. Their annotations are no strings (no ``from __future__ import annotations``), since
``NamedTuple`` compiles each of those.
"""

from datetime import date
from typing import Annotated, Literal, NamedTuple

from de06cli.messages import N_


class Written:
    """How a kind of value is written in the file, by a name that ``plan/notation.py`` explains."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


class About:
    """What people see of a field: its ``label`` in tables and in history, and what an editor says of it.

    ``section`` is BACKGROUND or PRINTED for a field that ``show``, the page, the workbook and the register
    show by its label; none for one that has a place of its own there. ``searched`` says whether
    ``--search`` looks at its text. ``part`` is PROGRESS, DEADLINE or ROLE for what a change of it is about.
    """

    def __init__(
        self,
        label: str,
        description: str,
        *,
        section: str = "",
        searched: bool = True,
        part: str = "",
    ) -> None:
        self.label = label
        self.description = description
        self.section = section
        self.searched = searched
        self.part = part


DEFAULT_TIMEZONE = "Asia/Ho_Chi_Minh"
BACKGROUND = "background"  # what the plan says beyond time, roles and progress
PRINTED = "printed"  # the same, in the columns that the office's own appendix has
PROGRESS, DEADLINE, ROLE = "progress", "deadline", "role"  # ROLE: the codes of agencies

_LIST, _AT_LEAST_ONE = Written("list"), Written("at least one")
Number = Annotated[int, Written("number")]
Day = Annotated[date, Written("day")]
Text = Annotated[str, Written("text")]
Word = Annotated[str, Written("word")]  # no prose: a "#" behind it begins a comment
Code = Annotated[str, Written("code")]
Texts = Annotated[tuple[Text, ...], _LIST]
OneOrMoreWords = Annotated[tuple[Word, ...], Written("one or more")]
Codes = Annotated[tuple[Word, ...], _LIST]
Leads = Annotated[tuple[Word, ...], _AT_LEAST_ONE]

Level = Literal["central", "province", "district", "commune", "enterprise", "group"]
Status = Literal["doing", "done", "blocked", "skipped"]


class Progress(NamedTuple):
    """How far a step is; a step without one is not yet updated."""

    status: Annotated[Status, About(N_("Tình trạng"), N_("Tình trạng của bước."))]
    date: Annotated[
        Day | None,
        About(
            N_("Ngày"), N_("Ngày của văn bản hoặc ngày thực hiện; bắt buộc khi done hoặc skipped.")
        ),
    ] = None
    by: Annotated[Word | None, About(N_("Đơn vị đã thực hiện"), N_("Mã đơn vị đã thực hiện."))] = (
        None
    )
    evidence: Annotated[
        Text | None, About(N_("Minh chứng"), N_("Minh chứng: số, ký hiệu văn bản."))
    ] = None
    note: Annotated[
        Text | None, About(N_("Ghi chú"), N_("Ghi chú; bắt buộc khi blocked hoặc skipped."))
    ] = None


class Step(NamedTuple):
    step: Annotated[Number, About(N_("Bước"), N_("Số thứ tự của bước trong mô hình."))]
    text: Annotated[Text, About(N_("Nội dung"), N_("Nội dung của bước, giữ nguyên bản gốc."))]
    progress: Annotated[
        Progress | None,
        About(N_("Tiến độ"), N_("Tiến độ, một dòng ngay dưới dòng step."), part=PROGRESS),
    ] = None
    agencies: Annotated[
        Codes,
        About(
            N_("Đơn vị thực hiện"),
            N_("Mã các đơn vị thực hiện bước này, theo nội dung của bước."),
            part=ROLE,
        ),
    ] = ()
    due: Annotated[
        Day | None, About(N_("Thời hạn"), N_("Thời hạn riêng của bước."), part=DEADLINE)
    ] = None


class Extension(NamedTuple):
    """A deadline moved (gia hạn)."""

    to: Annotated[Day, About(N_("Hạn mới"), N_("Thời hạn mới."))]
    decided: Annotated[Day, About(N_("Ngày quyết định"), N_("Ngày quyết định gia hạn."))]
    document: Annotated[
        Text | None, About(N_("Số, ký hiệu văn bản"), N_("Số, ký hiệu văn bản gia hạn."))
    ] = None
    reason: Annotated[Text | None, About(N_("Lý do"), N_("Lý do gia hạn."))] = None


class Source(NamedTuple):
    """The cells as printed, where other fields normalise them."""

    deadline: Annotated[Text | None, About(N_("Thời hạn"), N_("Ô thời hạn theo văn bản gốc."))] = (
        None
    )
    lead: Annotated[Text | None, About(N_("Chủ trì"), N_("Ô chủ trì theo văn bản gốc."))] = None
    support: Annotated[Text | None, About(N_("Phối hợp"), N_("Ô phối hợp theo văn bản gốc."))] = (
        None
    )
    implementers: Annotated[
        Text | None,
        About(N_("Lực lượng triển khai"), N_("Ô lực lượng triển khai theo văn bản gốc.")),
    ] = None


class Model(NamedTuple):
    """A model (mô hình) of the plan, with its steps in order."""

    model: Annotated[
        Number, About(N_("Số hiệu"), N_("Số hiệu của mô hình theo tên gọi: 9 là “Mô hình 9”."))
    ]
    title: Annotated[Text, About(N_("Tên"), N_("Nội dung nhiệm vụ, giữ nguyên bản gốc."))]
    deadline: Annotated[
        Day | None,
        About(
            N_("Thời hạn"), N_("Thời hạn ban đầu; chỉ được để null khi có ongoing."), part=DEADLINE
        ),
    ]
    lead: Annotated[
        Leads,
        About(N_("Chủ trì"), N_("Mã đơn vị chủ trì, theo thứ tự trong văn bản gốc."), part=ROLE),
    ]
    steps: Annotated[
        Annotated[tuple[Step, ...], _AT_LEAST_ONE],
        About(N_("Các bước"), N_("Các bước, theo thứ tự.")),
    ]
    stt: Annotated[Number | None, About(N_("STT"), N_("Số thứ tự trong phụ lục."))] = None
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
        Annotated[tuple[Extension, ...], _LIST],
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

    @property
    def due(self) -> date | None:
        """The last day on which the model is in time: of the last extension, else the deadline."""
        return self.extensions[-1].to if self.extensions else self.deadline

    @property
    def agencies(self) -> tuple[str, ...]:
        """The codes of the agencies that its columns name, in their order, each as often as it is named."""
        return (*self.lead, *self.support, *self.implementers)

    @property
    def step_agencies(self) -> tuple[str, ...]:
        """The codes of the agencies that its steps name, in their order, each as often as it is named."""
        return tuple(code for step in self.steps for code in step.agencies)


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


class Plan(NamedTuple):
    """One file, one plan."""

    plan: Annotated[Heading, About(N_("Kế hoạch"), N_("Thông tin chung của kế hoạch."))]
    agencies: Annotated[
        Annotated[tuple[Agency, ...], _AT_LEAST_ONE],
        About(N_("Đơn vị thực hiện"), N_("Danh sách đơn vị.")),
    ]
    models: Annotated[
        Annotated[tuple[Model, ...], _AT_LEAST_ONE],
        About(N_("Nhiệm vụ"), N_("Các nhiệm vụ.")),
    ]
