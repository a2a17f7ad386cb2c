"""Asks a hospital's radiographer, or who stands in, about a study: whose it is, and how many images it has."""

from datetime import datetime, timedelta
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Role
from telemed.studies import judging
from telemed.studies.model import StudyLink, StudyView
from telemed.work import deadlines, ladders
from telemed.work import service as work
from telemed.work.duty import on_duty
from telemed.work.ladders import rung
from telemed.work.model import To, When, WorkKind

DAY: Final = 24 * 60
# One study that nobody can tell must not keep the next ones silent: they are asked again each day. Imaging comes first,
# because only it sees what is hidden as somebody else's; where it has nobody the medical office is asked at once.
CLIMBS: Final = (
    rung(When.due, 0, To.asked),
    rung(When.after, DAY, To.role, Role.radiologist),
    rung(When.after, DAY, To.role, Role.reviewer),
    rung(When.after, DAY, To.asked, again=True),
    rung(When.after, 60, To.role, Role.reviewer),
)
IDENTITY: Final = ladders.declare(
    "identity", *CLIMBS, asked=(WorkKind.identity,), within=[(ladders.NO_URGENCY, timedelta(hours=2))]
)
COUNTS: Final = ladders.declare(
    "counts", *CLIMBS, asked=(WorkKind.declare,), within=[(ladders.NO_URGENCY, timedelta(days=1))]
)


async def ask_whose(db: AsyncSession, view: StudyView, link: StudyLink, now: datetime) -> None:
    await _ask(db, WorkKind.identity, IDENTITY, view, link, now)


async def ask_for_count(db: AsyncSession, view: StudyView, link: StudyLink, now: datetime) -> None:
    await _ask(db, WorkKind.declare, COUNTS, view, link, now)


async def _ask(db: AsyncSession, kind: WorkKind, ladder: str, view: StudyView, link: StudyLink, now: datetime) -> None:
    due = await ladders.due_by(db, deadlines.of_hospital(view.hospital_id, ladder, now), now)
    work.ask(
        db,
        kind,
        link.id,
        view.hospital_id,
        now,
        role=await judging.asked(db, view.hospital_id),
        patient_id=link.patient_id,
        due_at=due,
        note={"header": view.patient_name, "number": view.patient_number, "description": view.description},
    )
    await deadlines.begin_at_hospital(db, view.hospital_id, ladder, due, now, on_duty)
