"""The doorway to Jinja2: self-contained pages, in which what people typed is text and nothing else.

A page carries its styles and its script itself and allows no others, so that it works from a mail or a
shared folder and asks for nothing from anywhere. Its skeleton is ``templates/base.html``.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from de06cli.messages import _, language, ngettext
from de06cli.views import words


def rendered(
    template: str, *, styles: Sequence[str], script: str | None = None, **values: Any
) -> str:
    """The page that ``template``, which extends ``base.html``, makes of ``values``.

    ``styles`` and ``script`` name files beside it. A text among ``values`` is escaped, and its
    characters that would steer its reader are made visible.
    """
    style = "".join(map(_asset, styles))
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
    return files("de06cli.views").joinpath("templates", name).read_text("utf-8")


def _readable(value: Any) -> Any:
    """Text without characters that would steer its reader; what is markup already stays."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return words.visible(value)
    return value


def _hash(text: str) -> str:
    """The text as a page's policy names it."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
