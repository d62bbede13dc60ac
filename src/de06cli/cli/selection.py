"""What the filters that were typed mean in the opened plans, and the tasks that they select."""

from __future__ import annotations

from datetime import date

from de06cli.cli import output
from de06cli.cli.opening import Opened
from de06cli.cli.options import Filters
from de06cli.errors import RefusedValue
from de06cli.messages import _
from de06cli.plan import addresses, nouns
from de06cli.plan.agencies import AgencyRegister, fold
from de06cli.plan.portfolio import Portfolio
from de06cli.plan.records import Agency, Plan
from de06cli.tracking import filters
from de06cli.tracking.dates import typed_day
from de06cli.tracking.filters import Query
from de06cli.tracking.states import Situation, Task, as_of
from de06cli.tracking.terms import Role
from de06cli.views import words


def query(opened: Opened, chosen: Filters) -> Query:
    """The filters as a query. Raises RefusedValue for what the plans do not know."""
    meant = {agency for text in chosen.agency or () for agency in _meant(text, opened.portfolio)}
    return Query(
        agencies=frozenset(code for plan, code in meant if plan is None),
        own_agencies=frozenset((plan, code) for plan, code in meant if plan is not None),
        roles=frozenset(Role(role) for role in chosen.role or ()),
        states=frozenset(str(state) for state in chosen.state or ()),
        due_before=_day(chosen.due_before, opened.today),
        due_after=_day(chosen.due_after, opened.today),
        search=tuple(chosen.search or ()),
        groups=frozenset(_group(text, opened.portfolio) for text in chosen.group or ()),
    )


def selected(opened: Opened, chosen: Filters, among: set[int] | None = None) -> list[Task]:
    """The tasks that the filters select, in the order of the plans.

    ``among`` are the positions of the models that the question can be about, None for all.
    """
    asked = query(opened, chosen)
    if asked.every_code and not asked.roles:
        _hint_at_steps(asked, opened.portfolio)
    found = filters.select(opened.view.tasks(positions(opened.view, chosen, asked, among)), asked)
    if asked.every_code:
        _say_through_whom(asked, found)
    return found


def _say_through_whom(asked: Query, found: list[Task]) -> None:
    """One line where tasks were found by who has taken an agency's part, or by a group that has it."""
    through = filters.found_through(found, asked)
    if through:
        named = [
            _("{code} (qua {others})").format(code=code, others=", ".join(others))
            for code, others in through.items()
        ]
        output.say(
            _("Tính cả đơn vị tiếp nhận hoặc nhóm có đơn vị: {named}.").format(
                named="; ".join(named)
            )
        )


def selected_on(opened: Opened, chosen: Filters, day: date) -> list[Task]:
    """The tasks that the filters select as the plans stood at the end of ``day``."""
    asked = query(opened, chosen)
    view = as_of(opened.portfolio, (day,) * len(opened.view.days))
    return filters.select(view.tasks(positions(view, chosen, asked)), asked)


def positions(
    view: Situation, chosen: Filters, asked: Query, among: set[int] | None = None
) -> set[int] | None:
    """The positions of the models that the filters, ``asked`` for as a query, can be about on the day; None
    for all.
    """
    plans = view.portfolio
    possible = [among, filters.candidates(asked, view)]
    if chosen.model:
        from de06cli.tracking import places  # noqa: PLC0415 - only --model needs it

        possible.append(
            {position for text in chosen.model for position in places.positions(text, plans)}
        )
    limits = [positions for positions in possible if positions is not None]
    return set.intersection(*limits) if limits else None


def _hint_at_steps(asked: Query, plans: Portfolio) -> None:
    """One line where steps of other models name the agency.

    Where the columns do name it, the hint is only for a person at a terminal: cron stays silent.
    """
    codes = asked.every_code
    others = filters.named_in_steps_only(codes, plans.index)
    if asked.own_agencies:
        others = [position for position in others if _named_in_steps(asked, plans, position)]
    named = any(code in plans.index.columns for code in codes)
    if others and (output.is_terminal() or not named):
        shown = [_shown(plans, position) for position in others[:_HINTED]]
        output.say(
            nouns.filled(
                _("{codes} còn tham gia {step} của {model} {models}: thêm --role step.")
            ).format(
                codes=", ".join(sorted(codes)),
                models=", ".join(shown) + ("…" if len(others) > _HINTED else ""),
            )
        )


def _named_in_steps(asked: Query, plans: Portfolio, position: int) -> bool:
    wanted = asked.codes_in_plan(plans.heading_at(position).code)
    return bool(wanted & filters.codes_in(plans.model(position), Role.STEP))


def _shown(plans: Portfolio, position: int) -> str:
    code = plans.heading_at(position).code if plans.several else None
    return addresses.written(code, plans.model(position).model)


_HINTED = 12  # models that a hint names


def _meant(text: str, plans: Portfolio) -> set[tuple[str | None, str]]:
    """The agencies that ``text`` means: a code in whichever plan (None), a name in each plan its own.

    Raises RefusedValue, with what it may have meant, where no plan has one.
    """
    code = text.strip().upper()
    if code in plans.index.columns or code in plans.index.steps:
        return {(None, code)}
    for plan in plans.plans if ":" in text else ():
        own = addresses.without_plan(text, plan.heading.code)
        if own is not None:
            return {(plan.heading.code, _agency(own, plan.register).code)}
    found: set[tuple[str | None, str]] = set()
    for plan in plans.plans:
        agency = plan.register.find(text).agency
        if agency:
            named = plans.several and fold(agency.code) != fold(text)
            found.add((plan.heading.code if named else None, agency.code))
    if found:
        return found
    every = {agency.code: agency for plan in plans.plans for agency in plan.register.agencies}
    return {(None, _agency(text, AgencyRegister(every.values())).code)}


def _group(text: str, plans: Portfolio) -> str:
    """The code of the group that ``text`` means, in small letters. Raises RefusedValue for none."""
    groups = [group for plan in plans.plans for group in plan.groups]
    code = text.strip().casefold()
    if any(group.code.casefold() == code for group in groups):
        return code
    if not groups:
        raise RefusedValue(_("Kế hoạch không chia nhóm nhiệm vụ; bỏ --group."))
    listed = "\n".join(f"  {group.code}  {words.one_line(group.title)}" for group in groups)
    refused = _("Không có nhóm nhiệm vụ nào mang mã “{text}”. Các nhóm:\n{groups}")
    raise RefusedValue(refused.format(text=text, groups=listed))


def _agency(text: str, register: AgencyRegister) -> Agency:
    found = register.find(text)
    if found.agency:
        return found.agency
    likely = "\n".join(f"  {agency.code}  {words.agency(agency)}" for agency in found.candidates)
    if found.several:
        refused = _("“{text}” có thể là nhiều đơn vị, chưa rõ đơn vị nào:\n{likely}")
    else:
        refused = _("Không có đơn vị nào mang mã hoặc tên “{text}”. Gợi ý:\n{likely}")
    raise RefusedValue(refused.format(text=text, likely=likely))


def agency_code(text: str | None, plan: Plan) -> str | None:
    """The code of the agency that ``text`` means; None for no text."""
    return agency_coded(text, plan) if text else None


def agency_coded(text: str, plan: Plan) -> str:
    """The code of the agency that ``text`` means. Raises RefusedValue where there is none, or several."""
    return _agency(text, AgencyRegister(plan.agencies, plan.plan.code)).code


def _day(text: str | None, today: date) -> date | None:
    return typed_day(text, today) if text else None
