"""The catalogue of English messages: kept in step with the sources, and compiled.

python scripts/catalogue.py           takes up new messages, drops those that are gone, compiles
python scripts/catalogue.py --check   exits with 1 where the catalogue is not up to date
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "de06cli"
CATALOGUE = SOURCES / "locale" / "en" / "LC_MESSAGES" / "de06.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
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
    """The messages of the sources, each with the files that say it."""
    catalogue = Catalog(locale="en")
    found = sorted(
        extract_from_dir(SOURCES, [("**.py", "python")], keywords=KEYWORDS),
        key=lambda message: (message[0], message[1]),
    )
    for file, _line, message, _comments, context in found:
        catalogue.add(message, None, [(file, 0)], context=context)
    return catalogue


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
