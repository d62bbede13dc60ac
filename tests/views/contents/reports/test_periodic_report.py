"""The periodic report in people's words."""

from __future__ import annotations

import re
from datetime import date

import pytest
import samples
from samples import SHOWN, TODAY, extension, model, step

from de06cli import messages
from de06cli.characters import display_width
from de06cli.plan.parts import Handover, Measurement, PeriodProgress, Progress, Stop, Target
from de06cli.plan.periods import parse
from de06cli.tracking.report_period import report
from de06cli.views.contents.reports import periodic_report, report_outline
from de06cli.views.text import wrapped

MODELS = (
    *SHOWN,
    model(
        2,
        step(1, due="2024-01-10", text="Khảo sát."),
        step(2, "skipped 2024-01-03", note="đã có"),
        deadline="2024-02-01",
        extensions=(extension("2024-02-02", "2024-01-05", document="13/CV", reason="thiếu máy"),),
        title="Cấp thẻ",
        stt=9,
    ),
)


def told(*models, **known):
    seen = samples.view(samples.plan(*models))
    return periodic_report.contents(seen, report(seen, seen.tasks(), **known), TODAY)


def values(*models, **known):
    seen = samples.view(samples.plan(*models))
    return periodic_report.values(seen, report(seen, seen.tasks(), **known), TODAY)


