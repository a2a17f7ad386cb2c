"""附页: dated pages added to a signed version for what comes later; the version itself never changes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.consultations.model import Consultation
from telemed.documents.canonical import dumped, intact
from telemed.documents.page import Line, Page, PatientLine, Rows
from telemed.documents.record import Invited, Inviter, Record
from telemed.opinions import words
from telemed.opinions.canonical import FORMAT
from telemed.opinions.model import Opinion, OpinionPage, PageDue, PageKind
from telemed.people import service as people
from telemed.people.model import Hospital, Patient

BY_SESSION, BY_PASSWORD = "登录确认", "密码签名"


@dataclass(frozen=True)
class Body:
    """The content of one page."""

    title: str
    warning: str = ""
    lines: Sequence[Line] = ()
    table: Rows | None = None
    note: str = ""
    signed_how: str = BY_SESSION  # how the person responsible was identified


async def add(
    db: AsyncSession, opinion: Opinion, kind: PageKind, about: str, body: Body, now: datetime, *, by: Actor | None
) -> OpinionPage | None:
    """Adds a page, in the transaction of what it reports, so that neither exists without the other.

    `about` identifies it within its kind: a repeat adds none, and returns None. `by` is the person responsible, or None
    if the system notes a fact.
    """
    # Locked, so that two pages do not get the same number.
    row = (
        await db.exec(select(Consultation).where(Consultation.id == opinion.consultation_id).with_for_update())
    ).one()
    before = await of(db, [opinion.id])
    if opinion.sha256 is None:
        raise RuntimeError("only a signed version has pages")
    if any((each.kind, each.about) == (kind, about) for each in before):
        return None
    branch, hub = await db.get_one(Hospital, row.branch_id), await db.get_one(Hospital, row.hub_id)
    told, person = await _heading(db, opinion, row, branch, hub), await people.staff(db, by.id) if by else None
    shown = Page(
        number=row.number or "",
        version=opinion.number,
        page=len(before) + 1,
        title=body.title,
        at=words.local(now, branch.time_zone, "%Y-%m-%d %H:%M:%S"),
        record_hash=opinion.sha256,
        inviter=told.inviter,
        invited=told.invited,
        patient=told.patient,
        demo=told.demo,
        warning=body.warning,
        lines=tuple(body.lines),
        table=body.table,
        note=body.note,
        signed_by=words.titled(person) if person else "",
        signed_how=body.signed_how if person else "",
    )
    canonical = dumped(
        {
            "format": FORMAT,
            "record": {"opinion": str(opinion.id), "number": row.number, "version": opinion.number},
            "parent": opinion.sha256,
            "kind": kind.value,
            "about": about,
            "at": now.isoformat(),
            "by": {"id": str(by.id), "hospital": by.hospital_id} if by else None,
            "page": shown.model_dump(mode="json", exclude={"seal"}),
        }
    )
    page = OpinionPage(
        opinion_id=opinion.id,
        number=shown.page,
        kind=kind,
        about=about,
        at=now,
        by_id=by.id if by else None,
        canonical=canonical,
        sha256=sha256(canonical.encode()).hexdigest(),
    )
    db.add(page)
    await db.flush()
    db.add(PageDue(page_id=page.id))
    return page


async def of(db: AsyncSession, opinions: Sequence[UUID]) -> list[OpinionPage]:
    """The pages of these versions, in the order of their numbers."""
    query = select(OpinionPage).where(col(OpinionPage.opinion_id).in_(opinions))
    return list((await db.exec(query.order_by(col(OpinionPage.number)))).all())


async def note(db: AsyncSession, consultation_id: UUID, about: str, body: Body, now: datetime) -> None:
    """Adds a note to each signed version of the consultation, once for each `about`."""
    query = select(Opinion).where(Opinion.consultation_id == consultation_id, col(Opinion.signed_at).is_not(None))
    for opinion in (await db.exec(query.order_by(col(Opinion.number)))).all():
        await add(db, opinion, PageKind.noted, about, body, now, by=None)


@dataclass(frozen=True)
class Heading:
    inviter: Inviter
    invited: Invited
    patient: PatientLine
    demo: bool = field(default=False)


async def _heading(db: AsyncSession, opinion: Opinion, row: Consultation, branch: Hospital, hub: Hospital) -> Heading:
    """The heading, with the patient as the record names them (in format 1 only name and numbers). If the record's text
    is damaged, the patient is named as they are now."""
    short = Inviter(name=branch.licence_name, short=branch.name), Invited(name=hub.licence_name, departments="")
    signed = intact(opinion.canonical, opinion.sha256)
    if signed is None:
        patient = await db.get(Patient, row.patient_id) if row.patient_id else None
        return Heading(*short, PatientLine(name=patient.name if patient else ""))
    if "record" in signed:
        record = Record.model_validate(signed["record"])
        line = PatientLine(**record.patient.model_dump(include=set(PatientLine.model_fields)))
        return Heading(record.inviter, record.invited, line, record.demo)
    numbers: list[list[str]] = [each.split("/", 2) for each in signed["patient"]["identifiers"]]
    known = {kind: value for _, kind, value in numbers}
    kind = next((each for each in words.NUMBER if each in known), None)
    named = {"number_label": words.NUMBER[kind], "number": known[kind]} if kind else {}
    return Heading(*short, PatientLine(name=signed["patient"]["name"], **named))
