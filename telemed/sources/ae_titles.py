"""Which devices may send images, and whose these are: in memory, because imaging asks from its own threads."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.db import Database
from telemed.kit.clock import Clock
from telemed.people.model import Hospital
from telemed.sources.model import AeTitle

HEARD_EVERY: Final = timedelta(seconds=15)


class AeTitles:
    """`setting`: the hospital of each title by the settings, which holds until there are rows."""

    def __init__(self, db: Database, clock: Clock, setting: Mapping[str, str]) -> None:
        self._db, self._clock, self._setting = db, clock, setting
        self._known = setting
        self._heard: dict[str, datetime] = {}

    def hospital_of(self, title: str) -> str | None:
        """The hospital whose images a calling AE sends; None: it may send none. From any thread."""
        found = self._known.get(title)
        if found is not None:
            self._heard[title] = self._clock()
        return found

    async def load(self) -> None:
        """Reads the rows again, after they have changed; the first time the setting's are written."""
        async with self._db.read() as db:
            rows = (await db.exec(select(AeTitle))).all()
        if not rows and self._setting:
            async with self._db.write() as db:
                rows = await fill(db, self._setting)
        if rows:
            self._known = {each.title: each.hospital_id for each in rows if each.removed_at is None}

    async def note(self) -> Mapping[str, Exception]:
        """Writes when each was last heard; what cannot be written now is lost, and heard again."""
        heard, self._heard = self._heard, {}
        if heard:
            async with self._db.write() as db:
                for row in (await db.exec(select(AeTitle).where(col(AeTitle.title).in_(heard)))).all():
                    row.heard_at = heard[row.title]
        return {}


async def fill(db: AsyncSession, setting: Mapping[str, str]) -> list[AeTitle]:
    """The setting as rows, as long as there are none, of hospitals that are known."""
    if (await db.exec(select(AeTitle.title).limit(1))).first() is not None:
        return list((await db.exec(select(AeTitle))).all())
    hospitals = set((await db.exec(select(Hospital.id))).all())
    rows = [AeTitle(title=title, hospital_id=code) for title, code in setting.items() if code in hospitals]
    db.add_all(rows)
    await db.flush()
    return rows
