"""Marks and extensions as splices: only the lines they are about change, and the reading agrees.

What a change is to be is said twice here, never by the code under test: as bytes, and as the tree that
PyYAML's own loader sees.
"""

from __future__ import annotations

import copy
import re
import string
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import support
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import day_as_period

from de06cli.errors import ChangeRefused
from de06cli.plan.file.edits import Edit, SetExtensions, SetProgress, edited, inverse
from de06cli.plan.file.reader import read
from de06cli.plan.parts import Extension, Progress
from de06cli.plan.periods import Period
from de06cli.plan.records import Plan

DONE = Progress("done", date(2023, 11, 20), "CAH", "45/BC-CAH", 'Xong: "tốt"')
DONE_LINE = (
    "progress: {status: done, date: 2023-11-20, by: CAH,"
    ' evidence: "45/BC-CAH", note: "Xong: \\"tốt\\""}'
)
LATER = Extension(
    Period("day", date(2024, 6, 30)), date(2023, 12, 25), "12/CV-UBND", "chờ kinh phí"
)
LATER_ITEM = '{to: 2024-06-30, decided: 2023-12-25, document: "12/CV-UBND", reason: "chờ kinh phí"}'


def plan_of(data: bytes) -> Plan:
    plan = read(data).plan
    assert plan is not None
    return plan


def changed(data: bytes, *edits: Edit) -> bytes:
    """The file with the edits made; it is the same where its plan is known without a reading."""
    made = edited(data, edits)
    assert edited(data, edits, plan_of(data)) == made
    return made


class Nulls:
    """Reads a plain null as None; of a mapping its key is left out, as it is with an empty list."""

    def construct_scalar(self, node: Any) -> Any:
        return None if not node.style and node.value in {"", "~", "null"} else node.value

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: ARG002
        mapping = super().construct_mapping(node, deep=True)
        return {key: value for key, value in mapping.items() if value not in (None, [])}


class Loader(Nulls, yaml.BaseLoader):
    """Every scalar as text."""


class QuickLoader(Nulls, yaml.CBaseLoader):
    """The same over libyaml, for large files."""


def tree_of(data: bytes, loader: Any = Loader) -> Any:
    """What PyYAML itself reads."""
    return yaml.load(data.decode("utf-8-sig"), Loader=loader)


def as_tree(record: Progress | Extension) -> dict[str, str]:
    keys = ("status", "date", "by", "evidence", "note", "to", "decided", "document", "reason")
    values = {key: getattr(record, key, None) for key in keys}
    return {key: str(value) for key, value in values.items() if value is not None}


def intended(tree: Any, edit: Edit) -> Any:
    """The tree with the edit made in it by hand."""
    tree = copy.deepcopy(tree)
    model = next(item for item in tree["models"] if item["model"] == str(edit.model))
    if isinstance(edit, SetExtensions):
        model.pop("extensions", None)
        if edit.extensions:
            model["extensions"] = [as_tree(extension) for extension in edit.extensions]
        return tree
    step = next(item for item in model["steps"] if item["step"] == str(edit.step))
    step.pop("progress", None)
    if edit.progress:
        step["progress"] = as_tree(edit.progress)
    return tree


# Every step of the shipped plan, in every variant of its file ---------------------------------------


def with_comments(data: bytes) -> bytes:
    """Comments before, behind and under each line that an edit looks at."""
    text = re.sub(
        r"(?m)^( *)(- step: \d+)$",
        '\\1# trước: "bước" {1}\n\\1\\2  # - step: 9, [bước], \'nháy\n\\1    # progress: {status: done}',
        data.decode(),
    )
    text = re.sub(
        r"(?m)^( *)(deadline: \d.*)$", r"\1\2  # hạn: {extensions: []}" + "\n#extensions:", text
    )
    return text.encode()


def with_crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


BOM = b"\xef\xbb\xbf"
SHIPPED = support.MODELS_FILE.read_bytes()
VARIANTS = {
    "lf": SHIPPED,
    "crlf": with_crlf(SHIPPED),
    "bom": BOM + SHIPPED,
    "bom and crlf": BOM + with_crlf(SHIPPED),
    "no final newline": SHIPPED.rstrip(b"\n"),
    "comments": with_comments(SHIPPED),
}
SHIPPED_PLAN = plan_of(SHIPPED)


