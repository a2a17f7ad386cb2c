"""Prints pages: each once, from its text alone, and stored. `prints_due` finds those not printed yet."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, delete, select

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.consultations.model import Consultation, activity
from telemed.documents.anyway import render_anyway
from telemed.documents.canonical import intact
from telemed.documents.page import Page
from telemed.documents.record import Seal
from telemed.errors import Conflict, NotFound
from telemed.files import service as files
from telemed.files.model import FileKind
from telemed.kit import quarantine
from telemed.opinions import pages
from telemed.opinions.desk import Desk
from telemed.opinions.joining import joined
from telemed.opinions.model import Opinion, OpinionPage, PageDue, PagePrint
from telemed.opinions.ports import Signer
from telemed.opinions.service import signed_one
from telemed.opinions.stored import whole

SEAL_REASON = "远程会诊记录单附页：系统确认，非可靠电子签名"
PRINTS = "prints"  # the `consumer` of failed pages in the quarantine


async def make(desk: Desk, signer: Signer, page_id: UUID, now: datetime) -> PagePrint:
    """Prints and seals a page before the transaction opens; if two do so at once, one print is stored."""
    async with desk.database.read() as db:
        page = await db.get_one(OpinionPage, page_id)
        if (made := await db.get(PagePrint, page_id)) is not None:
            return made
        opinion = await db.get_one(Opinion, page.opinion_id)
    typeset = await render_anyway(shown(page, f"{desk.verify}{opinion.verify_code}"), page.at)
    pdf = await signer.seal(typeset, SEAL_REASON)
    kept = await desk.store.put(pdf)
    signature = signer.attest(page.canonical.encode()).signature
    async with desk.database.write() as db:
        row = (
            await db.exec(select(Consultation).where(Consultation.id == opinion.consultation_id).with_for_update())
        ).one()
        if (made := await db.get(PagePrint, page_id)) is not None:
            return made
        by = page.by_id or opinion.signed_by or opinion.author_id
        name = _name(row, opinion, page)
        whose: dict[str, Any] = {"case_id": row.case_id, "patient_id": row.patient_id, "activity": activity(row.id)}
        file = files.add(db, kept, FileKind.print, row.branch_id, by, now, name=name, **whose)
        await db.flush()
        made = PagePrint(page_id=page_id, signature=signature, file_id=file.id, sha256=file.sha256, made_at=now)
        db.add(made)
        await db.exec(delete(PageDue).where(col(PageDue.page_id) == page_id))
        await quarantine.succeeded(db, PRINTS, page_id)
        return made


def shown(page: OpinionPage, verify: str) -> Page:
    """The page to print from the text. Raises Conflict if the text does not match its hash."""
    whole_text = intact(page.canonical, page.sha256)
    if whole_text is None:
        raise Conflict("The stored text of this page is damaged; do not use it.", reason="page_damaged")
    told = Page.model_validate(whole_text["page"])
    return told.model_copy(update={"seal": Seal(hash=page.sha256, verify=verify)})


async def download(
    desk: Desk, signer: Signer, actor: Actor, opinion_id: UUID, number: int, now: datetime
) -> tuple[str, bytes]:
    async with desk.database.write() as db:
        opinion, row = await signed_one(db, actor, opinion_id, now)
        page = next((each for each in await pages.of(db, [opinion_id]) if each.number == number), None)
        if page is None:
            raise NotFound("There is no such page.")
        record(db, actor, "opinion.page_downloaded", str(page.id), now)
    made = await make(desk, signer, page.id, now)
    return _name(row, opinion, page), await whole(desk.store, made.sha256)


async def together(desk: Desk, signer: Signer, actor: Actor, opinion_id: UUID, now: datetime) -> tuple[str, bytes]:
    """The record and its pages in one file, for reading; each is verified by itself."""
    async with desk.database.write() as db:
        opinion, row = await signed_one(db, actor, opinion_id, now)
        record(db, actor, "opinion.downloaded", str(opinion_id), now)
        found = await pages.of(db, [opinion_id])
    prints = [await whole(desk.store, opinion.print_sha256)]
    prints += [await whole(desk.store, (await make(desk, signer, each.id, now)).sha256) for each in found]
    title = f"{row.number} v{opinion.number} 阅读合并件"
    return f"{title.replace(' ', '-')}.pdf", await asyncio.to_thread(joined, prints, title)


def _name(row: Consultation, opinion: Opinion, page: OpinionPage) -> str:
    return f"{row.number}-v{opinion.number}-附页{page.number}.pdf"
