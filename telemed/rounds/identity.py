"""Makes sure who lies in the bed: by the wristband, or said aloud and ticked by two people."""

from datetime import datetime
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.errors import Conflict, Invalid, NotAllowed
from telemed.history.service import emit
from telemed.people import service as people
from telemed.people.chart_tables import Admission
from telemed.people.model import IdentifierKind, PatientIdentifier
from telemed.rounds import rules
from telemed.rounds.act_schemas import RoundActIn
from telemed.rounds.events import ItemIdentified, WrongWristband
from telemed.rounds.lookup import about_item, changed
from telemed.rounds.model import RoundItem, RoundSession
from telemed.rounds.words import Identified, ItemState, Outcome, Who

AT_BED = frozenset({Who.doctor, Who.nurse})
ON_BAND = (IdentifierKind.admission, IdentifierKind.mrn)


async def identify(
    db: AsyncSession,
    actor: Actor,
    session: RoundSession,
    row: RoundItem,
    held: frozenset[Who],
    new: RoundActIn,
    now: datetime,
    *,
    at: datetime,
) -> Outcome:
    """A wristband with another number is an alarm on every screen until it is known who lies there; it names nobody.

    Said aloud, two people tick it, at least one of them at the bed.
    """
    if row.state is not ItemState.presenting:
        raise Conflict("The round is not at this bed.", reason="not_at_bed", state=str(row.state))
    if new.how is None:
        raise Invalid("Say how.", reason="how_needed")
    if row.identified_at is not None:
        return Outcome.already
    if new.how is Identified.wristband:
        if not held & AT_BED:
            raise NotAllowed("The wristband is read at the bed.", reason="capacity", who=[Who.doctor, Who.nurse])
        if _plain(new.number) not in await _numbers(db, session, row):
            emit(db, WrongWristband(session_id=session.id, item_id=row.id), about_item(session, row), now, by=actor)
            record(db, actor, "round_item.wrong_wristband", str(row.id), now, owner_id=session.branch_id)
            row.wrong_band_at = at
            row.version += 1
            changed(db, session, now, row.id)
            return Outcome.wrong_wristband
        row.identified_by = [str(actor.id)]
    else:
        if not held & (AT_BED | {Who.lead}):
            rules.refuse_capacity(Who.doctor, Who.lead, Who.nurse)
        if str(actor.id) in row.identified_by:
            return Outcome.already
        row.identified_by = [*row.identified_by, str(actor.id)]
    row.identified = new.how
    if new.how is Identified.wristband or await _two_of_whom_one_is_there(db, session, row):
        row.identified_at, row.wrong_band_at = at, None
        told = ItemIdentified(session_id=session.id, item_id=row.id, how=new.how)
        emit(db, told, about_item(session, row), now, by=actor, at=at)
        record(db, actor, "round_item.identified", str(row.id), now, owner_id=session.branch_id)
    row.version += 1
    changed(db, session, now, row.id)
    return Outcome.done


async def _two_of_whom_one_is_there(db: AsyncSession, session: RoundSession, row: RoundItem) -> bool:
    heard = await people.staff_by_id(db, map(UUID, row.identified_by))
    return len(heard) > 1 and any(each.hospital_id == session.branch_id for each in heard.values())


async def _numbers(db: AsyncSession, session: RoundSession, row: RoundItem) -> set[str]:
    """What this patient's wristband may say."""
    stay = await db.get_one(Admission, row.admission_id)
    query = select(PatientIdentifier).where(PatientIdentifier.patient_id == row.patient_id)
    known = (await db.exec(query.where(PatientIdentifier.issuer_hospital == session.branch_id))).all()
    return {_plain(each.value) for each in known if each.kind in ON_BAND} | ({_plain(stay.number)} - {""})


def _plain(number: str) -> str:
    return number.strip().upper()
