"""Random pairs of edits of one plan: the merge has what both sides changed and nothing else, or it asks.

The plan is made from plain values here, and what both sides say together is worked out on these values,
so that nothing of the merge itself is used to judge it.
"""

from __future__ import annotations

import copy
import random
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import support

from de06cli.plan.checks.conflicts import Keep
from de06cli.plan.file.reader import read
from de06cli.plan.records import Plan
from de06cli.plan.sharing import plans
from de06cli.plan.sharing.plans import Choices, Merged

# A plan in plain values ---------------------------------------------------------------------------

SENTENCES = [
    "Công an xã lập danh sách hộ dân trên địa bàn.",
    "Văn phòng bố trí địa điểm tiếp nhận hồ sơ.",
    "Tổ chức tuyên truyền trên hệ thống loa truyền thanh.",
    "Hướng dẫn cơ sở lưu trú cài đặt phần mềm ASM.",
    "Trung tâm Y tế đối soát dữ liệu tiêm chủng với dữ liệu dân cư.",
    "Báo cáo kết quả gửi Tổ công tác cấp huyện.",
]


def base_plan() -> dict[str, Any]:
    """Models with steps, one with its own mark, a duty and one with a target; some of it is marked."""
    steps = {
        number: [
            {
                "id": f"{number}-{n}",
                "text": f"{SENTENCES[(n + number) % 6]} Đợt {number}.",
                "due": None,
            }
            for n in range(4)
        ]
        for number in (1, 2)
    }
    steps[1][1]["progress"] = "{status: doing, date: 2024-01-05}"
    models = {
        1: {
            "steps": steps[1],
            "extensions": ["{to: 2024-06-30, decided: 2024-01-02, document: 1/QD}"],
        },
        2: {"steps": steps[2], "extensions": []},
        3: {"progress": None, "extensions": []},
        4: {"periods": ["{period: 2024-02, status: done, date: 2024-03-01}"]},
        5: {"values": ["{date: 2024-03-31, value: 40}"], "extensions": []},
    }
    for number, model in models.items():
        model |= {"title": f"Nhiệm vụ số {number} của xã", "handovers": [], "comments": []}
        model["deadline"] = "2024-05-31" if number != 4 else None
    models[2]["comments"].append("# hỏi lại Văn phòng")
    return {"models": models, "names": {"CAX": "Công an xã", "VPX": "Văn phòng"}}


def written(plan: dict[str, Any]) -> str:
    lines = ["plan:", "  code: TK", '  title: "Kế hoạch"', "  issued: 2024-01-01", "agencies:"]
    for code, name in plan["names"].items():
        lines += [f"  - code: {code}", f'    name: "{name}"']
    lines.append("models:")
    for number, model in plan["models"].items():
        lines += [f"  - model: {number}"]
        if model.get("progress"):
            lines += [f"    progress: {model['progress']}"]
        lines += [f"    {comment}" for comment in model["comments"]]
        lines += [f'    title: "{model["title"]}"']
        if model["deadline"]:
            lines += [f"    deadline: {model['deadline']}"]
        else:
            lines += ["    recurs: {every: month, after: 5}"]
        for key in ("extensions", "periods"):
            lines += listed(key, model.get(key), "    ")
        lines += ["    lead: [CAX]", *listed("handovers", model["handovers"], "    ")]
        if "values" in model:
            lines += ["    targets:", "      - target: 1", '        goal: "≥ 80"']
            lines += listed("values", model["values"], "        ")
        if "steps" in model:
            lines.append("    steps:")
        for n, step in enumerate(model.get("steps", ()), 1):
            lines += [f"      - step: {n}"]
            if step.get("progress"):
                lines += [f"        progress: {step['progress']}"]
            lines += [f'        text: "{step["text"]}"']
            if step["due"]:
                lines += [f"        due: {step['due']}"]
    return "\n".join([*lines, ""])


def listed(key: str, entries: list[str] | None, indent: str) -> list[str]:
    """A list in the order of its days: in each entry the first day that orders it."""

    def order(entry: str) -> list[str]:
        decided = re.findall(r"decided: ([0-9-]+)", entry)
        return [*decided, *re.findall("[0-9]{4}[0-9-]*", entry), entry]

    return (
        [f"{indent}{key}:", *(f"{indent}  - {one}" for one in sorted(entries, key=order))]
        if (entries)
        else []
    )


