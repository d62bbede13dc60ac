"""The records that a model consists of: steps, progress, extensions, handovers, periods, targets, cells.

They are declared as those of ``plan/records.py`` are.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

from de06cli.messages import N_
from de06cli.named_tuples import NamedTuple
from de06cli.plan.declaring import (
    DEADLINE,
    LIST,
    PROGRESS,
    ROLE,
    About,
    AgencyCode,
    Amount,
    Codes,
    Day,
    DayOrPeriod,
    Every,
    Goals,
    NewCodes,
    NewLeads,
    Number,
    Offset,
    OwnPeriod,
    Status,
    Text,
    Word,
)

CLOSED_STEPS = frozenset({"done", "skipped"})  # the statuses after which nothing is left to do


class Progress(NamedTuple):
    """How far a step is; a step without one is not yet updated."""

    status: Annotated[Status, About(N_("Tình trạng"), N_("Tình trạng của bước."))]
    date: Annotated[
        Day | None,
        About(
            N_("Ngày"), N_("Ngày của văn bản hoặc ngày thực hiện; bắt buộc khi done hoặc skipped.")
        ),
    ] = None
    by: Annotated[
        AgencyCode | None, About(N_("Đơn vị đã thực hiện"), N_("Mã đơn vị đã thực hiện."))
    ] = None
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

    to: Annotated[
        DayOrPeriod, About(N_("Hạn mới"), N_("Thời hạn mới: ngày hoặc kỳ, như deadline."))
    ]
    decided: Annotated[Day, About(N_("Ngày quyết định"), N_("Ngày quyết định gia hạn."))]
    document: Annotated[
        Text | None, About(N_("Số, ký hiệu văn bản"), N_("Số, ký hiệu văn bản gia hạn."))
    ] = None
    reason: Annotated[Text | None, About(N_("Lý do"), N_("Lý do gia hạn."))] = None


class Handover(NamedTuple):
    """From a day on, roles of a model have other lists; None leaves a role as it is."""

    on: Annotated[Day, About(N_("Từ ngày"), N_("Ngày đầu tiên của phân công mới."))]
    lead: Annotated[
        NewLeads, About(N_("Chủ trì"), N_("Các đơn vị chủ trì từ ngày đó."), part=ROLE)
    ] = None
    support: Annotated[
        NewCodes, About(N_("Phối hợp"), N_("Các đơn vị phối hợp từ ngày đó."), part=ROLE)
    ] = None
    implementers: Annotated[
        NewCodes,
        About(N_("Lực lượng triển khai"), N_("Lực lượng triển khai từ ngày đó."), part=ROLE),
    ] = None
    document: Annotated[
        Text | None, About(N_("Số, ký hiệu văn bản"), N_("Số, ký hiệu văn bản bàn giao."))
    ] = None
    reason: Annotated[Text | None, About(N_("Lý do"), N_("Lý do bàn giao."))] = None


class Stop(NamedTuple):
    """A document ended the model (dừng thực hiện)."""

    on: Annotated[Day, About(N_("Từ ngày"), N_("Ngày đầu tiên không thực hiện nữa."))]
    document: Annotated[
        Text | None, About(N_("Số, ký hiệu văn bản"), N_("Số, ký hiệu văn bản cho dừng."))
    ] = None
    reason: Annotated[Text | None, About(N_("Lý do"), N_("Lý do dừng thực hiện."))] = None


class Recurrence(NamedTuple):
    """How often a duty is due, and when: on the last day of each period, or as ``after`` or ``day`` says."""

    every: Annotated[
        Every,
        About(
            N_("Mỗi"),
            N_("Kỳ: week (tuần), month (tháng), quarter (quý), half (6 tháng), year (năm)."),
        ),
    ]
    after: Annotated[
        Offset | None,
        About(N_("Số ngày sau kỳ"), N_("Số ngày sau ngày cuối của kỳ; số âm là trước ngày đó.")),
    ] = None
    day: Annotated[
        Word | None,
        About(
            N_("Ngày trong kỳ"),
            N_(
                "Ngày của tháng cuối kỳ (15; 31 là ngày cuối tháng); của tuần mon–sun; của năm 11-30."
            ),
        ),
    ] = None
    from_: Annotated[
        DayOrPeriod | None,
        About(N_("Từ"), N_("Kỳ hoặc ngày bắt đầu; bỏ trống thì từ start, assigned hoặc issued.")),
    ] = None
    until: Annotated[DayOrPeriod | None, About(N_("Đến"), N_("Kỳ hoặc ngày kết thúc."))] = None


class PeriodProgress(NamedTuple):
    """How far one period of a recurring duty is."""

    period: Annotated[
        OwnPeriod, About(N_("Kỳ"), N_("Kỳ: 2025-W05, 2025-01, 2025-Q1, 2025-H1, 2025."))
    ]
    status: Annotated[Status, About(N_("Tình trạng"), N_("Tình trạng của kỳ."))]
    date: Annotated[
        Day | None,
        About(
            N_("Ngày"), N_("Ngày của văn bản hoặc ngày thực hiện; bắt buộc khi done hoặc skipped.")
        ),
    ] = None
    by: Annotated[
        AgencyCode | None, About(N_("Đơn vị đã thực hiện"), N_("Mã đơn vị đã thực hiện."))
    ] = None
    evidence: Annotated[
        Text | None, About(N_("Minh chứng"), N_("Minh chứng: số, ký hiệu văn bản."))
    ] = None
    note: Annotated[
        Text | None, About(N_("Ghi chú"), N_("Ghi chú; bắt buộc khi blocked hoặc skipped."))
    ] = None

    @property
    def progress(self) -> Progress:
        """The same, as a step has it."""
        return Progress(*self[1:])


class Measurement(NamedTuple):
    """A value of a target on a day."""

    date: Annotated[Day, About(N_("Ngày"), N_("Ngày của số liệu."))]
    value: Annotated[
        Amount,
        About(
            N_("Giá trị"),
            N_("Số (69.7), hoặc phần trên tổng số (8432/12100) nếu đơn vị tính là %."),
        ),
    ]
    by: Annotated[AgencyCode | None, About(N_("Đơn vị báo cáo"), N_("Mã đơn vị báo cáo."))] = None
    evidence: Annotated[
        Text | None, About(N_("Minh chứng"), N_("Minh chứng: số, ký hiệu văn bản."))
    ] = None
    note: Annotated[Text | None, About(N_("Ghi chú"), N_("Ghi chú."))] = None


class Target(NamedTuple):
    """A target (chỉ tiêu) of a model; it changes no state."""

    target: Annotated[Number, About(N_("Chỉ tiêu"), N_("Số của chỉ tiêu: 1 có địa chỉ 14.t1."))]
    goal: Annotated[
        Goals,
        About(N_("Mục tiêu"), N_("Mục tiêu: “≥ 80”, hoặc theo kỳ {2025-12: ≥ 80, 2030: ≥ 95}.")),
    ]
    name: Annotated[
        Text | None, About(N_("Tên chỉ tiêu"), N_("Tên chỉ tiêu; bỏ trống thì là tên nhiệm vụ."))
    ] = None
    unit: Annotated[Text | None, About(N_("Đơn vị tính"), N_("Đơn vị tính: %, hồ sơ, người."))] = (
        None
    )
    values: Annotated[
        Annotated[tuple[Measurement, ...], LIST],
        About(N_("Số liệu"), N_("Số liệu theo ngày, cũ trước, mỗi lần một dòng.")),
    ] = ()


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


class Lists(NamedTuple):
    """The agencies of the three roles, by their codes."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    implementers: tuple[str, ...] = ()


def handed(printed: Lists, handovers: Iterable[Handover], day: date) -> Lists:
    """The lists on ``day`` after the handovers up to it; each replaces the whole lists it names."""
    lists = printed
    for handover in sorted(handovers, key=lambda one: one.on):
        if handover.on <= day:
            named = (
                new if new is not None else old
                for old, new in zip(lists, handover[1:4], strict=True)
            )
            lists = Lists(*named)
    return lists


def step_pairs(before: Sequence[Step], after: Sequence[Step]) -> list[tuple[Step, Step | None]]:
    """Each step of ``after`` with the one that it was, None for a new one: the one with its number and text,
    else the one with a text that is of one step alone, before and after, else the one with its number."""
    old = {step.step: step for step in before}
    by_text = {step.text: step for step in before}
    times = Counter(step.text for step in before), Counter(step.text for step in after)
    same = {}
    for step in after:
        was = old.get(step.step)
        if was and was.text == step.text:
            same[step.step] = was
        elif times[0][step.text] == times[1][step.text] == 1:
            same[step.step] = by_text[step.text]
    taken = {was.step for was in same.values()}
    free = {number: step for number, step in old.items() if number not in taken}
    return [(step, same.get(step.step) or free.get(step.step)) for step in after]
