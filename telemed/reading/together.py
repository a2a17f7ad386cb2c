"""一起阅片: the room of a reading. Who has a grant comes in; an invitation gives one for four hours."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import CLINICAL, Account, Actor, CaseGrant
from telemed.activities import participants
from telemed.audit.service import record
from telemed.db import Database
from telemed.errors import Conflict, NotFound
from telemed.history.service import emit
from telemed.kit.failures import isolated
from telemed.people import service as people
from telemed.people.model import Department, Staff
from telemed.reading import rules, work
from telemed.reading.events import ReaderInvitationEnded, ReaderInvited
from telemed.reading.lookup import about, get, visible_to
from telemed.reading.model import Reading, activity
from telemed.reading.together_schemas import InvitationOut, ReaderOut, TogetherOut
from telemed.reading.words import KIND
from telemed.rooms.ports import Entry, Standing

PURPOSE: Final = "reading together"
LASTS: Final = timedelta(hours=4)
ALLOWS: Final = ("read", "annotate")
RIGHTS: Final = frozenset({"publish", "subscribe"})
READER, GUEST = "reader", "guest"  # as whom somebody is there: who writes or reviews the report, and everybody else


async def entry(db: AsyncSession, actor: Actor, id: UUID, held: Collection[tuple[str, str]], now: datetime) -> Entry:
    """Raises NotFound for whoever has no grant. A break-glass lets one read alone, not among others."""
    row = await get(db, _without_break_glass(actor), id, now)
    here = standing(row, actor.id)
    return Entry(
        activity=activity(row.id),
        case_id=row.case_id,
        patient_id=row.patient_id,
        title=f"{row.modality} {row.examination}".strip(),
        role=here.role,
        rights=here.rights,
        booked=here.booked,
        studies=tuple(f"{hospital}/{uid}" for hospital, uid in held),
    )


def standing(row: Reading, staff_id: UUID) -> Standing:
    writes = staff_id in (row.reader_id, row.reviewer_id)
    return Standing(READER if writes else GUEST, RIGHTS, booked=True)


async def standings(db: AsyncSession, id: UUID) -> Mapping[UUID, Standing]:
    row = await db.get_one(Reading, id)
    return {each.staff_id: standing(row, each.staff_id) for each in await participants.of(db, id)}


async def may_open(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> bool:
    mine = visible_to(_without_break_glass(actor), now)
    return (await db.exec(select(Reading.id).where(Reading.id == id, mine))).first() is not None


def _without_break_glass(actor: Actor) -> Actor:
    return replace(actor, opened={})


def _may_invite(row: Reading, actor: Actor, now: datetime) -> bool:
    """Who requests or reads it; nobody who was only invited themselves."""
    return bool(rules.capacities(row, actor, now))


async def shown(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> TogetherOut:
    """Who is in the room now, and who was invited by a grant that is still in force."""
    row = await get(db, _without_break_glass(actor), id, now)
    here = [each.staff_id for each in await participants.of(db, id) if each.present]
    invited = await _invited(db, id, now)
    ids = {*here, *(UUID(each.grantee) for each in invited), *(each.granted_by for each in invited if each.granted_by)}
    staff = await people.staff_by_id(db, ids)
    departments = {each.id: each for each in await people.departments(db)}
    return TogetherOut(
        here=[_reader(staff[each], departments) for each in here],
        invited=[
            InvitationOut(
                person=_reader(staff[UUID(each.grantee)], departments),
                by=_reader(staff[each.granted_by], departments),
                until=each.until,
                mine=each.granted_by == actor.id,
            )
            for each in invited
            if each.granted_by is not None
        ],
        may_invite=_may_invite(row, actor, now),
        server_time=now,
    )


async def _invited(db: AsyncSession, id: UUID, now: datetime) -> list[CaseGrant]:
    query = select(CaseGrant).where(CaseGrant.activity_id == id, CaseGrant.purpose == PURPOSE, grants.in_force(now))
    return list((await db.exec(query.order_by(col(CaseGrant.id)))).all())


def _reader(row: Staff, departments: Mapping[UUID, Department]) -> ReaderOut:
    department = departments.get(row.department_id) if row.department_id else None
    return ReaderOut(
        **row.model_dump(include={"id", "name", "name_en", "title", "hospital_id"}),
        department=department.name if department else "",
        department_en=department.name_en if department else "",
    )


async def invite(db: AsyncSession, actor: Actor, id: UUID, staff_id: UUID, now: datetime) -> None:
    """Tells somebody of the two hospitals; who may not open the reading yet may for four hours from now.

    Raises NotFound for anybody else, Conflict for an account that sees no patients or is closed, and for an invitation
    by who may not invite.
    """
    row = await get(db, _without_break_glass(actor), id, now, to_change=True)
    if not _may_invite(row, actor, now):
        raise Conflict("Who requests or reads it invites others.", reason="may_not_invite")
    account = await db.get(Account, staff_id)
    if account is None or account.hospital_id not in (row.hub_id, row.branch_id):
        raise NotFound("There is no such person.")
    guest = await people.actor(db, staff_id)
    if account.disabled_at is not None or not guest.has(*CLINICAL):
        raise Conflict("This account sees no patients.", reason="not_invitable")
    if await grants.has(db, id, str(staff_id), now) or not await _sees_images(db, guest, row, now):
        await grants.give(
            db,
            case_id=row.case_id,
            patient_id=row.patient_id,
            activity=activity(row.id),
            grantee=str(staff_id),
            hospital_id=row.branch_id,
            allows=ALLOWS,
            purpose=PURPOSE,
            by=actor.id,
            now=now,
            until=now + LASTS,
        )
    record(db, actor, "reading.invited", str(id), now, reason=f"staff {staff_id}", owner_id=row.branch_id)
    emit(db, ReaderInvited(rev=row.version, staff_id=staff_id, name=account.name), about(row), now, by=actor)
    await db.flush()
    await work.is_invited(db, row, staff_id, now)


async def _sees_images(db: AsyncSession, guest: Actor, row: Reading, now: datetime) -> bool:
    """At the branch, or by a grant of this reading: what another activity of the case opens may be other studies."""
    if guest.hospital_id == row.branch_id:
        return True
    of_this = select(CaseGrant.id).where(CaseGrant.activity_id == row.id, grants.live(guest, now))
    return (await db.exec(of_this)).first() is not None


async def end(db: AsyncSession, actor: Actor, id: UUID, staff_id: UUID, now: datetime) -> None:
    """The inviter ends it. Raises NotFound if nobody of this id is invited, Conflict if somebody else invited them."""
    row = await get(db, _without_break_glass(actor), id, now, to_change=True)
    invited = next((each for each in await _invited(db, id, now) if each.grantee == str(staff_id)), None)
    if invited is None:
        raise NotFound("Nobody of this id is invited.")
    if invited.granted_by != actor.id:
        raise Conflict("Who invited somebody ends it.", reason="not_your_invitation")
    record(db, actor, "reading.invitation_ended", str(id), now, reason=f"staff {staff_id}", owner_id=row.branch_id)
    await _end(db, actor, row, staff_id, now)


async def _end(db: AsyncSession, actor: Actor | None, row: Reading, staff_id: UUID, now: datetime) -> None:
    """By nobody: what has lapsed; whoever was invited again meanwhile stays."""
    person = await people.staff(db, staff_id)
    await grants.end(db, row.id, now, grantee=str(staff_id), only_over=actor is None)
    if actor is None and await grants.has(db, row.id, str(staff_id), now):
        return
    emit(db, ReaderInvitationEnded(rev=row.version, staff_id=staff_id, name=person.name), about(row), now, by=actor)


async def end_lapsed(database: Database, now: datetime) -> dict[UUID, Exception]:
    """Ends the grants of readings whose time is over, so that their people leave the room; returns the failures, by
    grant."""
    failed: dict[UUID, Exception] = {}
    over = (CaseGrant.activity == KIND, col(CaseGrant.ended_at).is_(None), col(CaseGrant.until) <= now)
    async with database.read() as db:
        found = (await db.exec(select(CaseGrant.id).where(*over))).all()
    for id in found:
        async with database.write() as db, isolated(db, "a grant that is over", id, failed):
            grant = (await db.exec(select(CaseGrant).where(CaseGrant.id == id, *over))).first()
            if grant is None:
                continue
            row = await db.get_one(Reading, grant.activity_id)
            if grant.purpose == PURPOSE:
                await _end(db, None, row, UUID(grant.grantee), now)
            else:
                await _run_out(db, row, grant.grantee, now)
    return failed


async def _run_out(db: AsyncSession, row: Reading, grantee: str, now: datetime) -> None:
    """What a role had is over for each of its people; whoever sees it otherwise stays in the room."""
    await grants.end(db, row.id, now, grantee=grantee, only_over=True)
    for each in await participants.of(db, row.id):
        if not (each.present or each.waiting):
            continue
        if not await may_open(db, await people.actor(db, each.staff_id), row.id, now):
            grants.tell_ended(db, about(row), str(each.staff_id), now)
