"""The page docs/json.md: every key of the answers in JSON, and a whole answer.

The keys are those of real answers, about the shipped plan, the one in ``examples`` and the
small one of the tests. What a key means says
the plan's schema or, for what de06 works out, the tables here; a key that neither knows ends the script.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from answers import printed, table

from de06cli.tracking.terms import State

Answer = dict[str, Any]

_EXAMPLE = {"DE06_DATA": "examples/chuyen-doi-so.yaml", "DE06_TODAY": "2025-11-15"}
_STEPS = {"DE06_DATA": "tests/data/small.yaml"}
_WHOLE = "list --model 29 --format json"


class Part(NamedTuple):
    """A section: the records at ``key`` of the answers of ``commands``."""

    key: str
    commands: tuple[str, ...]
    titles: tuple[str, str]  # Vietnamese and English
    declared: str = ""  # the place in the schema that describes keys too


PARTS = (
    Part("", ("list", "overdue --steps", "stats --compare previous", "check"),
         ("Mỗi câu trả lời", "Every answer")),
    Part("plans", ("list",), ("`plans`: mỗi kế hoạch", "`plans`: each plan"), "plan"),
    Part("models", ("list", "show III-3", "overdue", "upcoming"),
         ("`models`: mỗi nhiệm vụ (`list`, `show`, `overdue`, `upcoming`)",
          "`models`: each task (`list`, `show`, `overdue`, `upcoming`)"), "models"),
    Part("steps", ("steps",), ("`steps`: mỗi bước (`steps`)", "`steps`: each step (`steps`)"),
         "models.steps"),
    Part("agencies", ("agencies",), ("`agencies`: mỗi đơn vị", "`agencies`: each agency"), "agencies"),
    Part("rows", ("stats --by agency", "stats --by waiting", "stats --every month",
                  "stats --by agency --compare previous"),
         ("`rows`, `total`: số liệu (`stats`)", "`rows`, `total`: figures (`stats`)")),
    Part("findings", ("check",),
         ("`findings`: mỗi phát hiện (`check`)", "`findings`: each finding (`check`)")),
)  # fmt: skip

_HEAD = {
    "vi": """\
# JSON

Trang này do `scripts/docs.py` viết từ chính de06. Các lệnh xem nhận `--format json`: một đối tượng, UTF-8,
ngày dạng `2023-12-30`, `null` khi không có. Tên khóa chỉ thêm, không đổi, không bớt. Mã thoát, biến,
parquet và SQL: [Lập trình](huong-dan/lap-trinh.md).
""",
    "en": """\
# JSON

