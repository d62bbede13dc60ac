"""The catalogue of English messages: kept in step with the sources, and compiled.

python scripts/catalogue.py           takes up new messages, drops those that are gone, compiles
python scripts/catalogue.py --check   exits with 1 where the catalogue is not up to date
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "de06cli"
CATALOGUE = SOURCES / "locale" / "en" / "LC_MESSAGES" / "de06.po"
TEXTS = {"_": 1, "N_": 1, "ngettext": 2}  # how many texts each function takes
HEADER = """\
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def extracted() -> Catalog:
    """The messages of the sources and templates, each with the files that say it."""
    catalogue = Catalog(locale="en")
    for path in sorted(SOURCES.rglob("*.py")):
        file = path.relative_to(SOURCES).as_posix()
        for texts in _messages(ast.parse(path.read_text("utf-8"))):
            catalogue.add(texts if len(texts) > 1 else texts[0], None, [(file, 0)])
    for path in sorted(SOURCES.rglob("*.html")):
        file = path.relative_to(SOURCES).as_posix()
        with path.open("rb") as template:
            for _line, _function, message, _notes in babel_extract(template, list(TEXTS), [], {}):
                given = message if isinstance(message, tuple) else (message,)
                written = tuple(text for text in given if text)
                catalogue.add(written if len(written) > 1 else written[0], None, [(file, 0)])
    return catalogue


def _messages(node: ast.AST) -> Iterator[tuple[str, ...]]:
    """The texts that are written out in calls of ``TEXTS``, from the syntax tree: the tokens that Babel
    looks at show what stands inside an f-string only from Python 3.12 on."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TEXTS:
        given = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        texts = tuple(text for text in given if isinstance(text, str))
        if len(texts) == TEXTS[node.func.id]:
            yield texts
    for child in ast.iter_child_nodes(node):
        yield from _messages(child)


def up_to_date() -> str:
    """The catalogue's text as it should be: the messages of the sources with the known translations."""
    with CATALOGUE.open("rb") as file:
        known = read_po(file, locale="en")
    wanted = extracted()
    for message in wanted:
        if message.id:
            id_ = message.id[0] if isinstance(message.id, tuple) else message.id
            old = known.get(id_)
            if old is not None and isinstance(old.string, tuple) == isinstance(message.id, tuple):
                message.string = old.string
    written = io.BytesIO()
    write_po(written, wanted, width=100, omit_header=True, include_lineno=False, sort_output=False)
    return HEADER + "\n" + written.getvalue().decode("utf-8")


def compile_catalogue() -> None:
    """Writes the ``.mo`` file, in the way in which the build does."""
    sys.path.insert(0, str(ROOT))
    from hatch_build import compile_catalogues  # noqa: PLC0415 -- found by its folder

    compile_catalogues(SOURCES)


def main() -> int:
    text = up_to_date()
    if "--check" in sys.argv[1:]:
        if CATALOGUE.read_text("utf-8") == text:
            return 0
        print("The catalogue is not up to date: run python scripts/catalogue.py", file=sys.stderr)
        return 1
    CATALOGUE.write_text(text, "utf-8", newline="\n")
    compile_catalogue()
    return 0


if __name__ == "__main__":
    sys.exit(main())
