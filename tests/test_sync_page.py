"""What docs/sync.md and its English tell is tried: the commands, the question, the refusals they name."""

from __future__ import annotations

import re
import shlex
import sys

import pytest
import support
from sharing import Clone, Office, at_terminal

PAGES = {
    "vi": (support.ROOT / "docs" / "sync.md").read_text("utf-8"),
    "en": (support.ROOT / "docs" / "sync.en.md").read_text("utf-8"),
}
ADDRESS = {"vi": "ĐỊA-CHỈ-KHO-CHUNG", "en": "ADDRESS-OF-THE-REPOSITORY"}
LOST = {"vi": "khi gộp đã mất", "en": "lost in the merge"}
REFUSALS = {"vi": "## Khi de06 sync từ chối", "en": "## When de06 sync refuses"}
CATALOGUE = support.ROOT / "src" / "de06cli" / "locale" / "en" / "LC_MESSAGES" / "de06.po"
TODAY = "2023-12-01"


def steps(page: str) -> list[tuple[str, str, str]]:
    """The commands of the page in their order: who types it, the command, what it prints."""
    found = []
    for kind, block in re.findall(r"```(console|text)\n(.*?)```", page, re.DOTALL):
        for who, command, answer in re.findall(
            r"^(\w+)\$ (.*)\n((?:(?!\w+\$ ).*\n)*)", block, re.MULTILINE
        ):
            found.append((who, command, answer if kind == "console" else f"?{answer}"))
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="the question is asked on a pseudo-terminal")
@pytest.mark.parametrize("lang", PAGES)
def test_the_commands_of_the_page_print_what_it_shows(lang, tmp_path):
    told = {"DE06_TODAY": TODAY, "DE06_LANG": lang}
    office = Office(tmp_path)
    office.found(support.MODELS_FILE)
    people = {"an": Clone(tmp_path / "an", "an"), "binh": office.clone("binh")}
    people["an"].home.mkdir()

    for who, command, answer in steps(PAGES[lang]):
        clone, (program, *arguments) = people[who], shlex.split(command)
        if program == "git":
            named = [one.replace(ADDRESS[lang], str(office.hub)) for one in arguments]
            support.git(clone.home, *named)
            clone.git("config", "user.name", "an")
            clone.git("config", "user.email", "an@example.vn")
        elif program == "cd":
            assert (clone.home / arguments[0]) == clone.root
        elif answer.startswith("?"):
            shown = at_terminal(clone, *arguments, typed="1\n", **told)
            assert (shown.returncode, answer[1:] in shown.stdout) == (0, True), shown
            assert "51/BC-CAH" in office.shared()
        else:
            run = clone.de06(*arguments, **told)
            assert (run.returncode, run.stdout) == (0, answer), command

    said = people["an"].de06("log", "9.3", **told).stdout
    assert LOST[lang] in said
    assert LOST[lang] in PAGES[lang]
    assert len(steps(PAGES[lang])) > 9


def refusals(lang: str) -> list[str]:
    table = PAGES[lang].split(REFUSALS[lang])[1]
    return re.findall(r"^\| “(.+?)” \|", table, re.MULTILINE)


@pytest.mark.parametrize("lang", PAGES)
def test_every_refusal_of_the_page_is_one_of_de06(lang):
    joined = "".join(
        re.findall(r'^(?:msgid |msgstr )?"(.*)"$', CATALOGUE.read_text("utf-8"), re.MULTILINE)
    )
    assert len(refusals(lang)) == 18
    assert [said for said in refusals(lang) if said not in joined] == []


def test_the_page_does_without_words_of_git():
    prose = re.sub(r"```.*?```|`[^`]*`", "", PAGES["vi"], flags=re.DOTALL)
    assert re.findall(r"(?i)\b(commit|push|merge|pull|rebase|branch|repository)\b", prose) == []
