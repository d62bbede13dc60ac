"""An agency is found by whatever people type for it, and a guess is never taken for it."""

from __future__ import annotations

import unicodedata

import pytest
import support
from hypothesis import given, settings
from hypothesis import strategies as st

from de06cli.plan.agencies import AgencyRegister, Found, called, fold, nearest
from de06cli.plan.file.reader import read
from de06cli.plan.records import Agency


def shipped() -> AgencyRegister:
    plan = read(support.MODELS_FILE.read_bytes()).plan
    assert plan is not None
    return AgencyRegister(plan.agencies)


REGISTER = shipped()


def found(text: str) -> tuple[str | None, list[str]]:
    """The code that a text finds, else the codes that it may have meant."""
    one = REGISTER.find(text)
    return one.agency.code if one.agency else None, [agency.code for agency in one.candidates]


# Folding ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Công an huyện", "conganhuyen"),
        ("CÔNG AN HUYỆN", "conganhuyen"),
        ("cong an huyen", "conganhuyen"),
        ("  Công   an\thuyện\n", "conganhuyen"),
        ("Đề án 06", "dean06"),
        ("đất ĐAI", "datdai"),
        ("Phòng VH&TT", "phongvhtt"),
        ("Phòng LĐTB-XH", "phongldtbxh"),
        ("Văn hóa và Thông tin", "vanhoathongtin"),
        ("Văn hoá VÀ thông tin", "vanhoathongtin"),
        ("Vận tải", "vantai"),
        ("vàng", "vang"),
        ("Và", "va"),
        ("và và", "vava"),
        ("–…", ""),
        ("", ""),
        ("straße", "strasse"),
        ("２０２３", "２０２３"),
    ],
)
def test_texts_are_compared_without_what_people_leave_out(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_form_of_unicode_folds_to_the_same(form: str) -> None:
    name = "Phòng Giáo dục và Đào tạo huyện Hớn Quản"
    assert fold(unicodedata.normalize(form, name)) == "phonggiaoducdaotaohuyenhonquan"


@settings(deadline=None, max_examples=300)
@given(st.text())
def test_folding_is_steady_and_leaves_letters_and_digits_alone(text: str) -> None:
    folded = fold(text)
    assert folded == fold(unicodedata.normalize("NFD", text))
    assert all(char.isalnum() for char in folded)


# Finding ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "CAH",
        "cah",
        " CAH ",
        "Cah",
        "C.A.H",
        "Công an huyện",
        "CÔNG AN HUYỆN",
        "công an huyện hớn quản",
        "cong an huyen",
        "CA huyện",
        "ca huyen",
        unicodedata.normalize("NFD", "Công an huyện"),
    ],
)
def test_an_agency_is_found_by_its_code_name_and_aliases(text: str) -> None:
    assert found(text) == ("CAH", [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("phòng văn hóa thông tin", "PVHTT"),
        ("Phòng Văn hoá và Thông tin huyện Hớn Quản", "PVHTT"),
        ("phong VH TT", "PVHTT"),
        ("phong ldtbxh", "PLDTBXH"),
        ("ban quan ly khu kinh te", "BQLKKT"),
        ("C06", "C06"),
        ("pc06", "PC06"),
        ("Cục C06", "C06"),
        ("chi cục thống kê bình long hớn quản", "CCTK"),
    ],
)
def test_what_people_type_finds_its_agency(text: str, code: str) -> None:
    assert found(text) == (code, [])


