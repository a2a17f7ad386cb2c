"""The grants that a consultation gives and ends: who sees the case because of it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.cases import service as cases
from telemed.consultations.expecting import due_by
from telemed.consultations.ladders import READING, TAKEN
from telemed.consultations.lookup import about
from telemed.consultations.model import Consultation, activity
from telemed.consultations.ports import Opinions
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.states import FINAL, ONLY_READ
from telemed.consultations.rules.table import Move
from telemed.consultations.words import KIND, ParticipantRole, State, Urgency
from telemed.people import service as people
from telemed.people.duty import departments, holders
from telemed.people.model import Department
from telemed.work import service as work
from telemed.work.acts import Opening, when_told
from telemed.work.model import Deadline, Rung, To, WorkKind

READ: Final = ("read", "annotate", "download")
LEAD: Final = (*READ, "write_opinion")

# -- by an action; `follow.py` says by which


async def with_the_hub(db: AsyncSession, move: Move) -> None:
    """Opens it to the hub's coordinators; a stat case also to whom it may ring at besides: experts, duty officers."""
    await with_hub(db, move.row, move.actor, move.now)


async def with_the_specialty_no_longer(db: AsyncSession, move: Move) -> None:
    """Closes it to the others whom it rang at, once somebody has taken it, after a while in which they can see who.

    To all departments' experts: which are wanted may have changed while it rang.
    """
    until = await due_by(db, move.row, TAKEN, move.now)
    duty, experts = (grants.role_subject(move.row.hub_id, each) for each in (Role.duty_officer, Role.expert))
    await grants.end(db, move.row.id, move.now, grantee=duty, until=until)
    await grants.end(db, move.row.id, move.now, departments_of=experts, until=until)


async def with_lead_or_department(db: AsyncSession, move: Move) -> None:
    await _with_lead_or_dispatchers(db, move.row, move.actor, move.now)


async def with_the_substitute(db: AsyncSession, move: Move) -> None:
    """Closes the case to who was replaced, or lets them only read it if they have taken part; opens it to who comes."""
    row, before = move.row, move.data["before_id"]
    await with_person_no_longer(db, row, before, move.now)
    if await participants.one(db, row.id, before) is not None:
        await with_participant(db, row, before, move.actor, move.now)
    if row.approved_at is None:
        return
    await _with_lead_or_dispatchers(db, row, move.actor, move.now)
    if row.accompanying_id is not None and await participants.one(db, row.id, row.accompanying_id) is not None:
        await with_participant(db, row, row.accompanying_id, move.actor, move.now)


async def with_the_department_no_longer(db: AsyncSession, move: Move) -> None:
    await move_to_department(db, move.row, None, move.now)


async def with_everybody_booked(db: AsyncSession, move: Move) -> None:
    """Opens the case to everybody on the booking."""
    await _with_lead_or_dispatchers(db, move.row, move.actor, move.now)
    for each in await participants.of(db, move.row.id):
        if each.staff_id != move.row.lead_id and each.role != ParticipantRole.guest:
            await with_participant(db, move.row, each.staff_id, move.actor, move.now)


async def until_the_opinion_is_read(db: AsyncSession, move: Move) -> None:
    """Not while it must be reassessed: then the end of that closes it."""
    if not await work.open_items(db, move.row.id, WorkKind.reassess):
        await grants.end(db, move.row.id, move.now, until=await due_by(db, move.row, READING, move.now))


async def with_nobody(db: AsyncSession, move: Move) -> None:
    await grants.end(db, move.row.id, move.now)


# -- otherwise


async def with_whom_is_told(db: AsyncSession, deadline: Deadline, told: Rung, now: datetime) -> None:
    """Opens it to a role of the hub that a ladder tells of it, as its duty officer: they act where nobody has."""
    if told.to is To.role and told.at_hub and deadline.partner_id is not None:
        row = await db.get_one(Consultation, deadline.activity_id)
        await _give(db, row, grants.role_subject(row.hub_id, Role(told.role)), "late", READ, None, now)


async def with_hub(db: AsyncSession, row: Consultation, actor: Actor | None, now: datetime) -> None:
    await _with_coordinators(db, row, actor, now)
    await _with_whom_it_rings_at(db, row, actor, now)


async def with_other_experts(db: AsyncSession, row: Consultation, actor: Actor, now: datetime) -> None:
    """Closes a stat call to the experts of departments that are wanted no longer, opens it to those that are now."""
    wanted = {_experts(row, each) for each in await _wanted_departments(db, row)}
    for grantee in await grants.ever(db, row.id):
        if grantee.startswith(f"{grants.role_subject(row.hub_id, Role.expert)}:") and grantee not in wanted:
            await grants.end(db, row.id, now, grantee=grantee)
    await _with_whom_it_rings_at(db, row, actor, now)


