"""Who leads a session: the next of its pool, or whom a coordinator or the lead names; and who is at the bedside."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.audit.service import record
from telemed.errors import NotFound
from telemed.history.service import emit
from telemed.people.duty import holders
from telemed.rounds import asking, rules, sharing, telling
from telemed.rounds.booking import book_or_rest, is_busy, reserve
from telemed.rounds.lead_events import LeadNamed
from telemed.rounds.lookup import about, changed, pool
from telemed.rounds.model import RoundSession, activity
from telemed.rounds.words import RoundRole


async def next_lead(db: AsyncSession, row: RoundSession, now: datetime) -> None:
    """The next of the pool after who declined whose time is free; nobody: the round has no lead, and keeps its places
    until a coordinator names one."""
    names = await pool(db, row)
    after = names.index(str(row.lead_id)) + 1
    declined, able = await who_declined(db, row), await able_to_lead(db, row.hub_id)
    await reserve(db, [*map(UUID, names), row.accompanying_id], row.venue_id, row.cart_id, now)
    for each in [*names[after:], *names[: after - 1]]:
        who = UUID(each)
        if who in able - declined and not is_busy(who, await book_or_rest(db, row, who, now)):
            return await lead_becomes(db, None, row, who, now, Answer.invited)
    await lead_becomes(db, None, row, None, now, Answer.invited)
    await book_or_rest(db, row, None, now)


async def lead_becomes(
    db: AsyncSession,
    actor: Actor | None,
    row: RoundSession,
    lead_id: UUID | None,
    now: datetime,
    answered: Answer,
    *,
    at: datetime | None = None,
    stays: bool = False,
) -> None:
    """Names another lead, or none, and tells both. The one before sees nothing of it any more, unless they stay in the
    round as they handed it over; who declined goes on seeing that there is one."""
    before = row.lead_id
    if before == lead_id:
        return
    row.lead_id, row.version = lead_id, row.version + 1
    if before is not None:
        await _former(db, actor, row, before, now, stays=stays)
    if lead_id is not None:
        person = await participants.put(db, activity(row.id), lead_id, RoundRole.lead)
        person.answer, person.answered_at = answered, now if answered is Answer.accepted else None
        person.words, person.proposed_start, person.proposed_end = "", None, None
        await sharing.with_doctor(db, actor, row, lead_id, now)
    told = LeadNamed(target=row.state, lead_id=lead_id, before_id=before)
    emit(db, told, about(row), now, by=actor, at=at)
    record(db, actor, "round.lead_named", str(row.id), now, reason=f"staff {lead_id}" if lead_id else None)
    if lead_id is not None and row.state not in rules.TAKES_ACTS:
        await (telling.booked if answered is Answer.accepted else telling.invited)(db, row, lead_id, now, actor)
    changed(db, row, now)
    await db.flush()
    await asking.of_session(db, row, now, actor)
    await asking.of_notes(db, row, now, actor)


async def _former(
    db: AsyncSession, actor: Actor | None, row: RoundSession, who: UUID, now: datetime, *, stays: bool
) -> None:
    former = await participants.one(db, row.id, who)
    if former is not None:
        former.role, former.required = RoundRole.former_lead, False
    if stays:
        return
    await sharing.with_doctor_no_longer(db, row, who, now)
    if former is not None and former.answer is not Answer.declined:
        await telling.relieved(db, row, who, now, actor)
        former.answer = Answer.declined
        # Who has led it goes on record as having done so, also from beside its room.
        if former.joined_at is None and row.state not in rules.TAKES_ACTS:
            await db.delete(former)


async def sign_instead(db: AsyncSession, actor: Actor, row: RoundSession, who: UUID, now: datetime) -> None:
    """Who led the round cannot countersign its notes: this doctor does, and sees its patients for it. Who led it stays
    on record as having led it."""
    for each in await participants.of(db, row.id):
        if each.role == RoundRole.signs and each.staff_id != who:
            await sharing.with_doctor_no_longer(db, row, each.staff_id, now)
            await db.delete(each)
    if who != row.lead_id:
        person = await participants.put(db, activity(row.id), who, RoundRole.signs, required=False)
        person.answer, person.answered_at = Answer.accepted, now
        await sharing.with_doctor(db, actor, row, who, now)
    row.version += 1
    record(db, actor, "round.signer_named", str(row.id), now, reason=f"staff {who}")
    await telling.takes_over(db, row, who, now, actor)
    changed(db, row, now)
    await asking.of_notes(db, row, now, actor)


async def who_declined(db: AsyncSession, row: RoundSession) -> set[UUID]:
    return {each.staff_id for each in await participants.of(db, row.id) if each.answer is Answer.declined}


async def able_to_lead(db: AsyncSession, hub_id: str) -> set[UUID]:
    """The experts of the hub whose accounts are open."""
    return set(await holders(db, hub_id, Role.expert))


async def refuse_lead(db: AsyncSession, row: RoundSession, lead_id: UUID) -> None:
    """Raises NotFound unless this is somebody who may lead rounds for this hub."""
    if lead_id not in await able_to_lead(db, row.hub_id):
        raise NotFound("There is no such expert at this hub.", reason="no_such_expert")


async def accompanied(db: AsyncSession, actor: Actor | None, row: RoundSession, now: datetime) -> UUID | None:
    """Its bed doctor takes part, and who was that before does not any more. Returns who is new and has been told."""
    before = [each for each in await participants.of(db, row.id) if each.role == RoundRole.accompanying]
    for each in before:
        if each.staff_id != row.accompanying_id:
            await telling.relieved(db, row, each.staff_id, now, actor)
            await db.delete(each)
    if row.accompanying_id is None or row.accompanying_id in {each.staff_id for each in before}:
        return None
    beside = await participants.put(db, activity(row.id), row.accompanying_id, RoundRole.accompanying)
    beside.answer = Answer.accepted
    await telling.booked(db, row, row.accompanying_id, now, actor)
    return row.accompanying_id
