"""What proves a joined plan, and what is refused rather than guessed: each by itself."""

from __future__ import annotations

import pytest
import samples
from samples import extension, model, step

from de06cli.plan.sharing import agreeing, pairing, plans
from de06cli.plan.sharing.pairing import Disagreement, by_key

BASE = "# chung\na: 1\nb: 2\n"
OURS = "# chung\na: 1  # của ta\nb: 2\n"
THEIRS = "# chung\na: 1\n# của họ\nb: 2\n"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("# chung\na: 1  # của ta\n# của họ\nb: 2\n", True),
        (OURS, False),
        (THEIRS, False),
        ("a: 1  # của ta\n# của họ\nb: 2\n", False),
        ("# chung\n# chung\na: 1  # của ta\n# của họ\nb: 2\n", False),
    ],
)
def test_a_joined_text_has_the_comments_of_both_sides_and_no_more(text, whole):
    assert plans._has_comments(text, BASE, OURS, THEIRS) is whole


def test_a_comment_that_one_side_took_away_is_gone():
    without = "a: 1\nb: 2\n"
    assert plans._has_comments(THEIRS.replace("# chung\n", ""), BASE, without, THEIRS)
    assert not plans._has_comments(THEIRS, BASE, without, THEIRS)


def test_a_chosen_plan_differs_only_where_somebody_chose():
    wanted = samples.plan(model(1, title="Cấp thẻ"), model(2, title="Lắp camera"))
    other = samples.plan(model(1, title="Cấp thẻ"), model(2, title="Lắp đèn"))

    assert plans._keeps(other, wanted, plans._Differing(frozenset({2}), frozenset(), known=True))
    assert not plans._keeps(
        other, wanted, plans._Differing(frozenset({1}), frozenset(), known=True)
    )
    renamed = wanted._replace(plan=wanted.plan._replace(title="Khác"))
    chosen = plans._Differing(frozenset({1, 2}), frozenset(), known=True)
    assert not plans._keeps(renamed, wanted, chosen)
    assert plans._keeps(renamed, wanted, chosen._replace(parts=frozenset({"plan"})))


def test_a_mark_is_never_lost_by_a_choice():
    marked = model(1, step(1, text="Khảo sát."), step(2, "done 2024-01-05", text="Tập huấn."))
    lost = model(1, step(1, text="Khảo sát."), step(2, text="Tập huấn."))
    renumbered = model(
        1, step(1, "done 2024-01-05", text="Tập huấn."), step(2, text="Họp dân."), title="Khác"
    )
    anywhere = plans._Differing(frozenset({1}), frozenset(), known=True)

    assert not plans._keeps(samples.plan(lost), samples.plan(marked), anywhere)
    assert plans._keeps(samples.plan(renumbered), samples.plan(marked), anywhere)


def test_what_both_sides_replaced_is_not_taken_for_one():
    def rows(base, ours, theirs):
        return pairing.rows(base, ours, theirs, by_key(str), lambda a, b: a == b)

    with pytest.raises(Disagreement):
        rows("a", "b", "c")
    assert rows("x", "x", "xc") == [("x", "x", "x"), (None, None, "c")]


def test_one_entry_never_stands_twice_unless_a_side_has_it_so():
    kind = agreeing._KINDS["extensions"]
    one = extension("2024-02-01", "2024-01-05", document="1/CV")
    other = extension("2024-03-01", "2024-01-06", document="1/CV")

    with pytest.raises(Disagreement):
        agreeing._refuse_twice([one, other], ((one,), (other,)), kind)
    agreeing._refuse_twice([one, other], ((one, other), (one,)), kind)