def test_the_report_as_text():
    assert wrapped.report(told(*MODELS)) == (
        """\
BÁO CÁO
Kết quả thực hiện Kế hoạch
(từ ngày 12/12/2023 đến ngày 11/01/2024)
Số liệu tính đến ngày 11/01/2024.

Đến hết ngày 11/01/2024, 2/6 nhiệm vụ đã hoàn thành (33,3%). 2 nhiệm vụ quá
hạn, nhiều nhất ở PVHTT (2), CAH (1). 1 bước vướng mắc. Trong kỳ có 2 nhiệm vụ
hoàn thành, 2 bước hoàn thành, 1 lần gia hạn. Kỳ tới có 2 nhiệm vụ đến hạn.

Chữ viết tắt: HT: hoàn thành; C06: Cục C06; PC06: Phòng PC06, Công an tỉnh;
CAH: Công an huyện Hớn Quản; PVHTT: Phòng Văn hóa và Thông tin.

I. Kết quả trong kỳ (từ ngày 12/12/2023 đến ngày 11/01/2024)

1. Tình hình chung
                                      Trong hạn  Quá hạn      Tổng số
  Hoàn thành                                  1        1            2
  Chưa hoàn thành                             2        2            4
  Thường xuyên                                                      1
  Tổng số                                                           7
  Tỷ lệ hoàn thành trên số đến hạn                        50,0% (2/4)
  Tỷ lệ hoàn thành trên số được giao                      33,3% (2/6)

2. Nhiệm vụ hoàn thành: 2
  Mô hình 8 – Công chứng, chứng thực
    PC06
    Ngày hoàn thành: 28/12/2023; Tình trạng: HT đúng hạn
  Mô hình 23 – LED
    CAH
    Ngày hoàn thành: 04/01/2024; Tình trạng: HT quá hạn 5 ngày

3. Gia hạn: 1
  Mô hình 2 – Cấp thẻ
    Lý do: thiếu máy
    Hạn cũ: 01/02/2024; Hạn mới: 02/02/2024; Văn bản: 13/CV, 05/01/2024

II. Tồn tại, hạn chế và nguyên nhân

1. Nhiệm vụ quá hạn: 2
  Mô hình 40 – Phân tích tình hình du lịch
    PVHTT. Bước tiếp theo: 1
    Thời hạn: 30/10/2023; Số ngày quá hạn: 73
  Mô hình 9 – Triển khai nền tảng quản lý lưu trú tại: Nhà trọ; Nhà nghỉ;
    Khách sạn…
    CAH, PVHTT. Bước vướng mắc (từ ngày 05/12/2023): 2, chờ kinh phí. Đã gia
    hạn 1 lần, hạn ban đầu 30/11/2023
    Thời hạn: 30/12/2023; Số ngày quá hạn: 12

2. Bước quá hạn của nhiệm vụ còn trong hạn: 1
  Bước 2.1 – Cấp thẻ
    Khảo sát.
    Đơn vị: CAH; Thời hạn: 10/01/2024; Số ngày quá hạn: 1

3. Bước không thực hiện: 1
  Bước 2.2 – Cấp thẻ
    Tập huấn.
    Đơn vị: CAH; Ngày: 03/01/2024; Lý do: đã có

III. Nhiệm vụ kỳ tới (từ ngày 12/01/2024 đến ngày 11/02/2024)

1. Nhiệm vụ đến hạn: 2
  Mô hình 6 – Khám chữa bệnh bằng thẻ CCCD
    C06. Bước tiếp theo: 1
    Thời hạn: 15/01/2024
  Mô hình 2 – Cấp thẻ
    CAH. Bước tiếp theo: 1. Đã gia hạn 1 lần, hạn ban đầu 01/02/2024
    Thời hạn: 02/02/2024

IV. Kiến nghị, đề xuất

……………………

V. Tổng hợp

1. Tổng hợp theo đơn vị chủ trì
  PVHTT – Phòng Văn hóa và Thông tin
    Tổng số: 2; Đang quá hạn: 2; Tỷ lệ HT trên số đến hạn: 0,0% (0/2); Tỷ lệ
    HT trên số được giao: 0,0% (0/2)
  CAH – Công an huyện Hớn Quản
    Tổng số: 3; HT quá hạn: 1; Còn trong hạn: 1; Đang quá hạn: 1; Tỷ lệ HT
    trên số đến hạn: 50,0% (1/2); Tỷ lệ HT trên số được giao: 33,3% (1/3)
  PC06 – Phòng PC06, Công an tỉnh
    Tổng số: 1; HT đúng hạn: 1; Tỷ lệ HT trên số đến hạn: 100,0% (1/1); Tỷ lệ
    HT trên số được giao: 100,0% (1/1)
  C06 – Cục C06
    Tổng số: 1; Còn trong hạn: 1; Tỷ lệ HT trên số đến hạn: –; Tỷ lệ HT trên
    số được giao: 0,0% (0/1)
  CSLT – Các cơ sở lưu trú
    Tổng số: 1; Thường xuyên: 1; Tỷ lệ HT trên số đến hạn: –; Tỷ lệ HT trên số
    được giao: –
  Tổng số
    Tổng số: 7; HT đúng hạn: 1; HT quá hạn: 1; Còn trong hạn: 2; Đang quá hạn:
    2; Thường xuyên: 1; Tỷ lệ HT trên số đến hạn: 50,0% (2/4); Tỷ lệ HT trên
    số được giao: 33,3% (2/6)

VI. Kết quả trong kỳ theo nhiệm vụ

Kết quả trong kỳ theo nhiệm vụ: 2
  Mô hình 8 – Công chứng, chứng thực
    1. Tập huấn.
    Đơn vị, minh chứng: PC06 28/12/2023
  Mô hình 23 – LED
    1. Tập huấn.
    Đơn vị, minh chứng: CAH 04/01/2024

Nhiệm vụ có nhiều đơn vị cùng chủ trì được tính cho từng đơn vị; dòng Tổng số
chỉ tính một lần.
"""
    )


def test_of_the_empty_lists_only_those_that_everybody_asks_about_are_a_line():
    text = wrapped.report(told(model(1, deadline="2030-01-01")))

    assert re.findall(r"^\d\. (.*)$", text, re.MULTILINE) == [
        "Tình hình chung",
        "Nhiệm vụ hoàn thành: không có",
        "Nhiệm vụ quá hạn: không có",
        "Nhiệm vụ đến hạn: không có",
        "Tổng hợp theo đơn vị chủ trì",
    ]


