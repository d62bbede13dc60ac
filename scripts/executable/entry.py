"""What the executable runs: de06, and what de06 starts again as "its interpreter".

A frozen program is its own ``sys.executable``: ``-m de06cli`` (the merge driver's line) and ``-c PROGRAM`` (a
Word template is filled in in a process of its own) come back to it.
"""

import sys


def main() -> None:
    """Runs a program that was handed over, else de06."""
    match sys.argv[1:]:
        case ["-c", program, *arguments]:
            sys.argv[:] = ["-c", *arguments]
            exec(program, {"__name__": "__main__"})
        case ["-m", "de06cli", *_arguments]:
            del sys.argv[1:3]
            _de06()
        case _:
            _de06()


def _de06() -> None:
    from de06cli.cli.main import main as run  # noqa: PLC0415 - not needed for a program handed over

    run()


main()
