"""Changes in the plan's own words, on one line each, and as JSON."""

from __future__ import annotations

from datetime import datetime

import pytest
from samples import LODGING, extension, model, plan, step

from de06cli import messages
from de06cli.plan.committed.git_log import Commit
from de06cli.plan.fields import fields
from de06cli.plan.parts import Extension, Progress, Source, Step
from de06cli.plan.periods import Period
from de06cli.plan.records import Agency, Heading, Model, Plan
from de06cli.tracking.changes import Change, ChangeKind, changes
from de06cli.views.contents.changes import history

NAME = "Mô hình 9 (STT 4) Triển khai nền tảng quản lý lưu trú tại: Nhà trọ…"
LONG = (
    "Công an huyện phối hợp Phòng Văn hóa thông tin tổ chức tuyên truyền và hướng dẫn các cơ sở lưu "
    "trú thực hiện sử dụng phần mềm ASM"
)


def sentences(before: Plan, after: Plan) -> list[str]:
    return [history.sentence(change) for change in changes(before, after)]


def of_model(**changed: object) -> str:
    """The sentences about the sample model when these of its fields change."""
    (sentence,) = sentences(plan(LODGING), plan(LODGING._replace(**changed)))
    return sentence.removeprefix(f"{NAME}: ")


def of_step(**changed: object) -> str:
    """The sentences about its second step."""
    first, second, *others = LODGING.steps
    steps = (first, second._replace(**changed), *others)
    (sentence,) = sentences(plan(LODGING), plan(LODGING._replace(steps=steps)))
    return sentence.removeprefix(f"{NAME}, bước 2: ")


def day(text: str):
    return datetime.fromisoformat(text).date()


# Sentences ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"progress": Progress("done", day("2023-12-20"), "CAH", "50/BC", "đã xong\nhết")},
            "Vướng mắc 05/12/2023 – chờ kinh phí → Hoàn thành 20/12/2023 – CAH – 50/BC – đã xong hết",
        ),
        (
            {"progress": None},
            "Vướng mắc 05/12/2023 – chờ kinh phí → Chưa thực hiện",
        ),
        ({"progress": Progress("doing")}, "Vướng mắc 05/12/2023 – chờ kinh phí → Đang thực hiện"),
        ({"due": day("2024-01-31")}, "thời hạn 15/12/2023 → 31/01/2024"),
        ({"due": None}, "thời hạn 15/12/2023 → –"),
        ({"agencies": ("CAH", "PC06")}, "đơn vị thực hiện – → CAH, PC06"),
    ],
)
def test_a_step_that_changed_is_reported(changed, expected):
    assert of_step(**changed) == expected


LONGER = extension("2024-03-31", "2023-12-25", document="15/CV", reason="chờ\nthiết bị")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"deadline": day("2023-10-31")}, "thời hạn 30/11/2023 → 31/10/2023"),
        (
            {"extensions": (*LODGING.extensions, LONGER)},
            "thời hạn 30/12/2023 → 31/03/2024 (gia hạn lần 2) – 15/CV – chờ thiết bị",
        ),
        ({"extensions": ()}, "thời hạn 30/12/2023 → 30/11/2023"),
        (
            {"extensions": (extension("2024-01-31", "2023-11-25"),)},
            "thời hạn 30/12/2023 → 31/01/2024",
        ),
        (
            {"extensions": (extension("2023-12-30", "2023-11-26", document="13/CV"),)},
            ("gia hạn 30/12/2023 – 25/11/2023 – 12/CV-UBND – chờ kinh phí → "
            "30/12/2023 – 26/11/2023 – 13/CV"),
        ),
        ({"ongoing": "thường xuyên"}, "duy trì – → thường xuyên"),
        ({"lead": ("CAH",)}, "chủ trì CAH, PVHTT → CAH"),
        ({"support": ()}, "phối hợp PC06 → –"),
        ({"implementers": ("CSLT",)}, "lực lượng triển khai CAH, CSLT → CSLT"),
        ({"stt": None}, "STT 4 → –"),
        ({"equipment": None}, "thiết bị “Miễn phí trong năm 2023” → –"),
        ({"companies": ("VNPT", "Viettel")}, "doanh nghiệp VNPT → “VNPT, Viettel”"),
        (
            {"source": LODGING.source._replace(deadline="31/12/2023", lead=None)},
            "văn bản gốc (thời hạn) 30/11/2023 → 31/12/2023; văn bản gốc (chủ trì) “CAH, Phòng VH&TT” → –",
        ),
        ({"source": Source("30/11/2023", "CAH, Phòng VH&TT", "PC06")},
         "văn bản gốc (lực lượng triển khai) “CAH, các cơ sở lưu trú” → –"),
    ],
)  # fmt: skip
def test_a_model_that_changed_is_reported(changed, expected):
    told = of_model(**changed)

    assert told.removeprefix(f"{NAME.replace(' (STT 4)', '')}: ") == expected