@pytest.mark.parametrize(
    "name", [name for agency in REGISTER.agencies for name in called(agency)], ids=fold
)
def test_every_name_in_the_shipped_register_finds_its_agency(name: str) -> None:
    (code, candidates) = found(name)
    assert candidates == []
    assert code is not None
    assert name in called(REGISTER.by_code[code])
    assert found(fold(name)) == (code, [])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("CAI", "CAH"),
        ("PC6", "PC06"),
        ("CTTK", "CTK"),
        ("SLDTBX", "SLDTBXH"),
        ("UBND", "UBNDH"),
        ("TTYTE", "TTYT"),
    ],
)
def test_a_code_that_is_one_letter_off_is_suggested_and_never_assumed(
    text: str, first: str
) -> None:
    code, candidates = found(text)
    assert code is None
    assert first in candidates


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Công an", ["CAT", "CAH", "DVCAH", "C06", "PC06"]),
        ("canh sat", ["C06", "PC06"]),
        ("thống kê", ["CTK", "CCTK"]),
        ("UBND", ["UBNDH", "UBNDX", "VPUBH", "IOC"]),
        ("hạ tầng", ["PKTHT"]),
    ],
)
def test_a_part_of_a_name_gives_the_nearest_candidates_first(
    text: str, candidates: list[str]
) -> None:
    assert found(text) == (None, candidates)


def test_a_part_of_an_english_name_gives_candidates_where_no_other_name_has_it() -> None:
    assert found("district police") == (None, ["CAH", "DVCAH"])
    assert found("Culture") == (None, ["PVHTT", "TTVHTH"])


def test_nothing_typed_is_nobody() -> None:
    assert found("")[0] is None
    assert found("  ")[0] is None
    assert found("…")[0] is None


# As de06 prints it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "CAH – Công an huyện Hớn Quản",  # show, overdue
        "CAH (Công an huyện Hớn Quản)",  # errors
        "CAH  Công an huyện Hớn Quản",  # agencies
        "Công an huyện Hớn Quản (CAH)",  # letters
        "CAH\tCông an huyện Hớn Quản",  # a row of a sheet
        "CAH – Công an\n          huyện Hớn Quản",  # wrapped
        "CAH - Công an huyện",
        "CAH — CA huyện",
        "cah:cong an huyen hon quan",
        "CÔNG AN HUYỆN HỚN QUẢN – CAH",
        "Công an huyện Hớn Quản (Công an huyện)",
        "CAH – Hon Quan District Police",  # with --lang en
        "Hon Quan District Police",
        unicodedata.normalize("NFD", "CAH – Công an huyện Hớn Quản"),
    ],
)
def test_code_and_name_together_are_understood(text: str) -> None:
    assert found(text) == ("CAH", [])


@pytest.mark.parametrize("agency", REGISTER.agencies, ids=lambda agency: agency.code)
def test_every_agency_is_found_as_it_is_printed(agency: Agency) -> None:
    for name in filter(None, [*called(agency), agency.name_en]):
        for text in (f"{agency.code} – {name}", f"{name} ({agency.code})", f"{agency.code} {name}"):
            assert found(text) == (agency.code, [])


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("CAH – Công an tỉnh Bình Phước", ["CAH", "CAT"]),
        ("Công an tỉnh Bình Phước (CAH)", ["CAT", "CAH"]),
        ("CAH, PC06", ["CAH", "PC06"]),
        ("CAH – Binh Phuoc Provincial Police", ["CAH", "CAT"]),
    ],
)
def test_a_code_with_the_name_of_another_names_both(text: str, candidates: list[str]) -> None:
    agencies = tuple(REGISTER.by_code[code] for code in candidates)
    assert REGISTER.find(text) == Found(None, agencies, several=True)


@pytest.mark.parametrize(
    "text",
    [
        "CAI – Công an huyện Hớn Quản",
        "CAH – Công an huyện Hớn Quảng",
        "CAH – Công an",
        "CAH – Công an huyện Bình Long",
        "CAH – Công an huyện Hớn Quản, Bình Phước",
    ],
)
def test_half_of_what_is_printed_is_suggested_and_never_assumed(text: str) -> None:
    code, candidates = found(text)
    assert code is None
    assert candidates[0] == "CAH"
    assert not REGISTER.find(text).several


