"""The generated documents: everything that repeats what de06 itself says.

python scripts/docs.py           writes them
python scripts/docs.py --check   exits with 1 and names those that are not up to date

- ``README.md`` and the guides: in a block that begins with ``$ de06 …``, what follows such a line is what
  it prints, in the language of the page;
- ``docs/commands.md``: the help of every command;
- ``docs/findings.md``: every finding of ``check``, by its code (``scripts/findings_page.py``);
- ``docs/data-file.md``: every key of the plan's file (``scripts/fields_page.py``);
- ``docs/json.md``: every key of the answers in JSON (``scripts/json_page.py``);
- ``data/models.schema.json``: the JSON Schema of the data file;
- ``docs/*.svg``: the terminals that the pages show, as ``docs/terminals.py`` draws them;
- ``docs/captures``: what terminals of several widths show, but not ``docs/captures/before``.

A page has its English beside it, NAME.en.md. All of them are on days of their own, so that they change only
when de06 does.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from concurrent.futures import ThreadPoolExecutor

import fields_page
import findings_page
import json_page
from answers import LANGUAGES, ROOT, beside, printed

from de06cli.cli.command_table import COMMANDS

sys.path.insert(0, str(ROOT / "docs"))
import pictures
import terminals

_CONSOLE_BLOCK = re.compile(r"(?<=^```console\n)\$ de06.*?(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND_LINE = re.compile(r"^\$ de06 ?(.*)$", re.MULTILINE)


def written_by_hand() -> list[str]:
    """The pages whose console blocks are generated: both READMEs, the guides and those beside them."""
    guides = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/huong-dan/*.md")]
    return ["README.md", "README.en.md", *sorted(guides)]


def answered(name: str) -> str:
    """The page with what its commands print now."""
    lang = "en" if name.endswith(".en.md") else "vi"
    text = (ROOT / name).read_text("utf-8")
    return _CONSOLE_BLOCK.sub(lambda block: _with_answers(block[0], lang), text)


def _with_answers(block: str, lang: str) -> str:
    lines = _COMMAND_LINE.findall(block)
    return "\n".join(f"$ de06 {line}\n{printed(shlex.split(line), lang)}" for line in lines)


def commands(lang: str) -> str:
    """Every command's help, in the order of the table."""
    title = {
        "vi": "# Lệnh của de06\n\nTrang này do `scripts/docs.py` viết từ chính de06.\n",
        "en": "# Commands of de06\n\n`scripts/docs.py` writes this page from de06 itself.\n",
    }[lang]
    names: list[list[str]] = [[], *([name] for name in COMMANDS)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        helps = pool.map(lambda name: printed([*name, "--help"], lang), names)
    return title + "".join(
        f"\n## {' '.join(['de06', *name])}\n\n```text\n{text}```\n"
        for name, text in zip(names, helps, strict=True)
    )


def documents() -> dict[str, str]:
    """The text that each generated document should have."""
    of_languages = {
        "commands": commands,
        "data-file": fields_page.page,
        "findings": findings_page.page,
        "json": json_page.page,
    }
    return {
        **{name: answered(name) for name in written_by_hand()},
        **{
            beside(f"docs/{name}.md", lang): write(lang)
            for name, write in of_languages.items()
            for lang in LANGUAGES
        },
        "data/models.schema.json": printed(["schema"]),
        **{f"docs/{name}": svg for name, svg in terminals.pictures(pictures.shown()).items()},
        **{f"docs/captures/{name}": text for name, text in pictures.captures().items()},
    }


def main() -> int:
    stale = []
    for name, text in documents().items():
        path = ROOT / name
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv[1:]:
                path.write_text(text, "utf-8", newline="\n")
    if "--check" in sys.argv[1:] and stale:
        print(f"Not up to date: {', '.join(stale)}. Run python scripts/docs.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