def test_a_report_about_nothing_says_so():
    seen = samples.view(samples.plan(model(1)))
    text = wrapped.report(periodic_report.contents(seen, report(seen, []), TODAY))

    assert re.findall(r"^  Tổng số +0$", text, re.MULTILINE)
    assert text.endswith(
        "1. Tổng hợp theo đơn vị chủ trì\n\n"
        "Nhiệm vụ có nhiều đơn vị cùng chủ trì được tính cho từng đơn vị; dòng Tổng số\n"
        "chỉ tính một lần.\n"
    )


def test_the_report_speaks_english():
    messages.use("en")
    paper = told(*MODELS)

    assert (paper.title, paper.subject, paper.as_at) == (
        "Report",
        ("Results of Kế hoạch", "(from 12 Dec 2023 to 11 Jan 2024)"),
        "Figures as of 11 Jan 2024",
    )
    assert [title for title, _lists in paper.chapters] == [
        "I. Results in the period (from 12 Dec 2023 to 11 Jan 2024)",
        "II. Shortcomings and their causes",
        "III. Tasks for the next period (from 12 Jan 2024 to 11 Feb 2024)",
        "IV. Recommendations and proposals",
        "V. Summary",
        "VI. Results in the period by task",
    ]


def test_of_several_plans_there_is_a_row_a_plan_too():
    seen = samples.several(MOT=[model(1, step(1, "done 2024-01-02"))], HAI=[model(1)])
    paper = periodic_report.contents(seen, report(seen, seen.tasks()), TODAY)

    (_title, summaries) = paper.chapters[-2]
    assert [summary.heading for summary in summaries] == [
        "1. Tổng hợp theo kế hoạch",
        "2. Tổng hợp theo đơn vị chủ trì",
    ]
    assert [row[0].text for row in summaries[0].table.rows] == ["MOT – Kế hoạch", "HAI – Kế hoạch"]
    (_title, (results,)) = paper.chapters[-1]
    assert [[cell.text for cell in row] for row in results.table.rows] == [
        ["1", "MOT: Nhiệm vụ 1\n1. Tập huấn.", "CAH\n02/01/2024"]
    ]


RECORDED_LATE = (
    model(
        1,
        step(1, "done 2023-12-11", "Khảo sát.", by="C06", evidence="61/BC-C06"),
        step(2, "skipped 2023-11-05", "Tập huấn.", note="đã có"),
        step(3, "done 2023-12-12"),
        extensions=(
            extension("2024-01-30", "2023-12-11", document="12/UBND", reason="thiếu máy"),
            extension("2024-02-28", "2023-12-11"),
        ),
        title="Cấp thẻ",
    ),
    model(2, step(1, "done 2023-12-01")),
)
THEN = {"HONQUAN": samples.plan(model(1, step(1), step(2), step(3)), RECORDED_LATE[1])}


def test_what_was_recorded_too_late_for_its_own_report_stands_below_the_results():
    text = wrapped.report(told(*RECORDED_LATE, then=THEN))

    assert text.partition("\n3. ")[2].partition("\n\nII. ")[0] == (
        """\
Ghi nhận bổ sung (kết quả của kỳ trước): 4
  Bước 1.2 – Cấp thẻ
    Tập huấn.
    Đơn vị: CAH; Ngày: 05/11/2023; Kết quả: Không thực hiện: đã có
  Bước 1.1 – Cấp thẻ
    Khảo sát.
    Đơn vị: C06; Ngày: 11/12/2023; Kết quả: Hoàn thành: 61/BC-C06
  Mô hình 1 – Cấp thẻ
    Lý do: thiếu máy
    Đơn vị: CAH; Ngày: 11/12/2023; Kết quả: Gia hạn đến 30/01/2024: 12/UBND
  Mô hình 1 – Cấp thẻ
    Đơn vị: CAH; Ngày: 11/12/2023; Kết quả: Gia hạn đến 28/02/2024"""
    )


