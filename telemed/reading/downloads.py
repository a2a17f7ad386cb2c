"""An issued report in the forms in which it is downloaded: print, DICOM SR, FHIR; each made once and stored."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.db import Database
from telemed.documents.anyway import render_anyway
from telemed.documents.canonical import intact
from telemed.documents.record import Seal
from telemed.documents.report import ReportPrint, report_title
from telemed.documents.report_page import ReportPagePrint
from telemed.errors import Conflict, NotAllowed, NotFound
from telemed.files import service as files
from telemed.files.model import FileKind
from telemed.files.store import FileStore, Received
from telemed.opinions.joining import joined
from telemed.opinions.stored import whole
from telemed.people.model import Hospital
from telemed.reading import pages
from telemed.reading.lookup import get, recalled
from telemed.reading.model import Reading, Report, activity
from telemed.reading.page_model import ReportPage
from telemed.reading.prints import KIND
from telemed.reading.words import ReadingPurpose

MINUTES: Final = "%Y-%m-%d %H:%M"  # as `opinions.words.local` writes it


class Form(StrEnum):
    record = "record"  # the print
    sr = "sr"
    fhir = "fhir"


class Issued(NamedTuple):
    """What was issued; `taken` (to the minute, as issued), `written` and `issued` by the branch's clock."""

    id: UUID
    shown: ReportPrint
    digest: str
    taken: datetime | None
    written: datetime
    issued: datetime


class Object(NamedTuple):
    of: Issued
    sr: bytes


class Kept(NamedTuple):
    column: str  # of Report: the hash of the stored file
    suffix: str
    media_type: str
    make: Callable[[Issued], Awaitable[bytes]]


async def _print(of: Issued) -> bytes:
    seal = Seal(hash=of.digest, verify="")
    return await render_anyway(of.shown.model_copy(update={"seal": seal}), of.issued)


async def _sr(of: Issued) -> bytes:
    from telemed.documents.structured import structured  # highdicom takes half a second to load

    return await asyncio.to_thread(structured, of.shown, of.id, of.taken, of.written, of.issued)


async def _fhir(of: Issued) -> bytes:
    from telemed.documents.fhir_report import diagnostic_report  # the models of FHIR too

    at = f"/api/reports/{of.id}/record"
    return await asyncio.to_thread(diagnostic_report, of.shown, of.id, of.digest, of.taken, of.issued, at)


FORMS: Final = {
    Form.record: Kept("print_sha256", ".pdf", "application/pdf", _print),
    Form.sr: Kept("sr_sha256", ".dcm", "application/dicom", _sr),
    Form.fhir: Kept("fhir_sha256", ".json", "application/fhir+json", _fhir),
}


async def download(
    database: Database, store: FileStore, actor: Actor, id: UUID, form: Form, now: datetime
) -> tuple[str, bytes]:
    """File name and stored bytes. Raises NotFound before it is issued, Conflict if text or file are damaged."""
    kept = FORMS[form]
    async with database.write() as db:
        report = await db.get(Report, id)
        if report is None or report.canonical is None:
            raise NotFound("There is no such report.")
        row = await get(db, actor, report.reading_id, now)
        if not await grants.may_download(db, actor, row.case_id, row.branch_id, now):
            raise NotAllowed("You were let in to read it here, not to take copies.", reason="only_to_read")
        if form is not Form.record and await recalled(db, row):
            raise Conflict("Its study is not this patient's: only its print says so.", reason="report_recalled")
        record(db, actor, "reading.report_downloaded", str(id), now)
        issued, added = await _issued(db, row, report), await pages.of(db, row)
        later = [(each, await _issued(db, row, each)) for each in await _addenda(db, report)]
    digest = getattr(report, kept.column) or await _make(database, store, row, report, kept, issued, now)
    name = f"{report_title(opinion=row.purpose is ReadingPurpose.over_read)}-{row.modality}-{str(row.id)[-6:]}"
    if report.kind:
        name += f"-{KIND[report.kind]}{report.number - 1}"
    made = await whole(store, digest)
    if form is Form.record and (added or later):
        before = [await _page(database, store, row, report, each, now) for each in reversed(added)]
        for each, said in later:
            stored = each.print_sha256 or await _make(database, store, row, each, kept, said, now)
            before.append(await whole(store, stored))
        more = "、".join(word for word, there in (("附页", added), ("补充或更正", later)) if there)
        made = await asyncio.to_thread(joined, [*before, made], f"{name} {more}在前")
        name += f"-含{more}"
    return name + kept.suffix, made


