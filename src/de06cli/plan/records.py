"""What a plan is made of, declared once: validation, the JSON Schema and the docs read it from here.

A text in ``Annotated`` describes a field to the people who write the file. The records are named tuples:
nothing has to be validated where nothing has changed, and they cost a third of dataclasses to define and
to make. Their annotations are no strings (no ``from __future__ import annotations``), since
``NamedTuple`` compiles each of those.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from de06cli.messages import N_
from de06cli.plan import findings as f


class Unfit(ValueError):
    """A value that is not written as its kind asks; ``args`` are a finding's code and a sentence."""


class Written:
    """How a kind of value is written in the file, and how it is read; ``schema`` is for JSON Schema."""

    def __init__(self, read: Callable[[Any], Any], schema: dict[str, Any]) -> None:
        self.read = read
        self.schema = schema

    def before(self, inner: Any) -> dict[str, Any]:
        """The core schema that reads a value and gives it to the core schema ``inner``."""
        return {
            "type": "function-before",
            "function": {"type": "no-info", "function": self.read},
            "schema": inner,
        }

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> dict[str, Any]:
        return self.before(handler(source))


def _read_number(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(r"0|[1-9][0-9]{0,8}", value):
            raise Unfit(f.NOT_A_NUMBER, N_("“{value}” không phải là một số nguyên như 1, 9, 24."))
        return int(value)
    return value


def _read_date(value: object) -> object:
    if isinstance(value, str):
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise Unfit(
                f.NOT_A_DATE, N_("“{value}” không phải là một ngày có thật dạng năm-tháng-ngày.")
            ) from None
    return value


def _read_text(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise Unfit(f.NO_TEXT, N_("Lời văn để trống."))
    return value


def _read_list(value: object) -> object:
    return () if value is None else value


def _read_one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else _read_list(value)


def _read_at_least_one(value: object) -> object:
    if value == []:
        raise Unfit(f.NO_TEXT, N_("Danh sách phải có ít nhất một mục."))
    return value


DEFAULT_TIMEZONE = "Asia/Ho_Chi_Minh"

# In an editor a plain 9 is a number, and a plain 2023-12-30 a text.
_NUMBER_SCHEMA = {
    "type": ["integer", "string"],
    "minimum": 0,
    "maximum": 999_999_999,
    "pattern": "^(0|[1-9][0-9]{0,8})$",
}
_TEXT_SCHEMA = {"type": ["string", "number", "boolean"], "pattern": r"\S"}

Number = Annotated[int, Written(_read_number, _NUMBER_SCHEMA)]
Day = Annotated[date, Written(_read_date, {"type": "string", "format": "date"})]
Text = Annotated[str, Written(_read_text, _TEXT_SCHEMA)]
Texts = Annotated[tuple[Text, ...], Written(_read_list, {"type": ["array", "null"]})]
OneOrMoreTexts = Annotated[
    tuple[Text, ...], Written(_read_one_or_more, {"type": ["array", "string", "null"]})
]
Codes = Texts
Leads = Annotated[tuple[Text, ...], Written(_read_at_least_one, {"type": "array", "minItems": 1})]

Level = Literal["central", "province", "district", "commune", "enterprise", "group"]
Status = Literal["doing", "done", "blocked", "skipped"]


class Progress(NamedTuple):
    """How far a step is; a step without one is not yet updated."""

    status: Annotated[Status, N_("Tình trạng của bước.")]
    date: Annotated[
        Day | None,
        N_("Ngày của văn bản hoặc của việc đã làm; bắt buộc khi done hoặc skipped."),
    ] = None
    by: Annotated[Text | None, N_("Mã đơn vị thực hiện.")] = None
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
        Annotated[tuple[Step, ...], Written(_read_at_least_one, {"type": "array", "minItems": 1})],
        N_("Các bước, theo thứ tự."),
    ]
    stt: Annotated[Number | None, N_("Số thứ tự dòng trong bảng in.")] = None
    organisation: Annotated[Texts, N_("Tổ chức thực hiện, giữ nguyên bản gốc.")] = ()
    outcome: Annotated[Text | None, N_("Hiệu quả, giữ nguyên bản gốc.")] = None
    extensions: Annotated[
        Annotated[tuple[Extension, ...], Written(_read_list, {"type": ["array", "null"]})],
        N_("Các lần gia hạn, lần cũ trước, mỗi lần một dòng."),
    ] = ()
    ongoing: Annotated[
        Text | None,
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

    code: Annotated[Text, N_("Mã đơn vị, viết liền.")]
    name: Annotated[Text, N_("Tên đầy đủ.")]
    level: Annotated[
        Level | None,
        N_("Cấp: trung ương, tỉnh, huyện, xã, doanh nghiệp hoặc nhóm đơn vị."),
    ] = None
    name_en: Annotated[Text | None, N_("Tên tiếng Anh, hiện ra với --lang en.")] = None
    aliases: Annotated[Texts, N_("Các cách viết khác của tên.")] = ()
    email: Annotated[OneOrMoreTexts, N_("Một hoặc nhiều địa chỉ thư điện tử.")] = ()


class Heading(NamedTuple):
    """What the plan as a whole says of itself."""

    code: Annotated[Text, N_("Mã kế hoạch, đứng trước địa chỉ khi có nhiều kế hoạch: HONQUAN:9.2.")]
    title: Annotated[Text, N_("Tên kế hoạch.")]
    place: Annotated[Text | None, N_("Địa phương.")] = None
    declared_models: Annotated[Number | None, N_("Số mô hình mà văn bản ghi.")] = None
    timezone: Annotated[Text, N_("Múi giờ của kế hoạch.")] = DEFAULT_TIMEZONE
    due_soon_days: Annotated[
        Number, N_("Số ngày trước hạn mà một nhiệm vụ được coi là sắp đến hạn.")
    ] = 7


class Plan(NamedTuple):
    """One file, one plan."""

    plan: Annotated[Heading, N_("Thông tin chung của kế hoạch.")]
    agencies: Annotated[
        Annotated[
            tuple[Agency, ...], Written(_read_at_least_one, {"type": "array", "minItems": 1})
        ],
        N_("Danh sách đơn vị."),
    ]
    models: Annotated[
        Annotated[tuple[Model, ...], Written(_read_at_least_one, {"type": "array", "minItems": 1})],
        N_("Các mô hình."),
    ]