def test_a_task_that_was_finished_before_the_period_is_shown_with_its_last_late_step():
    now = (
        model(
            1,
            step(1, "done 2023-11-20"),
            step(2, "done 2023-11-21", evidence="7/BC"),
            step(3, "done 2023-11-22"),
        ),
        model(2, step(1, "done 2023-11-20"), step(2, "done 2023-12-12")),  # in the period
        model(3, step(1, "done 2023-11-20"), ongoing="liên tục"),
        model(4, step(1, "done 2023-11-20"), step(2)),
    )
    then = samples.plan(
        model(1, step(1), step(2), step(3, "done 2023-11-22")),
        model(2, step(1), step(2)),
        model(3),
        model(4, step(1), step(2)),
    )

    rows = values(*now, then={"HONQUAN": then})["supplement"]

    assert [(row["number"], row["result"]) for row in rows] == [
        ("1.1", "Hoàn thành"),
        ("2.1", "Hoàn thành"),
        ("3.1", "Hoàn thành"),
        ("4.1", "Hoàn thành"),
        ("1.2", "Hoàn thành: 7/BC; nhiệm vụ hoàn thành ngày 22/11/2023"),
    ]


def test_what_plans_of_other_offices_recorded_too_late_is_said_in_words():
    early = date(2023, 11, 20)
    value = Target(
        1,
        ((None, "80"),),
        name="Tỷ lệ hồ sơ",
        unit="%",
        values=(Measurement(early, "70", by="PC06"),),
    )
    now = (
        model(1, progress=Progress("done", early, "CAH", "4/BC"), title="Cấp thẻ"),
        model(2, periods=(PeriodProgress(parse("2023-10"), "skipped", early, note="trùng"),)),
        model(3, targets=(value,)),
        model(4, stopped=Stop(early, "9/QĐ")),
        model(5, handovers=(Handover(early, lead=("PVHTT",), document="5/QĐ"),)),
    )
    then = {"HONQUAN": samples.plan(*(model(number) for number in range(1, 6)))}

    rows = values(*now, then=then)["supplement"]

    keys = ("item", "text", "by", "date", "result")
    assert [tuple(row[key] for key in keys) for row in rows] == [
        ("Mô hình 1", "", "CAH", "20/11/2023", "Hoàn thành: 4/BC"),
        ("Mô hình 2", "Tháng 10/2023", "CAH", "20/11/2023", "Không thực hiện: trùng"),
        ("Mô hình 3", "Tỷ lệ hồ sơ", "PC06", "20/11/2023", "70%"),
        ("Mô hình 4", "", "CAH", "20/11/2023", "Dừng thực hiện: 9/QĐ"),
        ("Mô hình 5", "", "PVHTT", "20/11/2023", "Bàn giao cho PVHTT: 5/QĐ"),
    ]


def test_an_empty_supplement_has_no_heading_whether_or_not_the_history_is_known():
    assert told(*MODELS, then={}) == told(*MODELS)
    assert values(*MODELS, then={})["count"]["supplement"] == "không có"
    assert values(*MODELS)["count"]["supplement"] == ""


def test_the_agencies_of_the_supplement_are_explained():
    done = model(1, step(1, "done 2023-12-01", by="PC06"), lead=("CAH",))
    moved = model(2, extensions=(extension("2030-01-30", "2023-12-11"),), lead=("PVHTT",))
    then = {"HONQUAN": samples.plan(model(1), model(2))}

    texts = values(done, moved, then=then)

    assert [one["code"] for one in texts["agencies"]] == ["PC06", "PVHTT"]
    assert values(done, moved)["agencies"] == []


LAST_DAY = (
    model(1, deadline="2024-01-11", title="Cấp thẻ"),
    model(2, step(1, due="2024-01-11", text="Khảo sát."), deadline="2024-03-30", title="LED"),
)


def shortcomings(text: str) -> str:
    return text.partition("II. Tồn tại, hạn chế và nguyên nhân\n\n")[2].partition("\n\nIII. ")[0]


