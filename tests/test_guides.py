"""Every command of the guides runs as it stands there, in an office that has what the guides speak of."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import annexes
import filling
import pages
import pytest
import support
from postbox import Postbox
from sharing import install_hook

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the guides are tried in bash")

COMMANDS = sorted({command for page in pages.written_pages() for command in pages.commands(page)})
# What installs packages, or sets up where they were installed: .ci/run runs it, and scripts/installs.sh.
INSTALLING = ("pip install", "pip wheel")
# Commands whose answer is in their exit code.
ANSWERS = {"de06 overdue --exit-code > /dev/null": 1}
ADDRESSES = ("ĐỊA-CHỈ-KHO-CHUNG", "ADDRESS-OF-THE-REPOSITORY")
# The plan of an office with targets and recurring duties; its commands have addresses of their own.
OTHER_PLAN = ("III-3", "I-4@")
COLUMN = "Đầu việc"  # a heading that draft does not know

HISTORY = """\
start 9.1 --date 2023-10-02 --by CAH
start 8.1 --date 2023-10-03 --by PTP
done 9.1 --date 2023-11-20 --by CAH --evidence 44/BC-CAH
block 12.2 --date 2023-11-28 --by PKTHT --note "nhà xe chưa thống nhất"
"""


class World:
    """An office: a plan in a repository that is shared, plans of a province, documents, a mail server.

    It is made once, and put back at the same place before each command.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "office"
        self.kept = folder / "kept"
        self.home = self.folder / "home"
        self.plan = self.home / "ke-hoach"
        self.empty = self.home / "trong"  # a folder with documents and no plan
        self.hub = self.folder / "hub.git"
        self.new_hub = self.folder / "new.git"

    def found(self) -> None:
        for folder in (
            ".local/share/bash-completion/completions",
            ".zfunc",
            ".config/fish/completions",
        ):
            (self.home / folder).mkdir(parents=True)
        install_hook(self.folder / "bin" / "de06", f'exec "{sys.executable}" -m de06cli "$@"')
        self._found_plan()
        self._found_province()
        annexes.resolution(self.plan / "phu-luc.docx")
        self._found_sheet(self.plan / "phu-luc.xlsx", "Nhiệm vụ")
        self._found_sheet(self.plan / "bang.xlsx", COLUMN)
        shutil.copytree(support.ROOT / "examples", self.plan / "examples")
        self.empty.mkdir()
        for name in ("phu-luc.docx", "phu-luc.xlsx"):
            shutil.copy(self.plan / name, self.empty)
        self.de06("export", "cah.xlsx", "--agency", "CAH")
        done = {"status": "Hoàn thành", "date": "05/01/2024", "by": "CAH", "evidence": "02/BC-CAH"}
        filling.fill(self.plan / "cah.xlsx", {(9, 3): done})
        self.de06("start", "10.1", "--date", "2024-01-08", "--by", "CAH")  # not shared yet
        shutil.copytree(self.folder, self.kept, symlinks=True)

    def _found_plan(self) -> None:
        for hub in (self.hub, self.new_hub):
            support.git(self.folder, "init", "-q", "--bare", "-b", "main", str(hub))
        (self.plan / "data").mkdir(parents=True)
        text = support.MODELS_TEXT
        assert "email: null" not in text
        mailed = text.replace("  - code: CAH\n", "  - code: CAH\n    email: cah@example.vn\n", 1)
        (self.plan / "data" / "models.yaml").write_text(mailed, "utf-8")
        (self.plan / ".gitignore").write_text("*\n!data\n!data/models.yaml\n", "utf-8")
        support.git(self.plan, "init", "-q", "-b", "main")
        support.git(self.plan, "add", "data/models.yaml")
        self._commit("2023-09-01")
        for number, line in enumerate(HISTORY.splitlines()):
            subprocess.run(
                ["bash", "-c", f"de06 {line}"], cwd=self.plan, env=self.variables(), check=True,
                capture_output=True,
            )  # fmt: skip
            self._commit(f"2023-{10 + number // 2}-2{number}")
        support.git(self.plan, "remote", "add", "origin", str(self.hub))
        support.git(self.plan, "push", "-q", "-u", "origin", "main")

    def _commit(self, day: str) -> None:
        dated = {f"GIT_{who}_DATE": f"{day}T08:00:00+0700" for who in ("AUTHOR", "COMMITTER")}
        subprocess.run(
            ["git", "commit", "-q", "-a", "-m", "Tiến độ"], cwd=self.plan,
            env=self.variables() | dated, check=True,
        )  # fmt: skip

    def _found_province(self) -> None:
        (self.plan / "huyen").mkdir()
        for code in ("HONQUAN", "LOCNINH"):
            text = support.MODELS_TEXT.replace("code: HONQUAN", f"code: {code}", 1)
            (self.plan / "huyen" / f"{code.lower()}.yaml").write_text(text, "utf-8")

    def _found_sheet(self, path: Path, heading: str) -> None:
        from openpyxl import Workbook

        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["STT", heading, "Thời hạn", "Chủ trì"])
        sheet.append([1, "Cấp căn cước cho người cao tuổi tại nhà", "30/10/2023", "Công an xã"])
        sheet.append([2, "Thu phí không dùng tiền mặt", "Quý I/2024", "Văn phòng UBND xã"])
        book.save(path)

    def variables(self, **changes: str) -> dict[str, str]:
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return support.environment(self.home, PATH=path, **changes)

    def de06(self, *arguments: str) -> None:
        answer = support.run(*arguments, home=self.home, cwd=self.plan)
        assert answer.returncode == 0, answer.stderr

    def typed(self, command: str, mail_port: int) -> support.Run:
        """The command as it is typed in the plan's folder, or in an empty one where it makes a plan."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder, symlinks=True)
        if "import" not in command:
            (self.plan / "cah.xlsx").unlink()
        changes = {
            "DE06_SMTP_URL": f"smtp://127.0.0.1:{mail_port}",
            "DE06_MAIL_FROM": "to-cong-tac@example.vn",
        }
        if any(address in command for address in OTHER_PLAN):
            changes |= {"DE06_DATA": "examples/chuyen-doi-so.yaml", "DE06_TODAY": "2025-11-15"}
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self._of_this_office(command)],
            cwd=self.empty if "de06 init" in command else self.plan,
            env=self.variables(**changes),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def _of_this_office(self, command: str) -> str:
        """The command with an address in place of the word for it; PowerShell's part of a pipe is cut off."""
        for word in ADDRESSES:
            command = command.replace(
                word, str(self.new_hub if "remote add" in command else self.hub)
            )
        return command.removesuffix(" | Out-String | Invoke-Expression")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = World(tmp_path_factory.mktemp("guides"))
    made.found()
    return made


