"""What rang at whom, counted by the database; on both."""

from datetime import timedelta

from telemed.kit.table import new_id
from telemed.work import called, notices
from telemed.work.model import RING, Deadline, Device, Notice, When
from tests.telemed.conftest import NOW, World

MINUTE = timedelta(minutes=1)


async def test_what_rang_again_and_again_is_once_with_how_often_and_who_saw_it(world: World) -> None:
    first, other = world.ids["expert"], world.ids["expert2"]
    rang = Deadline(
        activity="consultation",
        activity_id=new_id(),
        kind=RING,
        ladder="stat",
        hospital_id="wuxi",
        hub_id="ruijin",
        began_at=NOW,
        due_at=NOW + MINUTE,
    )
    async with world.db.write() as db:
        db.add(rang)
        await db.flush()
        for n in range(5):
            who = other if n == 3 else first
            db.add(
                Notice(
                    deadline_id=rang.id,
                    n=n,
                    staff_id=who,
                    kind=RING,
                    ladder="stat",
                    when=When.after,
                    due_at=rang.due_at,
                    told_at=NOW + n * MINUTE,
                    activity=rang.activity,
                    activity_id=rang.activity_id,
                    seen_at=NOW + n * MINUTE if n in (1, 2) else None,
                    seen_on=Device.phone if n in (1, 2) else None,
                    passed_at=NOW + 5 * MINUTE if n == 4 else None,
                )
            )
    async with world.db.read() as db:
        found = await called.at_whom(db, [first, other], NOW)
        assert [(each.staff_id, each.first_at, each.times) for each in found] == [
            (first, NOW, 4),
            (other, NOW + 3 * MINUTE, 1),
        ]
        assert [(each.seen.n if each.seen else None, each.passed.n if each.passed else None) for each in found] == [
            (1, 4),
            (None, None),
        ]
        assert [each.id for each in await notices.rang(db, [first, other], NOW)] == [rang.id]
        assert await notices.rang(db, [first], NOW + 5 * MINUTE) == []
        assert {id: each.n for id, each in (await notices.last_ring(db, first, NOW)).items()} == {rang.id: 4}