async def _addenda(db: AsyncSession, report: Report) -> list[Report]:
    """What was added to or corrected in this report since it was issued, the newest first: whoever prints the report
    must not take it for the last word. None of an addendum.
    """
    if report.kind:
        return []
    query = select(Report).where(
        Report.reading_id == report.reading_id, col(Report.kind).is_not(None), col(Report.canonical).is_not(None)
    )
    return list((await db.exec(query.order_by(col(Report.number).desc()))).all())


async def _page(
    database: Database, store: FileStore, row: Reading, report: Report, page: ReportPage, now: datetime
) -> bytes:
    """The print of a page, made once and stored. Raises Conflict if its text does not match its hash."""
    if page.print_sha256:
        return await whole(store, page.print_sha256)
    told = intact(page.canonical, page.sha256)
    if told is None:
        raise Conflict("The stored text of this page is damaged; do not use it.", reason="page_damaged")
    shown = ReportPagePrint.model_validate(told["page"])
    shown = shown.model_copy(update={"seal": Seal(hash=page.sha256, verify="")})
    made = await store.put(await render_anyway(shown, page.at), FORMS[Form.record].media_type)
    async with database.write() as db:
        stored = (await db.exec(select(ReportPage).where(ReportPage.id == page.id).with_for_update())).one()
        if stored.print_sha256 is None:
            _file(db, made, row, report, f"影像诊断报告附页{page.number}.pdf", now)
            stored.print_sha256 = made.sha256
    return await whole(store, made.sha256)


def _file(db: AsyncSession, made: Received, row: Reading, report: Report, name: str, now: datetime) -> None:
    by = report.author_id if report.kind else row.reviewer_id or report.author_id
    whose: dict[str, Any] = {"case_id": row.case_id, "patient_id": row.patient_id, "activity": activity(row.id)}
    files.add(db, made, FileKind.print, row.branch_id, by, now, name=name, **whose)


async def objects(database: Database, store: FileStore, reading: UUID, now: datetime) -> tuple[Reading, list[Object]]:
    """What was issued for a reading, the oldest first, with the SR as it is downloaded; what is damaged is left out."""
    async with database.read() as db:
        row = await db.get_one(Reading, reading)
        query = select(Report).where(Report.reading_id == reading, col(Report.canonical).is_not(None))
        found = [(each, await _issued(db, row, each)) for each in await db.exec(query.order_by(col(Report.number)))]
    kept = FORMS[Form.sr]
    out = list[Object]()
    for report, issued in found:
        if issued is not None:
            digest = report.sr_sha256 or await _make(database, store, row, report, kept, issued, now)
            out.append(Object(issued, await whole(store, digest)))
    return row, out


async def _issued(db: AsyncSession, row: Reading, report: Report) -> Issued | None:
    """None if what is stored is not what was issued."""
    said = intact(report.canonical, report.sha256)
    if said is None:
        return None
    zone = ZoneInfo((await db.get_one(Hospital, row.branch_id)).time_zone)
    shown = ReportPrint.model_validate(said["print"])
    taken = datetime.strptime(shown.taken_at, MINUTES).replace(tzinfo=zone) if shown.taken_at else None
    at = report.saved_at if report.kind else row.issued_at or report.saved_at
    written = at if report.kind else row.written_at or at
    return Issued(
        report.id,
        shown,
        report.sha256 or "",
        taken,
        written.astimezone(zone),
        at.astimezone(zone),
    )


async def _make(
    database: Database, store: FileStore, row: Reading, report: Report, kept: Kept, issued: Issued | None, now: datetime
) -> str:
    """Made before the transaction opens; if two do so at once, one file is stored: both have the same bytes."""
    if issued is None:
        raise Conflict("The stored text of this report is damaged; do not use it.", reason="report_damaged")
    pictures = {each.sha256: await whole(store, each.sha256) for each in issued.shown.images}
    issued = issued._replace(shown=issued.shown.pictured(pictures))
    made = await store.put(await kept.make(issued), kept.media_type)
    async with database.write() as db:
        stored = (await db.exec(select(Report).where(Report.id == report.id).with_for_update())).one()
        if getattr(stored, kept.column) is None:
            _file(db, made, row, report, f"影像诊断报告{kept.suffix}", now)
            setattr(stored, kept.column, made.sha256)
    return made.sha256