def test_a_long_text_is_shown_from_shortly_before_the_place_where_it_changed():
    before = plan(model(1, step(1, text=LONG)))
    after = plan(model(1, step(1, text=LONG.replace("phần mềm ASM", "phần mềm VNeID"))))

    (sentence,) = sentences(before, after)
    assert sentence == (
        "Mô hình 1 Nhiệm vụ 1, bước 1: nội dung "
        "“…hiện sử dụng phần mềm ASM” → “…hiện sử dụng phần mềm VNeID”"
    )


def test_a_long_text_that_changed_early_is_shown_from_its_beginning():
    before = plan(model(1, step(1, text=LONG)))
    after = plan(model(1, step(1, text=LONG.replace("Công an", "CA"))))

    (sentence,) = sentences(before, after)
    assert sentence == (
        "Mô hình 1 Nhiệm vụ 1, bước 1: nội dung "
        "“Công an huyện phối hợp Phòng Văn hóa thông tin tổ chức…” → "
        "“CA huyện phối hợp Phòng Văn hóa thông tin tổ chức tuyên…”"
    )


def test_a_text_without_spaces_is_clipped_too():
    before, after = plan(model(1, title="a" * 500 + "b")), plan(model(1, title="a" * 500 + "c"))

    (sentence,) = sentences(before, after)
    assert len(sentence) < 300


def test_what_came_and_went_is_reported():
    old = plan(model(1), model(2, step(1), step(2)))
    new = plan(model(2, step(1), step(3)), model(3))

    assert sentences(old, new) == [
        "Mô hình 2 Nhiệm vụ 2, bước 3: thêm vào",
        "Mô hình 2 Nhiệm vụ 2, bước 2: bỏ đi",
        "Mô hình 3 Nhiệm vụ 3: thêm vào",
        "Mô hình 1 Nhiệm vụ 1: bỏ đi",
    ]


def test_the_register_and_the_heading_are_reported():
    old = plan(model(1))
    pc06 = old.agencies[1]._replace(aliases=("PC 06",), email=("a@x.vn", "b@x.vn"))
    ctk = Agency("CTK", "Chi cục Thống kê")
    heading = old.plan._replace(due_soon_days=0, place="Bình Phước")
    new = Plan(heading, (pc06, *old.agencies[2:], ctk), old.models)

    assert sentences(old, new) == [
        "Kế hoạch: địa phương – → “Bình Phước”",
        "Kế hoạch: số ngày báo trước hạn 7 → 0",
        "Đơn vị PC06: tên gọi khác “Phòng PC06” → “PC 06”",
        "Đơn vị PC06: thư điện tử – → “a@x.vn, b@x.vn”",
        "Đơn vị CTK: thêm vào",
        "Đơn vị C06: bỏ đi",
    ]


def test_a_plan_that_came_or_went_is_reported():
    assert history.sentence(Change(ChangeKind.ADDED)) == "Kế hoạch: thêm vào"
    assert history.sentence(Change(ChangeKind.REMOVED)) == "Kế hoạch: bỏ đi"


