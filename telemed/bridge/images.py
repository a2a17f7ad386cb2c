"""Imaging's copy of the case grants, its view of who asks, and its events on their way to studies."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from hmac import compare_digest
from typing import Final

import structlog
from aiohttp import web
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from imaging.actor import Actor as ImagingActor
from imaging.archive import Archive
from imaging.grants import GrantRow
from telemed.access.events import GrantsChanged
from telemed.access.grants import CLINICAL
from telemed.access.model import Actor, CaseGrant, Role
from telemed.access.policy import identify
from telemed.activities.events import AttendanceChanged
from telemed.activities.kinds import Kinds
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import Give, Orders
from telemed.cases.events import OfPacket
from telemed.consultations.events import Moved
from telemed.db import Database
from telemed.history.consumers import Heard
from telemed.kit.clock import Clock
from telemed.requests.events import RequestChanged
from telemed.studies.events import OfQuarantine, OfStudy, StudyQuarantined

log = structlog.get_logger(__name__)
HEARTBEAT: Final = 1.0  # seconds; granted reads stop five seconds after the last one
STORES = frozenset(
    {
        Role.requesting_doctor,
        Role.accompanying_physician,
        Role.senior_doctor,
        Role.duty_doctor,
        Role.radiographer,
        Role.radiologist,
    }
)
IMAGING_ROLES = frozenset({Role.radiographer, Role.radiologist})
MOVES_GRANTS = (GrantsChanged, OfStudy, OfPacket, Moved, AttendanceChanged, RequestChanged)
HIDES = (OfQuarantine,)


async def authenticate(request: web.Request) -> ImagingActor | None:
    """Cookie or bearer, as in /api; what a person may see is decided by imaging's own copy of the grants."""
    found = await identify(request)
    own = request.match_info.get("signin")  # in an address whose answers a browser may keep
    if found is None or (own is not None and not compare_digest(own, found.images)):
        return None
    return imaging_actor(found)


def imaging_actor(actor: Actor) -> ImagingActor:
    return ImagingActor(
        id=str(actor.id),
        subjects=actor.subjects,
        hospital=actor.hospital_id,
        reads_own=actor.has(*CLINICAL),
        stores=actor.has(*STORES),
        sees_quarantine=actor.has(*IMAGING_ROLES),
    )


class GrantFeed:
    """Keeps imaging's grants the same as ours: a snapshot whenever something moved, a heartbeat each second."""

    def __init__(self, database: Database, archive: Archive, kinds: Kinds, clock: Clock) -> None:
        self._database, self._archive, self._kinds, self._clock = database, archive, kinds, clock
        self._dirty = asyncio.Event()
        self._rev = 0

    async def consume(self, _db: AsyncSession, _heard: Heard) -> None:
        self._dirty.set()

    async def run(self) -> None:
        self._dirty.set()
        while True:
            try:
                if self._dirty.is_set():
                    self._dirty.clear()
                    await self.send()
                answer = await self._archive.heartbeat(self._rev)
                if answer.snapshot_wanted:
                    self._dirty.set()
            except Exception:
                log.exception("imaging's grants could not be brought up to date")
                self._dirty.set()
                await asyncio.sleep(HEARTBEAT)
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT):
                    await self._dirty.wait()

    async def send(self) -> None:
        self._rev = max(self._rev + 1, time.time_ns() // 1_000_000)  # rises over restarts as well
        async with self._database.read() as db:
            rows = await granted(db, self._kinds, self._clock())
        await self._archive.grants_snapshot(rows, self._rev)


async def granted(db: AsyncSession, kinds: Kinds, now: datetime) -> list[GrantRow]:
    """Every live grant, spelled out study by study; each kind of activity says which studies its grants open."""
    live = select(CaseGrant).where(col(CaseGrant.ended_at).is_(None), col(CaseGrant.until) > now)
    of_kind: dict[str, list[CaseGrant]] = {}
    for grant in (await db.exec(live)).all():
        of_kind.setdefault(grant.activity, []).append(grant)
    return [
        GrantRow(
            id=f"{grant.id}/{uid}",
            subject=grant.grantee,
            hospital=hospital,
            study_uid=uid,
            actions=frozenset(grant.actions),
            until=grant.until,
        )
        for kind in kinds
        if (of_this := of_kind.get(kind.word))
        for studies in [await kind.studies(db, {each.activity_id for each in of_this})]
        for grant in of_this
        for hospital, uid in studies.get(grant.activity_id, ())
    ]


class Quarantine:
    """Orders of studies to hide or show a study."""

    def __init__(self, orders: Orders, archive: Archive) -> None:
        self._orders, self._archive = orders, archive
        self.leaves: Mapping[str, Give] = {"study.quarantine": self._carry_out}

    async def consume(self, db: AsyncSession, heard: Heard) -> None:
        if isinstance(heard.event, OfQuarantine):
            on = isinstance(heard.event, StudyQuarantined)
            subject = f"{heard.about.hospital_id}/{heard.event.study_uid}"
            await self._orders.keep(db, "study.quarantine", subject, on=on)

    async def _carry_out(self, order: LeafOrder) -> None:
        hospital, _, uid = order.subject.partition("/")
        if not await self._archive.quarantine(hospital, uid, order.data["on"], order.rev):
            log.warning("a study to hide or show is not in the archive", hospital=hospital, study=uid)
