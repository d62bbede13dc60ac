"""The doorway to Jinja2: self-contained pages, and templates that an office has written; in both, what
people typed is text and nothing else.

A page carries its styles and its script itself and allows no others, so that it works from a mail or a
shared folder and asks for nothing from anywhere. Its skeleton is ``templates/base.html``. What people
typed is never part of its script, and of its styles only as the running head of paper, each character
by its number.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files

from jinja2 import (
    DictLoader,
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    UndefinedError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from de06cli.messages import _, language, ngettext
from de06cli.views import words


def rendered(
    template: str,
    *,
    styles: Sequence[str],
    script: str | None = None,
    running: tuple[str, str] = ("", ""),
    **values: object,
) -> str:
    """The page that ``template``, which extends ``base.html``, makes of ``values``.

    ``styles`` and ``script`` name files beside it; ``running`` is printed at the top of each sheet, left
    and right. A text among ``values`` is escaped, and its characters that would steer its reader are made
    visible.
    """
    style = "".join(map(_asset, styles)) + _running_head(*running)
    program = _asset(script) if script else ""
    allowed = f"script-src '{_hash(program)}'; " if program else ""
    return _environment().get_template(template).render(
        language=language(),
        style=Markup(style),  # noqa: S704 - the package's own
        script=Markup(program),  # noqa: S704
        policy=f"default-src 'none'; style-src '{_hash(style)}'; {allowed}"
        "base-uri 'none'; form-action 'none'",
        **values,
    )  # fmt: skip


def _running_head(left: str, right: str) -> str:
    """The rule that prints the texts at the top of each sheet: of a margin only a style can say what
    stands in it."""
    if not left and not right:
        return ""
    return (
        f"@page {{ @top-left {{ content: {_quoted(left)} }}"
        f" @top-right {{ content: {_quoted(right)} }} }}\n"
    )


def _quoted(text: str) -> str:
    """A text as a string of a style, in which nothing but its letters and digits stands as it is."""
    plain = words.visible(words.one_line(text))
    escaped = (
        char if char.isascii() and char.isalnum() else f"\\{ord(char):06x}" for char in plain
    )
    return f'"{"".join(escaped)}"'


def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_readable,
    )
    environment.globals |= {"_": _, "ngettext": ngettext}
    return environment


def _asset(name: str) -> str:
    return files("de06cli.views.page").joinpath("templates", name).read_text("utf-8")


def _readable(value: object) -> object:
    """Text without characters that would steer its reader; what is markup already stays."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return words.visible(value)
    return value


def _hash(text: str) -> str:
    """The text as a page's policy names it."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


# Templates that an office has written ---------------------------------------------------------------

# What can be wrong with one.
BadTemplate = TemplateError
UnknownName = UndefinedError  # whose message is just that name


class _Unknown(StrictUndefined):
    """The error for a name in a template that has no value; its message is the name."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


def sandbox() -> Environment:
    """For an office's template of a document in XML: nothing but its values can be reached, and no text
    among them becomes a part of the template or of the XML."""
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader({}), autoescape=True, undefined=_Unknown, finalize=_as_text
    )
    del environment.filters["safe"]
    return environment


def _as_text(value: object) -> object:
    """A value as XML. The library that fills documents makes a tag of {_{ once it is filled in, so that
    braces are written as numbers."""
    if hasattr(value, "__html__"):
        return value
    text = str(escape(words.printable(str(value))))
    return Markup(text.replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 - just escaped
