"""Who enters the room of a round, as what, and which images they may show there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.activities.model import Answer, Participant
from telemed.errors import Conflict, NotAllowed, NotFound
from telemed.people.chart_tables import Admission
from telemed.rooms.ports import Entry, Standing
from telemed.rounds import rules, students
from telemed.rounds.lacking import of_stay
from telemed.rounds.lookup import get, held, seen_items, sessions_of
from telemed.rounds.model import RoundItem, RoundSession, activity
from telemed.rounds.queries import MEETS, room_open
from telemed.rounds.words import ItemState, RoundRole, Who
from telemed.studies import service as studies
from telemed.studies.service import Held

TALKS: Final = frozenset({"publish", "subscribe"})
FOLLOWS: Final = frozenset({"subscribe"})
GUEST: Final = "guest"


def title(row: RoundSession) -> str:
    return f"查房 {row.ward}"


async def entry(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Entry:
    """Raises NotFound for whoever does not see the round, Conflict while its room is not open.

    Somebody may show the images of the patients whom they see themselves, and no others.
    """
    row = await get(db, actor, id)
    if await students.learns(db, row, actor):
        # What is said, shown and written there is of all beds.
        raise NotAllowed("Students follow on the run-sheet and do not enter the room.", reason="students_follow")
    if not room_open(row, now):
        raise Conflict("The room is not open.", reason="room_closed", state=str(row.state))
    mine = await participants.one(db, id, actor.id)
    if _has_left(mine, actor):
        raise NotFound("There is no such round.")  # they see that it is held, and take no part
    here = standing(row, actor.id, mine.role if mine else None, at_bed=bool(await _at_bed(db, row, actor)))
    seen = [each for each in await seen_items(db, actor, row, now) if each.state is not ItemState.proposed]
    found = await images(db, seen)
    return Entry(
        activity=activity(row.id),
        case_id=None,
        patient_id=None,
        title=title(row),
        role=here.role,
        rights=here.rights,
        booked=here.booked,
        studies=tuple(f"{hospital}/{uid}" for each in seen for hospital, uid in found.get(each.id, ())),
    )


def _has_left(mine: Participant | None, actor: Actor) -> bool:
    """They declined, or another leads it instead. Who coordinates it comes in all the same."""
    return mine is not None and mine.answer is Answer.declined and not actor.has(Role.coordinator)


async def _at_bed(db: AsyncSession, row: RoundSession, actor: Actor) -> frozenset[Who]:
    return await held(db, row, actor) & {Who.doctor, Who.nurse}


def standing(row: RoundSession, staff_id: UUID, role: str | None, *, at_bed: bool = False) -> Standing:
    """Everybody who sees the round comes in without knocking; the lead and who is at the bed speak."""
    if staff_id == row.lead_id:
        return Standing(RoundRole.lead, TALKS | {"admit"}, booked=True)
    if staff_id == row.accompanying_id or role == RoundRole.accompanying or at_bed:
        return Standing(str(Role.accompanying_physician), TALKS, booked=True)
    return Standing(role if role in (RoundRole.expert, RoundRole.former_lead) else GUEST, FOLLOWS, booked=True)


async def standings(db: AsyncSession, id: UUID) -> Mapping[UUID, Standing]:
    row = await db.get_one(RoundSession, id)
    return {each.staff_id: standing(row, each.staff_id, each.role) for each in await participants.of(db, id)}


async def may_stay(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> bool:
    query = select(RoundSession).where(RoundSession.id == id, sessions_of(actor))
    row = (await db.exec(query)).one_or_none()
    if row is None or await students.learns(db, row, actor):
        return False
    return not _has_left(await participants.one(db, id, actor.id), actor)


async def room_over(db: AsyncSession, id: UUID) -> str | None:
    row = await db.get_one(RoundSession, id)
    return str(row.state) if row.state in rules.OVER | rules.NEVER else None


async def device_entry(db: AsyncSession, id: UUID) -> Entry | None:
    """The ward's cart waits in the room as the bedside, whoever stands beside it, and is shown no patient."""
    row = await db.get(RoundSession, id)
    if row is None or row.state not in MEETS:  # when, the booking says
        return None
    return Entry(activity(row.id), None, None, title(row), "cart", TALKS, booked=True)


async def images(db: AsyncSession, found: list[RoundItem]) -> dict[UUID, list[tuple[str, str]]]:
    """By item the studies that it shows: those of this stay."""
    patients = list({each.patient_id for each in found})
    kept: dict[UUID, list[Held]] = {}
    for start in range(0, len(patients), studies.AT_ONCE):
        kept |= await studies.of_patients(db, patients[start : start + studies.AT_ONCE])
    out = {}
    for each in found:
        stay = await db.get_one(Admission, each.admission_id)
        shown = of_stay(kept.get(each.patient_id, []), stay, each)
        out[each.id] = [(one.hospital_id, one.study_uid) for one in shown]
    return out
