"""Whatever the plan says comes out of every output as the text that it is.

Each output is read as its reader would read it, and compared with the same output of a harmless plan:
the texts have to be there, and beside them nothing may be different.
"""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
import mailbox
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import filling
import pytest
import support
import vobject
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from postbox import Postbox
from pyarrow import parquet

from de06cli.cli.command_table import COMMANDS
from de06cli.cli.commands.send.export import ExportFormat
from de06cli.cli.commands.send.report import ReportFormat
from de06cli.cli.options import Format

# None longer than the shortest beginning of a title that de06 tells one from another by.
TEXTS = (
    '=HYPERLINK("http://a.example","bấm")',
    "+cmd|'/c calc'!A1",
    "-2+3",
    "@SUM(1;2)",
    "＝1+2",
    "'=1+1",
    "<script>alert(1)</script>",
    '" onload="x',
    "</td></style></title>",
    "&amp;&lt;b&gt;&#65;",
    "[red]đỏ[/red] [link=x]y[/link] :smile:",
    "{{ 7*7 }}{% raw %}{# x #}",
    "{n} %s %(x)s ${HOME} {task}",
    "nháy \" và ' và ` và \\ | ; , :",
    "dòng 1\ndòng\t2",
    "**đậm** _x_ ~~c~~ # b $m$ [a](b)",
    "שלום עולם مرحبا \u200f",
    "👨‍👩‍👧‍👦🇻🇳👍🏽 xong",
    unicodedata.normalize("NFD", "Triển khai Đề án ở xã"),
    "\\x1b[31m _x000D_ \\u001b ^[[31m",
    "=?utf-8?q?Bcc=3A?= x@y.vn",
    "Chào\nBcc: x@example.vn",
    "- e: {f: [g]} # h",
    "a\u200bb\u00a0c\u2028d",
    "From x: 1",
    ".",
)
HARMLESS = tuple(f"chữ {number}" for number in range(len(TEXTS)))
LETTERS = {"words": "ж ", "one word": "ш", "emoji": "😀"}  # found nowhere else
LONG = tuple(letter * (32_770 // len(letter)) for letter in LETTERS.values())


# The plans ----------------------------------------------------------------------------------------


def one_line(text: str) -> str:
    return " ".join(text.split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def code_of(number: int) -> str:
    """A code with everything that may stand in one."""
    return f"Đ{number}.x_y-z"


def written(texts: Sequence[str], codes: Sequence[str] = ()) -> str:
    """A plan's file in which each text stands wherever a text may stand."""
    codes = codes or [code_of(number) for number in range(len(texts))]
    heading = {"code": codes[0], "title": texts[0], "place": texts[-1], "due_soon_days": "30"}
    return json.dumps(
        {
            "plan": heading | {"timezone": "Asia/Ho_Chi_Minh"},
            "agencies": [
                {
                    "code": code, "name": text, "name_en": text, "level": "district",
                    "email": f"a{number}@example.vn",
                }
                for number, (code, text) in enumerate(zip(codes, texts, strict=True))
            ],
            "models": [
                _model(str(number), text, code)
                for number, (code, text) in enumerate(zip(codes, texts, strict=True), start=1)
            ],
        },
        ensure_ascii=False,
        indent=1,
    )  # fmt: skip


def _model(number: str, text: str, code: str) -> dict[str, Any]:
    told = {"document": text, "reason": text}
    return {
        "model": number, "stt": number, "title": text, "organisation": [text], "outcome": text,
        "deadline": "2023-12-01", "equipment": text, "companies": [text], "review": text,
        "extensions": [{"to": "2023-12-30", "decided": "2023-12-01", **told}],
        "lead": [code], "support": [code], "implementers": [code],
        "source": {"deadline": text, "lead": text, "support": text, "implementers": text},
        "steps": [
            {
                "step": "1", "text": text, "agencies": [code],
                "progress": {
                    "status": "done", "date": "2023-11-20", "by": code, "evidence": text,
                    "note": text,
                },
            },
            {
                "step": "2", "text": text, "agencies": [code], "due": "2023-12-20",
                "progress": {"status": "blocked", "note": text},
            },
            {"step": "3", "text": text, "agencies": [code]},
        ],
    }  # fmt: skip


@pytest.fixture
def plan(tmp_path: Path) -> Callable[..., None]:
    """Writes a plan's file in a repository, where an earlier one is committed."""

    def plan(text: str, before: str = "") -> None:
        path = tmp_path / "data" / "models.yaml"
        path.parent.mkdir(exist_ok=True)
        if before:
            path.write_text(before, "utf-8")
            shutil.rmtree(tmp_path / ".git", ignore_errors=True)
            support.git(tmp_path, "init", "-q", "-b", "main")
            support.git(tmp_path, "add", "data")
            support.git(tmp_path, "commit", "-q", "-m", "Kế hoạch")
        path.write_text(text, "utf-8")
        if before:
            support.git(tmp_path, "commit", "-q", "-a", "-m", "Đổi")

    return plan


# Readers ------------------------------------------------------------------------------------------


class Read(NamedTuple):
    """What a reader finds: texts, and all else, which may not depend on them."""

    texts: list[str]
    shape: Any = None


class Output(NamedTuple):
    arguments: tuple[str, ...]
    read: Callable[[Any], Read]
    told: Callable[[str], str]  # how the output says a text
    whole: bool = False  # whether a text stands by itself


def lines(data: bytes) -> Read:
    """A line a record."""
    found = steady(data).splitlines()
    return Read(found, len(found))


def prose(data: bytes) -> Read:
    """Text that is wrapped somewhere."""
    return Read([squeezed(steady(data))])


def screen(data: bytes) -> Read:
    """What stands on a screen; colours are all that may be in between."""
    return prose(re.sub(rb"\x1b\[[0-9;]*m", b"", data))


def steady(data: bytes) -> str:
    """Text in which nothing steers who shows it."""
    text = data.decode("utf-8")
    steering = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
    assert re.findall(steering, text) == []
    return text


def from_github(data: bytes) -> Read:
    """Workflow commands: a line each, in which %25 stands for %."""
    read = lines(data)
    assert [
        line for line in read.texts if not re.match(r"::notice file=data/models\.yaml,", line)
    ] == []
    return Read([line.replace("%25", "%") for line in read.texts], read.shape)


def from_json(data: bytes) -> Read:
    texts = []

    def shape(value: Any) -> Any:
        match value:
            case dict():
                return {key: shape(each) for key, each in value.items()}
            case list():
                return [shape(each) for each in value]
            case str():
                texts.append(value)
        return type(value)

    whole = shape(json.loads(steady(data)))
    return Read(texts, whole)


def from_csv(data: bytes) -> Read:
    text = steady(data)
    assert text.startswith("\ufeff")
    return _cells(csv.reader(io.StringIO(text[1:], newline="")))


def from_tsv(data: bytes) -> Read:
    return _cells(line.split("\t") for line in steady(data).split("\n")[:-1])


def _cells(rows: Iterable[list[str]]) -> Read:
    listed = list(rows)
    texts = [cell for row in listed for cell in row]
    assert [text for text in texts if re.match(r"\s*[=+\-@＝＋－＠]", text)] == []
    return Read(texts, [len(row) for row in listed])


def guarded(text: str) -> str:
    """As a spreadsheet takes it for a text."""
    return f"'{text}" if text[0] in "=+-@＝" else text


def guarded_line(text: str) -> str:
    return guarded(one_line(text))


def from_markdown(data: bytes) -> Read:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(steady(data))
    inline = [token.children or [] for token in tokens if token.type == "inline"]
    texts = ["".join(child.content for child in children) for children in inline]
    parts = [[child.type for child in children] for children in inline]
    return Read(texts, ([token.type for token in tokens], parts))


def without_running_head(style: str) -> str:
    """The styles without what is printed at the top of each sheet: letters and digits, and every other
    character by its number, so that nothing ends the string."""
    quoted = r'"(?:[0-9A-Za-z]|\\[0-9a-f]{6})*"'
    return re.sub(
        rf"@page {{ @top-left {{ content: {quoted} }} @top-right {{ content: {quoted} }} }}\n$",
        "",
        style,
    )


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[Any] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [name for name, _value in attrs]))
        # What runs in a page stands in it whatever the plan says.
        self.tags += [value for name, value in attrs if name in {"style", "http-equiv"}]

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] in [("script", []), ("style", [])]:
            self.tags.append(without_running_head(data))
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", data))