`scripts/docs.py` writes this page from de06 itself. Commands that answer take `--format json`: one object,
UTF-8, days as `2023-12-30`, `null` where there is nothing. Keys are only added, never renamed, never removed.
Exit codes, variables, Parquet and SQL: [Programmers](huong-dan/lap-trinh.en.md).
""",
}
_HEADS = {"vi": ("khóa", "dạng", "ý nghĩa"), "en": ("key", "form", "meaning")}
_TYPES = {
    "str": ("chữ", "text"), "int": ("số", "number"), "float": ("số", "number"),
    "bool": ("true, false", "true, false"), "list": ("danh sách", "list"), "dict": ("đối tượng", "object"),
    "NoneType": ("null", "null"),
}  # fmt: skip

# Forms that no example has: a row in the source may be "11.1", a file may be read at a revision.
_OTHER_FORMS = {
    ("models", "stt"): "str",
    ("steps", "stt"): "str",
    ("steps", "period"): "str",
    ("plans", "revision"): "str",
}
_STATES = ", ".join(f"`{state}`" for state in State)
_STATUSES = "`todo`, `doing`, `done`, `blocked`, `skipped`"

_FIGURE = ("số nhiệm vụ ở tình trạng này", "tasks in this state")
MEANINGS: dict[str, dict[str, tuple[str, str]]] = {
    "": {
        "version": ("phiên bản của dạng JSON này", "the version of this form of JSON"),
        "as_of": ("số liệu tính đến hết ngày này", "the day that is answered for"),
        "plans": ("các kế hoạch đã đọc", "the plans that were read"),
        "models": ("các nhiệm vụ", "the tasks"),
        "steps": ("bước quá hạn của nhiệm vụ trong hạn", "overdue steps of tasks in time"),
        "rows": ("mỗi dòng của bảng", "each row of the table"),
        "total": ("dòng tổng số", "the row of totals"),
        "compared_to": ("ngày được so sánh", "the day compared to"),
        "findings": ("các phát hiện", "the findings"),
        "findings_left_out": ("số phát hiện không in", "how many findings are left out"),
    },
    "plans": {
        "data": ("tệp, như đã gõ", "the file, as typed"),
        "revision": ("mã commit khi có `--rev`", "the commit, with `--rev`"),
    },
    "models": {
        "plan": ("mã kế hoạch", "the plan's code"),
        "due": ("hạn hiện nay, sau gia hạn", "the deadline now, after extensions"),
        "deadline": ("hạn ban đầu, ngày cuối cùng nếu là kỳ", "the first deadline, the last day of a period"),
        "deadline_as": ("hạn ban đầu như tệp ghi, nếu là kỳ", "the first deadline as written, if a period"),
        "due_as": ("hạn hiện nay như tệp ghi, nếu là kỳ", "the deadline now as written, if a period"),
        "state": (f"tình trạng: {_STATES}", f"the state: {_STATES}"),
        "due_soon": ("sắp đến hạn", "due soon"),
        "days_late": ("số ngày quá hạn", "days overdue or late"),
        "days_left": ("số ngày còn lại", "days left"),
        "completed_on": ("ngày hoàn thành", "the day it was completed"),
        "updated_on": ("cập nhật gần nhất", "the last update"),
        "steps_done": ("số bước đã xong", "steps closed"),
        "steps_total": ("số bước", "steps"),
        "period": ("kỳ mà `due` là hạn", "the period whose deadline `due` is"),
        "periods_late": ("số kỳ quá hạn", "periods overdue"),
        "replaces": ("đơn vị tiếp nhận và các đơn vị trước", "agencies that took over, and from whom"),
    },
    "steps": {
        "plan": ("mã kế hoạch", "the plan's code"),
        "model": ("số hiệu nhiệm vụ", "the task's number"),
        "stt": ("STT của nhiệm vụ", "the task's row in the source"),
        "title": ("tên nhiệm vụ", "the task's title"),
        "lead": ("đơn vị chủ trì nhiệm vụ", "who leads the task"),
        "period": ("kỳ, khi dòng là một kỳ của nhiệm vụ định kỳ", "the period, in a row of a duty"),
        "model_due": ("hạn của nhiệm vụ", "the task's deadline"),
        "status": (_STATUSES, _STATUSES),
        "date": ("ngày thực hiện", "the day it was done"),
        "by": ("đơn vị đã thực hiện", "who did it"),
        "evidence": ("số, ký hiệu văn bản", "the document that shows it"),
        "note": ("ghi chú", "note"),
        "days_late": ("số ngày quá hạn, nếu có hạn riêng", "days overdue, where it has a deadline"),
        "since": ("ngày của tình trạng hiện nay", "since when it has this status"),
    },
    "agencies": {
        "plan": ("mã kế hoạch", "the plan's code"),
        "lead": ("số hiệu các nhiệm vụ chủ trì", "the tasks it leads"),
        "support": ("số hiệu các nhiệm vụ phối hợp", "the tasks it supports"),
        "implementers": ("số hiệu các nhiệm vụ triển khai", "the tasks it implements"),
        "steps": ("số hiệu các nhiệm vụ có bước của đơn vị", "the tasks in whose steps it acts"),
    },
    "rows": {
        "key": ("đơn vị, kế hoạch … của dòng; `null` ở tổng số", "what the row is of; `null`: the total"),
        "as_of": ("cuối kỳ (`--every`)", "the end of the period (`--every`)"),
        "total": ("tổng số nhiệm vụ", "tasks"),
        **dict.fromkeys(("done_on_time", "done_late", "open_in_time", "open_overdue", "ongoing", "undated",
                         "stopped", "due_soon"), _FIGURE),
        "finished": ("số nhiệm vụ hoàn thành (`--every`)", "tasks finished (`--every`)"),
        "rate_due": ("tỷ lệ hoàn thành trên số đến hạn, 0–1", "completed, of tasks due, 0–1"),
        "rate_due_finished": ("tử số của `rate_due`", "the numerator of `rate_due`"),
        "rate_due_of": ("mẫu số của `rate_due`", "the denominator of `rate_due`"),
        "rate_all": ("tỷ lệ hoàn thành trên tổng số, 0–1", "completed, of all tasks, 0–1"),
        "rate_all_finished": ("tử số của `rate_all`", "the numerator of `rate_all`"),
        "rate_all_of": ("mẫu số của `rate_all`", "the denominator of `rate_all`"),
        "models": ("số hiệu các nhiệm vụ đang chờ (`--by waiting`)", "the tasks that wait (`--by waiting`)"),
        "before": ("số liệu của ngày trước (`--compare`)", "the figures of the earlier day (`--compare`)"),
        "change": ("chênh lệch (`--compare`)", "the change (`--compare`)"),
    },
    "findings": {
        "data": ("tệp", "the file"),
        "line": ("dòng", "line"),
        "column": ("cột", "column"),
        "code": ("mã, như ở trang phát hiện", "the code, as on the page of findings"),
        "severity": ("`error`, `warning`, `note`", "`error`, `warning`, `note`"),
        "message": ("nội dung", "what is wrong"),
        "advice": ("cách sửa", "what to do"),
        "more": ("số chỗ khác có cùng phát hiện", "further places with the same finding"),
    },
}  # fmt: skip


def page(lang: str) -> str:
    """The whole page, in Vietnamese or English."""
    schema = json.loads(printed(["schema"], lang))
    parts = [_part(part, schema, lang) for part in PARTS]
    return _HEAD[lang] + "".join(parts) + _example(lang)


def _part(part: Part, schema: Answer, lang: str) -> str:
    described = {
        key: field["description"]
        for key, field in _declared(schema, part.declared).items()
        if "description" in field
    }
    meant = {key: both[lang == "en"] for key, both in MEANINGS[part.key].items()}
    meanings = described | meant
    forms: dict[str, dict[str, None]] = {}
    for record in _records(part):
        for key, value in record.items():
            name = type(value).__name__
            forms.setdefault(key, {})[_TYPES[name][lang == "en"]] = None
    for (section, key), name in _OTHER_FORMS.items():
        if section == part.key:
            forms[key][_TYPES[name][lang == "en"]] = None
    if unknown := meant.keys() - forms.keys():
        raise SystemExit(f"No answer has these keys of {part.key!r}: {', '.join(sorted(unknown))}")
    rows = [(f"`{key}`", _form(seen), meanings[key]) for key, seen in forms.items()]
    return f"\n## {part.titles[lang == 'en']}\n\n{table(_HEADS[lang], rows)}"


def _form(seen: dict[str, None]) -> str:
    """The forms that were seen, null last."""
    return ", ".join(sorted(seen, key=lambda form: form == "null"))


def _declared(schema: Answer, path: str) -> Answer:
    properties: Answer = schema["properties"]
    for key in path.split(".") if path else ():
        properties = properties[key].get("items", properties[key])["properties"]
    return properties if path else {}


def _records(part: Part) -> Iterator[Answer]:
    """The records of a section in the answers about all plans."""
    for command in part.commands:
        arguments = [*command.split(), "--format", "json"]
        for changes in (_EXAMPLE,) if "III-3" in command else ({}, _EXAMPLE, _STEPS):
            answer = json.loads(printed(arguments, **changes))
            found = answer[part.key] if part.key else [answer]
            yield from found
            if part.key == "rows":
                yield answer["total"]


def _example(lang: str) -> str:
    heading = {"vi": "Một câu trả lời đầy đủ", "en": "A whole answer"}[lang]
    return f"\n## {heading}\n\n```console\n$ de06 {_WHOLE}\n{printed(_WHOLE.split(), lang)}```\n"
