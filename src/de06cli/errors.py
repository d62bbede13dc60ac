"""What can go wrong for a user. Each error is a finished sentence and knows its exit code."""


class De06Error(Exception):
    """The base of all errors that a user can repair. The message of an error says how to repair it."""

    exit_code: int
    is_fault = True  # whether it is printed as an error


class RefusedValue(De06Error):
    """Wrong usage, or a value that can't be used."""

    exit_code = 2


class NotConfirmed(RefusedValue):
    """A question that has to be answered, where nobody can be asked; nothing was written."""

    is_fault = False


class Cancelled(De06Error):
    """A person answered a question with no; nothing was written, as asked."""

    exit_code = 0
    is_fault = False


class UnreadableData(De06Error):
    """The data can't be opened, or is not a valid plan."""

    exit_code = 3


class ChangeRefused(De06Error):
    """A change was not made; every file is as it was."""

    exit_code = 4


class UnfitSnapshot(Exception):
    """What was kept of a file does not fit the file: the command is to be run again without it."""
