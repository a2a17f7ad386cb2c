"""Shows who lies in the ward and is not on a round's list."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.seeing import see
from telemed.people import ages
from telemed.people import service as people
from telemed.people.model import Patient
from telemed.rounds import listing, rules
from telemed.rounds.lookup import held
from telemed.rounds.queries import ADDS
from telemed.rounds.schemas import CandidateOut, WardOut


async def shown(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> WardOut:
    session, found = await listing.on_ward(db, actor, id, now)
    ids = [each.admission.patient_id for each in found]
    patients = {e.id: e for e in (await db.exec(select(Patient).where(col(Patient.id).in_(ids)))).all()}
    zone = (await people.zones(db))[session.branch_id]
    items = []
    for each in found:
        row = patients[each.admission.patient_id]
        see(row.hospital_id, row.id)
        items.append(
            CandidateOut(
                patient_id=row.id,
                bed=each.admission.bed,
                name=row.name,
                pinyin=row.pinyin,
                sex=row.sex,
                age=ages.years(row, now, zone),
                number=each.admission.number,
                reasons=each.reasons,
            )
        )
    may = bool(await held(db, session, actor) & ADDS) and session.state in rules.LISTED | rules.TAKES_ACTS
    return WardOut(items=items, may_add=may)
