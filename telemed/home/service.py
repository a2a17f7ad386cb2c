"""Gathers what waits for a person: activities that ring, the next ones to join, their work items."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import CLINICAL
from telemed.access.model import Actor, Role
from telemed.activities.briefs import patient_brief
from telemed.activities.kinds import Kinds, Listed
from telemed.activities.rules import first_and_today
from telemed.activities.schemas import PatientBrief, RingingOut
from telemed.activities.words import Urgency
from telemed.audit.service import record
from telemed.db import Database
from telemed.errors import NotFound
from telemed.home.rows import one_a_trouble
from telemed.home.schemas import (
    CentreDay,
    ExceptionList,
    ExceptionOut,
    HomeOut,
    NoticeFilter,
    NoticeList,
    NoticeOut,
    SearchOut,
    WorkFilter,
    WorkList,
    WorkOut,
)
from telemed.kit.clock import midnight_after
from telemed.people import patients as register
from telemed.people import service as people
from telemed.people.english import departments_en
from telemed.people.model import Patient
from telemed.rosters import directory
from telemed.scheduling.schemas import Period
from telemed.work import late, notices, rings, undelivered
from telemed.work.duty import on_duty
from telemed.work.model import Deadline, Notice, WorkItem
from telemed.work.ports import Present
from telemed.work.schemas import RungOut, ToldOf
from telemed.work.service import count_waiting, waiting_for
from telemed.work.told import of as told_by_deadline

OfActivity = WorkItem | Notice | Deadline
MOST_NOTICES, MOST_EXCEPTIONS, MOST_FOUND = 50, 50, 6
OF_ACTIVITY = {"urgency", "title", "patient", "place", "climbed", "waits_for", "advice", "late", "undelivered", "also"}


async def home(db: AsyncSession, actor: Actor, kinds: Kinds, now: datetime) -> HomeOut:
    coming = [each for kind in kinds for each in await kind.next_for(db, actor, now)]
    tonight = midnight_after((await people.zones(db))[actor.hospital_id], now)
    return HomeOut(
        next=first_and_today(coming, now, tonight),
        work=await work(db, actor, kinds, WorkFilter(), now),
        server_time=now,
    )


async def ringing(db: AsyncSession, actor: Actor, kinds: Kinds, now: datetime) -> list[RingingOut]:
    """What calls and nobody has taken, longest first."""
    calling = [each for kind in kinds for each in await kind.ringing(db, actor, now)]
    return sorted(calling, key=lambda each: each.since)


async def rung(db: AsyncSession, actor: Actor, kinds: Kinds, id: UUID, now: datetime, present: Present) -> RungOut:
    """Raises NotFound if this person may not see the activity, or if nothing of it rings."""
    kind, _ = await kinds.find(db, id)
    if kind is None:
        raise NotFound("There is nothing that rings.")
    await kind.may_read(db, actor, id, now)
    return await undelivered.mark(db, id, await rings.of(db, id, on_duty, present), now)


async def told(db: AsyncSession, actor: Actor, kinds: Kinds, by: NoticeFilter, now: datetime) -> NoticeList:
    """What this person was told, the latest first; `new` counts all of it."""
    found = await notices.latest(db, actor, MOST_NOTICES, by.about)
    listed, first = await listed_of(db, actor, kinds, found, now), await notices.first_of_work(db, found)
    return NoticeList(
        items=[
            NoticeOut(
                **each.model_dump(include=NoticeOut.model_fields.keys() - {"title", "patient", "about_id"}),
                about_id=first.get(each.id),
                title=about.title if (about := _about(each, listed)) else "",
                patient=about.patient if about else None,
            )
            for each in found
        ],
        new=await notices.count_new(db, actor),
    )


async def told_of(db: AsyncSession, actor: Actor, kinds: Kinds, id: UUID, now: datetime) -> list[ToldOf]:
    """Raises NotFound if this person may not see the activity."""
    kind, _ = await kinds.find(db, id)
    if kind is None:
        raise NotFound("There is no such activity.")
    await kind.may_read(db, actor, id, now)
    return await told_by_deadline(db, actor, id, now)


async def exceptions(db: AsyncSession, actor: Actor, kinds: Kinds, now: datetime) -> ExceptionList:
    """What did not reach somebody, then what is late at this person's hub, most pressing first.

    Before the branch has approved nothing of it is late at the hub, whose duty officer has what they have been told of.
    Several that tell of the same trouble are one row.
    """
    found, listed = await _late(db, actor, kinds, now)
    missed = await undelivered.at_hospital(db, actor, MOST_EXCEPTIONS, now)
    known = {each.id for each in found}
    more = [deadline for id, (deadline, _) in missed.items() if id not in known]
    listed |= await listed_of(db, actor, kinds, more, now)
    found = [*(each for each in more if each.activity_id in listed or _told_blindly(each, actor)), *found]
    are_late = await late.among(db, actor, {each.id for each in found}, now)
    climbed = await late.climbed(db, found)
    waits = await late.waits_for(db, found)
    items = [
        ExceptionOut(
            **each.model_dump(include=ExceptionOut.model_fields.keys() - OF_ACTIVITY),
            **_of(_about(each, listed)),
            urgency=Urgency(each.urgency or Urgency.routine),  # a hospital's own work has none
            climbed=climbed[each.id],
            waits_for=waits[each.id].who,
            advice=waits[each.id].advice,
            late=each.id in are_late,
            undelivered=missed[each.id][1] if each.id in missed else [],
            also=[],
        )
        for each in found
    ]
    return ExceptionList(items=one_a_trouble(items))


async def _late(
    db: AsyncSession, actor: Actor, kinds: Kinds, now: datetime
) -> tuple[list[Deadline], dict[UUID, Listed]]:
    """What is late at this person's hub as far as they may see its activity, and how to list that."""
    found: list[Deadline] = []
    listed: dict[UUID, Listed] = {}
    async for page in late.at_hub(db, actor, now):
        listed |= await listed_of(db, actor, kinds, page, now)
        found += [each for each in page if each.activity_id in listed]
        if len(found) >= MOST_EXCEPTIONS:
            break
    return found[:MOST_EXCEPTIONS], listed


