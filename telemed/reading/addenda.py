"""Addenda (补充, 更正) to a report that was issued: further numbers of it, each with its own text, hash and print."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Actor
from telemed.documents.canonical import digest_of, dumped, intact
from telemed.errors import Conflict
from telemed.people import service as people
from telemed.reading import prints, work
from telemed.reading.engine import act
from telemed.reading.lookup import alone, get, images_of
from telemed.reading.model import Reading, Report
from telemed.reading.schemas import AddendumIn, AddendumOut
from telemed.reading.words import AddendumKind
from telemed.reading.words import ReadingAction as Action
from telemed.reading.words import ReadingState as State

FORMAT: Final = 2  # 2: with how many images were there
UNREVIEWED: Final = "（本院现无其他可审核此报告的影像医师，由书写医师本人出具，未经第二人审核。）"


async def add(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: AddendumIn, now: datetime, *, demo: bool
) -> Reading:
    """Issues an addendum by one act of whoever may review the report; the branch is told at once.

    Where the hub has nobody left who may, its author adds, and the text says so.
    """
    row = await get(db, actor, id, now, version=version)
    provisional = row.state is State.provisional
    if new.kind is AddendumKind.review and not provisional:
        raise Conflict("It is reviewed already.", reason="wrong_state", state=str(row.state))
    before = await _all(db, row)
    number = before[-1].number + 1 if before else 2
    # Whoever adds to a provisional report has reviewed it.
    become = {"reviewer_id": actor.id, "reviewed_at": now} if provisional else {}
    by_author = await alone(db, row, actor, now)
    await act(db, actor, row, Action.addend, now, become, alone=by_author, kind=new.kind, number=number)
    text = f"{new.text}\n{UNREVIEWED}" if by_author else new.text
    first = (await db.exec(select(Report).where(Report.reading_id == row.id, Report.number == 1))).one()
    addendum = Report(reading_id=row.id, number=number, kind=new.kind, author_id=actor.id, findings=text, saved_at=now)
    addendum.image_count = await images_of(db, row)
    printed = await prints.addendum(db, row, addendum, demo, amends=first.sha256 or "")
    told = {"format": FORMAT, "kind": new.kind, "reading": str(row.id), "number": number, "amends": first.sha256}
    said = {"by": str(actor.id), "text": text, "images": addendum.image_count}
    addendum.canonical = dumped(told | said | {"print": prints.stored(printed)})
    addendum.sha256 = digest_of(addendum.canonical)
    db.add(addendum)
    await work.is_issued(db, row, actor, now)
    await grants.end(db, row.id, now, until=await work.read_until(db, row, now))
    return row


async def _all(db: AsyncSession, row: Reading) -> list[Report]:
    later = select(Report).where(Report.reading_id == row.id, Report.number > 1).order_by(col(Report.number))
    return list((await db.exec(later)).all())


async def changed(db: AsyncSession, rows: Collection[Reading]) -> set[UUID]:
    """Those of them to whose report something was added or corrected; a review that agrees is neither."""
    ids = [each.id for each in rows if each.state is State.addended]
    more = select(Report.reading_id).where(Report.number > 1, Report.kind != AddendumKind.review)
    return set((await db.exec(more.where(col(Report.reading_id).in_(ids)))).all()) if ids else set()


async def of(db: AsyncSession, row: Reading) -> list[AddendumOut]:
    """In the order in which they were issued, each with the text that was."""
    found = await _all(db, row)
    staff = await people.staff_by_id(db, {each.author_id for each in found})
    return [
        AddendumOut(
            id=each.id,
            number=each.number,
            kind=each.kind or AddendumKind.addition,
            text=text["text"] if (text := intact(each.canonical, each.sha256)) else "",
            author=staff[each.author_id].name,
            author_en=staff[each.author_id].name_en,
            author_title=staff[each.author_id].title,
            at=each.saved_at,
            damaged=text is None,
        )
        for each in found
    ]
