"""Every figure of the headline, the trend, the comparison and the waiting list, recounted from the YAML.

The shipped plan gets the marks of a made-up last quarter of 2023, and each answer of three of its days is
held against a count that reads nothing but the file: plain YAML, days as text, no module of de06.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from random import Random
from typing import Any

import pytest
import support
import yaml

FIRST, LAST = date(2023, 10, 2), date(2023, 12, 31)
DAYS = ["2023-11-01", "2023-12-10", "2023-12-17"]  # a Wednesday and two Sundays
SOON = 7  # the plan's due_soon_days


# The quarter --------------------------------------------------------------------------------------


def marked(text: str) -> str:
    """The plan with progress and extensions of the quarter, a line each as de06 writes them."""
    chance = Random(17)
    lines: list[str] = []
    day, goes_on = FIRST, True
    for line in text.splitlines():
        lines.append(line)
        if line.startswith("  - model:"):
            day, goes_on = FIRST + timedelta(chance.randrange(12)), chance.random() < 0.85
        elif re.match(r"    deadline: 2023-11", line):
            lines.append("    extensions:")
            lines.append('      - {to: 2023-12-15, decided: 2023-11-28, document: "9/UBND-VX"}')
        elif line.startswith("      - step:") and goes_on:
            day += timedelta(chance.randrange(1, 22))
            status = chance.choices(["done", "skipped", "doing", "blocked"], [12, 1, 2, 3])[0]
            goes_on = status in {"done", "skipped"}
            if day <= LAST:
                note = f', note: "lý do {len(lines)}"' if status in {"skipped", "blocked"} else ""
                lines.append(f"        progress: {{status: {status}, date: {day}{note}}}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def plan(tmp_path: Path) -> dict[str, Any]:
    """The marked plan, written where de06 finds it, as plain YAML reads it."""
    text = marked(support.MODELS_FILE.read_text("utf-8"))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "models.yaml").write_text(text, "utf-8")
    return yaml.load(text, yaml.BaseLoader)


# The count ----------------------------------------------------------------------------------------


def status(step: dict[str, Any], day: str) -> str:
    progress = step.get("progress")
    return progress["status"] if progress and progress["date"] <= day else "todo"


def due(model: dict[str, Any], day: str) -> str | None:
    decided = [one["to"] for one in model.get("extensions", []) if one["decided"] <= day]
    return decided[-1] if decided else model.get("deadline")


def is_ended(model: dict[str, Any], day: str) -> bool:
    stands = [status(step, day) for step in model["steps"]]
    return set(stands) <= {"done", "skipped"} and "done" in stands


def is_open(model: dict[str, Any], day: str) -> bool:
    return not is_ended(model, day) and due(model, day) is not None


def is_overdue(model: dict[str, Any], day: str) -> bool:
    return is_open(model, day) and (due(model, day) or "") < day


def is_soon(model: dict[str, Any], day: str) -> bool:
    last = str(date.fromisoformat(day) + timedelta(SOON))
    return is_open(model, day) and day <= (due(model, day) or "") <= last


def counted(plan: dict[str, Any], day: str) -> dict[str, Any]:
    """The figures that ``stats --every`` gives for a day."""
    models = plan["models"]
    with_day = [model for model in models if due(model, day)]
    passed = [model for model in with_day if (due(model, day) or "") < day]
    finished = [model for model in with_day if is_ended(model, day)]
    return {
        "as_of": day,
        "total": len(models),
        "finished": len(finished),
        "open_overdue": sum(is_overdue(model, day) for model in models),
        "due_soon": sum(is_soon(model, day) for model in models),
        "rate_due": sum(is_ended(one, day) for one in passed) / len(passed) if passed else None,
        "rate_all": len(finished) / len(with_day),
    }


def waiting(plan: dict[str, Any], day: str) -> dict[str, list[dict[str, Any]]]:
    """The open models that wait for each agency: who acts in the blocked or else the next step."""
    held: dict[str, list[dict[str, Any]]] = {}
    for model in plan["models"]:
        if not is_open(model, day):
            continue
        steps = [one for one in model["steps"] if status(one, day) not in {"done", "skipped"}]
        blocked = [step for step in steps if status(step, day) == "blocked"]
        acting = [*blocked, *steps][0].get("agencies") or model["lead"]
        for code in acting:
            held.setdefault(code, []).append(model)
    return held


def blocked(plan: dict[str, Any], day: str) -> list[tuple[str, str, str]]:
    """Model, step and note of each blocked step."""
    return [
        (model["model"], step["step"], step["progress"]["note"])
        for model in plan["models"]
        for step in model["steps"]
        if status(step, day) == "blocked"
    ]


def last_week(day: str) -> str:
    """The Sunday before the day."""
    then = date.fromisoformat(day)
    return str(then - timedelta(then.isoweekday()))


def in_words(day: str) -> str:
    return "/".join(reversed(day.split("-")))


# What de06 says -----------------------------------------------------------------------------------


def answer(call: Any, *arguments: str) -> dict[str, Any]:
    found = call(*arguments, "--format", "json")
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def test_the_quarter_has_what_the_figures_are_about(plan):
    """A count of nothing proves nothing."""
    every = [counted(plan, day) for day in DAYS]

    for key in ("finished", "open_overdue"):
        assert len({figures[key] for figures in every}) > 1
    before = [counted(plan, last_week(day))["open_overdue"] for day in DAYS]
    assert sum(n != figures["open_overdue"] for n, figures in zip(before, every, strict=True)) > 1
    assert any(figures["due_soon"] for figures in every)
    assert all(blocked(plan, day) for day in DAYS)
    assert any(model.get("ongoing") and is_ended(model, DAYS[2]) for model in plan["models"])


@pytest.mark.parametrize("day", DAYS)
def test_the_trend(plan, call, day):
    rows = answer(call, "stats", "--every", "week", "--as-of", day)["rows"]

    assert len(rows) > 3
    assert [row["as_of"] for row in rows[:-1]] == [
        str(date.fromisoformat(last_week(day)) - timedelta(7 * back))
        for back in reversed(range(len(rows) - 1))
    ]
    assert rows == [counted(plan, row["as_of"]) for row in rows]
    assert rows[-1]["as_of"] == day


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("before", ["previous", "2023-10-31"])
def test_the_comparison(plan, call, day, before):
    found = answer(call, "stats", "--compare", before, "--as-of", day)
    then = found["compared_to"]
    now, earlier, total = counted(plan, day), counted(plan, then), found["total"]

    if before == "previous":
        assert (
            then
            == {"2023-11-01": "2023-10-01", "2023-12-10": "2023-11-10", "2023-12-17": "2023-11-17"}[
                day
            ]
        )
    for key, named in (
        ("total",) * 2,
        ("open_overdue",) * 2,
        ("due_soon",) * 2,
        ("finished", "rate_all_finished"),
    ):
        assert total[named] == now[key]
        assert total["before"][named] == earlier[key]
        assert total["change"][named] == now[key] - earlier[key]
    for key in ("rate_due", "rate_all"):
        assert (total[key], total["before"][key]) == (now[key], earlier[key])


@pytest.mark.parametrize("day", DAYS)
def test_the_waiting_list(plan, call, day):
    held = waiting(plan, day)
    rows = answer(call, "stats", "--by", "waiting", "--as-of", day)["rows"]

    assert {row["key"]: [str(number) for number in row["models"]] for row in rows} == {
        code: [model["model"] for model in models] for code, models in held.items()
    }
    for row in rows:
        models = held[row["key"]]
        assert row["total"] == len(models)
        assert row["open_overdue"] == sum(is_overdue(model, day) for model in models)
        assert row["due_soon"] == sum(is_soon(model, day) for model in models)


# The page -----------------------------------------------------------------------------------------


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def part(page: str, opening: str, closing: str) -> str:
    return page.partition(opening)[2].partition(closing)[0]


def items(page: str) -> Iterator[str]:
    decisions = part(page, 'aria-labelledby="decisions"', "</section>")
    yield from map(plain, re.findall(r"<li.*?</li>", decisions, re.DOTALL))


@pytest.fixture(params=DAYS)
def page(request, plan, call, tmp_path) -> tuple[str, str]:
    """A day, and the page of that day."""
    written = call("export", "trang.html", "--as-of", request.param)
    assert written.returncode == 0, written.stderr
    return request.param, (tmp_path / "trang.html").read_text("utf-8")


def test_the_headline_of_the_page(plan, page):
    day, text = page
    now, before = counted(plan, day), counted(plan, last_week(day))
    of = sum(1 for model in plan["models"] if due(model, day))
    rate = f"{now['rate_all'] * 100:.1f}%".replace(".", ",")
    soon = f"{now['due_soon']} nhiệm vụ" if now["due_soon"] else "Không có nhiệm vụ"

    assert plain(part(text, '<p class="headline">', "</p>")) == (
        f"{now['finished']}/{of} nhiệm vụ đã hoàn thành ({rate}). "
        f"{now['open_overdue']} nhiệm vụ quá hạn (tuần trước: {before['open_overdue']}). "
        f"{soon} đến hạn trong {SOON} ngày tới, {len(blocked(plan, day))} bước vướng mắc."
    )


def test_what_the_figures_of_the_page_include_is_said(plan, page):
    day, text = page
    late = [model for model in plan["models"] if is_overdue(model, day)]
    shared = "Nhiệm vụ có nhiều đơn vị cùng chủ trì được tính cho từng đơn vị."
    assert (shared in text) == any(len(model["lead"]) > 1 for model in late)

    kept = sum(1 for model in plan["models"] if model.get("ongoing") and is_ended(model, day))
    said = f"gồm {kept} nhiệm vụ thường xuyên đã đạt mốc, đang duy trì."
    assert (said in text) == (kept > 0)


def begin(plan: dict[str, Any]) -> str:
    """The first day on which anything was done or due."""
    days = [model["deadline"] for model in plan["models"] if model.get("deadline")]
    steps = [step for model in plan["models"] for step in model["steps"]]
    return min(days + [step["progress"]["date"] for step in steps if "progress" in step])


def change(n: int) -> str:
    return f"tăng {n}" if n > 0 else f"giảm {-n}" if n else "không đổi"


def test_what_has_changed_on_the_page(plan, page):
    day, text = page
    sunday = last_week(day)
    since = {
        "So với cuối tuần trước": sunday,
        "so với bốn tuần trước": str(date.fromisoformat(sunday) - timedelta(21)),
    }
    now, said = counted(plan, day), []
    for words, then in since.items():
        if then < begin(plan):
            continue
        earlier = counted(plan, then)
        done = now["finished"] - earlier["finished"]
        overdue = now["open_overdue"] - earlier["open_overdue"]
        changed = (
            f"hoàn thành {change(done)}, quá hạn {change(overdue)}"
            if done or overdue
            else change(0)
        )
        said.append(f"{words} ({in_words(then)}): {changed}")

    assert plain(part(text, '<p class="change">', "</p>")) == "; ".join(said) + "."


def test_the_line_of_the_page(plan, page):
    day, text = page
    said = part(
        part(text, '<svg class="trend"', "</svg>"), "<title>Số nhiệm vụ quá hạn: ", "</title>"
    )
    shown = dict(point.split(": ") for point in said.split("; "))

    assert list(shown)[-2:] == [in_words(last_week(day)), in_words(day)]
    assert len(shown) > 3
    for point, n in shown.items():
        then = "-".join(reversed(point.split("/")))
        assert int(n) == counted(plan, then)["open_overdue"], point


def test_what_needs_a_decision_on_the_page(plan, page):
    day, text = page
    said = list(items(text))
    named = {agency["code"]: agency.get("short", agency["code"]) for agency in plan["agencies"]}
    stuck = [one for one in said if "“" in one]
    late = {
        named[code]: {model["model"] for model in models if is_overdue(model, day)}
        for code, models in waiting(plan, day).items()
    }
    expected = {name: numbers for name, numbers in late.items() if len(numbers) > 1}
    found: dict[str, set[str]] = {}
    for one in said:
        if "“" in one or one.startswith("…"):
            continue
        names, _, models = one.partition(": ")
        n, numbers = int(models.split()[0]), set(re.findall(r"\d+", models.partition("(")[2]))
        assert len(numbers) == n
        found |= dict.fromkeys(names.split(", "), numbers)

    assert found == expected or (
        len(found) >= 5 and found == {name: expected[name] for name in found}
    )
    assert len(stuck) == min(5, len(blocked(plan, day)))
    for model, step, note in blocked(plan, day) if len(stuck) < 5 else []:
        assert any(
            one.startswith(f"Mô hình {model}, bước {step} ·") and note in one for one in stuck
        )
