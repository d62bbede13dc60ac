"""The words that people read: one thing has one word, and tone marks stand in one way."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pages
import pytest
import support
from babel.messages.pofile import read_po

from de06cli.plan.file.skeleton import SKELETON

DOCUMENTS = [path for path in pages.all_pages() if pages.is_for_users(path)]
CATALOGUE = support.ROOT / "src/de06cli/locale/en/LC_MESSAGES/de06.po"
# In oa, oe and uy the mark stands on the first letter: hóa, khỏe, hủy (Nghị định 30/2020/NĐ-CP has
# "CỘNG HÒA", "Ủy ban"); "qu" is a consonant, and a vowel of three letters or a final one moves the mark.
MISPLACED = re.compile(r"o[áàảãạ]\b|o[éèẻẽẹ]\b|(?<![qQ])u[ýỳỷỹỵ]\b")
# Words that are translated, spoken, or a second word for a thing, and what stands for them.
RULED_OUT = {
    "bạn": "nobody is addressed",
    "vui lòng": "Hãy",
    "xin lỗi": "nothing",
    "xin lại": "đề nghị gửi lại",
    "được tính ở": "được tính cho",
    "ý là": "hãy gõ",
    "bản in": "văn bản gốc",
    "bảng in": "phụ lục",
    "lời văn": "nội dung, đoạn chữ",
    "câu hỏi còn mở": "nội dung cần làm rõ",
    "lấy lại": "hoàn tác",
    "sửa tay": "sửa trực tiếp trong tệp",
    "vì sao": "lý do",
    "không dùng được": "không hợp lệ",
    "dòng thời gian": "biểu đồ tiến độ",
    "bước đang vướng": "bước vướng mắc",
    "bước mở": "bước chưa hoàn thành",
    "hạn đầu": "hạn ban đầu",
    "cập nhật cuối": "cập nhật gần nhất",
    "số/ký hiệu": "số, ký hiệu",
    "việc quá hạn": "nhiệm vụ quá hạn",
    "việc sắp đến hạn": "nhiệm vụ sắp đến hạn",
    "đơn vị làm": "đơn vị thực hiện",
    "gần nhất:": "gợi ý:",
    "trộn": "gộp",
    "trễ": "quá hạn",
    "deadline muộn": "quá hạn",
    "những gì": "nội dung, các thay đổi",
    "không có thì": "mặc định:",
    "mã gợi ý": "tập lệnh gợi ý",
    "thoát với mã": "trả về mã",
    "tệp thường": "tệp thông thường",
    "ghi nhớ được": "lưu được",
    "ngày có thật": "ngày hợp lệ",
    "không phải là địa chỉ": "không phải là số hiệu mô hình hoặc bước",
    "các địa chỉ thuộc": "các bước này thuộc",
    "lùi hạn": "gia hạn",
    "trễ hạn": "quá hạn",
    "bối cảnh": "nội dung theo kế hoạch",
    "chưa định hạn": "chưa xác định thời hạn",
    "còn mở": "chưa hoàn thành, cần làm rõ",
    "hàng tháng": "hằng tháng",
    "hàng quý": "hằng quý",
    "hàng năm": "hằng năm",
    "hàng tuần": "hằng tuần",
    "trang tính các bước do": "trang tính “Các bước” do",
}
# Words that only documents and comments have had.
IN_DOCUMENTS = {
    "ấy": "này, đó",
    "sửa bằng tay": "sửa trực tiếp trong tệp",
    "ai làm": "đơn vị thực hiện",
    "phép thử": "bộ kiểm thử",
    "phần thêm": "gói bổ sung",
    "đường ống": "nối lệnh",
    "chứng thư gốc": "chứng thư số gốc",
    "CV-UBND": "12/UBND-VX",
}
IN_ENGLISH = [
    "mend",
    "told",
    "nearest:",
    "take over",
    "can't be used",
    "held up at",
    "write it like",
    "write it as",
    "type it like",
    "such day",
    "first due date",
    "own due date",
    "stands above",
    "does not go with",
    "somebody",
    "by default",
    "a row a",
    "days late on",
    "nobody knows",
    "mark steps as doing",
    "not expected on",
]


def messages() -> Iterator[tuple[str, str]]:
    """Every message and its English, in all their forms."""
    with CATALOGUE.open("rb") as file:
        for message in read_po(file, locale="en"):
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            english = message.string if isinstance(message.string, tuple) else (message.string,)
            for text, other in zip(forms, english, strict=False):
                if text:
                    yield text, other


def lines() -> Iterator[str]:
    """Every line for people that is no message, with its place: the documents, and the comments of the
    plan and of the skeleton."""
    read = {path.name: path.read_text("utf-8") for path in DOCUMENTS}
    plan = (support.ROOT / "data/models.yaml").read_text("utf-8").splitlines()
    read["models.yaml"] = "\n".join(line for line in plan if line.lstrip().startswith("#"))
    read["skeleton.py"] = SKELETON
    for name, text in read.items():
        yield from (f"{name}: {line}" for line in text.splitlines())


def test_tone_marks_stand_in_one_way_in_documents_and_comments():
    assert [line for line in lines() if MISPLACED.search(line)] == []


@pytest.mark.parametrize("word", [*sorted(RULED_OUT.keys() - {"gần nhất:"}), *IN_DOCUMENTS])
def test_a_word_that_is_ruled_out_stands_in_no_document_and_no_comment(word):
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    assert [line for line in lines() if pattern.search(line)] == []


def test_tone_marks_stand_in_one_way():
    assert [text for text, _english in messages() if MISPLACED.search(text)] == []


@pytest.mark.parametrize("word", RULED_OUT)
def test_a_word_that_is_ruled_out_stands_in_no_message(word):
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    assert [text for text, _english in messages() if pattern.search(text)] == []


@pytest.mark.parametrize("word", IN_ENGLISH)
def test_a_word_that_is_ruled_out_stands_in_no_english_message(word):
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    assert [english for _text, english in messages() if pattern.search(english)] == []


def test_the_rule_of_tone_marks_knows_right_from_wrong():
    assert all(MISPLACED.search(word) for word in ("kho\u00e1", "xo\u00e1", "u\u1ef7"))
    right = "khóa xóa hủy Ủy ban quý quỹ toàn hoàn khoảng thuyết tuyên ngoại hoặc"
    assert not MISPLACED.search(right)
