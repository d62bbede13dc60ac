"""Each filter on each command that takes the filters, by what the command answers.

The small plan on 11 January 2024: model 7 is late, 3 falls due in four days, 5 was done late and 2 in
time, 8 is ongoing.
"""

from __future__ import annotations

import json
import re

import pytest

ALL = "7 3 5 2 8"
# What is typed, and the models that it selects.
FILTERS = {
    "": ALL,
    "--agency cax": "7 2 8",
    "--agency cong.an.xa": "7 2 8",
    "--agency cax --agency ttyt": "7 3 2 8",
    "--agency vpx --role lead": "7 5",
    "--agency vpx --role support": "2",
    "--agency vpx --role implementer": "3",
    "--agency vpx --role step": "5 2",
    "--agency vpx --role lead --role implementer": "7 3 5",
    "--agency ttyt --role lead": "3",
    "--agency ttyt --role support": "7",
    "--state open": "7 3",
    "--state open_overdue": "7",
    "--state open_in_time": "3",
    "--state due_soon": "3",
    "--state done": "5 2",
    "--state done_late": "5",
    "--state done_on_time": "2",
    "--state ongoing": "8",
    "--state ongoing --state due_soon": "3 8",
    "--due-before 31/12/2023": "7 5 2",
    "--due-before 30/12/2023": "5 2",
    "--due-after 31/12/2023": "7 3",
    "--due-after 1/1/2024": "3",
    "--due-after 30/12/2023 --due-before 31/12/2023": "7 2",
    "--search the.can.cuoc": "7",
    "--search SUC.KHOE": "3",
    "--search to.roi --search dan.cu": "2 8",
    "--model 7": "7",
    "--model 3": "3",
    "--model 8 --model 5": "5 8",
    "--agency vpx --state open": "7 3",
    "--agency vpx --role lead --state open": "7",
    "--model 7 --search suc.khoe": "",
}
STATES = {"7": "open_overdue", "3": "open_in_time", "5": "done_late", "2": "done_on_time"}


def arguments(typed: str) -> list[str]:
    return [word.replace(".", " ") for word in typed.split()]


@pytest.fixture
def answer(call, small):
    """What a command prints under filters, typed with a dot for a space inside a value."""

    def answer(typed: str, *command: str) -> str:
        found = call(*command, *arguments(typed))
        assert found.returncode == 0
        return found.stdout

    return answer


filtered = pytest.mark.parametrize(
    ("typed", "models"),
    [(typed, models.split()) for typed, models in FILTERS.items()],
    ids=[*FILTERS],
)


@filtered
def test_list(answer, typed, models):
    assert answer(typed, "list", "--format", "ids").split() == models


@filtered
def test_overdue(answer, typed, models):
    late = [model for model in models if model == "7"]

    assert answer(typed, "overdue", "--format", "ids").split() == late
    assert ("Mô hình 7 " in answer(typed, "overdue")) == bool(late)
    steps = json.loads(answer(typed, "overdue", "--format", "json", "--steps"))["steps"]
    assert [one["model"] for one in steps] == [3] * ("3" in models)


@filtered
def test_overdue_with_what_comes_next(answer, typed, models):
    told = re.findall("Mô hình ([0-9]+)[ ,]", answer(typed, "overdue", "--upcoming"))

    assert set(told) == {"3", "7"} & set(models)


@filtered
def test_upcoming(answer, typed, models):
    soon = [model for model in models if model == "3"]

    assert answer(typed, "upcoming", "--format", "ids").split() == soon
    steps = json.loads(answer(typed, "upcoming", "--format", "json", "--steps"))["steps"]
    assert [(one["model"], one["step"]) for one in steps] == [(3, 2)] * len(soon)
    assert ("Sổ sức khỏe" in answer(typed, "upcoming")) == bool(soon)


@filtered
def test_stats(answer, typed, models):
    told = json.loads(answer(typed, "stats", "--by", "agency", "--format", "json"))

    leads = {"7": ["CAX", "VPX"], "3": ["TTYT"], "5": ["VPX"], "2": ["CAX"], "8": ["CAX"]}
    led = [code for model in models for code in leads[model]]
    assert told["total"]["total"] == len(models)
    for model, state in STATES.items():
        assert told["total"][state] == models.count(model)
    assert told["total"]["ongoing"] == models.count("8")
    assert {row["key"]: row["total"] for row in told["rows"]} == {
        code: led.count(code) for code in set(led)
    }


