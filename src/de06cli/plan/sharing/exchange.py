"""What others have shared is fetched, what is new here is sent; nothing waits for a password."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from de06cli.errors import ChangeRefused
from de06cli.messages import _
from de06cli.plan.committed.git_call import Answer, Git, own_words
from de06cli.plan.sharing.clone import Clone
from de06cli.plan.sharing.refusals import refusal

SECONDS = 300.0  # that a server may take
_SLOW = ("-c", "http.lowSpeedLimit=100", "-c", "http.lowSpeedTime=60")
_SSH = "-o BatchMode=yes -o ConnectTimeout=20"


def fetch(clone: Clone) -> str | None:
    """The commit that the remote branch is now; None where there is no such branch yet.

    Raises UnreadableData where the network or the server fails, or a password is needed.
    """
    refs = f"+refs/heads/{clone.remote_branch}:{clone.tracking}"
    answer = _silent(clone).run(
        clone.root, *_SLOW,
        "fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--end-of-options",
        clone.remote, refs,
        seconds=SECONDS,
    )  # fmt: skip
    if answer.returncode == 0:
        return clone.commit(clone.tracking)
    if re.search(rb"(?i)couldn't find remote ref", answer.stderr):
        return None
    raise refusal(answer)


class Sent(StrEnum):
    """What became of a push."""

    DONE = "done"
    OVERTAKEN = "overtaken"  # somebody was faster


class _Line(NamedTuple):
    """What git says of the one branch that is pushed."""

    flag: str
    summary: str


def push(clone: Clone, commit: str) -> Sent:
    """Sends a commit, and all before it, to the remote branch.

    Raises ChangeRefused where a hook or the server refuses it; UnreadableData where the network fails.
    """
    new = not clone.has_upstream
    source = f"refs/heads/{clone.branch}" if new else commit  # a branch alone can be remembered
    answer = _silent(clone).run(
        clone.root, *_SLOW,
        "push", "--porcelain", "--no-progress", "--no-recurse-submodules", "--no-follow-tags",
        *(["--set-upstream"] if new else []), "--end-of-options", clone.remote,
        f"{source}:refs/heads/{clone.remote_branch}",
        seconds=SECONDS,
    )  # fmt: skip
    if answer.returncode == 0:
        return Sent.DONE
    line = _about_the_branch(answer)
    if line is None:
        if b"failed to push" in answer.stderr and b"fatal:" not in answer.stderr:
            raise _refused(answer, _("Phép kiểm tra riêng của kho git này từ chối gửi."))
        raise refusal(answer)
    if re.search(r"fetch first|non-fast-forward|stale info|cannot lock ref|failed to update ref"
                 r"|incorrect old value|already exists|reference already", line.summary):  # fmt: skip
        return Sent.OVERTAKEN
    why = re.sub(r"^\[[a-z ]+\] \((.*)\)$", r"\1", line.summary)
    raise _refused(answer, _("Kho chung từ chối nhận: {reason}.").format(reason=why))


def _about_the_branch(answer: Answer) -> _Line | None:
    for line in answer.stdout.decode("utf-8", "replace").splitlines():
        flag, _tab, rest = line.partition("\t")
        _refs, _tab, summary = rest.partition("\t")
        if flag == "!" and summary:
            return _Line(flag, summary)
    return None


def _refused(answer: Answer, why: str) -> ChangeRefused:
    said = answer.stderr.decode("utf-8", "replace")
    lines = [
        line.removeprefix("remote:").strip() for line in said.splitlines() if "remote:" in line[:7]
    ]
    own = [
        line for line in said.splitlines() if not line.startswith(("error: failed to push", "To "))
    ]
    words = "\n".join(line for line in lines or own if line.strip()) or own_words(answer)
    sentence = _(
        "{why} Các ghi nhận vẫn ở trên máy này, chưa đến đồng nghiệp. Hãy sửa theo các dòng sau, "
        "hoặc hỏi người phụ trách kho chung, rồi chạy lại de06 sync:"
    ).format(why=why)
    return ChangeRefused(f"{sentence}\n{words}")


def _silent(clone: Clone) -> Git:
    """The user's git, which asks for nothing: what needs an answer fails at once."""
    variables = dict(clone.git.variables)
    variables |= {"GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "", "GCM_INTERACTIVE": "never"}
    if not variables.get("GIT_SSH"):
        chosen = variables.get("GIT_SSH_COMMAND") or _setting(clone, "core.sshCommand") or "ssh"
        variables["GIT_SSH_COMMAND"] = f"{chosen} {_SSH}"
    return clone.git._replace(variables=variables)


def _setting(clone: Clone, key: str) -> str:
    return clone.ask("config", "--get", key).stdout.decode("utf-8", "replace").strip()
