"""Plans of every size for the benchmarks, made from the shipped one.

    python benchmarks/plans.py FOLDER

writes ``24.yaml``, ``2400.yaml`` and ``16800.yaml``, the models of 1, 100 and 700 districts in one file,
and ``country/`` with the same 700 districts in a file each, D001.yaml to D700.yaml.

A district is the shipped plan's text with progress of its own. In one file its models are renumbered, and
all districts but the first have agencies of their own: D002 is led by CAH_D002, so that ``--agency CAH``
means the same 12 models at every size. Central and provincial agencies are everybody's. The same seed
gives the same bytes. Nothing depends on the day of the run: an open model either keeps its deadline of
2023 or has it in 2099, so ``overdue`` has the same answer on any day and in tools that know no other day
than today.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from de06cli.plan.file.reader import read
from de06cli.plan.records import Model, Plan

SEED = 6
MODELS_EACH = 24
SIZES = {24: 1, 2_400: 100, 16_800: 700}  # districts, by the number of models
DISTRICTS = max(SIZES.values())

FINISHED, UNDER_WAY = 0.35, 0.30  # shares of the models; the others are not begun
LATE = 0.25  # share of the open models
FAR_YEAR = 2099

SHIPPED = Path(__file__).parents[1] / "data" / "models.yaml"


@dataclass(frozen=True)
class Task:
    """A model, or a step of one, as tools see it that know no plan."""

    address: str  # MH9 or MH9.2, as in the file that holds all districts
    plan: str  # the district's code
    title: str
    due: date
    lead: str
    agencies: tuple[str, ...]  # lead, support, implementers
    finished: date | None
    steps: tuple[str, ...] = ()  # the text of each step of a model

    @property
    def late(self) -> bool:
        return self.finished is None and self.due.year < FAR_YEAR


@dataclass(frozen=True)
class _Progress:
    status: str
    by: str
    day: date | None = None
    rest: str = ""

    def __str__(self) -> str:
        """The line as it stands in the file."""
        when = f", date: {self.day}" if self.day else ""
        return f"{{status: {self.status}{when}, by: {self.by}{self.rest}}}"


@dataclass(frozen=True)
class _State:
    """What has become of a model in one district."""

    deadline: date
    progress: tuple[_Progress | None, ...]  # a step each
    finished: date | None


def code_of(district: int) -> str:
    return f"D{district:03}"


def models(districts: int) -> list[Task]:
    """The models of the first ``districts`` districts, in the order of their file."""
    return [_model_task(model, district) for model, district in _each(districts)]


def steps(districts: int) -> list[Task]:
    """Their steps. Each has its model's deadline and agencies, so that the same question finds it."""
    return [task for model, district in _each(districts) for task in _step_tasks(model, district)]


def _each(districts: int) -> Iterator[tuple[Model, int]]:
    for district in range(1, districts + 1):
        for model in _shipped().plan.models:
            yield model, district


def one_file(districts: int) -> str:
    """The plan that holds the first ``districts`` districts."""
    shipped = _shipped()
    wanted = range(1, districts + 1)
    agencies = [shipped.shared_agencies, *(_agencies(shipped, district) for district in wanted)]
    models = [_models(shipped, district, renumbered=True) for district in wanted]
    return _plan("D001" if districts == 1 else "ALL", agencies, models)


def district_file(district: int) -> str:
    """The plan of one district, its models numbered as in the shipped plan."""
    shipped = _shipped()
    agencies = [shipped.shared_agencies, _agencies(shipped, district)]
    return _plan(code_of(district), agencies, [_models(shipped, district, renumbered=False)])


def write(folder: Path, districts: int) -> Path:
    """Writes the plan of the first ``districts`` districts as one file, ``24.yaml`` for one of them."""
    path = folder / f"{districts * MODELS_EACH}.yaml"
    path.write_text(one_file(districts), "utf-8", newline="\n")
    return path


def write_country(folder: Path, districts: int = DISTRICTS) -> Path:
    """Writes ``country/`` with a file a district."""
    country = folder / "country"
    country.mkdir()
    for district in range(1, districts + 1):
        path = country / f"{code_of(district)}.yaml"
        path.write_text(district_file(district), "utf-8", newline="\n")
    return country


# The shipped plan in pieces ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Shipped:
    plan: Plan
    heading: str
    shared_agencies: str
    own_agencies: str
    own_codes: frozenset[str]
    models: tuple[str, ...]  # the text of each


@cache
def _shipped() -> _Shipped:
    text = SHIPPED.read_text("utf-8")
    plan = read(text.encode()).plan
    if plan is None:
        sys.exit(f"{SHIPPED} is not a valid plan")
    heading, rest = text.split("\nagencies:\n")
    agencies, models = rest.split("\nmodels:\n")
    own = frozenset(a.code for a in plan.agencies if a.level not in {"central", "province"})
    blocks = re.findall(r"^  - code: (.+)\n((?:    .+\n)+)", agencies, re.MULTILINE)
    texts = {code: f"  - code: {code}\n{rest}" for code, rest in blocks}
    return _Shipped(
        plan,
        heading[heading.index("\nplan:\n") + 1 :],
        "".join(text for code, text in texts.items() if code not in own),
        "".join(text for code, text in texts.items() if code in own),
        own,
        tuple(re.split(r"(?<=\n)(?=  - model: )", models)),
    )


