"""The outline of the periodic report: its chapters, their lists and the columns of each list, without
data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan import nouns
from de06cli.tracking.figures.comparison import Comparison
from de06cli.tracking.figures.statistics import figures
from de06cli.tracking.report_period import Report
from de06cli.tracking.terms import By
from de06cli.views import words
from de06cli.views.contents import field_lists, figure_tables, tables
from de06cli.views.contents.field_lists import ListField
from de06cli.views.contents.reports import report_lists
from de06cli.views.contents.tables import Table

NUMERALS = ("I", "II", "III", "IV", "V", "VI")
LEFT_OPEN = "……………………"  # what the office writes in itself


class Part(NamedTuple):
    """A list of the report."""

    key: str
    title: str
    fields: tuple[ListField, ...]
    counted: bool = True  # the heading has the number of rows, and an empty list has no table
    only_if: str = (
        ""  # a condition over the report's values; else it stands without its heading too
    )


class Chapter(NamedTuple):
    """A chapter; one without lists is left to the office, which writes it."""

    title: str
    parts: tuple[Part, ...]


# The outline ------------------------------------------------------------------------------


def outline(days: Mapping[str, str], report: Report | None = None) -> tuple[Chapter, ...]:
    """The chapters of ``report``; without a report, those of the blank form.

    ``days`` are texts: the ends of both periods by the names first, last, next_first and next_last.
    """
    return (
        Chapter(
            _("Kết quả trong kỳ (từ ngày {first} đến ngày {last})").format_map(days),
            _there(report, _results(report)),
        ),
        Chapter(_("Tồn tại, hạn chế và nguyên nhân"), _there(report, _shortcomings(report))),
        Chapter(
            _("Nhiệm vụ kỳ tới (từ ngày {next_first} đến ngày {next_last})").format_map(days),
            _there(report, _coming()),
        ),
        Chapter(_("Kiến nghị, đề xuất"), ()),  # left to the office
    )


def appendix(report: Report | None = None) -> tuple[Part, ...]:
    """The lists that stand behind the report: what the period has brought, a row a task."""
    results = Part(
        "results",
        _("Kết quả trong kỳ theo nhiệm vụ"),
        (
            _number(),
            ListField("title", _("Nhiệm vụ"), 119, below="text"),
            ListField("by", _("Đơn vị, minh chứng"), 32, below="documents"),
        ),
    )
    return _there(report, (results,))


_NUMBER, _DAY = 19, 24  # widths


def _number() -> ListField:
    return ListField("number", nouns.number_title(), _NUMBER, centred=True)


def _task(width: int, below: str = "") -> ListField:
    return ListField("short_title", _("Nhiệm vụ"), width, below=below, behind=below in _SHORT)


_SHORT = ("lead", "waits", "note")  # texts that go on behind a title


def _lead(width: int) -> ListField:
    return ListField("lead", _("Chủ trì"), width)


def _due(key: str = "due") -> ListField:
    return ListField(key, _("Thời hạn"), _DAY, centred=True)


def _of_step(width: int = 70) -> tuple[ListField, ...]:
    return (
        ListField("number", nouns.filled("{Step}"), _NUMBER, centred=True),
        _task(width, "text"),
        ListField("by", _("Đơn vị"), 30),
    )


def _results(report: Report | None) -> tuple[Part, ...]:
    return (
        *(part for part, _table in figure_parts(report)),
        Part(
            "finished",
            _("Nhiệm vụ hoàn thành"),
            (
                _number(),
                _task(82, "lead"),
                ListField("completed_on", _("Ngày hoàn thành"), 28, centred=True),
                ListField("short_state", _("Tình trạng"), 36),
            ),
        ),
        Part(
            "extended",
            _("Gia hạn"),
            (
                _number(),
                _task(66, "note"),
                ListField("before", _("Hạn cũ"), _DAY, centred=True),
                _due()._replace(title=_("Hạn mới")),
                ListField("document", _("Văn bản"), 32),
            ),
        ),
        Part(
            "supplement",
            _("Ghi nhận bổ sung (kết quả của kỳ trước)"),
            (
                ListField("item", f"{nouns.number_title()}, {nouns.filled('{step}')}", 22),
                _task(48, "text"),
                ListField("by", _("Đơn vị"), 28),
                ListField("date", _("Ngày"), _DAY, centred=True),
                ListField("result", _("Kết quả"), 42),
            ),
        ),
        _other("closed_periods"),
        _other("targets"),
        _other("stopped"),
    )


def _shortcomings(report: Report | None) -> tuple[Part, ...]:
    day = ListField("date", _("Ngày"), _DAY, centred=True)
    late = ListField("days_late", _("Số ngày quá hạn"), 22, centred=True)
    reason = ListField("note", _("Lý do"), 34)
    return (
        Part(
            "overdue",
            _overdue_title(report),
            (_number(), _task(101, "waits"), _due(), late),
        ),
        Part("overdue_steps", _overdue_steps_title(report), (*_of_step(), _due(), late)),
        _other("blocked_tasks"),
        Part(
            "blocked_in_time",
            _blocked_title(report),
            (
                *_of_step(60),
                day._replace(title=_("Từ ngày")),
                reason._replace(title=_("Nguyên nhân")),
            ),
        ),
        Part("skipped", nouns.filled(_("{Step} không thực hiện")), (*_of_step(60), day, reason)),
    )


def _coming() -> tuple[Part, ...]:
    return (
        Part(
            "due_next",
            _("Nhiệm vụ đến hạn"),
            (_number(), _task(122, "waits"), _due()),
        ),
        Part("due_next_steps", nouns.filled(_("{Step} đến hạn")), (*_of_step(80), _due())),
    )


def _other(key: str) -> Part:
    return Part(key, _(report_lists.TITLES[key]), report_lists.fields(key))


def _there(report: Report | None, parts: Sequence[Part]) -> tuple[Part, ...]:
    """The lists that stand in ``report``; in the blank form each has the condition under which it does."""
    if report is None:
        parts = [
            part._replace(only_if=part.only_if or report_lists.condition(part.key))
            for part in parts
        ]
    return tuple(part for part in parts if report_lists.has(report, part.key))


def _overdue_title(report: Report | None) -> str:
    """While the last day lasts, what is due on it is not late yet."""
    if report and not report.over and any(not task.days_late for task in report.overdue):
        return _("Nhiệm vụ quá hạn hoặc đến hạn ngày cuối kỳ")
    return _("Nhiệm vụ quá hạn")


def _overdue_steps_title(report: Report | None) -> str:
    if report and not report.over and any(not one.days_late for one in report.overdue_steps):
        title = _("{Step} quá hạn hoặc đến hạn ngày cuối kỳ của nhiệm vụ còn trong hạn")
        return nouns.filled(title)
    return nouns.filled(_("{Step} quá hạn của nhiệm vụ còn trong hạn"))


def _blocked_title(report: Report | None) -> str:
    if report is None or not report.overdue:
        return nouns.filled(_("{Step} vướng mắc"))
    return nouns.filled(_("{Step} vướng mắc của nhiệm vụ còn trong hạn"))


def title() -> str:
    return _("Báo cáo")


def subject(of: Mapping[str, str]) -> tuple[str, str]:
    """What the report is about, and of which days; ``of`` are its values, or what stands for them."""
    return (
        _("Kết quả thực hiện {headline}").format_map(of),
        _("(từ ngày {first} đến ngày {last})").format_map(of),
    )


def two_by_two_fields() -> tuple[ListField, ...]:
    """The columns of the 2 × 2 table."""
    widths = {"name": 75, "in_time": 30, "late": 30, "total": 30}
    return field_lists.of_columns(tables.two_by_two(figures([])), widths)


def figure_parts(report: Report | None) -> tuple[tuple[Part, Table | None], ...]:
    """The figures of the report: beside those of an earlier day where one is compared with, else the
    2 × 2 table. The blank form has both, of which a report fills one."""
    general = _("Tình hình chung")
    two_by_two = Part("two_by_two", general, two_by_two_fields(), counted=False)
    if report is None:
        table = figure_tables.compared(Comparison(figures([]), figures([])), None, None, soon=False)
    elif report.compared is None:
        return ((two_by_two, tables.two_by_two(report.total)),)
    else:
        day, beside = report.compared
        table = figure_tables.compared(beside, day, report.period.last, soon=False)
    fields = field_lists.of_columns(table, {"name": 75, "before": 33, "now": 33, "change": 24})
    compared = Part("compared", general, fields, counted=False)
    if report:
        return ((compared, table),)
    tags = {"before": "{{ compared_day }}", "now": "{{ last }}"}
    fields = tuple(field._replace(title=tags.get(field.key, field.title)) for field in fields)
    return (
        (compared._replace(fields=fields, only_if="compared"), None),
        (two_by_two._replace(only_if="not compared"), None),
    )


def summary_title(by: By) -> str:
    if by is By.PLAN:
        return _("Tổng hợp theo kế hoạch")
    return _("Tổng hợp theo đơn vị chủ trì")


def summary_fields(by: By, report: Report | None = None) -> tuple[ListField, ...]:
    """The columns of the leaders' summary, a row an agency that leads, or a plan; the blank form has no
    columns for what only the tasks of ``report`` need."""
    beside = report.total.beside[1:] if report else ()
    return (
        ListField("name", _("Kế hoạch") if by is By.PLAN else _("Đơn vị"), 56),
        ListField("total", _("Tổng số"), 14, centred=True),
        ListField("done_on_time", _("HT đúng hạn"), 17, centred=True),
        ListField("done_late", _("HT quá hạn"), 17, centred=True),
        ListField("open_in_time", _("Chưa HT trong hạn"), 19, centred=True),
        ListField("open_overdue", _("Chưa HT quá hạn"), 19, centred=True),
        ListField("ongoing", _("Thường xuyên"), 21, centred=True),
        *(ListField(state.value, words.beside_title(state), 17, centred=True) for state in beside),
        ListField("rate_due", _("Tỷ lệ HT trên số đến hạn"), 32, centred=True),
        ListField("rate_all", _("Tỷ lệ HT trên số được giao"), 32, centred=True),
        ListField("note", _("Ghi chú"), 25),
    )