def _told_blindly(of: Deadline, actor: Actor) -> bool:
    """Whether somebody whom it did not reach is named though this person sees nothing of its activity: they telephone,
    and the message says nothing of a patient.

    Of their hospital's own work; of what its centre or its branch's duty officer no longer sees, because it has ended.
    """
    if of.activity_id is None:
        return True
    return of.done_at is not None and (of.partner_id is None or actor.has(Role.coordinator))


def _of(about: Listed | None) -> dict[str, Any]:
    if about is None:
        return {"title": "", "patient": None, "place": None}
    return {"title": about.title, "patient": about.patient, "place": about.place}


async def nudge(db: AsyncSession, actor: Actor, kinds: Kinds, id: UUID, now: datetime) -> None:
    """Raises NotFound if it is not late, or not this person's to see; Conflict as `late.nudge`."""
    deadline = await late.one(db, actor, id, now)
    if (kind := kinds.get(deadline.activity)) and deadline.activity_id is not None:
        await kind.may_read(db, actor, deadline.activity_id, now)
    await late.nudge(db, actor, deadline, now)


async def search(database: Database, actor: Actor, kinds: Kinds, q: str, now: datetime) -> SearchOut:
    """Patients of the actor's hospital, activities, and staff; audited, without the words.

    It is read beside whoever writes meanwhile.
    """
    async with database.read() as db:
        found = await _found(db, actor, kinds, q, now)
    async with database.write() as db:
        record(db, actor, "searched", f"{len(found.patients)} patients, {len(found.cases)} cases", now)
    return found


async def _found(db: AsyncSession, actor: Actor, kinds: Kinds, q: str, now: datetime) -> SearchOut:
    own = (await register.find(db, actor, q))[:MOST_FOUND] if actor.has(*CLINICAL) else []
    cases = [each for kind in kinds for each in await kind.found(db, actor, q, MOST_FOUND, now)]
    english, zones = await departments_en(db), await people.zones(db)
    named = await people.called(db, q, await directory.near(db, actor, now), MOST_FOUND)
    return SearchOut(
        patients=[patient_brief(each, english, zones[each.hospital_id], now) for each in own],
        cases=cases,
        people=await directory.shown(db, actor, named, now),
    )


async def centre(db: AsyncSession, actor: Actor, kinds: Kinds, by: Period, now: datetime) -> CentreDay:
    """What this person's hub holds in a time, of every kind."""
    found = [each for kind in kinds for each in await kind.held(db, actor, by.start, by.end, now)]
    return CentreDay(items=sorted(found, key=lambda each: each.starts_at))


async def work(db: AsyncSession, actor: Actor, kinds: Kinds, by: WorkFilter, now: datetime) -> WorkList:
    items = await waiting_for(db, actor, by.most, by.kinds.split(",") if by.kinds else ())
    listed = await listed_of(db, actor, kinds, items, now)
    unnamed = [each for each in items if (about := _about(each, listed)) is None or about.patient is None]
    patients = await _patients(db, actor, unnamed, now)
    return WorkList(
        items=[_item(each, listed, patients) for each in items],
        waiting=await count_waiting(db, actor),
    )


async def listed_of(
    db: AsyncSession, actor: Actor, kinds: Kinds, items: Iterable[OfActivity], now: datetime
) -> dict[UUID, Listed]:
    """How to list their activities; only of those that this person may see."""
    out: dict[UUID, Listed] = {}
    for kind in kinds:
        ids = {each.activity_id for each in items if each.activity == kind.name and each.activity_id}
        out |= await kind.listed(db, actor, ids, now) if ids else {}
    return out


def _about(of: OfActivity, listed: dict[UUID, Listed]) -> Listed | None:
    return listed.get(of.activity_id) if of.activity_id else None


async def _patients(db: AsyncSession, actor: Actor, items: list[WorkItem], now: datetime) -> dict[UUID, PatientBrief]:
    """The patients of these items who are the actor's hospital's own; others are not named, their grant has ended."""
    ids = {each.patient_id for each in items if each.patient_id}
    if not ids:
        return {}
    english, zones = await departments_en(db), await people.zones(db)
    own = select(Patient).where(col(Patient.id).in_(ids), Patient.hospital_id == actor.hospital_id)
    return {each.id: patient_brief(each, english, zones[each.hospital_id], now) for each in await db.exec(own)}


def _item(item: WorkItem, listed: dict[UUID, Listed], patients: dict[UUID, PatientBrief]) -> WorkOut:
    about = _about(item, listed)
    known = about.patient if about else None
    patient = known or (patients.get(item.patient_id) if item.patient_id else None)
    return WorkOut(
        id=item.id,
        kind=item.kind,
        role=Role(item.role) if item.role else None,
        urgency=Urgency(item.urgency),
        created_at=item.created_at,
        due_at=item.due_at,
        about_id=item.about_id,
        activity=item.activity,
        activity_id=item.activity_id,
        version=about.version if about else None,
        patient=patient,
        place=(about.place if about else None) or patient,
        title=about.title if about else "",
        starts_at=about.starts_at if about else None,
        ends_at=about.ends_at if about else None,
        note=item.note,
        actions=list(about.actions) if about else [],
    )
