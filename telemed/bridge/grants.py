"""Keeps imaging's copy of the case grants up to date: sends changes after events, and everything after a gap."""

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import Any, Final, NamedTuple
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from imaging.archive import Archive
from imaging.grants import GrantRow, GrantsAnswer
from telemed.access.events import GrantsChanged
from telemed.access.model import CaseGrant
from telemed.activities.events import AttendanceChanged
from telemed.activities.kinds import ActivityKind, Kinds, Study
from telemed.cases.events import OfPacket
from telemed.consultations.events import Moved
from telemed.db import Database
from telemed.history.consumers import Heard
from telemed.kit.clock import Clock
from telemed.kit.events import Pauses
from telemed.kit.failures import passing, readable
from telemed.kit.quarantine import where
from telemed.kit.supervisor import Trouble
from telemed.requests.events import RequestChanged
from telemed.studies.events import OfStudy

log = structlog.get_logger(__name__)
HEARTBEAT: Final = 1.0  # seconds; granted reads stop five seconds after the last one
AT_ONCE: Final = 200
READ_AT_ONCE: Final = 1000
MOST_STALE: Final = 10_000
LONGEST_PAUSE: Final = 60.0  # seconds until an activity that cannot be read is tried again
HEARS = (GrantsChanged, OfStudy, OfPacket, Moved, AttendanceChanged, RequestChanged)
Rows = dict[str, GrantRow]  # by id