def from_html(data: bytes) -> Read:
    page = Page(steady(data))
    without_breaks = [tag for tag in page.tags if tag != ("br", [])]
    return Read([squeezed("".join(page.texts))], without_breaks)


def from_site(folder: Path) -> Read:
    return from_html((folder / "index.html").read_bytes())


def from_calendar(data: bytes) -> Read:
    whole = vobject.readOne(steady(data.replace(b"\r\n", b"\n")))
    events = whole.vevent_list
    texts = [each.value for event in events for each in (event.summary, event.description)]
    sorted_in = [event for event in events if "categories" in event.contents]
    texts += [text for event in sorted_in for text in event.categories.value]
    return Read(texts, [sorted(event.contents) for event in [whole, *events]])


def from_messages(messages: Iterable[Any]) -> Read:
    texts, shape = [], []
    for message in messages:
        plain, page = (
            message.get_body((kind,)).get_content().replace("\r\n", "\n")
            for kind in ("plain", "html")
        )
        read = from_html(page.encode())
        subject = message["Subject"]
        assert [*message.defects, *subject.defects] == []
        texts += [squeezed(str(subject)), squeezed(steady(plain.encode())), *read.texts]
        shape.append((message.keys(), message["To"].addresses[0].addr_spec, read.shape))
    return Read(texts, shape)


