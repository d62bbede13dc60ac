"""The words of the field that people type as values of options: a promise, so they never change."""

from de06cli.tracking.terms import STATES, By, Role, Sort


def test_the_words_that_options_take():
    assert [str(word) for word in STATES] == [
        "done_on_time",
        "done_late",
        "open_in_time",
        "open_overdue",
        "ongoing",
        "undated",
        "stopped",
        "open",
        "done",
        "due_soon",
    ]
    assert [str(word) for word in Role] == ["lead", "support", "implementer", "step"]
    assert [str(word) for word in Sort] == ["due", "model", "lead", "late"]
    assert [str(word) for word in By] == [
        "plan",
        "agency",
        "level",
        "month",
        "group",
        "basis",
        "waiting",
    ]
