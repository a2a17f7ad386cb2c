"""What somebody has drawn goes into the study's archive as DICOM objects, where other programs find it."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from imaging.archive import Archive
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import Give, Orders, micros
from telemed.db import Database
from telemed.history.consumers import Heard
from telemed.marks import service as marks
from telemed.marks.events import MarksSaved
from telemed.marks.model import StudyMark
from telemed.people import service as people

HEARS = (MarksSaved,)
SERIES_UID, SOP_UID = "0020000E", "00080018"
FORMS: Final = ("SR", "PR")


class StoredMarks:
    """Orders imaging to store what an author has on a study, as it is when the order is given."""

    def __init__(self, database: Database, orders: Orders, archive: Archive) -> None:
        self._database, self._orders, self._archive = database, orders, archive
        self.leaves: Mapping[str, Give] = {"study.marks": self._carry_out}

    async def consume(self, db: AsyncSession, heard: Heard) -> None:
        if isinstance(news := heard.event, MarksSaved):
            await self._orders.keep(db, "study.marks", f"{heard.about.hospital_id}/{news.id}/{news.author_id}")

    async def _carry_out(self, order: LeafOrder) -> None:
        """A new version of each object, beside the earlier ones; nothing where this version is there already."""
        hospital, study, author = order.target.split("/")
        async with self._database.read() as db:
            rows = await marks.of_author(db, hospital, study, UUID(author))
            by, at = await people.staff(db, UUID(author)), await people.hospital(db, hospital)
        if not rows:
            return
        made = await self._archive.headers(hospital, study)
        images = await self._archive.headers(hospital, study, sorted({each.instance_uid for each in rows}))
        if not images:
            return
        files = await asyncio.to_thread(_files, rows, by.name, at.name, ZoneInfo(at.time_zone), images, made)
        for file in files:
            await self._archive.add(hospital, study, file, author)


def _files(
    rows: Sequence[StudyMark],
    author: str,
    hospital: str,
    zone: ZoneInfo,
    images: Sequence[Mapping[str, Any]],
    made: Sequence[Mapping[str, Any]],
) -> list[bytes]:
    from telemed.documents.marked import Drawing, Drawings, image_of, measurements, presentation  # it loads highdicom

    changed = max(_changed(each) for each in rows)
    drawn = Drawings(
        author_id=rows[0].author_id,
        author=author,
        hospital=hospital,
        saved_at=changed.astimezone(zone),
        version=str(micros(changed)),
        marks=[
            Drawing(each.id, each.instance_uid, each.frame, each.kind, each.points, each.text)
            for each in rows
            if each.deleted_at is None
        ],
    )
    shown = {_value(each, SOP_UID): image_of(each) for each in images}
    files = list[bytes | None]()
    for form in FORMS:
        series = drawn.series(rows[0].study_uid, form)
        earlier = [image_of(each) for each in made if _value(each, SERIES_UID) == series]
        if any(each.SOPInstanceUID == drawn.instance(rows[0].study_uid, form) for each in earlier):
            continue
        if not drawn.marks and not earlier:
            continue
        number = len(earlier) + 1
        files.append(
            measurements(drawn, shown, earlier, number) if form == "SR" else presentation(drawn, shown, number)
        )
    return [each for each in files if each is not None]


def _changed(row: StudyMark) -> datetime:
    return row.deleted_at or row.saved_at


def _value(header: Mapping[str, Any], tag: str) -> str:
    return str(header[tag]["Value"][0])