def from_mbox(data: bytes) -> Read:
    def parsed(file: Any) -> Any:
        return email.message_from_binary_file(file, policy=email.policy.default)

    path = Path("thu.mbox")
    path.write_bytes(data)
    with closing(mailbox.mbox(path, parsed)) as box:
        return from_messages(box)


def from_workbook(data: bytes) -> Read:
    file = io.BytesIO(data)
    book = load_workbook(file)
    cells = [
        (sheet.title, cell.coordinate, cell)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert [cell for *_place, cell in cells if cell.hyperlink or cell.data_type == "f"] == []
    with ZipFile(file) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert [name for name in sheets if re.search(rb"<f[ />]", archive.read(name))] == []
    texts = [
        re.sub("_x005F_(?=x[0-9A-F]{4}_)", "_", cell.value)
        for *_place, cell in cells
        if isinstance(cell.value, str)
    ]
    return Read(texts, [(title, at, cell.data_type) for title, at, cell in cells])


def from_word(data: bytes) -> Read:
    """Every paragraph, in tables too; what else may be in a document is counted."""
    document = Document(io.BytesIO(data))
    parts = list(document.element.body.iter(*map(qn, WORD_PARTS)))
    texts = [squeezed(Paragraph(part, document).text) for part in parts if part.tag == qn("w:p")]
    return Read(texts, Counter(part.tag for part in parts))


WORD_PARTS = (
    "w:p", "w:tbl", "w:tr", "w:tc", "w:hyperlink", "w:fldChar", "w:fldSimple", "w:instrText",
    "w:drawing", "w:object", "w:sdt", "w:sym",
)  # fmt: skip


def from_tables(folder: Path) -> Read:
    found = [parquet.read_table(path) for path in sorted(folder.rglob("*.parquet"))]
    read = [from_json(json.dumps(table.to_pylist(), default=str).encode()) for table in found]
    return Read([text for each in read for text in each.texts], [each.shape for each in read])


def same(text: str) -> str:
    return text


# Every output -------------------------------------------------------------------------------------

EVERY_MODEL = tuple(str(number) for number in range(1, len(TEXTS) + 1))
FORMS: dict[Format, tuple[Callable[[bytes], Read], Callable[[str], str], bool]] = {
    Format.TABLE: (lines, one_line, False),
    Format.JSON: (from_json, same, True),
    Format.CSV: (from_csv, guarded, True),
    Format.TSV: (from_tsv, guarded_line, True),
    Format.MD: (from_markdown, one_line, False),
    Format.IDS: (lines, one_line, True),
}
LISTINGS: dict[str, tuple[str, ...]] = {
    "list": (),
    "overdue": (),
    "upcoming": ("--as-of", "2023-12-29"),
    "stats": ("--by", "agency"),
    "timeline": (),
    "agencies": (),
    "steps": (),
}
PERIOD = ("--from", "2023-11-01")  # in which everything that a report lists has happened
NUMBERED = {"list", "overdue", "upcoming", "timeline", "steps"}  # whose addresses are numbers
CODED = {  # name agencies by nothing but their codes
    "agencies --format ids", "stats --format ids", "stats --format json", "stats --format csv",
    "stats --format tsv",
}  # fmt: skip
OUTPUTS: dict[str, Output] = {
    **{
        f"{command} --format {form}": Output((command, *more, "--format", form), *how)
        for command, more in LISTINGS.items()
        for form, how in FORMS.items()
        if not (form is Format.IDS and command in NUMBERED)
    },
    "stats --format json": Output(
        ("stats", "--by", "agency", "--format", "json"), from_json, one_line
    ),
    "stats --format csv": Output(
        ("stats", "--by", "agency", "--format", "csv"), from_csv, guarded_line
    ),
    "stats --by waiting": Output(("stats", "--by", "waiting"), lines, one_line),
    "stats --every": Output(("stats", "--every", "quarter", "--by", "agency"), lines, one_line),
    "stats --compare": Output(("stats", "--compare", "year", "--by", "agency"), lines, one_line),
    "overdue --format table": Output(("overdue", "--upcoming"), prose, squeezed),
    "show": Output(("show", *EVERY_MODEL), prose, squeezed),
    "show --format json": Output(("show", *EVERY_MODEL, "--format", "json"), from_json, same, True),
    "log": Output(("log",), lines, one_line),
    "log --format json": Output(("log", "--format", "json"), from_json, same, True),
    "diff": Output(("diff", "HEAD~1"), lines, one_line),
    "diff --format json": Output(("diff", "HEAD~1", "--format", "json"), from_json, same, True),
    "check": Output(("check", "--notes"), lines, one_line),
    "check --format json": Output(("check", "--format", "json"), from_json, one_line),
    "check --format github": Output(
        ("check", "--notes", "--format", "github"), from_github, one_line
    ),
    "start": Output(("start", *EVERY_MODEL, "--yes"), lines, one_line),
    "done": Output(("done", *EVERY_MODEL, "--yes"), lines, one_line),
    "block": Output(("block", *EVERY_MODEL, "--yes", "--note", "vì"), lines, one_line),
    "skip": Output(("skip", *EVERY_MODEL, "--yes", "--note", "vì"), lines, one_line),
    "reset": Output(("reset", *EVERY_MODEL, "--yes"), lines, one_line),
    "mail --dry-run": Output(("mail", "--dry-run", "--summary"), from_mbox, squeezed),
    "export csv": Output(("export", "ra.csv"), from_csv, guarded, True),
    "export tsv": Output(("export", "ra.tsv"), from_tsv, guarded_line, True),
    "export json": Output(("export", "ra.json"), from_json, same, True),
    "export md": Output(("export", "ra.md"), from_markdown, one_line),
    "export xlsx": Output(("export", "ra.xlsx"), from_workbook, same, True),
    "export ics": Output(("export", "ra.ics"), from_calendar, one_line),
    "export html": Output(("export", "ra.html"), from_html, squeezed),
    "export site": Output(("export", "ra-web", "--format", "site"), from_site, squeezed),
    "export docx": Output(("export", "ra.docx"), from_word, squeezed),
    "report --format text": Output(("report", *PERIOD), prose, squeezed),
    "report --format html": Output(("report", "ra.html", *PERIOD), from_html, squeezed),
    "report --format docx": Output(("report", "ra.docx", *PERIOD), from_word, squeezed),
    "export parquet": Output(("export", "ra.parquet"), from_tables, same, True),
}
BY_MODEL = {
    "extend",
    "stop",
    "record",
    "handover",
    "undo",
    "import",
    "draft",
    "add",
    "rename",
    "sync",
}  # say one thing at a time; tested by themselves below
TEXTLESS = {"schema", "init"}  # say nothing of what the plan says
TERMINAL = {
    "list": ("list",),
    "show": ("show", *EVERY_MODEL),
    "overdue": ("overdue", "--upcoming"),
    "upcoming": ("upcoming", "--as-of", "2023-12-29"),
    "stats": ("stats", "--by", "agency"),
    "stats --every": ("stats", "--every", "quarter", "--by", "agency"),
    "stats --compare": ("stats", "--compare", "year", "--by", "agency"),
    "stats --by waiting": ("stats", "--by", "waiting"),
    "timeline": ("timeline",),
    "agencies": ("agencies",),
    "steps": ("steps",),
    "check": ("check", "--notes"),
    "report": ("report", *PERIOD),
    "log": ("log",),
    "diff": ("diff", "HEAD~1"),
    "mail": ("mail", "--dry-run", "--summary"),
    "mail --to": ("mail", "--dry-run", "--to", "x@example.vn"),
}


def test_no_command_and_no_form_is_forgotten():
    commands = {name.split()[0] for name in OUTPUTS} | BY_MODEL | TEXTLESS
    exported = {name.split()[1] for name in OUTPUTS if name.startswith("export")}

    assert commands == {*COMMANDS}
    assert exported == {*ExportFormat}
    assert {f"report --format {form}" for form in ReportFormat} <= {*OUTPUTS}
    assert {*FORMS} == {*Format}


def silent(texts: Iterable[str], read: Read, output: Output) -> list[str]:
    """The texts that the output does not say."""
    return [
        text
        for text in texts
        if not (
            output.told(text) in read.texts
            if output.whole
            else any(output.told(text) in each for each in read.texts)
        )
    ]


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_text_comes_out_as_it_is_and_changes_nothing_else(name, plan, call):
    output = OUTPUTS[name]
    plan(written(HARMLESS), before=written([f"cũ {text}" for text in HARMLESS]))
    expected = output.read(printed(call, output))
    old = [f"cũ {number}" for number in range(len(TEXTS))]
    plan(written(TEXTS), before=written(old))

    read = output.read(printed(call, output))

    coded = [code_of(number) for number in range(len(TEXTS))]
    assert silent(coded if name in CODED else HARMLESS, expected, output) == []
    assert silent(coded if name in CODED else TEXTS, read, output) == []
    assert read.shape == expected.shape


def printed(call: Callable[..., support.Run], output: Output) -> Any:
    """What an output is: the bytes that it prints, those of the file, or the folder."""
    command, file, *_more = (*output.arguments, "")
    if command not in {"export", "report"} or file.startswith("-"):
        answer = call(*output.arguments)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout.encode("utf-8")
    shutil.rmtree(file, ignore_errors=True)
    answer = call(*output.arguments, "--force")
    assert answer.returncode == 0, answer.stderr
    return Path(file) if Path(file).is_dir() else Path(file).read_bytes()


@pytest.mark.parametrize("name", TERMINAL)
def test_on_a_terminal_as_well(name, plan, terminal):
    output = Output(TERMINAL[name], screen, squeezed)
    plan(written(TEXTS), before=written(HARMLESS))

    answer = terminal(*output.arguments, columns=400)

    assert answer.returncode == 0, answer.stderr
    assert silent(TEXTS, output.read(answer.stdout.encode()), output) == []


@pytest.mark.parametrize("name", ["mail", "mail --to"])
def test_a_message_that_is_sent_is_what_a_mail_program_makes_of_it(name, plan, call, monkeypatch):
    to = ("--to", "x@example.vn") if name == "mail --to" else ()
    output = Output(("mail", "--summary", *to), bytes, squeezed)
    read = []
    for texts in (HARMLESS, TEXTS):
        plan(written(texts))
        with Postbox() as box:
            monkeypatch.setenv("DE06_SMTP_URL", f"smtp://127.0.0.1:{box.port}")
            monkeypatch.setenv("DE06_MAIL_FROM", "Tổ công tác <to@example.vn>")
            call(*output.arguments, "--again")
        assert len(box.received) == (1 if to else len(TEXTS))
        read.append(from_messages(got.message for got in box.received))

    assert silent(TEXTS, read[1], output) == []
    assert read[0].shape == read[1].shape


# One thing at a time ------------------------------------------------------------------------------


def test_what_is_reported_of_an_extension_and_of_what_is_taken_back(plan, call):
    plan(written(TEXTS))

    for number, text in enumerate(TEXTS, start=1):
        told = call("extend", str(number), "31/3/2024", "--document", text, "--reason", text)
        assert one_line(text) in steady(told.stdout.encode())
        assert (told.returncode, told.stdout.count("\n")) == (0, 1)
        back = call("undo")
        assert one_line(text) in steady(back.stdout.encode())
        assert (back.returncode, back.stdout.count("\n")) == (0, 1)


@pytest.mark.parametrize("arguments", [["sync", "--dry-run"], ["sync"]])
def test_what_colleagues_changed_is_told_as_it_is(arguments, plan, call, tmp_path):
    old = [f"cũ {number}" for number in range(len(TEXTS))]
    plan(written(TEXTS), before=written(old))
    support.git(tmp_path, "clone", "-q", "--bare", ".", "kho.git")
    support.git(tmp_path, "remote", "add", "origin", "kho.git")
    support.git(tmp_path, "reset", "-q", "--hard", "HEAD~1")

    answer = call(*arguments)

    assert answer.returncode == 0, answer
    read = lines(answer.stdout.encode())
    assert silent(TEXTS, read, Output(tuple(arguments), lines, one_line)) == []


def test_what_is_typed_is_written_and_read_as_it_is(plan, call):
    plan(written(HARMLESS))

    for number, text in enumerate(TEXTS, start=1):
        call("done", f"{number}.3", "--evidence", text, "--note", text)
        call("extend", str(number), "31/3/2024", "--document", text, "--reason", text)

    models = json.loads(call("show", *EVERY_MODEL, "--format", "json").stdout)["models"]
    steps = [model["steps"][2] for model in models]
    assert [(step["evidence"], step["note"]) for step in steps] == [(t, t) for t in TEXTS]
    moved = [model["extensions"][-1] for model in models]
    assert [(one["document"], one["reason"]) for one in moved] == [(t, t) for t in TEXTS]


def test_what_is_filled_in_a_workbook_comes_back_as_it_is(plan, call, tmp_path):
    plan(written(HARMLESS))
    call("export", "ra.xlsx")
    book = load_workbook("ra.xlsx")
    sheet = book["Các bước"]
    at, rows = filling.columns(sheet), filling.rows(sheet)
    for number, text in enumerate(TEXTS, start=1):
        sheet.cell(rows[number, 3], at["status"]).value = "Đang thực hiện"
        for field in ("evidence", "note"):
            cell = sheet.cell(rows[number, 3], at[field])
            cell.value, cell.data_type = text.replace("_x000D_", "_x005F_x000D_"), "s"
    book.save("ra.xlsx")

    told = call("import", "ra.xlsx", "--yes")

    models = json.loads(call("list", "--format", "json").stdout)["models"]
    steps = [model["steps"][2] for model in models]
    kept = [text.strip() for text in TEXTS]
    assert [(step["evidence"], step["note"]) for step in steps] == [(t, t) for t in kept]
    assert silent(TEXTS, lines(told.stdout.encode()), Output((), lines, one_line)) == []
    again = call("export", "ra.xlsx", "--force"), call("import", "ra.xlsx")
    assert [answer.stderr for answer in again] == [
        "Đã lưu ra.xlsx.\n",
        "Không có nội dung nào cần thay đổi.\n",
    ]


def test_what_is_printed_of_a_model_and_of_an_agency_can_be_typed(call, tmp_path):
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.yaml").write_text(written([text], [code_of(number)]), "utf-8")
    every = [part for number in range(len(TEXTS)) for part in ("--data", f"{number}.yaml")]

    addresses = call("list", "--format", "ids", *every).stdout.splitlines()
    shown = [call("show", "--format", "json", *every, "--", address) for address in addresses]

    codes = [code_of(number) for number in range(len(TEXTS))]
    assert addresses == [f"{code}:1" for code in codes]
    found = [json.loads(answer.stdout)["models"][0]["plan"] for answer in shown]
    assert found == codes
    agencies = call("stats", "--by", "agency", "--format", "ids", *every).stdout.splitlines()
    led = [call("list", "--format", "ids", *every, f"--agency={each}") for each in agencies]
    assert [answer.stdout.splitlines() for answer in led] == [[each] for each in addresses]


# Longer than a cell of Excel ----------------------------------------------------------------------

CLIPPED = {
    "log",
    "diff",
    "check",
    "start",
    "done",
    "block",
    "skip",
    "reset",
}  # say how a text begins
NAMELESS = {"stats", "agencies"}  # say nothing of models


@pytest.mark.parametrize("name", [name for name in OUTPUTS if name.split()[0] not in NAMELESS])
def test_a_text_of_any_length_comes_out_whole_or_visibly_cut(name, plan, call):
    output = OUTPUTS[name]._replace(arguments=tuple(
        part for part in OUTPUTS[name].arguments if part not in EVERY_MODEL[len(LONG):]
    ))  # fmt: skip
    codes = ("A", "B", "C")
    plan(written(LONG, codes), before=written(HARMLESS[:3], codes))

    texts = [squeezed(text) for text in output.read(printed(call, output)).texts]

    for letter, text in zip(map(squeezed, LETTERS.values()), LONG, strict=True):
        if name.split()[0] in CLIPPED and name not in {"log --format json", "diff --format json"}:
            assert any(f"{letter}…" in each for each in texts)
        elif name == "export xlsx":
            steps = [each for each in texts if each.startswith(letter)]
            assert steps
            assert all(units(each) <= 32_767 for each in texts)
            assert all(each.endswith("…[đãlượcbớt;xemđầyđủtrongtệpkếhoạch]") for each in steps)
        else:
            full = text.count(letter)
            counts = [(each.count(letter), f"{letter}…" in each) for each in texts]
            assert any(n >= full and (n % full == 0 or cut) for n, cut in counts)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("columns", [40, 100])
@pytest.mark.parametrize("name", ["list", "overdue", "upcoming", "timeline"])
def test_on_a_terminal_a_long_text_is_reported_as_well(name, columns, plan, terminal):
    arguments = [part for part in TERMINAL[name] if part not in EVERY_MODEL[len(LONG) :]]
    plan(written(LONG, ("A", "B", "C")))

    answer = terminal(*arguments, columns=columns)

    (told,) = screen(answer.stdout.encode()).texts
    assert answer.returncode == 0, answer.stderr
    for letter, text in zip(map(squeezed, LETTERS.values()), LONG, strict=True):
        if name in {"timeline", "list", "upcoming"}:  # ``show`` has the title whole
            assert columns < 60 or f"{letter}…" in told
        else:
            assert told.count(letter) >= text.count(letter)


def test_a_workbook_with_long_texts_brings_nothing_back_that_nobody_filled_in(plan, call):
    plan(written(LONG, ("A", "B", "C")))

    call("export", "ra.xlsx")

    assert call("import", "ra.xlsx").stderr == "Không có nội dung nào cần thay đổi.\n"


# What is no text ----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["\\e[31m", "\\r\\nBcc: x@example.vn", "\\u202e", "\\u2067",
                                   "\\0", "\\a", "\\x7f", "\\x9b31m"])  # fmt: skip