@pytest.mark.parametrize("record", [Heading, Agency, Model, Step, Source, Extension, Progress])
def test_every_field_has_a_label_of_its_own(record):
    labels = [field.label for field in fields(record).values()]

    assert [*fields(record)] == [*record._fields]
    assert len({*labels}) == len(labels)
    assert all(label[0].isupper() for label in labels)


def test_english_says_it_in_english():
    messages.use("en")
    steps = (LODGING.steps[0], LODGING.steps[1]._replace(progress=None), LODGING.steps[2])

    (sentence,) = sentences(plan(LODGING), plan(LODGING._replace(steps=steps)))
    assert sentence == (
        "Model 9 (row 4) Triển khai nền tảng quản lý lưu trú tại: Nhà trọ…, step 2: "
        "Blocked 5 Dec 2023 – chờ kinh phí → Not started"
    )


# Commits --------------------------------------------------------------------------------------------

WHEN = "2023-11-20T23:30:00+00:00"
COMMIT = Commit(
    "0123456789abcdef0123456789abcdef01234567", "Nguyễn Văn An", WHEN, "Ghi tiến độ", (), "m.yaml",
    "m.yaml", removed=False,
)  # fmt: skip


def entry(found: list[Change] | None, commit: Commit = COMMIT) -> str:
    return history.entry(commit, datetime.fromisoformat("2023-11-21T06:30:00+07:00"), found)


def test_a_commit_is_shown_with_what_it_changed():
    found = changes(plan(model(1), model(2)), plan(model(2)))

    assert entry(found) == (
        "21/11/2023 06:30  Nguyễn Văn An  0123456789  Ghi tiến độ\n  Mô hình 1 Nhiệm vụ 1: bỏ đi\n"
    )


def test_a_commit_without_a_plan_or_without_a_change_says_so():
    head = "21/11/2023 06:30  Nguyễn Văn An  0123456789  Ghi tiến độ\n"

    assert entry(None) == (f"{head}  Tệp ở phiên bản này không hợp lệ nên không so sánh được.\n")
    assert entry([]) == f"{head}  Chỉ thay đổi cách trình bày trong tệp, nội dung không đổi.\n"


def test_what_git_keeps_does_not_control_the_terminal():
    odd = COMMIT._replace(author="An\x1b[31m\x07", subject="xóa\x9b2J\r\u202edòng\u200b  kia")

    assert entry([Change(ChangeKind.ADDED)], odd) == (
        "21/11/2023 06:30  An [31m  0123456789  xóa 2J dòng kia\n  Kế hoạch: thêm vào\n"
    )


# JSON -----------------------------------------------------------------------------------------------


def test_a_change_as_json_has_who_and_when():
    new = plan(LODGING._replace(extensions=(*LODGING.extensions, LONGER)))
    (change,) = changes(plan(LODGING), new)

    before = {
        "to": "2023-12-30",
        "decided": "2023-11-25",
        "document": "12/CV-UBND",
        "reason": "chờ kinh phí",
    }
    after = {
        "to": "2024-03-31",
        "decided": "2023-12-25",
        "document": "15/CV",
        "reason": "chờ\nthiết bị",
    }
    assert history.change_record(change, "HONQUAN", COMMIT) == {
        "plan": "HONQUAN",
        "kind": "deadline",
        "model": 9,
        "stt": 4,
        "step": None,
        "agency": None,
        "field": "extensions",
        "before": [before],
        "after": [before, after],
        "revision": "0123456789abcdef0123456789abcdef01234567",
        "author": "Nguyễn Văn An",
        "date": WHEN,
        "subject": "Ghi tiến độ",
    }


def test_a_change_that_no_commit_made_has_neither():
    (change,) = changes(
        plan(LODGING), plan(LODGING._replace(deadline=Period("day", day("2023-10-31"))))
    )

    assert history.change_record(change, "HONQUAN", None) == {
        "plan": "HONQUAN",
        "kind": "deadline",
        "model": 9,
        "stt": 4,
        "step": None,
        "agency": None,
        "field": "deadline",
        "before": "2023-11-30",
        "after": "2023-10-31",
        "revision": None,
        "author": None,
        "date": None,
        "subject": None,
    }
