"""Prints the pages that are not printed yet, also after a crash. One that fails does not hold up others."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.kit import quarantine
from telemed.kit.events import Pauses
from telemed.kit.failures import passing
from telemed.kit.quarantine import Failed, Quarantine
from telemed.opinions.desk import Desk
from telemed.opinions.model import OpinionPage, PageDue, PagePrint
from telemed.opinions.page_prints import PRINTS, make
from telemed.opinions.ports import Signer

log = structlog.get_logger(__name__)
EVERY: Final = timedelta(seconds=2)
AT_ONCE: Final = 20  # pages in one round
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 600.0  # seconds between two tries of one page; ten tries take half an hour
KIND: Final = "page_print"  # the quarantine's `kind` of failed pages


class Prints:
    """Prints the due pages. One that fails is tried again after a growing pause, and set aside after ten tries."""

    def __init__(self, desk: Desk, signer: Signer, pauses: Pauses | None = None) -> None:
        self._desk, self._signer = desk, signer
        self._pauses = pauses or Pauses(first=FIRST_PAUSE, longest=LONGEST_PAUSE)
        self._failing: dict[UUID, Exception] = {}

    async def make_due(self, now: datetime) -> dict[UUID, Exception]:
        """Prints what is due; returns the failures of pages that are still tried. Raises Unavailable."""
        for id in await self._due():
            try:
                await make(self._desk, self._signer, id, now)
            except Exception as failure:
                if (wait := passing(failure)) is not None:
                    raise wait from failure
                await self._failed(id, failure, now)
            else:
                self._over(id)
        return dict(self._failing)

    async def _due(self) -> list[UUID]:
        async with self._desk.database.read() as db:
            if self._failing:  # a page may meanwhile have been printed on demand
                query = select(PageDue.page_id).where(col(PageDue.page_id).in_(self._failing))
                for id in self._failing.keys() - set((await db.exec(query)).all()):
                    self._over(id)
            due = select(PageDue.page_id).where(col(PageDue.page_id).not_in(self._pauses.resting()))
            return list((await db.exec(due.order_by(col(PageDue.page_id)).limit(AT_ONCE))).all())

    async def _failed(self, id: UUID, failure: Exception, now: datetime) -> None:
        log.exception("a page could not be printed", id=str(id))
        async with self._desk.database.read() as db:
            page = await db.get_one(OpinionPage, id)
        told = {"opinion": str(page.opinion_id), "number": page.number, "kind": page.kind}
        # Dated today, because the counts of failures with an old date are deleted.
        news = Failed(KIND, PRINTS, id, "opinion.page", told, now)
        done_with = delete(PageDue).where(col(PageDue.page_id) == id)
        if await quarantine.failed(self._desk.database, news, failure, now, lambda db: db.exec(done_with)):
            self._over(id)
        else:
            self._pauses.failed(id)
            self._failing[id] = failure

    def _over(self, id: UUID) -> None:
        self._pauses.over(id)
        self._failing.pop(id, None)


async def again(db: AsyncSession, row: Quarantine) -> None:
    """Makes a page that was set aside due again."""
    await quarantine.reopen(db, row)
    if await db.get(PagePrint, row.event_id) is None:
        db.add(PageDue(page_id=row.event_id))