def test_what_was_due_on_the_last_day_is_late_by_no_day_once_that_is_over():
    text = wrapped.report(told(*LAST_DAY, over=True))

    assert shortcomings(text) == (
        """\
1. Nhiệm vụ quá hạn: 1
  Mô hình 1 – Cấp thẻ
    CAH. Bước tiếp theo: 1
    Thời hạn: 11/01/2024

2. Bước quá hạn của nhiệm vụ còn trong hạn: 1
  Bước 2.1 – LED
    Khảo sát.
    Đơn vị: CAH; Thời hạn: 11/01/2024"""
    )
    assert re.findall("Chưa hoàn thành .*|Tỷ lệ hoàn thành trên số đến hạn .*", text) == [
        "Chưa hoàn thành                             1        1           2",
        "Tỷ lệ hoàn thành trên số đến hạn                        0,0% (0/1)",
    ]
    assert "1. Nhiệm vụ đến hạn: không có\n" in text
    assert [task["state"] for task in values(*LAST_DAY, over=True)["tasks"]] == [
        "Chưa hoàn thành – quá hạn",
        "Chưa hoàn thành – trong hạn",
    ]


def test_while_the_last_day_lasts_the_lists_do_not_call_it_late():
    text = wrapped.report(told(*LAST_DAY))

    assert re.findall("^[12]. .*$", shortcomings(text), re.MULTILINE) == [
        "1. Nhiệm vụ quá hạn hoặc đến hạn ngày cuối kỳ: 1",
        "2. Bước quá hạn hoặc đến hạn ngày cuối kỳ của nhiệm vụ còn trong hạn: 1",
    ]
    assert re.findall("Chưa hoàn thành .*|Tỷ lệ hoàn thành trên số đến hạn .*", text) == [
        "Chưa hoàn thành                             2        0           2",
        "Tỷ lệ hoàn thành trên số đến hạn                                 –",
    ]
    assert "1. Nhiệm vụ đến hạn: không có\n" in text


def test_every_list_has_its_values_and_every_row_what_its_columns_ask_for():
    texts = values(*MODELS, then={"HONQUAN": samples.plan()})
    assert [row["item"] for row in texts["supplement"]] == ["Bước 9.1", "Bước 23.2", "Mô hình 9"]

    for part in every_part():
        assert part.key in texts
        rows = texts[part.key]
        for row in rows:
            assert {field.key for field in part.fields} <= row.keys()
            assert {field.below for field in part.fields} - {""} <= row.keys()
        assert not part.counted or texts["count"][part.key] == (str(len(rows) or "không có"))


def every_part():
    days = dict.fromkeys(("first", "last", "next_first", "next_last"), "")
    chapters = report_outline.outline(days)
    return [*(part for chapter in chapters for part in chapter.parts), *report_outline.appendix()]


def test_whoever_did_a_step_stands_beside_it_else_who_acts_in_it_else_who_leads():
    told_by = model(1, step(1, "done 2024-01-02", by="C06", agencies=("PC06",)))
    acting = model(2, step(1, "done 2024-01-02", agencies=("PC06", "CSLT")))
    led = model(3, step(1, "done 2024-01-02"), lead=("PVHTT", "CAH"))

    texts = values(told_by, acting, led)

    assert [row["by"] for row in texts["done"]] == ["C06", "PC06, CSLT", "PVHTT, CAH"]
    assert [one["code"] for one in texts["agencies"]] == ["C06", "PC06", "CAH", "PVHTT", "CSLT"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_columns_of_a_list_fit_upright_paper_and_those_of_the_summary_paper_laid_across(
    language,
):
    messages.use(language)
    for part in every_part():
        # The figures of one day or of two are as wide as the paper: form.listing stretches them.
        assert sum(field.width for field in part.fields) <= 170, part.key
    for by in (report_outline.By.PLAN, report_outline.By.AGENCY):
        assert sum(field.width for field in report_outline.summary_fields(by)) <= 252


def test_the_text_keeps_to_its_width_where_words_allow():
    text = wrapped.report(told(*MODELS))

    assert max(map(display_width, text.splitlines())) <= wrapped.WIDTH
