"""Whatever a file holds, reading it gives a plan or findings: each mistake once, at its place, in words.

A sample dropped into ``tests/data/invalid`` with its findings beside it is a test: ``name.yaml`` and
``name.findings``, a line ``line:column CODE sentence advice`` for each, as of 11 January 2024.
"""

from __future__ import annotations

import gc
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import support
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from de06cli import messages
from de06cli.plan import findings as f
from de06cli.plan.checks.review import review, same_code
from de06cli.plan.file import reader
from de06cli.plan.file.reader import FileReading, read
from de06cli.plan.findings import Finding, Severity, has_errors

TODAY = date(2024, 1, 11)
SAMPLES = sorted((support.ROOT / "tests" / "data" / "invalid").glob("*.yaml"))
SMALL = (support.ROOT / "tests" / "data" / "small.yaml").read_text("utf-8")
CODES = {value for name, value in vars(f).items() if name.isupper() and isinstance(value, str)}

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)


def written(findings: tuple[Finding, ...]) -> str:
    return "".join(
        f"{one.place.line}:{one.place.column} {one.code} {one.message} {one.advice}".rstrip() + "\n"
        for one in findings
    )


# Samples ------------------------------------------------------------------------------------------


@each_sample
def test_a_sample_has_the_findings_written_beside_it(sample: Path) -> None:
    found = review(read(sample.read_bytes()), TODAY, path=sample)
    assert written(found) == sample.with_suffix(".findings").read_text("utf-8")


def test_no_findings_are_left_without_their_sample() -> None:
    folder = support.ROOT / "tests" / "data" / "invalid"
    assert {path.stem for path in folder.glob("*.findings")} == {path.stem for path in SAMPLES}


def test_every_code_has_a_sample() -> None:
    """But for a file over 64 MiB, see ``test_text.py``, and for two with the same code, see below."""
    texts = [path.with_suffix(".findings").read_text("utf-8") for path in SAMPLES]
    seen = {line.split()[1] for text in texts for line in text.splitlines()}
    assert seen == CODES - {f.TOO_LARGE, f.DUPLICATE_PLAN}


@each_sample
def test_a_plan_comes_without_errors_and_errors_come_without_a_plan(sample: Path) -> None:
    reading = read(sample.read_bytes())
    assert (reading.plan is None) == bool(reading.errors)
    assert has_errors(review(reading, TODAY)) == bool(reading.errors)


@each_sample
def test_english_says_the_same_at_the_same_places(sample: Path) -> None:
    in_vietnamese = review(read(sample.read_bytes()), TODAY, path=sample)
    messages.use("en")
    in_english = review(read(sample.read_bytes()), TODAY, path=sample)
    assert [(one.place, one.code) for one in in_english] == [
        (one.place, one.code) for one in in_vietnamese
    ]
    for english, vietnamese in zip(in_english, in_vietnamese, strict=True):
        assert english.message != vietnamese.message
        assert bool(english.advice) == bool(vietnamese.advice)


# The shipped plan ---------------------------------------------------------------------------------


def test_the_shipped_plan_has_no_errors_and_says_what_is_open_about_it() -> None:
    reading = read(support.MODELS_FILE.read_bytes())
    found = review(reading, TODAY)
    assert reading.plan is not None
    questions = sum(model.review is not None for model in reading.plan.models)
    assert Counter(one.code for one in found) == {"W406": 1, "N501": 1, "N502": questions}
    assert written(found[:2]) == (
        "39:20 W406 Văn bản ghi 23 nhiệm vụ, tệp có 24.\n"
        "176:11 N501 Không có nhiệm vụ nào giao cho UBNDH.\n"
    )


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("last", [True, False], ids=["", "no final line end"])
def test_a_plan_is_the_same_however_its_lines_end(mark: str, end: str, last: bool) -> None:
    text = support.MODELS_TEXT if last else support.MODELS_TEXT.rstrip("\n")
    reading = read((mark + text.replace("\n", end)).encode("utf-8"))
    expected = read(support.MODELS_FILE.read_bytes())
    assert reading.plan == expected.plan
    assert written(review(reading, TODAY)) == written(review(expected, TODAY))


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_plan_may_be_written_as_json(ascii_only: bool, indent: int | None) -> None:
    expected = read(support.MODELS_FILE.read_bytes())
    data = json.dumps(expected.document.value, ensure_ascii=ascii_only, indent=indent)
    assert read(data.encode("utf-8")).plan == expected.plan


