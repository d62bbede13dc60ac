"""The skeleton of a new plan: filled in it is a valid plan, and so is each example in its comments."""

from __future__ import annotations

import re
from datetime import date

import pytest
from samples import every_key, filled

from de06cli.plan.checks.review import review
from de06cli.plan.fields import fields
from de06cli.plan.file.reader import read
from de06cli.plan.file.skeleton import SKELETON
from de06cli.plan.findings import Severity
from de06cli.plan.parts import Extension, Progress, Step
from de06cli.plan.periods import Period
from de06cli.plan.records import Agency, Heading, Model, Plan


def test_no_place_that_has_to_be_filled_in_passes() -> None:
    found = review(read(SKELETON.encode("utf-8")), date(2024, 1, 11))
    lines = SKELETON.splitlines()
    assert {one.severity for one in found} == {Severity.ERROR}
    assert [lines[one.place.line - 1].split(":")[0].strip(" -") for one in found] == [
        "code", "title", "code", "name", "title", "deadline", "lead", "text",
    ]  # fmt: skip


def test_the_skeleton_filled_in_is_a_plan_without_any_finding() -> None:
    reading = read(filled().encode("utf-8"))
    assert review(reading, date(2024, 1, 11)) == ()
    assert reading.plan == Plan(
        plan=Heading(code="KEHOACH", title="Tên kế hoạch"),
        agencies=(Agency(code="DV1", name="Tên đơn vị", level="district"),),
        models=(
            Model(
                model=1,
                stt=1,
                title="Nội dung nhiệm vụ",
                deadline=Period("day", date(2030, 12, 31)),
                lead=("DV1",),
                steps=(Step(step=1, text="Việc phải làm ở bước này.", agencies=("DV1",)),),
            ),
        ),
    )


def example(key: str) -> str:
    """The lines of the example in the comments that begins with ``key``, as they would be written."""
    found = re.search(rf"^# {{4,}}(- )?{key}:.*\n(?:# {{4,}}.*\n)*", SKELETON, re.MULTILINE)
    assert found is not None
    return re.sub(r"^# ", "", found[0], flags=re.MULTILINE)


def test_the_example_of_progress_can_be_written_where_it_says() -> None:
    text = filled().replace("\n      - step: 1\n", "\n" + example("step"))
    plan = read(text.encode()).plan
    assert plan is not None
    assert plan.models[0].steps[0].progress == Progress(
        "done", date(2024, 1, 20), "DV1", "45/BC-DV1"
    )


def test_the_example_of_an_extension_can_be_written_where_it_says() -> None:
    (deadline,) = re.findall(r"^    deadline: .*\n", filled(), re.MULTILINE)
    text = filled().replace(deadline, deadline + example("extensions"))
    plan = read(text.encode()).plan
    assert plan is not None
    assert plan.models[0].extensions == (
        Extension(
            Period("day", date(2024, 3, 31)), date(2023, 12, 25), "12/UBND-VX", "chờ kinh phí"
        ),
    )


def test_the_statuses_in_the_comments_are_the_known_ones() -> None:
    listed = re.findall(r"^#(?:   status:| {10}) (\w+)  ", SKELETON, re.MULTILINE)
    assert listed == ["doing", "done", "blocked", "skipped"]


def keys_of(record: type) -> set[str]:
    """Every key of a record and of those in it."""
    found = set()
    for field in fields(record).values():
        found |= {field.key} | (keys_of(field.record) if field.record else set())
    return found


def test_every_key_has_an_example_in_a_plan_without_errors() -> None:
    text = every_key()
    reading = read(text.encode())
    assert reading.plan is not None
    assert reading.errors == ()
    assert {key for key in keys_of(Plan) if not re.search(rf"\b{key}:", text)} == set()


@pytest.mark.parametrize("line", SKELETON.splitlines())
def test_no_line_is_too_long_for_a_terminal_or_ends_in_spaces(line: str) -> None:
    assert len(line) <= 100
    assert line == line.rstrip()
