"""What a hub was told of a consultation that another is asked for now."""

from telemed.consultations.ladders import ASKED
from telemed.db import Database
from telemed.work import deadlines, notices
from telemed.work.ladder import Reached
from telemed.work.model import Deadline, Notice, Rung, When
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.consultations.actions import make_approved
from tests.telemed.consultations.conftest import Made
from tests.telemed.consultations.second_hub import HUB, open_second_hub


async def test_what_a_former_hub_was_told_of_work_ends_when_the_next_one_may_know_of_it(
    call: Call, submitted: Made, world: World, db: Database
) -> None:
    await open_second_hub(world)
    id = await make_approved(call, submitted)
    async with db.write() as session:
        of_both = Deadline(
            activity="consultation",
            activity_id=id,
            kind="work",
            ladder="acceptance",
            hospital_id="wuxi",
            hub_id="ruijin",
            partner_id="ruijin",
            began_at=NOW,
            due_at=NOW,
        )
        session.add(of_both)
        await session.flush()
        of_branch_and_hub = (world.ids["doctor"], world.ids["coordinator"])
        reached = Reached(0, Rung(**ASKED), When.due, NOW, of_branch_and_hub, told=True)
        await notices.tell(session, of_both, reached, NOW)
        await deadlines.known_to(session, id, HUB, NOW, ["work"])
    left = {each.staff_id for each in await rows(db, Notice) if each.kind == "work" and each.ended_at is None}
    assert left == {world.ids["doctor"]}
