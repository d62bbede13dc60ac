"""The field's standard terms that people also type as values of options. Light to import."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """How a model names an agency: in one of the three columns, or in a step's text."""

    LEAD = "lead"
    SUPPORT = "support"
    IMPLEMENTER = "implementer"
    STEP = "step"


class State(StrEnum):
    """The 2 × 2 table of Báo cáo 1270/BC-TCTTTg (2017), finished or not, in time or late; and beside it
    what is kept up, what has no deadline yet and what was stopped."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"
    ONGOING = "ongoing"
    UNDATED = "undated"
    STOPPED = "stopped"


# What --state takes: the states, and words for several of them.
STATES = (*State, "open", "done", "due_soon")


class StepStatus(StrEnum):
    """What --status takes: ``todo`` where nothing was reported, and ``open`` for the first three."""

    TODO = "todo"
    DOING = "doing"
    BLOCKED = "blocked"
    DONE = "done"
    SKIPPED = "skipped"
    OPEN = "open"


class Sort(StrEnum):
    DUE = "due"
    MODEL = "model"
    LEAD = "lead"
    LATE = "late"


class By(StrEnum):
    PLAN = "plan"
    AGENCY = "agency"
    LEVEL = "level"
    MONTH = "month"
    GROUP = "group"
    BASIS = "basis"
    WAITING = "waiting"


class RowOrder(StrEnum):
    """What --sort of figures takes, the worst first."""

    OVERDUE = "overdue"
    RATE = "rate"
    TOTAL = "total"


class Every(StrEnum):
    """The steps of a trend: the kinds of periods of which it takes the last days."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