# Edits --------------------------------------------------------------------------------------------


@dataclass
class Edit:
    """What somebody changes: ``about`` names it, ``says`` tells two edits of one thing apart."""

    about: tuple[object, ...]
    says: str
    make: Callable[[dict[str, Any]], None]


def put(plan: dict[str, Any], number: int, key: str, entry: str) -> None:
    if entry not in plan["models"][number][key]:
        plan["models"][number][key].append(entry)


def step_of(plan: dict[str, Any], name: str) -> dict[str, Any]:
    steps = plan["models"][int(name[0])]["steps"]
    return next(step for step in steps if step["id"] == name)


def mark(chance: random.Random) -> Edit:
    name = f"{chance.choice([1, 2])}-{chance.randrange(4)}"
    says = f"{{status: done, date: 2024-02-0{chance.randint(1, 3)}, by: CAX}}"
    return Edit(
        ("step", name, "progress"), says, lambda plan: step_of(plan, name).update(progress=says)
    )


def own_mark(chance: random.Random) -> Edit:
    says = f"{{status: done, date: 2024-02-0{chance.randint(1, 3)}, evidence: 4/BC}}"
    return Edit((3, "progress"), says, lambda plan: plan["models"][3].update(progress=says))


def period(chance: random.Random) -> Edit:
    month = f"2024-{chance.randint(3, 8):02}"
    says = f"{{period: {month}, status: done, date: {month}-2{chance.randint(1, 2)}}}"
    return Edit((4, month), says, lambda plan: put(plan, 4, "periods", says))


def value(chance: random.Random) -> Edit:
    day = f"2024-{chance.randint(4, 9):02}-30"
    says = f"{{date: {day}, value: {chance.randint(50, 52)}}}"
    return Edit((5, day), says, lambda plan: put(plan, 5, "values", says))


def extension(chance: random.Random) -> Edit:
    number, n = chance.choice([1, 2, 3, 5]), chance.randint(10, 20)
    says = f"{{to: 2024-12-{n}, decided: 2024-02-{chance.randint(1, 9):02}, document: {n}/QD}}"
    return Edit((number, "extension", n), says, lambda plan: put(plan, number, "extensions", says))


def corrected_extension(chance: random.Random) -> Edit:
    old = "{to: 2024-06-30, decided: 2024-01-02, document: 1/QD}"
    says = old.replace("06-30", f"07-{chance.randint(10, 11)}")

    def make(plan: dict[str, Any]) -> None:
        entries = plan["models"][1]["extensions"]
        entries[:] = [says if one == old else one for one in entries]

    return Edit((1, "extension", 1), says, make)


def handover(chance: random.Random) -> Edit:
    number, day = chance.choice([1, 3, 4]), chance.randint(10, 15)
    says = f"{{on: 2024-02-{day}, lead: [VPX], document: {day + chance.randint(0, 1)}/QD}}"
    return Edit((number, "handover", day), says, lambda plan: put(plan, number, "handovers", says))


def text(chance: random.Random) -> Edit:
    name, says = f"{chance.choice([1, 2])}-{chance.randrange(4)}", f"lần {chance.randint(1, 2)}"

    def make(plan: dict[str, Any]) -> None:
        step = step_of(plan, name)
        if says not in step["text"]:
            step["text"] += f" Rà soát {says}."

    return Edit(("step", name, "text"), says, make)


def own_deadline(chance: random.Random) -> Edit:
    name = f"{chance.choice([1, 2])}-{chance.randrange(4)}"
    says = f"2024-05-0{chance.randint(1, 2)}"
    return Edit(("step", name, "due"), says, lambda plan: step_of(plan, name).update(due=says))


def deadline(chance: random.Random) -> Edit:
    number, says = chance.choice([1, 2, 3, 5]), f"2024-08-{chance.randint(10, 11)}"
    return Edit(
        (number, "deadline"), says, lambda plan: plan["models"][number].update(deadline=says)
    )


