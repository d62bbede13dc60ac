"""A plan of which each part is loaded when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from de06cli.plan import index as indexes
from de06cli.plan.agencies import Register
from de06cli.plan.index import Index
from de06cli.plan.records import Agency, Heading, Model, Plan


@dataclass(frozen=True)
class LazyPlan:
    """A plan's heading, and what it takes to get at the rest; ``index`` knows positions from 0."""

    heading: Heading
    count: int  # of models
    load_model: Callable[[int], Model]
    load_agencies: Callable[[], tuple[Agency, ...]]
    load_index: Callable[[], Index]

    @cached_property
    def index(self) -> Index:
        return self.load_index()

    @cached_property
    def register(self) -> Register:
        return Register(self.load_agencies())

    def models(self) -> Iterator[Model]:
        return map(self.load_model, range(self.count))


def whole(plan: Plan) -> LazyPlan:
    """A plan that is loaded already."""
    return LazyPlan(
        plan.plan,
        len(plan.models),
        plan.models.__getitem__,
        lambda: plan.agencies,
        lambda: indexes.of_plan(plan.models),
    )
