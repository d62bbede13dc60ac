"""What git says when it fails, as a sentence with what to type next."""

from __future__ import annotations

import re

from de06cli.errors import ChangeRefused, De06Error, UnreadableData
from de06cli.messages import N_, _
from de06cli.plan.committed.git_call import Answer, own_words

# What git's words look like, whether it is the network's or the server's failure, and what to do.
_KNOWN: tuple[tuple[str, type[De06Error], str], ...] = (
    (
        r"\.lock': File exists",
        ChangeRefused,
        N_(
            "Một chương trình git khác đang dùng kho này, hoặc đã bị tắt giữa chừng. Hãy đợi một lát "
            "rồi chạy lại; nếu không còn chương trình git nào đang chạy thì xóa tệp {lock}."
        ),
    ),
    (
        (
            r"(?i)could not read (Username|Password)|terminal prompts disabled|Authentication failed"
            r"|Permission denied \(|returned error: 40[13]|Invalid username"
        ),
        UnreadableData,
        N_(
            "Máy chủ yêu cầu đăng nhập nên chưa đồng bộ. Hãy chạy git fetch một lần để nhập tên đăng "
            "nhập và mật khẩu hoặc mã truy cập, rồi chạy lại de06 sync."
        ),
    ),
    (
        r"Host key verification failed",
        UnreadableData,
        N_(
            "Máy này chưa biết máy chủ của kho chung nên chưa đồng bộ. Hãy chạy git fetch một lần "
            "và xác nhận máy chủ, rồi chạy lại de06 sync."
        ),
    ),
    (
        (
            r"(?i)could not resolve host|unable to access|connection (refused|timed out|reset)|timed out"
            r"|network is unreachable|no route to host|unable to connect|early EOF|hung up"
        ),
        UnreadableData,
        N_(
            "Không kết nối được với kho chung nên chưa đồng bộ; các ghi nhận vẫn còn trên máy này. "
            "Hãy kiểm tra mạng rồi chạy lại de06 sync."
        ),
    ),
    (
        r"dubious ownership",
        UnreadableData,
        N_(
            "Kho chung thuộc về một tài khoản khác của máy chủ nên git ở đó không mở, và chưa đồng bộ. "
            "Hãy nhờ người quản trị máy chủ gõ một lần: git config --system --add safe.directory "
            "THƯ-MỤC-CỦA-KHO"
        ),
    ),
    (
        (
            r"(?i)does not appear to be a git repository|repository .*not found|not found|No such remote"
            r"|Could not read from remote"
        ),
        UnreadableData,
        N_(
            "Không tìm thấy kho chung ở địa chỉ đã lưu nên chưa đồng bộ. Xem địa chỉ: git remote -v. "
            "Sửa địa chỉ: git remote set-url origin ĐỊA-CHỈ"
        ),
    ),
    (
        r"unrelated histories",
        ChangeRefused,
        N_(
            "Kho này và kho chung không cùng một lịch sử nên không gộp được. Hãy lấy kế hoạch chung "
            "về bằng git clone ĐỊA-CHỈ rồi ghi nhận ở đó."
        ),
    ),
)


def refusal(answer: Answer) -> De06Error:
    """The error that git's failure is: UnreadableData where the network or git failed, ChangeRefused
    where something stands in the way that a person can remove."""
    said = answer.stderr.decode("utf-8", "replace")
    for pattern, kind, sentence in _KNOWN:
        if re.search(pattern, said):
            lock = re.search(r"'([^'\n]+\.lock)'", said)
            text = _(sentence).format(lock=lock[1] if lock else "")
            return kind(f"{text}\n{own_words(answer)}")
    return UnreadableData(_("git báo lỗi: {reason}").format(reason=own_words(answer)))


def hook_refusal(answer: Answer) -> ChangeRefused:
    """That a check of this repository refused what was to be recorded, in its own words."""
    said = answer.stderr.decode("utf-8", "replace").strip() or answer.stdout.decode(
        "utf-8", "replace"
    )
    return ChangeRefused(
        _(
            "Phép kiểm tra riêng của kho git từ chối nên chưa đồng bộ; các ghi nhận vẫn ở trong tệp. "
            "Hãy sửa theo các dòng sau rồi chạy lại de06 sync:\n{words}"
        ).format(words=said.strip() or own_words(answer))
    )
