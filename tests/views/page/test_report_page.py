"""The periodic report as a page: what is typed stays text, and nothing is asked for."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import samples
from samples import SHOWN, TODAY, model, step

from de06cli import messages
from de06cli.tracking.report_period import report
from de06cli.views.page import report_page


class Read(HTMLParser):
    """The tags and the text of a page, cells apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data.strip())


def made(path: Path, *models, **known) -> str:
    seen = samples.view(samples.plan(*(models or SHOWN)))
    report_page.write(seen, report(seen, seen.tasks(), **known), TODAY, path / "report.html")
    return (path / "report.html").read_text("utf-8")


def test_the_page_says_what_the_report_says(tmp_path):
    texts = Read(made(tmp_path)).texts

    assert texts[texts.index("Báo cáo") :][:4] == [
        "Báo cáo",
        "Kết quả thực hiện Kế hoạch",
        "(từ ngày 12/12/2023 đến ngày 11/01/2024)",
        "Số liệu tính đến ngày 11/01/2024",
    ]
    at = texts.index("1. Nhiệm vụ quá hạn: 2")
    assert texts[at + 1 : at + 13] == [
        "Mô hình", "Nhiệm vụ", "Thời hạn", "Số ngày quá hạn",
        "40", "Phân tích tình hình du lịch", "PVHTT. Bước tiếp theo: 1", "30/10/2023", "73",
        "9", "Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ; Khách sạn…",
        ("CAH, PVHTT. Bước vướng mắc (từ ngày 05/12/2023): 2, chờ kinh phí. Đã gia hạn 1 lần, hạn ban đầu "
        "30/11/2023"),
    ]  # fmt: skip


def test_what_was_recorded_too_late_for_its_own_report_stands_below_the_results(tmp_path):
    done = model(1, step(1, "done 2023-12-11", evidence="61/BC"), step(2), deadline="2024-01-11")
    texts = Read(made(tmp_path, done, then={"HONQUAN": samples.plan(model(1))}, over=True)).texts

    at = texts.index("3. Ghi nhận bổ sung (kết quả của kỳ trước): 1")
    assert texts[at + 1 : at + 12] == [
        "Mô hình, bước", "Nhiệm vụ", "Đơn vị", "Ngày", "Kết quả",
        "Bước 1.1", "Nhiệm vụ 1", "Tập huấn.", "CAH", "11/12/2023", "Hoàn thành: 61/BC",
    ]  # fmt: skip
    at = texts.index("1. Nhiệm vụ quá hạn: 1")
    assert texts[at + 5 : at + 10] == [
        "1", "Nhiệm vụ 1", "CAH. Bước tiếp theo: 2", "11/01/2024", "0",
    ]  # fmt: skip


def test_the_same_report_gives_the_same_bytes_and_asks_for_nothing(tmp_path):
    text = made(tmp_path)

    assert text == made(tmp_path)
    assert "default-src &#39;none&#39;" in text
    assert re.findall(r'<script|(?:src|href)="|url\(|@import|https?://', text) == []


def test_the_page_speaks_english(tmp_path):
    messages.use("en")
    text = made(tmp_path)

    assert '<html lang="en">' in text
    assert "II. Shortcomings" in text


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "{{ 7*7 }}", '" onload="x', "a\u05d0[red]=1+1", "&lt;b&gt;"],
)
def test_what_people_typed_stays_text(tmp_path, text):
    def hostile(typed: str) -> str:
        done = step(1, "done 2024-01-02", typed, evidence=typed)
        return made(tmp_path, model(9, done, step(2, "blocked", typed, note=typed), title=typed))

    plain, read = Read(hostile("chữ")), Read(hostile(text))

    assert read.tags == plain.tags
    assert read.texts.count(text) == plain.texts.count("chữ") >= 2
