"""Prepares the text to sign: checked and written before the proof, and once more in the transaction that signs."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.consultations.service import images
from telemed.documents.record import Record, Seal
from telemed.errors import Conflict, Stale
from telemed.files.store import FileStore
from telemed.opinions import mdt, printing, rules, stands, words
from telemed.opinions.basis import Basis, basis, refuse_lost, refuse_newer_images
from telemed.opinions.canonical import pictures_of, printed, text_of
from telemed.opinions.content import OpinionContent
from telemed.opinions.desk import Desk
from telemed.opinions.model import Method, Opinion
from telemed.opinions.service import draft_out
from telemed.opinions.versions import versions
from telemed.people import patients
from telemed.people import service as people
from telemed.people.model import Hospital, Patient

# What must be unchanged in a print signed by hand when its scan comes, besides the signer and the meeting.
AS_PRINTED: Final = ("format", "version", "replaces", "packet_version", "packet", "studies", "content", "stands", "mdt")


@dataclass(frozen=True)
class Prepared:
    opinion_id: UUID
    patient_id: UUID
    canonical: str
    code: str
    record: Record  # with the seal

    @property
    def sha256(self) -> str:
        return sha256(self.canonical.encode()).hexdigest()


async def prepare(
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
    if row.patient_id is None:
        raise Conflict("A consultation without a patient has no record.", reason="no_patient")
    if paper_sha256 is None:
        canonical, code = await _text(db, desk, row, draft, actor, now), secrets.token_urlsafe(16)
    else:
        canonical, code = await _as_printed(db, desk, row, draft, actor, now, paper_sha256)
    by_hand = method is Method.paper and paper_sha256 is None
    branch = await db.get_one(Hospital, row.branch_id)
    seal = Seal(
        hash=sha256(canonical.encode()).hexdigest(),
        verify=desk.verify + code,
        method="" if by_hand else method.value,
        at="" if by_hand else words.local(now, branch.time_zone, "%Y-%m-%d %H:%M:%S"),
    )
    known = await pictures(desk.store, pictures_of(Record.model_validate(json.loads(canonical)["record"])))
    return Prepared(draft.id, row.patient_id, canonical, code, printed(canonical, known, seal))


async def still_true(
    db: AsyncSession,
    desk: Desk,
    actor: Actor,
    id: UUID,
    version: int,
    prepared: Prepared,
    paper_sha256: str | None,
    now: datetime,
) -> tuple[Consultation, Opinion]:
    """Writes the text again and compares it, because what it shows may have changed during printing and proof.

    Locks the patient first, as a change of identity does, so that the two cannot deadlock.
    """
    await db.get_one(Patient, prepared.patient_id, with_for_update=True)
    row = await consultations.get(db, actor, id, now, to_change=True)
    draft = await _unchanged(db, row, actor, version)
    if paper_sha256 is None:
        now_it_says = await _text(db, desk, row, draft, actor, now)
    else:
        now_it_says, _ = await _as_printed(db, desk, row, draft, actor, now, paper_sha256)
    if (draft.id, now_it_says) != (prepared.opinion_id, prepared.canonical):
        raise Stale(
            "What the record shows has changed meanwhile; nothing was signed. Read it again.",
            reason="record_changed",
            current=draft_out(draft).model_dump(mode="json"),
        )
    return row, draft


async def _as_printed(
    db: AsyncSession, desk: Desk, row: Consultation, draft: Opinion, actor: Actor, now: datetime, paper_sha256: str
) -> tuple[str, str]:
    """The text and code of the print that was signed by hand. Raises if anything it rests on has changed since.

    Its time and what changes with time (a bed, a title) stay as printed.
    """
    new: dict[str, Any] = json.loads(await _text(db, desk, row, draft, actor, now))
    paper = draft.paper
    old: dict[str, Any] = json.loads(paper["canonical"]) if paper else {}
    same = (
        bool(old)
        and all(old.get(part) == new.get(part) for part in AS_PRINTED)
        and old["signer"]["id"] == new["signer"]["id"]
        and all(old["record"][part] == new["record"][part] for part in ("session", "invited"))
    )
    if paper is None or paper["sha256"] != paper_sha256 or not same:
        raise Conflict("The text changed after it was printed; print and sign it again.", reason="paper_outdated")
    return paper["canonical"], paper["code"]


async def pictures(store: FileStore, wanted: Sequence[str]) -> dict[str, bytes]:
    """The bytes of what a record shows, by their hash."""
    return {each: await store.read(each) for each in set(wanted)}


async def _unchanged(db: AsyncSession, row: Consultation, actor: Actor, version: int) -> Opinion:
    """The draft that the person read. Raises if it has changed or they may not sign it."""
    draft, signed = await versions(db, row.id)
    rules.refuse_signing(row, actor, signed[0] if signed else None)
    rules.refuse_anothers(row, draft)
    if draft is None:
        raise Conflict("There is nothing to sign.", reason="empty")
    if draft.version != version:
        raise Stale("The opinion has changed since you read it.", current=draft_out(draft).model_dump(mode="json"))
    return draft


async def _checked(db: AsyncSession, row: Consultation, draft: Opinion) -> tuple[OpinionContent, Basis]:
    """Raises unless the draft is complete and its images are this patient's and in the packet version that it names."""
    content = OpinionContent.model_validate(draft.content)
    rules.refuse_incomplete(content)
    rules.refuse_foreign_images(content, {(each.hospital_id, each.study_uid) for each in (await images(db, row)).held})
    rests_on = await basis(db, row, draft.packet_version)
    await refuse_lost(db, row, rests_on)
    refuse_newer_images(content, rests_on)
    return content, rests_on


