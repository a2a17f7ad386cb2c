"""Prints the note of one bed, made once from the text that was signed and stored; and a whole round as it stands."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Actor
from telemed.activities import participants
from telemed.audit.seeing import see
from telemed.audit.service import record
from telemed.db import Database
from telemed.documents.anyway import render_anyway
from telemed.documents.canonical import intact
from telemed.documents.record import Inviter, Seal
from telemed.documents.round import NotePrint, RoundPrint
from telemed.errors import Conflict, NotAllowed
from telemed.files import service as files
from telemed.files.model import FileKind
from telemed.files.store import FileStore
from telemed.kit.clock import day_in
from telemed.opinions import words
from telemed.opinions.stored import whole
from telemed.people import service as people
from telemed.people.model import Hospital
from telemed.rounds import lookup, notes, printed
from telemed.rounds.model import RoundItem, RoundNote, RoundNotePrint, RoundSession, activity
from telemed.rounds.words import RoundRole

PDF: Final = "application/pdf"


async def of_note(database: Database, store: FileStore, actor: Actor, id: UUID, now: datetime) -> tuple[str, bytes]:
    """File name and stored bytes. Raises Conflict before it is signed, and where text or file are damaged."""
    async with database.write() as db:  # the audit log has the reading before the first byte is sent
        session, item = await lookup.on_list(db, actor, id, now)
        note = await notes.of_item(db, id)
        if note is None or note.signed_at is None:
            raise Conflict("A note is printed once it is countersigned.", reason="note_unsigned")
        await _refuse_copy(db, actor, session, item, now)
        record(db, actor, "round_note.printed", str(note.id), now, owner_id=session.branch_id)
        kept = await db.get(RoundNotePrint, note.id)
    digest = kept.sha256 if kept else await _make(database, store, session, item, note, now)
    return f"{_name(note)}-{item.bed}床-{str(note.id)[-6:]}.pdf", await whole(store, digest)


async def _refuse_copy(db: AsyncSession, actor: Actor, session: RoundSession, item: RoundItem, now: datetime) -> None:
    if item.case_id is None or not await grants.may_download(db, actor, item.case_id, session.branch_id, now):
        raise NotAllowed("You were let in to read it here, not to take copies.", reason="only_to_read")


async def _make(
    database: Database, store: FileStore, session: RoundSession, item: RoundItem, note: RoundNote, now: datetime
) -> str:
    """Made before the transaction opens; if two do so at once, one file is stored: both have the same bytes."""
    said = intact(note.canonical, note.sha256)
    if said is None or note.signed_at is None:
        raise Conflict("The stored text of this note is damaged; do not use it.", reason="note_damaged")
    shown = NotePrint.model_validate(said["print"])
    seal = Seal(hash=note.sha256 or "", verify="")
    made = await store.put(await render_anyway(shown.model_copy(update={"seal": seal}), note.signed_at), PDF)
    async with database.write() as db:
        (await db.exec(select(RoundSession).where(RoundSession.id == session.id).with_for_update())).one()
        if (kept := await db.get(RoundNotePrint, note.id)) is not None:
            return kept.sha256
        file = files.add(
            db,
            made,
            FileKind.print,
            session.branch_id,
            note.author_id,
            now,
            name=f"{_name(note)}.pdf",
            case_id=item.case_id,
            patient_id=item.patient_id,
            activity=activity(item.id),
        )
        await db.flush()
        db.add(RoundNotePrint(note_id=note.id, file_id=file.id, sha256=made.sha256, made_at=now))
    return made.sha256


def _name(note: RoundNote) -> str:
    return printed.title_of(note.kind, "")


async def of_round(database: Database, actor: Actor, id: UUID, now: datetime, *, demo: bool) -> tuple[str, bytes]:
    """Name and bytes of the whole round as it is now, with the patients whom this person sees; that it was printed is
    kept. Raises Conflict where they see nobody on its list."""
    async with database.write() as db:
        session = await lookup.get(db, actor, id)
        found = await lookup.seen_items(db, actor, session, now)
        hidden = len(await lookup.items(db, session.id)) - len(found)
        if not found:
            raise Conflict("You see nobody on its list.", reason="nobody_to_print")
        for each in found:
            if each.case_id is not None:
                await _refuse_copy(db, actor, session, each, now)
            see(session.branch_id, each.patient_id, each.case_id)
        branch, hub = await db.get_one(Hospital, session.branch_id), await db.get_one(Hospital, session.hub_id)
        record(db, actor, "round.printed", str(session.id), now, owner_id=session.branch_id)
        zone = branch.time_zone
        shown = RoundPrint(
            branch=Inviter(name=branch.licence_name, short=branch.name),
            hub=Inviter(name=hub.licence_name, short=hub.name),
            ward=session.ward,
            day=day_in(zone, session.starts_at).isoformat(),
            times=_times(session, zone),
            state=printed.SESSION[session.state],
            why=printed.WHY.get(session.why, session.why),
            lead=await _titled(db, session.lead_id),
            others=await _others(db, session),
            at=words.local(now, zone, printed.SECONDS),
            by=(await people.staff(db, actor.id)).name,
            demo=demo,
            beds=await printed.beds(db, session, found, await _notes(db, session), zone, now),
            note=f"另有 {hidden} 位患者未列出：打印人没有这些患者的查看权限。" if hidden else "",
        )
    return f"查房单-{shown.ward}-{shown.day}.pdf", await render_anyway(shown, now)


def _times(row: RoundSession, zone: str) -> str:
    if row.started_at is None:
        return f"计划 {words.local(row.starts_at, zone, '%H:%M')}–{words.local(row.ends_at, zone, '%H:%M')}"
    return f"{words.local(row.started_at, zone, '%H:%M')}–{words.local(row.ended_at, zone, '%H:%M')}"


async def _titled(db: AsyncSession, id: UUID | None) -> str:
    return words.titled(await people.staff(db, id)) if id else ""


async def _others(db: AsyncSession, session: RoundSession) -> str:
    """Who took part besides the lead, those at the bed first."""
    found = [each for each in await participants.of(db, session.id) if each.staff_id != session.lead_id]
    found = [each for each in found if each.role != RoundRole.student]
    found.sort(key=lambda each: each.role != RoundRole.accompanying)
    staff = await people.staff_by_id(db, [each.staff_id for each in found])
    return "、".join(words.titled(staff[each.staff_id]) for each in found if each.staff_id in staff)


async def _notes(db: AsyncSession, session: RoundSession) -> dict[UUID, RoundNote]:
    query = select(RoundNote).where(RoundNote.session_id == session.id).order_by(col(RoundNote.id))
    return {each.item_id: each for each in (await db.exec(query)).all()}