def test_the_plans_code_may_stand_before() -> None:
    register = AgencyRegister(REGISTER.agencies, "HONQUAN")
    for text in ("HONQUAN:CAH", " honquan: công an huyện", "HonQuan:CAH – Công an huyện Hớn Quản"):
        assert register.find(text) == Found(register.by_code["CAH"])
    assert register.find("BINHLONG:CAH").agency is None
    assert register.find("HONQUAN").agency is None


def test_a_code_in_the_text_tells_homonyms_apart() -> None:
    assert HOMONYMS.find("CAT – Công an").agency == HOMONYMS.agencies[2]
    assert HOMONYMS.find("Công an (CAX)").agency == HOMONYMS.agencies[1]
    assert HOMONYMS.find("CAX (CAT)").several  # an alias of one is the code of another


def test_a_text_without_end_is_answered_at_once() -> None:
    register = AgencyRegister([Agency("CAH", "a " * 300_000)])
    assert register.find("CAH " + "b " * 300_000).agency is None


HOMONYMS = AgencyRegister(
    [
        Agency("CAH", "Công an huyện"),
        Agency("CAX", "Công an xã", aliases=("Công an", "CAT")),
        Agency("CAT", "Công an tỉnh", aliases=("Công an",)),
        Agency("cat", "Cát"),
    ]
)


def test_a_name_of_two_agencies_finds_neither_and_names_both() -> None:
    agencies = HOMONYMS.agencies
    assert HOMONYMS.find("công an") == Found(None, (agencies[1], agencies[2]), several=True)


def test_a_code_wins_over_a_name_of_another_agency() -> None:
    assert HOMONYMS.find("CAT").agency == HOMONYMS.agencies[2]


def test_at_most_eight_agencies_are_candidates() -> None:
    register = AgencyRegister([Agency(f"P{number}", f"Phòng số {number}") for number in range(20)])
    assert [agency.code for agency in register.find("phòng").candidates] == [
        f"P{n}" for n in range(8)
    ]


def test_a_register_may_be_empty() -> None:
    assert AgencyRegister([]).find("CAH") == Found(None)
    assert AgencyRegister([]).search("") == ()


# Searching ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("thong ke", ["CTK", "CCTK"]),
        ("Thống Kê", ["CTK", "CCTK"]),
        ("statistics", ["CTK", "CCTK"]),
        ("pc06", ["PC06"]),
        ("hạ tầng", ["PKTHT"]),
        ("không có", []),
    ],
)
def test_a_search_finds_every_agency_with_the_text_anywhere(text: str, codes: list[str]) -> None:
    assert [agency.code for agency in REGISTER.search(text)] == codes


def test_a_search_for_nothing_finds_all() -> None:
    assert REGISTER.search("") == REGISTER.agencies


# Nearest ------------------------------------------------------------------------------------------


def test_the_nearest_words_come_first() -> None:
    assert nearest("dedline", ["lead", "deadline", "title"]) == ["deadline", "lead", "title"]


def test_words_that_are_not_alike_enough_are_left_out() -> None:
    assert nearest("dedline", ["lead", "deadline", "title"], likeness=0.7) == ["deadline"]
    assert nearest("xyz", ["lead", "deadline"], likeness=0.7) == []


def test_as_many_words_are_given_as_are_asked_for() -> None:
    assert nearest("a", ["b", "c", "d"], 2) == ["b", "c"]
    assert nearest("a", [], 2) == []


def test_every_agency_of_the_shipped_plan_is_found_by_its_short_name() -> None:
    assert all(agency.short for agency in REGISTER.agencies)
    assert [found(str(agency.short)) for agency in REGISTER.agencies] == [
        (agency.code, []) for agency in REGISTER.agencies
    ]


def test_a_short_name_is_found_however_it_is_typed() -> None:
    assert [found(text)[0] for text in ("phong vh tt", "PHÒNG VH-TT", "Phòng VH & TT")] == [
        "PVHTT",
        "PVHTT",
        "PVHTT",
    ]
