"""Who holds a role on a day, and by which codes a task is found."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from de06cli.plan.parts import Handover, Lists, handed
from de06cli.plan.records import Ended
from de06cli.tracking.roles import (  # fmt: skip
    Succession,
    answers_for,
    finders,
    holders,
)

MARCH = date(2025, 3, 1)
POLICE = Succession({"CAH": Ended(MARCH, ("CAX",))}, {"CACDV": ("VP", "CAX")})


def test_a_handover_replaces_the_whole_lists_that_it_names():
    printed = Lists(("A", "B"), ("C",), ("D",))
    handovers = [
        Handover(date(2025, 5, 1), lead=("F",), support=()),
        Handover(MARCH, lead=("E",), implementers=("G",)),
    ]

    assert handed(printed, handovers, date(2025, 2, 28)) == printed
    assert handed(printed, handovers, MARCH) == Lists(("E",), ("C",), ("G",))
    assert handed(printed, handovers, date(2025, 5, 1)) == Lists(("F",), (), ("G",))


def test_a_successor_is_reported_with_those_it_replaces():
    now = holders(Lists(("CAH",), ("VP",), ("CAH", "CAX")), (), POLICE, MARCH)

    assert now[:3] == (("CAX",), ("VP",), ("CAX",))
    assert now.replaces == {"CAX": ("CAH",)}
    assert holders(Lists(("CAH",)), (), POLICE, date(2025, 2, 28)).replaces == {}


def test_a_task_is_found_by_former_and_present_name_until_it_is_handed_away():
    assert finders(("CAH",), POLICE, MARCH) == {"CAX": "holder", "CAH": "former"}
    assert finders(("CAH",), POLICE, date(2025, 2, 28)) == {"CAH": "holder"}
    lists = handed(Lists(("CAH",)), [Handover(MARCH, lead=("VP",))], MARCH)
    assert finders(lists.lead, POLICE, MARCH) == {"VP": "holder"}


def test_a_former_name_does_not_find_what_its_successor_was_given_itself():
    assert "CAH" not in finders(("CAX",), POLICE, MARCH)


def test_which_printed_codes_a_question_has_to_look_up():
    codes = ("CAH", "CAX", "VP", "CACDV")

    assert answers_for("CAX", codes, POLICE, MARCH) == {
        "CAH": "holder", "CAX": "holder", "CACDV": "group",
    }  # fmt: skip
    assert answers_for("CAH", codes, POLICE, MARCH) == {"CAH": "former", "CACDV": "group"}
    assert answers_for("CAH", codes, POLICE, date(2025, 2, 28)) == {"CAH": "holder"}


def test_a_member_that_is_a_group_brings_its_own_members_once():
    succession = Succession({}, {"G": ("H", "A"), "H": ("B", "G")})
    assert set(finders(("G",), succession, MARCH)) == {"G", "H", "A", "B"}


CODES = st.sampled_from("ABCDEF")
ENDS = st.dictionaries(
    CODES,
    st.builds(Ended, st.dates(MARCH, date(2025, 3, 5)), st.lists(CODES, max_size=3).map(tuple)),
)


@given(ENDS, st.lists(CODES, min_size=1).map(tuple), st.dates(MARCH, date(2025, 3, 6)))
def test_somebody_holds_a_role_whatever_the_ends_and_nobody_twice(ended, codes, day):
    lead = holders(Lists(codes), (), Succession(ended), day).lead

    assert lead
    assert len(set(lead)) == len(lead)
    assert set(lead) <= finders(codes, Succession(ended), day).keys()


def test_many_ways_to_the_same_successor_are_walked_once():
    ended = {
        f"{n}{side}": Ended(MARCH, (f"{n + 1}a", f"{n + 1}b")) for n in range(2000) for side in "ab"
    }
    assert holders(Lists(("0a",)), (), Succession(ended), MARCH).lead == ("2000a", "2000b")
