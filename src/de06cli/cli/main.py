"""The entry point: the language, the app, and one error boundary around every command."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

from de06cli import messages
from de06cli.cli import environment, output
from de06cli.cli.arguments import decoded, language
from de06cli.errors import De06Error, RefusedValue, UnfitSnapshot
from de06cli.messages import _

BUG = 70
UNWRITABLE = 5
INTERRUPTED = 130


# Objects made before the cyclic collector looks for garbage: what is imported is none.
PATIENCE_OF_COLLECTOR = 100_000


def main() -> NoReturn:
    """Runs the command of the process's own arguments, and exits with its code."""
    gc.set_threshold(PATIENCE_OF_COLLECTOR)
    _exit(run(sys.argv[1:]))


def _exit(code: int) -> NoReturn:
    """Ends the process without freeing each object by itself, a tenth of what a short command costs.

    By now every file is written and closed, and no thread is left.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # it may be closed, or never have been
            stream.flush()
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Runs one command and returns the exit code; answers and errors are written."""
    output.prepare()
    try:
        try:
            return _run(arguments)
        except UnfitSnapshot:  # nothing is written or answered by then
            return _run_without_snapshots(arguments)
    except De06Error as error:
        from de06cli.views.words import visible  # noqa: PLC0415 - what was typed may steer a terminal

        message = visible("\n".join(filter(None, (str(error), _advice(error, arguments)))))
        if error.is_fault:
            output.say(_("Lỗi: {message}").format(message=message))
        else:
            output.say(message)
        return error.exit_code
    except output.Closed:
        return 0
    except output.Unwritable as error:
        output.say(_("Không lưu được kết quả: {reason}.").format(reason=error.args[0]))
        return UNWRITABLE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:
        import traceback  # noqa: PLC0415 - only a bug pays for it

        output.say(traceback.format_exc(), as_it_is=True)
        output.say(
            _(
                "Lỗi này do phần mềm de06, không do thao tác của người dùng. "
                "Hãy gửi các dòng trên cho người phụ trách."
            )
        )
        return BUG


def _advice(error: De06Error, arguments: list[str]) -> str:
    """What else to type, where the command line shows why a value was refused."""
    if not (isinstance(error, RefusedValue) and error.is_fault):
        return ""
    from de06cli.cli.parsing import quotes  # noqa: PLC0415 - answers do without

    return quotes.advice(arguments)


def _run_without_snapshots(arguments: list[str]) -> int:
    with environment.without_snapshots():
        return _run(arguments)


def _run(arguments: list[str]) -> int:
    usual, completing = environment.language(), environment.completing()
    messages.use(language([], usual, half_typed=True))
    arguments = decoded(arguments)
    messages.use(language(arguments, usual, half_typed=completing is not None))
    if completing is not None:
        from de06cli.cli.completion import candidates  # noqa: PLC0415 - after the language

        candidates.write([*arguments, ""] if completing == "next" else arguments)
        return 0
    code = _run_plainly(arguments)
    if code is None:
        from de06cli.cli import app  # noqa: PLC0415 - brings Typer, half of what a command costs

        code = app.run(arguments)
    return code


def _run_plainly(arguments: list[str]) -> int | None:
    """Runs a command line of plain words without Typer; None, and nothing happened, for any other."""
    try:
        from de06cli.cli.parsing.plain import run_plainly  # noqa: PLC0415 - after the language
    except ModuleNotFoundError:  # all works without it
        return None
    return run_plainly(arguments)