def test_a_plan_without_its_options_has_the_usual_ones() -> None:
    text = """\
plan: {code: MAU, title: Kế hoạch mẫu}
agencies: [{code: CAH, name: Công an huyện}]
models:
  - {model: 9, title: Lưu trú, deadline: 2023-12-30, lead: [CAH], steps: [{step: 1, text: Làm.}]}
"""
    plan = read(text.encode()).plan
    assert plan is not None
    assert (plan.plan.timezone, plan.plan.due_soon_days) == ("Asia/Ho_Chi_Minh", 7)
    model = plan.models[0]
    assert (model.support, model.implementers, model.companies, model.extensions) == (
        (),
        (),
        (),
        (),
    )
    assert (model.steps[0].progress, model.steps[0].agencies, model.steps[0].due) == (
        None,
        (),
        None,
    )


@pytest.mark.parametrize(
    "text",
    ["no", "yes", "010", "12:30", "1.10", "9.0", "1e3", "2023-12-30", "0x1F", ".inf", "true"],
)
def test_a_text_never_turns_into_something_else(text: str) -> None:
    data = SMALL.replace('title: "Sổ sức khỏe điện tử"', f"title: {text}")
    plan = read(data.encode()).plan
    assert plan is not None
    assert plan.models[1].title == text


def test_a_code_may_look_like_a_number_or_a_boolean() -> None:
    plan = read(SMALL.replace("CAX", "no").replace("TTYT", "010").encode()).plan
    assert plan is not None
    assert [agency.code for agency in plan.agencies] == ["no", "VPX", "010"]
    assert plan.models[0].lead == ("no", "VPX")


# Findings -----------------------------------------------------------------------------------------


def with_lines(*changes: tuple[str, str]) -> tuple[Finding, ...]:
    """The findings of the small plan after its texts are exchanged."""
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return review(read(text.encode()), TODAY)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [one.code for one in findings if one.severity is Severity.ERROR]


def test_a_code_is_reported_once_however_often_it_is_used() -> None:
    found = [one for one in with_lines(("code: CAX", "code: CAXA")) if one.code == f.UNKNOWN_AGENCY]
    assert [one.message for one in found] == ["Không có đơn vị mang mã “CAX”. (và 10 chỗ khác)"]


@pytest.mark.parametrize(
    "change",
    [
        ("agencies:", "agency:"),
        ("agencies:", "agencies: *x\nagencie:"),
        ("agencies:", "agencies: CAX\nagencie:"),
        ("agencies:", "agencies: []\nagencie:"),
        ("  - code: CAX\n", "  - "),
        ("  - code: CAX\n", "  - code: [CAX]\n"),
        ("  - code: CAX\n", "  - code:\n"),
        ("  - code: CAX\n", "  - code: CA\n    code: CAX\n"),
        ("  - code: CAX\n", "  - <<: {code: CAX}\n"),
        ("  - code: CAX\n", "  - [code]: CAX\n"),
        ("  - code: CAX\n", "  -\n  - code: CAX\n"),
        ("  - code: CAX\n", "  - CAX\n  - code: CAX\n"),
    ],
    ids=lambda change: change[1].strip(),
)
def test_no_code_is_unknown_while_the_register_is_broken(change: tuple[str, str]) -> None:
    found = codes(with_lines(change, ("support: [TTYT]", "support: [KHONGCO]")))
    assert found != []
    assert f.UNKNOWN_AGENCY not in found


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("    title: ", "    titel: "), f.UNKNOWN_KEY),
        (("    deadline: ", "    Deadline: "), f.UNKNOWN_KEY),
        (("status: done, date: ", "status: done, dates: "), f.UNKNOWN_KEY),
        (("note: ", "notes: "), f.UNKNOWN_KEY),
        (("ongoing: ", "on_going: "), f.UNKNOWN_KEY),
        (("    title: ", "    [title]: "), f.BAD_KEY),
        (("    title: ", "    *title : "), f.ANCHOR),
        (('    title: "Cấp thẻ căn cước lưu động"\n', "    <<: *x\n"), f.MERGE_KEY),
        (("status: done, date: 2023-11-20", "status: done, <<: *x"), f.MERGE_KEY),
        (("    deadline: 2023", "    deadline:\n    deadline: 2023"), f.DUPLICATE_KEY),
        (("date: 2023", "date: , date: 2023"), f.DUPLICATE_KEY),
        (("    ongoing: ", "    ongoing:\n    ongoing: "), f.DUPLICATE_KEY),
        (("    ongoing: ", "    [ongoing]: "), f.BAD_KEY),
        (("lead: [CAX, VPX]", "lead: *x"), f.ANCHOR),
        (("lead: [CAX, VPX]", "lead: ['']"), f.NO_TEXT),
        (("timezone: Asia/Ho_Chi_Minh", "timezone: ' '"), f.NO_TEXT),
        (("title: ", "title: {{ title }} #"), f.BAD_KEY),
    ],
    ids=lambda given: given if isinstance(given, str) else given[1].strip(),
)
def test_what_only_follows_from_a_mistake_is_left_out(change: tuple[str, str], code: str) -> None:
    assert codes(with_lines(change)) == [code]