def with_line_under(data: bytes, model: int, anchor: str, *added: str) -> bytes:
    """The file with lines put under the first line of a model that begins with ``anchor``."""
    eol = "\r\n" if b"\r\n" in data else "\n"
    text = data.decode()
    begin = re.search(rf"^  - model: {model}\r?$", text, re.MULTILINE)
    assert begin
    line = re.compile(rf"^ +(?:- )?{anchor}(?!\d)[^\r\n]*", re.MULTILINE).search(
        text, begin.start()
    )
    assert line
    return (text[: line.end()] + "".join(eol + new for new in added) + text[line.end() :]).encode()


@pytest.mark.parametrize("variant", VARIANTS)
def test_marking_any_step_adds_one_line_and_resetting_it_takes_that_line_away(variant):
    before = VARIANTS[variant]
    tree = tree_of(before, QuickLoader)
    for model in SHIPPED_PLAN.models:
        for step in model.steps:
            mark = SetProgress(model.model, step.step, DONE)
            marked = changed(before, mark)
            expected = with_line_under(
                before, model.model, f"step: {step.step}", f"        {DONE_LINE}"
            )
            assert marked == expected
            assert tree_of(marked, QuickLoader) == intended(tree, mark)
            assert changed(marked, SetProgress(model.model, step.step, None)) == before


@pytest.mark.parametrize("variant", VARIANTS)
def test_extending_any_model_adds_two_lines_and_taking_it_back_takes_them_away(variant):
    before = VARIANTS[variant]
    tree = tree_of(before, QuickLoader)
    second = Extension(Period("day", date(2024, 9, 30)), date(2024, 6, 1))
    for model in SHIPPED_PLAN.models:
        first = SetExtensions(model.model, (LATER,))
        once = changed(before, first)
        lines = ("    extensions:", f"      - {LATER_ITEM}")
        assert once == with_line_under(before, model.model, "deadline:", *lines)
        assert tree_of(once, QuickLoader) == intended(tree, first)
        twice = changed(once, SetExtensions(model.model, (LATER, second)))
        lines = (*lines, "      - {to: 2024-09-30, decided: 2024-06-01}")
        assert twice == with_line_under(before, model.model, "deadline:", *lines)
        assert changed(twice, first) == once
        assert changed(once, SetExtensions(model.model, ())) == before


def test_all_steps_marked_at_once_are_the_same_as_one_after_another():
    edits = [
        SetProgress(model.model, step.step, DONE)
        for model in SHIPPED_PLAN.models
        for step in model.steps
    ]
    one_by_one = SHIPPED
    for edit in edits:
        one_by_one = changed(one_by_one, edit)
    assert changed(SHIPPED, *reversed(edits)) == one_by_one
    assert one_by_one.count(b"\n") == SHIPPED.count(b"\n") + len(edits)
    resets = [SetProgress(edit.model, edit.step, None) for edit in edits]
    assert changed(one_by_one, *resets) == SHIPPED


def test_a_mark_and_an_extension_are_made_in_one_edit():
    both = changed(SHIPPED, SetExtensions(9, (LATER,)), SetProgress(9, 2, DONE))
    assert both == changed(changed(SHIPPED, SetProgress(9, 2, DONE)), SetExtensions(9, (LATER,)))


def test_the_same_mark_twice_changes_nothing():
    once = changed(SHIPPED, SetProgress(9, 2, DONE), SetExtensions(9, (LATER,)))
    assert changed(once, SetProgress(9, 2, DONE), SetExtensions(9, (LATER,))) == once
    assert changed(SHIPPED, SetProgress(9, 2, None), SetExtensions(9, ())) == SHIPPED


# Ways to write a step ------------------------------------------------------------------------------

HEAD = """\
plan: {code: HQ, title: Kế hoạch}
agencies:
  - {code: CAH, name: Công an huyện}
models:
  - model: 9
    title: Lưu trú
    deadline: 2023-12-30
    lead: [CAH]
    steps:
"""
TAIL = """\
      - step: 3
        text: bước sau
"""
MARK = Progress("done", date(2023, 11, 20))


def samples(kind: str) -> dict[str, tuple[str, str, str]]:
    """What stands in a plan, what it becomes, and what it is when that was taken back, by name.

    Where a file does not say the last, it is what stood there before.
    """
    found = {}
    for path in sorted((support.ROOT / "tests" / "data" / "edits").glob(f"{kind}-*.txt")):
        before, after, *back = re.split(r"\n==== .*\n", path.read_text("utf-8").rstrip("\n"))
        found[path.stem.removeprefix(f"{kind}-")] = before, after, back[0] if back else before
    return found