@pytest.fixture(scope="module")
def mail_port() -> Iterator[int]:
    with Postbox() as postbox:
        yield postbox.port


@pytest.mark.parametrize(
    "command", [one for one in COMMANDS if not any(word in one for word in INSTALLING)]
)
def test_a_command_of_the_guides_runs(command, world, mail_port):
    answer = world.typed(command, mail_port)

    assert answer.returncode == ANSWERS.get(command, 0), answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_guides_have_commands_and_none_is_excepted_that_is_not_there():
    assert len(COMMANDS) > 100
    assert ANSWERS.keys() <= set(COMMANDS)
    assert all(any(word in command for command in COMMANDS) for word in (*INSTALLING, *ADDRESSES))


@pytest.mark.parametrize(
    "page", sorted(pages.DOCS.glob("huong-dan/*.md")), ids=lambda page: page.name
)
def test_a_guide_and_its_english_have_the_same_parts(page):
    if page.name.endswith(pages.ENGLISH):
        assert page.with_name(page.name.replace(pages.ENGLISH, ".md")).exists()
        return
    english = page.with_name(page.name.replace(".md", pages.ENGLISH))

    def shape(path: Path) -> list[str]:
        words = [" ".join(command.split()[:3]) for command in pages.commands(path)]
        return [
            *words,
            *(
                line.split(" ")[0]
                for line in path.read_text("utf-8").splitlines()
                if line[:1] == "#"
            ),
        ]

    assert shape(english) == shape(page)


def test_the_commands_of_windows_are_those_of_other_systems():
    """PowerShell's lines, with its paths written as those of a shell, are lines of the same page."""
    for page in pages.written_pages():
        for block in pages.blocks(page, "powershell"):
            steps = (
                block.strip().replace("py -3", "python3").replace(".venv\\Scripts\\", ".venv/bin/")
            )
            assert "\\" not in steps
            assert [step.split()[0] for step in steps.split("; ")] == [
                "python3",
                ".venv/bin/pip",
                ".venv/bin/de06",
            ]
