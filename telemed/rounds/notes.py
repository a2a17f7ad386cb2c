"""The note of one bed: written by a doctor of the ward from what was said and instructed, countersigned at the hub.

Who led the round or signs for the hub and is not registered at the branch on that day (多机构执业备案) gives guidance
(远程指导意见), which the branch's own senior doctor countersigns; it is no senior round. Where the patient has
withdrawn the consent before the hub signed, the senior doctor countersigns alone: it is the ward's own record, of no
kind.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.documents.canonical import dumped
from telemed.errors import Conflict, Invalid, Stale
from telemed.history.service import emit
from telemed.kit.clock import day_in
from telemed.people import ages, registrations
from telemed.people import service as people
from telemed.people.chart_tables import Admission
from telemed.people.model import Patient, Title
from telemed.rounds import asking, closing, consents, printed, rules
from telemed.rounds.engine import move
from telemed.rounds.events import NoteSigned
from telemed.rounds.lookup import about_item, changed, held, led, on_list
from telemed.rounds.lookup import signer as signer_of
from telemed.rounds.model import Instruction, RoundItem, RoundNote, RoundSession
from telemed.rounds.note_schemas import NoteIn
from telemed.rounds.words import ItemAction, ItemState, NoteKind, Who

FORMAT: Final = 2  # with what is printed
FIELDS: Final = ("condition", "assessment", "plan")
RANK_NAMES: Final = {
    Title.resident: "住院医师查房",
    Title.attending: "主治医师查房",
    Title.associate_chief: "副主任医师查房",
    Title.chief: "主任医师查房",
}


async def of_item(db: AsyncSession, item_id: UUID) -> RoundNote | None:
    return (await db.exec(select(RoundNote).where(RoundNote.item_id == item_id))).one_or_none()


async def save(db: AsyncSession, actor: Actor, id: UUID, version: int, new: NoteIn, now: datetime) -> RoundItem:
    """Saves the note as typed; version 0 begins it. Raises Stale with what stands there meanwhile."""
    session, item = await on_list(db, actor, id, now, to_change=True)
    if Who.doctor not in await held(db, session, actor):
        rules.refuse_capacity(Who.doctor)
    _refuse_unvisited(item)
    note = await of_item(db, id)
    if (note.version if note else 0) != version:
        current = {name: getattr(note, name) for name in FIELDS} if note else {}
        raise Stale("It has changed since you read it.", current={"version": note.version if note else 0, **current})
    if note is None:
        note = RoundNote(session_id=session.id, item_id=id, author_id=actor.id, saved_at=now, version=0)
        db.add(note)
    note.sqlmodel_update(new.model_dump())
    note.author_id, note.saved_at, note.version = actor.id, now, version + 1
    changed(db, session, now, id)
    await db.flush()
    return item


async def submit(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> RoundItem:
    """To be countersigned. Raises Invalid for what a note cannot do without."""
    session, item = await on_list(db, actor, id, now, to_change=True)
    note = await _current(db, id, version)
    _refuse_signed(item)
    if missing := rules.missing(note.condition, note.assessment):
        raise Invalid("The note is not complete.", reason="note_incomplete", missing=missing)
    await move(db, actor, session, item, ItemAction.submit, now)
    note.author_id, note.submitted_at, note.return_words, note.version = actor.id, now, "", version + 1
    note.submitted = {name: getattr(note, name) for name in FIELDS}
    await asking.of_note(db, session, item, now, actor)
    return item


async def return_(db: AsyncSession, actor: Actor, id: UUID, version: int, words: str, now: datetime) -> RoundItem:
    """Back to who wrote it, with words."""
    session, item = await on_list(db, actor, id, now, to_change=True)
    note = await _current(db, id, version)
    _refuse_signed(item)
    if note.hub_at is not None:
        raise Conflict("It waits for the branch's senior doctor.", reason="waits_for_senior")
    await move(db, actor, session, item, ItemAction.return_, now, reason=words)
    note.return_words, note.submitted_at, note.version = words, None, version + 1
    await asking.of_note(db, session, item, now, actor)
    return item


async def countersign(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: NoteIn, now: datetime, *, demo: bool = False
) -> RoundItem:
    """Signs it at the hub, with one's changes; guidance then waits for the branch's senior doctor, who signs it as it
    is. What the hub may see no more the senior doctor signs, with their changes. Signed, it never changes."""
    session, item = await on_list(db, actor, id, now, to_change=True)
    note = await _current(db, id, version)
    _refuse_signed(item)
    may = await held(db, session, actor)
    at_hub = bool(may & {Who.lead, Who.pool})
    rules.line(rules.ITEMS, ItemAction.countersign, item.state, may)
    hub_sees = not await consents.withdrawn(db, [item])
    signer = await people.staff_by_id(db, [who]) if (who := await signer_of(db, session)) else {}
    rules.refuse_countersign(
        at_hub=at_hub,
        signed_at_hub=note.hub_at is not None,
        hub_sees=hub_sees,
        signer=next((each.name for each in signer.values()), ""),
    )
    if note.hub_at is None:
        if missing := rules.missing(new.condition, new.assessment):
            raise Invalid("The note is not complete.", reason="note_incomplete", missing=missing)
        note.sqlmodel_update(new.model_dump())
    elif {name: getattr(note, name) for name in FIELDS} != new.model_dump():
        raise Conflict("Guidance is countersigned as the hub gave it.", reason="guidance_as_given")
    if at_hub:
        note.hub_by, note.hub_at = actor.id, now
        note.kind = await _kind(db, session, item, actor)
    else:
        note.senior_by = actor.id
    note.version = version + 1
    record(db, actor, "round_note.countersigned", str(note.id), now, owner_id=session.branch_id)
    if at_hub and note.kind is NoteKind.guidance:
        changed(db, session, now, id)
        await asking.of_note(db, session, item, now, actor)
        return item
    await _seal(db, session, item, note, now, demo=demo)
    told = NoteSigned(session_id=session.id, item_id=id, kind=note.kind, sha256=note.sha256 or "")
    emit(db, told, about_item(session, item), now, by=actor)
    await move(db, actor, session, item, ItemAction.countersign, now)
    await asking.of_note(db, session, item, now, actor)
    await closing.review(db, session, now)
    return item


async def _current(db: AsyncSession, id: UUID, version: int) -> RoundNote:
    query = select(RoundNote).where(RoundNote.item_id == id).with_for_update()
    note = (await db.exec(query)).one_or_none()
    if note is None:
        raise Conflict("Nobody has written it yet.", reason="no_note")
    if note.version != version:
        raise Stale("It has changed since you read it.", current={"version": note.version})
    return note


def _refuse_signed(item: RoundItem) -> None:
    if item.state is ItemState.countersigned:
        raise Conflict("This note is signed: it never changes.", reason="note_signed")


def _refuse_unvisited(item: RoundItem) -> None:
    _refuse_signed(item)
    if item.state not in (ItemState.discussed, ItemState.presenting):
        raise Conflict("A note is written of a bed that was visited.", reason="not_visited", state=str(item.state))


async def _kind(db: AsyncSession, session: RoundSession, item: RoundItem, actor: Actor) -> NoteKind:
    """By whether who led it there, whose rank the note names, and who signs may practise at the branch on that day."""
    day = day_in((await people.zones(db))[session.branch_id], session.started_at or session.starts_at)
    both = {actor.id, await led(db, session, item) or actor.id}
    known = await registrations.of_people(db, both)
    may = all(known.until(each, session.branch_id, day) for each in both)
    return NoteKind.round_note if may else NoteKind.guidance


async def _seal(
    db: AsyncSession, session: RoundSession, item: RoundItem, note: RoundNote, now: datetime, *, demo: bool
) -> None:
    """Puts everything that the note says and prints into one text, and its hash beside it."""
    text = await _text(db, session, item, note, now)
    shown = await printed.note(db, session, item, note, text["rank"], now, demo=demo)
    note.canonical = dumped(text | {"print": shown.model_dump(mode="json", exclude={"seal"})})
    note.sha256, note.signed_at = sha256(note.canonical.encode()).hexdigest(), now


async def _text(
    db: AsyncSession, session: RoundSession, item: RoundItem, note: RoundNote, now: datetime
) -> dict[str, Any]:
    patient, stay = await db.get_one(Patient, item.patient_id), await db.get_one(Admission, item.admission_id)
    zone = (await people.zones(db))[session.branch_id]
    lead = await led(db, session, item)
    rank = await rank_of(db, lead) if note.kind is not None else None
    ids = [each for each in (lead, note.author_id, note.hub_by, note.senior_by) if each]
    staff = {
        str(each.id): each.model_dump(mode="json", include={"name", "title", "hospital_id", "number"})
        for each in (await people.staff_by_id(db, ids)).values()
    }
    given = select(Instruction).where(Instruction.item_id == item.id).order_by(col(Instruction.n))
    shown = {"n", "kind", "text", "state", "due_at", "given_at", "heard", "read_back_at"}
    return {
        "format": FORMAT,
        "kind": note.kind,
        "rank": RANK_NAMES[rank] if rank else "",
        "session": session.model_dump(mode="json", include={"id", "ward", "starts_at", "started_at", "ended_at"}),
        "patient": patient.model_dump(mode="json", include={"name", "sex", "birth_date", "allergy", "allergy_text"})
        | {"age": ages.spelled(patient, session.starts_at, zone), "bed": item.bed, "number": stay.number},
        "identified": item.model_dump(mode="json", include={"identified", "identified_at"}),
        "question": item.question,
        "text": {name: getattr(note, name) for name in FIELDS},
        "instructions": [each.model_dump(mode="json", include=shown) for each in (await db.exec(given)).all()],
        "people": staff,
        "lead": str(lead),
        "author": str(note.author_id),
        "hub": {"by": str(note.hub_by), "at": note.hub_at.isoformat() if note.hub_at else None},
        "senior": {"by": str(note.senior_by) if note.senior_by else None},
        "signed_at": now.isoformat(),
    }


async def rank_of(db: AsyncSession, lead_id: UUID | None) -> Title | None:
    """Of which rank the round was (三级查房): the title of who led it, where it is a doctor's."""
    lead = (await people.staff_by_id(db, [lead_id])).get(lead_id) if lead_id else None
    return lead.title if lead and lead.title in RANK_NAMES else None
