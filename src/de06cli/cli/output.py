"""Standard output and standard error: written once, whole, in whatever encoding the channel has."""

from __future__ import annotations

import codecs
import errno
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TextIO

from de06cli.cli import environment
from de06cli.cli.environment import IS_WINDOWS
from de06cli.messages import N_, _
from de06cli.views import palette

_ASCII = {
    "–": "-", "—": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "●": "*", "○": "o",
    "◐": "/", "✗": "x", "─": "-", "━": "-", "│": "|", "◆": "#", "◇": "o", "▼": "v", "┬": "+",
    "┄": ".", "├": "|", "╌": "-", "█": "#", "▓": "=", "▒": "~", "░": ".",
    "■": "x", "┼": "+", "đ": "d", "Đ": "D", "\ufeff": "",
}  # fmt: skip


# How a line for people begins, and the colour that stands for it on a terminal.
_LABELS = {
    N_("Lỗi: {message}"): f"\x1b[1;38;5;{palette.RED}m",
    N_("Lưu ý: {doubt}"): f"\x1b[38;5;{palette.AMBER}m",
}


class Unwritable(Exception):
    """The answer could not be written; ``args[0]`` is the operating system's reason."""


class Closed(Exception):
    """The reader of the answer closed the pipe."""


def prepare() -> None:
    """Makes both streams carry as much of Vietnamese as their encoding can.

    A file or a pipe of Windows gets UTF-8, which programs there read, instead of the code page of the
    system, unless a variable of Python asks for another encoding.
    """
    utf8 = IS_WINDOWS and not environment.chooses_encoding()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            if utf8 and not stream.isatty():
                reconfigure(encoding="utf-8")
            # A handler an encoding: the error itself calls all the code pages of Windows "charmap".
            handler = f"de06-{stream.encoding}"
            codecs.register_error(handler, partial(_nearest_letters, stream.encoding))
            reconfigure(errors=handler)


def _nearest_letters(encoding: str, error: UnicodeError) -> tuple[str, int]:
    """A codec's error handler: replaces letters that an encoding lacks. cp1258 gets a letter and its tone
    apart, ASCII the letter without its marks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    return "".join(_nearest(char, encoding) for char in letters), error.end


def _nearest(char: str, encoding: str) -> str:
    if char in _ASCII:
        return _ASCII[char]
    decomposed = unicodedata.normalize("NFD", char)
    letter, marks = decomposed[0], decomposed[1:]
    # Vietnamese has at most two marks; an encoding may know the letter with one of them.
    for kept in (marks[:1], marks[1:2], ""):
        base = unicodedata.normalize("NFC", letter + kept)
        rest = marks.replace(kept, "", 1)
        for candidate in (base + rest, base):
            if _encodable(candidate, encoding) and (rest or candidate != char):
                return candidate
    return "" if unicodedata.combining(char) else "?"


def _encodable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def is_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def errors_are_read() -> bool:
    """Whether a person reads standard error."""
    return sys.stderr is not None and sys.stderr.isatty()


def is_utf8() -> bool:
    """Whether standard output carries every character."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return codecs.lookup(encoding).name == "utf-8"


def as_written(text: str) -> str:
    """The text as standard output's encoding has it, to measure its length."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    errors = getattr(sys.stdout, "errors", None) or "strict"
    return text.encode(encoding, errors).decode(encoding)


def write(text: str, *, utf8: bool = False) -> None:
    """Writes an answer, or a part of it. ``utf8`` overrules the channel's encoding.

    Raises Unwritable, or Closed where the reader went away.
    """
    if utf8:
        write_bytes(text.encode("utf-8"))
    else:
        _written(lambda: sys.stdout.write(text))


def write_sentences(text: str) -> None:
    """Writes sentences for people, a line each; a terminal gets them folded at its width.

    Raises as ``write`` does.
    """
    if is_terminal() and "\x1b" not in text:
        from de06cli.views.text.folded import hung  # noqa: PLC0415 - people alone read it

        text = hung(text, _columns_of(sys.stdout))
    write(text)


def write_bytes(data: bytes) -> None:
    """Writes an answer that is no text. Raises Unwritable, or Closed where the reader went away."""
    _written(lambda: sys.stdout.buffer.write(data))


def _written(writing: Callable[[], object]) -> None:
    if sys.stdout is None:
        raise Unwritable(os.strerror(errno.EBADF))
    try:
        sys.stdout.flush()
        writing()
        sys.stdout.flush()
    except OSError as error:
        raise translated(error) from None


def translated(error: OSError) -> Exception:
    """The error, as Closed or Unwritable; nothing more is written to standard output afterwards."""
    _silence(sys.stdout)
    if error.errno == errno.EPIPE or (IS_WINDOWS and error.errno == errno.EINVAL):
        return Closed()
    return Unwritable(error.strerror)


def say(text: str, *, as_it_is: bool = False) -> None:
    """Writes a line for people to standard error; where that is closed or full, nothing happens.

    A terminal gets it folded at its width, unless it is to stay ``as_it_is``, and the label that it
    begins with in colour: a fault's red, a note's amber.
    """
    try:
        if sys.stderr is not None:
            if not as_it_is and sys.stderr.isatty() and "\x1b" not in text:
                from de06cli.views.text.folded import folded  # noqa: PLC0415 - people alone read it

                text = folded(text, _columns_of(sys.stderr))
                if _takes_colours():
                    text = _with_coloured_label(text)
            sys.stderr.write(text + "\n")
            sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


def _with_coloured_label(text: str) -> str:
    for message, colour in _LABELS.items():
        label = _(message).partition("{")[0].rstrip()
        if text.startswith(label):
            return f"{colour}{label}\x1b[0m{text.removeprefix(label)}"
    return text


def _takes_colours() -> bool:
    """Whether a terminal of this environment shows colours, and is to."""
    dumb = environment.variables().get("TERM", "").casefold() in {"", "dumb", "unknown"}
    return not dumb and not environment.variables().get("NO_COLOR") and not environment.IS_WINDOWS


def _columns_of(stream: TextIO) -> int:
    """The terminal's width in columns."""
    typed = environment.variables().get("COLUMNS", "")
    if typed.isdecimal() and int(typed):
        return int(typed)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[], None]]:
    """Yields a function to call after each of ``total`` pieces of work.

    A person at a terminal sees a bar, called ``label``, once the work takes longer than a second.
    """
    if total < 2 or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    from de06cli.views.text.progress import ProgressBar  # noqa: PLC0415 - many files pay for it, one does not

    with ProgressBar(label, total) as shown:
        yield shown.advance


@contextmanager
def working(label: str) -> Iterator[None]:
    """Shows ``label`` to a person at a terminal while the block runs, after its first second."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    from de06cli.views.text.progress import Working  # noqa: PLC0415

    with Working(label):
        yield


def _silence(stream: TextIO) -> None:
    """Sends what is still buffered nowhere, so that the interpreter's exit does not fail on it."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
    except OSError:
        pass
