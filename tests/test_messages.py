"""English says what Vietnamese says: every message is translated, with the same placeholders and no
Vietnamese letter left over, and the whole help can be read in it."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest
import support
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from de06cli import messages
from de06cli.cli.command_table import COMMANDS
from de06cli.cli.main import run
from de06cli.messages import N_, _, ngettext


def _script() -> ModuleType:
    path = support.ROOT / "scripts" / "catalogue.py"
    spec = importlib.util.spec_from_file_location("catalogue", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = _script()


@pytest.fixture(scope="module")
def in_sources() -> Catalog:
    return script.extracted()


@pytest.fixture(scope="module")
def english() -> Catalog:
    with script.CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def vietnamese_forms(message: Message) -> tuple[str, ...]:
    """The message as the sources say it: one sentence, or a singular and a plural."""
    return message.id if isinstance(message.id, tuple) else (message.id,)


def english_forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def pairs(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Each translated sentence beside its original."""
    for message in catalogue:
        if message.id and all(english_forms(message)):
            yield from zip(vietnamese_forms(message), english_forms(message), strict=True)


def vietnamese_letters(text: str) -> str:
    """The letters that English does without."""
    return "".join(char for char in text if char.isalpha() and not char.isascii())


def folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _either_case(name: str) -> str:
    """{Step} and {step} are one: the plan's noun, with the capital that its place asks for."""
    return name.casefold() if name in {"Model", "Step"} else name


def placeholders(text: str) -> list[tuple[str, str, str]]:
    """Name, format and conversion of each ``{…}``, in no order of the sentence's own."""
    parsed = Formatter().parse(text)
    return sorted(
        (_either_case(name), form or "", conversion or "")
        for _text, name, form, conversion in parsed
        if name is not None
    )


# The catalogue -----------------------------------------------------------------------------------


def test_messages_are_found_wherever_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "views").mkdir()
    (tmp_path / "views" / "sheet.py").write_text(
        """
TITLES = {"due": N_("Thời hạn")}
line = f"{_('Bước')} {step}: {ngettext('{n} ngày', '{n} ngày', days)}"
long = _(
    "Thêm --yes nếu đúng vậy, "
    "hoặc ghi từng bước."
).format(unit=_("Đơn vị"))
shown = _(TITLES["due"])
""",
        "utf-8",
    )
    (tmp_path / "views" / "page.html").write_text(
        '<h1>{{ _("Tổng hợp") }}</h1>{{ ngettext("{n} ngày", "{n} ngày", days) }}', "utf-8"
    )
    monkeypatch.setattr(script, "SOURCES", tmp_path)
    assert [(message.id, message.locations) for message in script.extracted() if message.id] == [
        ("Thời hạn", [("views/sheet.py", 0)]),
        ("Bước", [("views/sheet.py", 0)]),
        (("{n} ngày", "{n} ngày"), [("views/sheet.py", 0), ("views/page.html", 0)]),
        ("Thêm --yes nếu đúng vậy, hoặc ghi từng bước.", [("views/sheet.py", 0)]),
        ("Đơn vị", [("views/sheet.py", 0)]),
        ("Tổng hợp", [("views/page.html", 0)]),
    ]


def test_every_message_of_the_sources_is_translated(in_sources: Catalog, english: Catalog) -> None:
    untranslated = []
    for message in in_sources:
        first = vietnamese_forms(message)[0]
        translated = english.get(first)
        if first and (translated is None or not all(english_forms(translated))):
            untranslated.append(first)
    assert untranslated == []


def test_the_catalogue_is_up_to_date() -> None:
    assert script.CATALOGUE.read_text("utf-8") == script.up_to_date(), "run scripts/catalogue.py"


def test_the_compiled_catalogue_is_up_to_date(english: Catalog) -> None:
    messages.use("en")
    written = list(pairs(english))
    assert written != []
    compiled = []
    for message in english:
        if message.id and all(english_forms(message)):
            counted = isinstance(message.id, tuple)
            said = [ngettext(*message.id, n) for n in (1, 2)] if counted else [_(message.id)]
            compiled += zip(vietnamese_forms(message), said, strict=True)
    assert compiled == written, "run scripts/catalogue.py"


def test_no_message_is_marked_as_uncertain(english: Catalog) -> None:
    assert [message.id for message in english if message.id and message.fuzzy] == []


# What it says ------------------------------------------------------------------------------------


def test_no_english_message_holds_a_vietnamese_letter(english: Catalog) -> None:
    assert [said for _original, said in pairs(english) if vietnamese_letters(said)] == []


def test_no_english_message_is_the_vietnamese_one(english: Catalog) -> None:
    assert [said for original, said in pairs(english) if folded(original) == folded(said)] == []


def test_the_placeholders_of_a_message_are_those_of_its_original(english: Catalog) -> None:
    differing = [
        (original, said)
        for original, said in pairs(english)
        if placeholders(original) != placeholders(said)
    ]
    assert differing == []


def test_a_message_ends_in_a_full_stop_or_a_colon_where_its_original_does(english: Catalog) -> None:
    """What follows it on the line counts on that. English may ask ("Did you mean …?") instead."""
    differing = [
        (original, said)
        for original, said in pairs(english)
        if not (original.endswith(".") and said.endswith("?"))
        if any(original.endswith(end) != said.endswith(end) for end in ".:")
    ]
    assert differing == []


def test_a_counted_message_has_a_singular_and_a_plural(english: Catalog) -> None:
    counted = [message for message in english if isinstance(message.id, tuple)]
    assert counted != []
    for message in counted:
        singular, plural = english_forms(message)
        assert "" not in (singular, plural)
        assert singular != plural


# The language of a run ---------------------------------------------------------------------------


def test_messages_are_vietnamese_until_a_language_is_chosen() -> None:
    assert messages.language() == "vi"
    assert _("Thời hạn") == "Thời hạn"
    assert [ngettext("{n} ngày", "{n} ngày", n) for n in (1, 2)] == ["{n} ngày", "{n} ngày"]


def test_english_has_two_forms_for_a_number() -> None:
    messages.use("en")
    said = [ngettext("{n} ngày", "{n} ngày", n).format(n=n) for n in (0, 1, 2, 21)]
    assert said == ["0 days", "1 day", "2 days", "21 days"]


def test_a_marked_message_is_translated_only_where_it_is_shown() -> None:
    messages.use("en")
    marked = N_("Thời hạn")
    assert (marked, _(marked)) == ("Thời hạn", "Due")


def test_a_message_that_the_catalogue_lacks_stays_as_it_is() -> None:
    messages.use("en")
    assert _("Chưa ai dịch câu này.") == "Chưa ai dịch câu này."


def test_the_language_can_be_changed_back() -> None:
    messages.use("en")
    assert (messages.language(), _("Chủ trì")) == ("en", "Lead")
    messages.use("vi")
    assert (messages.language(), _("Chủ trì")) == ("vi", "Chủ trì")


# What is read in it ------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_is_english_throughout(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "--help", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Usage: de06 {command} [OPTIONS]")
    assert vietnamese_letters(said) == ""


def test_the_overview_of_commands_is_english_throughout(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DE06_LANG", "en")
    assert run(["--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Usage: de06 COMMAND [OPTIONS]")
    assert vietnamese_letters(said) == ""


def test_the_schema_is_described_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert json.loads(said)["title"] == "de06 plan file"
    assert vietnamese_letters(said) == ""
