"""Makes sure who lies in the bed: by the wristband, or said aloud and ticked by two people."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
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
    Also of a bed that was identified, where it is another patient's: from then on it is not known any more, so nothing
    is instructed there.

    Said aloud, two people tick it, at least one of them at the bed.
    """
    if row.state is not ItemState.presenting:
        raise Conflict("The round is not at this bed.", reason="not_at_bed", state=str(row.state))
    if new.how is None:
        raise Invalid("Say how.", reason="how_needed")
    if new.how is Identified.wristband:
        if not held & AT_BED:
            raise NotAllowed("The wristband is read at the bed.", reason="capacity", who=[Who.doctor, Who.nurse])
        if _plain(new.number) not in await _numbers(db, session, row):
            if row.identified_at is not None and not await _is_a_patients(db, session, new.number):
                raise Conflict("No patient has a wristband with this number.", reason="unknown_band")
            _is_another(db, actor, session, row, now, at)
            return Outcome.wrong_wristband
    if row.identified_at is not None:
        return Outcome.already
    if new.how is Identified.wristband:
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


def _is_another(
    db: AsyncSession, actor: Actor, session: RoundSession, row: RoundItem, now: datetime, at: datetime
) -> None:
    """The wristband is another patient's."""
    emit(db, WrongWristband(session_id=session.id, item_id=row.id), about_item(session, row), now, by=actor)
    record(db, actor, "round_item.wrong_wristband", str(row.id), now, owner_id=session.branch_id)
    row.sqlmodel_update({"wrong_band_at": at, "identified": None, "identified_at": None, "identified_by": []})
    row.version += 1
    changed(db, session, now, row.id)


async def _two_of_whom_one_is_there(db: AsyncSession, session: RoundSession, row: RoundItem) -> bool:
    heard = await people.staff_by_id(db, map(UUID, row.identified_by))
    return len(heard) > 1 and any(each.hospital_id == session.branch_id for each in heard.values())


async def _numbers(db: AsyncSession, session: RoundSession, row: RoundItem) -> set[str]:
    """What this patient's wristband may say."""
    stay = await db.get_one(Admission, row.admission_id)
    query = select(PatientIdentifier).where(PatientIdentifier.patient_id == row.patient_id)
    known = (await db.exec(query.where(PatientIdentifier.issuer_hospital == session.branch_id))).all()
    return {_plain(each.value) for each in known if each.kind in ON_BAND} | ({_plain(stay.number)} - {""})


async def _is_a_patients(db: AsyncSession, session: RoundSession, number: str) -> bool:
    """Whether it stands on the wristband of anybody at the branch: a reader also reads badges and packages."""
    query = select(PatientIdentifier.id).where(PatientIdentifier.issuer_hospital == session.branch_id)
    query = query.where(col(PatientIdentifier.value).in_({number.strip(), _plain(number)}))
    return (await db.exec(query.where(col(PatientIdentifier.kind).in_(ON_BAND)).limit(1))).first() is not None


def _plain(number: str) -> str:
    return number.strip().upper()