def title(chance: random.Random) -> Edit:
    number, says = chance.randint(1, 5), f"Tên mới {chance.randint(1, 2)} của nhiệm vụ"
    return Edit((number, "title"), says, lambda plan: plan["models"][number].update(title=says))


def comment(chance: random.Random) -> Edit:
    number, says = chance.randint(1, 5), f"# ghi nhớ {chance.randint(1, 99)}"

    def make(plan: dict[str, Any]) -> None:
        plan["models"][number]["comments"].append(says)

    return Edit((number, says), says, make)


def inserted_step(chance: random.Random) -> Edit:
    """A step in the middle, and the later ones renumbered."""
    number, at, n = chance.choice([1, 2]), chance.randint(0, 3), chance.randint(100, 999)
    words = f"Mời {n} đại biểu dự hội nghị sơ kết giai đoạn {n}."

    def make(plan: dict[str, Any]) -> None:
        steps = plan["models"][number]["steps"]
        behind = next(i for i, one in enumerate(steps) if one["id"] == f"{number}-{at}")
        steps.insert(behind, {"id": str(n), "text": words, "due": None})

    return Edit((number, "steps", words), words, make)


def removed_step(chance: random.Random) -> Edit:
    name = f"{chance.choice([1, 2])}-{chance.randrange(4)}"

    def make(plan: dict[str, Any]) -> None:
        steps = plan["models"][int(name[0])]["steps"]
        steps[:] = [step for step in steps if step["id"] != name]

    return Edit(("step", name), "removed", make)


def name(chance: random.Random) -> Edit:
    code, says = chance.choice(["CAX", "VPX"]), f"Tên đơn vị {chance.randint(1, 2)}"
    return Edit(("name", code), says, lambda plan: plan["names"].update({code: says}))


EDITS = [
    mark, mark, own_mark, period, period, value, value, extension, extension, corrected_extension,
    handover, text, own_deadline, deadline, title, comment, inserted_step, removed_step, name,
]  # fmt: skip


def drawn(chance: random.Random) -> list[Edit]:
    """One to three edits of different things, as one person makes them."""
    edits: list[Edit] = []
    for _time in range(chance.randint(1, 3)):
        edit = chance.choice(EDITS)(chance)
        if not any(touch(edit, other) for other in edits):
            edits.append(edit)
    return edits


def touch(one: Edit, other: Edit) -> bool:
    """Whether two edits are of one thing: the same, or a part of what is taken away."""
    shorter = min(len(one.about), len(other.about))
    if one.about[0] == other.about[0] == "step":
        return one.about[:shorter] == other.about[:shorter]
    return one.about == other.about


def made(edits: list[Edit]) -> dict[str, Any]:
    plan = copy.deepcopy(base_plan())
    for edit in sorted(edits, key=lambda one: one.says == "removed"):
        edit.make(plan)
    return plan


# The merge ----------------------------------------------------------------------------------------


@pytest.fixture
def by_lines(tmp_path: Path) -> plans.ByLines:
    support.git(tmp_path, "--version")  # skips the test where there is none

    def joined(*texts: str) -> str:
        paths = [tmp_path / name for name in ("base", "ours", "theirs")]
        for path, content in zip(paths, texts, strict=True):
            path.write_bytes(content.encode())
        base, ours, theirs = map(str, paths)
        return subprocess.run(
            ["git", "merge-file", "-p", "-q", ours, base, theirs], capture_output=True, check=False
        ).stdout.decode()

    return joined


def merged(by_lines: plans.ByLines, base: str, ours: str, theirs: str) -> Merged:
    found = plans.merge(base, ours, theirs, by_lines)
    assert found is not None
    return found


def plan_of(content: str) -> Plan:
    reading = read(content.encode())
    assert reading.plan is not None, reading.errors
    return reading.plan


def comments_of(content: str) -> list[str]:
    return sorted(re.findall(r"#.*", content))


