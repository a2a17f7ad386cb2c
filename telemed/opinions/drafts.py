"""Drafts: save one, rest it on a newer packet, begin and drop an amendment."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.consultations.model import Consultation, activity
from telemed.consultations.service import get, images, lock_packet
from telemed.errors import Conflict, NotFound, Stale
from telemed.opinions import asking, image_files, rules, stands
from telemed.opinions.content import OpinionContent
from telemed.opinions.key_images import KeyImage
from telemed.opinions.model import Opinion
from telemed.opinions.schemas import DraftOut
from telemed.opinions.service import draft_out
from telemed.opinions.versions import versions


async def save(
    db: AsyncSession, actor: Actor, id: UUID, version: int, content: OpinionContent, now: datetime
) -> DraftOut:
    """Saves what is typed. Version 0 begins a draft, which after a signature is an amendment."""
    row = await get(db, actor, id, now, to_change=True)
    draft, signed = await versions(db, id)
    rules.refuse_saving(row, actor, signed[0] if signed else None)
    rules.refuse_anothers(row, draft)
    if draft is None and signed:
        raise Conflict("It is signed; begin an amendment to change it.", reason="signed")
    lock_packet(row, now)  # later material makes the next version, of which the writer is told
    if draft is None and version == 0:
        draft = _begun(row, 1, now)
        draft.version = 0
        db.add(draft)
        record(db, actor, "opinion.begun", str(id), now)
    draft = as_read(draft, version)
    before = OpinionContent.model_validate(draft.content)
    await _keep_images(db, actor, row, before.key_images, content.key_images)
    changed = content != before
    draft.content, draft.saved_at, draft.version = content.model_dump(mode="json"), now, draft.version + 1
    if changed:
        draft.paper = None  # a print to be signed by hand is no longer what the draft says
    await db.flush()
    if changed:
        await asking.review(db, row, now)
    return draft_out(draft)


def _begun(row: Consultation, number: int, now: datetime) -> Opinion:
    """A new draft of the lead expert, whoever writes it down; it rests on the packet as it is now."""
    if row.lead_id is None:
        raise RuntimeError("somebody leads a consultation whose opinion is written")
    return Opinion(
        consultation_id=row.id,
        number=number,
        author_id=row.lead_id,
        packet_version=row.packet_version,
        created_at=now,
        saved_at=now,
    )


def as_read(draft: Opinion | None, version: int) -> Opinion:
    """The draft. Raises Stale if it is not the version that the person has read."""
    if draft is None or draft.version != version:
        current = draft_out(draft).model_dump(mode="json") if draft else None
        raise Stale("The opinion has changed since you read it.", current=current)
    return draft


async def rest_on(db: AsyncSession, actor: Actor, id: UUID, version: int, packet: int, now: datetime) -> DraftOut:
    """Rests the draft on the packet's newest version. A print to be signed by hand is then void."""
    row = await get(db, actor, id, now, to_change=True)
    draft, signed = await versions(db, id)
    rules.refuse_writing(row, actor, signed[0] if signed else None)
    rules.refuse_anothers(row, draft)
    draft = as_read(draft, version)
    if packet != row.packet_version:
        raise Stale(
            "The packet has changed since you read it.",
            reason="packet_changed",
            current=draft_out(draft).model_dump(mode="json"),
        )
    if draft.packet_version != packet:
        record(db, actor, "opinion.rests_on", str(draft.id), now, reason=f"{draft.packet_version} -> {packet}")
        draft.packet_version, draft.paper = packet, None
        draft.version, draft.saved_at = draft.version + 1, now
        await db.flush()
        await asking.review(db, row, now)
    return draft_out(draft)


async def _keep_images(
    db: AsyncSession, actor: Actor, row: Consultation, before: Sequence[KeyImage], after: Sequence[KeyImage]
) -> None:
    """Checks that new key images are of studies of this consultation, and attaches their pictures to the case."""
    if row.case_id is None or not after:
        return
    held = {(each.hospital_id, each.study_uid) for each in (await images(db, row)).held}
    await image_files.keep(
        db,
        actor,
        before,
        after,
        held,
        activity=activity(row.id),
        case_id=row.case_id,
        patient_id=row.patient_id,
        hospital_id=row.branch_id,
    )


async def amend(db: AsyncSession, actor: Actor, id: UUID, reason: str, now: datetime) -> DraftOut:
    """Begins a new version as a copy of the signed one, which stays as it is."""
    row = await get(db, actor, id, now, to_change=True)
    draft, signed = await versions(db, id)
    if not signed:
        raise Conflict("Nothing is signed yet.", reason="not_signed")
    rules.refuse_writing(row, actor, signed[0])
    if draft is not None:
        raise Conflict("An amendment has been begun.", reason="amendment_open")
    draft = _begun(row, signed[0].number + 1, now)
    draft.replaces, draft.amendment_reason, draft.content = signed[0].number, reason, signed[0].content
    db.add(draft)
    record(db, actor, "opinion.amendment_begun", str(id), now, reason=reason)
    await db.flush()
    await asking.review(db, row, now)
    return draft_out(draft)


async def drop_amendment(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
    row = await get(db, actor, id, now, to_change=True)
    draft, signed = await versions(db, id)
    if draft is None or not signed:
        raise NotFound("No amendment has been begun.")
    rules.refuse_writing(row, actor, signed[0])
    rules.refuse_anothers(row, draft)  # a former lead's text goes only by a takeover, which keeps it for them
    await stands.carry(db, draft, signed[0], now)
    record(db, actor, "opinion.amendment_dropped", str(id), now)
    await db.delete(draft)
    await db.flush()
    await asking.review(db, row, now)
