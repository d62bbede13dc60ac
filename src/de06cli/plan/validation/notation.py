"""How each kind of value is written in the file: how de06 reads it, and its JSON Schema for editors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from de06cli.characters import plain
from de06cli.messages import N_
from de06cli.named_tuples import NamedTuple
from de06cli.plan import findings, periods, quantities
from de06cli.plan.periods import Period


class Unfit(ValueError):
    """A value that is not written as its kind asks: a finding's ``code`` and a ``sentence``.

    ``advice`` is a message where the code has no advice of its own, ``meant`` the forms that the value
    may stand for. ``key`` is that of the entry that is wrong, where the value has keys.
    """

    def __init__(
        self,
        code: str,
        sentence: str,
        advice: str = "",
        meant: tuple[str, ...] = (),
        key: str | None = None,
    ) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.advice = code, sentence, advice
        self.meant, self.key = meant, key


NUMBER = r"0|[1-9][0-9]{0,8}"
OFFSET = r"0|-?[1-9][0-9]{0,2}"


def _read_number(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(NUMBER, value):
            raise Unfit(
                findings.NOT_A_NUMBER, N_("“{value}” không phải là số nguyên (ví dụ 1, 9, 24).")
            )
        return int(value)
    return value


def _read_date(value: object) -> object:
    if isinstance(value, str):
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            raise Unfit(
                findings.NOT_A_DATE,
                N_("“{value}” không phải là ngày hợp lệ theo dạng năm-tháng-ngày."),
            ) from None
    return value


def _read_offset(value: object) -> object:
    """Days, negative ones too: 5, -10."""
    if isinstance(value, str):
        if not re.fullmatch(OFFSET, value):
            raise Unfit(
                findings.NOT_A_NUMBER,
                N_("“{value}” không phải là số ngày (ví dụ 5, -10)."),
                N_("Viết bằng chữ số, nhiều nhất ba chữ số; số âm là trước ngày cuối kỳ."),
            )
        return int(value)
    return value


def _read_period(value: object) -> object:
    if isinstance(value, str):
        try:
            return periods.parse(value)
        except ValueError:
            raise Unfit(
                findings.NOT_A_DATE,
                N_("“{value}” không phải là ngày hoặc kỳ hợp lệ."),
            ) from None
    return value


def _read_own_period(value: object) -> object:
    period = _read_period(value)
    if isinstance(period, Period) and period.kind == "day":
        raise Unfit(findings.NOT_A_DATE, N_("“{value}” là một ngày, không phải là một kỳ."))
    return period


def _read_amount(value: object) -> object:
    if isinstance(value, str):
        try:
            quantities.value(value)
        except quantities.NotANumber as error:
            raise Unfit(
                findings.NOT_A_NUMBER,
                N_("“{value}” không phải là một số hoặc một tỷ lệ."),
                N_("Viết bằng chữ số, dấu chấm trước phần thập phân: 69.7; hoặc 8432/12100."),
                error.meant,
            ) from None
    return value


def _read_pairs(value: object) -> object:
    """Headings and texts, in their order."""
    if value is None:
        return ()
    if not isinstance(value, dict):
        raise Unfit(findings.WRONG_SHAPE, N_("Ở đây cần các khóa (tên cột: nội dung)."))
    for heading, text in value.items():
        if not isinstance(text, str) or not text.strip():
            raise Unfit(findings.WRONG_SHAPE, N_("Mỗi tên cột cần một đoạn chữ."), key=heading)
    return tuple(value.items())


def _read_goals(value: object) -> object:
    """One goal, due with the model, or a goal a period."""
    if isinstance(value, str):
        return ((None, _read_text(value)),)
    if not isinstance(value, dict) or not value:
        raise Unfit(
            findings.WRONG_SHAPE, N_("Ở đây cần một mục tiêu, hoặc một mục tiêu cho mỗi kỳ.")
        )
    return tuple(_read_goal(period, text) for period, text in value.items())


def _read_goal(written: str, text: object) -> tuple[object, str]:
    if not isinstance(text, str) or not text.strip():
        raise Unfit(findings.WRONG_SHAPE, N_("Mỗi kỳ cần một mục tiêu."), key=written)
    try:
        return periods.parse(written), text
    except ValueError:
        raise Unfit(
            findings.NOT_A_DATE,
            N_("“{value}” không phải là ngày hoặc kỳ hợp lệ."),
            key=written,
        ) from None


def _read_text(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise Unfit(findings.NO_TEXT, N_("Nội dung để trống."))
    return value


# Letters of Vietnamese and its neighbours, digits, "-", "_" and ".": nothing that cannot be seen, that
# another letter looks like, or that a shell, a path or an address takes for its own.
_ALPHA = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f\u01a0\u01a1\u01af\u01b0\u1e00-\u1eff"
_LETTERS = f"0-9{_ALPHA}"
CODE = rf"^(?![sS][tT][tT]$)[{_LETTERS}][{_LETTERS}_.\-]*$"


def is_code(value: str) -> bool:
    return re.fullmatch(CODE, value) is not None


def _read_code(value: object) -> object:
    if isinstance(_read_text(value), str) and not is_code(str(value)):
        raise Unfit(findings.BAD_CODE, N_("“{value}” không dùng làm mã được."))
    return value


# A model that is no number: a number with a letter (1a), or a Roman numeral (IV), and what follows a dash.
_ROMAN = r"[MDCLXVImdclxvi]+"
MODEL_LABEL = (
    rf"(?:[0-9]{{1,9}}[{_ALPHA}]|{_ROMAN})(?:-[{_LETTERS}]+)*|[0-9]{{1,9}}(?:-[{_LETTERS}]+)+"
)


def _read_model_label(value: object) -> object:
    if not isinstance(value, str):
        return value
    if re.fullmatch(NUMBER, value):
        return int(value)
    if not re.fullmatch(MODEL_LABEL, value):
        raise Unfit(
            findings.NOT_A_NUMBER,
            N_("“{value}” không phải là số hiệu (ví dụ 1, 9, 1a, II-3)."),
            N_("Viết một số không có số 0 đứng đầu, hoặc theo dạng 1a, II-3."),
        )
    return value


def _read_row_label(value: object) -> object:
    """A number where it is one, else the text as printed: 4, 11.1, a."""
    if not isinstance(value, str) or not re.fullmatch("[0-9]+", value):
        return _read_text(value)
    return _read_number(value)


def code_from(value: str) -> str:
    """The code that is nearest to a text; "" where nothing of it may stand in one."""
    bare = "".join(char for char in plain(value[:60]).strip() if not unicodedata.combining(char))
    code = re.sub(rf"[^{_LETTERS}_.\-]+", "-", bare).strip("-_.")
    return code if is_code(code) else ""


def _read_list(value: object) -> object:
    return () if value is None else value


def _read_one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else _read_list(value)


def _read_at_least_one(value: object) -> object:
    if value == []:
        raise Unfit(findings.NO_TEXT, N_("Danh sách phải có ít nhất một mục."))
    return value


class Notation(NamedTuple):
    """A kind of value: ``read`` makes it of what YAML gave, ``schema`` is for JSON Schema."""

    read: Callable[[object], object]
    schema: dict[str, object]


_OWN_PERIOD = "^[0-9]{4}(-(W[0-9]{2}|[0-9]{2}|Q[1-4]|H[12]))?$"
_PERIOD = "^[0-9]{4}(-([0-9]{2}-[0-9]{2}|W[0-9]{2}|[0-9]{2}|Q[1-4]|H[12]))?$"

FORMS = {
    # In an editor a plain 9 is a number, and a plain 2023-12-30 a text.
    "number": Notation(
        _read_number,
        {
            "type": ["integer", "string"],
            "minimum": 0,
            "maximum": 999_999_999,
            "pattern": "^(0|[1-9][0-9]{0,8})$",
        },
    ),
    "day": Notation(_read_date, {"type": "string", "format": "date"}),
    "text": Notation(_read_text, {"type": ["string", "number", "boolean"], "pattern": r"\S"}),
    "word": Notation(_read_text, {"type": ["string", "number", "boolean"], "pattern": r"\S"}),
    "agency": Notation(_read_text, {"type": ["string", "number", "boolean"], "pattern": r"\S"}),
    "code": Notation(_read_code, {"type": ["string", "number", "boolean"], "pattern": CODE}),
    "offset": Notation(_read_offset, {"type": ["integer", "string"], "pattern": f"^({OFFSET})$"}),
    "model label": Notation(
        _read_model_label,
        {
            "type": ["integer", "string"],
            "minimum": 0,
            "maximum": 999_999_999,
            "pattern": f"^({NUMBER}|{MODEL_LABEL})$",
        },
    ),
    "row label": Notation(
        _read_row_label, {"type": ["number", "string"], "pattern": rf"^({NUMBER}|.*[^0-9].*)$"}
    ),
    # A plain 2025 is a number in an editor.
    "period": Notation(_read_period, {"type": ["string", "integer"], "pattern": _PERIOD}),
    "own period": Notation(
        _read_own_period, {"type": ["string", "integer"], "pattern": _OWN_PERIOD}
    ),
    "amount": Notation(_read_amount, {"type": ["number", "string"], "pattern": r"^[0-9./]+$"}),
    "pairs": Notation(
        _read_pairs,
        {
            "type": ["object", "null"],
            "additionalProperties": {"type": ["string", "number", "boolean"], "pattern": r"\S"},
        },
    ),
    "goals": Notation(
        _read_goals,
        {
            "type": ["object", "string", "number"],
            "additionalProperties": {"type": ["string", "number"], "pattern": r"\S"},
            "propertyNames": {"pattern": _PERIOD},
        },
    ),
    "any list": Notation(lambda value: value, {"type": ["array", "null"]}),
    "list": Notation(_read_list, {"type": ["array", "null"]}),
    "one or more": Notation(_read_one_or_more, {"type": ["array", "string", "null"]}),
    "at least one": Notation(_read_at_least_one, {"type": "array", "minItems": 1}),
}
