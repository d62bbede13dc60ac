"""What a plan is made of, declared once: validation, the JSON Schema and the docs read it from here.

A text in ``Annotated`` describes a field to the people who write the file. The records are named tuples:
nothing has to be validated where nothing has changed, and they cost a third of dataclasses to define and
to make. Their annotations are no strings (no ``from __future__ import annotations``), since
``NamedTuple`` compiles each of those.
"""

from datetime import date
from typing import Annotated, Literal, NamedTuple

from de06cli.messages import N_


class Written:
    """How a kind of value is written in the file, by a name that ``plan/written.py`` explains."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


DEFAULT_TIMEZONE = "Asia/Ho_Chi_Minh"

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

    status: Annotated[Status, N_("Tình trạng của bước.")]
    date: Annotated[
        Day | None,
        N_("Ngày của văn bản hoặc của việc đã làm; bắt buộc khi done hoặc skipped."),
    ] = None
    by: Annotated[Word | None, N_("Mã đơn vị thực hiện.")] = None
    evidence: Annotated[Text | None, N_("Minh chứng: số/ký hiệu văn bản.")] = None
    note: Annotated[Text | None, N_("Ghi chú; bắt buộc khi blocked hoặc skipped.")] = None


class Step(NamedTuple):
    step: Annotated[Number, N_("Số của bước trong mô hình.")]
    text: Annotated[Text, N_("Lời văn của bước, giữ nguyên bản gốc.")]
    progress: Annotated[Progress | None, N_("Tiến độ, một dòng ngay dưới dòng step.")] = None
    agencies: Annotated[Codes, N_("Mã các đơn vị làm bước này, theo lời văn của bước.")] = ()
    due: Annotated[Day | None, N_("Thời hạn riêng của bước.")] = None


class Extension(NamedTuple):
    """A deadline moved (gia hạn)."""

    to: Annotated[Day, N_("Thời hạn mới.")]
    decided: Annotated[Day, N_("Ngày quyết định gia hạn.")]
    document: Annotated[Text | None, N_("Số/ký hiệu văn bản gia hạn.")] = None
    reason: Annotated[Text | None, N_("Lý do gia hạn.")] = None


class Source(NamedTuple):
    """The cells as printed, where other fields normalise them."""

    deadline: Annotated[Text | None, N_("Ô thời hạn như bản in.")] = None
    lead: Annotated[Text | None, N_("Ô chủ trì như bản in.")] = None
    support: Annotated[Text | None, N_("Ô phối hợp như bản in.")] = None
    implementers: Annotated[Text | None, N_("Ô lực lượng triển khai như bản in.")] = None


class Model(NamedTuple):
    """A model (mô hình) of the plan, with its steps in order."""

    model: Annotated[Number, N_("Số của mô hình, như mọi người gọi: 9 là “Mô hình 9”.")]
    title: Annotated[Text, N_("Nội dung nhiệm vụ, giữ nguyên bản gốc.")]
    deadline: Annotated[Day | None, N_("Thời hạn ban đầu; chỉ được để null khi có ongoing.")]
    lead: Annotated[Leads, N_("Mã đơn vị chủ trì, theo thứ tự bản in.")]
    steps: Annotated[
        Annotated[tuple[Step, ...], _AT_LEAST_ONE],
        N_("Các bước, theo thứ tự."),
    ]
    stt: Annotated[Number | None, N_("Số thứ tự dòng trong bảng in.")] = None
    organisation: Annotated[Texts, N_("Tổ chức thực hiện, giữ nguyên bản gốc.")] = ()
    outcome: Annotated[Text | None, N_("Hiệu quả, giữ nguyên bản gốc.")] = None
    extensions: Annotated[
        Annotated[tuple[Extension, ...], _LIST],
        N_("Các lần gia hạn, lần cũ trước, mỗi lần một dòng."),
    ] = ()
    ongoing: Annotated[
        Word | None,
        N_("“thường xuyên” hoặc “liên tục”: làm xong trước thời hạn rồi duy trì."),
    ] = None
    equipment: Annotated[Text | None, N_("Thiết bị, giữ nguyên bản gốc.")] = None
    support: Annotated[Codes, N_("Mã đơn vị phối hợp, theo thứ tự bản in.")] = ()
    implementers: Annotated[Codes, N_("Mã lực lượng triển khai, theo thứ tự bản in.")] = ()
    companies: Annotated[Texts, N_("Doanh nghiệp có giải pháp.")] = ()
    source: Annotated[Source | None, N_("Các ô như bản in.")] = None
    review: Annotated[Text | None, N_("Câu hỏi còn mở về bản gốc.")] = None

    @property
    def due(self) -> date | None:
        """The day until which the model is to be done: the last extension's, else the deadline."""
        return self.extensions[-1].to if self.extensions else self.deadline


class Agency(NamedTuple):
    """An agency (đơn vị) of the plan's register."""

    code: Annotated[Code, N_("Mã đơn vị, viết liền.")]
    name: Annotated[Text, N_("Tên đầy đủ.")]
    level: Annotated[
        Level | None,
        N_("Cấp: trung ương, tỉnh, huyện, xã, doanh nghiệp hoặc nhóm đơn vị."),
    ] = None
    name_en: Annotated[Text | None, N_("Tên tiếng Anh, hiện ra với --lang en.")] = None
    aliases: Annotated[Texts, N_("Các cách viết khác của tên.")] = ()
    email: Annotated[OneOrMoreWords, N_("Một hoặc nhiều địa chỉ thư điện tử.")] = ()


class Heading(NamedTuple):
    """What the plan as a whole says of itself."""

    code: Annotated[Code, N_("Mã kế hoạch, đứng trước địa chỉ khi có nhiều kế hoạch: HONQUAN:9.2.")]
    title: Annotated[Text, N_("Tên kế hoạch.")]
    place: Annotated[Text | None, N_("Địa phương.")] = None
    declared_models: Annotated[Number | None, N_("Số mô hình mà văn bản ghi.")] = None
    timezone: Annotated[Word, N_("Múi giờ của kế hoạch.")] = DEFAULT_TIMEZONE
    due_soon_days: Annotated[
        Number, N_("Số ngày trước hạn mà một nhiệm vụ được coi là sắp đến hạn.")
    ] = 7


class Plan(NamedTuple):
    """One file, one plan."""

    plan: Annotated[Heading, N_("Thông tin chung của kế hoạch.")]
    agencies: Annotated[
        Annotated[tuple[Agency, ...], _AT_LEAST_ONE],
        N_("Danh sách đơn vị."),
    ]
    models: Annotated[
        Annotated[tuple[Model, ...], _AT_LEAST_ONE],
        N_("Các mô hình."),
    ]
