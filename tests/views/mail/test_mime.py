"""Letters as messages: headers, plain text and HTML, whatever people typed into the plan."""

from __future__ import annotations

import email
import email.policy
import mailbox
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest

from de06cli.views import words
from de06cli.views.contents.lateness import Fact, Item
from de06cli.views.contents.tables import LATE, QUIET, Cell, Column, Table
from de06cli.views.mail import mime
from de06cli.views.mail.letter import Letter, LetterSection, LetterSummary
from de06cli.views.mail.mime import Sender

MOMENT = datetime(2024, 1, 11, 7, 30, 5, tzinfo=timezone(timedelta(hours=7)))
SENDER = Sender("Tổ công tác Đề án 06", "to-cong-tac@example.vn")
FIGURES = Table(
    (
        Column("Đơn vị"),
        Column("Tổng số", right=True),
        Column("Tỷ lệ HT trên số đến hạn", right=True),
    ),
    ((Cell("CAX – Công an xã"), Cell("3"), Cell("50,0% (1/2)")),),
    (Cell("Tổng số"), Cell("5"), Cell("66,7% (2/3)", LATE)),
)
LETTER = Letter(
    "[TANKHAI] CAX: 1 nhiệm vụ quá hạn (11/01/2024)",
    "Kính gửi: Công an xã (CAX)",
    ("Số liệu tính đến ngày 11/01/2024.",),
    (
        LetterSection(
            "Cần xử lý",
            LATE,
            (
                Item(
                    "Mô hình 7: Cấp thẻ căn cước lưu động",
                    (
                        Fact("", "Quá hạn 11 ngày", LATE),
                        Fact("Cập nhật gần nhất", "20/12/2023", QUIET),
                    ),
                ),
            ),
        ),
        LetterSummary("Tổng hợp", FIGURES, "Mô hình nhiều đơn vị chủ trì được tính ở từng đơn vị."),
    ),
    ("Thư gửi tự động.",),
)


def sent(letter=LETTER, sender=SENDER, to=("cax@example.vn",), moment=MOMENT):
    """The bytes for a server, and the message that another reader makes of them."""
    data = mime.message(letter, sender, to, moment, readable=False).as_bytes()
    read = email.message_from_bytes(data, policy=email.policy.default)
    assert [part.defects for part in read.walk()] == [[], [], []]
    return data, read


class Page(HTMLParser):
    """The texts of a page, and its tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts += [data] if data.strip() else []


def parts(read):
    plain, html = read.get_body(("plain",)), read.get_body(("html",))
    return tuple(part.get_content().replace("\r\n", "\n") for part in (plain, html))


def test_headers_say_who_what_when_and_that_nobody_need_answer():
    data, read = sent(to=("cax@example.vn", "truc@example.vn"))

    assert dict(read.items()) == {
        "From": "Tổ công tác Đề án 06 <to-cong-tac@example.vn>",
        "To": "cax@example.vn, truc@example.vn",
        "Subject": "[TANKHAI] CAX: 1 nhiệm vụ quá hạn (11/01/2024)",
        "Date": "Thu, 11 Jan 2024 07:30:05 +0700",
        "Message-ID": read["Message-ID"],
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": read["Content-Type"],
        "Content-Language": "vi",
    }
    assert read["Message-ID"].endswith("@example.vn>")
    assert read.get_content_type() == "multipart/alternative"
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert data.count(b"\n") == data.count(b"\r\n")
    assert b"\r\nSubject: =?utf-8?" in data


def test_the_plain_text_has_78_columns():
    assert (
        parts(sent()[1])[0]
        == """\
Kính gửi: Công an xã (CAX)

Số liệu tính đến ngày 11/01/2024.

CẦN XỬ LÝ (1)
  Mô hình 7: Cấp thẻ căn cước lưu động
    Quá hạn 11 ngày
    Cập nhật gần nhất: 20/12/2023

TỔNG HỢP
Đơn vị            Tổng số  Tỷ lệ HT trên số đến hạn
CAX – Công an xã        3               50,0% (1/2)
Tổng số                 5               66,7% (2/3)
Mô hình nhiều đơn vị chủ trì được tính ở từng đơn vị.

Thư gửi tự động.
"""
    )


def test_a_table_too_wide_for_78_columns_becomes_a_paragraph_a_row():
    wide = FIGURES._replace(columns=(Column("Đơn vị " * 8), *FIGURES.columns[1:]))
    letter = LETTER._replace(greeting="", opening=(), parts=(LetterSummary("Tổng hợp", wide),))

    assert (
        mime.as_text(letter)
        == """\

TỔNG HỢP
  CAX – Công an xã: Tổng số 3; Tỷ lệ HT trên số đến hạn 50,0% (1/2)
  Tổng số: Tổng số 5; Tỷ lệ HT trên số đến hạn 66,7% (2/3)

