"""An issued report goes into the archive of its study: its SR, and its key images as a selection of objects."""

import asyncio
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from imaging.archive import Archive
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import Give, Orders
from telemed.db import Database
from telemed.files.store import FileStore
from telemed.history.consumers import Heard
from telemed.kit.clock import Clock
from telemed.reading import downloads
from telemed.reading.events import ReportAddended, ReportIssued, ReportIssuedAlone, ReportReinstated
from telemed.reading.lookup import recalled

HEARS = (ReportIssued, ReportIssuedAlone, ReportAddended, ReportReinstated)
SOP_UID = "00080018"


class StoredReports:
    """Orders imaging to store what was issued for a reading."""

    def __init__(self, database: Database, orders: Orders, archive: Archive, store: FileStore, clock: Clock) -> None:
        self._database, self._orders, self._archive = database, orders, archive
        self._store, self._clock = store, clock
        self.leaves: Mapping[str, Give] = {"study.reports": self._carry_out}

    async def consume(self, db: AsyncSession, heard: Heard) -> None:
        await self._orders.keep(db, "study.reports", str(heard.about.activity_id))

    async def _carry_out(self, order: LeafOrder) -> None:
        """What is not there yet; nothing while the study is not confirmed as the patient's."""
        row, issued = await downloads.objects(self._database, self._store, UUID(order.target), self._clock())
        async with self._database.read() as db:
            if await recalled(db, row):
                return
        hospital, study = row.branch_id, row.study_uid
        there = {_uid(each) for each in await self._archive.headers(hospital, study)}
        for each in issued:
            uids = sorted({image.instance_uid for image in each.of.shown.images})
            images = await self._archive.headers(hospital, study, uids) if uids else []
            for uid, file in await asyncio.to_thread(_files, each, images):
                if uid not in there:
                    await self._archive.add(hospital, study, file, "reading")


def _files(issued: downloads.Object, images: list[dict[str, Any]]) -> list[tuple[str, bytes]]:
    from pydicom import dcmread  # they load pydicom and highdicom

    from telemed.documents.marked import image_of
    from telemed.documents.selected import selection, uid_of

    of = issued.of
    files = [(str(dcmread(BytesIO(issued.sr)).SOPInstanceUID), issued.sr)]
    chosen = selection(of.shown, of.id, of.issued, {_uid(each): image_of(each) for each in images})
    return files + ([(str(uid_of(of.id)), chosen)] if chosen else [])


def _uid(header: Mapping[str, Any]) -> str:
    return str(header[SOP_UID]["Value"][0])
