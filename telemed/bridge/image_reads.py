"""Keeps who read which images, and who was refused them: imaging tells of each answer before its first byte."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from imaging.errors import Unavailable
from imaging.reads import Read
from telemed.access import grants
from telemed.access.model import Actor
from telemed.access.policy import ACTOR
from telemed.audit.break_glass import ROLES
from telemed.audit.model import Purpose
from telemed.audit.reads import WINDOW, Reads, Unaudited
from telemed.audit.seeing import Seen
from telemed.cases import service as cases
from telemed.db import Database
from telemed.kit.clock import Clock
from telemed.studies import lookup as studies
from telemed.studies.model import LinkState, StudyLink

MOST_KNOWN = 50_000


class ImageReads:
    """Implements imaging's `Reads`. A viewer asks for hundreds of frames of a study; all but the first cost nothing."""

    def __init__(self, database: Database, reads: Reads, clock: Clock) -> None:
        self._database, self._reads, self._clock = database, reads, clock
        self._until: dict[tuple[UUID, UUID | None, Read], datetime] = {}

    async def read(self, request: web.Request, read: Collection[Read]) -> None:
        who, now = request[ACTOR], self._clock()
        if who.id in self._reads.anew:
            self._reads.anew.discard(who.id)
            self._until = {key: until for key, until in self._until.items() if key[0] != who.id}
        fresh = [each for each in read if self._until.get((who.id, who.device_id, each), now) <= now]
        if not fresh:
            return
        async with self._database.read() as db:
            seen = [found for each in fresh for found in await _whose(db, who, each, now)]
            opened = await grants.opened_by_break_glass(db, who, now) if who.has(*ROLES) else {}
        by_break_glass = [each for each in seen if each.case_id is None and each.patient_id in opened]
        await self._keep(replace(who, opened=opened), by_break_glass, now, "ok")
        await self._keep(who, [each for each in seen if each not in by_break_glass], now, "ok")
        if len(self._until) > MOST_KNOWN:
            self._until = {key: until for key, until in self._until.items() if until > now}
        self._until |= {(who.id, who.device_id, each): now + WINDOW for each in fresh}

    async def refused(self, request: web.Request, study_uid: str, code: str) -> None:
        """Whoever owns a study of this UID learns of it; of none, the caller's own hospital."""
        who, now = request[ACTOR], self._clock()
        async with self._database.read() as db:
            known = await studies.known(db, [study_uid])
        seen = [Seen(of, _patient(link), None, f"{of}/{study_uid}") for (of, _), (link, _) in known.items()]
        await self._keep(who, seen or [Seen(who.hospital_id, None, None, study_uid)], now, code)

    async def _keep(self, who: Actor, seen: Collection[Seen], now: datetime, outcome: str) -> None:
        try:
            await self._reads.keep(who, Purpose.images, seen, now, outcome)
        except Unaudited as failure:
            raise Unavailable(failure.detail, reason="unaudited") from failure


async def _whose(db: AsyncSession, who: Actor, read: Read, now: datetime) -> list[Seen]:
    """The study's patient, with each case by which this person may see it; at their own hospital with every case.

    By break-glass it is seen by none.
    """
    hospital, study_uid = read
    link, _ = (await studies.known(db, [study_uid])).get(read, (None, None))
    held = await cases.with_study(db, hospital, study_uid)
    if held and who.hospital_id != hospital:
        held = await grants.live_cases(db, who, held, now)
    return [Seen(hospital, _patient(link), case, f"{hospital}/{study_uid}") for case in held or (None,)]


def _patient(link: StudyLink | None) -> UUID | None:
    """Whose it is, or is said to be while nobody has confirmed it."""
    return link.patient_id if link is not None and link.state is not LinkState.rejected else None
