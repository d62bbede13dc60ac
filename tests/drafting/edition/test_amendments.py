"""What a new edition of a document changes: groups under other codes, and steps that may be rewritten."""

from __future__ import annotations

from datetime import date

import samples
from samples import model, step

from de06cli.drafting.edition import amendments, matching
from de06cli.drafting.edition.amendments import Decision, Edition
from de06cli.plan.file.items.item_edit import SetItem
from de06cli.plan.records import Group, Plan

DECISION = Decision(date(2024, 1, 11), "12/QĐ-UBND")


def compared(plan: Plan, new: Plan) -> Edition:
    return amendments.compare(plan, new, matching.match(plan.models, new.models), DECISION)


def added(edition: Edition, name: str) -> list[SetItem]:
    return [
        edit
        for amendment in edition.amendments
        for edit in amendment.edits
        if isinstance(edit, SetItem) and edit.name == name
    ]


def test_a_group_is_known_by_its_title_under_whatever_code_the_document_has_it():
    plan = samples.plan(model(1, title="Cấp thẻ", group="I"))
    plan = plan._replace(groups=(Group("I", "Hạ tầng số"),))
    new = samples.plan(
        model(1, title="Cấp thẻ", group="A"),
        model(2, title="Lắp camera an ninh", group="A"),
        model(3, title="Đào tạo tập huấn", group="B"),
    )
    new = new._replace(groups=(Group("A", "Hạ tầng số"), Group("B", "Nguồn nhân lực")))

    edition = compared(plan, new)

    found = {edit.record.title: edit.record.group for edit in added(edition, "models")}
    assert found == {"Lắp camera an ninh": "I", "Đào tạo tập huấn": "B"}
    assert not any(amendment.model.model == 1 for amendment in edition.amendments)


def test_a_new_step_in_the_place_of_one_that_is_gone_is_a_question():
    old = [step(1, text="Khảo sát địa bàn toàn xã."), step(2, text="Lắp đặt thiết bị đầu cuối.")]
    rewritten = [old[0], step(2, text="Mua phần mềm quản lý hồ sơ.")]
    further = [*old, step(3, text="Mua phần mềm quản lý hồ sơ.")]

    asked = compared(samples.plan(model(1, *old)), samples.plan(model(1, *rewritten)))
    sure = compared(samples.plan(model(1, *old)), samples.plan(model(1, *further)))

    assert added(asked, "steps") == []
    assert len(asked.amendments[0].questions) == 1
    assert [edit.record.text for edit in added(sure, "steps")] == [further[2].text]
    assert sure.amendments[0].questions == []
