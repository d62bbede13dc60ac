"""Small plans written in place: what a test does not care about is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from de06cli.plan import periods
from de06cli.plan.cache import lazy
from de06cli.plan.file.skeleton import SKELETON
from de06cli.plan.parts import Extension, Progress, Source, Step
from de06cli.plan.periods import Kind, Period
from de06cli.plan.portfolio import of, single
from de06cli.plan.records import Agency, Heading, Model, Plan
from de06cli.tracking.states import Situation, Task, as_of

TODAY = date(2024, 1, 11)

AGENCIES = (
    Agency(code="C06", name="Cục C06", name_en="Department C06", level="central"),
    Agency(code="PC06", name="Phòng PC06, Công an tỉnh", level="province", aliases=("Phòng PC06",)),
    Agency(
        code="CAH",
        name="Công an huyện Hớn Quản",
        name_en="Hon Quan District Police",
        level="district",
        aliases=("Công an huyện", "CA huyện"),
        email=("cah@example.vn",),
    ),
    Agency(code="PVHTT", name="Phòng Văn hóa và Thông tin", level="district"),
    Agency(code="CSLT", name="Các cơ sở lưu trú"),
)


def step(
    number: int,
    progress: str = "todo",
    text: str = "Tập huấn.",
    *,
    due: str | None = None,
    agencies: Iterable[str] = (),
    **details: str,
) -> Step:
    """A step; its progress is written "done 2023-11-20", ``details`` are the progress's other keys."""
    status, _, on = progress.partition(" ")
    told: Any = {"status": status, "date": _day(on), **details}
    return Step(
        step=number,
        text=text,
        progress=None if status == "todo" else Progress(**told),
        agencies=tuple(agencies),
        due=_day(due),
    )


def extension(to: str, decided: str, **details: str) -> Extension:
    return Extension(periods.parse(to), date.fromisoformat(decided), **details)


def model(number: int, *steps: Step, deadline: str | None = "2023-12-30", **details: Any) -> Model:
    """A model that CAH leads, with one open step where none is given."""
    usual: dict[str, Any] = {"title": f"Nhiệm vụ {number}", "lead": ("CAH",)}
    return Model(
        model=number, deadline=_period(deadline), steps=steps or (step(1),), **usual | details
    )


def plan(*models: Model, agencies: tuple[Agency, ...] = AGENCIES, due_soon_days: int = 7) -> Plan:
    heading = Heading(code="HONQUAN", title="Kế hoạch", due_soon_days=due_soon_days)
    return Plan(heading, agencies, models)


def view(plan: Plan, today: date = TODAY) -> Situation:
    """One plan by itself, as of the end of ``today``."""
    return as_of(single(plan), (today,))


def several(**models: Iterable[Model]) -> Situation:
    """Plans with these codes, read as one, as of the end of 11 January 2024."""
    plans = []
    for code, listed in models.items():
        one = plan(*listed)
        plans.append(lazy.whole(one._replace(plan=one.plan._replace(code=code))))
    return as_of(of((), plans), (TODAY,) * len(plans))


def tasks(*models: Model, today: date = TODAY) -> list[Task]:
    """The models as they stand at the end of ``today``."""
    return view(plan(*models), today).tasks()


def task(model: Model, today: date = TODAY) -> Task:
    return tasks(model, today=today)[0]


def _any_period(kind: Kind, day: date) -> Period:
    return periods.holding(kind, day)


st.register_type_strategy(
    Period,
    st.builds(
        _any_period,
        st.sampled_from(["day", "week", "month", "quarter", "half", "year"]),
        st.dates(date(2, 1, 1), date(9998, 1, 1)),
    ),
)


def day_as_period(day: date) -> Period:
    return Period("day", day)


