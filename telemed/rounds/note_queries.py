"""Shows the notes of rounds: one with what the round itself said, and those that wait for somebody."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.people import service as people
from telemed.rounds import beds, consents, notes, rules
from telemed.rounds.item_queries import shown_items
from telemed.rounds.lookup import held, items_of, led, on_list, sessions_of
from telemed.rounds.model import Instruction, RoundItem, RoundNote, RoundSession
from telemed.rounds.note_schemas import NoteFilter, NoteList, NoteOut, NoteRow, NoteText
from telemed.rounds.queries import person
from telemed.rounds.schemas import ItemPatient
from telemed.rounds.words import ActKind, ItemState, RoundState, Who

MOST: Final = 100
OF_LATE: Final = timedelta(days=14)
May = Literal["write", "submit", "return", "countersign"]
Waits = Literal["write", "countersign", "senior", "signed"]


async def one(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> NoteOut:
    session, item = await on_list(db, actor, id, now)
    note = await notes.of_item(db, id)
    may = await held(db, session, actor)
    shown = (await shown_items(db, actor, session, [item], may, now))[0]
    unseen = bool(await consents.withdrawn(db, [item]))
    instructed = await _given(db, id)
    given = await beds.shown(db, instructed, may)
    said = await _said(db, item, instructed)
    staff = await people.staff_by_id(
        db, [each for each in ((note.author_id, note.hub_by, note.senior_by) if note else ()) if each]
    )
    text = NoteText.model_validate(note.model_dump(include=set(notes.FIELDS))) if note else said
    return NoteOut(
        version=note.version if note else 0,
        item_id=id,
        session_id=session.id,
        state=item.state,
        bed=item.bed,
        patient=shown.patient,
        **text.model_dump(),
        said=said,
        submitted=NoteText.model_validate(note.submitted) if note and note.submitted else None,
        instructions=given,
        saved_at=note.saved_at if note else item.state_since,
        author=person(staff, note.author_id if note else None),
        submitted_at=note.submitted_at if note else None,
        return_words=note.return_words if note else "",
        kind=note.kind if note else None,
        rank=await notes.rank_of(db, await led(db, session, item)),
        hub_by=person(staff, note.hub_by if note else None),
        hub_at=note.hub_at if note else None,
        senior_by=person(staff, note.senior_by if note else None),
        signed_at=note.signed_at if note else None,
        sha256=note.sha256 if note else None,
        due_at=_due(session, note),
        gone=shown.gone,
        hub_sees=not unseen,
        may=_may(item, note, may, hub_sees=not unseen),
    )


async def _given(db: AsyncSession, id: UUID) -> Sequence[Instruction]:
    return (await db.exec(select(Instruction).where(Instruction.item_id == id).order_by(col(Instruction.n)))).all()


async def _said(db: AsyncSession, item: RoundItem, given: Sequence[Instruction]) -> NoteText:
    """What the run-sheet itself says: the condition as it was prepared, the lines that were written at the bed, and as
    the plan what was instructed there."""
    condition = "\n".join(each for each in (item.summary, item.changes) if each)
    lines = [each.text for each in await beds.lines(db, item) if each.kind is ActKind.say]
    plan = [each.text for each in given if each.state not in rules.UNDONE]
    return NoteText(condition=condition, assessment="\n".join(lines), plan="\n".join(plan))


def _may(item: RoundItem, note: RoundNote | None, may: Collection[Who], *, hub_sees: bool) -> list[May]:
    found: list[May] = []
    if Who.doctor in may and item.state in (ItemState.discussed, ItemState.presenting):
        found.append("write")
        found += ["submit"] if item.state is ItemState.discussed else []
    if item.state is ItemState.noted and note is not None:
        at_hub = bool(set(may) & {Who.lead, Who.pool})
        if note.hub_at is None and at_hub:
            found += ["return", "countersign"]
        elif (note.hub_at is not None or not hub_sees) and Who.senior in may:
            found.append("countersign")
    return found


def _due(session: RoundSession, note: RoundNote | None) -> datetime | None:
    """Of writing from the end of the round, of countersigning from when it was submitted."""
    if note is not None and note.signed_at is not None:
        return None
    if note is not None and note.submitted_at is not None:
        return note.submitted_at + rules.COUNTERSIGN_WITHIN
    return session.ended_at + rules.NOTE_WITHIN if session.ended_at else None


async def find(db: AsyncSession, actor: Actor, by: NoteFilter, now: datetime) -> NoteList:
    """Those that wait for this person, the first due first; or what was signed of late, the newest first."""
    i, s = RoundItem, RoundSession
    query = select(i, s, RoundNote).join(s, col(s.id) == i.session_id)
    query = query.join(RoundNote, col(RoundNote.item_id) == i.id, isouter=True)
    query = query.where(items_of(actor, now), sessions_of(actor))
    if by.show == "signed":
        query = query.where(i.state == ItemState.countersigned, col(RoundNote.signed_at) > now - OF_LATE)
    else:
        query = query.where(col(i.state).in_([ItemState.discussed, ItemState.noted]))
        query = query.where(col(s.state).in_(sorted({RoundState.completed, *rules.TAKES_ACTS})))
    if by.show == "signed":
        query = query.order_by(col(RoundNote.signed_at).desc(), col(i.place).desc()).limit(MOST)
    else:
        query = query.order_by(col(s.starts_at), col(i.place))
    found = (await db.exec(query)).all()  # what waits for others is left out only below
    unseen = await consents.withdrawn(db, [item for item, _, _ in found])
    rows: list[NoteRow] = []
    capacities: dict[UUID, Collection[Who]] = {}
    for item, session, note in found:
        if len(rows) == MOST:
            break
        if session.id not in capacities:
            capacities[session.id] = await held(db, session, actor)
        may = capacities[session.id]
        waits = "signed" if by.show == "signed" else _waits(item, note, may, hub_sees=item.id not in unseen)
        if waits is None:
            continue
        shown = (await shown_items(db, actor, session, [item], may, now))[0]
        rows.append(await _row(db, item, session, note, waits, shown.patient))
    return NoteList(items=rows, server_time=now)


def _waits(item: RoundItem, note: RoundNote | None, may: Collection[Who], *, hub_sees: bool) -> Waits | None:
    mine = _may(item, note, may, hub_sees=hub_sees)
    if "submit" in mine:
        return "write"
    if "countersign" in mine:
        return "countersign" if note is not None and note.hub_at is None and hub_sees else "senior"
    return None


async def _row(
    db: AsyncSession,
    item: RoundItem,
    session: RoundSession,
    note: RoundNote | None,
    waits: Waits,
    patient: ItemPatient | None,
) -> NoteRow:
    author = await people.staff_by_id(db, [note.author_id]) if note else {}
    return NoteRow(
        item_id=item.id,
        session_id=session.id,
        ward=session.ward,
        ward_en=session.ward_en,
        round_at=session.starts_at,
        bed=item.bed,
        patient=patient,
        waits=waits,
        signed_as=rules.signed_as(note) if note else None,
        since=(note.signed_at or note.submitted_at if note else None) or item.state_since,
        due_at=_due(session, note),
        author=person(author, note.author_id if note else None),
    )