@filtered
def test_timeline(answer, typed, models):
    by_date = [model for model in ["5", "2", "7", "3", "8"] if model in models]

    assert answer(typed, "timeline", "--format", "ids").split() == by_date


@filtered
def test_export(answer, typed, models):
    told = json.loads(answer(typed, "export", "-", "--format", "json"))

    assert [one["model"] for one in told["models"]] == [int(model) for model in models]


@filtered
def test_report(call, small, typed, models):
    answer = call("report", *arguments(typed))

    whole = answer.stdout.partition("II. Tồn tại")
    assert answer.returncode == 0
    assert re.findall("^  Tổng số +[0-9]+ +([0-9]+) +[+-]?[0-9]+$", whole[0], re.MULTILINE) == [
        str(len(models))
    ]
    assert ("Mô hình 7 " in whole[2]) == ("7" in models)
    assert ("Mô hình 3 " in whole[2]) == ("3" in models)


def with_steps(answer, typed: str, models):
    """The models that letters are about: an agency is told of those in which it only acts, too."""
    if "--agency" not in typed or "--role" in typed:
        return models
    roles = [
        word for role in ("lead", "support", "implementer", "step") for word in ("--role", role)
    ]
    return answer(typed, "list", "--format", "ids", *roles).split()


@filtered
def test_mail_to_a_reader(answer, typed, models):
    letter = answer(typed, "mail", "--to", "ct@example.vn", "--dry-run")

    models = with_steps(answer, typed, models)
    assert set(re.findall("Mô hình ([0-9]+)[ ,]", letter)) == {"3", "7"} & set(models)


@filtered
def test_the_summary_of_mail(answer, typed, models):
    letter = answer(typed, "mail", "--to", "ct@example.vn", "--summary", "--dry-run")

    table = letter.partition("TỔNG HỢP\n")[2].partition("\n\n")[0]
    counts = {
        name: [int(number) for number in numbers.split()]
        for name, numbers in re.findall("^([^0-9\n]*?)  +([0-9 ]+)$", table, re.MULTILINE)
    }
    done = [models.count("2"), models.count("5")]
    still_open = [models.count("3"), models.count("7")]
    assert counts == {
        "Hoàn thành": [*done, sum(done)],
        "Chưa hoàn thành": [*still_open, sum(still_open)],
        "Thường xuyên": [models.count("8")],
        "Tổng số": [len(models)],
    }
    behind = letter.partition("ĐƠN VỊ CÓ NHIỆM VỤ QUÁ HẠN\n")[2].partition("\n\n")[0]
    assert re.findall("^(CAX|VPX|TTYT) ", behind, re.MULTILINE) == (
        ["VPX", "CAX"] if re.match("VPX", behind.partition("\n")[2]) else ["CAX", "VPX"]
    ) * ("7" in models)


@filtered
def test_mail_to_the_agencies(call, answer, small, typed, models):
    models = with_steps(answer, typed, models)
    answer = call("mail", "--dry-run", *arguments(typed))

    # The commune's police alone have an address: they lead 7, and act in step 2 of 3.
    asked = "--agency" not in typed or re.search("agency c", typed)
    told = {"3", "7"} & set(models) if asked else set()
    assert answer.returncode == 0
    assert set(re.findall("Mô hình ([0-9]+)[ ,]", answer.stdout)) == told
    assert set(re.findall("^To: .*", answer.stdout, re.MULTILINE)) == (
        {"To: cax@example.vn, truc@example.vn"} if told else set()
    )


@pytest.mark.parametrize("typed", ["ANKHUONG:CAX", "Công an xã An Khương"])
def test_an_agency_of_one_plan_selects_in_that_plan(province, call, typed):
    def ids(command: str) -> list[str]:
        return call(
            command, "--data", "tinh", "--agency", typed, "--role", "lead", "--format", "ids"
        ).stdout.split()

    assert ids("list") == ["ANKHUONG:7", "ANKHUONG:2", "ANKHUONG:8"]
    assert ids("overdue") == ["ANKHUONG:7"]
    assert ids("upcoming") == []
    assert ids("timeline") == ["ANKHUONG:2", "ANKHUONG:7", "ANKHUONG:8"]
