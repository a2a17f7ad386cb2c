"""The list of a session: who is on it, in which order, and what is to be asked about each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import Conflict, Invalid, NotFound
from telemed.people.chart_tables import Admission
from telemed.rounds import consents, rules, sharing, stays, telling
from telemed.rounds.engine import move
from telemed.rounds.lacking import stays_of
from telemed.rounds.lookup import changed, get, held, items, on_list, seen_items
from telemed.rounds.model import RoundItem, RoundSession
from telemed.rounds.proposing import Candidate, candidates, next_place, put
from telemed.rounds.schemas import ItemIn
from telemed.rounds.words import Gone, ItemAction, ItemState, Reason, RoundState, Who

LATE_AT = frozenset({RoundState.list_locked, RoundState.ready}) | rules.TAKES_ACTS
WRITES = frozenset({Who.doctor, Who.nurse, Who.lead})


async def add(db: AsyncSession, actor: Actor, id: UUID, patient_id: UUID, now: datetime) -> RoundItem:
    """Adds somebody who lies in the ward; once the list is locked, for the lead to confirm.

    Raises NotFound for a patient who does not lie there, Conflict if they are on the list already or it is full.
    """
    session = await get(db, actor, id, to_change=True)
    refuse_closed(session)
    if not await held(db, session, actor) & WRITES:
        rules.refuse_capacity(Who.doctor, Who.nurse, Who.lead)
    whom = next((e for e in await candidates(db, session, now) if e.admission.patient_id == patient_id), None)
    if whom is None or session.branch_id != actor.hospital_id:
        raise NotFound("There is no such patient in this ward.")
    late = session.state in LATE_AT
    known = await _known(db, session, patient_id)
    if known is not None and known.state is not ItemState.removed:
        raise Conflict("This patient is on the list.", reason="on_list")
    if len(await items(db, session.id)) >= rules.MOST_ITEMS:
        raise Conflict("The list is full.", reason="list_full")
    place = await next_place(db, session.id)
    if known is not None:  # taken off before
        _begin_again(known, whom, place, now, late=late)
        changed(db, session, now, known.id)
        return known
    return await put(db, session, Candidate(whom.admission, [*whom.reasons, Reason.asked]), place, now, late=late)


def _begin_again(row: RoundItem, whom: Candidate, place: int, now: datetime, *, late: bool) -> None:
    """As they lie there now, which may be in another bed or in another stay; what it rested on before is asked anew."""
    row.sqlmodel_update(
        {
            "state": ItemState.proposed,
            "state_since": now,
            "place": place,
            "late": late,
            "admission_id": whom.admission.id,
            "bed": whom.admission.bed,
            "reasons": [str(each) for each in (*whom.reasons, Reason.asked)],
            "case_id": None,
            "consent_id": None,
            "emergency": "",
            "why": "",
            "version": row.version + 1,
        }
    )


async def _known(db: AsyncSession, session: RoundSession, patient_id: UUID) -> RoundItem | None:
    query = select(RoundItem).where(RoundItem.session_id == session.id, RoundItem.patient_id == patient_id)
    return (await db.exec(query)).one_or_none()


async def confirm(db: AsyncSession, actor: Actor, id: UUID, version: int, emergency: str, now: datetime) -> RoundItem:
    """Puts somebody on the list for certain: from now on the lead and the named doctors of the hub see them.

    It needs a consent of this stay, or the words of an emergency. Raises Conflict without either.
    """
    session, row = await on_list(db, actor, id, now, version=version)
    refuse_closed(session)
    rules.refuse_late(session, row, await held(db, session, actor))
    become = await _resting_on(db, session, row, emergency.strip() or row.emergency, now)
    await move(db, actor, session, row, ItemAction.confirm, now, become, reason=become["emergency"])
    await sharing.with_hub(db, actor, session, row, now)
    return row


async def put_forward(
    db: AsyncSession, actor: Actor, id: UUID, version: int, emergency: str, now: datetime
) -> RoundItem:
    """Asks the lead about somebody who was added after locking: the lead alone sees them from now on, and confirms
    them or takes them off. It needs what confirming needs."""
    session, row = await on_list(db, actor, id, now, version=version)
    refuse_closed(session)
    rules.refuse_to_put_forward(session, row)
    become = await _resting_on(db, session, row, emergency.strip(), now)
    await move(db, actor, session, row, ItemAction.put_forward, now, become, reason=become["emergency"])
    await sharing.with_lead(db, actor, session, row, now)
    await telling.put_forward(db, session, now, actor)
    return row


async def _resting_on(
    db: AsyncSession, session: RoundSession, row: RoundItem, emergency: str, now: datetime
) -> dict[str, Any]:
    """The columns that say on what it rests that the hub sees this patient."""
    admission = await db.get_one(Admission, row.admission_id)
    left = stays.gone(session, admission)
    if left is Gone.discharged:
        raise Conflict("This patient has left the hospital.", reason="discharged")
    if left is Gone.moved:
        raise Conflict("This patient lies in another ward.", reason="moved_away")
    consent = await consents.covering(db, admission, session.hub_id)
    if consent is None:
        if not emergency:
            raise Conflict("There is no consent to consultations in this stay.", reason="no_consent")
        rules.refuse_emergency(row, emergency)
    return {
        "case_id": await sharing.case_of(db, admission, now),
        "consent_id": consent.id if consent else None,
        "emergency": "" if consent else emergency,
    }


async def remove(db: AsyncSession, actor: Actor, id: UUID, version: int, why: str, now: datetime) -> RoundItem:
    """Takes somebody off: the hub sees them no more for this round."""
    session, row = await on_list(db, actor, id, now, version=version)
    await move(db, actor, session, row, ItemAction.remove, now, {"why": why}, reason=why)
    await sharing.with_nobody(db, [row], now)
    return row


async def write(db: AsyncSession, actor: Actor, id: UUID, version: int, new: ItemIn, now: datetime) -> RoundItem:
    """What is to be said of a patient: diagnosis, the last 24 hours, the question; and how long it may take."""
    session, row = await on_list(db, actor, id, now, version=version)
    refuse_closed(session)
    if not await held(db, session, actor) & WRITES:
        rules.refuse_capacity(Who.doctor, Who.nurse, Who.lead)
    if row.state in rules.VISITED or row.state in (ItemState.removed, ItemState.skipped):
        raise Conflict("This bed is done.", reason="wrong_state", state=str(row.state))
    row.sqlmodel_update(new.model_dump())
    row.version += 1
    changed(db, session, now, row.id)
    return row


async def order(
    db: AsyncSession, actor: Actor, id: UUID, version: int, wanted: Sequence[UUID], now: datetime
) -> RoundSession:
    """Puts the list in this order. Raises Invalid unless it names everybody on it whom this person sees, once."""
    session = await get(db, actor, id, version=version)
    refuse_closed(session)
    if not await held(db, session, actor) & {Who.doctor, Who.nurse, Who.lead}:
        rules.refuse_capacity(Who.doctor, Who.nurse, Who.lead)
    mine = {each.id: each for each in await seen_items(db, actor, session, now)}
    if len(set(wanted)) != len(wanted) or set(wanted) != mine.keys():
        raise Invalid("Name everybody on the list once.", reason="order_incomplete")
    places = sorted(each.place for each in mine.values())  # those whom a lead does not see yet keep theirs
    for place, each in zip(places, wanted, strict=True):
        mine[each].place = place
    session.version += 1
    changed(db, session, now)
    return session


async def on_ward(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> tuple[RoundSession, list[Candidate]]:
    """Who lies in the ward and is not on the list; for the ward's hospital alone."""
    session = await get(db, actor, id)
    if session.branch_id != actor.hospital_id:
        raise NotFound("There is no such round.")
    on_list = {each.patient_id for each in await items(db, session.id)}
    return session, [each for each in await candidates(db, session, now) if each.admission.patient_id not in on_list]


async def moved(db: AsyncSession, session: RoundSession) -> list[tuple[RoundItem, Admission]]:
    """Whom the ward has discharged, moved away or to another bed since they came on the list."""
    found = [each for each in await items(db, session.id) if each.state in (ItemState.proposed, ItemState.confirmed)]
    known = await stays_of(db, found)
    pairs = [(each, known[each.admission_id]) for each in found]
    return [(row, stay) for row, stay in pairs if stays.gone(session, stay) or stay.bed != row.bed]


async def follow_moves(db: AsyncSession, session: RoundSession, now: datetime) -> None:
    """Takes off whom the ward has discharged or moved away since, and follows who lies in another bed of it."""
    for row, stay in await moved(db, session):
        if (why := stays.gone(session, stay)) is not None:
            await move(db, None, session, row, ItemAction.remove, now, {"why": str(why)}, reason=str(why))
            await sharing.with_nobody(db, [row], now)
        else:
            row.bed, row.version = stay.bed, row.version + 1
            changed(db, session, now, row.id)


def refuse_closed(session: RoundSession) -> None:
    if session.state not in rules.LISTED | rules.TAKES_ACTS:
        raise Conflict("There is no list to work on now.", reason="no_list", state=str(session.state))
