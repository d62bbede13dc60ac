"""What was done before a period and recorded in it."""

from __future__ import annotations

from datetime import date

from samples import extension, model, plan, several, step, tasks

from de06cli.plan.parts import Handover, Measurement, PeriodProgress, Progress, Stop, Target
from de06cli.plan.periods import parse
from de06cli.tracking.supplement import supplement

FIRST = date(2023, 12, 1)


def added(then, now) -> tuple[list[tuple[int, int]], list[tuple[int, date]]]:
    """The steps and extensions of the models ``now`` that ``then``, committed earlier, did not have."""
    found = supplement(tasks(*now), {"HONQUAN": plan(*then)}, FIRST)
    assert len(found) == len(found.closed) + len(found.extended)
    return (
        [(one.task.model.model, one.step.step) for one in found.closed],
        [(one.task.model.model, one.extension.to) for one in found.extended],
    )


def test_a_result_dated_before_the_period_and_recorded_since_is_reported():
    then = [model(1, step(1, "done 2023-11-20"), step(2), step(3, "doing 2023-11-02"))]
    now = [model(1, step(1, "done 2023-11-20"), step(2, "done 2023-11-30"), step(3))]

    assert added(then, now) == ([(1, 2)], [])


def test_what_is_dated_in_the_period_is_none():
    now = [
        model(
            1,
            step(1, "done 2023-12-01"),
            step(2),
            extensions=(extension("2024-03-30", "2023-12-01"),),
        )
    ]

    assert added([model(1, step(1), step(2))], now) == ([], [])


def test_a_skipped_step_is_reported_and_one_that_goes_on_is_not():
    then = [model(1, *(step(number) for number in (1, 2, 3)))]
    now = [
        model(
            1,
            step(1, "skipped 2023-11-30", note="thừa"),
            step(2, "doing 2023-11-30"),
            step(3, "blocked 2023-11-30", note="chờ"),
        )
    ]

    assert added(then, now) == ([(1, 1)], [])


def test_a_date_or_a_document_put_right_is_no_new_result():
    then = [model(1, step(1, "done 2023-11-20"), step(2))]
    now = [model(1, step(1, "done 2023-11-21", evidence="45/BC-CAH"), step(2))]

    assert added(then, now) == ([], [])


def test_the_earliest_is_reported_first():
    then = [model(1), model(2), model(3)]
    now = [
        model(1, step(1, "done 2023-11-20")),
        model(2, step(1, "done 2023-10-02")),
        model(3, step(1, "skipped 2023-11-03", note="thừa"), step(2)),
    ]

    assert added(then, now)[0] == [(2, 1), (3, 1), (1, 1)]


def test_an_extension_decided_before_the_period_and_recorded_since_is_reported():
    known = extension("2024-01-30", "2023-11-01")
    then = [model(1, extensions=(known,)), model(2)]
    now = [
        model(1, extensions=(known, extension("2024-03-30", "2023-11-30"))),
        model(2, extensions=(extension("2024-02-29", "2023-11-02"),)),
    ]

    found = supplement(tasks(*now), {"HONQUAN": plan(*then)}, FIRST)

    assert [(one.before, one.extension.to) for one in found.extended] == [
        (parse("2023-12-30"), parse("2024-02-29")),
        (parse("2024-01-30"), parse("2024-03-30")),
    ]


def test_a_step_or_a_model_that_came_later_has_all_its_results_recorded_later():
    now = [
        model(1, step(1, "done 2023-11-20"), step(2, "done 2023-11-21", "Mới.")),
        model(2, step(1, "done 2023-11-22")),
    ]

    assert added([model(1, step(1, "done 2023-11-20"))], now)[0] == [(1, 2), (2, 1)]


def test_a_step_keeps_what_was_recorded_when_one_is_inserted_before_it():
    then = [model(1, step(1, "done 2023-11-20", "Tập huấn."), step(2, text="Báo cáo."))]
    now = [
        model(
            1,
            step(1, "done 2023-11-25", "Khảo sát."),
            step(2, "done 2023-11-20", "Tập huấn."),
            step(3, "done 2023-11-26", "Báo cáo."),
        )
    ]

    assert added(then, now)[0] == [(1, 1), (1, 3)]


def test_a_step_reworded_and_a_model_renumbered_keep_theirs():
    then = [model(1, step(1, "done 2023-11-20", "Tap huan.")), model(2, title="Cấp thẻ")]
    now = [
        model(1, step(1, "done 2023-11-22"), title="Cấp thẻ"),
        model(2, step(1, "done 2023-11-20", "Tập huấn."), title="Nhiệm vụ 1"),
    ]

    assert added(then, now)[0] == [(1, 1)]


def test_steps_of_the_same_wording_are_reported_apart_by_their_number():
    then = [model(1, step(1, "done 2023-11-20"), step(2))]
    now = [model(1, step(1, "done 2023-11-20"), step(2, "done 2023-11-21"))]

    assert added(then, now)[0] == [(1, 2)]


def test_a_plan_whose_earlier_state_nobody_knows_has_no_part_in_it():
    done = model(1, step(1, "done 2023-11-20"))
    seen = several(MOT=[done], HAI=[done])

    found = supplement(seen.tasks(), {"HAI": plan(model(1))}, FIRST)

    assert [one.task.plan for one in found.closed] == ["HAI"]


def test_what_plans_of_other_offices_record_too_late_is_reported_once():
    early, late = date(2023, 11, 20), date(2023, 12, 1)
    january, february = (
        PeriodProgress(parse(text), "done", early) for text in ("2023-09", "2023-10")
    )
    value = Target(1, ((None, "80"),), values=(Measurement(early, "70"), Measurement(late, "75")))
    now = [
        model(1, progress=Progress("done", early)),
        model(2, periods=(january, february)),
        model(3, targets=(value,)),
        model(4, stopped=Stop(early)),
        model(5, handovers=(Handover(early, lead=("CAX",)), Handover(late, lead=("CAH",)))),
    ]
    then = [model(1), model(2, periods=(january,)), model(3), model(4), model(5)]

    found = supplement(tasks(*now), {"HONQUAN": plan(*then)}, FIRST)

    assert [(one.task.model.model, one.what) for one in found.others] == [
        (1, Progress("done", early)),
        (2, february),
        (3, Measurement(early, "70")),
        (4, Stop(early)),
        (5, Handover(early, lead=("CAX",))),
    ]
    assert len(found) == 5
    assert not supplement(tasks(*now), {"HONQUAN": plan(*now)}, FIRST)
