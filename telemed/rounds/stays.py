"""What becomes of a run-sheet when the ward discharges or moves a patient whose round has begun.

Until it begins the list follows the ward's records by itself (`listing.follow_moves`). From then on a person decides:
the sheet says that somebody has left, nobody is gone to or instructed any more, and they are skipped with a reason.
What was done before they left counts, whenever it arrives.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.errors import Conflict
from telemed.history.consumers import Heard
from telemed.history.model import EventRow
from telemed.people.chart_tables import Admission
from telemed.people.events import AdmissionClosed, AdmissionMoved
from telemed.rounds import rules
from telemed.rounds.lacking import stays_of
from telemed.rounds.lookup import changed, items
from telemed.rounds.model import RoundItem, RoundSession
from telemed.rounds.words import Gone, ItemState, RoundState

HEARS = (AdmissionMoved, AdmissionClosed)
SHOWN = rules.TAKES_ACTS | {RoundState.completed}  # pages say of it who has left
DONE_WITH = frozenset({ItemState.skipped, ItemState.removed, ItemState.countersigned})
FOLLOWED = rules.TO_VISIT | {ItemState.proposed}


def gone(session: RoundSession, stay: Admission) -> Gone | None:
    """Why somebody is not in this round's ward any more."""
    if stay.discharged_at is not None:
        return Gone.discharged
    return Gone.moved if stay.ward_id != session.ward_id else None


def gone_now(session: RoundSession, row: RoundItem, stay: Admission) -> Gone | None:
    """What the sheet says of somebody while they are to be visited, or their note is to be written."""
    return gone(session, stay) if session.state in SHOWN and row.state not in DONE_WITH else None


async def stay_changed(db: AsyncSession, heard: Heard) -> None:
    """Whoever is still to be visited is found in their new bed, and every page learns who has left."""
    if not isinstance(heard.event, AdmissionMoved | AdmissionClosed):
        return
    theirs = select(RoundItem.session_id).where(RoundItem.admission_id == heard.event.id)
    query = select(RoundSession).where(col(RoundSession.id).in_(theirs), col(RoundSession.state).in_(sorted(SHOWN)))
    for session in (await db.exec(query.order_by(col(RoundSession.id)).with_for_update())).all():
        await follow_beds(db, session)
        changed(db, session, heard.recorded_at)


async def follow_beds(db: AsyncSession, session: RoundSession) -> None:
    """The bed numbers of whoever is still to be visited."""
    if session.state is RoundState.completed:
        return
    waiting = [each for each in await items(db, session.id) if each.state in FOLLOWED]
    stays = await stays_of(db, waiting)
    for row in waiting:
        stay = stays[row.admission_id]
        if gone(session, stay) is None and stay.bed != row.bed:
            row.bed, row.version = stay.bed, row.version + 1


async def refuse_gone(db: AsyncSession, session: RoundSession, row: RoundItem, at: datetime) -> None:
    """Raises for what was done at a patient after they had left the ward."""
    stay = await db.get_one(Admission, row.admission_id)
    why = gone(session, stay)
    if why is None:
        return
    since = stay.discharged_at if why is Gone.discharged else await _moved_at(db, session, stay)
    if since is None or at >= since:
        raise Conflict("This patient has left the ward: skip them with a reason.", reason="gone", why=str(why))


async def _moved_at(db: AsyncSession, session: RoundSession, stay: Admission) -> datetime | None:
    """When the ward's records last moved them out of this round's ward."""
    e = EventRow
    query = select(e).where(e.type == AdmissionMoved.type, e.hospital_id == stay.hospital_id)
    query = query.where(e.patient_id == stay.patient_id).order_by(col(e.id).desc())
    for each in (await db.exec(query)).all():
        if UUID(each.data["id"]) == stay.id and each.data["from_ward_id"] == str(session.ward_id):
            return each.recorded_at
    return None