async def with_hub_no_longer(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Closes it to the hub that passes it on; whoever came into the room of a stat one from there has to leave it.

    All who might have come are told, also who only knocks, or still holds a ticket: none of them is a participant.
    """
    await grants.end(db, row.id, now)
    if row.urgency is not Urgency.stat:
        return
    coming = {each.staff_id for each in await participants.of(db, row.id)}
    here = {id for id, each in (await people.staff_by_id(db, coming)).items() if each.hospital_id == row.hub_id}
    for role in (Role.coordinator, Role.duty_officer):
        here.update(await holders(db, row.hub_id, role))
    for department in await _wanted_departments(db, row):
        here.update(await holders(db, row.hub_id, Role.expert, department.id))
    for each in sorted(here):
        grants.tell_ended(db, about(row), str(each), now)


async def give_again(db: AsyncSession, row: Consultation, opinions: Opinions, now: datetime) -> None:
    """Opens the case again to everybody concerned, after its grants ended with a withdrawn consent or by closing.

    A guest of the meeting gets none of their own unless they had one, as a former lead had; nor does anybody of a hub
    that passed it on.
    """
    if row.approved_at is None or row.state in FINAL or row.state is State.closed:
        return
    await _with_coordinators(db, row, None, now)
    if row.state is State.approved:
        await _with_whom_it_rings_at(db, row, None, now)
    await _with_lead_or_dispatchers(db, row, None, now)
    part = {each.staff_id: each.role for each in await participants.of(db, row.id) if each.staff_id != row.lead_id}
    had = await grants.ever(db, row.id)
    for id, person in (await people.staff_by_id(db, part)).items():
        concerned = part[id] != ParticipantRole.guest or str(id) in had
        if concerned and person.hospital_id in (row.branch_id, row.hub_id):
            await with_participant(db, row, id, None, now)
    await with_authors(db, row, opinions, now)


async def until_reassessed(db: AsyncSession, row: Consultation, opinions: Opinions, now: datetime) -> None:
    """Opens it to those who amend its opinion, stand by it or have written it, though it may be only read by now."""
    await _with_coordinators(db, row, None, now)
    await _with_lead_or_dispatchers(db, row, None, now)
    for each in await participants.of(db, row.id):
        if each.role == ParticipantRole.expert:
            await with_participant(db, row, each.staff_id, None, now)
    await with_authors(db, row, opinions, now)


async def until_it_is_read_again(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """As after closing."""
    if row.state in ONLY_READ:
        await grants.end(db, row.id, now, until=await due_by(db, row, READING, now))


async def with_participant(
    db: AsyncSession, row: Consultation, staff_id: UUID, actor: Actor | None, now: datetime
) -> None:
    await _give(db, row, str(staff_id), "take part in the consultation", READ, actor, now)


async def with_authors(db: AsyncSession, row: Consultation, opinions: Opinions, now: datetime) -> None:
    """Who no longer leads it reads on what they wrote of its opinion."""
    for each in await opinions.authors(db, row.id):
        if each != row.lead_id:
            await _give(db, row, str(each), "read what they wrote", ("read",), None, now)


async def with_person_no_longer(db: AsyncSession, row: Consultation, staff_id: UUID, now: datetime) -> None:
    """Closes the case to somebody who is no longer assigned."""
    await grants.end(db, row.id, now, grantee=str(staff_id))


async def move_to_department(db: AsyncSession, row: Consultation, department_id: UUID | None, now: datetime) -> None:
    """Where a department was asked for the lead expert and one of another leads it, it is the other's from now on.

    Those of the one see it no longer; the act that names the lead opens it to those of the other.
    """
    if row.hub_department_id not in (None, department_id):
        await grants.end(db, row.id, now, grantee=_dispatchers(row))
        row.hub_department_id = department_id


async def _with_coordinators(db: AsyncSession, row: Consultation, actor: Actor | None, now: datetime) -> None:
    await _give(db, row, grants.role_subject(row.hub_id, Role.coordinator), "accept", READ, actor, now)


async def _with_whom_it_rings_at(db: AsyncSession, row: Consultation, actor: Actor | None, now: datetime) -> None:
    if row.urgency is not Urgency.stat:
        return
    duty = grants.role_subject(row.hub_id, Role.duty_officer)
    await _give(db, row, duty, "stat", READ, actor, now)
    for department in await _wanted_departments(db, row):
        await _give(db, row, _experts(row, department), "stat", READ, actor, now)


async def _with_lead_or_dispatchers(db: AsyncSession, row: Consultation, actor: Actor | None, now: datetime) -> None:
    """Opens it to the lead expert, and to the dispatchers of the department that names one."""
    if row.lead_id is not None:
        await _give(db, row, str(row.lead_id), "lead the consultation", LEAD, actor, now)
    if row.hub_department_id is not None:
        await _give(db, row, _dispatchers(row), "name the lead expert", READ, actor, now)


async def _wanted_departments(db: AsyncSession, row: Consultation) -> list[Department]:
    """Those whose experts it rings at."""
    wanted = departments(row.hub_id, request_of(row).specialty, row.wanted_department_id)
    return list((await db.exec(select(Department).where(wanted))).all())


def _experts(row: Consultation, department: Department) -> str:
    return grants.role_subject(row.hub_id, Role.expert, department.id)


def _dispatchers(row: Consultation) -> str:
    return grants.role_subject(row.hub_id, Role.dispatcher, row.hub_department_id)


async def _give(
    db: AsyncSession,
    row: Consultation,
    grantee: str,
    purpose: str,
    allows: tuple[str, ...],
    actor: Actor | None,
    now: datetime,
) -> None:
    """Gives nothing while no consent names the hub, whatever is done meanwhile; `give_again` does after a new one."""
    if row.case_id is None or row.patient_id is None:
        raise RuntimeError("a grant needs a case and its patient")
    if await cases.consent_gone(db, row.id):
        return
    await grants.give(
        db,
        case_id=row.case_id,
        patient_id=row.patient_id,
        activity=activity(row.id),
        grantee=grantee,
        hospital_id=row.branch_id,
        allows=allows,
        purpose=purpose,
        by=actor.id if actor else None,
        now=now,
    )


async def _lock(db: AsyncSession, id: UUID) -> None:
    await db.exec(select(Consultation.id).where(Consultation.id == id).with_for_update())


when_told(KIND, Opening(_lock, with_whom_is_told))
