"""Names of agencies in a cell: where each begins and ends, whatever stands between them."""

from __future__ import annotations

import csv

import pytest
import support

from de06cli.drafting.meaning.names import NameReader, initials
from de06cli.plan.file.reader import read

COLUMNS = ("chu_tri", "phoi_hop", "luc_luong")
CUT = {
    "Sở Tài chính và Kho bạc Nhà nước": ["Sở Tài chính", "Kho bạc Nhà nước"],
    "Phòng Nội vụ và Phòng Tư pháp": ["Phòng Nội vụ", "Phòng Tư pháp"],
    "Sở Giáo dục và Đào tạo": ["Sở Giáo dục và Đào tạo"],
    "Văn phòng HĐND và UBND xã; Công an xã": ["Văn phòng HĐND và UBND xã", "Công an xã"],
    "Các sở, ban, ngành và UBND các xã, phường": ["Các sở, ban, ngành", "UBND các xã, phường"],
    "- Sở Tài chính\n- Sở Nội vụ": ["Sở Tài chính", "Sở Nội vụ"],
    "- Trung tâm Hành chính công - Công an xã": ["Trung tâm Hành chính công", "Công an xã"],
    "- Phòng Văn hóa - Xã hội - Trạm Y tế": ["Phòng Văn hóa - Xã hội", "Trạm Y tế"],
    "1. Sở Y tế\n2. Sở Nội vụ": ["Sở Y tế", "Sở Nội vụ"],
    "Bộ Công an (C06), Bộ Tư pháp": ["Bộ Công an (C06)", "Bộ Tư pháp"],
    "Bộ Văn hóa, Thể thao và Du lịch": ["Bộ Văn hóa, Thể thao và Du lịch"],
    "Tập đoàn Điện lực Việt Nam": ["Tập đoàn Điện lực Việt Nam"],
    "Công an xã, các đơn vị có liên quan": ["Công an xã", "các đơn vị có liên quan"],
    "Sở KH&CN/Sở Nội vụ": ["Sở KH&CN", "Sở Nội vụ"],
    "Các Bộ: Tài chính, Giáo dục và Đào tạo và Nội vụ": [
        "Bộ Tài chính",
        "Bộ Giáo dục và Đào tạo",
        "Bộ Nội vụ",
    ],
    "Các sở: Tài chính, Nội vụ; UBND xã": ["Sở Tài chính", "Sở Nội vụ", "UBND xã"],
    "Sở Nội vụ (chủ trì), Sở Tài chính (phối hợp)": ["Sở Nội vụ", "Sở Tài chính"],
    "Sở Khoa học\nvà Công nghệ\nSở Nội vụ": ["Sở Khoa học và Công nghệ", "Sở Nội vụ"],
    "Công an xã\ncác đơn vị liên quan": ["Công an xã", "các đơn vị liên quan"],
    "Trung tâm VH- TT & Đài Truyền thanh": ["Trung tâm VH- TT & Đài Truyền thanh"],
}


def rows() -> list[dict[str, str]]:
    path = support.ROOT / "tests" / "data" / "source" / "assignments.tsv"
    lines = path.read_text("utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def known() -> NameReader:
    plan = read(support.MODELS_FILE.read_bytes()).plan
    assert plan
    return NameReader(plan.agencies)


@pytest.mark.parametrize("column", COLUMNS)
def test_the_cells_of_the_appendix_give_the_codes_that_a_person_read(
    column: str, known: NameReader
) -> None:
    found = [
        [
            name.agency.code if name.agency else name.text
            for name in known.read(row[f"{column}_raw"])
        ]
        for row in rows()
    ]
    assert found == [row[f"{column}_codes"].split(",") for row in rows()]


@pytest.mark.parametrize("column", COLUMNS)
def test_the_same_cells_are_cut_right_where_no_name_is_known(
    column: str, known: NameReader
) -> None:
    cut = [
        [known.known(name.text) for name in NameReader(()).read(row[f"{column}_raw"])]
        for row in rows()
    ]
    codes = [[agency.code if agency else "?" for agency in cell] for cell in cut]
    assert codes == [row[f"{column}_codes"].split(",") for row in rows()]


@pytest.mark.parametrize(("cell", "expected"), CUT.items())
def test_a_cell_is_cut_where_a_name_ends(cell: str, expected: list[str]) -> None:
    assert [name.text for name in NameReader(()).read(cell)] == expected


def test_words_between_names_say_who_supports() -> None:
    found = NameReader(()).read("Sở Y tế chủ trì, phối hợp với BHXH tỉnh, Sở Nội vụ")
    assert [(name.text, name.support) for name in found] == [
        ("Sở Y tế", False), ("BHXH tỉnh", True), ("Sở Nội vụ", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cell",
    [
        "Sở Giáo dục và Đào tạo Sở Y tế",
        "UBND xã Tân Khai, Tân Lợi",
        "Hội Nông dân, các chi hội, nhà ở",
    ],
)
def test_a_doubtful_cut_is_said(cell: str) -> None:
    assert [name for name in NameReader(()).read(cell) if name.doubt]


def test_a_code_comes_before_a_name_and_two_of_a_name_are_none(known: NameReader) -> None:
    assert [name.agency.code for name in known.read("CAH, PC06") if name.agency] == ["CAH", "PC06"]
    assert known.known("Phòng") is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Công an huyện", "CAH"),
        ("Phòng VH&TT", "PVHTT"),
        ("PC06", "PC06"),
        ("Tổ CNSCĐ", "TCNSCD"),
        ("Sở Giáo dục và Đào tạo", "SGDDT"),
        ("Đoàn Thanh niên xã", "DTNX"),
    ],
)
def test_a_new_code_is_made_of_initials(name: str, code: str) -> None:
    assert initials(name) == code


def test_a_dash_between_two_bodies_is_a_question() -> None:
    (name,) = NameReader(()).read("Trung tâm Hành chính công - Công an xã")
    assert "dấu gạch" in name.doubt
    assert NameReader(()).read("Văn phòng HĐND - UBND xã")[0].doubt == ""
    assert NameReader(()).read("Phòng Văn hóa - Xã hội")[0].doubt == ""
