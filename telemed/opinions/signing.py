"""Preview, print to sign by hand, and sign. Printing and proof happen before a transaction opens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.attempts import attempt
from telemed.access.model import Account, Actor
from telemed.audit.service import record
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation, activity
from telemed.consultations.words import State
from telemed.documents.render import render
from telemed.errors import Conflict
from telemed.files import service as files
from telemed.files.model import File, FileKind
from telemed.history.service import emit
from telemed.opinions import advice_pages, page_bodies, pages, printing, recall, rules
from telemed.opinions.advice import given_advice, go_on, put_advice
from telemed.opinions.basis import basis
from telemed.opinions.canonical import pictures_of, with_pictures
from telemed.opinions.content import OpinionContent
from telemed.opinions.desk import Desk
from telemed.opinions.events import OpinionAmended
from telemed.opinions.model import Method, Opinion, OpinionStudy, PageKind
from telemed.opinions.ports import Proof, Signer
from telemed.opinions.preparing import how_of, pictures, prepare, still_true
from telemed.opinions.schemas import Sign
from telemed.opinions.service import rests_on
from telemed.opinions.versions import versions

SEAL_REASON = "远程会诊记录单：系统确认，非可靠电子签名"


async def preview(desk: Desk, actor: Actor, id: UUID, now: datetime) -> bytes:
    """The draft as it would print, marked 「草稿 不得归档」."""
    async with desk.database.read() as db:
        row = await consultations.get(db, actor, id, now)
        draft, signed = await versions(db, id)
        rules.refuse_writing(row, actor, signed[0] if signed else None)
        rules.refuse_anothers(row, draft)
        if draft is None:
            raise Conflict("Nothing has been written yet.", reason="empty")
        content = OpinionContent.model_validate(draft.content)
        rests_on = await basis(db, row, draft.packet_version)
        record = await printing.record(db, row, content, rests_on, await how_of(db, draft, actor, desk, now))
    shown = with_pictures(record, await pictures(desk.store, pictures_of(record)))
    return await render(shown, now)


async def print_to_sign(desk: Desk, actor: Actor, id: UUID, version: int, now: datetime) -> bytes:
    """The print to be signed by hand, with the hash and code of exactly this version."""
    async with desk.database.read() as db:
        prepared = await prepare(db, desk, actor, id, version, Method.paper, now)
    pdf = await render(prepared.record, now)
    async with desk.database.write() as db:
        _, draft = await still_true(db, desk, actor, id, version, prepared, None, now)
        draft.paper = {"canonical": prepared.canonical, "sha256": prepared.sha256, "code": prepared.code}
        record(db, actor, "opinion.printed_to_sign", str(draft.id), now)
    return pdf


async def sign(
    desk: Desk, signer: Signer, actor: Actor, id: UUID, version: int, wanted: Sign, now: datetime
) -> Opinion:
    """Signs the draft: bytes, hash and rows are written in one transaction, after everything slow is done."""
    async with desk.database.read() as db:
        account = await db.get_one(Account, actor.id)
        prepared = await prepare(db, desk, actor, id, version, wanted.method, now, paper_sha256=wanted.sha256)
    counter = f"sign|{actor.id}"  # limits tries of the password at an unlocked screen
    async with attempt(desk.database, counter, now):
        signed = await signer.sign(prepared.canonical.encode(), Proof(account, wanted.password))
    pdf = await signer.seal(await render(prepared.record, now), SEAL_REASON)
    kept = await desk.store.put(pdf)
    async with desk.database.write() as db:
        row, draft = await still_true(db, desk, actor, id, version, prepared, wanted.sha256, now)
        if row.case_id is None:
            raise RuntimeError("a consultation with an opinion has a case")
        whose: dict[str, Any] = {"case_id": row.case_id, "patient_id": row.patient_id, "activity": activity(row.id)}
        name = f"{row.number}-v{draft.number}.pdf"
        file = files.add(db, kept, FileKind.print, row.branch_id, actor.id, now, name=name, **whose)
        if wanted.scan_id is not None:
            scan = await _scan(db, actor, row, wanted.scan_id)
            draft.scan_id = scan.id
        draft.method, draft.print_id, draft.print_sha256 = wanted.method, file.id, file.sha256
        draft.signed_by = actor.id
        draft.canonical, draft.sha256, draft.signature = prepared.canonical, prepared.sha256, signed.signature
        draft.verify_code, draft.signed_at = prepared.code, now
        await db.flush()  # from here on the database refuses changes of this version
        db.add_all(OpinionStudy(opinion_id=draft.id, study=each) for each in set(rests_on(draft)))
        await put_advice(db, row, draft, now)
        await _point_to(db, row, draft, actor, now)
        await _move_on(db, row, actor, draft, now)
        return draft


async def _scan(db: AsyncSession, actor: Actor, row: Consultation, scan_id: UUID) -> File:
    if row.case_id is None:
        raise RuntimeError("a consultation with an opinion has a case")
    return await files.attach(
        db,
        actor,
        scan_id,
        FileKind.paper_opinion,
        activity=activity(row.id),
        case_id=row.case_id,
        patient_id=row.patient_id,
        hospital_id=row.branch_id,
    )


async def _point_to(db: AsyncSession, row: Consultation, newer: Opinion, actor: Actor, now: datetime) -> None:
    """Adds a page to the version that an amendment replaces; it names the new one."""
    _, signed = await versions(db, row.id)
    older = next((each for each in signed if each.number == newer.replaces), None)
    if older is None:
        return
    body = page_bodies.amended(newer)
    await pages.add(db, older, PageKind.amended, str(newer.number), body, now, by=actor)
    await advice_pages.carried_over(db, row, newer, now)


async def _move_on(db: AsyncSession, row: Consultation, actor: Actor, opinion: Opinion, now: datetime) -> None:
    """The first signature of a meeting moves the consultation on; an amendment does not change its state."""
    await recall.amended(db, row, actor, now)
    if row.state is State.answering:
        signed: dict[str, Any] = {"opinion_id": opinion.id, "number": opinion.number, "method": opinion.method}
        signed |= {"packet_version": opinion.packet_version, "advice": await given_advice(db, row.id)}
        await consultations.sign(db, actor, row, now, **signed)
        return
    why = opinion.amendment_reason
    record(db, actor, "opinion.amended", str(opinion.id), now, reason=why)
    row.version, row.updated_at = row.version + 1, now
    advice = await given_advice(db, row.id)
    event = OpinionAmended(number=opinion.number, opinion_id=opinion.id, reason=why, advice=advice, rev=row.version)
    emit(db, event, consultations.about(row), now, by=actor)
    await go_on(db, row, now)  # it may have dropped what was still to be carried out
