"""Findings: the faults of a plan's file, each with a code, a place and a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final

from de06cli.characters import in_bytes
from de06cli.messages import N_, ngettext
from de06cli.named_tuples import NamedTuple

SAME = 3  # places of one and the same mistake that are printed
MAX_BYTES = 400  # of one finding, in UTF-8


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Remedy(NamedTuple):
    """The title and general advice of a code, in Vietnamese, for the page docs/findings.md."""

    title: str
    advice: str


REMEDIES: dict[str, Remedy] = {}  # of every code, in the order of the codes below


def _code(code: str, title: str, advice: str) -> str:
    """Declares a code; without a title and an advice there is none."""
    REMEDIES[code] = Remedy(title, advice)
    return code


# Errors that end the reading
NOT_UTF8: Final = _code("E101", N_("Tệp không phải UTF-8"), N_("Lưu lại tệp với bảng mã UTF-8."))
TOO_LARGE: Final = _code(
    "E102", N_("Tệp quá lớn"), N_("Chia kế hoạch thành nhiều tệp, mỗi tệp một kế hoạch.")
)
EMPTY: Final = _code(
    "E103", N_("Tệp không có nội dung"), N_("Mở đúng tệp, hoặc tạo tệp mới bằng `de06 init`.")
)
FORBIDDEN_CHARACTER: Final = _code(
    "E104", N_("Có ký tự không được dùng"), N_("Xóa ký tự ở dòng và cột đã nêu.")
)
CONFLICT_MARKER: Final = _code(
    "E105", N_("Còn dấu xung đột của git"), N_("Giữ một trong hai bản, xóa các dòng đánh dấu.")
)
SYNTAX: Final = _code(
    "E106",
    N_("Sai cú pháp YAML"),
    N_("Xem lại dấu nháy, dấu ngoặc, dấu hai chấm và cách thụt dòng ở chỗ đã nêu."),
)
SEVERAL_DOCUMENTS: Final = _code(
    "E107",
    N_("Tệp có nhiều tài liệu YAML"),
    N_("Bỏ dòng `---`, hoặc để mỗi kế hoạch trong một tệp."),
)
TOO_DEEP: Final = _code(
    "E108",
    N_("Các tầng lồng nhau quá sâu"),
    N_("Xem lại dấu ngoặc và cách thụt dòng; tệp kế hoạch chỉ có vài tầng."),
)
NOT_TEXT: Final = _code(
    "E109",
    N_("Không phải tệp văn bản"),
    N_("Chọn đúng tệp YAML; tệp nén hoặc mã hóa phải mở ra trước."),
)
# Errors of YAML that a plan does without
ANCHOR: Final = _code(
    "E111",
    N_("Dùng & hoặc * của YAML"),
    N_("Viết lại giá trị ở từng chỗ; nếu là nội dung, đặt trong dấu nháy."),
)
MERGE_KEY: Final = _code("E112", N_("Dùng khóa << của YAML"), N_("Viết các khóa ra ở từng chỗ."))
TAG: Final = _code(
    "E113", N_("Dùng thẻ ! của YAML"), N_("Bỏ thẻ; nếu là nội dung, đặt trong dấu nháy.")
)
DUPLICATE_KEY: Final = _code("E114", N_("Một khóa có hai lần"), N_("Giữ một khóa, xóa khóa kia."))
BAD_KEY: Final = _code("E115", N_("Khóa không phải một từ"), N_("Sửa lại tên khóa ở chỗ đã nêu."))
# Errors of shape
UNKNOWN_KEY: Final = _code(
    "E201", N_("Khóa không có trong lược đồ"), N_("Sửa thành khóa được gợi ý, hoặc xóa khóa này.")
)
MISSING_KEY: Final = _code("E202", N_("Thiếu một khóa bắt buộc"), N_("Thêm khóa đã nêu."))
WRONG_SHAPE: Final = _code(
    "E203",
    N_("Giá trị không đúng dạng"),
    N_("Viết lại theo dạng đã nêu: một nội dung, một danh sách hoặc các khóa."),
)
NOT_A_NUMBER: Final = _code(
    "E204",
    N_("Không phải một số"),
    N_("Viết bằng chữ số, nhiều nhất chín chữ số, không có số 0 đứng đầu."),
)
NOT_A_DATE: Final = _code(
    "E205",
    N_("Không phải một ngày"),
    N_(
        "Viết năm-tháng-ngày, ví dụ 2023-12-30; thời hạn còn có thể là một kỳ: 2025-06 (tháng), "
        "2025-Q2 (quý), 2025-H1 (nửa năm), 2025 (năm), 2025-W05 (tuần)."
    ),
)
NOT_ALLOWED: Final = _code(
    "E206", N_("Không phải giá trị cho sẵn"), N_("Chọn một trong các giá trị đã nêu.")
)
NO_TEXT: Final = _code(
    "E207", N_("Để trống"), N_("Điền giá trị, hoặc xóa khóa nếu không bắt buộc.")
)
BAD_CODE: Final = _code(
    "E208",
    N_("Mã không đúng quy tắc"),
    N_("Dùng chữ, số, “-”, “_”, “.”; bắt đầu bằng chữ hoặc số; không phải `stt`."),
)
# Errors between fields
DUPLICATE_MODEL: Final = _code(
    "E301", N_("Hai nhiệm vụ cùng số hiệu"), N_("Sửa một trong hai số hiệu.")
)
DUPLICATE_STT: Final = _code("E302", N_("Hai nhiệm vụ cùng STT"), N_("Sửa một trong hai STT."))
DUPLICATE_STEP: Final = _code(
    "E303", N_("Hai bước cùng số trong một nhiệm vụ"), N_("Sửa một trong hai số.")
)
DUPLICATE_AGENCY: Final = _code("E304", N_("Hai đơn vị cùng mã"), N_("Sửa một trong hai mã."))
UNKNOWN_AGENCY: Final = _code(
    "E305",
    N_("Mã đơn vị không có trong danh sách"),
    N_("Sửa thành mã được gợi ý, hoặc thêm đơn vị vào `agencies`."),
)
NO_DEADLINE: Final = _code(
    "E306",
    N_("Nhiệm vụ không có thời hạn"),
    N_("Ghi `deadline`, hoặc `ongoing` nếu là nhiệm vụ thường xuyên."),
)
PROGRESS_WITHOUT_DATE: Final = _code(
    "E307", N_("Tiến độ thiếu ngày"), N_("Thêm `date`: ngày của văn bản hoặc của quyết định.")
)
PROGRESS_WITHOUT_NOTE: Final = _code(
    "E308", N_("Tiến độ thiếu ghi chú"), N_("Thêm `note`: lý do vướng mắc hoặc không thực hiện.")
)
DUPLICATE_PLAN: Final = _code(
    "E309", N_("Hai kế hoạch cùng mã"), N_("Đặt cho mỗi kế hoạch một mã riêng ở `plan: code`.")
)  # among several files
KEYS_AT_ODDS: Final = _code(
    "E310",
    N_("Các khóa không đi cùng nhau"),
    N_("Giữ một trong các khóa đã nêu; mỗi nhiệm vụ chỉ có một cách ghi thời hạn và tiến độ."),
)
NO_PERIODS: Final = _code(
    "E311",
    N_("Nhiệm vụ định kỳ không có kỳ nào"),
    N_("Thêm `from` vào `recurs`, hoặc `assigned` của nhiệm vụ; `until` phải sau ngày bắt đầu."),
)
NOT_ITS_PERIOD: Final = _code(
    "E312",
    N_("Kỳ không thuộc nhiệm vụ định kỳ"),
    N_("Viết kỳ đúng loại của `every`, từ kỳ đầu tiên đến kỳ cuối của nhiệm vụ."),
)
DUPLICATE_PERIOD: Final = _code("E313", N_("Một kỳ có hai lần"), N_("Giữ một dòng cho mỗi kỳ."))
DUPLICATE_HANDOVER: Final = _code(
    "E314",
    N_("Hai lần bàn giao một vai trò trong một ngày"),
    N_("Gộp thành một dòng, hoặc sửa ngày `on`."),
)
EMPTY_HANDOVER: Final = _code(
    "E315",
    N_("Lần bàn giao không ghi vai trò"),
    N_("Thêm `lead`, `support` hoặc `implementers`: danh sách mã đơn vị từ ngày đó."),
)
SUCCESSION_CIRCLE: Final = _code(
    "E316",
    N_("Các đơn vị tiếp nhận lẫn nhau"),
    N_("Sửa `successor` của một đơn vị; việc tiếp nhận phải kết thúc ở một đơn vị khác."),
)
DUPLICATE_TARGET: Final = _code(
    "E317", N_("Hai chỉ tiêu cùng số trong một nhiệm vụ"), N_("Sửa một trong hai số.")
)
SHARE_WITHOUT_PERCENT: Final = _code(
    "E318",
    N_("Tỷ lệ của chỉ tiêu không tính bằng %"),
    N_('Ghi `unit: "%"` cho chỉ tiêu, hoặc ghi giá trị là một số.'),
)
DUPLICATE_VALUE: Final = _code(
    "E319", N_("Hai số liệu của một ngày"), N_("Giữ một số liệu cho mỗi ngày của chỉ tiêu.")
)
SKIPPED_MODEL: Final = _code(
    "E320",
    N_("Nhiệm vụ không có bước ghi skipped"),
    N_("Dừng nhiệm vụ bằng `de06 stop`, hoặc ghi `stopped`."),
)
UNKNOWN_GROUP: Final = _code(
    "E321",
    N_("Mã nhóm không có trong danh sách"),
    N_("Sửa thành mã được gợi ý, hoặc thêm nhóm vào `groups`."),
)
DUPLICATE_GROUP: Final = _code("E322", N_("Hai nhóm cùng mã"), N_("Sửa một trong hai mã."))
# Warnings
STEPS_OUT_OF_ORDER: Final = _code(
    "W401", N_("Các bước không theo thứ tự"), N_("Xếp các bước theo số của bước.")
)
FUTURE_PROGRESS: Final = _code(
    "W402",
    N_("Tiến độ ghi ngày sau hôm nay"),
    N_("Xem lại `date`; ngày của tiến độ là ngày đã thực hiện."),
)
STEP_DUE_AFTER_MODEL: Final = _code(
    "W403",
    N_("Thời hạn của bước sau thời hạn của nhiệm vụ"),
    N_("Xem lại `due` của bước, hoặc ghi gia hạn cho nhiệm vụ bằng `de06 extend`."),
)
EXTENSION_NOT_LATER: Final = _code(
    "W404",
    N_("Gia hạn không muộn hơn thời hạn trước"),
    N_("Xem lại ngày `to` của lần gia hạn; các lần xếp từ cũ đến mới."),
)
ALL_SKIPPED: Final = _code(
    "W405",
    N_("Mọi bước đều không thực hiện"),
    N_("Xem lại các bước; nhiệm vụ chỉ hoàn thành khi có ít nhất một bước hoàn thành."),
)
DECLARED_MODELS: Final = _code(
    "W406",
    N_("Tổng số nhiệm vụ khác số ghi trong văn bản"),
    N_("So lại với văn bản; nếu văn bản ghi sai thì có thể giữ nguyên."),
)
SHARED_NAME: Final = _code(
    "W407", N_("Hai đơn vị chung một tên"), N_("Bỏ tên chung ở một trong hai đơn vị.")
)
BAD_MAILBOX: Final = _code(
    "W408",
    N_("Địa chỉ thư điện tử không đúng"),
    N_("Viết dạng cah@example.vn; nhiều địa chỉ thì đặt trong ngoặc vuông."),
)
TEXT_CUT: Final = _code(
    "W409",
    N_("Nội dung bị YAML cắt ở dấu #"),
    N_("Đặt cả câu trong dấu nháy; nếu là chú thích, ghi ở dòng riêng."),
)
ENDED_WITH_TASKS: Final = _code(
    "W410",
    N_("Đơn vị đã kết thúc hoạt động còn nhiệm vụ"),
    N_("Thêm `successor` vào `ended`, hoặc ghi bàn giao bằng `de06 handover`."),
)
AFTER_END: Final = _code(
    "W411",
    N_("Đơn vị được nhắc đến sau khi kết thúc hoạt động"),
    N_("Ghi đơn vị tiếp nhận, hoặc xem lại ngày."),
)
ENDED_BEFORE: Final = _code(
    "W412",
    N_("Đơn vị tiếp nhận đã kết thúc hoạt động từ trước"),
    N_("Xem lại ngày `on` và `successor` của hai đơn vị."),
)
BEFORE_ASSIGNED: Final = _code(
    "W413",
    N_("Tiến độ trước ngày giao nhiệm vụ"),
    N_("Xem lại `date` và `assigned`; tiến độ này được tính từ ngày giao."),
)
AFTER_STOP: Final = _code(
    "W414",
    N_("Ghi nhận sau khi dừng thực hiện"),
    N_("Xem lại ngày; điều ghi sau ngày dừng không được tính."),
)
DONE_BEFORE_STOP: Final = _code(
    "W415",
    N_("Nhiệm vụ hoàn thành trước khi dừng"),
    N_("Xem lại `stopped`; nhiệm vụ vẫn tính là hoàn thành."),
)
OUT_OF_ORDER: Final = _code(
    "W416", N_("Các dòng không theo thứ tự ngày"), N_("Xếp các dòng từ cũ đến mới.")
)
PERIOD_NOT_OWED: Final = _code(
    "W417",
    N_("Kỳ trước khi giai đoạn đầu kết thúc"),
    N_("Xem lại kỳ; kỳ đầu tiên bắt đầu sau ngày hoàn thành các bước."),
)
EVIDENCE_NOT_FOUND: Final = _code(
    "W418",
    N_("Không có tệp minh chứng"),
    N_(
        "Lưu văn bản vào thư mục `evidence_folder`, tên tệp là số, ký hiệu với “-” thay cho “/”: "
        "45-BC-CAH.pdf."
    ),
)
BEGINS_AFTER_DUE: Final = _code(
    "W419",
    N_("Bắt đầu sau thời hạn"),
    N_("Xem lại `assigned`, `start` hoặc `deadline` của nhiệm vụ."),
)
# Notes
UNUSED_AGENCY: Final = _code(
    "N501",
    N_("Đơn vị không được nhắc đến"),
    N_("Không phải sửa; có thể xóa đơn vị khỏi `agencies`."),
)
OPEN_QUESTION: Final = _code(
    "N502",
    N_("Có nội dung cần làm rõ"),
    N_("Hỏi nơi ban hành văn bản; khi đã rõ thì xóa `review`."),
)
GOAL_IN_WORDS: Final = _code(
    "N503",
    N_("Mục tiêu không có số"),
    N_("Không phải sửa; mục tiêu bằng lời không tính được phần còn thiếu."),
)

_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}


def severity(code: str) -> Severity:
    """How serious a finding of this code is: its first letter says so."""
    return _SEVERITIES[code[0]]


class Location(NamedTuple):
    """A place in a file: line and column count from 1, columns in characters."""

    line: int
    column: int


class Finding(NamedTuple):
    """One problem: a sentence that says what is wrong, another that says what to do."""

    code: str
    place: Location
    message: str
    advice: str = ""
    more: int = 0  # further places where the same was found, already counted in the message

    @property
    def severity(self) -> Severity:
        return severity(self.code)


class Problem(NamedTuple):
    """A finding before its place is known: ``path`` leads to it through keys and list indexes.

    With ``at_key`` the place is the key itself, not its value; ``more`` further places have the same.
    """

    code: str
    path: tuple[str | int, ...]
    message: str
    advice: str = ""
    at_key: bool = False
    more: int = 0


def first_places(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, of those that say the same of the same thing only the first ``SAME``.

    The last of these gets the number of the others. What is missing between two fields is another thing
    in each place.
    """
    kept: list[Problem] = []
    seen: dict[tuple[str, ...], tuple[int, int]] = {}  # how many, and the last that was kept
    for problem in problems:
        key = next((part for part in reversed(problem.path) if isinstance(part, str)), "")
        kind = (problem.code, key, problem.message, problem.advice)
        count, last = seen.get(kind, (0, 0))
        if not problem.code.startswith("E2") or count < SAME:
            last = len(kept)
            kept.append(problem)
        seen[kind] = (count + 1, last)
    for (code, *_same), (count, last) in seen.items():
        if code.startswith("E2") and count > SAME:
            kept[last] = kept[last]._replace(more=count - SAME)
    return kept


