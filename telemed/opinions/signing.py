"""Preview, print to sign by hand, and sign: the record is set and the proof checked before any transaction opens."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.attempts import attempt
from telemed.access.model import Account, Actor
from telemed.audit.service import record
from telemed.consultations import service as consultations
from telemed.consultations.materials import images
from telemed.consultations.model import Consultation, activity
from telemed.consultations.words import Action, State
from telemed.documents.record import Record, Seal
from telemed.documents.render import render
from telemed.errors import Conflict, Stale
from telemed.files import service as files
from telemed.files.model import File, FileKind
from telemed.files.store import FileStore
from telemed.history.service import emit
from telemed.opinions import advice_pages, page_bodies, pages, printing, recall, rules, stands, words
from telemed.opinions.advice import given_advice, put_advice
from telemed.opinions.canonical import FORMAT, printed, text_of
from telemed.opinions.content import OpinionContent
from telemed.opinions.desk import Desk
from telemed.opinions.events import OpinionAmended
from telemed.opinions.model import Method, Opinion, PageKind
from telemed.opinions.ports import Proof, Signer
from telemed.opinions.schemas import Sign
from telemed.opinions.service import draft_out
from telemed.opinions.versions import versions
from telemed.people import service as people
from telemed.people.model import Hospital

SEAL_REASON = "远程会诊记录单：系统确认，非可靠电子签名"


@dataclass(frozen=True)
class Prepared:
    opinion_id: UUID
    canonical: str
    code: str
    record: Record  # with its seal

    @property
    def stands(self) -> list[str]:
        """The co-signatures and dissents that are in the text."""
        return [each["id"] for each in json.loads(self.canonical)["stands"]]

    @property
    def sha256(self) -> str:
        return sha256(self.canonical.encode()).hexdigest()


async def preview(desk: Desk, actor: Actor, id: UUID, now: datetime) -> bytes:
    """The draft as it would print, marked 「草稿 不得归档」."""
    async with desk.database.read() as db:
        row = await consultations.get(db, actor, id, now)
        draft, signed = await versions(db, id)
        rules.refuse_writing(row, actor, signed[0] if signed else None)
        if draft is None:
            raise Conflict("Nothing has been written yet.", reason="empty")
        content = OpinionContent.model_validate(draft.content)
        how = await _with_stands(db, draft, _how(draft, signed, actor, desk, now))
        record = await printing.record(db, desk.store, row, content, how)
    return await render(record, now)


async def print_to_sign(desk: Desk, actor: Actor, id: UUID, version: int, now: datetime) -> bytes:
    """The print to be signed by hand: it carries the hash and the code of exactly this version."""
    async with desk.database.read() as db:
        prepared = await _prepare(db, desk, actor, id, version, Method.paper, now)
    pdf = await render(prepared.record, now)
    async with desk.database.write() as db:
        row = await consultations.get(db, actor, id, now, to_change=True)
        draft = await _unchanged(db, row, actor, version)
        draft.paper = {"canonical": prepared.canonical, "sha256": prepared.sha256, "code": prepared.code}
        record(db, actor, "opinion.printed_to_sign", str(draft.id), now)
    return pdf


async def sign(
    desk: Desk, signer: Signer, actor: Actor, id: UUID, version: int, wanted: Sign, now: datetime
) -> Opinion:
    """Signed is immutable: bytes, hash and rows are written in one transaction, after everything slow is done."""
    async with desk.database.read() as db:
        account = await db.get_one(Account, actor.id)
        prepared = await _prepare(db, desk, actor, id, version, wanted.method, now, paper_sha256=wanted.sha256)
    counter = f"sign|{actor.id}"  # somebody at an unlocked screen does not try passwords without end
    async with attempt(desk.database, counter, now):
        signed = await signer.sign(prepared.canonical.encode(), Proof(account, wanted.password))
    pdf = await signer.seal(await render(prepared.record, now), SEAL_REASON)
    kept = await desk.store.put(pdf)
    async with desk.database.write() as db:
        row = await consultations.get(db, actor, id, now, to_change=True)
        draft = await _unchanged(db, row, actor, version)
        if [str(each.id) for each in await stands.standing(db, draft)] != prepared.stands:
            raise Stale("An expert co-signed or dissented meanwhile.", current={"version": draft.version})
        if row.case_id is None:
            raise RuntimeError("a consultation with an opinion has a case")
        whose: dict[str, Any] = {"case_id": row.case_id, "patient_id": row.patient_id, "activity": activity(row.id)}
        name = f"{row.number}-v{draft.number}.pdf"
        file = files.add(db, kept, FileKind.print, row.branch_id, actor.id, now, name=name, **whose)
        if wanted.scan_id is not None:
            scan = await _scan(db, actor, row, wanted.scan_id)
            draft.scan_id = scan.id
        draft.method, draft.print_id, draft.print_sha256 = wanted.method, file.id, file.sha256
        draft.signed_by, draft.packet_version = actor.id, json.loads(prepared.canonical)["packet_version"]
        row.packet_locked_at = row.packet_locked_at or now  # what was signed on stays as it was
        draft.canonical, draft.sha256, draft.signature = prepared.canonical, prepared.sha256, signed.signature
        draft.verify_code, draft.signed_at = prepared.code, now
        await db.flush()  # from here on the database refuses any change of this version
        await put_advice(db, row, draft, now)
        await _point_to(db, row, draft, actor, now)
        await _move_on(db, row, actor, draft, now)
        return draft


async def _prepare(
    db: AsyncSession,
    desk: Desk,
    actor: Actor,
    id: UUID,
    version: int,
    method: Method,
    now: datetime,
    *,
    paper_sha256: str | None = None,
) -> Prepared:
    row = await consultations.get(db, actor, id, now)
    draft = await _unchanged(db, row, actor, version)
    content = OpinionContent.model_validate(draft.content)
    rules.refuse_incomplete(content)
    held = {(each.hospital_id, each.study_uid) for each in (await images(db, row)).held}
    rules.refuse_foreign_images(content, held)
    if paper_sha256 is None:
        _, signed = await versions(db, id)
        how = await _with_stands(db, draft, _how(draft, signed, actor, desk, now))
        record = await printing.record(db, desk.store, row, content, how)
        canonical, code = await _text(db, row, draft, content, record, actor, now), secrets.token_urlsafe(16)
    else:
        canonical, code = _as_printed(draft, paper_sha256, [str(each.id) for each in await stands.standing(db, draft)])
    by_hand = method is Method.paper and paper_sha256 is None
    branch = await db.get_one(Hospital, row.branch_id)
    seal = Seal(
        hash=sha256(canonical.encode()).hexdigest(),
        verify=desk.verify + code,
        method="" if by_hand else method.value,
        at="" if by_hand else words.local(now, branch.time_zone, "%Y-%m-%d %H:%M:%S"),
    )
    return Prepared(draft.id, canonical, code, printed(canonical, await pictures(desk.store, canonical), seal))


def _as_printed(draft: Opinion, paper_sha256: str, stood: Sequence[str]) -> tuple[str, str]:
    """The text and the code of the print that was signed by hand; void once an expert co-signed or dissented since."""
    paper = draft.paper
    told: dict[str, Any] = json.loads(paper["canonical"]) if paper else {"format": 0}
    same = told["format"] == FORMAT and [each["id"] for each in told["stands"]] == list(stood)
    if paper is None or paper["sha256"] != paper_sha256 or not same:
        raise Conflict("The text changed after it was printed; print and sign it again.", reason="paper_outdated")
    return paper["canonical"], paper["code"]


async def pictures(store: FileStore, canonical: str) -> dict[str, bytes]:
    """The bytes of the key images that the text names, by their hash."""
    wanted: list[str] = json.loads(canonical)["key_images"]
    return {each: await store.read(each) for each in set(wanted)}


async def _unchanged(db: AsyncSession, row: Consultation, actor: Actor, version: int) -> Opinion:
    """The draft that the person read, which they may sign now."""
    draft, signed = await versions(db, row.id)
    rules.refuse_signing(row, actor, signed[0] if signed else None)
    if draft is None:
        raise Conflict("There is nothing to sign.", reason="empty")
    if draft.version != version:
        raise Stale("The opinion has changed since you read it.", current=draft_out(draft).model_dump(mode="json"))
    return draft


async def _text(
    db: AsyncSession,
    row: Consultation,
    draft: Opinion,
    content: OpinionContent,
    record: Record,
    actor: Actor,
    now: datetime,
) -> str:
    """Exactly what is signed; see `canonical`."""
    if row.patient_id is None:
        raise Conflict("A consultation without a patient has no record.", reason="no_patient")
    person = await people.staff(db, actor.id)
    known = await people.identifiers(db, row.patient_id)
    signed: dict[str, Any] = {
        "consultation": {"id": str(row.id), "number": row.number},
        "case": str(row.case_id),
        "version": draft.number,
        "replaces": draft.replaces,
        "reason": draft.amendment_reason or "会诊意见",
        "packet_version": row.packet_version,
        "studies": sorted(f"{each.hospital_id}/{each.study_uid}" for each in (await images(db, row)).held),
        "content": content.model_dump(mode="json"),
        "key_images": [each.sha256 for each in record.opinion.images],
        "patient": {
            "id": str(row.patient_id),
            "name": record.patient.name,
            "identifiers": sorted(f"{each.issuer_hospital}/{each.kind}/{each.value}" for each in known),
        },
        "signer": {"id": str(actor.id), "name": person.name, "title": person.title, "hospital": actor.hospital_id},
        "stands": [
            {"id": str(each.id), "sha256": each.sha256, "signature": each.signature}
            for each in await stands.standing(db, draft)
        ],
        "prepared_at": now.isoformat(),
    }
    return text_of(signed, record)


def _how(draft: Opinion, signed: Sequence[Opinion], actor: Actor, desk: Desk, now: datetime) -> printing.Printing:
    replaced = next((each for each in signed if each.number == draft.replaces), None)
    return printing.Printing(
        number=draft.number,
        at=now,
        by=actor.name,
        demo=desk.demo,
        amendment_reason=draft.amendment_reason or "",
        replaces=replaced,
    )


async def _with_stands(db: AsyncSession, draft: Opinion, how: printing.Printing) -> printing.Printing:
    return replace(how, stood=await stands.standing(db, draft))


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
    """The version that an amendment replaces stays as it is, with a page that names the new one."""
    _, signed = await versions(db, row.id)
    older = next((each for each in signed if each.number == newer.replaces), None)
    if older is None:
        return
    body = page_bodies.amended(newer)
    await pages.add(db, older, PageKind.amended, str(newer.number), body, now, by=actor)
    await advice_pages.carried_over(db, row, newer, now)


async def _move_on(db: AsyncSession, row: Consultation, actor: Actor, opinion: Opinion, now: datetime) -> None:
    """A session's first signature moves the consultation; an amendment leaves its state as it is."""
    await recall.amended(db, row, actor, now)
    if row.state is State.answering:
        given = await consultations.facts(db, row, complete_opinion=True)
        signed: dict[str, Any] = {"opinion_id": opinion.id, "number": opinion.number, "method": opinion.method}
        signed |= {"packet_version": opinion.packet_version, "advice": await given_advice(db, row.id)}
        await consultations.act(db, actor, row, Action.sign, given, now, **signed)
        return
    why = opinion.amendment_reason
    record(db, actor, "opinion.amended", str(opinion.id), now, reason=why)
    row.version, row.updated_at = row.version + 1, now
    advice = await given_advice(db, row.id)
    event = OpinionAmended(number=opinion.number, opinion_id=opinion.id, reason=why, advice=advice, rev=row.version)
    emit(db, event, consultations.about(row), now, by=actor)
