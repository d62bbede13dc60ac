"""What libyaml objects to, in words that help the one who typed it."""

from __future__ import annotations

import re

from de06cli.messages import N_, _
from de06cli.plan import findings
from de06cli.plan.checks import odd
from de06cli.plan.file.text import SourceText
from de06cli.plan.findings import Finding

_NO_COLON = r"could not find expected ':'"

# What libyaml says, what it means for the one who typed it, and what helps.
_SYNTAX = [
    (
        r"tab character",
        N_("Dòng này thụt bằng dấu TAB (U+0009) ở cột {column}."),
        N_("Hãy thụt dòng bằng dấu cách."),
    ),
    (
        r"cannot start any token",
        N_("Ký tự này không thể đứng đầu một giá trị."),
        N_("Nếu là đoạn chữ, hãy đặt trong dấu nháy."),
    ),
    (
        r"mapping values are not allowed",
        N_("Dấu hai chấm ở sai chỗ."),
        N_("Đoạn chữ có dấu hai chấm phải đặt trong dấu nháy; khóa nào cũng cần “: ” phía sau."),
    ),
    (
        _NO_COLON,
        N_("Chỗ này thiếu dấu hai chấm sau tên khóa."),
        N_("Khóa nào cũng cần “: ” phía sau; đoạn chữ nhiều dòng phải thụt vào hoặc có dấu nháy."),
    ),
    (
        r"unexpected end of stream|unexpected document indicator",
        N_("Dấu nháy hoặc dấu ngoặc mở trước đó chưa được đóng."),
        N_("Hãy thêm dấu đóng."),
    ),
    (
        r"expected ',' or '[\]}]'",
        N_("Thiếu dấu phẩy hoặc dấu đóng ngoặc."),
        N_(
            "Các giá trị trong ngoặc cách nhau bằng dấu phẩy; đoạn chữ có dấu phẩy, dấu "
            "hai chấm phải đặt trong dấu nháy."
        ),
    ),
    (
        r"expected node content",
        N_("Chỗ này thiếu một giá trị."),
        N_("Hãy xem lại dấu phẩy và dấu ngoặc."),
    ),
    (
        r"block sequence entries are not allowed",
        N_("Dấu gạch đầu dòng (-) phải đứng đầu dòng mới."),
        N_(
            "Hãy xuống dòng trước dấu gạch, hoặc viết [a, b]; nếu là đoạn chữ, hãy đặt "
            "trong dấu nháy."
        ),
    ),
    (
        r"expected key|expected '-' indicator|<document start>|block mapping|block collection",
        N_(
            "Ở đây phải là một khóa hoặc một mục mới: dòng thụt không thẳng, hoặc dấu "
            "nháy, dấu ngoặc phía trước chưa đúng."
        ),
        N_("Hãy thụt dòng bằng dấu cách, thẳng với dòng cùng cấp; xem lại dấu nháy, dấu ngoặc."),
    ),
    (
        r"expected comment or line break|indentation indicator",
        N_("Sau dấu > hoặc | phải xuống dòng rồi mới đến nội dung."),
        N_("Nếu dấu này thuộc về nội dung, hãy đặt nội dung trong dấu nháy."),
    ),
    (
        r"escape|hexdecimal|hexadecimal",
        N_("Dấu \\ trong dấu nháy kép không đi với ký tự này."),
        N_("Viết \\\\ cho một dấu \\, hoặc dùng dấu nháy đơn."),
    ),
    (
        r"alias|anchor|tag|directive|alphabetic or numeric|incompatible YAML",
        N_("Ký hiệu riêng của YAML (&, *, !, %) ở chỗ không hợp lệ."),
        N_("Nếu là đoạn chữ, hãy đặt trong dấu nháy."),
    ),
]
_UNKNOWN_SYNTAX = (
    N_("YAML không đọc tiếp được từ chỗ này."),
    N_("Hãy xem lại dấu nháy, dấu hai chấm và cách thụt dòng."),
)


def syntax_error(source: SourceText, error: Exception) -> Finding:
    """The finding of an error that PyYAML raised: the sentence, the advice, and the place of the mistake."""
    problem = getattr(error, "problem", None) or ""
    context = getattr(error, "context", None) or ""
    began = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or began
    if began and re.search(r"simple key|anchor|alias|tag|directive", context):
        mark = began  # the mistake is there, libyaml only sees it later
    index = min(mark.index if mark else 0, len(source.text))
    if source.text.startswith("\t", index):
        problem = "tab character"
    elif (above := _line_without_colon(source, index)) is not None:
        index, problem, began = above, _NO_COLON, None
    sentence, advice = _words(problem) or _words(context) or _UNKNOWN_SYNTAX
    place = source.place(index)
    message = _(sentence).format(column=place.column)
    if began and began.index < index:
        line = source.place(min(began.index, len(source.text))).line
        if line != source.place(index).line:
            message += " " + _("(phần này bắt đầu ở dòng {line})").format(line=line)
    first = source.place(min(began.index, len(source.text))).line if began else place.line
    if named := odd.in_lines(source, [place.line, place.line - 1, first]):
        message += " " + named
    return findings.bounded(findings.SYNTAX, place, message, _(advice))


def _words(said: str) -> tuple[str, str] | None:
    """The sentence and the advice for something that libyaml says."""
    return next(
        ((sentence, advice) for pattern, sentence, advice in _SYNTAX if re.search(pattern, said)),
        None,
    )


def _line_without_colon(source: SourceText, index: int) -> int | None:
    """Where the line above begins if it is a key and a value without their colon.

    YAML takes such a line and the key below it for one text, and only stumbles over the colon of that.
    """
    above, _newline, line = source.text[:index].rpartition("\n")
    if not source.text.startswith(":", index) or not re.fullmatch(r" *[a-z_]+", line):
        return None
    begin = above.rfind("\n") + 1
    key = re.fullmatch(r"([ -]*)[a-z_]+(?::| +)[^\s:#][^:#]*", above[begin:])
    return begin + key.end(1) if key else None