def test_warnings_and_notes_come_in_the_same_run_as_errors() -> None:
    found = with_lines(
        ("declared_models: 5", "declared_models: 6"),
        ('name: "Trung tâm Y tế"', 'name: "Công an xã"'),
        ("deadline: 2024-01-15", "deadline: 15/01/2024"),
        ("date: 2023-12-30", "date: 2024-01-12"),
    )
    assert [one.code for one in found] == ["E205", "W406", "W407", "W402", "N502"]


def test_findings_come_from_top_to_bottom() -> None:
    found = review(read((SAMPLES[0].parent / "all-findings-in-one-run.yaml").read_bytes()), TODAY)
    places = [one.place for one in found]
    assert len(places) > 10
    assert places == sorted(places)


def test_a_day_that_has_come_is_no_longer_in_the_future() -> None:
    reading = read(SMALL.replace("date: 2023-12-30", "date: 2024-01-12").encode())
    assert f.FUTURE_PROGRESS in {one.code for one in review(reading, date(2024, 1, 11))}
    assert f.FUTURE_PROGRESS not in {one.code for one in review(reading, date(2024, 1, 12))}


def test_a_code_that_another_plan_has_too_is_reported_at_its_place() -> None:
    found = same_code(read(SMALL.encode()), "TANKHAI", "tỉnh/a.yaml")
    line = SMALL[: SMALL.index("TANKHAI")].count("\n") + 1
    column = SMALL.splitlines()[line - 1].index("TANKHAI") + 1
    assert written((found,)) == (
        f"{line}:{column} E309 Mã kế hoạch “TANKHAI” cũng là của tỉnh/a.yaml. "
        "Mỗi kế hoạch cần một mã riêng.\n"
    )


@pytest.mark.parametrize(("one_of_many", "address"), [(False, "9"), (True, "HONQUAN:9")])
def test_a_question_is_shown_by_its_models_address(one_of_many: bool, address: str) -> None:
    found = review(read(support.MODELS_FILE.read_bytes()), TODAY, one_of_many=one_of_many)
    questions = [one.advice for one in found if one.code == f.OPEN_QUESTION]
    assert f"Xem đủ: de06 show {address}." in questions


# Any file at all ----------------------------------------------------------------------------------

bounded = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def sound(data: bytes) -> FileReading:
    """Reads any bytes: a plan or errors, and every finding on one short line at a place of the file."""
    reading = read(data)
    found = review(reading, TODAY)
    assert (reading.plan is None) == bool(reading.errors)
    lines = reading.document.source.text.split("\n")
    for one in found:
        assert 1 <= one.place.line <= len(lines)
        assert 1 <= one.place.column <= len(lines[one.place.line - 1]) + 1
        assert one.code in CODES
        sentence = f"{one.message} {one.advice}"
        assert len(sentence.splitlines()) == 1
        assert len(sentence.rstrip().encode()) <= f.MAX_BYTES
    order = [*Severity]
    assert list(found) == sorted(
        dict.fromkeys(found), key=lambda one: (order.index(one.severity), one.place)
    )
    return reading


@bounded
@given(st.binary(max_size=400))
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
@example(b"\xff\xfe")
@example(b"\0\0\xfe\xff")
def test_any_bytes_give_findings(data: bytes) -> None:
    assert sound(data).errors


@bounded
@given(st.text(max_size=400))
@example("\r")
@example("\x85")
@example("%YAML 1.1")
@example("%TAG ! a")
def test_any_text_gives_findings(text: str) -> None:
    assert sound(text.encode("utf-8", "surrogatepass")).errors


