"""Sections: what each expert of an MDT says for their specialty. They, the chair or the recorder write it; they sign.

A signed section never changes; its expert corrects it by a further one. It is about the section alone: whether its
expert agrees with the consensus they say as to any opinion, by a stand.
"""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.attempts import attempt
from telemed.access.model import Account, Actor
from telemed.activities import participants
from telemed.audit.service import record
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.documents.canonical import dumped
from telemed.errors import Conflict, Stale
from telemed.history.service import emit
from telemed.opinions import asking, rules
from telemed.opinions.canonical import FORMAT
from telemed.opinions.desk import Desk
from telemed.opinions.events import AbsenceStated, SectionSigned
from telemed.opinions.mdt_schemas import SectionDraft
from telemed.opinions.model import MemberAbsence, MemberSection
from telemed.opinions.ports import Proof, Signer
from telemed.opinions.section_rows import all_of, draft_of, newest, signed_of
from telemed.opinions.stands import about_of
from telemed.opinions.versions import versions
from telemed.people import service as people
from telemed.people.model import Department
from telemed.work import service as work
from telemed.work.model import WorkKind


async def _opened(
    db: AsyncSession, actor: Actor, id: UUID, staff_id: UUID, now: datetime, *, to_change: bool = True
) -> Consultation:
    """The consultation, if this person may write this expert's section now."""
    row = await consultations.get(db, actor, id, now, to_change=to_change)
    draft, signed = await versions(db, id)
    member = await participants.one(db, id, staff_id)
    rules.refuse_section(row, actor, member, draft, signed[0] if signed else None)
    return row


def _as_read(section: MemberSection | None, staff_id: UUID, version: int) -> MemberSection:
    """The section. Raises if it is signed, or not as the person has read it."""
    if section is not None and section.signed_at is not None:
        raise Conflict("The section is signed and does not change.", reason="section_signed")
    if section is None or section.version != version:
        current = draft_of(staff_id, section).model_dump(mode="json")
        raise Stale("The section has changed since you read it.", current=current)
    return section


async def save(
    db: AsyncSession, actor: Actor, id: UUID, staff_id: UUID, version: int, text: str, now: datetime
) -> SectionDraft:
    """Saves what is typed; version 0 begins the section."""
    await _opened(db, actor, id, staff_id, now)
    section = await newest(db, id, staff_id)
    if section is None and version == 0:
        section = MemberSection(consultation_id=id, staff_id=staff_id, number=1, version=0, text="", saved_at=now)
        db.add(section)
    section = _as_read(section, staff_id, version)
    section.text, section.saved_at, section.saved_by = text, now, actor.id
    section.version += 1
    await db.flush()
    return draft_of(staff_id, section)


async def correct(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> SectionDraft:
    """Begins a correction of one's own signed section, as a copy; what is signed stays until it is signed, too."""
    await _opened(db, actor, id, actor.id, now)
    before = await newest(db, id, actor.id)
    if before is None or before.signed_at is None:
        raise Conflict("The section is not signed yet; just change it.", reason="section_open")
    section = MemberSection(
        consultation_id=id,
        staff_id=actor.id,
        number=before.number + 1,
        text=before.text,
        saved_at=now,
        saved_by=actor.id,
    )
    db.add(section)
    record(db, actor, "opinion.section_corrected", str(id), now)
    await db.flush()
    return draft_of(actor.id, section)


async def sign(desk: Desk, signer: Signer, actor: Actor, id: UUID, version: int, password: str, now: datetime) -> None:
    """Signs one's own section as it was read, with the password; the proof comes before the transaction."""
    async with desk.database.read() as db:
        canonical, about = await _text(db, actor, id, version, now)
        account = await db.get_one(Account, actor.id)
    counter = f"sign|{actor.id}"  # the same counter as for signing, because it is the same password
    async with attempt(desk.database, counter, now):
        signed = await signer.sign(canonical.encode(), Proof(account, password))
    async with desk.database.write() as db:
        row = await consultations.get(db, actor, id, now, to_change=True)
        said, _ = await _text(db, actor, id, version, now)
        section = _as_read(await newest(db, id, actor.id), actor.id, version)
        if said != canonical:
            raise Stale("What you sign has changed since you read it.", current={"version": section.version})
        section.signed_at, section.about_sha256, section.canonical = now, about, canonical
        section.sha256, section.signature = sha256(canonical.encode()).hexdigest(), signed.signature
        await db.flush()  # from here on the database refuses changes of this section
        absent = await db.get(MemberAbsence, (id, actor.id))
        if absent is not None:
            await db.delete(absent)
        await work.finish(db, id, [WorkKind.section], actor, now, staff_id=actor.id)
        record(db, actor, "opinion.section_signed", str(section.id), now)
        emit(db, SectionSigned(number=section.number, rev=row.version), consultations.about(row), now, by=actor)
        await db.flush()
        await asking.review(db, row, now)


async def _text(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> tuple[str, str]:
    """The text that is signed, and the hash of the consensus as it is now. Raises unless it can be signed."""
    row = await _opened(db, actor, id, actor.id, now, to_change=False)
    section = _as_read(await newest(db, id, actor.id), actor.id, version)
    rules.refuse_signing_section(row, section)
    draft, _ = await versions(db, id)
    about = about_of(draft) if draft is not None else ""
    person = await people.staff(db, actor.id)
    department = await db.get(Department, person.department_id) if person.department_id else None
    by = {"id": str(actor.id), "name": person.name, "title": person.title, "hospital": actor.hospital_id}
    text = {
        "format": FORMAT,
        "section": str(section.id),
        "number": section.number,
        "consultation": {"id": str(id), "number": row.number},
        "packet_version": row.packet_version,
        "by": by | {"department": department.name if department else ""},
        "text": section.text,
        "consensus": about,
        "at": now.isoformat(),
    }
    return dumped(text), about


async def state_absent(db: AsyncSession, actor: Actor, id: UUID, staff_id: UUID, reason: str, now: datetime) -> None:
    """The chair says that an expert does not sign, and why; their own signature ends it."""
    row = await _opened(db, actor, id, staff_id, now)
    rules.refuse_chairing(row, actor)
    if staff_id in signed_of(await all_of(db, id)):
        raise Conflict("The section is signed and does not change.", reason="section_signed")
    found = await db.get(MemberAbsence, (id, staff_id))
    if found is not None and found.reason == reason:
        return
    await db.merge(MemberAbsence(consultation_id=id, staff_id=staff_id, reason=reason, by_id=actor.id, at=now))
    person = await people.staff(db, staff_id)
    record(db, actor, "opinion.absence_stated", str(id), now, reason=f"{staff_id} {reason}")
    told = AbsenceStated(staff_id=staff_id, name=person.name, reason=reason, rev=row.version)
    emit(db, told, consultations.about(row), now, by=actor)
    await db.flush()
    await asking.review(db, row, now)


async def take_back_absence(db: AsyncSession, actor: Actor, id: UUID, staff_id: UUID, now: datetime) -> None:
    row = await _opened(db, actor, id, staff_id, now)
    rules.refuse_chairing(row, actor)
    found = await db.get(MemberAbsence, (id, staff_id))
    if found is not None:
        await db.delete(found)
        record(db, actor, "opinion.expert_expected", str(id), now, reason=str(staff_id))
        await db.flush()
        await asking.review(db, row, now)