async def _text(db: AsyncSession, desk: Desk, row: Consultation, draft: Opinion, actor: Actor, now: datetime) -> str:
    """The text to sign; see `canonical`."""
    if row.patient_id is None:
        raise Conflict("A consultation without a patient has no record.", reason="no_patient")
    content, rests_on = await _checked(db, row, draft)
    how = await how_of(db, draft, actor, desk, now)
    _, before = await versions(db, row.id)
    mdt.refuse_waiting(how.mdt, before)
    record = await printing.record(db, row, content, rests_on, how)
    person = await people.staff(db, actor.id)
    known = await patients.identifiers(db, row.patient_id)
    signed: dict[str, Any] = {
        "consultation": {"id": str(row.id), "number": row.number},
        "case": str(row.case_id),
        "version": draft.number,
        "replaces": draft.replaces,
        "reason": draft.amendment_reason or "会诊意见",
        "packet_version": rests_on.version,
        "packet": [str(each.id) for each in rests_on.items],
        "studies": sorted(f"{hospital}/{study}" for hospital, study in rests_on.studies),
        "content": content.model_dump(mode="json"),
        "key_images": [each.sha256 for each in record.opinion.images],
        "patient": {
            "id": str(row.patient_id),
            "name": record.patient.name,
            "identifiers": sorted(f"{each.issuer_hospital}/{each.kind}/{each.value}" for each in known),
        },
        "signer": {"id": str(actor.id), "name": person.name, "title": person.title, "hospital": actor.hospital_id},
        "stands": [{"id": str(each.id), "sha256": each.sha256, "signature": each.signature} for each in how.stood],
        "prepared_at": now.isoformat(),
        **mdt.canonical(how.mdt),
    }
    return text_of(signed, record)


async def how_of(db: AsyncSession, draft: Opinion, actor: Actor, desk: Desk, now: datetime) -> printing.Printing:
    _, signed = await versions(db, draft.consultation_id)
    return printing.Printing(
        number=draft.number,
        at=now,
        by=actor.name,
        demo=desk.demo,
        amendment_reason=draft.amendment_reason or "",
        replaces=next((each for each in signed if each.number == draft.replaces), None),
        stood=await stands.standing(db, draft),
        mdt=await mdt.of(db, await db.get_one(Consultation, draft.consultation_id), draft),
    )