def _plan(code: str, agencies: Iterable[str], models: Iterable[str]) -> str:
    heading = re.sub(r"code: \w+", f"code: {code}", _shipped().heading, count=1)
    heading = re.sub(r"  declared_models: .*\n", "", heading)
    return f"{heading}\nagencies:\n{''.join(agencies)}\nmodels:\n{''.join(models)}"


# A district --------------------------------------------------------------------------------------


def _agency(code: str, district: int) -> str:
    """The code of an agency in a district: its own unless it is shared or the first district's."""
    return (
        code if district == 1 or code not in _shipped().own_codes else f"{code}_{code_of(district)}"
    )


def _agencies(shipped: _Shipped, district: int) -> str:
    if district == 1:
        return shipped.own_agencies
    named = re.sub(r'"([^"]+)"', rf'"\1 {code_of(district)}"', shipped.own_agencies)
    return re.sub(r"code: (\w+)", lambda found: f"code: {_agency(found[1], district)}", named)


def _models(shipped: _Shipped, district: int, *, renumbered: bool) -> str:
    return "".join(
        _model_text(text, model, district, renumbered)
        for text, model in zip(shipped.models, shipped.plan.models, strict=True)
    )


def _model_text(text: str, model: Model, district: int, renumbered: bool) -> str:
    state = _state(model, district)
    if renumbered:
        text = text.replace(f"model: {model.model}\n", f"model: {_number(model, district)}\n", 1)
        row = (model.stt or 0) + MODELS_EACH * (district - 1)
        text = text.replace(f"stt: {model.stt}\n", f"stt: {row}\n", 1)
    text = text.replace(f" deadline: {model.deadline}\n", f" deadline: {state.deadline}\n", 1)
    text = re.sub(
        r"((?:lead|support|implementers|agencies): )\[(.+)\]",
        lambda found: f"{found[1]}[{_codes(found[2], district)}]",
        text,
    )
    progress = iter(state.progress)

    def with_progress(found: re.Match[str]) -> str:
        made = next(progress)
        return f"{found[0]}        progress: {made}\n" if made else found[0]

    return re.sub(r"^      - step: \d+\n", with_progress, text, flags=re.MULTILINE)


def _codes(listed: str, district: int) -> str:
    return ", ".join(_agency(code, district) for code in listed.split(", "))


def _number(model: Model, district: int) -> int:
    return model.model + 100 * (district - 1)


@cache
def _state(model: Model, district: int) -> _State:
    chance = Random(f"{SEED} {district} {model.model}")
    assert model.deadline
    deadline = model.deadline.last
    count = len(model.steps)
    share = chance.random()
    done = 0
    if share < FINISHED:
        done = count
    elif share < FINISHED + UNDER_WAY:
        done = chance.randrange(count)
    by = _agency(model.lead[0], district)
    day = date(2023, 8, 1)
    progress: list[_Progress | None] = []
    for _step in range(done):
        day += timedelta(days=chance.randint(5, 40))
        paper = f"{chance.randint(1, 400)}/BC"
        progress.append(_Progress("done", by, day, f', evidence: "{paper}"'))
    if done == count:
        return _State(deadline, tuple(progress), day)
    if done:
        doing, blocked = (
            _Progress("doing", by),
            _Progress("blocked", by, rest=', note: "chờ kinh phí"'),
        )
        progress.append(chance.choice([doing, blocked, None]))
    if chance.random() >= LATE:
        deadline = deadline.replace(year=FAR_YEAR)
    return _State(deadline, (*progress, *[None] * (count - len(progress))), None)


def _model_task(model: Model, district: int) -> Task:
    state = _state(model, district)
    codes = dict.fromkeys((*model.lead, *model.support, *model.implementers))
    return Task(
        address=f"MH{_number(model, district)}",
        plan=code_of(district),
        title=_one_line(model.title),
        due=state.deadline,
        lead=_agency(model.lead[0], district),
        agencies=tuple(_agency(code, district) for code in codes),
        finished=state.finished,
        steps=tuple(_one_line(step.text) for step in model.steps),
    )


def _step_tasks(model: Model, district: int) -> Iterator[Task]:
    task = _model_task(model, district)
    for step, progress in zip(model.steps, _state(model, district).progress, strict=True):
        yield replace(
            task,
            address=f"{task.address}.{step.step}",
            title=_one_line(step.text),
            finished=progress.day if progress and progress.status == "done" else None,
            steps=(),
        )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for districts in SIZES.values():
        print(write(folder, districts))
    print(write_country(folder))


if __name__ == "__main__":
    main()
