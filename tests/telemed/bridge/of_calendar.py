"""Somebody's calendar has a meeting that is cancelled: their calendar is to hear of it."""

from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.consultations.ladders import ARRANGED, INVITED
from telemed.consultations.model import Consultation, activity
from telemed.interop.model import CalendarInvitation, Method
from telemed.scheduling import service as scheduling
from telemed.scheduling.model import BookingKind
from telemed.work.model import Deadline
from telemed.work.outgoing import NoticeChoice
from tests.telemed.conftest import NOW, World


async def invited_and_cancelled(db: AsyncSession, world: World, row: Consultation) -> None:
    person, start = world.ids["neurologist"], NOW + timedelta(days=9)
    db.add(NoticeChoice(staff_id=person, email="neurologist@mail.example"))
    booking = await scheduling.book(
        db,
        kind=BookingKind.consultation,
        title="",
        people=[person],
        venue=None,
        start=start,
        end=start + timedelta(hours=1),
        hospital_id=row.branch_id,
        by=None,
        now=NOW,
        activity=activity(row.id),
    )
    deadline = Deadline(
        activity=booking.activity,
        activity_id=row.id,
        hospital_id=row.branch_id,
        hub_id=row.hub_id,
        kind=ARRANGED,
        ladder=INVITED,
        began_at=NOW,
        due_at=start,
    )
    db.add(deadline)
    await db.flush()
    has = CalendarInvitation(booking_id=booking.id, staff_id=person, deadline_id=deadline.id)
    has.method, has.sequence, has.what = Method.request, 0, "at ten"
    db.add(has)
    await scheduling.cancel(db, row.id, None, NOW)
