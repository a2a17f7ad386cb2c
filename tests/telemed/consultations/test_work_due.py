"""Work with a moment of its own is told of too, and climbs until it is done."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases.events import ConsentPaperFiled, ConsentWithdrawn
from telemed.cases.model import ConsentKind
from telemed.consultations.ending import reopen
from telemed.consultations.hearing import consents_changed
from telemed.consultations.model import Consultation
from telemed.consultations.ports import Lost
from telemed.consultations.rules.content import NamedStudy
from telemed.consultations.service import close_when_done, review_reassessing, sign
from telemed.consultations.words import State, Urgency
from telemed.history.events import About
from telemed.history.model import EventRow
from telemed.kit.table import new_id
from telemed.opinions.service import OpinionsOf
from telemed.work.model import Notice, WorkItem, WorkKind
from telemed.work.service import finish
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import make_approved, pass_time, state_of, told
from tests.telemed.consultations.conftest import Made
from tests.telemed.consultations.owed import make_paper_due, running
from tests.telemed.news import news
from tests.telemed.requests.helpers import get, upload


class Recalled(OpinionsOf):
    """An opinion whose images are not the patient's."""

    async def lost(self, db: AsyncSession, row: Consultation) -> Lost | None:
        return Lost(1, "主动脉 CTA")


async def file_paper(call: Call, consent_id: UUID) -> None:
    path = f"/consents/{consent_id}/paper"
    assert (await call("doctor", "POST", path, json={"file_id": await upload(call, "consent")}))[0] == 200


async def asked(world: World, kind: str) -> dict[str, str]:
    """What came of it, by the number of the consent or the description of the study in its note."""
    items = [each for each in await rows(world.db, WorkItem) if each.kind == kind]
    return {str(each.note.get("number") or each.id): str(each.outcome or "open") for each in items}


async def test_who_owes_a_consent_its_paper_is_told_then_others_who_may_file_it_and_so_again_each_day(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted, urgency=Urgency.urgent)
    await make_paper_due(world, id)
    (deadline,) = await running(world, "papers")
    assert deadline.due_at == NOW + timedelta(hours=2)
    assert await told(world, clock, deadline.due_at - timedelta(seconds=1), "papers") == set()
    assert await told(world, clock, deadline.due_at, "papers") == {"doctor"}
    for hours, who in ((1, "chief"), (2, "duty"), (4, "reviewer"), (28, "reviewer"), (52, "reviewer")):
        assert await told(world, clock, deadline.due_at + timedelta(hours=hours), "papers") == {who}


async def test_when_the_paper_is_there_nobody_is_told_of_it_any_more(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted, urgency=Urgency.urgent)
    await make_paper_due(world, id)
    async with world.db.write() as db:
        await finish(db, id, [WorkKind.consent], world.actor("doctor"), NOW)
    assert await running(world, "papers") == []
    assert await told(world, clock, NOW + timedelta(days=1), "papers") == set()


async def test_each_consent_s_paper_is_due_in_its_own_time_and_only_who_owes_it_is_told(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted, urgency=Urgency.urgent)
    first = await make_paper_due(world, id)
    clock.move(hours=1)
    second = await make_paper_due(world, id, "C-2", clock.now, by="doctor2")
    assert [each.due_at - NOW for each in await running(world, "papers")] == [timedelta(hours=2), timedelta(hours=3)]
    assert await told(world, clock, NOW + timedelta(hours=2), "papers") == {"doctor"}
    await file_paper(call, first)
    assert await asked(world, "consent") == {"C-1": "done", "C-2": "open"}
    (deadline,) = await running(world, "papers")
    assert await told(world, clock, deadline.due_at - timedelta(seconds=1), "papers") == set()
    assert await told(world, clock, deadline.due_at, "papers") == {"doctor2"}
    await file_paper(call, second)
    assert await running(world, "papers") == []