@pytest.mark.parametrize("seed", range(20))
def test_no_pair_of_edits_loses_a_change_or_invents_one(by_lines, seed):
    chance = random.Random(seed)
    base = written(base_plan())
    for _pair in range(20):
        ours, theirs = drawn(chance), drawn(chance)
        said = [(edit.about, edit.says) for edit in (*ours, *theirs)]
        contradict = [
            (one, other)
            for one in ours
            for other in theirs
            if touch(one, other) and (one.about, one.says) != (other.about, other.says)
        ]

        found = merged(by_lines, base, written(made(ours)), written(made(theirs)))

        expected = written(
            made([*ours, *(one for one in theirs if not any(touch(one, o) for o in ours))])
        )
        text = found.text
        if contradict:
            assert text is None, said
            assert "<<<<<<<" in found.marked(), said
            if found.places:
                continue
            text = found.resolved(Choices([question.ours for question in found.questions]))
        assert text is not None, (said, found.questions, found.places)
        assert told(text, ours, theirs) == told(expected, ours, theirs), said
        assert comments_of(text) == comments_of(expected), said


def told(content: str, ours: list[Edit], theirs: list[Edit]) -> Plan:
    """The plan; where both sides put steps into one model, whose come first is left open."""
    plan = plan_of(content)
    open_ones = {
        one.about[0]
        for one, other in product(ours, theirs)
        if "steps" in one.about and one.about[:2] == other.about[:2]
    }
    return plan._replace(
        models=tuple(
            model._replace(
                steps=tuple(sorted((s._replace(step=0) for s in model.steps), key=lambda s: s.text))
            )
            if model.model in open_ones
            else model
            for model in plan.models
        )
    )


# Cases of their own ----------------------------------------------------------------------------------


def edited(**models: Callable[[dict[str, Any]], None]) -> str:
    """The plan with these changes of its models, ``m1`` for the first."""
    plan = base_plan()
    for name, change in models.items():
        change(plan["models"][int(name[1:])])
    return written(plan)


def progress_of(content: str, model: int) -> dict[str, str | None]:
    steps = plan_of(content).models[model - 1].steps
    return {step.text: step.progress.status if step.progress else None for step in steps}


def new_step(words: str) -> dict[str, Any]:
    return {"id": words, "text": words, "due": None}


def test_a_mark_follows_its_step_when_the_other_side_renumbers(by_lines):
    base = written(base_plan())
    ours = edited(m2=lambda model: model["steps"].insert(1, new_step("Họp dân.")))
    theirs = edited(m2=lambda model: model["steps"][2].update(progress="{status: doing}"))

    text = merged(by_lines, base, ours, theirs).text

    assert text is not None
    steps = plan_of(text).models[1].steps
    assert [step.step for step in steps] == [1, 2, 3, 4, 5]
    assert [step.progress is not None for step in steps] == [False, False, False, True, False]
    assert steps[3].text == plan_of(base).models[1].steps[2].text


def test_steps_that_both_sides_inserted_are_counted_through(by_lines):
    base = written(base_plan())
    ours = edited(m2=lambda model: model["steps"].append(new_step("Của An.")))
    theirs = edited(m2=lambda model: model["steps"].append(new_step("Của Bình.")))

    text = merged(by_lines, base, ours, theirs).text

    assert text is not None
    steps = plan_of(text).models[1].steps
    assert [(step.step, step.text) for step in steps[4:]] == [(5, "Của An."), (6, "Của Bình.")]


def test_a_step_that_cannot_be_found_again_by_its_text_is_for_people(by_lines):
    """Two steps say the same; one side put a step before them, the other marked the first of them."""

    def twins(plan: dict[str, Any]) -> None:
        plan["models"][2]["steps"][1]["text"] = plan["models"][2]["steps"][2]["text"]

    plans_ = [base_plan() for _version in range(3)]
    for plan in plans_:
        twins(plan)
    plans_[1]["models"][2]["steps"].insert(0, new_step("Họp dân."))
    plans_[2]["models"][2]["steps"][1]["progress"] = "{status: doing}"

    found = merged(by_lines, *map(written, plans_))

    assert found.text is None
    assert found.places
    assert all("nhiệm vụ 2" in place.where for place in found.places)
    assert "<<<<<<<" in found.marked()


