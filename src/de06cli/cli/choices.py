"""The meanings of the values of options, for help."""

from __future__ import annotations

from de06cli.messages import N_

_FORMATS = {
    "table": N_("bảng để đọc"),
    "text": N_("văn bản để đọc"),
    "json": N_("cho chương trình, đủ mọi trường"),
    "csv": N_("bảng cho Excel, dấu phẩy giữa các ô"),
    "tsv": N_("bảng, dấu Tab giữa các ô"),
    "md": N_("bảng Markdown"),
    "ids": N_("chỉ số hiệu, mỗi dòng một số"),
    "xlsx": N_("trang tính Excel, nhập lại được"),
    "docx": N_("văn bản Word"),
    "html": N_("trang mở bằng trình duyệt"),
    "ics": N_("lịch các thời hạn"),
    "site": N_("thư mục cho máy chủ web: trang, lịch từng đơn vị, dữ liệu"),
    "parquet": N_("cho công cụ phân tích dữ liệu"),
    "github": N_("ghi chú trên GitHub"),
    "sarif": N_("cho công cụ kiểm tra mã nguồn"),
}

_BY_OPTION = {
    "--format": _FORMATS,
    "--role": {
        "lead": N_("đơn vị chủ trì"),
        "support": N_("đơn vị phối hợp"),
        "implementer": N_("lực lượng triển khai"),
        "step": N_("đơn vị thực hiện bước"),
    },
    "--state": {
        "done_on_time": N_("hoàn thành đúng hạn"),
        "done_late": N_("hoàn thành quá hạn"),
        "open_in_time": N_("chưa hoàn thành, trong hạn"),
        "open_overdue": N_("chưa hoàn thành, quá hạn"),
        "ongoing": N_("thường xuyên"),
        "undated": N_("chưa xác định thời hạn"),
        "stopped": N_("dừng thực hiện"),
        "open": N_("chưa hoàn thành, trong hạn hoặc quá hạn"),
        "done": N_("hoàn thành, đúng hạn hoặc quá hạn"),
        "due_soon": N_("sắp đến hạn"),
    },
    "--status": {
        "todo": N_("chưa thực hiện"),
        "doing": N_("đang thực hiện"),
        "blocked": N_("vướng mắc"),
        "done": N_("hoàn thành"),
        "skipped": N_("không thực hiện"),
        "open": N_("chưa hoàn thành: chưa thực hiện, đang thực hiện hoặc vướng mắc"),
    },
    "--evidence": {"missing": N_("đã hoàn thành mà chưa có minh chứng, hoặc thiếu tệp")},
    "--sort": {
        "due": N_("theo thời hạn, sớm nhất trước"),
        "model": N_("theo số hiệu"),
        "lead": N_("theo đơn vị chủ trì"),
        "late": N_("theo số ngày quá hạn, nhiều nhất trước"),
        "overdue": N_("theo số nhiệm vụ quá hạn, nhiều nhất trước"),
        "rate": N_("theo tỷ lệ hoàn thành, thấp nhất trước"),
        "total": N_("theo tổng số nhiệm vụ, nhiều nhất trước"),
    },
    "--by": {
        "plan": N_("mỗi kế hoạch một dòng"),
        "agency": N_("mỗi đơn vị chủ trì một dòng"),
        "level": N_("mỗi cấp (tỉnh, huyện, xã) một dòng"),
        "month": N_("mỗi tháng của thời hạn một dòng"),
        "group": N_("mỗi nhóm nhiệm vụ một dòng"),
        "waiting": N_("mỗi đơn vị mà nhiệm vụ chưa hoàn thành đang chờ một dòng"),
        "basis": N_("mỗi văn bản giao nhiệm vụ một dòng"),
    },
    "--period": {
        "month": N_("tháng"),
        "quarter": N_("quý"),
        "half": N_("6 tháng đầu hoặc cuối năm"),
        "year": N_("năm"),
    },
    "--every": {
        "week": N_("hằng tuần"),
        "month": N_("hằng tháng"),
        "quarter": N_("hằng quý"),
        "half": N_("6 tháng một lần"),
        "year": N_("hằng năm"),
    },
}


def meanings(option: str, metavar: str | None) -> dict[str, str]:
    """The values that an option chooses from, each with the message that explains it.

    Empty where any text may be typed, and for options whose values explain themselves. A value without
    an explanation of its own has "".
    """
    known = _BY_OPTION.get(option, {})
    values = (metavar or "").split("|")
    if len(values) < 2 or not any(value in known for value in values):
        return {}
    return {value: known.get(value, "") for value in values}
