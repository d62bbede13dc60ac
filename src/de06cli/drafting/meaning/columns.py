"""What a column holds, known by its heading in the forms that offices use."""

from __future__ import annotations

import re
from typing import Final

from de06cli.plan.agencies import fold

# A key of a model, or: number (STT), group (the task's group in a column), roles (leads and supporting
# agencies in one cell), extra (a heading that no key has).
KEYS: Final = (
    "number", "group", "title", "basis", "organisation", "outcome", "start", "deadline", "equipment",
    "output", "lead", "support", "implementers", "roles", "companies", "steps", "extra",
)  # fmt: skip

# Folded headings; "^" before one that a heading begins with, the first that fits counts.
_HEADINGS: Final[tuple[tuple[str, str], ...]] = (
    ("number", "stt|tt|sott|sothutu|so|thutu|no|muc"),
    ("group", "nhom|nhomnhiemvu|linhvuc|nhomnoidung|^nhomnhiemvu|mucnhom|phannhom"),
    ("extra", "captrinh|^kinhphi|^nguonkinhphi|^nguonvon|^dutoan|^ghichu|^lanhdao|^nguoi|^tinhhinh"),
    ("extra", "^ketquathuchien|^tylehoanthanh|^trangthai|^muctieu|^cosophaply|^donvitinh|dvt"),
    ("start", "batdau|thoigianbatdau|ngaybatdau|thoidiembatdau|tungay"),
    ("steps", "^cacbuoc|^cachthuc|^buocthuchien|^trinhtu|^noidungthuchien|^cacnoidungcongviec"),
    ("organisation", "^tochucthuchien|^phuongthuctochuc"),
    ("companies", "^cacdoanhnghiep|^doanhnghiep"),
    ("equipment", "^trangthietbi|^thietbi|^hatangthietbi|^phuongtienthietbi"),
    ("outcome", "^hieuqua"),
    ("output", "^sanpham|ketqua|^ketquadaura|^ketquadatduoc|^ketquasanpham|^ketquadukien|^daura"),
    ("output", "^dukienketqua|^ketquacandat|^dukiensanpham|^ketquahoanthanh|^yeucauketqua"),
    ("basis", "^cancu|^vanbangiao|^vanbanchidao|^nguongiao|^coso"),
    ("roles", "^coquanchutriphoihop|^donvichutriphoihop|^chutriphoihop|^phancong|^donvichutricoquanphoihop"),
    ("roles", "^coquanchutricoquanphoihop|^donvichutridonviphoihop|^trachnhiem"),
    ("lead", "^chutri|^coquanchutri|^donvichutri|^cqchutri|^dvchutri|^donvithuchien|^coquanthuchien"),
    ("lead", "^donvichiutrachnhiem|^coquanchiutrachnhiem|^donviphutrach|^coquanphutrach|^daumoi"),
    ("lead", "^coquanthammuu|^donvithammuu"),
    ("lead", "^donvidaumoi|^coquandonvichutri|^coquandonvithuchien|^bophanchutri|^coquandaumoi|coquan"),
    ("lead", "coquandonvi|donvi|^tochuccanhanchutri|^noithuchien"),
    ("support", "^phoihop|^coquanphoihop|^donviphoihop|^cqphoihop|^dvphoihop|^coquandonviphoihop"),
    ("support", "^cacdonviphoihop|^caccoquanphoihop|^bophanphoihop|^tochuccanhanphoihop"),
    ("implementers", "^lucluong"),
    ("deadline", "^hanxuly|^hancuoi|^hannop|^ngayhethan|deadline"),
    ("deadline", "^thoihan|^hanhoanthanh|^thoigian|^tiendo|^hoanthanhtruoc|^ngayhoanthanh|han"),
    ("deadline", "^hoanthanh|^ketthuc|^denngay|^thoidiemhoanthanh|^mochoanthanh|^lotrinh|^thoidiem"),
    ("title", "^nhiemvu|^tennhiemvu|^noidung|^tenmohinh|^mohinh|^congviec|^tencongviec|^cacnhiemvu"),
    ("title", "^noidungnhiemvu|^noidungcongviec|^chitieu|^tenchitieu|^hoatdong|^nhiemvugiaiphap"),
    ("title", "^viec|^dauviec|^danhmuc|^ten|^giaiphap|^tieuchi|^cacnoidung|^cachoatdong|^deansan|^vande"),
    ("extra", "^ngaygiao"),
)  # fmt: skip

# Where several columns could be the title, the first of these that one begins with is it.
_TITLES: Final = (
    "nhiemvu", "tennhiemvu", "noidungnhiemvu", "noidungcongviec", "tencongviec", "congviec", "mohinh",
    "tenmohinh", "noidung", "hoatdong", "tenchitieu", "chitieu",
)  # fmt: skip

LONGEST: Final = 120  # characters of a heading


def key_of(heading: str) -> str | None:
    """The key that a heading stands for; None for one that de06 does not know."""
    text = " ".join(heading.split())
    if not text or len(text) > LONGEST:
        return None
    folded = fold(re.sub(r"\([^()]*\)", " ", text)) or fold(text)
    for key, forms in _HEADINGS:
        for form in forms.split("|"):
            begins = form.startswith("^")
            bare = form.removeprefix("^")
            if folded == bare or (begins and folded.startswith(bare)):
                return key
    return None


def title_rank(heading: str) -> int:
    """How likely the heading is the title's among several; 0 is the likeliest."""
    folded = fold(heading)
    ranks = [rank for rank, form in enumerate(_TITLES) if folded.startswith(form)]
    return ranks[0] if ranks else len(_TITLES)


def key_of_joined(upper: str, leaf: str) -> str | None:
    """The key of a heading in two levels: the lower one says more, the upper one what it is about."""
    own = key_of(leaf)
    if own in {None, "number", "output"} and upper:
        above = key_of(upper)
        joined = key_of(f"{upper} {leaf}")
        if above in {"basis", "group", "roles"} and own is None:
            return "extra" if above != "roles" else joined if joined != "roles" else None
        return own or joined
    return own