Thư gửi tự động.
"""
    )


def test_the_html_says_the_same():
    page = Page(parts(sent()[1])[1])

    assert page.texts == [
        "[TANKHAI] CAX: 1 nhiệm vụ quá hạn (11/01/2024)",
        "Kính gửi: Công an xã (CAX)",
        "Số liệu tính đến ngày 11/01/2024.",
        "Cần xử lý (1)",
        "Mô hình 7: Cấp thẻ căn cước lưu động",
        "Quá hạn 11 ngày",
        "Cập nhật gần nhất:",
        " 20/12/2023",
        "Tổng hợp",
        "Đơn vị",
        "Tổng số",
        "Tỷ lệ HT trên số đến hạn",
        "CAX – Công an xã",
        "3",
        "50,0% (1/2)",
        "Tổng số",
        "5",
        "66,7% (2/3)",
        "Mô hình nhiều đơn vị chủ trì được tính ở từng đơn vị.",
        "Thư gửi tự động.",
    ]
    assert ("html", {"lang": "vi"}) in page.tags
    assert [attrs.get("scope") for tag, attrs in page.tags if tag == "th"] == ["col"] * 3 + [
        "row"
    ] * 2
    assert {tag for tag, _attrs in page.tags} <= {
        *("html", "head", "meta", "title", "body", "table", "tr", "td", "th", "p", "h2", "div", "b")
    }


def test_the_same_letter_at_the_same_moment_is_the_same_message():
    first, later = sent()[0], sent(moment=MOMENT + timedelta(seconds=1))[1]

    assert sent()[0] == first
    assert later["Message-ID"] != sent()[1]["Message-ID"]
    assert sent(to=("vpx@example.vn",))[1]["Message-ID"] != sent()[1]["Message-ID"]


HOSTILE = [
    "a\r\nBcc: x@example.vn",
    "a\nBcc: x@example.vn",
    "a\x0bBcc: x@example.vn\x85b\u2028c\u2029d",
    "a =?utf-8?q?=0D=0ABcc:_x?= b",
    "=?utf-8?b?QmNjOiB4QGV4YW1wbGUudm4=?=",
    "<script>alert(1)</script>&amp;\"'>",
    '=HYPERLINK("http://x";"y")',
    "\x1b[31mđỏ\x1b[0m\x07\x00",
    "\u202edcba\u202c [red]",
    "مرحبا – שלום",
    "😀 – 中文",
    "Phòng Nội vụ, “A” <pnv@example.vn>",
    "tiếng Việt rất dài " * 60,
    "x" * 32_768,
]


def as_read(text):
    """The text as a line: white space is a space, what would steer is a sign."""
    return words.visible(" ".join(text.split()))


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_stands_in_a_subject_stays_in_it(text):
    data, read = sent(LETTER._replace(subject=text))
    head = data.partition(b"\r\n\r\n")[0]

    assert read["Subject"] == as_read(text)
    assert "Bcc" not in read
    assert len(read) == len(sent()[1])
    assert all(line[:1] in b" " or b": " in line for line in head.split(b"\r\n"))
    assert max(map(len, head.split(b"\r\n"))) <= 78


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_stands_in_a_text_is_text(text):
    item = Item(text, (Fact(text, text),))
    table = Table((Column(text), Column(text)), ((Cell(text), Cell(text)),))
    letter = Letter(
        "Thư",
        text,
        (text,),
        (LetterSection(text, "", (item,)), LetterSummary(text, table)),
        (text,),
    )
    data, read = sent(letter)
    plain, html = parts(read)
    page, usual = Page(html), Page(parts(sent()[1])[1])

    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert "".join(as_read(text).split()) in "".join(plain.split())
    assert {tag for tag, _ in page.tags} - {"br"} <= {tag for tag, _ in usual.tags}
    said = "".join("".join(page.texts).split())
    assert said.count("".join(words.visible(text).split())) >= 10
    assert "\x1b" not in plain + html


@pytest.mark.parametrize(
    "name",
    ["", "To cong tac", "Tổ công tác, huyện", 'A "B" C', "a\r\nBcc: x@example.vn", "=?utf-8?q?x?="],
)
def test_the_senders_name_never_changes_the_address(name):
    _data, read = sent(sender=Sender(name, "de06@example.vn"))

    [address] = read["From"].addresses
    assert (address.display_name, address.addr_spec) == (as_read(name), "de06@example.vn")
    assert "Bcc" not in read


def test_messages_for_people_stand_readable_in_one_file(tmp_path):
    letters = [
        LETTER._replace(closing=("From đầu dòng\nFrom đây.",)),
        LETTER._replace(subject="=?utf-8?q?x?= không đổi"),
    ]
    made = [
        mime.message(letter, SENDER, ("cax@example.vn",), MOMENT, readable=True)
        for letter in letters
    ]
    file = tmp_path / "thu.mbox"
    file.write_bytes(mime.as_mbox(made))
    box = mailbox.mbox(
        file, factory=lambda data: email.message_from_binary_file(data, policy=email.policy.default)
    )
    read = list(box)
    box.close()

    text = file.read_text("utf-8")
    assert text.startswith("From de06 Thu Jan 11 07:30:05 2024\n")
    assert "\nSubject: [TANKHAI] CAX: 1 nhiệm vụ quá hạn (11/01/2024)\n" in text
    assert "\nKính gửi: Công an xã (CAX)\n" in text
    assert "\r" not in text
    assert [one["Subject"] for one in read] == [letter.subject for letter in letters]
    assert parts(read[0])[0].endswith("\n>From đầu dòng\n>From đây.\n")
    assert parts(read[1])[0] == mime.as_text(letters[1])


def test_what_is_shown_to_a_person_are_the_main_headers_and_the_text():
    shown = mime.as_shown(LETTER._replace(subject="a\x1b[0m"), SENDER, ("cax@example.vn", "b@x.vn"))

    assert shown.startswith(
        "From: Tổ công tác Đề án 06 <to-cong-tac@example.vn>\n"
        "To: cax@example.vn, b@x.vn\n"
        "Subject: a�[0m\n"
        "\n"
        "Kính gửi: Công an xã (CAX)\n"
    )


def test_a_moment_of_any_zone_is_reported():
    assert (
        sent(moment=datetime(2024, 1, 11, tzinfo=UTC))[1]["Date"]
        == "Thu, 11 Jan 2024 00:00:00 +0000"
    )