def test_a_step_rewritten_by_one_and_marked_by_the_other_is_for_people(by_lines):
    base = written(base_plan())
    ours = edited(m2=lambda model: model["steps"][1].update(text="Nghiệm thu, thanh lý hợp đồng."))
    theirs = edited(m2=lambda model: model["steps"][1].update(progress="{status: doing}"))

    found = merged(by_lines, base, ours, theirs)

    assert found.text is None
    assert found.places
    chosen = found.resolved(Choices([], [Keep.THEIRS] * len(found.places)))
    assert chosen is not None
    assert plan_of(chosen) == plan_of(theirs)


def test_two_corrections_of_one_extension_are_one_place(by_lines):
    old = "{to: 2024-06-30, decided: 2024-01-02, document: 1/QD}"

    def corrected(day: str) -> Callable[[dict[str, Any]], None]:
        return lambda model: model.update(
            extensions=[old.replace("2024-06-30", day), f"{{to: 2024-09-30, decided: {day}}}"]
        )

    base = written(base_plan())
    found = merged(
        by_lines, base, edited(m1=corrected("2024-07-10")), edited(m1=corrected("2024-07-11"))
    )

    assert found.text is None
    assert [place.where for place in found.places] == ["nhiệm vụ 1"]
    kept = found.resolved(Choices([], [Keep.THEIRS]))
    assert kept is not None
    assert [str(one.to) for one in plan_of(kept).models[0].extensions] == [
        "2024-07-11",
        "2024-09-30",
        "2024-09-30",
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "kept"),
    [
        ("{period: 2024-03, status: done, date: 2024-04-02}",
         "{period: 2024-03, status: done, date: 2024-04-02, evidence: 3/BC}", 1),
        ("{period: 2024-03, status: done, date: 2024-04-02, evidence: 3/BC}",
         "{period: 2024-03, status: done, date: 2024-04-02}", 0),
        ("{period: 2024-03, status: done, date: 2024-04-02}",
         "{period: 2024-03, status: done, date: 2024-04-02}", 0),
    ],
)  # fmt: skip
def test_a_mark_that_holds_all_of_the_other_wins(by_lines, ours, theirs, kept):
    sides = [
        edited(m4=lambda model, entry=entry: model["periods"].append(entry))
        for entry in (ours, theirs)
    ]

    text = merged(by_lines, written(base_plan()), *sides).text

    assert text == sides[kept]


def test_two_marks_of_one_period_are_one_place_and_other_periods_are_joined(by_lines):
    def marked(day: str, other: str) -> Callable[[dict[str, Any]], None]:
        entries = [f"{{period: 2024-03, status: done, date: {day}}}"]
        entries.append(f"{{period: {other}, status: done, date: {other}-28}}")
        return lambda model: model["periods"].extend(entries)

    sides = [edited(m4=marked("2024-04-02", "2024-04")), edited(m4=marked("2024-04-03", "2024-05"))]
    found = merged(by_lines, written(base_plan()), *sides)

    assert (found.text, len(found.places)) == (None, 1)
    kept = found.resolved(Choices([], [Keep.OURS]))
    assert kept is not None
    periods = plan_of(kept).models[3].periods
    assert [str(one.period) for one in periods] == ["2024-02", "2024-03", "2024-04", "2024-05"]
    assert periods[1].date.isoformat() == "2024-04-02"


def test_a_comment_of_each_side_at_one_place_stays(by_lines):
    sides = [
        edited(m1=lambda model, words=words: model["comments"].append(words))
        for words in ("# của An", "# của Bình")
    ]

    text = merged(by_lines, written(base_plan()), *sides).text

    assert text is not None
    assert comments_of(text) == ["# của An", "# của Bình", "# hỏi lại Văn phòng"]


def test_neighbouring_fields_never_contradict(by_lines):
    def ours(model: dict[str, Any]) -> None:
        model["title"] = "Tên khác"

    def theirs(model: dict[str, Any]) -> None:
        model["deadline"] = "2024-12-31"

    text = merged(by_lines, written(base_plan()), edited(m2=ours), edited(m2=theirs)).text

    def both(model: dict[str, Any]) -> None:
        ours(model)
        theirs(model)

    assert text == edited(m2=both)


def test_a_plan_that_is_not_valid_is_not_joined(by_lines):
    base = written(base_plan())

    assert plans.merge(base, base.replace("lead: [CAX]", "lead: [XX]"), base, by_lines) is None
