"""A consultation goes from one hub to another: what ends at the one, and when the other begins.

A consent names the hospital to which the data go. Without one that names the other hub, that hub sees nothing yet: the
requesting doctor is asked for it, and the time runs on. An emergency without consent names nobody, and goes on at once.
"""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases import consents
from telemed.cases import service as cases
from telemed.consultations import dues, owing, sharing, work
from telemed.consultations.events import Received
from telemed.consultations.lookup import about
from telemed.consultations.model import Consultation
from telemed.consultations.ringing import ring_until_taken
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.table import Move
from telemed.consultations.words import State
from telemed.history.service import emit
from telemed.people import service as people
from telemed.work import deadlines
from telemed.work.model import RING, Outcome, WorkKind
from telemed.work.service import finish


async def to_another_hub(db: AsyncSession, move: Move) -> None:
    """By `redirect`; its event, which is the former hub's last, has been recorded."""
    row, now = move.row, move.now
    await finish(db, row.id, [WorkKind.accept], move.actor, now, Outcome.withdrawn)
    await sharing.with_hub_no_longer(db, row, now)
    row.hub_id = move.data["to_hub_id"]
    row.lead_id = row.hub_department_id = row.accepted_by = None
    row.wanted_department_id = await people.department_of(db, row.hub_id, request_of(row).specialty)
    await dues.at_its_hub(db, row)
    await consents.outdate(db, row.id, move.actor, now)
    await owing.ask_for_consents(db, row, now)
    if await cases.consent_gone(db, row.id):
        await owing.ask_to_renew(db, row, now, redirected=True)
    else:
        await _arrive(db, row, now)


async def arrive_if_redirected(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """A consent is in force that names the hub, which has been asked for nothing yet."""
    submitted = row.submitted_at or now  # before, its doctor may have chosen another hub
    if row.state is State.approved and await cases.consent_outdated(db, row.id, submitted):
        asked = await work.is_asked(db, row.id, WorkKind.accept)
        if not asked and not await deadlines.running(db, row.id, RING):
            await _arrive(db, row, now)


async def _arrive(db: AsyncSession, row: Consultation, now: datetime) -> None:
    await sharing.with_hub(db, row, None, now)
    work.ask_to_accept(db, row, now)
    await ring_until_taken(db, row, now)
    emit(db, Received(hub_id=row.hub_id, rev=row.version), about(row), now)