class Gathered:
    """Findings as they are met: what is said a fourth time is only counted."""

    def __init__(self) -> None:
        self._found: list[Finding] = []
        self._seen: dict[tuple[str, str, str], tuple[int, int]] = {}

    def add(self, code: str, place: Callable[[], Location], message: str, advice: str = "") -> None:
        kind = (code, message, advice)
        count, last = self._seen.get(kind, (0, 0))
        if count < SAME:
            last = len(self._found)
            self._found.append(bounded(code, place(), message, advice))
        self._seen[kind] = (count + 1, last)

    def all(self) -> list[Finding]:
        """The findings in the order in which they were met, each with its further places."""
        found = [*self._found]
        for (code, message, advice), (count, last) in self._seen.items():
            if more := max(count - SAME, 0):
                counted = with_more(message, more)
                found[last] = bounded(code, found[last].place, counted, advice, more)
        return found


def with_more(message: str, more: int) -> str:
    """The message with the number of further places, if there are any."""
    if not more:
        return message
    return message + " " + ngettext("(và {n} chỗ khác)", "(và {n} chỗ khác)", more).format(n=more)


def bounded(code: str, place: Location, message: str, advice: str = "", more: int = 0) -> Finding:
    """A finding that is no longer than ``MAX_BYTES``; of the two, the advice is cut first."""
    message = in_bytes(message, MAX_BYTES)
    left = MAX_BYTES - len(message.encode("utf-8", "replace")) - 1
    return Finding(code, place, message, in_bytes(advice, left) if left > 20 else "", more)


def has_errors(found: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in found)