STEPS = samples("step")


@pytest.mark.parametrize("tail", [TAIL, ""], ids=["before a step", "at the end"])
@pytest.mark.parametrize("eol", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("case", STEPS)
def test_a_step_however_it_is_written_is_marked_in_its_place(case, eol, tail):
    before, marked, reset = (
        (HEAD + text + ("\n" + tail if tail else "")).replace("\n", eol).encode()
        for text in STEPS[case]
    )
    mark = SetProgress(9, 2, MARK)
    assert changed(before, mark).decode() == marked.decode()
    assert tree_of(marked) == intended(tree_of(before), mark)
    assert changed(marked, SetProgress(9, 2, None)).decode() == reset.decode()
    assert changed(marked, mark) == marked


def test_a_blank_line_before_a_mark_at_the_end_stays_when_the_mark_goes():
    before = (
        HEAD + "      - step: 2\n        text: a\n\n        progress: {status: doing}"
    ).encode()
    expected = (HEAD + "      - step: 2\n        text: a\n").encode()
    assert changed(before, SetProgress(9, 2, None)) == expected


def test_a_line_gets_the_line_end_of_the_line_it_stands_under():
    before = (
        HEAD + "      - step: 2\r\n        text: Mở lớp\n" + TAIL.replace("\n", "\r\n")
    ).encode()
    line = "        progress: {status: done, date: 2023-11-20}"
    marked = changed(before, SetProgress(9, 2, MARK))
    assert marked == before.replace(b"step: 2\r\n", f"step: 2\r\n{line}\r\n".encode())
    assert changed(marked, SetProgress(9, 2, None)) == before
    marked = changed(marked, SetProgress(9, 3, MARK))
    assert marked.endswith(f"step: 3\r\n{line}\r\n        text: bước sau\r\n".encode())


def test_letters_with_their_marks_apart_stay_apart():
    import unicodedata

    before = unicodedata.normalize("NFD", HEAD + STEPS["unmarked"][0] + "  # Ghi chú\n").encode()
    note = unicodedata.normalize("NFD", "Đã mở lớp ở Hớn Quản")
    marked = changed(before, SetProgress(9, 2, Progress("doing", note=note)))
    line = f'        progress: {{status: doing, note: "{note}"}}\n'.encode()
    assert marked == before.replace(b"step: 2\n", b"step: 2\n" + line)


@pytest.mark.parametrize("text", [SHIPPED.decode(), HEAD + TAIL], ids=["shipped", "small"])
def test_a_plan_that_is_json_stays_json(text):
    import json

    tree = yaml.load(text, Loader=yaml.BaseLoader)
    model, step = int(tree["models"][-1]["model"]), int(tree["models"][-1]["steps"][-1]["step"])
    for indent in (None, 2):
        before = json.dumps(tree, ensure_ascii=False, indent=indent).encode()
        note = 'C:\\tệp "a"\n\tb: #c'
        mark = SetProgress(model, step, Progress("doing", by="CAH", note=note))
        extension = SetExtensions(model, (LATER,))
        after = changed(before, mark, extension)
        assert json.loads(after) == intended(intended(tree, mark), extension)
        assert (
            changed(after, *(inverse(plan_of(before), edit) for edit in (mark, extension)))
            == before
        )


# Ways to write extensions --------------------------------------------------------------------------

EXTENSIONS = samples("extensions")


@pytest.mark.parametrize("case", EXTENSIONS)
def test_extensions_however_they_are_written_get_one_more(case):
    before, extended, taken_back = (
        (HEAD.replace("    deadline: 2023-12-30", text) + TAIL).encode()
        for text in EXTENSIONS[case]
    )
    stood = plan_of(before).models[0].extensions
    more = SetExtensions(9, (*stood, LATER))
    assert changed(before, more).decode() == extended.decode()
    assert tree_of(extended) == intended(tree_of(before), more)
    assert changed(extended, SetExtensions(9, stood)).decode() == taken_back.decode()


# What people type ----------------------------------------------------------------------------------

NOTES = {
    "quotes": "nó nói \"được\", 'được' và “được”",
    "backslashes": "C:\\tệp\\mới\\x41 \\",
    "colons and comments": "a: b #c - [d] {e}, & * ! | > % @ `",
    "lines": "dòng 1\n\n  dòng 3\n\tthụt\n",
    "looks like something else": "null",
    "looks like a mapping": "{status: done}",
    "looks like a conflict": "<<<<<<< HEAD\n=======\n>>>>>>> x",
    "dashes": "---\n...",
    "spaces": "  hai bên  ",
    "separators": "a\u2028b\u2029c\u00a0d\u3000e\ufefff",
    "not for files": "a\ufffeb\uffffc",
    "emoji and other planes": "✅ 👩‍👩‍👧 𠮷",
    "marks apart": "Pho\u0300ng",
    "ten thousand letters": "Đã làm xong việc này. " * 460,
    "ten thousand quotes": '"\\' * 5000,
}


@pytest.mark.parametrize("head", [HEAD, HEAD.replace("\n", "\r\n")], ids=["lf", "crlf"])
@pytest.mark.parametrize("case", NOTES)
def test_what_people_type_comes_back_as_it_was(case, head):
    note = NOTES[case]
    before = (head + STEPS["unmarked"][0] + "\n").encode()
    mark = Progress("blocked", date(2023, 11, 20), "CAH", evidence=note, note=note)
    marked = changed(before, SetProgress(9, 2, mark))
    assert plan_of(marked).models[0].steps[0].progress == mark
    assert tree_of(marked) == intended(tree_of(before), SetProgress(9, 2, mark))
    assert marked.count(b"\n") == before.count(b"\n") + 1
    assert changed(marked, SetProgress(9, 2, None)) == before
    extension = SetExtensions(
        9, (Extension(Period("day", date(2024, 6, 30)), date(2023, 12, 25), note, note),)
    )
    assert plan_of(changed(before, extension)).models[0].extensions == extension.extensions


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
@settings(deadline=None)
def test_any_text_comes_back_as_it_was_or_is_refused(note):
    before = (HEAD + STEPS["json"][0] + "\n" + TAIL).encode()
    controls = re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", note)
    edits = [SetProgress(9, step, Progress("doing", note=note)) for step in (2, 3)]
    if controls:
        with pytest.raises(ChangeRefused):
            changed(before, *edits)
        return
    marked = changed(before, *edits)
    assert [step.progress for step in plan_of(marked).models[0].steps] == [
        edit.progress for edit in edits
    ]


@pytest.mark.parametrize(
    "code", ["null", "Null", "no", "010", "1e5", "2023-11-20", "Đ", "1.5", "0x1F", "1_0"]
)
def test_a_code_that_looks_like_something_else_stays_a_code(code):
    quoted = f'"{code}"'
    before = (HEAD + TAIL).replace("code: CAH", f"code: {quoted}").replace("[CAH]", f"[{quoted}]")
    mark = SetProgress(9, 3, Progress("doing", by=code))
    marked = changed(before.encode(), mark)
    assert tree_of(marked) == intended(tree_of(before.encode()), mark)
    assert plan_of(marked).models[0].steps[0].progress == mark.progress


# Refusals ------------------------------------------------------------------------------------------

UNCERTAIN = (
    "Không xác định được vị trí ghi ở dòng {}, cột {}. "
    "Hãy sửa trực tiếp trong tệp rồi chạy de06 check."
)
UNPROVEN = (
    "Chỗ này trong tệp được viết khác thường, không bảo đảm chỉ thay đổi đúng nội dung yêu cầu "
    "nên chưa ghi gì. Hãy sửa trực tiếp trong tệp rồi chạy de06 check."
)
REFUSED = {
    "a key without a colon, in braces": (
        "      - {step: 2, progress, text: a}",
        SetProgress(9, 2, MARK),
        UNCERTAIN.format(10, 19),
    ),
    "a key without a colon at the very end": (
        "      - {step: 2, text: a, progress}",
        SetProgress(9, 2, MARK),
        UNCERTAIN.format(10, 28),
    ),
    "keys with question marks": (
        "      - ? step\n        : 2\n        ? text\n        : a",
        SetProgress(9, 2, MARK),
        UNPROVEN,
    ),
    "a line separator where the line seems to end": (
        "      - step: 2\u2028        text: a",
        SetProgress(9, 2, MARK),
        UNCERTAIN.format(10, 9),
    ),
    "between a comment and the closing brace": (
        "      - {step: 2, text: a, # xong\n         progress: {status: doing}}",
        SetProgress(9, 2, None),
        UNCERTAIN.format(11, 10),
    ),
    "a comment that would join the text before": (
        "      - text: >-\n         a\n        progress: {status: doing}\n          # b\n        step: 2",
        SetProgress(9, 2, None),
        UNPROVEN,
    ),
    "two marks of one step": (
        "      - {step: 2, text: a, progress: {status: doing}}",
        [SetProgress(9, 2, MARK), SetProgress(9, 2, Progress("blocked", note="x"))],
        UNPROVEN,
    ),
    "a text that no file may hold": (
        "      - step: 2\n        text: a",
        SetProgress(9, 2, Progress("doing", note="a\x07b")),
        UNPROVEN,
    ),
    "half a surrogate pair": (
        "      - step: 2\n        text: a",
        SetProgress(9, 2, Progress("doing", note="a\ud83d")),
        UNPROVEN,
    ),
    "a mark that is not valid": (
        "      - step: 2\n        text: a",
        SetProgress(9, 2, Progress("done")),
        UNPROVEN,
    ),
    "an agency that the plan does not know": (
        "      - step: 2\n        text: a",
        SetProgress(9, 2, Progress("doing", by="CAX")),
        UNPROVEN,
    ),
    "two extensions at once": (
        "      - step: 2\n        text: a",
        SetExtensions(9, (LATER, LATER)),
        UNPROVEN,
    ),
    "no such model": (
        "      - step: 2\n        text: a",
        SetProgress(8, 2, MARK),
        "Kế hoạch không còn mô hình 8; chưa ghi gì.",
    ),
    "no such step": (
        "      - step: 2\n        text: a",
        SetProgress(9, 4, MARK),
        "Mô hình 9 không còn bước 4; chưa ghi gì.",
    ),
    "a plan with an error": (
        "      - step: 2\n        text: a\n        text: b",
        SetProgress(9, 2, MARK),
        "Tệp có lỗi; chạy de06 check rồi sửa trước khi ghi.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_certain_is_refused_with_the_reason(case):
    step, edits, reason = REFUSED[case]
    data = (HEAD + step).encode()
    for before in (None, read(data).plan):
        with pytest.raises(ChangeRefused) as refused:
            edited(data, edits if isinstance(edits, list) else [edits], before)
        assert str(refused.value) == reason
        assert refused.value.exit_code == 4


def test_an_extension_is_changed_or_put_before_another_one():
    before = changed((HEAD + TAIL).encode(), SetExtensions(9, (LATER,)))
    other = Extension(Period("day", date(2024, 7, 1)), date(2023, 12, 25))
    for extensions in ((other,), (other, LATER)):
        after = changed(before, SetExtensions(9, extensions))
        assert plan_of(after).models[0].extensions == extensions
        assert changed(after, SetExtensions(9, (LATER,))) == before


def test_an_extension_behind_another_ones_comment_is_not_taken_back():
    listed = """[{to: 2024-03-31, decided: 2023-12-25}, # một
      {to: 2024-06-30, decided: 2024-03-01}]"""
    before = HEAD.replace("12-30\n", f"12-30\n    extensions: {listed}\n") + TAIL
    stood = plan_of(before.encode()).models[0].extensions
    with pytest.raises(ChangeRefused, match=r"dòng 9, cột 7"):
        changed(before.encode(), SetExtensions(9, stood[:1]))


def test_one_uncertain_edit_refuses_all():
    before = (HEAD + "      - {step: 2, progress, text: a}\n" + TAIL).encode()
    with pytest.raises(ChangeRefused):
        changed(before, SetProgress(9, 3, MARK), SetProgress(9, 2, MARK))
    assert changed(before, SetProgress(9, 3, MARK)).count(b"progress: {status: done") == 1


# Comments in the place of an edit --------------------------------------------------------------------

LOST = (
    "Ghi ở đây sẽ làm mất chú thích ở dòng {}: “{}”; chưa ghi gì. "
    "Hãy chuyển chú thích ra khỏi chỗ này của tệp rồi chạy lại lệnh."
)
IN_BRACES = {
    "in a progress": (
        """      - {step: 2, progress: {status: doing, # hỏi lại
           by: CAH}, text: a}""",
        SetProgress(9, 2, MARK),
        LOST.format(10, "# hỏi lại"),
    ),
    "in a progress that goes": (
        """      - {step: 2, text: a,
           progress: {
             # hỏi lại
             status: doing}}""",
        SetProgress(9, 2, None),
        LOST.format(12, "# hỏi lại"),
    ),
    "the second of two that say the same": (
        """      - {step: 2, text: a, progress: {
             status: doing, # x
             by: CAH # x
           }}""",
        SetProgress(9, 2, MARK),
        LOST.format(11, "# x"),
    ),
    "before the comma of what goes": (
        """      - {step: 2, progress: {status: doing} # hỏi lại
           , text: a}""",
        SetProgress(9, 2, None),
        None,
    ),
    "behind the comma of what goes": (
        """      - {progress: {status: doing}, # hỏi lại
           step: 2, text: a}""",
        SetProgress(9, 2, None),
        None,
    ),
}


@pytest.mark.parametrize("case", IN_BRACES)
def test_a_comment_in_braces_is_kept_or_the_edit_is_refused_and_names_it(case):
    step, edit, reason = IN_BRACES[case]
    before = (HEAD + step + "\n").encode()
    if reason:
        for known in (None, plan_of(before)):
            with pytest.raises(ChangeRefused) as refused:
                edited(before, [edit], known)
            assert str(refused.value) == reason
    else:
        assert b"# h\xe1\xbb\x8fi l\xe1\xba\xa1i" in changed(before, edit)


@pytest.mark.parametrize("eol", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("end", [True, False], ids=["at the end", "with a line end"])
def test_comments_stay_when_a_progress_at_the_files_end_goes(eol, end):
    text = (
        HEAD
        + """      - step: 2
        text: >-
          # không phải chú thích
        progress:   # một
          status: doing  # hai
          # ba
          note: |-  # bốn
            # không phải chú thích"""
    )
    expected = (
        HEAD
        + """      - step: 2
        text: >-
          # không phải chú thích
        # một
        # hai
        # ba
        # bốn"""
    )
    tail = "" if end else "\n"
    before, after = (part.replace("\n", eol).encode() for part in (text + tail, expected + tail))
    assert changed(before, SetProgress(9, 2, None)).decode() == after.decode()


def test_comments_stay_when_the_last_of_the_extensions_go():
    listed = """
    extensions:  # một
      # hai
      - to: 2024-03-31  # ba
        # bốn
        decided: 2023-12-25
      - {to: 2024-06-30, decided: 2024-03-01}  # năm
"""
    before = (HEAD.replace("12-30\n", f"12-30{listed}") + TAIL).encode()
    stood = plan_of(before).models[0].extensions
    once = changed(before, SetExtensions(9, stood[:1]))
    none = changed(once, SetExtensions(9, ()))
    assert re.findall("# (.+)", once.decode()) == ["một", "hai", "ba", "bốn", "năm"]
    assert re.findall("    # (.+)", none.decode()) == ["một", "hai", "ba", "bốn", "năm"]


@pytest.mark.parametrize("empty", ["[  # chưa\n    ]", "[ # chưa\n      # có\n    ]  # hết"])
def test_comments_in_an_empty_list_stay_when_it_gets_an_extension(empty):
    before = (HEAD.replace("12-30\n", f"12-30\n    extensions: {empty}\n") + TAIL).encode()
    after = changed(before, SetExtensions(9, (LATER,)))
    kept = [sorted(re.findall("# ([^ \n]+)", text.decode())) for text in (before, after)]
    assert kept[0] == kept[1] != []


# Generated layouts ---------------------------------------------------------------------------------


class Writer:
    """Writes a plan's tree in a layout of which every detail is drawn.

    Comments that belong to a step's progress say "#p", all others "#c"; each has a number of its own.
    """

    def __init__(self, pick: Callable[..., Any]) -> None:
        self.pick = pick
        self.comments = 0

    def comment(self, mark: str = "#c") -> str:
        self.comments += 1
        tricky = self.pick("", ": {a}", " - step: 1", ' "', " 'x", ", [")
        return f"{mark}{self.comments}{tricky}"

    def aside(self, mark: str = "#c") -> str:
        """What may stand behind a value on its line."""
        return self.pick("", "", " ", f"  {self.comment(mark)}")

    def between(self, indent: int, mark: str = "#c") -> list[str]:
        """Lines that may stand between two others."""
        return self.pick([], [], [""], [" " * self.pick(0, indent) + self.comment(mark)])

    def scalar(self, text: str | None, style: str) -> str:
        if text is None:
            return self.pick("null", "~")
        plain = re.fullmatch(r"[\w/]+([ -][\w/]+)*", text)
        double = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if style == "json":
            return double
        quoted = ["'" + text.replace("'", "''") + "'", double]
        return self.pick(*quoted, *([text] * 3 if plain else []))

    def key(self, key: str, style: str) -> str:
        if style == "json":
            return f'"{key}":' + self.pick("", " ")
        return self.pick(key, key, key, f'"{key}"', f"'{key}'") + self.pick(":", ":", " :") + " "

    def flow(self, value: Any, style: str, indent: int) -> str:
        """In braces and brackets; ``style`` is line, lines or json."""
        if not isinstance(value, dict | list):
            return self.scalar(value, style)
        left, right = "{}" if isinstance(value, dict) else "[]"
        parts = [
            self.key(key, style) + self.flow(part, style, indent)
            for key, part in (
                value.items() if isinstance(value, dict) else [(None, p) for p in value]
            )
            if key is not None
        ] or [self.flow(part, style, indent) for part in value]
        if style != "lines" or not parts:
            return left + self.pick(", ", ",  ").join(parts) + right
        comma = self.pick("", ",")
        lines = [part + "," for part in parts[:-1]] + [parts[-1] + comma]
        spaces = " " * (indent + self.pick(1, 2, 5))
        return (
            left
            + "\n"
            + "".join(f"{spaces}{line}\n" for line in lines)
            + " " * indent
            + " "
            + right
        )

    def block(self, value: Any, indent: int, mark: str = "#c") -> list[str]:
        """On lines of their own; the first line may be put behind a dash."""
        lines: list[str] = []
        items = list(value.items()) if isinstance(value, dict) else [(None, item) for item in value]
        for number, (key, item) in enumerate(items):
            own = "#p" if key == "progress" else mark
            if number:
                lines += self.between(indent, own if own == mark else "#c")
            if key is None:
                inner = indent + self.pick(2, 2, 4)
                if isinstance(item, dict) and self.pick(True, True, False):
                    first, *rest = self.block(item, inner, own)
                    lines += [
                        " " * indent + "-" + " " * (inner - indent - 1) + first.lstrip(),
                        *rest,
                    ]
                else:
                    lines += self.value(" " * indent + "- ", item, indent, own)
            else:
                lines += self.value(" " * indent + self.key(key, "block"), item, indent, own)
        return lines

    def value(self, begin: str, item: Any, indent: int, mark: str) -> list[str]:
        if isinstance(item, dict | list):
            style = self.pick("block", "block", "line", "lines", "json") if item else "line"
            if style == "block" and begin.rstrip().endswith(":"):
                listed = isinstance(item, list)
                inner = indent + self.pick(*([0] if listed else []), 2, 3)
                head = begin.rstrip() + self.aside(mark)
                return [head, *self.between(inner, mark), *self.block(item, inner, mark)]
            return (begin + self.flow(item, style, indent) + self.aside(mark)).split("\n")
        if item is None and begin.rstrip().endswith(":") and self.pick(True, False):
            return [begin.rstrip() + self.aside(mark)]
        if isinstance(item, str) and " " in item and self.pick(True, False):
            sign = self.pick(">-", "|-", ">", "|")
            spaces = " " * (indent + self.pick(1, 2, 4))
            if sign.endswith("-"):
                return [f"{begin}{sign}{self.aside(mark)}", spaces + item]
        return [begin + self.scalar(item, "block") + self.aside(mark)]


WORDS = st.text("abcĐđờ" + string.digits, min_size=1, max_size=5)
TEXTS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    st.text(" abờ:#,{}[]'\"-&*!|>%@\\", min_size=1, max_size=12).filter(
        lambda text: text.strip() == text and text
    ),
)
DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31))
DEADLINES = DAYS.map(day_as_period)
PROGRESSES = st.builds(
    Progress,
    status=st.sampled_from(["doing", "done", "blocked", "skipped"]),
    date=DAYS,
    by=st.none() | st.just("CAH"),
    evidence=st.none() | TEXTS,
    note=TEXTS,
)
EXTENSION_LISTS = st.lists(
    st.builds(
        Extension,
        to=DEADLINES,
        decided=DAYS,
        document=st.none(),
        reason=st.none() | TEXTS,
    ),
    max_size=3,
)


@st.composite
def layouts(draw: Callable[..., Any]) -> bytes:
    """A plan with one to three models, written in some layout."""

    def pick(*options: Any) -> Any:
        return options[draw(st.integers(0, len(options) - 1))]

    def shuffled(entries: dict[str, Any]) -> dict[str, Any]:
        return dict(draw(st.permutations(list(entries.items()))))

    def step(number: int) -> dict[str, Any]:
        more = pick({}, {"agencies": ["CAH"]}, {"due": "2023-10-01"}, {"due": None})
        stood = pick({}, {}, {"progress": None}, {"progress": as_tree(draw(PROGRESSES))})
        return shuffled({"step": str(number), "text": draw(TEXTS), **more, **stood})

    def model(number: int) -> dict[str, Any]:
        stood = [as_tree(extension) for extension in draw(EXTENSION_LISTS)]
        more = {"extensions": stood} if stood else pick({}, {}, {"extensions": pick([], None)})
        steps = [step(n + 1) for n in range(pick(1, 2, 3))]
        return shuffled(
            {"model": str(number), "title": draw(TEXTS), "deadline": "2023-12-30", "lead": ["CAH"]}
            | more
            | {"steps": steps}
        )

    tree = {
        "plan": {"code": "HQ", "title": "Kế hoạch"},
        "agencies": [{"code": "CAH", "name": "Công an huyện"}],
        "models": [model(n + 1) for n in range(pick(1, 2, 3))],
    }
    writer = Writer(pick)
    style = pick("block", "block", "block", "models as they are usual", "lines", "json")
    if style == "models as they are usual":
        dashes = pick(0, 2, 3)
        listed = [*writer.between(dashes), *writer.block(tree.pop("models"), dashes)]
        head = [*writer.block(shuffled(tree), 0), *writer.between(0)]
        text = "\n".join([*head, "models:" + writer.aside(), *listed]) + pick(
            "\n", "", "\n\n", "\n#c"
        )
    elif style == "block":
        text = "\n".join(writer.block(shuffled(tree), 0)) + pick("\n", "", "\n\n", "\n#c")
    else:
        text = writer.flow(tree, style, 0) + pick("\n", "")
    ends = pick("\n", "\n", "\r\n", "mixed")
    if ends == "mixed":
        text = "".join(line + pick("\n", "\r\n") for line in text.split("\n"))
    else:
        text = text.replace("\n", ends)
    return pick(b"", b"", BOM) + text.encode()


def comments(data: bytes) -> list[str]:
    """The comments that the layout's writer has put in."""
    return sorted(re.findall(r"#[pc][0-9]+", data.decode()))


def gone(before: str, after: str) -> str:
    """The part of ``before`` that an edit has replaced."""
    begin = 0
    while begin < min(len(before), len(after)) and before[begin] == after[begin]:
        begin += 1
    end = 0
    while end < min(len(before), len(after)) - begin and before[-1 - end] == after[-1 - end]:
        end += 1
    return before[begin : len(before) - end]


@given(layouts(), st.data())
@settings(deadline=None, max_examples=150)
def test_in_any_layout_an_edit_changes_what_it_is_about_and_nothing_else(before, data):
    plan = plan_of(before)
    assert tree_of(before)  # PyYAML reads it too
    model = data.draw(st.sampled_from(plan.models))
    step = data.draw(st.sampled_from(model.steps))
    mark = SetProgress(model.model, step.step, data.draw(PROGRESSES))
    marked = changed(before, mark)
    assert tree_of(marked) == intended(tree_of(before), mark)
    replaced = gone(before.decode(), marked.decode())
    assert comments(marked) == comments(before)
    reset = changed(marked, SetProgress(model.model, step.step, None))
    assert comments(reset) == comments(before)
    assert tree_of(reset) == intended(tree_of(before), SetProgress(model.model, step.step, None))
    if b"progress" not in before:
        assert replaced == ""
        assert reset == before

    more = SetExtensions(
        model.model,
        (
            *model.extensions,
            data.draw(st.builds(Extension, DEADLINES, DAYS, st.none(), st.none())),
        ),
    )
    extended = changed(before, more)
    assert tree_of(extended) == intended(tree_of(before), more)
    assert comments(extended) == comments(before)
    back = changed(extended, inverse(plan, more))
    assert comments(back) == comments(before)
    assert tree_of(back) == tree_of(before)
    if model.extensions:
        assert back == before
    assert changed(before, mark, more) == changed(marked, more)
