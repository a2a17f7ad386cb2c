"""A study that is recalled before its report is issued: its reading goes back to the branch, out of everybody's way."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.kit.table import new_id
from telemed.people.model import Allergy, Patient, Sex
from telemed.people.patients import index
from telemed.reading.model import Reading
from telemed.studies.model import LinkState, StudyLink
from telemed.work.model import Deadline, WorkItem
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.reading.helpers import act, asked, becomes, claimed, listed, over_read, requested, save


async def open_work(world: World) -> list[tuple[str, UUID | None]]:
    return [(each.kind, each.staff_id) for each in await rows(world.db, WorkItem) if each.done_at is None]


async def written(call: Call, study: UUID) -> Any:
    out = await claimed(call, study)
    _, report = await save(call, out["id"], 0)
    return (await act(call, "reader", out, "submit", report_version=report["version"]))[1]


@pytest.mark.parametrize("begin", [requested, claimed, written])
async def test_it_goes_back_to_the_branch_and_is_dealt_out_to_nobody(
    call: Call, world: World, study: UUID, begin: Any
) -> None:
    out = await begin(call, study)
    await becomes(world, study, LinkState.rejected)
    _, back = await call("doctor", "GET", f"/readings/{out['id']}")
    assert (back["state"], back["return_code"], back["claim"]) == ("returned", "wrong_patient", None)
    # Of the doctor, and of the radiographers.
    assert sorted(await open_work(world), key=str) == [("send_again", None), ("send_again", world.ids["doctor"])]
    [ladder] = {each.ladder for each in await rows(world.db, Deadline) if each.done_at is None}
    assert ladder == "sending_again", "the reader is not late"
    status, none = await call("reader2", "POST", "/readings/next")
    assert (status, none["reason"]) == (409, "nothing_to_read")
    status, refused = await act(call, "doctor", back, "resend", history="咳嗽三周")
    assert (status, refused["reason"]) == (409, "resend_recalled")


async def test_what_was_written_is_there_when_it_is_sent_again(call: Call, world: World, study: UUID) -> None:
    out = await written(call, study)
    await becomes(world, study, LinkState.rejected)
    await becomes(world, study)
    _, back = await call("doctor", "GET", f"/readings/{out['id']}")
    status, again = await act(call, "doctor", back, "resend", history="咳嗽三周")
    assert (status, again["state"]) == (200, "requested")
    _, mine = await call("reader2", "POST", f"/readings/{out['id']}/claim", json={})
    assert mine["report"]["findings"] == "左肺上叶见结节。"


async def test_the_right_patients_reading_is_requested_beside_it(call: Call, world: World, study: UUID) -> None:
    await requested(call, study)
    await becomes(world, study, LinkState.rejected)
    async with world.db.write() as db:
        other = Patient(
            id=new_id(), hospital_id="wuxi", name="沈立冬", sex=Sex.male, estimated_age=60, allergy=Allergy.none
        )
        db.add(other)
        await db.flush()
        await index(db, other)
        link = await db.get_one(StudyLink, study)
        link.patient_id, link.state, link.at = other.id, LinkState.confirmed, NOW
    await becomes(world, study)
    right = await requested(call, study)
    assert right["patient"]["name"] == "沈立冬"
    assert [each["id"] for each in (await listed(call, "reader"))["items"]] == [right["id"]]
    status, refused = await call("doctor", "POST", "/readings", json=asked(study))
    assert (status, refused["reason"]) == (409, "already_requested")
    assert sorted(each.state for each in await rows(world.db, Reading)) == ["requested", "returned"]


async def test_a_sampled_one_may_be_withdrawn_then_because_nobody_can_send_it_again(
    call: Call, world: World, study: UUID
) -> None:
    out = await over_read(call, study)
    async with world.db.write() as db:
        (await db.exec(select(Reading))).one().rule_id = new_id()
    why = {"reason": "影像属于另一位患者"}
    assert (await call("doctor", "POST", f"/readings/{out['id']}/withdraw", json=why, match=out["version"]))[0] == 409
    await becomes(world, study, LinkState.rejected)
    _, back = await call("doctor", "GET", f"/readings/{out['id']}")
    status, gone = await call("doctor", "POST", f"/readings/{out['id']}/withdraw", json=why, match=back["version"])
    assert (status, gone["state"]) == (200, "withdrawn")
    assert [each for each in await rows(world.db, Deadline) if each.done_at is None] == []
