"""The commands of docs/handover.md, run on a copy of the shipped plan as the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import support

PAGE = (support.ROOT / "docs" / "handover.md").read_text("utf-8")
NEW_AGENCIES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
COMMANDS = re.findall(r"^\$ de06 (.*)$", PAGE, re.MULTILINE)


def test_the_commands_of_the_page_do_what_it_says(tmp_path: Path) -> None:
    def run(command: str) -> str:
        found = support.run(
            *shlex.split(command), home=tmp_path, cwd=tmp_path, DE06_TODAY="2026-01-05"
        )
        assert found.returncode == 0, f"{command}: {found.stdout}{found.stderr}"
        return found.stdout

    run("init")
    plan = tmp_path / "data" / "models.yaml"
    text = plan.read_text("utf-8").replace("\nagencies:\n", f"\nagencies:\n{NEW_AGENCIES}", 1)
    plan.write_text(text, "utf-8")
    before = run("list --as-of 31/12/2023")

    said = {command: run(command) for command in COMMANDS}

    former, present, of_2023, sheet = list(said.values())[-4:]
    assert former == present
    assert "CAX (tiếp nhận từ CAH)" in present
    assert not re.search(r"^ *9 ", present, re.MULTILINE)
    assert re.search(r"^ *9 .* CAH ", of_2023, re.MULTILINE)
    assert "tiếp nhận" not in of_2023
    assert "CAH → PC06" in sheet
    assert run("list --as-of 31/12/2023") == before
    assert " E" not in said["check"]
    assert "W410" not in said["check"]