async def test_nobody_is_asked_for_the_paper_of_a_consent_that_was_withdrawn(
    world: World, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    first, _ = await make_paper_due(world, id), await make_paper_due(world, id, "C-2")
    said = {"reason": "家属改变主意"}
    assert (await call("doctor", "POST", f"/consents/{first}/withdraw", json=said))[0] == 200
    async with world.db.write() as db:
        withdrawn = ConsentWithdrawn(
            id=first, number="C-1", kind=ConsentKind.telephone, reason="", still_consented=True
        )
        await consents_changed(
            db, news(withdrawn, About("wuxi", activity="consultation", activity_id=id)), OpinionsOf()
        )
    assert await asked(world, "consent") == {"C-1": "withdrawn", "C-2": "open"}


async def test_filing_the_paper_of_an_emergency_leaves_the_duty_officer_asked_to_approve_it(
    world: World, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    consent_id = await make_paper_due(world, id, kind=ConsentKind.emergency)
    await file_paper(call, consent_id)
    filed = ConsentPaperFiled(
        id=consent_id, number="C-1", kind=ConsentKind.emergency, file_id=new_id(), sha256="", paper_due=False
    )
    async with world.db.write() as db:
        await consents_changed(db, news(filed, About("wuxi", activity="consultation", activity_id=id)), OpinionsOf())
    assert (await asked(world, "approve_consent"), await asked(world, "consent")) == ({"C-1": "open"}, {"C-1": "done"})
    assert (await running(world, "papers"), len(await running(world, "consent_approval"))) == ([], 1)
    assert (await call("duty", "POST", f"/consents/{consent_id}/approve"))[0] == 200
    assert await running(world, "consent_approval") == []


async def test_an_urgent_emergency_without_consent_is_approved_within_ten_minutes_or_others_who_may_are_told(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted, urgency=Urgency.urgent)
    await make_paper_due(world, id, kind=ConsentKind.emergency)
    (at_once,) = [each for each in await rows(world.db, Notice) if each.ladder == "consent_approval"]
    assert (at_once.staff_id, at_once.told_at) == (world.ids["duty"], NOW)
    for minutes, who in ((10, "duty"), (20, "reviewer"), (80, "duty"), (140, "duty")):
        assert await told(world, clock, NOW + timedelta(minutes=minutes), "consent_approval") == {who}


@pytest.mark.parametrize("urgency", [Urgency.stat, Urgency.routine])
async def test_any_other_emergency_without_consent_is_approved_within_two_hours(
    world: World, clock: FakeClock, submitted: Made, urgency: Urgency
) -> None:
    id = await submitted(urgency=urgency)
    await make_paper_due(world, id, kind=ConsentKind.emergency)
    (deadline,) = await running(world, "consent_approval")
    assert deadline.due_at == NOW + timedelta(hours=2)
    assert await told(world, clock, NOW + timedelta(minutes=110), "consent_approval") == {"duty"}


async def test_a_paper_that_is_owed_stays_due_after_closing_and_keeps_it_out_of_the_archive(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted, urgency=Urgency.urgent)
    consent_id = await make_paper_due(world, id)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        row.state, row.lead_id = State.executing, world.ids["expert"]
        await finish(db, id, [WorkKind.accept], None, NOW)
        await close_when_done(db, row, NOW)
    assert await asked(world, "consent") == {"C-1": "open"}
    assert await told(world, clock, NOW + timedelta(hours=2), "papers") == {"doctor"}
    await pass_time(world, NOW + timedelta(days=30))
    assert await state_of(call, id) == "closed"
    for who, may in (("doctor", True), ("reviewer", False)):
        shown = await get(call, str(id), who)
        assert (shown["papers_open"], shown["consents_open"], shown["filing_open"]) == (False, may, True)
    await file_paper(call, consent_id)
    await pass_time(world, NOW + timedelta(days=31))
    assert await state_of(call, id) == "archived"
    assert (await get(call, str(id)))["may_take_consent"] is False


async def test_what_comes_too_late_once_it_is_signed_is_asked_for_no_more_and_the_history_says_so(
    world: World, clock: FakeClock, submitted: Made
) -> None:
    study = NamedStudy(description="主动脉 CTA")
    id = await submitted(urgency=Urgency.stat, studies=[study], images_from_radiographer=True)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        row.state, row.lead_id = State.answering, world.ids["expert"]
        await sign(db, world.actor("expert"), row, NOW, opinion_id=new_id(), number=1)
    for kind in ("upload", "complete"):
        assert list((await asked(world, kind)).values()) == ["withdrawn"]
    assert await running(world, "stat_completion") == []
    (event,) = [each for each in await rows(world.db, EventRow) if each.type == "consultation.signed"]
    assert event.data["undone"] == ["complete", "upload"]
    assert await told(world, clock, NOW + timedelta(days=3), "stat_completion") == set()
    async with world.db.write() as db:
        (await db.get_one(Consultation, id)).state = State.closed
        await reopen(db, world.actor("doctor"), id, row.version, "复发", OpinionsOf(), NOW)
    assert sorted((await asked(world, "upload")).values()) == ["open", "withdrawn"]


async def test_whoever_can_upload_the_images_is_told_and_then_the_duty_officer_and_so_again(
    world: World, clock: FakeClock, submitted: Made
) -> None:
    study = NamedStudy(description="主动脉 CTA")
    id = await submitted(studies=[study], images_from_radiographer=True)
    (deadline,) = await running(world, "images")
    assert (deadline.activity_id, deadline.due_at) == (id, NOW + timedelta(hours=2))
    both = {"radiographer", "doctor"}
    assert await told(world, clock, deadline.due_at, "images") == both
    late = deadline.due_at + timedelta(minutes=10)  # as nobody here is a radiologist, the next is told
    for hours, who in ((0, {"duty"}), (4, both), (8, both)):
        assert await told(world, clock, late + timedelta(hours=hours), "images") == who
    async with world.db.write() as db:
        await finish(db, id, [WorkKind.upload], world.actor("radiographer"), clock.now)
    assert await running(world, "images") == []


async def test_the_rest_of_a_stat_request_is_due_in_two_hours(world: World, clock: FakeClock, submitted: Made) -> None:
    await submitted(urgency=Urgency.stat)
    assert await told(world, clock, NOW + timedelta(hours=2), "stat_completion") == {"doctor"}


async def test_an_opinion_on_lost_images_that_is_not_amended_climbs_to_the_centre(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted, urgency=Urgency.urgent)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        row.state, row.lead_id = State.signed, world.ids["expert"]
        await review_reassessing(db, row, Recalled(), NOW)
    (deadline,) = await running(world, "reassessment")
    assert await told(world, clock, deadline.due_at, "reassessment") == {"doctor", "expert"}
    assert await told(world, clock, deadline.due_at + timedelta(minutes=10), "reassessment") == {"coordinator"}