def test_what_would_steer_is_refused_where_it_is_read(typed, plan, call):
    text = written(HARMLESS).replace('"title": "chữ 3"', f'"title": "a{typed}b"')
    plan(text)

    checked, listed = call("check"), call("list")

    assert (checked.returncode, listed.returncode, listed.stdout) == (1, 3, "")
    assert re.search(r"data/models\.yaml:\d+:\d+ E104 .*U\+", checked.stdout)
    steady(checked.stdout.encode())
    steady(listed.stderr.encode())


def test_an_address_with_a_second_line_gets_no_mail(plan, call, monkeypatch):
    address = "a@example.vn\nBcc: b@example.vn"
    plan(written(HARMLESS).replace('"a3@example.vn"', json.dumps(address)))
    with Postbox() as box:
        monkeypatch.setenv("DE06_SMTP_URL", f"smtp://127.0.0.1:{box.port}")
        monkeypatch.setenv("DE06_MAIL_FROM", "to@example.vn")
        sent = call("mail")
        typed = call("mail", "--to", address)
        monkeypatch.setenv("DE06_MAIL_FROM", address)
        named = call("mail", "--again")

    assert (sent.returncode, typed.returncode, named.returncode) == (1, 2, 2)
    assert "“a@example.vn Bcc: b@example.vn” của Đ3.x_y-z không phải là một địa chỉ" in sent.stderr
    got = {to for received in box.received for to in received.recipients}
    assert got == {f"a{n}@example.vn" for n in range(len(TEXTS)) if n != 3}
