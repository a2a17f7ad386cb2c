"""Work with a moment of its own is told of too, and climbs until it is done."""

from datetime import timedelta
from uuid import UUID

from telemed.cases.model import Consent, ConsentKind
from telemed.consultations.model import Consultation
from telemed.consultations.service import ask_for_consents, ask_to_reassess
from telemed.consultations.words import State, Urgency
from telemed.work.model import Deadline, WorkKind
from telemed.work.service import finish
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import make_approved, told
from tests.telemed.consultations.conftest import Made


async def running(world: World, ladder: str) -> list[Deadline]:
    return [each for each in await rows(world.db, Deadline) if each.ladder == ladder and each.done_at is None]


async def make_paper_due(world: World, id: UUID) -> None:
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        assert row.case_id is not None
        db.add(
            Consent(
                number="C-1",
                case_id=row.case_id,
                activity="consultation",
                activity_id=id,
                kind=ConsentKind.telephone,
                needed=["consult"],
                scopes=["consult"],
                given_by="家属",
                witnesses=["甲", "乙"],
                at=NOW,
                recorded_by=row.requester_id,
                paper_due=True,
            )
        )
        await db.flush()
        await ask_for_consents(db, row, NOW)


async def test_who_owes_a_consent_its_paper_is_told_and_then_the_duty_officer_and_the_medical_office(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted, urgency=Urgency.urgent)
    await make_paper_due(world, id)
    (deadline,) = await running(world, "papers")
    assert deadline.due_at == NOW + timedelta(hours=2)
    assert await told(world, clock, deadline.due_at - timedelta(seconds=1), "papers") == set()
    assert await told(world, clock, deadline.due_at, "papers") == {"doctor"}
    assert await told(world, clock, deadline.due_at + timedelta(hours=1), "papers") == {"duty"}
    assert await told(world, clock, deadline.due_at + timedelta(hours=3), "papers") == {"reviewer"}


async def test_when_the_paper_is_there_nobody_is_told_of_it_any_more(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted, urgency=Urgency.urgent)
    await make_paper_due(world, id)
    async with world.db.write() as db:
        await finish(db, id, [WorkKind.consent], world.actor("doctor"), NOW)
    assert await running(world, "papers") == []
    assert await told(world, clock, NOW + timedelta(days=1), "papers") == set()


async def test_the_rest_of_a_stat_request_is_due_in_two_hours(world: World, clock: FakeClock, submitted: Made) -> None:
    await submitted(urgency=Urgency.stat)
    assert await told(world, clock, NOW + timedelta(hours=2), "completion") == {"doctor"}


async def test_an_opinion_on_lost_images_that_is_not_amended_climbs_to_the_centre(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted, urgency=Urgency.urgent)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        row.state, row.lead_id = State.signed, world.ids["expert"]
        await ask_to_reassess(db, row, 1, "主动脉 CTA", NOW)
    (deadline,) = await running(world, "reassessment")
    assert await told(world, clock, deadline.due_at, "reassessment") == {"doctor", "expert"}
    assert await told(world, clock, deadline.due_at + timedelta(minutes=10), "reassessment") == {"coordinator"}
