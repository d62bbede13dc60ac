"""What docs/sync.md tells the staff is tried: its commands, its question, and the refusals it names."""

from __future__ import annotations

import re
import shlex
import sys

import pytest
import support
from sharing import Clone, Office, at_terminal

PAGE = (support.ROOT / "docs" / "sync.md").read_text("utf-8")
CATALOGUE = support.ROOT / "src" / "de06cli" / "locale" / "en" / "LC_MESSAGES" / "de06.po"
TODAY = "2023-12-01"


def steps() -> list[tuple[str, str, str]]:
    """The commands of the page in their order: who types it, the command, what it prints."""
    found = []
    for kind, block in re.findall(r"```(console|text)\n(.*?)```", PAGE, re.DOTALL):
        for who, command, answer in re.findall(
            r"^(\w+)\$ (.*)\n((?:(?!\w+\$ ).*\n)*)", block, re.MULTILINE
        ):
            found.append((who, command, answer if kind == "console" else f"?{answer}"))
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="the question is asked on a pseudo-terminal")
def test_the_commands_of_the_page_print_what_it_shows(tmp_path):
    office = Office(tmp_path)
    office.found(support.MODELS_FILE)
    people = {"an": Clone(tmp_path / "an", "an"), "binh": office.clone("binh")}
    people["an"].home.mkdir()

    for who, command, answer in steps():
        clone, (program, *arguments) = people[who], shlex.split(command)
        if program == "git":
            named = [one.replace("ĐỊA-CHỈ-KHO-CHUNG", str(office.hub)) for one in arguments]
            support.git(clone.home, *named)
            clone.git("config", "user.name", "an")
            clone.git("config", "user.email", "an@example.vn")
        elif program == "cd":
            assert (clone.home / arguments[0]) == clone.root
        elif answer.startswith("?"):
            shown = at_terminal(clone, *arguments, typed="1\n", DE06_TODAY=TODAY)
            assert (shown.returncode, answer[1:] in shown.stdout) == (0, True), shown
            assert "51/BC-CAH" in office.shared()
        else:
            run = clone.de06(*arguments, DE06_TODAY=TODAY)
            assert (run.returncode, run.stdout) == (0, answer), command

    said = people["an"].de06("log", "9.3", DE06_TODAY=TODAY).stdout
    assert "khi gộp đã mất" in said
    assert len(steps()) > 9


def refusals() -> list[str]:
    table = PAGE.split("## Khi de06 sync từ chối")[1]
    return re.findall(r"^\| “(.+?)” \|", table, re.MULTILINE)


def test_every_refusal_of_the_page_is_one_of_de06():
    joined = "".join(re.findall(r'^(?:msgid )?"(.*)"$', CATALOGUE.read_text("utf-8"), re.MULTILINE))
    assert len(refusals()) == 18
    assert [said for said in refusals() if said not in joined] == []


def test_the_page_does_without_words_of_git():
    prose = re.sub(r"```.*?```|`[^`]*`", "", PAGE, flags=re.DOTALL)
    assert re.findall(r"(?i)\b(commit|push|merge|pull|rebase|branch|repository)\b", prose) == []
