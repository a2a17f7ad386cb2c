"""What the caller of an untaken activity sees: whom it rings at, who has seen it, who is next, whom to telephone."""

from collections.abc import Set
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Role
from telemed.errors import NotFound
from telemed.people import service as people
from telemed.people.duty import holders
from telemed.rosters import duty
from telemed.work import deadlines, notices, told
from telemed.work.model import RING, Deadline
from telemed.work.ports import OnDuty, Present
from telemed.work.schemas import NextRung, RungOut, RungPerson


async def of(db: AsyncSession, activity_id: UUID, on_duty: OnDuty, present: Present) -> RungOut:
    """Raises NotFound if nothing of this activity rings."""
    deadline = next(iter(await deadlines.running(db, activity_id, RING)), None)
    if deadline is None:
        raise NotFound("It does not ring, or no longer.", reason="not_rung")
    here = present.present()
    rung = await _people(db, deadline, here)
    phone, phone_of = await _phone(db, deadline)
    return RungOut(
        ladder=deadline.ladder,
        since=deadline.began_at,
        reachable=any(each.rings and each.online for each in rung),
        people=rung,
        next=await _next(db, deadline, on_duty, here),
        phone=phone,
        phone_of=phone_of,
        gap=await _gap(db, deadline),
    )


async def _gap(db: AsyncSession, deadline: Deadline) -> bool:
    """Whether the roster said nobody when it began, so that all experts are called at once."""
    asked = (deadline.hub_id, deadline.specialty, deadline.department_id, deadline.began_at)
    return (await duty.called(db, *asked)).gap


async def _people(db: AsyncSession, deadline: Deadline, here: Set[UUID]) -> list[RungPerson]:
    """Everybody at whom it rang, once, with the latest that they were told."""
    found, times = await notices.of(db, deadline), await notices.times(db, deadline)
    return [
        RungPerson(
            **person.model_dump(),
            passed_at=notice.passed_at,
            passed_for=notice.passed_for,
            rings=notice.ended_at is None,
            online=person.id in here,
            times=times[person.id],
        )
        for notice, person in zip(found, await told.shown(db, found), strict=True)
    ]


async def _next(db: AsyncSession, deadline: Deadline, on_duty: OnDuty, here: Set[UUID]) -> NextRung | None:
    following = await deadlines.next_rung(db, deadline, on_duty)
    if following is None:
        return None
    at, rung, found = following
    return NextRung(
        at=at,
        to=rung.to,
        role=rung.role,
        people=len(found),
        online=sum(each in here for each in found),
        again=following.again(await notices.rung_last(db, deadline)),
    )


async def _phone(db: AsyncSession, deadline: Deadline) -> tuple[str, str]:
    """The telephone of the hub's duty officer, of who is on duty first, else the consultation centre's."""
    first = await duty.of_role(db, deadline.hub_id, Role.duty_officer, deadline.at or deadline.began_at)
    officers = [*first, *await holders(db, deadline.hub_id, Role.duty_officer)]
    staff = await people.staff_by_id(db, officers)
    phone = next((staff[each].phone for each in officers if staff[each].phone), "")
    if phone:
        return phone, Role.duty_officer
    return (await people.hospital(db, deadline.hub_id)).coordinator_phone, ""
