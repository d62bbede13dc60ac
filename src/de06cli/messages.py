"""The words that people read, in the language of this run.

Messages are written in Vietnamese; the catalogues in ``locale`` hold the other languages. The face
chooses the language once, before anything is rendered; Vietnamese needs no catalogue at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from gettext import NullTranslations

LANGUAGES = ("vi", "en")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

_catalogue: NullTranslations | None = None


def use(language: str) -> None:
    """Speak ``language``, one of ``LANGUAGES``, from now on."""
    global _catalogue  # noqa: PLW0603 - one process speaks one language
    if language == "vi":
        _catalogue = None
        return
    _catalogue = _read(language)


def _read(language: str) -> NullTranslations:
    from gettext import translation  # noqa: PLC0415 - Vietnamese does not pay for it
    from pathlib import Path  # noqa: PLC0415

    return translation("de06", Path(__file__).with_name("locale"), [language])


def language() -> str:
    """The language spoken now."""
    return "vi" if _catalogue is None else "en"


def _(message: str) -> str:
    """The message in the language spoken now."""
    return message if _catalogue is None else _catalogue.gettext(message)


def in_every_language(message: str) -> list[str]:
    """The message in Vietnamese, and in all other languages."""
    return [message, *(_read(other).gettext(message) for other in LANGUAGES if other != "vi")]


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message in the form that ``n`` asks for. Vietnamese has one form for all."""
    if _catalogue is None:
        return singular
    return _catalogue.ngettext(singular, plural, n)


def day(value: date) -> str:
    """The day as people write it: 05/02/2024 in Vietnamese, 5 Feb 2024 in English."""
    if language() == "vi":
        return day_in_figures(value)
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def day_in_figures(value: date) -> str:
    """The day as every document of an office has it: 05/02/2024. strftime takes five times as long."""
    return f"{value.day:02}/{value.month:02}/{value.year}"


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Marks a message for the catalogue; it is translated where it is shown."""
    return message