def _period(text: str | None) -> Period | None:
    return periods.parse(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# A model with everything, and five more in the other states on 11 January 2024 ----------------------

LODGING = model(
    9,
    step(
        1,
        "done 2023-11-20",
        "Công an huyện phối hợp Phòng Văn hóa thông tin tuyên truyền và hướng dẫn các cơ sở lưu trú.",
        by="CAH",
        evidence="45/BC-CAH",
        agencies=("CAH", "PVHTT"),
    ),
    step(
        2,
        "blocked 2023-12-05",
        "Công an huyện phối hợp PC06 tạo tài khoản cho cơ sở lưu trú và hướng dẫn thực hiện.",
        note="chờ kinh phí",
        due="2023-12-15",
    ),
    step(3, text="Các cơ sở lưu trú đăng ký hằng ngày.", agencies=("CSLT",)),
    title="Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn 2-3*",
    stt=4,
    organisation=("Công an huyện: Chủ trì tổ chức triển khai.", "Phòng VH TT khai thác dữ liệu."),
    outcome="Quản lý khách lưu trú; kịp thời phát hiện đối tượng truy nã.",
    equipment="Miễn phí trong năm 2023",
    lead=("CAH", "PVHTT"),
    support=("PC06",),
    implementers=("CAH", "CSLT"),
    companies=("VNPT",),
    deadline="2023-11-30",
    extensions=(
        extension("2023-12-30", "2023-11-25", document="12/CV-UBND", reason="chờ kinh phí"),
    ),
    source=Source("30/11/2023", "CAH, Phòng VH&TT", "PC06", "CAH, các cơ sở lưu trú"),
    review="Thiết bị “Miễn phí trong năm 2023”: từ năm 2024 trả phí thế nào?",
)
OTHERS = (
    model(40, title="Phân tích tình hình du lịch", lead=("PVHTT",), deadline="2023-10-30", stt=23),
    model(6, deadline="2024-01-15", title="Khám chữa bệnh bằng thẻ CCCD", lead=("C06",), stt=2),
    model(8, step(1, "done 2023-12-28"), title="Công chứng, chứng thực", lead=("PC06",), stt=3),
    model(23, step(1, "done 2024-01-04"), step(2, "skipped 2023-12-01", note="thừa"), title="LED"),
    model(25, deadline=None, ongoing="thường xuyên", title="Rà soát dân cư", lead=("CSLT",)),
)
SHOWN = (LODGING, *OTHERS)


# For hypothesis -----------------------------------------------------------------------------------

# A text as a plan's file may hold it: no control characters but TAB and line feed, nothing that turns
# the direction of what follows.
texts = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cc"],
        include_characters="\t\n",
        exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    )
)
days = st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=40))
codes = st.lists(st.sampled_from([agency.code for agency in AGENCIES]), unique=True, max_size=3)


@st.composite
def progresses(draw: st.DrawFn) -> Progress | None:
    """Progress as a valid plan may hold it."""
    status = draw(st.sampled_from([None, "doing", "done", "blocked", "skipped"]))
    if status is None:
        return None
    dated = status in {"done", "skipped"} or draw(st.booleans())
    noted = status in {"blocked", "skipped"} or draw(st.booleans())
    return Progress(status, draw(days) if dated else None, note="vì sao" if noted else None)


@st.composite
def models(draw: st.DrawFn, number: int = 1) -> Model:
    """A model as a valid plan may hold it."""
    ongoing = draw(st.sampled_from([None, None, "thường xuyên"]))
    deadline = draw(st.none() | days) if ongoing else draw(days)
    extensions = sorted(draw(st.lists(days, max_size=2))) if deadline else []
    count = draw(st.integers(1, 4))
    return Model(
        model=number,
        title=f"Nhiệm vụ {number}",
        deadline=deadline and day_as_period(deadline),
        lead=tuple(draw(codes.filter(bool))),
        steps=tuple(
            Step(each, "Tập huấn.", draw(progresses()), tuple(draw(codes)), draw(st.none() | days))
            for each in range(1, count + 1)
        ),
        extensions=tuple(Extension(day_as_period(to), draw(days)) for to in extensions),
        ongoing=ongoing,
        support=tuple(draw(codes)),
        implementers=tuple(draw(codes)),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of up to six models."""
    count = draw(st.integers(1, 6))
    return plan(*(draw(models(number)) for number in range(1, count + 1)))


# A skeleton filled in ------------------------------------------------------------------------------

FILLED = {
    "  code:  ": "  code: KEHOACH ",
    "  title:  ": '  title: "Tên kế hoạch" ',
    "  - code:  ": "  - code: DV1 ",
    "    name:  ": '    name: "Tên đơn vị" ',
    "    title:  ": '    title: "Nội dung nhiệm vụ" ',
    "    deadline:  ": "    deadline: 2030-12-31 ",
    "    lead: []": "    lead: [DV1]",
    "        text:  ": '        text: "Việc phải làm ở bước này." ',
    "        agencies: []": "        agencies: [DV1]",
}


def filled(text: str = SKELETON) -> str:
    """The skeleton with everything filled in that it leaves empty."""
    for empty, full in FILLED.items():
        assert text.count(f"\n{empty}") == 1
        text = text.replace(f"\n{empty}", f"\n{full}")
    return text


def every_key() -> str:
    """The plan in the comments of the skeleton that has every key, as it would be written."""
    return re.sub(r"^# ?", "", SKELETON[SKELETON.index("# plan:") :], flags=re.MULTILINE)
