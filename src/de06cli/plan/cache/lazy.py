"""A plan of which each part is loaded when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from de06cli.plan.agencies import AgencyRegister
from de06cli.plan.cache import index
from de06cli.plan.cache.index import Index
from de06cli.plan.records import Agency, Group, Heading, Model, Plan


class LazyPlan:
    """A plan's heading and how many models it has, and what it takes to get at the rest.

    The index knows positions from 0. ``digest`` is that of the bytes which say the plan, where it is known.
    """

    def __init__(
        self,
        heading: Heading,
        count: int,
        load_model: Callable[[int], Model],
        load_agency: Callable[[str], Agency],
        load_agencies: Callable[[], tuple[Agency, ...]],
        load_index: Callable[[], Index],
        load_groups: Callable[[], tuple[Group, ...]] = tuple,
        digest: str = "",
    ) -> None:
        self.heading = heading
        self.count = count
        self.load_model = load_model
        self.load_agency = load_agency
        self.load_agencies = load_agencies
        self._load_index = load_index
        self._load_groups = load_groups
        self.digest = digest

    @cached_property
    def index(self) -> Index:
        return self._load_index()

    @cached_property
    def register(self) -> AgencyRegister:
        return AgencyRegister(self.load_agencies(), self.heading.code)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups of tasks, as the document orders them."""
        return self._load_groups()

    def plan(self) -> Plan:
        """Everything at once."""
        return self._whole

    @cached_property
    def _whole(self) -> Plan:
        return Plan(self.heading, self.load_agencies(), tuple(self.models()), self.groups)

    def models(self) -> Iterator[Model]:
        return map(self.load_model, range(self.count))


def whole(plan: Plan, digest: str = "") -> LazyPlan:
    """A plan that is loaded already."""
    return LazyPlan(
        plan.plan,
        len(plan.models),
        plan.models.__getitem__,
        lambda code: next(agency for agency in plan.agencies if agency.code == code),
        lambda: plan.agencies,
        lambda: index.of_plan(plan.models, plan.agencies),
        lambda: plan.groups,
        digest,
    )