class GrantFeed:
    """`consume` notes which activities an event may have changed; `run` sends the differences from what was last sent.

    A snapshot is sent at the start, and whenever it is not certain what imaging holds. What of an activity cannot be
    read is not granted; it is read again after a pause, and a failure of one that lasts shows in `trouble`.
    """

    def __init__(self, database: Database, archive: Archive, kinds: Kinds, clock: Clock) -> None:
        self._database, self._archive, self._kinds, self._clock = database, archive, kinds, clock
        self._wake = asyncio.Event()
        self._moved: set[UUID] = set()
        self._studies: set[tuple[str, str]] = set()  # changed studies: activities that were last sent one of them
        self._sent: dict[UUID, Rows] = {}
        self._ends: list[tuple[datetime, UUID]] = []  # a heap: when the first grant of an activity expires
        self._unread: set[UUID] = set()  # activities of which something could not be read
        self._certain = False
        self.pauses = Pauses(first=HEARTBEAT, longest=LONGEST_PAUSE)
        self.begun = False  # since this start imaging has had all grants
        self.rev = 0
        self.trouble = Trouble()

    async def consume(self, db: AsyncSession, heard: Heard) -> None:
        about = heard.about
        if isinstance(heard.event, OfStudy):
            self._studies.add((about.hospital_id, heard.event.study_uid))
            if about.patient_id is not None:
                theirs = select(CaseGrant.activity_id).where(CaseGrant.patient_id == about.patient_id)
                self._moved |= set((await db.exec(theirs.where(col(CaseGrant.ended_at).is_(None)))).all())
        elif about.activity_id is not None:
            self._moved.add(about.activity_id)
        self._wake.set()

    async def run(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self.bring_up_to_date()
                self.vouch(await self._archive.heartbeat(self.rev))
                self.trouble.passed()
            except Exception as failure:
                if self.trouble.failed(failure):
                    log.exception("imaging's grants could not be brought up to date; it is tried again")
                self._certain = False
                await asyncio.sleep(HEARTBEAT)
            with suppress(TimeoutError):
                async with asyncio.timeout(HEARTBEAT):
                    await self._wake.wait()

    async def bring_up_to_date(self) -> None:
        if not self._certain:
            await self._snapshot()
        self._moved |= self._expired()  # imaging ignores expired grants itself; this only removes the rows
        self._moved |= self._unread - self.pauses.resting()
        while self._certain and (self._moved or self._studies):
            self._moved |= self._holding(self._studies)
            self._studies = set()
            ids = set(list(self._moved)[:AT_ONCE])
            self._moved -= ids
            await self._send_changes(ids)

    def vouch(self, answer: GrantsAnswer) -> None:
        """Takes imaging's answer to a heartbeat: it holds what we sent, or wants a snapshot."""
        if self._took(answer):
            self.begun = True
        else:
            self._certain = False
            self._wake.set()

    async def _snapshot(self) -> None:
        self._moved.clear()  # changes while we read are noted again
        self._studies.clear()
        rows = await self._read(None)
        self.rev = max(self.rev + 1, time.time_ns() // 1_000_000)  # rises across restarts too
        answer = await self._archive.grants_snapshot([row for each in rows.values() for row in each.values()], self.rev)
        self._certain = self._took(answer)
        self._sent, self._ends = {}, []
        for id, its in rows.items():
            self._note(id, its)

    async def _send_changes(self, ids: set[UUID]) -> None:
        self._certain = False  # until imaging has answered
        now = await self._read(ids)
        ended, put = [], []
        for id in ids:
            before, after = self._sent.pop(id, {}), now.get(id, {})
            ended += [key for key in before if key not in after]
            put += [row for key, row in after.items() if before.get(key) != row]
            if after:
                self._note(id, after)
        took = True
        if ended:
            self.rev += 1
            took = self._took(await self._archive.grants_end(ended, self.rev))
        if put and took:
            self.rev += 1
            took = self._took(await self._archive.grants_put(put, self.rev))
        self._certain = took

    def _note(self, id: UUID, sent: Rows) -> None:
        """Notes the first expiry of an activity; when it is over, the activity is sent again, with its next one."""
        self._sent[id] = sent
        heappush(self._ends, (_first_end(sent), id))
        if len(self._ends) > MOST_STALE + 2 * len(self._sent):  # activities sent again have left old entries
            self._ends = [(_first_end(its), id) for id, its in self._sent.items()]
            heapify(self._ends)

    def _took(self, answer: GrantsAnswer) -> bool:
        """Whether imaging applied it. If its revision is ahead of ours, the next snapshot exceeds it."""
        took = answer.rev == self.rev and not answer.snapshot_wanted
        self.rev = max(self.rev, answer.rev)
        return took

    async def _read(self, ids: set[UUID] | None) -> dict[UUID, Rows]:
        failed: dict[UUID, Exception] = {}
        async with self._database.read() as db:
            found = await by_activity(db, self._kinds, self._clock(), failed, ids)
        for id in (self._unread if ids is None else self._unread & ids) - failed.keys():
            self._unread.remove(id)
            self.pauses.over(id)
            self.trouble.passed(id)
        for id, failure in failed.items():
            self._unread.add(id)
            self.pauses.failed(id)
            if self.trouble.failed(failure, id):
                log.error("an activity's grants could not be read", id=str(id), why=where(failure))
        return found

    def _holding(self, studies: set[tuple[str, str]]) -> set[UUID]:
        """The activities that were last sent one of these studies; reads every grant, so only if a study changed."""
        if not studies:
            return set()
        held = ((id, {(row.hospital, row.study_uid) for row in rows.values()}) for id, rows in self._sent.items())
        return {id for id, theirs in held if theirs & studies}

    def _expired(self) -> set[UUID]:
        now, over = self._clock(), set()
        while self._ends and self._ends[0][0] <= now:
            over.add(heappop(self._ends)[1])
        return over


async def by_activity(
    db: AsyncSession, kinds: Kinds, now: datetime, failed: dict[UUID, Exception], ids: Collection[UUID] | None = None
) -> dict[UUID, Rows]:
    """The live grants of these activities, or of all, a row per study; the kind says which studies its grants open.

    A grant that cannot be read, or an activity whose studies cannot, is left out; its activity is noted in `failed`.
    """
    of_kind: dict[str, list[Live]] = {}
    async for grant in _live(db, now, failed, ids):
        of_kind.setdefault(grant.activity, []).append(grant)
    found: dict[UUID, Rows] = {}
    for kind in kinds:
        of_this = of_kind.get(kind.name, [])
        studies = await _studies(db, kind, {each.activity_id for each in of_this}, failed)
        for grant in of_this:
            rows = found.setdefault(grant.activity_id, {})
            rows |= {row.id: row for row in _spelled_out(grant, studies.get(grant.activity_id, ()))}
    return {id: rows for id, rows in found.items() if rows}


async def _studies(
    db: AsyncSession, kind: ActivityKind, ids: Collection[UUID], failed: dict[UUID, Exception]
) -> dict[UUID, Collection[Study]]:
    async def read(some: Sequence[UUID]) -> Iterable[tuple[UUID, Collection[Study]]]:
        async with db.begin_nested():
            return (await kind.studies(db, some)).items()

    return dict(await readable(read, list(ids), failed))


class Live(NamedTuple):
    """What imaging needs of a grant."""

    id: UUID
    activity: str
    activity_id: UUID
    grantee: str
    allows: list[str]
    until: datetime


async def _live(
    db: AsyncSession, now: datetime, failed: dict[UUID, Exception], ids: Collection[UUID] | None
) -> AsyncIterator[Live]:
    """The live grants, read in pieces so that other tasks can run: at the start these are all grants."""
    live = col(CaseGrant.ended_at).is_(None) & (col(CaseGrant.until) > now)
    if ids is not None:
        live &= col(CaseGrant.activity_id).in_(ids)
    after: UUID | None = UUID(int=0)
    while after is not None:
        found, after = await _page(db, live & (col(CaseGrant.id) > after), failed)
        for grant in found:
            yield grant
        await asyncio.sleep(0)


async def _page(
    db: AsyncSession, which: ColumnElement[bool], failed: dict[UUID, Exception]
) -> tuple[list[Live], UUID | None]:
    """The next grants, and the last one's id if there may be more."""

    async def read(which: ColumnElement[bool], *names: str) -> Sequence[Any]:
        some = columns(*(getattr(CaseGrant, name) for name in names)).where(which)
        async with db.begin_nested():
            return (await (await db.connection()).execute(some.order_by(col(CaseGrant.id)).limit(READ_AT_ONCE))).all()

    try:
        found = [Live(*row) for row in await read(which, *Live._fields)]
        return found, found[-1].id if len(found) == READ_AT_ONCE else None
    except Exception as failure:
        if passing(failure) is not None:
            raise
    activity = {id: of for id, of in await read(which, "id", "activity_id")}
    unreadable: dict[UUID, Exception] = {}
    one_by_one = await readable(
        lambda some: read(col(CaseGrant.id).in_(some), *Live._fields), list(activity), unreadable
    )
    failed.update({activity[id]: failure for id, failure in unreadable.items()})
    return [Live(*row) for row in one_by_one], list(activity)[-1] if len(activity) == READ_AT_ONCE else None


def _first_end(rows: Rows) -> datetime:
    return min(row.until for row in rows.values())


def _spelled_out(grant: Live, studies: Iterable[tuple[str, str]]) -> Iterable[GrantRow]:
    for hospital, uid in studies:
        yield GrantRow(
            id=f"{grant.id}/{uid}",
            subject=grant.grantee,
            hospital=hospital,
            study_uid=uid,
            actions=frozenset(grant.allows),
            until=grant.until,
        )
