"""One call of git: always the user's own program, in an environment that changes none of its answers."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from de06cli.errors import UnreadableData
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple

# Of git's variables these alone are handed on: where its settings and programs lie, how it reaches other
# machines, and who the user is. What git itself sets for hooks and aliases names another repository, index
# or prefix; the rest traces, colours, pages or reads paths in another way.
_KEPT = (
    "GIT_ASKPASS", "GIT_ALLOW_PROTOCOL", "GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH",
    "GIT_TERMINAL_PROMPT",
)  # fmt: skip
_KEPT_BEGINNINGS = (
    "GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_HTTP_", "GIT_PROXY_", "GIT_SSH", "GIT_SSL_", "GIT_TEST_",
)  # fmt: skip
_SET = {
    "LC_ALL": "C",  # git's own lines are recognised, and shown, in one language
    "GIT_TRACE2": "0",  # which settings of git may have sent to standard error
    "GIT_TRACE2_EVENT": "0",
    "GIT_TRACE2_PERF": "0",
}

Answer = subprocess.CompletedProcess[bytes]


class Git(NamedTuple):
    """The git of a user with these ``variables``, those of the process.

    ``pushed`` are variables that only a hook knows: where the objects of a push lie.
    """

    variables: Mapping[str, str]
    pushed: Mapping[str, str] = MappingProxyType({})

    def run(
        self, folder: Path, *arguments: str, stdin: bytes = b"", seconds: float | None = None
    ) -> Answer:
        """Git's answer in ``folder``, whatever its exit code; after so many ``seconds`` it is ended.

        Raises UnreadableData where there is no git, where it can't be run, or took longer.
        """
        path = self.variables.get("PATH", os.defpath)
        program = find_program(path, windows=os.name == "nt")
        if program is None:
            raise UnreadableData(
                _(
                    "Không tìm thấy git trên máy này. Hãy cài git (git-scm.com) rồi mở cửa sổ dòng lệnh "
                    "mới; không có git vẫn xem, ghi nhận, xuất và nhập Excel được."
                )
            )
        try:
            return subprocess.run(  # noqa: S603 - the arguments are our own
                [program, "-C", str(folder), "--no-pager", *arguments],
                capture_output=True,
                check=False,
                input=stdin,
                env={**_environment(self.variables), **self.pushed},
                timeout=seconds,
            )
        except subprocess.TimeoutExpired:
            raise UnreadableData(
                _("Máy chủ không trả lời sau {seconds} giây.").format(seconds=round(seconds or 0))
            ) from None
        except OSError as error:
            raise UnreadableData(
                _("Không chạy được git ({program}): {reason}.").format(
                    program=program, reason=error.strerror or error
                )
            ) from None


def find_program(path: str, *, windows: bool) -> str | None:
    """The git of the first folder of ``path`` that has one.

    The current folder is none of them, whether Windows would look there first, or an entry is empty or
    relative: what lies in a folder of plans is never run.
    """
    name = "git.exe" if windows else "git"
    folders = [entry.strip('"') if windows else entry for entry in path.split(os.pathsep)]
    tried = (os.path.join(entry, name) for entry in folders if os.path.isabs(entry))  # noqa: PTH117, PTH118 - as PATH has it
    return next((program for program in tried if shutil.which(program)), None)


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    kept = {
        name: value
        for name, value in variables.items()
        if not name.upper().startswith("GIT_") or name in _KEPT or name.startswith(_KEPT_BEGINNINGS)
    }
    return kept | _SET


def failed(answer: Answer) -> UnreadableData:
    """The error that git could not do what it was asked, in its own words."""
    return UnreadableData(_("git báo lỗi: {reason}").format(reason=own_words(answer)))


def own_words(answer: Answer) -> str:
    """The lines in which git says what is wrong; without any, how it ended."""
    text = answer.stderr.decode("utf-8", "replace").replace(":\n\t", ": ")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("error:", "fatal:", "warning: ignoring"))]
    if lines:
        return "; ".join(dict.fromkeys(errors or lines[-1:]))
    if answer.returncode < 0:
        return _("bị ngắt (tín hiệu {number})").format(number=-answer.returncode)
    return _("kết thúc với mã {code}").format(code=answer.returncode)