KEYS = st.sampled_from(
    [
        *(
            "plan",
            "agencies",
            "models",
            "code",
            "title",
            "timezone",
            "due_soon_days",
            "name",
            "aliases",
        ),
        *(
            "model",
            "stt",
            "deadline",
            "ongoing",
            "lead",
            "support",
            "steps",
            "step",
            "text",
            "progress",
        ),
        *(
            "status",
            "date",
            "by",
            "note",
            "extensions",
            "to",
            "decided",
            "source",
            "review",
            "email",
        ),
        *("<<", "", "dat", "null", "ngày", "x" * 300),
    ]
)
SCALARS = st.one_of(
    st.sampled_from(
        [
            *(
                "",
                "9",
                "010",
                "-1",
                "1.10",
                "2023-12-30",
                "2023-02-30",
                "30/12/2023",
                "0000-00-00",
                "~",
            ),
            *(
                "done",
                "skipped",
                "blocked",
                "Done",
                "CAH",
                "cah",
                "CAX",
                "Asia/Ho_Chi_Minh",
                "../x",
                ".",
            ),
            *("Công an huyện", "\u202e", "a\nb", "\t", " ", "x" * 300, "9" * 300, "\x1b[31m"),
        ]
    ),
    st.none(),
    st.text(max_size=10),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=6)
    ),
    max_leaves=25,
)


@bounded
@given(VALUES)
def test_values_of_any_shape_give_findings(value: Any) -> None:
    assert sound(json.dumps(value).encode()).errors


@st.composite
def misshapen(draw: st.DrawFn) -> Any:
    """The small plan with one of its values exchanged for anything."""
    root: Any = read(SMALL.encode()).document.value
    node = root
    while True:
        steps = list(node) if isinstance(node, dict) else list(range(len(node)))
        step = draw(st.sampled_from(steps))
        if isinstance(node[step], (dict, list)) and node[step] and draw(st.booleans()):
            node = node[step]
            continue
        if isinstance(node, dict) and draw(st.booleans()):
            node[draw(KEYS)] = node.pop(step)
        else:
            node[step] = draw(VALUES)
        return root


@bounded
@given(misshapen())
def test_a_plan_with_one_value_exchanged_gives_findings_or_a_plan(value: Any) -> None:
    sound(json.dumps(value).encode())


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """A copy of the text with slices and lines deleted, doubled, swapped and put elsewhere."""
    for _change in range(draw(st.integers(1, 3))):
        by_line = draw(st.booleans())
        parts: list[str] = text.splitlines(keepends=True) if by_line else list(text)
        begin = draw(st.integers(0, len(parts)))
        end = begin + draw(st.integers(0, 5 if by_line else 40))
        piece, rest = parts[begin:end], parts[:begin] + parts[end:]
        at = draw(st.integers(0, len(rest)))
        match draw(st.sampled_from(["delete", "double", "move", "overwrite", "indent"])):
            case "delete":
                parts = rest
            case "double":
                parts = parts[:end] + piece + parts[end:]
            case "move":
                parts = rest[:at] + piece + rest[at:]
            case "overwrite":
                parts = [*rest[:begin], draw(st.text(max_size=8)), *rest[begin:]]
            case "indent":
                parts = rest[:begin] + ["  " + part for part in piece] + rest[begin:]
        text = "".join(parts)
    return text


@bounded
@given(mutated(support.MODELS_TEXT))
def test_mutated_copies_of_the_shipped_plan_give_findings_or_a_plan(text: str) -> None:
    sound(text.encode("utf-8", "surrogatepass"))


@bounded
@given(mutated(SMALL))
def test_mutated_copies_of_a_plan_with_progress_give_findings_or_a_plan(text: str) -> None:
    sound(text.encode("utf-8", "surrogatepass"))


# The collector ------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [SMALL.encode(), b"a: [", b"\xff", b"[" * 30000])
def test_the_garbage_collector_is_on_again_after_reading(data: bytes) -> None:
    assert gc.isenabled()
    read(data)
    assert gc.isenabled()


def test_a_garbage_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        read(SMALL.encode())
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize(("many", "kept"), [(100, True), (1_000_000, False)])
def test_the_garbage_collector_does_not_walk_what_a_large_reading_left(monkeypatch, many, kept):
    monkeypatch.setattr(reader, "MANY_OBJECTS", many)
    gc.collect()
    try:
        reading = read(SMALL.encode())
        assert reading.plan
        walked = any(found is reading.plan.models for found in gc.get_objects())
        assert walked is not kept
    finally:
        gc.unfreeze()
